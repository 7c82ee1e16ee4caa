package audit

import (
	"tierline/audit/date"
	"tierline/audit/diag"
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
	Added       date.Date
	Site        string // of a row that is evidence only: empty, as is the product
	Product     string
	Class       seats.Class // NoSeat of a row that is none
	Band        seats.Band
	LastSeen    date.Date
	Never       bool
	Idle        *int      // days to the evidence day; nil when never or unknown
	EvidenceDay date.Date // of the list that says when the account used the product; zero when not known
	Rank        int       // place in the order of removal, from 1; 0 = no candidate
	Action      string    // id of the plan's action that removes the seat; "" when none does
	Protected   string
	Evidence    string // what else is known of the account, beside the product's own signal
	Signal      string
	Source      diag.Source
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

// people yields what is known of every account: seats and listed accounts by
// product, then by account; then the accounts that only evidence names.
func (w *work) people(yield func(SeatRow) bool) {
	named := make([]bool, len(w.Estate.Accounts))
	for _, p := range w.register.Products {
		if p.Collects() {
			continue // each seat of its people stands under its own product
		}
		if !w.productRows(p, named, yield) {
			return
		}
	}
	if len(w.Estate.Evidence) == 0 {
		return
	}
	for i := range w.Estate.Accounts {
		evidence := w.register.Evidence(int32(i))
		if named[i] || evidence == "" {
			continue
		}
		a := &w.Estate.Accounts[i]
		row := SeatRow{
			Kind: EvidenceOnly, Account: a.ID, Name: a.Name, Email: a.Email, Added: a.Added, Band: seats.BandUnknown,
			Evidence: evidence, Source: w.Estate.Source(a),
		}
		if !yield(row) {
			return
		}
	}
}

// productRows yields the rows of one product, marks the accounts they name, and
// reports whether more are wanted. Whoever is removed from a collection is removed
// from each of its products.
func (w *work) productRows(p *seats.Product, named []bool, yield func(SeatRow) bool) bool {
	payer := p.Payer()
	rank := make(map[int32]int, len(payer.Candidates))
	for i, account := range payer.Candidates {
		rank[account] = i + 1
	}
	removed, action := w.removed(payer)
	for i := range w.Estate.Accounts {
		row, is := w.seatRow(p, int32(i))
		if !is {
			continue
		}
		named[i] = true
		if row.Rank = rank[int32(i)]; row.Rank > 0 && row.Rank <= removed {
			row.Action = action
		}
		if !yield(row) {
			return false
		}
	}
	return true
}

// removed returns how many seats of a product the plan removes, and the action
// that does.
func (w *work) removed(p *seats.Product) (int, string) {
	for _, a := range w.plan.Actions {
		for _, r := range a.Removals {
			if r.Product == p {
				return r.Seats, a.ID
			}
		}
	}
	return 0, ""
}

// seatRow describes an account on a product; false when it has nothing to do
// with it.
func (w *work) seatRow(p *seats.Product, account int32) (SeatRow, bool) {
	class, kind := seats.NoSeat, PaidSeat
	switch {
	case p.Seats != nil:
		class = p.Seats[account]
	case p.Lists(account, w.Estate):
		kind = ListedAccount
	}
	if class == seats.NoSeat && kind == PaidSeat {
		return SeatRow{}, false
	}
	a := &w.Estate.Accounts[account]
	seen := p.Seen(account)
	row := SeatRow{
		Kind: kind, Account: a.ID, Name: a.Name, Email: a.Email, Added: a.Added, Site: p.Site, Product: p.Key,
		Class: class, Band: p.Band(account), EvidenceDay: p.EvidenceDay(account), Never: seen.IsNever(), Signal: p.Signal, Source: w.Estate.Source(a),
	}
	if d, ok := seen.Date(); ok {
		row.LastSeen = d
	}
	if idle, ok := p.Idle(account); ok {
		row.Idle = &idle
	}
	if class.Protected() {
		row.Protected = w.register.Reason(p, account)
	}
	row.Evidence = w.register.Evidence(account)
	return row, true
}
