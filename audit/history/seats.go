package history

import (
	"cmp"
	"errors"
	"iter"
	"slices"

	"tierline/audit/date"
)

// Seat is one paid seat of a run, as its list of seats has it.
type Seat struct {
	Site     string
	Product  string
	Account  string
	Name     string
	Email    string
	LastSeen date.Date
	Never    bool   // nobody has used it
	New      bool   // it was given too short a time ago to say anything
	Idle     *int   // days to the day of its list; nil when never used or not known
	Action   string // of the plan that removes it; "" when none does

	Candidate bool // somebody is to be asked about it: such seats stand first in a list
}

// use is what a seat says of its use, by today's limit whichever run it is of: a
// limit that was moved lets nobody lapse (METHOD 23.2).
type use uint8

const (
	unknown use = iota
	used
	idle
)

func (s *Seat) use(inactiveAfter int) use {
	switch {
	case s.New:
		return used
	case s.Never || s.Idle != nil && *s.Idle >= inactiveAfter:
		return idle
	case s.Idle != nil:
		return used
	}
	return unknown
}

// compare orders seats by product and account.
func (s *Seat) compare(t *Seat) int {
	return cmp.Or(cmp.Compare(s.Site, t.Site), cmp.Compare(s.Product, t.Product), cmp.Compare(s.Account, t.Account))
}

// Move says what became of a seat.
type Move string

// The moves.
const (
	Joined      Move = "new"         // it was not there
	Left        Move = "gone"        // it is not there any more
	Reactivated Move = "reactivated" // nobody used it, and somebody does again
	Lapsed      Move = "lapsed"      // somebody used it, and nobody does any more
)

// SeatMove is a seat that is another than it was. It names a person.
type SeatMove struct {
	Move Move
	Seat      // of the later run; of the earlier one where it is gone
	Was  Seat // of the earlier run; empty where it is new
}

// SeatsChange counts the moves of one product.
type SeatsChange struct {
	Site        string `json:"site"`
	Product     string `json:"product"`
	Was         int    `json:"was"` // seats listed by the earlier run
	Is          int    `json:"is"`
	New         int    `json:"new"`
	Gone        int    `json:"gone"`
	Reactivated int    `json:"reactivated"`
	Lapsed      int    `json:"lapsed"`
}

// count adds a move.
func (c *SeatsChange) count(m Move) {
	switch m {
	case Joined:
		c.New++
	case Left:
		c.Gone++
	case Reactivated:
		c.Reactivated++
	case Lapsed:
		c.Lapsed++
	}
}

// SeatMoves is what became of all seats between two runs.
type SeatMoves struct {
	Changes []SeatsChange
	Moves   []SeatMove // at most as many as asked for
	Unnamed int        // moves beyond these

	// Gone counts, for each action of the earlier plan, the seats it was to
	// remove and that are gone.
	Gone map[string]int
}

// InOrder yields a list of seats by product and account. A run lists its review
// candidates first, as one works through them (METHOD 1.29), and the others in this
// order: only the candidates are held.
func InOrder(list iter.Seq2[Seat, error]) iter.Seq2[Seat, error] {
	return func(yield func(Seat, error) bool) {
		next, stop := iter.Pull2(list)
		defer stop()
		var first []Seat
		seat, err, more := next()
		for ; more && err == nil && seat.Candidate; seat, err, more = next() {
			first = append(first, seat)
		}
		slices.SortFunc(first, func(a, b Seat) int { return a.compare(&b) })
		for more && err == nil {
			for len(first) > 0 && first[0].compare(&seat) < 0 {
				if !yield(first[0], nil) {
					return
				}
				first = first[1:]
			}
			if !yield(seat, nil) {
				return
			}
			seat, err, more = next()
		}
		if err != nil {
			yield(Seat{}, err)
			return
		}
		for i := range first {
			if !yield(first[i], nil) {
				return
			}
		}
	}
}

// Follow walks the seats of two runs side by side, both by product and account, so
// that a million are never held. It names at most so many moves;
// 0 is no limit. An error is one of reading, or that a list is in another order.
func Follow(before iter.Seq2[Seat, error], after iter.Seq[Seat], inactiveAfter, most int) (*SeatMoves, error) {
	f := &follower{out: &SeatMoves{Changes: []SeatsChange{}, Gone: map[string]int{}}, limit: inactiveAfter, most: most}
	next, stop := iter.Pull2(before)
	defer stop()
	f.pull = next
	if err := f.advance(); err != nil {
		return nil, err
	}
	for seat := range after {
		for f.more && f.old.compare(&seat) < 0 {
			f.left()
			if err := f.advance(); err != nil {
				return nil, err
			}
		}
		f.product(&seat).Is++
		if f.more && f.old.compare(&seat) == 0 {
			f.stayed(&seat)
			if err := f.advance(); err != nil {
				return nil, err
			}
			continue
		}
		f.note(SeatMove{Move: Joined, Seat: seat})
	}
	for f.more {
		f.left()
		if err := f.advance(); err != nil {
			return nil, err
		}
	}
	return f.out, nil
}

type follower struct {
	out   *SeatMoves
	pull  func() (Seat, error, bool)
	old   Seat
	more  bool
	limit int
	most  int
}

// advance takes the next seat of the earlier run.
func (f *follower) advance() error {
	seat, err, more := f.pull()
	if err != nil {
		return err
	}
	if more && f.more && f.old.compare(&seat) >= 0 {
		return errors.New("its seats are not in the order they were written in")
	}
	f.old, f.more = seat, more
	if more {
		f.product(&seat).Was++
	}
	return nil
}

// product returns the counts of the product of a seat. Both walks go through the
// products in one order, and the earlier one may be a product ahead.
func (f *follower) product(s *Seat) *SeatsChange {
	for i := len(f.out.Changes) - 1; i >= 0; i-- {
		if c := &f.out.Changes[i]; c.Site == s.Site && c.Product == s.Product {
			return c
		}
	}
	at := len(f.out.Changes)
	for at > 0 && cmp.Or(cmp.Compare(f.out.Changes[at-1].Site, s.Site), cmp.Compare(f.out.Changes[at-1].Product, s.Product)) > 0 {
		at--
	}
	f.out.Changes = slices.Insert(f.out.Changes, at, SeatsChange{Site: s.Site, Product: s.Product})
	return &f.out.Changes[at]
}

func (f *follower) left() {
	f.note(SeatMove{Move: Left, Seat: f.old, Was: f.old})
	if f.old.Action != "" {
		f.out.Gone[f.old.Action]++
	}
}

func (f *follower) stayed(s *Seat) {
	switch was, is := f.old.use(f.limit), s.use(f.limit); {
	case was == idle && is == used:
		f.note(SeatMove{Move: Reactivated, Seat: *s, Was: f.old})
	case was == used && is == idle:
		f.note(SeatMove{Move: Lapsed, Seat: *s, Was: f.old})
	}
}

func (f *follower) note(m SeatMove) {
	f.product(&m.Seat).count(m.Move)
	if f.most > 0 && len(f.out.Moves) == f.most {
		f.out.Unnamed++
		return
	}
	f.out.Moves = append(f.out.Moves, m)
}
