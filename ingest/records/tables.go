package records

import (
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// One table of subscriptions often lies beside another: last year's beside this
// year's. Told row by row that would be as many messages as there are rows.

// twin is two rows of different tables that are of one subscription.
type twin struct{ first, second int }

// dropOlderTables leaves out what a table says of active subscriptions that a
// newer one lists too, and says so once for two tables (METHOD 14.19). The table
// whose renewal dates of these subscriptions go further is the newer one; else
// the first is kept.
func dropOlderTables(all []Subscription) []Subscription {
	gone := map[int]bool{}
	for _, twins := range twinTables(all) {
		if gone[twins[0].first] || gone[twins[0].second] {
			continue // with a third table
		}
		var first, second date.Date
		for _, t := range twins {
			first, second = date.Max(first, all[t.first].Renewal), date.Max(second, all[t.second].Renewal)
		}
		older := func(t twin) (out, kept int) { return t.second, t.first }
		why := "; left out here"
		switch {
		case first.Before(second):
			older = func(t twin) (out, kept int) { return t.first, t.second }
			why = ", with later renewal dates" + why
		case second.Before(first):
			why = ", with later renewal dates" + why
		}
		for _, t := range twins {
			out, _ := older(t)
			gone[out] = true
			in := all[out].row.Input
			in.Used--
			in.Exclude(diag.Reason{Kind: diag.Repeated, Text: "another table lists the subscription"}, 1)
		}
		out, kept := older(twins[0])
		r := all[out].row
		both, other := money.Plural(len(twins), "subscription"), all[kept].row.At(0, 0).Name()
		r.Diags.Add(diag.Incomplete, r.At(0, 0), "lists "+both+" that "+other+" lists too"+why, "move one of the two tables out of the folder")
	}
	var kept []Subscription
	for i := range all {
		if !gone[i] {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// twinTables returns the twins of every two tables, in the order of the rows.
func twinTables(all []Subscription) [][]twin {
	index := map[[2]*rows[subscriptionRow]]int{}
	var out [][]twin
	places := map[place][]int{}
	for i := range all {
		at := placeOf(&all[i].Subscription)
		for _, j := range places[at] {
			a, b := &all[j], &all[i]
			if a.row == b.row || !sameActive(&a.Subscription, &b.Subscription) {
				continue
			}
			key := [2]*rows[subscriptionRow]{a.row, b.row}
			n, known := index[key]
			if !known {
				n = len(out)
				index[key] = n
				out = append(out, nil)
			}
			out[n] = append(out[n], twin{j, i})
		}
		places[at] = append(places[at], i)
	}
	return out
}

// place is what two rows of one subscription have in common, see [sameActive]: a row
// is compared with those of its place alone, of thousands.
type place struct {
	site, key string
	kind      estate.Kind
	hosting   pricing.Hosting
}

// placeOf returns the place of a subscription; those of the whole organisation have one.
func placeOf(s *estate.Subscription) place {
	if s.Site == estate.WholeOrganisation {
		return place{site: s.Site}
	}
	return place{s.Site, s.Key, s.Kind, s.Hosting}
}

// sameActive reports whether two rows are of one subscription that is paid for.
func sameActive(a, b *estate.Subscription) bool {
	if a.Status == estate.SubActive && b.Status == estate.SubActive && a.Site == estate.WholeOrganisation && b.Site == a.Site {
		return true // an organisation has one Guard, whatever its edition
	}
	return a.Status == estate.SubActive && b.Status == estate.SubActive && a.Kind == b.Kind && a.Key == b.Key && a.Site == b.Site && a.Hosting == b.Hosting &&
		(strings.EqualFold(a.Entitlement, b.Entitlement) || a.Entitlement == "" || b.Entitlement == "")
}
