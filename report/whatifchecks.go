package report

import (
	"iter"
	"slices"

	"tierline/audit"
)

// untouched is whether nobody has entered anything into What-if.
func untouched() Formula {
	entries := F("0")
	for _, column := range []string{"remove", "add", "growth", "discount", "rise"} {
		entries = F("{}+SUM({})", entries, Data(whatIfTable, column))
	}
	for _, of := range []struct {
		column string
		words  []Word
	}{{"cycle", []Word{monthly, annual}}, {"licence", []Word{fit, quote, asPlanned}}} {
		for _, w := range of.words {
			entries = F("{}+COUNTIF({},{})", entries, Data(whatIfTable, of.column), w)
		}
	}
	return F("{}=0", entries)
}

// whatIfChecks compare What-if with the audit: while nothing is entered, and with the
// values of the plan (METHOD 22.2).
func whatIfChecks(r *audit.Result) iter.Seq[figureCheck] {
	if len(r.WhatIf.Bundles) == 0 {
		return slices.Values([]figureCheck(nil))
	}
	t, a := &r.Plan.Totals, &r.WhatIf.Amounts
	asIs, all := totalCell("as_is"), func(column string) Ref { return At(whatIfTable, "all", column) }
	return slices.Values([]figureCheck{
		{"What-if while nothing is entered, and as is; as is where something is", M(a.Entered).By("IF({},{},{})", untouched(), all("what_if"), asIs),
			M(t.AsIs).By("{}", asIs), all("what_if")},
		{"What-if with the values of the plan, and recommended", M(a.Planned).By("{}", all("plan")),
			M(t.Recommended).By("{}", totalCell("recommended")), all("plan")},
	})
}
