package rules

import (
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// firstRenewal returns the earliest renewal among the lines a finding names,
// or of the whole bundle when it names none.
func firstRenewal(b *costing.Bundle, named []audit.LineAmount) date.Date {
	var first date.Date
	is := linesOf(named)
	for _, l := range b.Lines {
		if l.Term.Start.IsZero() || len(named) > 0 && !is[l.ID()] {
			continue
		}
		if first.IsZero() || l.Term.Start.Before(first) {
			first = l.Term.Start
		}
	}
	return first
}

// linesOf returns which lines a finding names, by id.
func linesOf(named []audit.LineAmount) map[string]bool {
	is := map[string]bool{}
	for _, x := range named {
		is[x.Line] = true
	}
	return is
}

// lineRow points at the row of a subscription.
func lineRow(l *costing.Line) audit.Evidence {
	return audit.Evidence{Source: l.Sub.Source, What: "subscription " + l.Name()}
}

// total adds the amounts of lines in the currency of the run.
func total(p *audit.Pass, lines []audit.LineAmount) money.Amount {
	sum := money.Zero(p.Costs.Currency)
	for _, l := range lines {
		sum = sum.Add(l.Amount)
	}
	return sum
}

// verb returns the form that follows a number of things.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// summedOver says over how many subscriptions an amount is a sum; "" for one, which is
// no sum.
func summedOver(n int) string {
	if n == 1 {
		return ""
	}
	return " over " + money.Plural(n, "subscription")
}

// count writes a number with the words that follow it.
func count(n int, one, many string) string { return money.Count(n) + " " + verb(n, one, many) }

// countRows points at what the users of a bundle's products were counted from.
func countRows(b *costing.Bundle) []audit.Evidence {
	var out []audit.Evidence
	for _, product := range b.Products {
		if product.Known() {
			out = append(out, audit.Evidence{Source: product.CountedAt, What: "users of " + estate.ProductName(product.Key) + ": " + product.Origin.String()})
		}
	}
	return out
}

// notRemoved says why the plan does not remove so many seats of a product: it
// has not weighed it, the policy caps it, or else the reason given.
func notRemoved(p *audit.Pass, seats int, otherwise string) string {
	if why := p.Keeps(); why.Given() {
		return audit.NotWeighed(why)
	}
	if most := p.Policy.MaxRemovals; most > 0 && seats > most {
		return fmt.Sprintf("the policy lets the plan remove at most %s from each product (max_removals)", money.Plural(most, "seat"))
	}
	return otherwise
}
