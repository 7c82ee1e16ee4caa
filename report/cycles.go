package report

import (
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// The columns of billing cycles.
var (
	cycleBundle = Col[*audit.CycleComparison]{ID: "bundle", Title: "Product and its apps", Width: 34, Wrap: true,
		Show: func(c *audit.CycleComparison) Cell { return T(c.Title) }}
	cycleToday = Col[*audit.CycleComparison]{ID: "current", Title: "Billed today", Width: 13,
		Show: func(c *audit.CycleComparison) Cell { return T(string(c.Current)) }}
	cycleKeep = Col[*audit.CycleComparison]{ID: "keep", Title: "As billed today", Kind: Money, Width: 18,
		Show: func(c *audit.CycleComparison) Cell { return M(c.Keep) }}
	cycleMonthly = Col[*audit.CycleComparison]{ID: "monthly", Title: "All monthly", Kind: Money, Width: 18,
		Show: func(c *audit.CycleComparison) Cell { return weighed(c, c.Monthly) }}
	cycleAnnual = Col[*audit.CycleComparison]{ID: "annual", Title: "All annual", Kind: Money, Width: 18,
		Show: func(c *audit.CycleComparison) Cell { return weighed(c, c.Annual) }}
	cycleMore = Col[*audit.CycleComparison]{ID: "difference", Title: "Annual costs more", Kind: Money, Width: 18,
		Note: "annual less monthly; negative where annual is cheaper",
		Show: func(c *audit.CycleComparison) Cell {
			if !c.Difference().Known() {
				return T("")
			}
			return M(c.Difference())
		}}
	cycleUsers = Col[*audit.CycleComparison]{ID: "users", Title: "Users then", Kind: Count, Width: 10,
		Note: "of the product that sets most of it, under the plan",
		Show: func(c *audit.CycleComparison) Cell {
			if c.Curve == nil {
				return T("")
			}
			return N(c.Curve.Users)
		}}
	cycleEven = Col[*audit.CycleComparison]{ID: "break_even", Title: "Annual pays from", Kind: Count, Width: 12,
		Note: "the nearest number of users from which on annual billing is no dearer; blank where there is none around them",
		Show: func(c *audit.CycleComparison) Cell { return given(c.NearestBreakEven()) }}
	cycleShort = Col[*audit.CycleComparison]{ID: "short", Title: "Users short of it", Kind: Count, Width: 12, Note: "negative where there are more",
		Show: func(c *audit.CycleComparison) Cell {
			if n := c.NearestBreakEven(); n != nil {
				return N(*n - c.Curve.Users)
			}
			return T("")
		}}
	cycleDecided = Col[*audit.CycleComparison]{ID: "decided", Title: "Decided", Width: 11, Show: func(c *audit.CycleComparison) Cell { return W(c.Decided) }}
	cycleWhyNot  = Col[*audit.CycleComparison]{ID: "not_weighed", Title: "Why it is not weighed", Width: 60, Wrap: true,
		Show: func(c *audit.CycleComparison) Cell { return T(c.NotWeighed.Placed()) }}
)

func cyclesSheet(r *audit.Result) Sheet {
	return Sheet{Name: "Billing cycle", Grain: "One row per bundle: a product and its apps change their cycle together",
		Lead: []string{"Coming term after the removals of the plan, without quotes."}, Table: TableOf[*audit.CycleComparison]{
			Title: "Billing cycle", Empty: "No bundle is known.", Rows: each(r.Cycles),
			Columns: []Col[*audit.CycleComparison]{cycleBundle, cycleToday, cycleKeep.By(keptOf), cycleMonthly, cycleAnnual,
				cycleMore.By(func(*audit.CycleComparison) Formula { return F("{}-{}", Here("annual"), Here("monthly")) }), cycleUsers, cycleEven,
				cycleShort.By(func(*audit.CycleComparison) Formula { return F("{}-{}", Here("break_even"), Here("users")) }), cycleDecided, cycleWhyNot},
		}.FoldedAway().Table()}
}

// keptOf is the amount of the cycle of today, where all is billed in one.
func keptOf(c *audit.CycleComparison) Formula {
	switch {
	case c.KeepIsOf(audit.BilledMonthly, c.Monthly):
		return F("{}", Here("monthly"))
	case c.KeepIsOf(audit.BilledAnnual, c.Annual):
		return F("{}", Here("annual"))
	}
	return Formula{}
}

// cyclesSection compares what can be compared; of the rest it says why not.
func cyclesSection(r *audit.Result) Section {
	s := Section{Title: "Billing cycle", Cycles: cycleCharts(r)}
	var compared []*audit.CycleComparison
	for c := range each(r.Cycles) {
		if hasChoice(c) {
			compared = append(compared, c)
		}
	}
	if len(compared) > 0 {
		s.Lead = []string{"An app is billed in the cycle of its product, so they change together. " +
			"Annual billing costs ten months of the price at the top of the tier. Just above a top, twelve monthly bills can cost less. " +
			"Figures are the coming term after the planned removals, without quotes."}
		columns := []Col[*audit.CycleComparison]{cycleBundle.Paper(34), cycleToday.Paper(11), cycleMonthly.Paper(15), cycleAnnual.Paper(15), cycleDecided.Paper(11)}
		if slices.ContainsFunc(compared, func(c *audit.CycleComparison) bool { return c.Keep != c.Monthly && c.Keep != c.Annual }) {
			columns = slices.Insert(columns, 2, cycleKeep.Paper(15)) // some are billed in both
		}
		s.Tables = []Table{TableOf[*audit.CycleComparison]{Rows: slices.Values(compared), Columns: columns}.Folded().Table()}
	}
	if text := notCompared(r); text != "" {
		s.Lead = append(s.Lead, text)
	}
	if len(r.Cycles) == 0 {
		s.Lead = []string{"No product is known."}
	}
	return s
}

// hasChoice reports whether another cycle than today's was worked out.
func hasChoice(c *audit.CycleComparison) bool {
	return c.Current != "monthly" && c.Monthly.Known() || c.Current != "annual" && c.Annual.Known()
}

// notCompared says for which bundles the cycles cannot be compared, each reason
// once; "" where they can.
func notCompared(r *audit.Result) string {
	var reasons []string
	of := map[string][]string{}
	for c := range each(r.Cycles) {
		if hasChoice(c) {
			continue
		}
		if of[c.NotWeighed.Text] == nil {
			reasons = append(reasons, c.NotWeighed.Text)
		}
		of[c.NotWeighed.Text] = append(of[c.NotWeighed.Text], c.Title)
	}
	var out []string
	for _, reason := range reasons {
		text := diag.Names(of[reason])
		if reason != "" {
			text += ": " + reason
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return ""
	}
	return "The cycle stays, as the other one cannot be compared. " + strings.Join(out, ". ") + "."
}

// weighed shows what a bundle costs in a cycle, if that was worked out.
func weighed(c *audit.CycleComparison, a money.Amount) Cell {
	if c.NotWeighed.Given() && !a.Known() {
		return T("not weighed")
	}
	return M(a)
}
