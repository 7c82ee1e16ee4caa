package ingest

import (
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
)

// placeGuard says which edition of Guard the billable accounts are counted for.
// Where none is paid for, who is billable counts for nothing. Guard bills
// external users as well, whom another export names (METHOD 1.25).
func (l *Loaded) placeGuard(files []*file) {
	var paid []diag.Source
	product, active := "", false // an active row comes before a trial
	for _, f := range files {
		for i := range f.tables.Subscriptions {
			if s := &f.tables.Subscriptions[i]; estate.IsGuard(s.Key) && s.Kind == estate.ProductKind && s.Status != estate.SubCancelled {
				if product == "" || s.Status == estate.SubActive && !active {
					product, active = s.Key, s.Status == estate.SubActive
				}
				paid = append(paid, s.Source)
			}
		}
	}
	managed, external := false, false
	for _, f := range files {
		for _, u := range f.users {
			if slices.Contains(u.Sites(), estate.WholeOrganisation) {
				managed, external = managed || u.Format() != externalUsers, external || u.Format() == externalUsers
			}
		}
	}
	if !managed { // external users alone are a part
		product = ""
	}
	for _, f := range files {
		for _, u := range f.users {
			u.ForWholeOrganisation(product)
		}
	}
	switch {
	case len(paid) == 0:
	case managed && !external:
		l.Diagnostics.Add(diag.Note, paid[0], "Guard is counted by the billable managed accounts alone: there is no export of external users",
			"if a policy for external users is on, add that export (admin.atlassian.com, Security, External users)")
	case external && !managed:
		l.Diagnostics.Add(diag.Warning, paid[0], "the export of external users says only a part of whom Guard bills, so they are not counted",
			"add the "+estate.CountedBy(estate.GuardStandard))
	}
}
