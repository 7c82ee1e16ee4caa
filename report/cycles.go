package report

import (
	"tierline/audit"
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
	cycleDecided = Col[*audit.CycleComparison]{ID: "decided", Title: "Decided", Width: 11, Show: func(c *audit.CycleComparison) Cell { return W(c.Decided) }}
	cycleWhyNot  = Col[*audit.CycleComparison]{ID: "not_weighed", Title: "Why it is not weighed", Width: 60, Wrap: true,
		Show: func(c *audit.CycleComparison) Cell { return T(c.NotWeighed.Placed()) }}

	cycleDecision = Col[*audit.CycleComparison]{ID: "decision", Title: "Decision", Width: 24, Wrap: true,
		Show: func(c *audit.CycleComparison) Cell { return T(decision(c)) }}
)

func cyclesSheet(r *audit.Result) Sheet {
	return Sheet{Name: "Billing cycle", Grain: "one row per bundle: a product and its apps change their cycle together",
		Lead: []string{"Coming term after the removals of the plan, without quotes."}, Table: TableOf[*audit.CycleComparison]{
			Title: "Billing cycle", Empty: "No bundle is known.", Rows: each(r.Cycles),
			Columns: []Col[*audit.CycleComparison]{cycleBundle, cycleToday, cycleKeep, cycleMonthly, cycleAnnual, cycleDecided, cycleWhyNot},
		}.Table()}
}

func cyclesSection(r *audit.Result) Section {
	return Section{Title: "Billing cycle", Lead: []string{"An app is billed in the cycle of its product, so they change together. " +
		"Annual billing costs ten months of the price at the top of the tier; just above a top, twelve monthly bills can cost less. " +
		"Figures are the coming term after the planned removals, without quotes."}, Cycles: cycleCharts(r),
		Tables: []Table{TableOf[*audit.CycleComparison]{
			Empty: "No product is known.", Rows: each(r.Cycles),
			Columns: []Col[*audit.CycleComparison]{cycleBundle.Paper(34), cycleToday.Paper(9), cycleKeep.Paper(15), cycleMonthly.Paper(15),
				cycleAnnual.Paper(15), cycleDecision},
		}.Table()}}
}

// weighed shows what a bundle costs in a cycle, if that was worked out.
func weighed(c *audit.CycleComparison, a money.Amount) Cell {
	if c.NotWeighed.Given() && !a.Known() {
		return T("not weighed")
	}
	return M(a)
}

// decision is what is decided, with the reason where there was no choice.
func decision(c *audit.CycleComparison) string {
	another := c.Current != "monthly" && c.Monthly.Known() || c.Current != "annual" && c.Annual.Known()
	if c.NotWeighed.Given() && !another {
		return "keep: " + c.NotWeighed.Text
	}
	return c.Decided.String()
}
