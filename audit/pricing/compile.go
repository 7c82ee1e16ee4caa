package pricing

import (
	"slices"

	"tierline/audit/money"
)

// term is one line of a piece's calculation: a flat price, seats at a unit
// price, or the users above a number at a unit price.
type term struct {
	flat  money.Exact
	unit  money.Exact
	seats int
	open  bool // not so many seats, but the users above a number
	above int
	note  string
}

// count returns the seats of the term for n users.
func (t *term) count(n int) int {
	if t.open {
		return n - t.above
	}
	return t.seats
}

// full returns the term for n users, whoever comes above them.
func (t term) full(n int) term {
	t.seats, t.open = t.count(n), false
	return t
}

// written compiles a table as it is written down.
func written(t *Table) *Schedule {
	s := &Schedule{mode: t.Mode, currency: t.Currency, rise: money.Int(1)}
	if t.Mode == Graduated {
		s.pieces = brackets(t.Tiers)
	} else {
		s.pieces = whole(t)
	}
	if len(s.pieces) > 0 {
		s.from(t.begins())
	}
	return s
}

// whole compiles the tiers of a list in which one tier decides for all users.
func whole(t *Table) []piece {
	var out []piece
	from := 1
	for i := range t.Tiers {
		tier := &t.Tiers[i]
		r := Range{From: max(from, tier.From), To: tier.Top}
		from = tier.Top + 1
		switch {
		case t.Mode == Block && tier.Top == 0:
			// No top, no capacity to pay for (METHOD 2.4): no price (METHOD 2.2).
		case t.Mode == Block:
			capacity := term{unit: tier.Unit, seats: tier.Top, note: "capacity of the tier " + r.String()}
			out = append(out, newPiece(r, nil, append(flat(tier, r), capacity)))
		default:
			out = append(out, newPiece(r, nil, volume(tier, r)))
		}
	}
	return out
}

// brackets compiles the tiers of a graduated list: each user costs the unit
// price of the bracket the user falls in.
func brackets(tiers []Tier) []piece {
	var out []piece
	var below []term
	counted := 0 // users the brackets below charge for
	for i := range tiers {
		tier := &tiers[i]
		r := Range{From: 1, To: tier.Top}
		if i > 0 {
			r.From = tiers[i-1].Top + 1
		}
		if i == 0 && tier.flatStart() {
			out = append(out, newPiece(r, nil, []term{{flat: tier.Flat, note: "flat price for users " + r.String()}}))
			continue
		}
		users := term{unit: tier.Unit, above: counted, open: true, note: "users " + Range{From: counted + 1, To: tier.Top}.String()}
		own := append(flat(tier, r), users)
		out = append(out, newPiece(r, below, own))
		for _, t := range own {
			below = append(below, t.full(tier.Top))
		}
		counted = tier.Top
	}
	return out
}

// volume returns the terms of a tier that decides for all users.
func volume(tier *Tier, r Range) []term {
	out := flat(tier, r)
	if tier.Unit.Sign() != 0 || len(out) == 0 {
		out = append(out, term{unit: tier.Unit, open: true, note: "all users at the price of tier " + r.String()})
	}
	return out
}

// flat returns the flat price of a tier, where it has one.
func flat(tier *Tier, r Range) []term {
	if tier.Flat.Sign() == 0 && !(tier.HasFlat && tier.Unit.Sign() == 0) {
		return nil
	}
	return []term{{flat: tier.Flat, note: "flat price of tier " + r.String()}}
}

// newPiece adds the terms of a piece up.
func newPiece(r Range, below, own []term) piece {
	p := piece{Piece: Piece{From: r.From, To: r.To}, terms: &terms{below, own}}
	for _, part := range [2][]term{below, own} {
		for i := range part {
			t := &part[i]
			p.Base = p.Base.Add(t.flat).Add(t.unit.MulInt(t.count(0)))
			if t.open {
				p.Unit = p.Unit.Add(t.unit)
			}
		}
	}
	return p
}

// annually compiles the annual list that costs a number of months of this
// monthly one, each tier at its top.
func (s *Schedule) annually(months int) *Schedule {
	out := &Schedule{mode: FromMonthly, currency: s.currency, rise: money.Int(1), monthly: s, months: months}
	var pieces [annualTiers]piece // thousands of lists keep theirs without room for more
	kept := pieces[:0]
	for n := 1; n <= lastBand; {
		tier := AnnualTier(n)
		var room piece
		if p := out.derived(tier, &room); p != nil {
			kept = append(kept, *p)
		}
		n = tier.To + 1
	}
	out.pieces = slices.Clone(kept)
	return out
}

// derived makes the piece of an annual tier in room, nil when the monthly list has
// no price at its top: a tier that reaches above the last monthly top is not
// clipped (METHOD 2.6).
func (s *Schedule) derived(tier Range, room *piece) *piece {
	month := s.monthly.kept(tier.To)
	if month == nil {
		return nil
	}
	base := month.Price(tier.To).MulInt(s.months).Mul(s.rise)
	*room = piece{Piece: Piece{From: tier.From, To: tier.To, Base: base}, month: month}
	return room
}

// raised returns the list with announced percentages on top, such as 1.15. The
// calculation of a piece stays that of the list, and says at its end by how
// much it rises.
func (s *Schedule) raised(by money.Exact) *Schedule {
	if by.Cmp(s.rise) == 0 {
		return s
	}
	out := *s
	out.rise = by
	out.pieces = slices.Clone(s.pieces)
	for i := range out.pieces {
		out.pieces[i].rise(by)
	}
	if s.unsure != nil {
		first := *s.unsure
		first.rise(by)
		out.unsure = &first
	}
	return &out
}

func (p *piece) rise(by money.Exact) { p.Base, p.Unit = p.Base.Mul(by), p.Unit.Mul(by) }
