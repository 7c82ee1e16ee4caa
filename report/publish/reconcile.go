package publish

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/money"
	"tierline/report"
)

// reconcile compares the totals that the files show with those of the result,
// and notes each comparison in the manifest. The error names every difference:
// a run whose files disagree is not published.
func (m *Manifest) reconcile(d *report.Document, renderers []Renderer, shown []report.Shown) error {
	m.Checks = []Check{}
	want, owed := d.Figures(), d.Owed()
	var problems []error
	for i, r := range renderers {
		seen := map[string]bool{}
		for _, s := range distinct(shown[i]) {
			seen[s.Figure] = true
			c := Check{
				File: r.File, Figure: s.Figure, Shown: s.Amount.String(), Expected: want[s.Figure].String(),
				Holds: s.Amount.Known() && s.Amount == want[s.Figure],
			}
			m.Checks = append(m.Checks, c)
			if !c.Holds {
				problems = append(problems, fmt.Errorf("%s shows %s as %q, the result as %q", r.File, s.Figure, c.Shown, c.Expected))
			}
		}
		for _, figure := range missing(owed, seen) {
			if r.Totals {
				problems = append(problems, fmt.Errorf("%s does not show %s", r.File, figure))
			}
		}
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("the reports disagree; please report this as a bug: %w", err)
	}
	return nil
}

// distinct returns the figures in order, each amount of one once: a total may
// stand on several pages.
func distinct(shown report.Shown) report.Shown {
	out := slices.Clone(shown)
	slices.SortFunc(out, func(a, b report.ShownFigure) int {
		return cmp.Or(strings.Compare(a.Figure, b.Figure), strings.Compare(a.Amount.String(), b.Amount.String()))
	})
	return slices.Compact(out)
}

// missing lists the known totals that were not seen, in order.
func missing(want map[string]money.Amount, seen map[string]bool) []string {
	var out []string
	for figure, amount := range want {
		if amount.Known() && !seen[figure] {
			out = append(out, figure)
		}
	}
	slices.Sort(out)
	return out
}
