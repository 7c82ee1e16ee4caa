package report

import (
	"tierline/audit"
	"tierline/audit/money"
)

// The columns of sums. Amounts are of the coming term of twelve months.
var (
	sumName  = Col[*audit.Sum]{ID: "name", Width: 34, Wrap: true, Show: sumOfWhat}
	sumLines = Col[*audit.Sum]{ID: "lines", Title: "Subscriptions", Kind: Count, Width: 7, InTotal: true,
		Show: func(s *audit.Sum) Cell { return N(s.Lines) }}
	sumCurrent = Col[*audit.Sum]{ID: "current", Title: "Current", Kind: Money, Width: 16, InTotal: true,
		Show: func(s *audit.Sum) Cell { return M(s.Current) }}
	sumAsIs = Col[*audit.Sum]{ID: "as_is", Title: "As is", Kind: Money, Width: 16, InTotal: true, Figure: "as_is",
		Show: func(s *audit.Sum) Cell { return M(s.AsIs) }}
	sumRecommended = Col[*audit.Sum]{ID: "recommended", Title: "Recommended", Kind: Money, Width: 16, InTotal: true, Figure: "recommended",
		Show: func(s *audit.Sum) Cell { return M(s.Recommended) }}
	sumHardSaving = Col[*audit.Sum]{ID: "hard_saving", Title: "Hard saving", Kind: Money, Width: 15, InTotal: true, Figure: "hard_saving",
		Show: func(s *audit.Sum) Cell { return M(s.HardSaving) }}
	sumAvoidance = Col[*audit.Sum]{ID: "avoidance", Title: "Avoidance", Kind: Money, Width: 14, InTotal: true, Figure: "avoidance",
		Show: func(s *audit.Sum) Cell { return M(s.Avoidance) }}
)

// sumWays names the ways of grouping, in their order. Vendors are companies;
// cost centres and owners are free text that may hold a person.
var sumWays = []struct {
	by       audit.Grouping
	title    string
	personal bool
}{
	{audit.ByBundle, "Product and its apps", false}, {audit.BySite, "Site", false}, {audit.ByType, "Products and apps", false}, {audit.ByVendor, "Vendor", false},
	{audit.ByCostCentre, "Cost centre", true}, {audit.ByOwner, "Owner", true},
}

func sumOfWhat(s *audit.Sum) Cell {
	switch {
	case s.Name == "":
		return T("(not stated)")
	case s.By == audit.BySite:
		return place(s.Name)
	}
	return T(s.Name)
}

// sumTable adds the subscriptions up by one way of grouping.
func sumTable(r *audit.Result, by audit.Grouping, title string) TableOf[*audit.Sum] {
	t := &r.Plan.Totals
	total := &audit.Sum{Lines: r.Coverage.Counted, Current: t.Current, AsIs: t.AsIs, Recommended: t.Recommended, HardSaving: t.HardSaving, Avoidance: t.Avoidance}
	from := newSumFormulas(r, by)
	return TableOf[*audit.Sum]{
		ID: sumsID(by), Adds: addsUp(sumsID(by)), Title: title, Empty: "No subscription is in the totals.", Total: &total, Label: "Total",
		Columns: []Col[*audit.Sum]{sumName.Titled(title), sumLines.By(from.lines), sumCurrent.By(from.column("current")), sumAsIs.By(from.column("as_is")),
			sumRecommended.By(from.column("recommended")), sumHardSaving.By(from.column("hard_saving")), sumAvoidance.By(from.column("avoidance"))},
		Rows: func(yield func(*audit.Sum) bool) {
			for s := range each(r.Sums) {
				if s.By == by && !yield(s) {
					return
				}
			}
		},
	}
}

// sumsID is the id of the table that adds up by one way of grouping.
func sumsID(by audit.Grouping) string { return "sums_" + string(by) }

// sumFormulas add the subscriptions of a group up. The column of subscriptions
// that says to which group one belongs has the name of the grouping.
type sumFormulas struct {
	by    audit.Grouping
	words wording
	none  bool // too many to look through
}

func newSumFormulas(r *audit.Result, by audit.Grouping) sumFormulas {
	var names []string
	for s := range each(r.Sums) {
		if s.By == by {
			names = append(names, s.Name)
		}
	}
	return sumFormulas{by: by, words: wordingOf(names), none: !lookable(6*len(names), len(r.Lines))}
}

// picks takes the subscriptions of a group that are in the totals.
func (f sumFormulas) picks(s *audit.Sum) []pick {
	is := Term(Here("name"))
	if s.Name == "" {
		is = Word("")
	}
	return []pick{{string(f.by), is}, inTotal}
}

func (f sumFormulas) lines(s *audit.Sum) Formula {
	if f.none {
		return Formula{}
	}
	return countWhere(f.words, subscriptionsTable, f.picks(s)...)
}

func (f sumFormulas) column(id string) func(*audit.Sum) Formula {
	return func(s *audit.Sum) Formula {
		if f.none {
			return Formula{}
		}
		return sumWhere(f.words, subscriptionsTable, id, f.picks(s)...)
	}
}

// sumsSheet adds the subscriptions up in every way; where none is in the totals, six
// tables would say so.
func sumsSheet(r *audit.Result) Sheet {
	s := Sheet{Name: "Sums", Grain: "One row per group: the subscriptions of the totals added up by what they belong to; each table holds every one once"}
	if r.Coverage.Counted == 0 {
		s.Table = TableOf[*audit.Sum]{Title: s.Name, Columns: []Col[*audit.Sum]{sumName.Titled("Group")}, Rows: func(func(*audit.Sum) bool) {},
			Empty: "No subscription is in the totals, so there is nothing to add up. The sheet Not weighed says what is missing."}.Table()
		return s
	}
	for _, w := range sumWays {
		s.Blocks = append(s.Blocks, sumTable(r, w.by, w.title).Table())
	}
	return s
}

// dearerFirst orders amounts, the largest first; those that cannot be compared stay
// as they are.
func dearerFirst(a, b money.Amount) int {
	switch {
	case b.Less(a):
		return -1
	case a.Less(b):
		return 1
	}
	return 0
}
