package report

import (
	"tierline/audit"
)

func lineMeanings(r *audit.Result) []meaning {
	line := of(r.Lines, map[string]func(*audit.Line) any{
		"Site":                     func(l *audit.Line) any { return l.Site },
		"Type":                     func(l *audit.Line) any { return l.Type },
		"Name":                     func(l *audit.Line) any { return l.Name },
		"Cycle":                    func(l *audit.Line) any { return l.Cycle },
		"Renewal":                  func(l *audit.Line) any { return l.Renewal },
		"Users":                    func(l *audit.Line) any { return l.Users },
		"Licensed":                 func(l *audit.Line) any { return l.Licensed },
		"Billed for":               func(l *audit.Line) any { return l.Billed },
		"Tier":                     func(l *audit.Line) any { return say(l.Tier.From) + "-" + say(l.Tier.To) },
		"Current":                  func(l *audit.Line) any { return l.Current },
		"Volume":                   func(l *audit.Line) any { return l.Volume },
		"Price changes":            func(l *audit.Line) any { return l.PriceChanges },
		"As is":                    func(l *audit.Line) any { return l.AsIs },
		"Recommended":              func(l *audit.Line) any { return l.Recommended },
		"For users":                func(l *audit.Line) any { return l.RecommendedFor },
		"Cycle then":               func(l *audit.Line) any { return l.RecommendedCycle },
		"Paid with":                func(l *audit.Line) any { return l.PaidWith },
		"Key":                      func(l *audit.Line) any { return l.Key },
		"Vendor":                   func(l *audit.Line) any { return l.Vendor },
		"Host":                     func(l *audit.Line) any { return l.Host },
		"Hosting":                  func(l *audit.Line) any { return Label(l.Hosting) },
		"Edition":                  func(l *audit.Line) any { return l.Edition },
		"Billing basis":            func(l *audit.Line) any { return Label(l.Basis) },
		"Term ends":                func(l *audit.Line) any { return l.TermEnd },
		"Users known from":         func(l *audit.Line) any { return l.UsersFrom },
		"Discount":                 func(l *audit.Line) any { return l.Discount.Percent() },
		"Licence type":             func(l *audit.Line) any { return l.LicenceType },
		"Owner":                    func(l *audit.Line) any { return l.Owner },
		"Cost centre":              func(l *audit.Line) any { return l.CostCentre },
		"Entitlement":              func(l *audit.Line) any { return l.Entitlement },
		"Current, unconverted":     func(l *audit.Line) any { return l.Own.Current },
		"As is, unconverted":       func(l *audit.Line) any { return l.Own.AsIs },
		"Recommended, unconverted": func(l *audit.Line) any { return l.Own.Recommended },
		"After right-sizing":       func(l *audit.Line) any { return l.AfterRightSize },
		"After clean-up":           func(l *audit.Line) any { return l.AfterCleanUp },
		"After billing cycle":      func(l *audit.Line) any { return l.AfterCycle },
		"Before quotes":            func(l *audit.Line) any { return l.BeforeQuotes },
		"State":                    func(l *audit.Line) any { return Label(l.State) },
		"Hard saving":              func(l *audit.Line) any { return l.HardSaving },
		"Avoidance":                func(l *audit.Line) any { return l.Avoidance },
		"Product and its apps":     func(l *audit.Line) any { return bundleTitle(r, l.Bundle) },
		"Id":                       func(l *audit.Line) any { return l.ID },
		"Row":                      func(l *audit.Line) any { return l.Source },
	})
	quoted := []string{"by quote " + r.Lines[0].QuoteInForce.Number, "recommended by quote " + r.Lines[1].QuoteInForce.Number}
	line["No"] = words("1", "2")
	line["Action"] = func(row int) any { return firstChange(r, r.Lines[row].ID) }
	line["By quote"] = words(quoted...)
	line["Subscription and site"] = func(row int) any {
		l := &r.Lines[row]
		return l.Name + ", " + l.Site + " (" + l.PaidWith + "; " + quoted[row] + ")"
	}
	line["In the totals"] = words("yes", "no: "+r.Lines[1].Reason.Placed())
	t := &r.Plan.Totals
	total := func(label, title string) map[string]string {
		return map[string]string{title: label, "Current": say(t.Current), "Volume": say(t.Volume), "Price changes": say(t.PriceChanges),
			"As is": say(t.AsIs), "Recommended": say(t.Recommended), "Hard saving": say(t.HardSaving), "Avoidance": say(t.Avoidance)}
	}
	all := total("Total of the subscriptions in "+string(r.Run.Currency)+" with known cost", "No")
	for _, title := range []string{"After right-sizing", "After clean-up", "After billing cycle", "Before quotes"} {
		all[title] = string(Unknown) // the filled bridge has amounts that cannot be added
	}
	return []meaning{
		{place: "Subscriptions", rows: 2, cell: line, total: all,
			cols: "No|Site|Name|Cycle|Renewal|Users|Licensed|Billed for|Tier|Current|Volume|Price changes|As is|Recommended|Action|For users|Cycle then|" +
				"In the totals|State|Type|Hard saving|Avoidance|Paid with|By quote|Product and its apps|Key|Vendor|Host|Hosting|Edition|Billing basis|Term ends|" +
				"Users known from|Discount|Licence type|" +
				"Owner|Cost centre|Entitlement|Current, unconverted|As is, unconverted|Recommended, unconverted|After right-sizing|After clean-up|After billing cycle|Before quotes|Id|Row"},
		{place: "PDF/Subscriptions/", rows: 2, cell: line, total: total("Total", "Subscription and site"),
			cols: "Subscription and site|Cycle|Renewal|Billed for|Current|As is|Recommended"},
	}
}

// bundleTitle is what the comparison of cycles calls a bundle.
func bundleTitle(r *audit.Result, bundle string) string {
	for _, c := range r.Cycles {
		if c.Bundle == bundle {
			return c.Title
		}
	}
	return ""
}

// firstChange is the number of the first action that changes a subscription, ""
// for one that none changes.
func firstChange(r *audit.Result, line string) any {
	for _, a := range r.Plan.Actions {
		for _, l := range a.Lines {
			if l.Line == line {
				return a.Number
			}
		}
	}
	return ""
}
