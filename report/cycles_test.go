package report

import (
	"tierline/audit"
)

// differenceShown is blank where a cycle was not worked out.
func differenceShown(c *audit.CycleComparison) any {
	if !c.Annual.Known() || !c.Monthly.Known() {
		return ""
	}
	return c.Annual.Sub(c.Monthly)
}

func cycleMeanings(r *audit.Result) []meaning {
	cycle := of(r.Cycles, map[string]func(*audit.CycleComparison) any{
		"Product and its apps": func(c *audit.CycleComparison) any { return c.Title },
		"Billed today":         func(c *audit.CycleComparison) any { return c.Current },
		"As billed today":      func(c *audit.CycleComparison) any { return c.Keep },
		"Annual costs more":    differenceShown,
		"Users then":           func(c *audit.CycleComparison) any { return c.Curve.Users },
		"Annual pays from":     func(c *audit.CycleComparison) any { return c.NearestBreakEven() },
		"Users short of it":    func(c *audit.CycleComparison) any { return *c.NearestBreakEven() - c.Curve.Users },
		"Decided":              func(c *audit.CycleComparison) any { return c.Decided },
	})
	not := r.Cycles[0].NotWeighed
	cycle["All monthly"], cycle["All annual"] = words("not weighed", say(r.Cycles[1].Monthly)), words("not weighed", say(r.Cycles[1].Annual))
	cycle["Why it is not weighed"] = words(not.Placed(), "")
	second := cells{} // the first has no choice
	for title, cell := range cycle {
		second[title] = func(int) any { return cell(1) }
	}
	return []meaning{
		{place: "Billing cycle", rows: 2, cell: cycle,
			cols: "Product and its apps|Billed today|As billed today|All monthly|All annual|Annual costs more|Users then|Annual pays from|Users short of it|Decided|Why it is not weighed"},
		{place: "PDF/Billing cycle/", rows: 1, cell: second,
			cols: "Product and its apps|Billed today|As billed today|All monthly|All annual|Decided"},
	}
}
