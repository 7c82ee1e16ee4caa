package audit

import (
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
)

// Cash is what is paid in each of the coming 24 months, over the coming term of
// each line and the one after it.
type Cash struct {
	Months  []CashMonth `json:"months"`
	Total   CashMonth   `json:"total"`   // all months together
	Unknown []LeftOut   `json:"unknown"` // lines whose second term is not known
}

// CashMonth is one month of the cash view.
type CashMonth struct {
	Month       date.Date    `json:"month,omitzero"` // its first day
	AsIs        money.Amount `json:"as_is"`
	Recommended money.Amount `json:"recommended"`
	Change      money.Amount `json:"change"`   // recommended less as is
	Growth1     money.Amount `json:"growth_1"` // as is, apps without an announcement raised
	Growth2     money.Amount `json:"growth_2"`
}

// cash lays the bills out by month.
func (w *work) cash() Cash {
	in := costing.Input{Estate: w.Estate, Register: w.register, Book: w.Book, Config: w.Config, AsOf: w.AsOf}
	v := w.plan.CashView(w.costs, costing.NextTerm(in, w.costs), &w.Config.Policy)
	zero := money.Zero(w.costs.Currency)
	out := Cash{Months: []CashMonth{}, Total: CashMonth{AsIs: zero, Recommended: zero, Change: zero, Growth1: zero, Growth2: zero}, Unknown: []LeftOut{}}
	for _, p := range v.Months {
		m := CashMonth{p.Month, p.AsIs, p.Recommended, p.Recommended.Sub(p.AsIs), p.Growth[0], p.Growth[1]}
		out.Months = append(out.Months, m)
		out.Total.add(&m)
	}
	for _, u := range v.Unknown {
		out.Unknown = append(out.Unknown, leftOut(u))
	}
	return out
}

// add puts the amounts of another month to those of m.
func (m *CashMonth) add(o *CashMonth) {
	m.AsIs, m.Recommended, m.Change = m.AsIs.Add(o.AsIs), m.Recommended.Add(o.Recommended), m.Change.Add(o.Change)
	m.Growth1, m.Growth2 = m.Growth1.Add(o.Growth1), m.Growth2.Add(o.Growth2)
}
