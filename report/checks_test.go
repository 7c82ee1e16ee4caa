package report

import (
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
)

// checkMeanings: a check compares a total with itself as other sheets have it, so
// both ways show the total its words name.
func checkMeanings(r *audit.Result) []meaning {
	t := &r.Plan.Totals
	names := []string{"Current", "Volume", "Price changes", "Renew as is", "Hard saving", "Avoidance", "Recommended"}
	var what []string
	for _, n := range names {
		what = append(what, n+": as the sheets have it now, and as audited")
	}
	values := []money.Amount{t.Current, t.Volume, t.PriceChanges, t.AsIs, t.HardSaving, t.Avoidance, t.Recommended,
		t.AsIs, t.Recommended, t.Recommended, t.Recommended, t.Avoidance}
	what = append(what, "Subscriptions: as is, and current + volume + price changes", "Recommended: the subscriptions, and as is less both savings",
		"The end of the bridge, and the subscriptions as recommended", "As is less every action once, and the subscriptions as recommended",
		"Actions that avoid a price rise, and the avoidance of the subscriptions")
	for _, w := range sumWays {
		what = append(what, "Sums by "+w.title+": as is, and the total", "Sums by "+w.title+": recommended, and the total")
		values = append(values, t.AsIs, t.Recommended)
	}
	what = append(what, "What-if while nothing is entered, and as is; as is where something is", "What-if with the values of the plan, and recommended")
	values = append(values, t.AsIs, t.Recommended)
	what = append(what, "Seats: as the sheet Counts has them now, and as audited", "Rows of the sheet Users, and the seats of the sheet Counts",
		"Cash as is, and every bill once", "Cash as recommended, and every bill once")
	amount := func(row int) any {
		switch more := row - len(values); more {
		case 0, 1:
			return classed(&r.Seats[0]) + classed(&r.Seats[1])
		case 2:
			return r.Cash.Total.AsIs
		case 3:
			return r.Cash.Total.Recommended
		}
		return values[row]
	}
	return []meaning{{place: "Checks/Figures that come about in two ways", cols: "Check|One way|The other|Holds", rows: len(what),
		cell: cells{"Check": words(what...), "One way": amount, "The other": amount, "Holds": func(int) any { return "TRUE" }}}}
}

// A check is none when both ways are written figures.
func TestChecksAreFormulas(t *testing.T) {
	all := checksOf(filled(t))
	if len(all) < 20 {
		t.Fatalf("%d checks", len(all))
	}
	seen := map[string]bool{}
	for _, c := range all {
		if c.left.Formula == nil {
			t.Errorf("%q: the one way is no formula", c.what)
		}
		if c.right.Formula == nil && !strings.HasSuffix(c.what, "as audited") {
			t.Errorf("%q: the other way is no formula", c.what)
		}
		if seen[c.what] {
			t.Errorf("%q stands twice", c.what)
		}
		seen[c.what] = true
	}
}

// A check that does not hold says so before anybody recalculates.
func TestCheckThatFails(t *testing.T) {
	one, other := M(money.Minor(100, "USD")), M(money.Minor(101, "USD"))
	if c := figureHolds.Show(figureCheck{left: one, right: other}); c.Holds || c.Text != "FALSE" {
		t.Errorf("1.00 and 1.01: %+v", c)
	}
	if c := figureHolds.Show(figureCheck{left: one, right: one}); !c.Holds || c.Formula == nil {
		t.Errorf("1.00 and 1.00: %+v", c)
	}
}

func TestNothingToCheck(t *testing.T) {
	s := figureChecks(checksOf(&audit.Result{}))
	if s.Status != nil || s.Blocks[0].Empty == "" {
		t.Errorf("a sheet of no checks: %+v", s)
	}
}

// What-if is compared as it was worked out, and not with itself: where it is not what
// the audit says, the check fails as stored, and so does the line on the summary.
func TestWhatIfThatLeavesTheAudit(t *testing.T) {
	r := filled(t)
	if s := checkStatus(checksOf(r)); !strings.HasPrefix(s.Cell.Text, "All ") {
		t.Fatalf("before anything is wrong: %q", s.Cell.Text)
	}
	for _, wrong := range []*money.Amount{&r.WhatIf.Amounts.Entered, &r.WhatIf.Amounts.Planned} {
		was := *wrong
		*wrong = was.Add(money.Minor(1, was.Currency()))
		if s := checkStatus(checksOf(r)); s.Cell.Text != "1 checks do not hold: see Checks" {
			t.Errorf("one cent more: %q", s.Cell.Text)
		}
		*wrong = was
	}
}
