package pricing

import "tierline/audit/money"

// Piece is a run of numbers of users that one formula prices: n users, From
// <= n <= To, cost Base + Unit x n. It holds in every mode:
//
//   - a graduated bracket: Unit is its unit price, Base what the users below
//     it cost more (or, negative, less) than they would at that unit price;
//   - a volume tier: Base is its flat price, Unit its unit price;
//   - a price for a whole tier (a block, a flat tier, a derived annual tier):
//     Base is that price, Unit is 0.
//
// A spreadsheet finds the price of n by looking the last From up that is not
// above n, and adds Base to Unit times n, unless n is above To.
type Piece struct {
	From, To   int // both included; To = 0: no limit
	Base, Unit money.Exact
}

// Price returns what n users cost; n has to lie in the piece.
func (p *Piece) Price(n int) money.Exact {
	if p.Unit.Sign() == 0 {
		return p.Base
	}
	return p.Base.Add(p.Unit.MulInt(n))
}

// Range returns the users the piece is for.
func (p *Piece) Range() Range { return Range{From: p.From, To: p.To} }

// piece is a Piece with the calculation it stands for: Base and Unit are the
// sums of its terms or, of a derived annual tier, come from the month at its
// top.
type piece struct {
	Piece
	terms *terms // nil of a derived tier, of which each list has many
	month *piece // of the monthly list; nil unless derived
}

// terms are the calculation of a piece.
type terms struct {
	below []term // what the full brackets below the piece cost
	own   []term // what the piece adds
}

// Schedule is the price of a list as a function of the number of users, cut
// into pieces once: whoever asks for a price, a tier, a calculation or a
// formula reads the same ones. Where a list has no price there is no piece.
// A Schedule is immutable and safe to share.
//
// An annual list derived from a monthly one without a last tier has no last
// tier either. Its pieces are compiled up to 50,000 users; those above, all of
// one width, are made by the same rule where somebody asks.
type Schedule struct {
	mode     Mode
	currency money.Currency
	pieces   []piece // by From
	unsure   *piece  // the first tier where nobody knows from which user on it holds, and so is no piece

	free    bool        // of a free edition, and of no file
	monthly *Schedule   // of a derived annual list: the list it follows from
	months  int         // how many of its months a year costs
	rise    money.Exact // what the announced percentages make of the list, such as 1.15
}

// Currency returns the currency of the list.
func (s *Schedule) Currency() money.Currency { return s.currency }

// Mode returns the mode of the list; a derived annual list is FromMonthly.
func (s *Schedule) Mode() Mode { return s.mode }

// Stepped reports whether one price holds for a whole tier, so that users
// inside it are paid for whether they exist or not.
func (s *Schedule) Stepped() bool {
	switch s.mode {
	case FromMonthly, Block:
		return true
	case Volume:
		for i := range s.pieces {
			if s.pieces[i].Unit.Sign() != 0 {
				return false
			}
		}
		return true
	}
	return false
}

// Price returns the exact list price for n users, false when it is unknown:
// no piece holds n. Nobody costs nothing.
func (s *Schedule) Price(n int) (money.Exact, bool) {
	if n <= 0 {
		return money.Exact{}, n == 0
	}
	var room piece
	p := s.find(n, &room)
	if p == nil {
		return money.Exact{}, false
	}
	return p.Price(n), true
}

// Tier returns the tier that holds n users; 0 users are the tier 0-0. It is
// false where n has no price.
func (s *Schedule) Tier(n int) (Range, bool) {
	if n <= 0 {
		return Range{}, n == 0
	}
	var room piece
	p := s.find(n, &room)
	if p == nil {
		return Range{}, false
	}
	return p.Range(), true
}

// Capacity returns the number of users paid for at n: the tier's top where a
// whole tier is paid, else n itself.
func (s *Schedule) Capacity(n int) int {
	if tier, ok := s.Tier(n); ok && s.Stepped() && tier.To > 0 {
		return tier.To
	}
	return n
}

// Unused returns what the capacity costs that is paid for at the quantity paid
// and not used by users: seats of the whole tier's price (METHOD 2.6).
// It is false where no whole tier with a top is paid.
func (s *Schedule) Unused(paid, users int) (price money.Exact, seats int, ok bool) {
	tier, ok := s.Tier(paid)
	if !ok || !s.Stepped() || tier.To == 0 {
		return money.Exact{}, 0, false
	}
	whole, _ := s.Price(tier.To)
	seats = max(tier.To-users, 0)
	return whole.MulInt(seats).Div(money.Int(int64(tier.To))), seats, true
}

// Tops returns the top of every piece up to limit, and where prices begin the
// number below: where the cost as a function of users may jump.
func (s *Schedule) Tops(limit int) []int {
	var out []int
	for i, p := range s.Pieces(limit) {
		if below := p.From - 1; below > 0 && (i == 0 || out[len(out)-1] != below) {
			out = append(out, below)
		}
		if p.To > 0 && p.To <= limit {
			out = append(out, p.To)
		}
	}
	return out
}

// Pieces returns the pieces that hold a number of users up to limit, by From.
func (s *Schedule) Pieces(limit int) []Piece {
	out := make([]Piece, 0, len(s.pieces))
	for i := range s.pieces {
		if p := &s.pieces[i]; p.From <= limit {
			out = append(out, p.Piece)
		}
	}
	var room piece
	for n := lastBand + 1; s.monthly != nil && n <= limit; {
		p := s.derived(AnnualTier(n), &room)
		if p == nil {
			break
		}
		out = append(out, p.Piece)
		n = p.To + 1
	}
	return out
}

// find returns the piece that holds n > 0 users, nil when there is none. One that
// is not kept is made in room: a plan asks for millions.
func (s *Schedule) find(n int, room *piece) *piece {
	if s.monthly != nil && n > lastBand {
		return s.derived(AnnualTier(n), room)
	}
	return s.kept(n)
}

// kept is find among the pieces that are kept.
func (s *Schedule) kept(n int) *piece {
	low, high := 0, len(s.pieces)
	for low < high {
		if mid := (low + high) / 2; s.pieces[mid].From <= n {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 {
		return nil
	}
	if p := &s.pieces[low-1]; p.To == 0 || n <= p.To {
		return p
	}
	return nil
}

// Explain returns the calculation of Price(n); nil where there is none. The
// error says that it does not lead to the price, a fault of the program.
func (s *Schedule) Explain(n int) ([]Step, error) {
	r := Explaining()
	r.List(s, n)
	return r.Steps()
}
