package report

import (
	"maps"
	"slices"

	"tierline/audit"
	"tierline/audit/seats"
)

// factSheetMeanings say what stands under each key, from what the key says.
func factSheetMeanings(r *audit.Result) []meaning {
	by, t, s := map[string]any{}, &r.Plan.Totals, &r.Trust.Subscriptions
	maps.Copy(by, map[string]any{
		"run/as of": r.Run.AsOf, "run/complete": "yes", "run/currency": r.Run.Currency, "run/digest": r.Run.Digest,
		"run/organisation": r.Run.Organisation, "run/program": r.Run.Tool + " " + r.Run.Version,
		"subscriptions/active": s.Active, "subscriptions/weighed": s.Weighed, "subscriptions/assumed": s.Assumed, "subscriptions/held": s.Held,
		"subscriptions/unknown": s.Unknown, "subscriptions/in the totals": r.Coverage.Counted,
		"policy/growth, the lower": r.Run.Policy.Growth[0].Percent(), "policy/growth, the higher": r.Run.Policy.Growth[1].Percent(),
		"findings": 2, "deadlines": 2, "remarks on the input": 2,
		"plan/current": t.Current, "plan/volume": t.Volume, "plan/price changes": t.PriceChanges, "plan/as is": t.AsIs,
		"plan/recommended": t.Recommended, "plan/hard saving": t.HardSaving, "plan/avoidance": t.Avoidance, "plan/actions": 2,
	})
	for i := range r.Plan.Bridge {
		by["bridge/"+spaced(string(r.Plan.Bridge[i].Step))] = r.Plan.Bridge[i].Amount
		by["scenario/"+spaced(string(r.Plan.Scenarios[i].ID))] = r.Plan.Scenarios[i].Amount
	}
	for i := range r.Seats {
		p := &r.Seats[i]
		at := "users/" + p.Site + "/" + p.Product + "/"
		by[at+"all"], by[at+"to review"] = p.Users, p.Candidates
		for _, c := range seats.Classes() {
			by[at+Label(c)] = p.Class(c)
		}
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		for key, value := range map[string]any{
			"cycle": l.Cycle, "state": l.State, "renewal": l.Renewal, "users": l.Users, "licensed": l.Licensed, "billed for": l.Billed,
			"current": l.Current, "volume": l.Volume, "price changes": l.PriceChanges, "as is": l.AsIs, "recommended": l.Recommended,
			"hard saving": l.HardSaving, "avoidance": l.Avoidance,
		} {
			by["subscription/"+l.ID+"/"+key] = value
		}
	}
	keys := slices.Sorted(maps.Keys(by))
	return []meaning{{place: "Facts", cols: "Key|Value", rows: len(keys), cell: cells{
		"Key": func(i int) any { return keys[i] }, "Value": func(i int) any { return by[keys[i]] },
	}}}
}
