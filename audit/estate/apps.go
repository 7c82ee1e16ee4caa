package estate

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/pricing"
)

// AppFact is what is known about an app on the Marketplace.
type AppFact struct {
	Key        string
	Name       string
	Vendor     string
	Hostings   []pricing.Hosting // where it is available; empty when not stated
	Supported  Answer
	Archived   Answer
	Fortified  Answer // Cloud Fortified
	BugBounty  Answer
	Assessment Answer // security self-assessment
	Partner    string // partner level
	Framework  string // one of Frameworks; "" when not stated
	CheckedOn  date.Date
	Source     diag.Source
}

// FindFact returns what is known about an app on the Marketplace, nil when the
// apps table has no row for it.
func (e *Estate) FindFact(key string) *AppFact {
	for i := range e.AppFacts {
		if e.AppFacts[i].Key == key {
			return &e.AppFacts[i]
		}
	}
	return nil
}

// AppUsage is how many people use an app.
type AppUsage struct {
	Key         string
	Site        string
	Active      int
	PeriodDays  int
	Assigned    int
	HasAssigned bool
	AsOf        date.Date
	Source      diag.Source
}

// FindUsage returns the usage row of an app on a site, nil when there is none.
func (e *Estate) FindUsage(key, site string) *AppUsage {
	for i := range e.AppUsage {
		if e.AppUsage[i].Key == key && e.AppUsage[i].Site == site {
			return &e.AppUsage[i]
		}
	}
	return nil
}
