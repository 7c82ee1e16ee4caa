package report

import (
	"cmp"
	"slices"

	"tierline/audit"
)

// sumLine is a row of the sums on paper: a group, or the name of the grouping
// that the rows below it add up by.
type sumLine struct {
	*audit.Sum
	way string // "" for a group
}

// sumsSection adds up what finance plans by, one grouping below the other over
// one total; owners only where policy says that they are teams.
func sumsSection(r *audit.Result) Section {
	var list []sumLine
	for _, w := range sumWays {
		if len(groups(r, w.by)) == 0 || w.personal && (w.by != audit.ByOwner || !r.Run.Policy.PrintOwners) || saysNothingNew(r, w.by) {
			continue
		}
		list = append(list, sumLine{way: w.title})
		for _, s := range groups(r, w.by) {
			list = append(list, sumLine{Sum: s})
		}
	}
	whole := sumTable(r, audit.ByBundle, "")
	t := TableOf[sumLine]{Empty: whole.Empty, Rows: slices.Values(list), Total: &sumLine{Sum: *whole.Total}, Label: whole.Label}
	for i, c := range []Col[*audit.Sum]{sumName, sumLines, sumCurrent, sumAsIs, sumRecommended, sumHardSaving, sumAvoidance} {
		if i == 0 || c.ID == sumLines.ID || slices.ContainsFunc(list, func(s sumLine) bool { return s.says(c) }) {
			t.Columns = append(t.Columns, onSumLine(c, i == 0))
		}
	}
	return Section{Title: "Where the money goes", Tables: []Table{t.Table()},
		Lead: []string{"Each grouping holds every subscription of the totals once, so each adds up to the total below."}}
}

// onSumLine is a column of groups among names of groupings, which stand in the
// first one.
func onSumLine(c Col[*audit.Sum], first bool) Col[sumLine] {
	return Col[sumLine]{ID: c.ID, Title: c.Title, Kind: c.Kind, Width: c.Width, Wrap: c.Wrap, InTotal: c.InTotal, Figure: c.Figure,
		Show: func(s sumLine) Cell {
			switch {
			case s.way == "":
				return c.Show(s.Sum)
			case first:
				return T(s.way).Bold()
			}
			return T("")
		}}
}

// says reports whether a group has an amount in a column, or one that is unknown.
func (s sumLine) says(c Col[*audit.Sum]) bool {
	if s.way != "" {
		return false
	}
	cell := c.Show(s.Sum)
	return cell.Unknown || !cell.Amount.Known() || cell.Amount.Sign() != 0
}

// saysNothingNew reports whether a grouping is one group, is the kind of thing
// that the vendors tell, or has the same groups as the products with their apps.
func saysNothingNew(r *audit.Result, by audit.Grouping) bool {
	if by == audit.ByBundle || by == audit.ByType {
		return by == audit.ByType
	}
	bundles, list := groups(r, audit.ByBundle), groups(r, by)
	return len(list) < 2 || slices.EqualFunc(bundles, list, func(a, b *audit.Sum) bool { return a.Lines == b.Lines && a.AsIs == b.AsIs })
}

// groups are those of one grouping, the dearest first.
func groups(r *audit.Result, by audit.Grouping) []*audit.Sum {
	var out []*audit.Sum
	for s := range each(r.Sums) {
		if s.By == by {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b *audit.Sum) int { return cmp.Or(dearerFirst(a.AsIs, b.AsIs), cmp.Compare(b.Lines, a.Lines)) })
	return out
}
