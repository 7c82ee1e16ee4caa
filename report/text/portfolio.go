package text

import (
	"cmp"
	"fmt"
	"io"
	"unicode/utf8"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/portfolio"
	"tierline/report"
)

// Portfolio writes the estates of a portfolio beside each other, the totals of each
// currency, and where the reports are.
func Portfolio(w io.Writer, d *report.Document, folder string) error {
	out := &printer{w: w}
	p := d.Portfolio
	out.print("%s, as of %s\n\n", d.Organisation, d.AsOf.Long())
	wide := len("Estate")
	for i := range p.Estates {
		wide = max(wide, utf8.RuneCountInString(p.Estates[i].Name))
	}
	wide = min(wide, widestName)
	if len(p.Estates) > 0 {
		out.print("  %-*s  %-12s %16s %16s %16s  %s\n", wide, "Estate", "Weighed", "Renew as is", "Recommended", "Hard saving", "Next")
	}
	for i := range p.Estates {
		out.estate(&p.Estates[i], p.Run.AsOf, wide)
	}
	for i := range p.Totals {
		out.total(&p.Totals[i], wide)
	}
	out.print("\n")
	for _, c := range report.PortfolioCaveats(p) {
		out.print("  ! %s\n", c)
	}
	out.print("  Summary        %s\n", folder)
	return out.err
}

// widestName is how much room the name of an estate gets.
const widestName = 32

// estate prints a line of an estate, with what comes next from a day on.
func (p *printer) estate(e *portfolio.Estate, from date.Date, wide int) {
	a := e.Audit
	if a == nil {
		p.print("  %-*s  exit code %d: %s\n", wide, e.Name, e.ExitCode, cmp.Or(e.Reason, "no run"))
		return
	}
	next := "none"
	if n := e.Next(from); n != nil {
		next = n.Date.String() + "  " + report.DayWhat(n)
	}
	mark := ""
	if a.Partial() {
		mark = "*"
	}
	t := &a.Totals
	if !a.Counted() {
		p.print("  %-*s  %-12s %16s %16s %16s  %s\n", wide, e.Name, weighedOf(a)+mark, "-", "-", "-", next)
		return
	}
	p.print("  %-*s  %-12s %16s %16s %16s  %s\n", wide, e.Name, weighedOf(a)+mark, t.AsIs.Grouped(), t.Recommended.Grouped(), t.HardSaving.Grouped(), next)
}

func weighedOf(a *portfolio.Audit) string {
	return fmt.Sprintf("%d of %d", a.Subscriptions.Weighed, a.Subscriptions.Active)
}

func (p *printer) total(t *portfolio.Total, wide int) {
	p.print("  %-*s  %-12s %16s %16s %16s\n", wide, string(t.Currency), money.Plural(t.Estates, "estate"),
		t.AsIs.Grouped(), t.Recommended.Grouped(), t.HardSaving.Grouped())
}
