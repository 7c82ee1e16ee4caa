package pricing

import (
	"fmt"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Version is the price in force from one day on: a table, or the annual list
// derived from a monthly table, with the announced percentages on top.
type Version struct {
	From   date.Date   // first day; zero = always was
	Factor money.Exact // product of the percentages in force, such as 1.15

	// OverrideDays is how many days after From a quote keeps the price before
	// it, when a price_changes row of that day says so; nil = the policy's.
	OverrideDays *int
	// Announced is the day the change was announced, when a row says.
	Announced date.Date
	// Source is the row that made this version: the table's first, or the
	// price change's.
	Source diag.Source
	// Origin is the list's or announcement's own source text.
	Origin string

	table  *Table
	annual int // months an annual price costs when the list is derived; 0 = the table itself
}

// Step is one line of a calculation. The amounts of all steps add up to the
// amount they explain.
type Step struct {
	Seats  int         // 0 when the step is not a number of seats
	Unit   money.Exact // price of one seat
	Amount money.Exact
	Note   string
}

// Range is a tier as a reader sees it: users From to To, both included.
type Range struct {
	From, To int // To = 0: no limit
}

// String returns "501-600", or "10,001 and more".
func (r Range) String() string { return rangeText(r.From, r.To) }

func rangeText(from, to int) string {
	if to == 0 {
		return money.Count(from) + " and more"
	}
	return money.Count(from) + "-" + money.Count(to)
}

// same reports whether two versions give the same price, or both none.
func (v *Version) same(b *Version) bool {
	return v.table == b.table && (v.table == nil || v.annual == b.annual && v.Factor.Cmp(b.Factor) == 0)
}

// Currency returns the currency of the list.
func (v *Version) Currency() money.Currency { return v.table.Currency }

// Mode returns the mode of the list; a derived annual list is FromMonthly.
func (v *Version) Mode() Mode {
	if v.annual > 0 {
		return FromMonthly
	}
	return v.table.Mode
}

// Stepped reports whether one price holds for a whole tier, so that users
// inside it are paid for whether they exist or not.
func (v *Version) Stepped() bool {
	switch v.Mode() {
	case FromMonthly, Block:
		return true
	case Volume:
		for _, t := range v.table.Tiers {
			if t.Unit.Sign() != 0 {
				return false
			}
		}
		return true
	}
	return false
}

// Price returns the exact list price for n users, false when it is unknown:
// n lies above the last tier.
func (v *Version) Price(n int) (money.Exact, bool) {
	p, ok := v.list(n)
	if !ok {
		return money.Exact{}, false
	}
	return p.Mul(v.Factor), true
}

func (v *Version) list(n int) (money.Exact, bool) {
	if v.annual == 0 || n <= 0 {
		return v.table.price(n)
	}
	// A tier that reaches above the last monthly top has no price: it is not
	// clipped (ruling R31).
	p, ok := v.table.price(AnnualTop(n))
	return p.MulInt(v.annual), ok
}

// Tier returns the tier that holds n users; 0 users are the tier 0-0.
func (v *Version) Tier(n int) (Range, bool) {
	if n <= 0 {
		return Range{}, n == 0
	}
	if v.annual > 0 {
		top := AnnualTop(n)
		_, ok := v.table.price(top)
		return Range{From: annualBottom(n) + 1, To: top}, ok
	}
	i, ok := v.table.find(n)
	if !ok {
		return Range{}, false
	}
	return Range{From: v.table.bottom(i) + 1, To: v.table.Tiers[i].Top}, true
}

// Capacity returns the number of users paid for at n: the tier's top where a
// whole tier is paid, else n itself.
func (v *Version) Capacity(n int) int {
	if tier, ok := v.Tier(n); ok && v.Stepped() && tier.To > 0 {
		return tier.To
	}
	return n
}

// Tops returns every tier top up to limit, and of a derived list every annual
// top up to limit.
func (v *Version) Tops(limit int) []int {
	var out []int
	if v.annual > 0 {
		for n := 1; n <= limit; {
			top := AnnualTop(n)
			out = append(out, top)
			n = top + 1
		}
		return out
	}
	for _, t := range v.table.Tiers {
		if t.Top == 0 || t.Top > limit {
			break
		}
		out = append(out, t.Top)
	}
	return out
}

// Explain returns the calculation of Price(n) step by step. The amounts add
// up to the price.
func (v *Version) Explain(n int) []Step {
	if n <= 0 {
		return nil
	}
	counted := n
	if v.annual > 0 {
		counted = AnnualTop(n)
	}
	steps := v.table.steps(counted)
	if v.annual > 0 {
		factor := money.Int(int64(v.annual))
		for i := range steps {
			steps[i].Unit = steps[i].Unit.Mul(factor)
			steps[i].Amount = steps[i].Amount.Mul(factor)
			steps[i].Note += fmt.Sprintf(", %d x the monthly price at the tier's top %s", v.annual, money.Count(counted))
		}
	}
	if v.Factor.Cmp(money.Int(1)) != 0 {
		sum := money.Exact{}
		for _, s := range steps {
			sum = sum.Add(s.Amount)
		}
		rise := v.Factor.Sub(money.Int(1))
		steps = append(steps, Step{Amount: sum.Mul(rise), Note: "announced price changes, together " + signed(rise)})
	}
	return steps
}

func signed(share money.Exact) string {
	if share.Sign() > 0 {
		return "+" + share.Percent()
	}
	return share.Percent()
}
