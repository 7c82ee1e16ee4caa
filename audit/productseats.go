package audit

import (
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/seats"
)

// ProductSeats is the judgement on one product of one site, without names.
type ProductSeats struct {
	Site              string                 `json:"site"`
	Product           string                 `json:"product"`
	Name              string                 `json:"name"`
	Includes          []string               `json:"includes,omitempty"`   // keys a collection pays for: its users are people with one seat or more
	Collection        string                 `json:"collection,omitempty"` // key of the one that pays for the seats
	Users             *int                   `json:"users"`                // null when not known
	From              seats.Origin           `json:"from"`
	Seats             *int                   `json:"seats"`                 // of access columns, null without; users is larger where that is in doubt
	EvidenceDay       date.Date              `json:"evidence_day,omitzero"` // for which the seats hold
	Classes           []Counted[seats.Class] `json:"classes"`               // empty without access columns
	Bands             []Counted[seats.Band]  `json:"bands"`
	AccountBands      []Counted[seats.Band]  `json:"account_bands"` // accounts, not seats: lists without access columns
	Candidates        int                    `json:"candidates"`
	NeverWithoutAdded int                    `json:"never_without_added"`
	NewestActivity    date.Date              `json:"newest_activity,omitzero"`
}

// Counted is a number under a label: a class or band and its seats.
type Counted[T any] struct {
	Label T   `json:"label"`
	Count int `json:"count"`
}

// Class returns the number of seats of a class.
func (p *ProductSeats) Class(class seats.Class) int {
	for _, c := range p.Classes {
		if c.Label == class {
			return c.Count
		}
	}
	return 0
}

// Collects reports whether the users are the people of a collection.
func (p *ProductSeats) Collects() bool { return len(p.Includes) > 0 }

// collectionOf returns the key of the collection that pays for a product; "" where
// it is paid for itself.
func collectionOf(p *seats.Product) string {
	if p.Collection == nil {
		return ""
	}
	return p.Collection.Key
}

func (w *work) seats() []ProductSeats {
	out := []ProductSeats{}
	for _, p := range w.register.Products {
		s := ProductSeats{
			Site: p.Site, Product: p.Key, Name: estate.ProductName(p.Key), Users: usersOf(p), From: p.Origin,
			Classes: []Counted[seats.Class]{}, Bands: []Counted[seats.Band]{}, AccountBands: []Counted[seats.Band]{},
			Includes: p.Includes(), Collection: collectionOf(p), Candidates: len(p.Candidates), NeverWithoutAdded: p.NoAdded, NewestActivity: p.Newest,
		}
		if p.Seats != nil {
			s.Seats, s.EvidenceDay = &p.Counted, p.CountedOn
			for _, c := range seats.Classes() {
				s.Classes = append(s.Classes, Counted[seats.Class]{c, p.Classes[c]})
			}
			for _, b := range seats.Bands() {
				s.Bands = append(s.Bands, Counted[seats.Band]{b, p.Bands[b]})
			}
		}
		if p.ListsAccounts {
			for _, b := range seats.Bands() {
				s.AccountBands = append(s.AccountBands, Counted[seats.Band]{b, p.AccountBands[b]})
			}
		}
		out = append(out, s)
	}
	return out
}
