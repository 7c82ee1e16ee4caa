package audit

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/word"
)

// Grouping is what lines are added up by.
type Grouping string

// The groupings.
const (
	ByBundle     Grouping = "bundle"
	BySite       Grouping = "site"
	ByType       Grouping = "type"
	ByVendor     Grouping = "vendor"
	ByCostCentre Grouping = "cost_centre"
	ByOwner      Grouping = "owner"
)

// UnmarshalText reads the word of a grouping.
func (g *Grouping) UnmarshalText(b []byte) error {
	return word.One(g, "grouping", b, ByBundle, BySite, ByType, ByVendor, ByCostCentre, ByOwner)
}

// Sum is the lines of one group added up. Within one way of grouping every line
// of the totals is in exactly one group.
type Sum struct {
	By          Grouping     `json:"by"`
	Name        string       `json:"name"` // empty: the lines that state none
	Lines       int          `json:"lines"`
	Current     money.Amount `json:"current"`
	AsIs        money.Amount `json:"as_is"`
	Recommended money.Amount `json:"recommended"`
	HardSaving  money.Amount `json:"hard_saving"`
	Avoidance   money.Amount `json:"avoidance"`
}

// sums adds the lines up by what they belong to. Within each way of grouping
// every line is in exactly one group, so each adds up to the totals.
func (w *work) sums() []Sum {
	out := []Sum{}
	for _, way := range []struct {
		by Grouping
		of func(*costing.Line) string
	}{
		{ByBundle, func(l *costing.Line) string { return l.Bundle.Title() }},
		{BySite, func(l *costing.Line) string { return l.Sub.Site }},
		{ByType, func(l *costing.Line) string { return l.Sub.Kind.String() }},
		{ByVendor, func(l *costing.Line) string { return l.Sub.Vendor }},
		{ByCostCentre, func(l *costing.Line) string { return l.Sub.CostCentre }},
		{ByOwner, func(l *costing.Line) string { return l.Sub.Owner }},
	} {
		out = append(out, w.sumBy(way.by, way.of)...)
	}
	return out
}

func (w *work) sumBy(by Grouping, of func(*costing.Line) string) []Sum {
	groups := map[string]*Sum{}
	var names []string
	zero := money.Zero(w.costs.Currency)
	for _, l := range w.costs.Lines {
		if !l.Counted() {
			continue
		}
		name := of(l)
		g := groups[name]
		if g == nil {
			g = &Sum{By: by, Name: name, Current: zero, AsIs: zero, Recommended: zero, HardSaving: zero, Avoidance: zero}
			groups[name] = g
			names = append(names, name)
		}
		hard, avoided := w.plan.Split(l)
		g.Lines++
		g.Current, g.AsIs, g.Recommended = g.Current.Add(l.Current), g.AsIs.Add(l.AsIs), g.Recommended.Add(w.plan.Recommended(l))
		g.HardSaving, g.Avoidance = g.HardSaving.Add(hard), g.Avoidance.Add(avoided)
	}
	slices.Sort(names)
	var out []Sum
	for _, name := range names {
		out = append(out, *groups[name])
	}
	return out
}
