package costing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// split explains what an invoice bills by the fewest faults that lead to its amount
// exactly. What no list leads to stays unexplained: nothing is guessed (METHOD 20.3).
type split struct {
	line      *Line
	billed    money.Amount // as stated
	owed      money.Amount // as compared: in the currency of the price, or of the totals
	converted bool         // bills are compared in the currency of the totals
	from      date.Date    // first day of the period
	blank     bool         // the invoice states no users
	span      Span
}

// comparable finds the currency in which the invoice and a price can be compared,
// or says why there is none.
func (s *split) comparable(price money.Currency) diag.Reason {
	rates := s.line.rates
	switch own := s.billed.Currency(); {
	case own == price:
		s.owed = s.billed
	case rates.zero(own) == rates.zero(price):
		s.owed, s.converted = rates.In(s.billed), true
	default:
		return diag.Why(diag.Currency, "it is in %s, the price of the subscription in %s, and no rate says what the one is in the other", own, price)
	}
	return diag.Reason{}
}

// read takes the first of several spans that leads to the amount, else the first.
// A day more or less reaches many a whole unit, so that only the first, and an
// upgrade for the same days, may lead to it by rounding up.
func (s *split) read(spans []Span, way Way) {
	for _, s.span = range spans {
		as := s.in(way)
		ways := s.roundings(as)
		if s.span.Days != spans[0].Days {
			ways = ways[:1]
		}
		for _, as.Up = range ways {
			if amount, why := s.amount(as); !why.Given() && amount == s.owed {
				return
			}
		}
	}
	s.span = spans[0]
}

// in returns a way at the price and rounding of the cycle of the span.
func (s *split) in(w Way) Way {
	if w.Version != nil {
		w.Version, _ = s.line.Timeline(s.span.Cycle).At(s.from)
	}
	w.Up = s.line.rounding[s.span.Cycle] == money.UpToUnit
	return w
}

// billedBy returns the bill of a way.
func (s *split) billedBy(w Way) Billed {
	b := Billed{Cycle: s.span.Cycle, Version: w.Version, Quantity: w.Users, Previous: s.span.From, Days: s.span.Days, Of: s.span.Of}
	if w.Whole {
		b.Days, b.Of = 0, 0
	}
	return b
}

// amount returns what a way comes to.
func (s *split) amount(w Way) (money.Amount, diag.Reason) {
	p := s.line.Price
	p.rounding[s.span.Cycle] = money.HalfUp
	if w.Up {
		p.rounding[s.span.Cycle] = money.UpToUnit
	}
	p.factors = slices.DeleteFunc(slices.Clone(p.factors), func(f pricing.Factor) bool {
		return slices.ContainsFunc(w.Without, func(x pricing.Factor) bool { return x.Note == f.Note })
	})
	b := s.billedBy(w)
	if p.kind == listed && b.Version == nil {
		return money.Amount{}, diag.Why(diag.NoPrice, "no price of that cycle is known")
	}
	var r pricing.Reckoning
	amount, own, why := p.reckon(&r, b)
	if s.converted {
		return amount, why
	}
	return own, why
}

// pieces splits the difference between the amount and the one to be billed. stated
// is the latter for the users the invoice states.
func (s *split) pieces(base, stated Way) (out [Unexplained + 1]money.Amount, found Way) {
	before, _ := s.amount(base)
	for i := range out {
		out[i] = money.Zero(s.owed.Currency())
	}
	if before == s.owed {
		return out, base
	}
	if found = s.explain(stated); found.Faults(stated) == 0 && s.blank {
		stated.Users = s.usersFor(stated)
		found = stated
	}
	way := base
	for piece, take := range [Unexplained]func(){
		ByQuantity: func() { way.Users = stated.Users },
		ByTier:     func() { way.Users = found.Users },
		ByVersion:  func() { way.Version = found.Version },
		ByFactor:   func() { way.Without = found.Without },
		ByDays:     func() { way.Whole = found.Whole },
		ByRounding: func() { way.Up = found.Up },
	} {
		take()
		after, why := s.amount(way)
		if why.Given() {
			continue // in the next piece
		}
		out[piece], before = after.Sub(before), after
	}
	out[Unexplained] = s.owed.Sub(before)
	return out, found
}

// explain returns the way with the fewest faults that leads to the amount exactly;
// the one given where none does. Of equally few the later pieces are found first.
func (s *split) explain(stated Way) Way {
	best, fewest := stated, int(Unexplained)+1
	for _, users := range s.tiers(stated) {
		for _, v := range s.versions(stated) {
			for _, without := range s.factors() {
				for _, whole := range s.wholes() {
					for _, up := range s.roundings(stated) {
						way := Way{Users: users, Version: v, Without: without, Whole: whole, Up: up}
						n := way.Faults(stated)
						if n >= fewest {
							continue
						}
						if amount, why := s.amount(way); !why.Given() && amount == s.owed {
							best, fewest = way, n
						}
					}
				}
			}
		}
	}
	return best
}

// Faults counts in how many pieces a way differs from another one.
func (a *Way) Faults(b Way) int {
	n := 0
	for _, differs := range []bool{a.Users != b.Users, a.Version != b.Version, len(a.Without) > 0, a.Whole, a.Up != b.Up} {
		if differs {
			n++
		}
	}
	return n
}

// beyond is how many users, as a multiple of those of an invoice, another tier or
// number may be that is tried.
const beyond = 4

// usersFor returns the users whose price is the amount, of an invoice that states
// none; those of the way where there are none.
func (s *split) usersFor(way Way) int {
	for n := range min(beyond*way.Users+100, 100_000) {
		as := way
		as.Users = n + 1
		if amount, why := s.amount(as); !why.Given() && amount == s.owed {
			return as.Users
		}
	}
	return way.Users
}

// tiers lists the users of the invoice and the top of every other tier that may be
// billed for them.
func (s *split) tiers(stated Way) []int {
	out := []int{stated.Users}
	if stated.Version == nil || !stated.Version.Stepped() {
		return out
	}
	own, _ := stated.Version.Tier(stated.Users)
	for _, top := range stated.Version.Tops(beyond*stated.Users + 100) {
		if top != own.To {
			out = append(out, top)
		}
	}
	return out
}

// versions lists the price of the period's first day and those of all other days.
func (s *split) versions(stated Way) []*pricing.Version {
	out := []*pricing.Version{stated.Version}
	if stated.Version == nil {
		return out
	}
	all := s.line.Timeline(s.span.Cycle).Versions()
	for i := range all {
		if all[i].From != stated.Version.From {
			out = append(out, &all[i])
		}
	}
	return out
}

// factors lists what may be left out of a price: nothing, each factor, all of them.
func (s *split) factors() [][]pricing.Factor {
	out := [][]pricing.Factor{nil}
	all := s.line.Price.factors
	for i := range all {
		out = append(out, all[i:i+1])
	}
	if len(all) > 1 {
		out = append(out, all)
	}
	return out
}

func (s *split) wholes() []bool {
	if s.span.Of > 0 {
		return []bool{false, true}
	}
	return []bool{false}
}

// roundings lists how the amount may be rounded: annual bills of apps up to the
// whole unit, whatever the policy.
func (s *split) roundings(stated Way) []bool {
	if s.span.Cycle == pricing.Annual && !s.line.IsHost() {
		return []bool{stated.Up, !stated.Up}
	}
	return []bool{stated.Up}
}
