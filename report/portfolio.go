package report

import (
	"fmt"

	"tierline/audit/money"
	"tierline/audit/portfolio"
)

// BuildPortfolio makes the document of a portfolio.
func BuildPortfolio(p *portfolio.Portfolio) *Document {
	return &Document{Title: "Licence audits", Organisation: money.Plural(len(p.Estates), "estate"), AsOf: p.Run.AsOf, Complete: p.Run.Complete, Portfolio: p}
}

// portfolioFigures lists the totals of each currency by their names.
func portfolioFigures(p *portfolio.Portfolio) map[string]money.Amount {
	out := map[string]money.Amount{}
	for t := range each(p.Totals) {
		for name, amount := range map[string]money.Amount{"current": t.Current, "as_is": t.AsIs, "recommended": t.Recommended,
			"hard_saving": t.HardSaving, "avoidance": t.Avoidance} {
			out[InCurrency(name, t.Currency)] = amount
		}
	}
	return out
}

// InCurrency is the name of a figure of a portfolio, which has one for each currency.
func InCurrency(figure string, c money.Currency) string { return figure + " " + string(c) }

// DayWhat says what comes on a day of an estate.
func DayWhat(d *portfolio.Deadline) string {
	if d.More == 0 {
		return d.What
	}
	return fmt.Sprintf("%s, and %s more", d.What, money.Count(d.More))
}

// PortfolioCaveats says what the totals of a portfolio leave out.
func PortfolioCaveats(p *portfolio.Portfolio) []string {
	var out []string
	failed := 0
	for e := range each(p.Estates) {
		if e.Audit == nil {
			failed++
		}
	}
	if failed > 0 {
		out = append(out, money.PluralHas(failed, "estate")+" no run, so no total holds any of it.")
	}
	for t := range each(p.Totals) {
		c := string(t.Currency)
		if t.Partial > 0 {
			out = append(out, "The totals in "+c+" are partial: of "+money.Plural(t.Partial, "estate")+" something is missing, held or unknown.")
		}
		if t.NotCounted > 0 {
			out = append(out, money.PluralIs(t.NotCounted, "estate")+" in no total in "+c+": nothing of it is weighed, or an amount is not known.")
		}
	}
	for _, s := range p.Run.Missing {
		out = append(out, "Shard "+s.String()+" is missing, and with it its estates.")
	}
	return out
}
