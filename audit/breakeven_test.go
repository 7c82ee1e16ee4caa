package audit_test

import (
	"slices"
	"testing"

	"tierline/audit"
)

// TestBreakEvens holds METHOD 5.6: the curve passes through the figures of the
// comparison, and at a break-even annual billing is no dearer, one user below it
// is.
func TestBreakEvens(t *testing.T) {
	r := run(t, request(t))
	seen := 0
	for _, c := range r.Cycles {
		if c.Curve == nil {
			continue
		}
		at := map[int]audit.CyclePoint{}
		for i, p := range c.Curve.Points {
			at[p.Users] = p
			if i > 0 && p.Users <= c.Curve.Points[i-1].Users {
				t.Errorf("%s: %d users behind %d", c.Title, p.Users, c.Curve.Points[i-1].Users)
			}
		}
		for _, n := range c.Curve.BreakEven {
			seen++
			if at[n].Monthly.Less(at[n].Annual) {
				t.Errorf("%s: with %d users annual billing is the dearer one", c.Title, n)
			}
		}
		if p := at[c.Curve.Users]; p.Monthly != c.Monthly || p.Annual != c.Annual {
			t.Errorf("%s: the curve has %+v for the users of the plan, the comparison %s and %s", c.Title, p, c.Monthly.Grouped(), c.Annual.Grouped())
		}
		// The list of Jira Product Discovery: 10.00 a month each, annual tiers of 50,
		// 100 and 200 at 5,000.00, 10,000.00 and 19,000.00.
		if c.Curve.Product == "jira-product-discovery" && !slices.Equal(c.Curve.BreakEven, []int{42, 84, 165}) {
			t.Errorf("%s: break-evens %v, want 42, 84 and 165", c.Title, c.Curve.BreakEven)
		}
	}
	if seen == 0 {
		t.Error("no break-even in the sample")
	}
}
