package report

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
)

// fact is a figure of the audit under a name that stays from run to run.
type fact struct {
	key   string
	value Cell
}

// The columns of facts.
var (
	factKey   = Col[fact]{ID: "key", Title: "Key", Width: 70, Show: func(f fact) Cell { return T(f.key) }}
	factValue = Col[fact]{ID: "value", Title: "Value", Kind: Mixed, Width: 34, Show: func(f fact) Cell { return f.value }}
)

// factsID is the id of the table of facts.
const factsID = "facts"

// The facts that formulas of other sheets refer to.
const (
	factAsOf    = "run/as of"
	factGrowth1 = "policy/growth, the lower"
	factGrowth2 = "policy/growth, the higher"
)

// asOfCell is the day of the audit.
var asOfCell = At(factsID, factAsOf, "value")

// factNamed names the rows that other sheets refer to.
func factNamed(f fact) string {
	if slices.Contains([]string{factAsOf, factGrowth1, factGrowth2}, f.key) {
		return f.key
	}
	return ""
}

// factsSheet lists every figure by its key, for look-ups and for comparing two
// workbooks row by row. What is not known has its row too.
func factsSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Facts", Grain: "one row per figure, sorted by its key; a figure that is not known has its row too",
		Table: TableOf[fact]{ID: factsID, Title: "Facts", Rows: slices.Values(factsOf(r)), Key: factNamed, Columns: []Col[fact]{factKey, factValue}}.Table(),
	}
}

func factsOf(r *audit.Result) []fact {
	out := slices.Concat(runFacts(r), planFacts(&r.Plan), seatFacts(r.Seats), lineFacts(r.Lines))
	slices.SortStableFunc(out, func(a, b fact) int { return cmp.Compare(a.key, b.key) })
	return out
}

// runFacts are what the audit was of, and how much of it is weighed.
func runFacts(r *audit.Result) []fact {
	s := &r.Trust.Subscriptions
	return []fact{
		{factAsOf, D(r.Run.AsOf)}, {factGrowth1, P(r.Run.Policy.Growth[0])}, {factGrowth2, P(r.Run.Policy.Growth[1])},
		{"run/complete", T(yesNo(r.Run.Complete))}, {"run/currency", T(string(r.Run.Currency))},
		{"run/digest", T(r.Run.Digest)}, {"run/organisation", T(r.Run.Organisation)}, {"run/program", T(r.Run.Tool + " " + r.Run.Version)},
		{"subscriptions/active", N(s.Active)}, {"subscriptions/weighed", N(s.Weighed)}, {"subscriptions/assumed", N(s.Assumed)},
		{"subscriptions/held", N(s.Held)}, {"subscriptions/unknown", N(s.Unknown)}, {"subscriptions/in the totals", N(r.Coverage.Counted)},
		{"findings", N(len(r.Findings))}, {"deadlines", N(len(r.Deadlines))}, {"remarks on the input", N(len(r.Diagnostics))},
	}
}

// planFacts are the totals, the bridge and the scenarios.
func planFacts(p *audit.Plan) []fact {
	t := &p.Totals
	out := []fact{
		{"plan/current", M(t.Current)}, {"plan/volume", M(t.Volume)}, {"plan/price changes", M(t.PriceChanges)}, {"plan/as is", M(t.AsIs)},
		{"plan/recommended", M(t.Recommended)}, {"plan/hard saving", M(t.HardSaving)}, {"plan/avoidance", M(t.Avoidance)}, {"plan/actions", N(len(p.Actions))},
	}
	for b := range each(p.Bridge) {
		out = append(out, fact{"bridge/" + spaced(string(b.Step)), M(b.Amount)})
	}
	for s := range each(p.Scenarios) {
		out = append(out, fact{"scenario/" + spaced(s.ID), M(s.Amount)})
	}
	return out
}

// seatFacts are the users of each product, by class where they are judged.
func seatFacts(products []audit.ProductSeats) []fact {
	var out []fact
	for p := range each(products) {
		at := "users/" + estate.SiteTitle(p.Site) + "/" + p.Product + "/"
		out = append(out, fact{at + "all", OptN(p.Users)}, fact{at + "to review", judged(p, p.Candidates)})
		for _, c := range p.Classes {
			out = append(out, fact{at + Label(c.Label), N(c.Count)})
		}
	}
	return out
}

// lineFacts are the figures of each subscription.
func lineFacts(lines []audit.Line) []fact {
	var out []fact
	for l := range each(lines) {
		for _, f := range []fact{
			{"cycle", W(l.Cycle)}, {"state", W(l.State)}, {"renewal", D(l.Renewal)},
			{"users", OptN(l.Users)}, {"licensed", OptN(l.Licensed)}, {"billed for", OptN(l.Billed)},
			{"current", M(l.Current)}, {"volume", M(l.Volume)}, {"price changes", M(l.PriceChanges)}, {"as is", M(l.AsIs)},
			{"recommended", M(l.Recommended)}, {"hard saving", M(l.HardSaving)}, {"avoidance", M(l.Avoidance)},
		} {
			out = append(out, fact{"subscription/" + l.ID + "/" + f.key, f.value})
		}
	}
	return out
}

// spaced writes the key of a step or scenario as words.
func spaced(key string) string { return strings.ReplaceAll(key, "_", " ") }
