package audit

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/seats"
)

// UserMonths is the most users of a product in each month in which somebody counted
// them: how it came to where it stands in its tier (METHOD 6.5).
type UserMonths struct {
	Site    string      `json:"site"`
	Product string      `json:"product"`
	Name    string      `json:"name"`
	Top     *int        `json:"top"` // of the tier it is billed in today; null where that has none or is not known
	Months  []UserMonth `json:"months"`
}

// UserMonth is a month of it.
type UserMonth struct {
	Month date.Date `json:"month"` // its first day
	Users int       `json:"users"` // the most on one day
}

// monthsBack is how many months are shown, that of as-of among them.
const monthsBack = 24

// userMonths lists the products that were counted in two months or more.
func (w *work) userMonths() []UserMonths {
	out := []UserMonths{}
	for _, p := range w.register.Products {
		if months := w.monthsOf(p); len(months) > 1 {
			out = append(out, UserMonths{Site: p.Site, Product: p.Key, Name: estate.ProductName(p.Key), Top: w.topOf(p), Months: months})
		}
	}
	return out
}

// monthsOf returns the months of a product in their order. The number of today's list
// counts in the month of its day, as any other.
func (w *work) monthsOf(p *seats.Product) []UserMonth {
	var out []UserMonth
	first := w.AsOf.FirstOfMonth().AddMonths(1 - monthsBack)
	add := func(day date.Date, users int) {
		month := day.FirstOfMonth()
		if month.Before(first) || day.After(w.AsOf) {
			return
		}
		i, known := slices.BinarySearchFunc(out, month, func(m UserMonth, month date.Date) int { return m.Month.Compare(month) })
		if !known {
			out = slices.Insert(out, i, UserMonth{Month: month})
		}
		out[i].Users = max(out[i].Users, users)
	}
	for _, c := range p.Days() {
		add(c.Date, c.Users)
	}
	if p.Known() && !p.Held() && !p.CountedOn.IsZero() && p.Origin != seats.FromLicensed {
		add(p.CountedOn, p.Users)
	}
	return out
}

// topOf returns the top of the tier in which a product is billed today.
func (w *work) topOf(p *seats.Product) *int {
	for _, l := range w.costs.Lines {
		if l.IsHost() && l.Sub.Site == p.Site && l.Sub.Key == p.Key {
			if at := l.Position(); at.Known && at.Tier.To > 0 {
				return &at.Tier.To
			}
		}
	}
	return nil
}
