package audit

import (
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/word"
)

// Cash is what is paid in each of the coming 24 months, over the coming term of
// each line and the one after it.
type Cash struct {
	Months  []CashMonth `json:"months"`
	Total   CashMonth   `json:"total"`   // all months together
	Bills   []CashBill  `json:"bills"`   // of these months; none where they are more than anybody reads
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

// CashBill is a bill of one line in the cash view.
type CashBill struct {
	Line    string       `json:"line"` // its id
	Date    date.Date    `json:"date"`
	Term    int          `json:"term"` // 1: the coming one, 2: the one after it
	Way     CashWay      `json:"way"`
	Amount  money.Amount `json:"amount"`
	Growth1 money.Amount `json:"growth_1"` // of a bill as is; else null
	Growth2 money.Amount `json:"growth_2"`
}

// CashWay says in which of two futures a bill falls due.
type CashWay string

// The ways.
const (
	BilledAsIs        CashWay = "as_is"
	BilledRecommended CashWay = "recommended"
)

// UnmarshalText reads the word of a way.
func (w *CashWay) UnmarshalText(b []byte) error {
	return word.One(w, "way", b, BilledAsIs, BilledRecommended)
}

// mostBills is how many bills are listed one by one: of more the months are
// enough, and the list would be most of the result.
const mostBills = 20_000

// cash lays the bills out by month.
func (w *work) cash() Cash {
	in := costing.Input{Estate: w.Estate, Register: w.register, Book: w.Book, Config: w.Config, AsOf: w.AsOf}
	v := w.plan.CashView(w.costs, costing.NextTerm(in, w.costs), &w.Config.Policy)
	zero := money.Zero(w.costs.Currency)
	out := Cash{Months: []CashMonth{}, Total: CashMonth{AsIs: zero, Recommended: zero, Change: zero, Growth1: zero, Growth2: zero},
		Unknown: []LeftOut{}, Bills: []CashBill{}}
	for _, p := range v.Months {
		m := CashMonth{p.Month, p.AsIs, p.Recommended, p.Recommended.Sub(p.AsIs), p.Growth[0], p.Growth[1]}
		out.Months = append(out.Months, m)
		out.Total.add(&m)
	}
	if len(v.Bills) <= mostBills {
		out.Bills = cashBills(v.Bills)
	}
	for _, u := range v.Unknown {
		out.Unknown = append(out.Unknown, leftOut(u))
	}
	return out
}

func cashBills(bills []plan.CashBill) []CashBill {
	out := []CashBill{}
	for _, b := range bills {
		way := BilledAsIs
		if b.Recommended {
			way = BilledRecommended
		}
		out = append(out, CashBill{b.Line.ID(), b.Date, b.Term, way, b.Amount, b.Growth[0], b.Growth[1]})
	}
	return out
}

// add puts the amounts of another month to those of m.
func (m *CashMonth) add(o *CashMonth) {
	m.AsIs, m.Recommended, m.Change = m.AsIs.Add(o.AsIs), m.Recommended.Add(o.Recommended), m.Change.Add(o.Change)
	m.Growth1, m.Growth2 = m.Growth1.Add(o.Growth1), m.Growth2.Add(o.Growth2)
}
