package costing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Choice is one way to renew a line. The zero value of everything but Cycle
// is as is: nobody removed, the licensed tier kept, the price of the day.
type Choice struct {
	Cycle     pricing.Cycle
	Removed   []int // seats removed from each product of the bundle; nil = none
	RightSize bool  // annual: buy the tier of the users, not the licensed one
	Locked    bool  // annual: at the price before the latest change, by quote
	Quantity  int   // of a quote: the users it is for, one of [Line.QuoteQuantities]; 0 = what is licensed
	// Hosts gives the choices of the annual host rows of an app, whose
	// licence binds the app's tier; a host that is missing renews as is.
	Hosts map[*Line]Choice
	// Before says how an annual host row is bought in the term before this one,
	// which binds its apps until it renews; nil is as it is bought today.
	Before *Bought

	today bool             // all bills at the price of as-of
	at    *pricing.Version // all bills at this list price; nil = that of their day
}

// Bought is a line in another term, and how it is renewed there.
type Bought struct {
	Line   *Line
	Choice Choice
}

// Bill is one payment of the term.
type Bill struct {
	Date date.Date
	Billed
	Amount money.Amount
	Own    money.Amount // in the currency of its price, before a rate is applied
}

// Total adds bills; unknown when there are none.
func Total(bills []Bill) money.Amount {
	if len(bills) == 0 {
		return money.Amount{}
	}
	total := bills[0].Amount
	for i := range bills[1:] {
		total = total.Add(bills[i+1].Amount)
	}
	return total
}

// Bills returns the payments of the coming term under a choice, or why one of
// them is not known.
func (l *Line) Bills(c Choice) ([]Bill, diag.Reason) {
	var room []Bill
	if c.Cycle == pricing.Monthly {
		room = make([]Bill, 0, 12)
	}
	return l.billsInto(room, c)
}

// billsInto is Bills that puts them into room, so that a cost is added up without
// leaving them behind.
func (l *Line) billsInto(room []Bill, c Choice) ([]Bill, diag.Reason) {
	switch {
	case l.ElsewhereCharged():
		return l.CombinedBill(l.carrier, l.currency), diag.Reason{}
	case l.blocked.Given():
		return nil, l.blocked
	case l.Sub.ContractPrice.Known() && c.Cycle != l.Sub.Cycle:
		return nil, diag.Why(diag.Bound, "the contract price is %s; the %s price is not known", l.Sub.Cycle, c.Cycle)
	case l.held():
		return l.agreedBills(c)
	case c.Cycle == pricing.Monthly:
		return l.monthlyBills(room, c)
	}
	return l.annualBills(room, c)
}

// CombinedBill returns the bill of a line whose cost stands on another one:
// nothing, once, in the currency of that one.
func (l *Line) CombinedBill(carrier *Line, c money.Currency) []Bill {
	return []Bill{{Date: l.Term.Start, Billed: Billed{carrier: carrier}, Amount: money.Zero(c), Own: money.Zero(c)}}
}

// Cost returns the total of Bills; unknown when a bill is.
func (l *Line) Cost(c Choice) money.Amount {
	var room [12]Bill
	bills, why := l.billsInto(room[:0], c)
	if why.Given() {
		return money.Amount{}
	}
	return Total(bills)
}

// version returns the price in force on the day of a bill.
func (l *Line) version(c Choice, d date.Date) (*pricing.Version, diag.Reason) {
	switch {
	case c.at != nil:
		return c.at, diag.Reason{}
	case c.today:
		d = l.asOf
	}
	return l.Timeline(c.Cycle).At(d)
}

func (l *Line) monthlyBills(out []Bill, c Choice) ([]Bill, diag.Reason) {
	quoted := l.quoted(c)
	for i, d := range l.Term.monthly {
		if i == 0 && quoted {
			bill, why := l.offered(c, l.UsersOn(d, c.Removed))
			if why.Given() {
				return nil, why
			}
			out = append(out, bill)
			continue
		}
		v := l.inForce[i]
		if v == nil || c.at != nil || c.today {
			var why diag.Reason
			if v, why = l.version(c, d); v == nil {
				return nil, why
			}
		}
		bill := Bill{Date: d, Billed: Billed{Cycle: c.Cycle, Version: v, Quantity: l.UsersOn(d, c.Removed)}}
		if i > 0 && out[i-1].offer == nil && out[i-1].Version == v && out[i-1].Quantity == bill.Quantity {
			bill.Amount, bill.Own = out[i-1].Amount, out[i-1].Own // most months are like the one before
			out = append(out, bill)
			continue
		}
		if why := l.fill(&bill); why.Given() {
			return nil, why
		}
		out = append(out, bill)
	}
	return out, diag.Reason{}
}

// annualBills returns the bill of the term and an upgrade for every planned
// rise above the paid quantity inside it (METHOD 3.8).
func (l *Line) annualBills(out []Bill, c Choice) ([]Bill, diag.Reason) {
	path := l.path(c)
	paid := path[0].quantity
	first, why := l.annualBill(c, paid)
	if why.Given() {
		return nil, why
	}
	out = append(out, first)
	for _, p := range path[1:] {
		bill, why := l.upgrade(c, p, paid)
		if why.Given() {
			return nil, why
		}
		paid = p.quantity
		if bill.Amount.Sign() != 0 {
			out = append(out, bill)
		}
	}
	return out, diag.Reason{}
}

// annualBill returns the bill of the renewal.
func (l *Line) annualBill(c Choice, paid int) (Bill, diag.Reason) {
	if l.quoted(c) {
		return l.offered(c, paid)
	}
	v, why := l.version(c, l.Term.Start)
	if c.Locked {
		v, why = l.Quote.Old, diag.Reason{}
	}
	if v == nil {
		return Bill{}, why
	}
	if l.closed(l.Term.Start) && paid > l.boughtInTime() && tierChanges(v, l.boughtInTime(), paid) {
		return Bill{}, tooLate(paid, l.Term.Start)
	}
	first := Bill{Date: l.Term.Start, Billed: Billed{Cycle: c.Cycle, Version: v, Quantity: paid}}
	if days, cut := l.termDays(); cut {
		first.Days, first.Of = days, daysOfYear
	}
	why = l.fill(&first)
	return first, why
}

// upgrade returns the bill for a rise of the paid quantity inside the term.
func (l *Line) upgrade(c Choice, p paidFrom, paid int) (Bill, diag.Reason) {
	v, why := l.version(c, p.date)
	if v == nil {
		return Bill{}, why
	}
	if l.closed(p.date) && tierChanges(v, paid, p.quantity) {
		return Bill{}, tooLate(p.quantity, p.date)
	}
	end := l.Term.End
	if l.endsEarly() {
		end = date.Min(end, EndOfLife.AddDays(1))
	}
	bill := Bill{Date: p.date, Billed: Billed{Cycle: c.Cycle, Version: v, Quantity: p.quantity, Previous: paid,
		Days: min(end.Sub(p.date), daysOfYear), Of: daysOfYear}}
	why = l.fill(&bill)
	return bill, why
}

func tooLate(users int, on date.Date) diag.Reason {
	return diag.Why(diag.NotSold, "the expansion to %d users planned for %s cannot be bought: Data Center expansions end on %s", users, on, LastExpansion)
}

func tierChanges(v *pricing.Version, a, b int) bool {
	t1, ok1 := v.Tier(a)
	t2, ok2 := v.Tier(b)
	return !ok1 || !ok2 || t1 != t2
}
