package audit

import (
	"iter"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// SeatRow is one account on a product of a site: a seat, or what else is known
// of the account. It is the only part of a result that names people, and stands
// in no result.json.
type SeatRow struct {
	Kind        SeatKind
	Account     string
	Name        string
	Email       string
	Status      estate.Status // of the account
	Added       date.Date
	Site        string // of a row that is evidence only: empty, as is the product
	Product     string
	Class       seats.Class // NoSeat of a row that is none
	Band        seats.Band
	LastSeen    date.Date
	Never       bool
	Idle        *int             // days to the evidence day; nil when never or unknown
	EvidenceDay date.Date        // of the list that says when the account used the product; zero when not known
	Rank        int              // place in the order of removal, from 1; 0 = no candidate
	Action      string           // id of the plan's action that removes the seat; "" when none does
	Worth       money.Amount     // of its removal on average; unknown where the plan does not remove it
	Protected   string           // what keeps the seat from being a candidate
	Why         string           // what somebody wrote beside that; may name people
	Decision    *estate.Decision // about the seat, as far as it is in force; nil for none
	Groups      string           // that the holder is in, as the export writes them; "" where it states none
	Evidence    string           // what else is known of the account, beside the product's own signal
	Signal      string
	Source      diag.Source

	// What the table of people says of the holder; empty where it says nothing.
	Department string
	Title      string
	CostCentre string
	Manager    string
}

// SeatKind says what a row knows of an account.
type SeatKind uint8

// The kinds of seat rows.
const (
	PaidSeat      SeatKind = iota // a seat, by an access column
	ListedAccount                 // an account of a list without access column: whether it is a seat is not known
	EvidenceOnly                  // an account only other systems know something of
)

// String returns the word of the kind.
func (k SeatKind) String() string { return [...]string{"seat", "account", "evidence"}[k] }

// people returns what is known of every account: first the candidates as one
// works through them; then the other seats and listed accounts by product, then
// by account; then the accounts that only evidence names (METHOD 1.29).
func (s *roster) people(list func() worklist) iter.Seq[SeatRow] {
	return func(yield func(SeatRow) bool) {
		named := make([]bool, len(s.estate.Accounts))
		_ = s.candidateRows(list(), named, yield) && s.otherRows(named, yield) && s.evidenceRows(named, yield)
	}
}

// candidateRows yields the seats of candidates, marks the accounts they name, and
// reports whether more are wanted. Whoever is removed from a collection is removed
// from each of its products.
func (s *roster) candidateRows(list worklist, named []bool, yield func(SeatRow) bool) bool {
	next := make([]int32, 0, estate.Together)
	for i := range list.asks {
		if i%estate.Together == 0 {
			next = next[:0]
			for k := range list.asks[i:min(i+estate.Together, len(list.asks))] {
				next = append(next, list.asks[i+k].Account)
			}
			estate.Prefetch(s.estate.Accounts, next)
		}
		ask := &list.asks[i]
		row := s.seatRow(ask.Product, ask.Account)
		if row.Rank = ask.Rank; ask.Planned {
			row.Action, row.Worth = s.removals[ask.Product.Payer()].action, list.worth[i]
		}
		named[ask.Account] = true
		if !yield(row) {
			return false
		}
	}
	return true
}

// otherRows yields the rows of products that are of no candidate.
func (s *roster) otherRows(named []bool, yield func(SeatRow) bool) bool {
	candidate := make([]bool, len(s.estate.Accounts))
	for _, p := range s.register.Products {
		if p.Collects() {
			continue // each seat of its people stands under its own product
		}
		clear(candidate)
		for _, account := range p.Payer().Candidates {
			candidate[account] = true
		}
		if !s.rowsOf(p, candidate, named, yield) {
			return false
		}
	}
	return true
}

// rowsOf yields the rows of a product but those of candidates.
func (s *roster) rowsOf(p *seats.Product, candidate, named []bool, yield func(SeatRow) bool) bool {
	next := make([]int32, 0, estate.Together)
	for i := 0; i < len(candidate); {
		for next = next[:0]; i < len(candidate) && len(next) < cap(next); i++ {
			if !candidate[i] && s.stands(p, int32(i)) {
				next = append(next, int32(i))
			}
		}
		estate.Prefetch(s.estate.Accounts, next)
		for _, account := range next {
			row := s.seatRow(p, account)
			named[account] = true
			if !yield(row) {
				return false
			}
		}
	}
	return true
}

// stands reports whether an account has anything to do with a product.
func (s *roster) stands(p *seats.Product, account int32) bool {
	if p.Seats != nil {
		return p.Seats[account] != seats.NoSeat
	}
	return p.Lists(account, s.estate)
}

// evidenceRows yields the accounts that only other systems know something of.
func (s *roster) evidenceRows(named []bool, yield func(SeatRow) bool) bool {
	if len(s.estate.Evidence) == 0 {
		return true
	}
	for i := range s.estate.Accounts {
		evidence := s.register.Evidence(int32(i))
		if named[i] || evidence == "" {
			continue
		}
		row := s.accountRow(int32(i))
		row.Kind, row.Band, row.Evidence = EvidenceOnly, seats.BandUnknown, evidence
		if !yield(row) {
			return false
		}
	}
	return true
}

// accountRow is what is known of an account whatever the product.
func (s *roster) accountRow(account int32) SeatRow {
	a := &s.estate.Accounts[account]
	row := SeatRow{Account: a.ID, Name: a.Name, Email: a.Email, Status: a.Status, Added: a.Added, Source: s.estate.Source(a)}
	if p := person(s.estate, a); p != nil {
		row.Department, row.Title, row.CostCentre, row.Manager = p.Department, p.Title, p.CostCentre, p.Manager
	}
	return row
}

// seatRow describes an account on a product with which it has something to do.
func (s *roster) seatRow(p *seats.Product, account int32) SeatRow {
	class, kind := seats.NoSeat, ListedAccount
	if p.Seats != nil {
		class, kind = p.Seats[account], PaidSeat
	}
	seen := p.Seen(account)
	row := s.accountRow(account)
	row.Kind, row.Site, row.Product, row.Class, row.Band = kind, p.Site, p.Key, class, p.Band(account)
	row.EvidenceDay, row.Never, row.Signal = p.EvidenceDay(account), seen.IsNever(), p.Signal
	if d, ok := seen.Date(); ok {
		row.LastSeen = d
	}
	if idle, ok := p.Idle(account); ok {
		row.Idle = &idle
	}
	if class.Protected() {
		row.Protected, row.Why = s.register.Reason(p, account)
	}
	row.Decision = s.register.Decision(p, account)
	row.Evidence = s.register.Evidence(account)
	row.Groups = strings.Join(s.estate.GroupsOf(account, p.Site, p.Key), ", ")
	return row
}
