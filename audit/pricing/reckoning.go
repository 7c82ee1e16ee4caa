package pricing

import (
	"fmt"

	"tierline/audit/money"
)

// Step is one line of a calculation. The amounts of all steps add up to the
// amount they explain.
type Step struct {
	Seats  int         // 0 when the step is not a number of seats
	Unit   money.Exact // price of one seat
	Amount money.Exact
	Note   string
}

// Factor is what an amount is multiplied by, and why.
type Factor struct {
	By   money.Exact
	Note string
}

// Reckoning is the way from a list price to a bill: every amount is worked out
// by one, whether its steps are wanted or not. What changes the sum is a
// piece of a list, a factor, a part of a period or a rounding, and each of them
// writes its own step, so that no remainder is left to be named. The zero value
// starts at 0 and keeps no steps; see [Explaining].
type Reckoning struct {
	sum     money.Exact
	explain bool
	steps   []Step
}

// Explaining returns a reckoning that keeps its steps.
func Explaining() *Reckoning { return &Reckoning{explain: true} }

// Sum returns the exact sum so far.
func (r *Reckoning) Sum() money.Exact { return r.sum }

// Steps returns the steps that led to the sum. The error says that they do not
// add up to it, which is a fault of the program.
func (r *Reckoning) Steps() ([]Step, error) {
	total := money.Exact{}
	for i := range r.steps {
		total = total.Add(r.steps[i].Amount)
	}
	if r.explain && total.Cmp(r.sum) != 0 {
		return nil, fmt.Errorf("the steps of a calculation add up to %s, its sum is %s", total.Decimal(2), r.sum.Decimal(2))
	}
	return r.steps, nil
}

// List adds the list price for n users; false when the list has none.
func (r *Reckoning) List(s *Schedule, n int) bool {
	price, ok := s.Price(n)
	if !ok {
		return false
	}
	r.sum = r.sum.Add(price)
	if r.explain && n > 0 {
		r.steps = append(r.steps, s.steps(n)...)
	}
	return true
}

// Less takes off the list price for the n users that are paid for already;
// false when the list has none.
func (r *Reckoning) Less(s *Schedule, n int) bool {
	price, ok := s.Price(n)
	if !ok {
		return false
	}
	r.to(r.sum.Sub(price), func() string { return fmt.Sprintf("less the price for the %s users already paid for", money.Count(n)) })
	return true
}

// Fixed adds an amount that no list tells.
func (r *Reckoning) Fixed(amount money.Exact, note string) {
	r.to(r.sum.Add(amount), func() string { return note })
}

// Times multiplies the sum.
func (r *Reckoning) Times(f Factor) {
	r.to(r.sum.Mul(f.By), func() string { return f.Note })
}

// Part charges some days of a period instead of the whole of it.
func (r *Reckoning) Part(days, of int) {
	r.to(r.sum.Mul(money.Ratio(int64(days), int64(of))), func() string { return fmt.Sprintf("%d of %d days", days, of) })
}

// NotNegative gives nothing back: a sum below 0 becomes 0.
func (r *Reckoning) NotNegative() {
	if r.sum.Sign() < 0 {
		r.to(money.Exact{}, func() string { return "nothing is given back for adding users" })
	}
}

// Round leads to the bill in a currency, from which a rate may lead on; it is
// unknown when it is larger than any bill.
func (r *Reckoning) Round(c money.Currency, how money.Rounding) money.Amount {
	amount := r.sum.Round(c, how)
	if !amount.Known() {
		return amount
	}
	if exact := amount.Exact(); !r.explain {
		r.sum = exact
	} else if exact.Cmp(r.sum) != 0 {
		r.to(exact, func() string { return "rounding" })
	}
	return amount
}

// to leads to the next sum, and notes how where steps are wanted.
func (r *Reckoning) to(next money.Exact, note func() string) {
	if r.explain {
		r.steps = append(r.steps, Step{Amount: next.Sub(r.sum), Note: note()})
	}
	r.sum = next
}

// steps returns the calculation of the price of n > 0 users: the terms of its
// piece, for an annual tier those of the month at its top, and what announced
// percentages add.
func (s *Schedule) steps(n int) []Step {
	var room piece
	p := s.find(n, &room)
	var out []Step
	if p.month == nil {
		out = p.steps(n)
	} else {
		out = p.month.steps(p.To)
		for i := range out {
			out[i].Unit, out[i].Amount = out[i].Unit.MulInt(s.months), out[i].Amount.MulInt(s.months)
			out[i].Note += fmt.Sprintf(", %d x the monthly price at the tier's top %s", s.months, money.Count(p.To))
		}
	}
	if rise := s.rise.Sub(money.Int(1)); rise.Sign() != 0 {
		list := money.Exact{}
		for i := range out {
			list = list.Add(out[i].Amount)
		}
		out = append(out, Step{Amount: list.Mul(rise), Note: "announced price changes, together " + rise.SignedPercent()})
	}
	return out
}

// steps writes the terms of a piece out for n users.
func (p *piece) steps(n int) []Step {
	if p.terms == nil {
		return nil
	}
	var out []Step
	for _, part := range [2][]term{p.terms.below, p.terms.own} {
		for i := range part {
			t := &part[i]
			seats := t.count(n)
			out = append(out, Step{Seats: seats, Unit: t.unit, Amount: t.flat.Add(t.unit.MulInt(seats)), Note: t.note})
		}
	}
	return out
}
