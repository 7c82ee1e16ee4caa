package report

import (
	"cmp"

	"tierline/audit"
)

// The columns of sums. Amounts are of the coming term of twelve months.
var (
	sumName  = Col[*audit.Sum]{ID: "name", Width: 34, Wrap: true, Show: func(s *audit.Sum) Cell { return T(cmp.Or(s.Name, "(not stated)")) }}
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

// sumTable adds the subscriptions up by one way of grouping.
func sumTable(r *audit.Result, by audit.Grouping, title string) Table {
	t := &r.Plan.Totals
	total := &audit.Sum{Lines: r.Coverage.Counted, Current: t.Current, AsIs: t.AsIs, Recommended: t.Recommended, HardSaving: t.HardSaving, Avoidance: t.Avoidance}
	return TableOf[*audit.Sum]{
		Title: title, Empty: "No subscription is in the totals.", Total: &total, Label: "Total",
		Columns: []Col[*audit.Sum]{sumName.Titled(title), sumLines, sumCurrent, sumAsIs, sumRecommended, sumHardSaving, sumAvoidance},
		Rows: func(yield func(*audit.Sum) bool) {
			for s := range each(r.Sums) {
				if s.By == by && !yield(s) {
					return
				}
			}
		},
	}.Table()
}

func sumsSheet(r *audit.Result) Sheet {
	s := Sheet{Name: "Sums", Grain: "one row per group: the subscriptions of the totals added up by what they belong to; each table holds every one once"}
	for _, w := range sumWays {
		s.Blocks = append(s.Blocks, sumTable(r, w.by, w.title))
	}
	return s
}

// sumsSection adds up what finance plans by; owners only where policy says that
// they are teams.
func sumsSection(r *audit.Result) Section {
	s := Section{Title: "Where the money goes", Lead: []string{"Each table holds every subscription of the totals once, so each adds up to them."}}
	for _, w := range sumWays {
		if !w.personal || w.by == audit.ByOwner && r.Run.Policy.PrintOwners {
			s.Tables = append(s.Tables, sumTable(r, w.by, w.title))
		}
	}
	return s
}
