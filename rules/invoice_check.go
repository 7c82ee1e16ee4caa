package rules

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

//go:embed invoice-check.md
var invoiceCheckPage string

var invoiceCheck = &audit.Rule{
	ID:          "invoice-check",
	Title:       "what invoices bill against what lists and counts of their period make, the difference explained piece by piece",
	Page:        invoiceCheckPage,
	Remediation: "Send the vendor the invoice with the piece that is wrong and its amount, and ask for a corrected one.",
	Category:    audit.CategoryPrices,
	Kind:        audit.Risk,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedInvoices},
	Run:         runInvoiceCheck,
}

func runInvoiceCheck(_ context.Context, p *audit.Pass) error {
	seen := map[string]int{}
	for _, c := range p.Costs.CheckInvoices() {
		subject := billSubject(c.Line, c.Site, c.Key, c.Number, c.From.String())
		if seen[subject]++; seen[subject] > 1 {
			subject = fmt.Sprintf("%s/%d", subject, seen[subject])
		}
		p.Examine(subject)
		if f := checkedInvoice(p, &c); f != nil {
			f.Subject, f.Evidence = subject, billRows(c.Line, c.Source, "invoice "+c.Number)
			f.NotCounted = "it is about a bill of its own; no total holds it"
			p.Report(*f)
		}
	}
	return nil
}

// billSubject returns the subject of a quote or invoice: its subscription, number
// and day.
func billSubject(l *costing.Line, site, key, number, day string) string {
	of := site + "/" + key
	if l != nil {
		of = l.ID()
	}
	return fmt.Sprintf("%s/%s/%s", of, number, day)
}

// billRows points at the row of a quote or invoice, and of its subscription.
func billRows(l *costing.Line, at diag.Source, what string) []audit.Evidence {
	out := []audit.Evidence{{Source: at, What: what}}
	if l != nil {
		out = append(out, lineRow(l))
	}
	return out
}

// checkedInvoice says what is to be said of an invoice; nil where it is right, and
// nothing about it is left open.
func checkedInvoice(p *audit.Pass, c *costing.Checked) *audit.Finding {
	if c.Unknown.Given() {
		return uncheckedInvoice(c)
	}
	f := &audit.Finding{
		Confidence: audit.Certain, Why: "the list of the day, and what the invoice states",
		Amount: c.Difference(), Currency: c.Billed.Currency(),
		Figures: []audit.Figure{
			{Name: "billed", Label: "Billed", Value: c.Billed}, {Name: "computed", Label: "To be billed", Value: c.Computed},
			{Name: "difference", Label: "Difference", Value: c.Difference()},
		},
	}
	for i, piece := range pieceNames {
		f.Figures = append(f.Figures, audit.Figure{Name: piece.name, Label: piece.label, Value: c.Pieces[i]})
	}
	if c.HasCount {
		f.Figures = append(f.Figures, audit.Figure{Name: "counted", Label: "Users on the day before the period", Value: c.Counted})
	}
	of := estate.On(c.Line.Name(), c.Site)
	difference := c.Difference()
	switch {
	case difference.Sign() == 0 && confirmed(c):
		return nil
	case difference.Sign() == 0:
		f.Severity = audit.Info
		f.Title = fmt.Sprintf("Invoice %s for %s is right for %s, whom nobody counted", c.Number, of, money.Plural(c.For, "user"))
		f.Action = fmt.Sprintf("To check the number, add the users of %s to user_counts.", c.CountedOn.Long())
	default:
		explainInvoice(p, f, c, of)
	}
	f.Detail = strings.Join(append([]string{billedFor(c)}, invoicePieces(c)...), " ")
	return f
}

// confirmed reports whether the users an invoice is for are known from elsewhere: a
// fixed price has none, a count of the day, or a licence.
func confirmed(c *costing.Checked) bool {
	return c.For == 0 || c.HasCount || c.Line.Sub.Cycle == pricing.Annual && c.Line.Sub.HasLicensed && c.For <= c.Line.Sub.Licensed
}

// uncheckedInvoice says why an invoice cannot be compared.
func uncheckedInvoice(c *costing.Checked) *audit.Finding {
	name := c.Key
	if c.Line != nil {
		name = c.Line.Name()
	}
	f := &audit.Finding{
		Title:      fmt.Sprintf("Invoice %s for %s cannot be checked", c.Number, estate.On(name, c.Site)),
		Detail:     fmt.Sprintf("It bills %s %s: %s.", c.Amount.Grouped(), c.Amount.Currency(), c.Unknown.Text),
		Severity:   audit.Info,
		Confidence: audit.Possible, Why: "nothing can be compared",
		Figures: []audit.Figure{{Name: "billed", Label: "Billed", Value: c.Amount}},
	}
	switch c.Unknown.Kind {
	case diag.NoQuantity:
		f.Action = fmt.Sprintf("Add the users it states, or those of %s to user_counts.", c.CountedOn.Long())
	case diag.Unrelated, diag.Bound:
		f.Action = "Correct its site and key, or the subscriptions."
	case diag.Currency:
		f.Action = "Add a rate for its currency."
	default:
		f.Detail = fmt.Sprintf("It bills %s %s, and no price of %s is known.", c.Amount.Grouped(), c.Amount.Currency(), c.From.Short())
		f.Action = fmt.Sprintf("Add the price list that was in force on %s.", c.From.Long())
	}
	return f
}

// explainInvoice words a difference, and what to ask the vendor for.
func explainInvoice(p *audit.Pass, f *audit.Finding, c *costing.Checked, of string) {
	difference, unit := c.Difference(), c.Billed.Currency()
	f.Severity = p.Rate(difference, date.Date{})
	switch {
	case difference == c.Pieces[costing.ByRounding]:
		f.Severity = audit.Info
		f.Title = fmt.Sprintf("Invoice %s for %s differs by %s %s, which is rounding", c.Number, of, difference.Grouped(), unit)
		f.Action = "Nothing to ask for; state annual_app_rounding in the policy if the vendor always does so."
	case difference.Sign() > 0:
		f.Title = fmt.Sprintf("Invoice %s bills %s %s %s too much", c.Number, of, difference.Grouped(), unit)
		f.Action = "Ask the vendor " + sentence(asks(c)) + "."
	default:
		f.Severity = audit.Low
		f.Title = fmt.Sprintf("Invoice %s bills %s %s %s less than computed", c.Number, of, difference.Neg().Grouped(), unit)
		f.Action = "Nothing to claim. Expect a correction, or see whether a price or number in the tables is out of date."
	}
	switch {
	case c.Pieces[costing.Unexplained].Sign() != 0:
		f.Confidence, f.Why = audit.Probable, "a part of the difference has no explanation"
	case c.AsBilled.Faults(c.AsComputed) > 2:
		f.Confidence, f.Why = audit.Probable, "it takes several faults together to lead to the amount"
	}
}

// billedFor says what an invoice is for and what it was to come to.
func billedFor(c *costing.Checked) string {
	out := fmt.Sprintf("It bills %s for %s to %s", c.Billed.Grouped(), c.From.Short(), c.To.Short())
	if c.Users > 0 {
		out += fmt.Sprintf(" and %s", money.Plural(c.Users, "user"))
	}
	if c.Period.From > 0 {
		out += fmt.Sprintf(", an upgrade from %d", c.Period.From)
	}
	out += fmt.Sprintf("; %s was to be billed", c.Computed.Grouped())
	if c.For > 0 && c.For != c.Users {
		out += fmt.Sprintf(" for %s", money.Count(c.For))
	}
	if n, of := c.Period.Days, c.Period.Of; of > 0 {
		out += fmt.Sprintf(", %d of %d days", n, of)
	}
	return out + "."
}
