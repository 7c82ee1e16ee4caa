package rules

import (
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/pricing"
)

// Questions of renewal-window about the dates themselves.

// reportBySite reports lines, which come in the order of the sites, in one
// finding a site.
func reportBySite(p *audit.Pass, lines []*costing.Line, about string, finding func(site string, lines []*costing.Line) audit.Finding) {
	for len(lines) > 0 {
		site, n := lines[0].Sub.Site, 1
		for n < len(lines) && lines[n].Sub.Site == site {
			n++
		}
		f := finding(site, lines[:n])
		f.Subject = site + "/" + about
		f.Figures = []audit.Figure{{Name: "lines", Label: "Subscriptions", Value: n}}
		for _, l := range lines[:n] {
			f.Evidence = append(f.Evidence, lineRow(l))
		}
		p.Examine(f.Subject)
		p.Report(f)
		lines = lines[n:]
	}
}

// undatedFinding is about lines without a renewal date: their coming term is not
// known, so they are in no total (METHOD 3.3).
func undatedFinding(site string, lines []*costing.Line) audit.Finding {
	f := audit.Finding{
		Title: fmt.Sprintf("%s no renewal_date: no term, no deadline and no total can be worked out",
			linesThat(len(lines), "on "+site+" has", "on "+site+" have")),
		Detail:     "No date is assumed. What is paid today is known where a price is; what renews, and when, is not.",
		Severity:   audit.Medium,
		Confidence: audit.Certain, Why: "the cell is blank",
		Action:     "Enter the next renewal, for monthly billing the next bill, from the subscription page into renewal_date.",
		NotCounted: "these subscriptions are in no total",
	}
	for _, l := range lines {
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Note: paidToday(l)})
	}
	return f
}

func paidToday(l *costing.Line) string {
	if !l.Current.Known() {
		return "what is paid today is not known either"
	}
	return fmt.Sprintf("%s %s a year are paid today", l.Current.Grouped(), l.Current.Currency())
}

// passedFinding is about lines whose date in the file lies before as-of, so that
// the audit moved it forward by whole cycles.
func passedFinding(site string, lines []*costing.Line) audit.Finding {
	f := audit.Finding{
		Title: fmt.Sprintf("%s passed; the audit goes on with the next date",
			linesThat(len(lines), "on "+site+" has a renewal_date that has", "on "+site+" have a renewal_date that has")),
		Detail: "Each date was moved forward by whole cycles until it lay not before the as-of date. " +
			"If the subscription was not renewed then, or with other terms, its figures are wrong.",
		Severity:   audit.Low,
		Confidence: audit.Probable, Why: "assumes that each subscription was renewed as it was",
		Action:     "Compare the rows with the subscription page and enter the next date.",
		NotCounted: "a question about the data, not a saving",
	}
	for _, l := range lines {
		if l.Sub.Cycle == pricing.Annual {
			f.Severity = audit.Medium
		}
		f.Lines = append(f.Lines, audit.LineAmount{
			Line: l.ID(), Name: l.Name(), Note: fmt.Sprintf("%s in the file, %s in the audit", l.Sub.Renewal, l.Term.Start),
		})
	}
	return f
}

// hostLater returns the annual host that renews after an annual app it binds, the
// last of several; nil when there is none.
func hostLater(l *costing.Line) *costing.Line {
	var last *costing.Line
	for _, h := range l.Hosts() {
		if l.Sub.Cycle == pricing.Annual && h.Sub.Cycle == pricing.Annual && h.Charge() == nil && l.Term.Start.Before(h.Term.Start) &&
			(last == nil || last.Term.Start.Before(h.Term.Start)) {
			last = h
		}
	}
	return last
}

// earlyFinding is about apps that renew before the host whose licence binds them:
// they are bought for what the host pays until then (METHOD 3.7).
func earlyFinding(site string, lines []*costing.Line) audit.Finding {
	f := audit.Finding{
		Title: linesThat(len(lines), "on "+site+" renews", "on "+site+" renew") + " before the product that sets the tier",
		Detail: "The product's licence of today binds an app until the product itself renews. " +
			"A smaller licence of the product lowers the app's bill a year later.",
		Severity:   audit.Info,
		Confidence: audit.Certain, Why: "renewal dates of both rows",
		Action:     "Ask whether both can renew on one day, the product first.",
		NotCounted: "a remark about the dates, not a saving",
	}
	for _, l := range lines {
		h := hostLater(l)
		f.Lines = append(f.Lines, audit.LineAmount{
			Line: l.ID(), Name: l.Name(), Note: fmt.Sprintf("renews on %s, %s on %s", l.Term.Start, h.Name(), h.Term.Start),
		})
	}
	return f
}
