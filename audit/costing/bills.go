package costing

import (
	"cmp"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
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
	// Hosts gives the choices of the annual host rows of an app, whose
	// licence binds the app's tier; a host that is missing renews as is.
	Hosts map[*Line]Choice

	frozen bool // all bills at the price of as-of
}

// Bill is one payment of the term.
type Bill struct {
	Date     date.Date
	Quantity int // users paid for from this bill on
	Previous int // upgrade inside the term: users paid for before it
	Days     int // days it is charged for, where it is prorated: an upgrade, a term that Data Center's end cuts, a rise inside a monthly cycle
	Of       int // of how many days; 0 = 365
	Amount   money.Amount
	Version  *pricing.Version // the price it is computed at; nil for a held contract price
}

// period returns the number of days a whole charge of b stands for.
func (b *Bill) period() int { return cmp.Or(b.Of, daysOfYear) }

// daysOfYear is what a day of an annual charge is a part of, leap year or not
// (ruling R24).
const daysOfYear = 365

// Total adds bills; unknown when there are none.
func Total(bills []Bill) money.Amount {
	if len(bills) == 0 {
		return money.Amount{}
	}
	total := bills[0].Amount
	for _, b := range bills[1:] {
		total = total.Add(b.Amount)
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

// billsInto is Bills that puts a year of monthly bills into room, so that a cost
// is added up without leaving them behind.
func (l *Line) billsInto(room []Bill, c Choice) ([]Bill, diag.Reason) {
	switch {
	case l.with != nil:
		return l.CombinedBill(l.with.currency), diag.Reason{}
	case l.blocked.Given():
		return nil, l.blocked
	case l.Sub.ContractPrice.Known() && c.Cycle != l.Sub.Cycle:
		return nil, diag.Why(diag.Bound, "the contract price is %s; the %s price is not known", l.Sub.Cycle, c.Cycle)
	case l.held:
		return l.heldBills(c)
	case c.Cycle == pricing.Monthly:
		return l.monthlyBills(room, c)
	}
	return l.annualBills(c)
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

// CostFor returns the total of Bills if an app charged for its own users had n
// of them; unknown when a bill is, or when the line follows other users.
func (l *Line) CostFor(n int, c Choice) money.Amount {
	if l.Sub.Basis != estate.OwnUsers {
		return money.Amount{}
	}
	other := *l
	other.Users = n
	return other.Cost(c)
}

// version returns the price in force on the day of a bill.
func (l *Line) version(c Choice, d date.Date) (*pricing.Version, diag.Reason) {
	if c.frozen {
		d = l.asOf
	}
	return l.Timeline(c.Cycle).At(d)
}

func (l *Line) monthlyBills(out []Bill, c Choice) ([]Bill, diag.Reason) {
	for i, d := range l.bills {
		v, why := l.version(c, d)
		if v == nil {
			return nil, why
		}
		bill := Bill{Date: d, Quantity: l.UsersOn(d, c.Removed), Version: v}
		if i > 0 && out[i-1].Version == v && out[i-1].Quantity == bill.Quantity {
			bill.Amount = out[i-1].Amount // most months are like the one before
		} else if bill.Amount, why = l.amount(charge{cycle: c.Cycle, version: v, users: bill.Quantity}); why.Given() {
			return nil, why
		}
		out = append(out, bill)
	}
	return out, diag.Reason{}
}

// billDates returns the days of the twelve monthly bills of the term, counted
// from the date in the file so that a renewal on the 31st comes back to the
// 31st (ruling R22).
func billDates(renewal date.Date, term date.Period) [12]date.Date {
	var out [12]date.Date
	first := months(renewal, term.Start)
	for i := range out {
		out[i] = renewal.AddMonths(first + i)
	}
	return out
}

// months returns how many calendar months b lies after a, days left aside.
func months(a, b date.Date) int {
	y1, m1, _ := a.Time().Date()
	y2, m2, _ := b.Time().Date()
	return (y2-y1)*12 + int(m2-m1)
}

// annualBills returns the bill of the term and an upgrade for every planned
// rise above the paid quantity inside it (ruling R24).
func (l *Line) annualBills(c Choice) ([]Bill, diag.Reason) {
	v, why := l.version(c, l.Term.Start)
	if c.Locked {
		v, why = l.Quote.Old, diag.Reason{}
	}
	if v == nil {
		return nil, why
	}
	days, cut := l.termDays()
	path := l.path(c)
	paid := path[0].quantity
	if l.closed(l.Term.Start) && paid > l.boughtInTime() && tierChanges(v, l.boughtInTime(), paid) {
		return nil, tooLate(paid, l.Term.Start)
	}
	amount, why := l.amount(charge{cycle: c.Cycle, version: v, users: paid, prorated: cut, days: days})
	if why.Given() {
		return nil, why
	}
	out := []Bill{{Date: l.Term.Start, Quantity: paid, Days: days, Amount: amount, Version: v}}
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
	days := end.Sub(p.date)
	amount, why := l.amount(charge{cycle: c.Cycle, version: v, users: p.quantity, instead: paid, prorated: true, days: days})
	if why.Given() {
		return Bill{}, why
	}
	if amount.Sign() < 0 {
		amount = money.Zero(amount.Currency())
	}
	return Bill{Date: p.date, Quantity: p.quantity, Previous: paid, Days: days, Amount: amount, Version: v}, diag.Reason{}
}

func tooLate(users int, on date.Date) diag.Reason {
	return diag.Why(diag.NotSold, "the expansion to %d users planned for %s cannot be bought: Data Center expansions end on %s", users, on, LastExpansion)
}

func tierChanges(v *pricing.Version, a, b int) bool {
	t1, ok1 := v.Tier(a)
	t2, ok2 := v.Tier(b)
	return !ok1 || !ok2 || t1 != t2
}

// paidFrom is a quantity paid for from a day on.
type paidFrom struct {
	date     date.Date
	quantity int
}

// path returns the quantity paid for over an annual term: at the renewal, and
// from every planned rise above it. A later fall frees nothing.
func (l *Line) path(c Choice) []paidFrom {
	start := max(l.UsersOn(l.Term.Start, c.Removed), l.floor(c, l.Term.Start))
	switch {
	case c.Locked && !c.RightSize:
		start = max(start, l.quoteQuantity())
	case !c.RightSize && l.Sub.Cycle == pricing.Annual:
		start = max(start, l.Sub.Licensed)
	}
	out := []paidFrom{{l.Term.Start, start}}
	for _, d := range l.changeDates() {
		if n := max(l.UsersOn(d, c.Removed), l.floor(c, d)); n > out[len(out)-1].quantity {
			out = append(out, paidFrom{d, n})
		}
	}
	return out
}

// floor returns the quantity the annual host rows of a linked app bind it to
// on a day (ruling R1; Data Center compares tier tops, R40).
func (l *Line) floor(c Choice, d date.Date) int {
	n := 0
	for _, h := range l.hosts {
		hc, chosen := c.Hosts[h]
		if !chosen {
			hc = Choice{Cycle: h.Sub.Cycle, Removed: c.Removed}
		}
		if hc.Cycle == pricing.Annual {
			n = max(n, h.binds(hc, d))
		}
	}
	return n
}

// binds returns the quantity an annual host row binds its apps to on a day.
// Until the host's own renewal that is what it pays for today.
func (l *Line) binds(c Choice, d date.Date) int {
	if l.Charge() != nil {
		return 0 // a licence for people over several sites says nothing of one site
	}
	if l.Term.Start.IsZero() || d.Before(l.Term.Start) {
		if l.Sub.Cycle != pricing.Annual {
			return 0
		}
		return l.bindsToday(d)
	}
	n := 0
	for _, p := range l.path(c) {
		if !p.date.After(d) {
			n = p.quantity
		}
	}
	return l.bindingTop(n, l.Term.Start)
}

// bindsToday returns what an annual host row binds its apps to before it
// renews.
func (l *Line) bindsToday(d date.Date) int {
	if l.Charge() != nil {
		return 0
	}
	return l.bindingTop(max(l.Users, l.Sub.Licensed), d)
}

// bindingTop returns the quantity itself on Cloud, and the top of its tier in
// the host's own table on Data Center; the quantity where the tier is open or
// the table unknown.
func (l *Line) bindingTop(n int, d date.Date) int {
	if l.Sub.Hosting == pricing.Cloud {
		return n
	}
	if v, _ := l.annual.At(d); v != nil {
		if t, ok := v.Tier(n); ok && t.To > 0 {
			return t.To
		}
	}
	return n
}

// heldBills returns the bills of a contract price without a list: known only
// while the as-is quantity is today's (ruling R12), raised by announced
// percentages (R13). What the plan removes changes nothing: quantities only
// fall there, and the amount stays.
func (l *Line) heldBills(c Choice) ([]Bill, diag.Reason) {
	var out []Bill
	for i := range c.Cycle.Bills() {
		d := l.Term.Start
		if c.Cycle == pricing.Monthly {
			d = l.bills[i]
		}
		if n := l.heldQuantity(d); n != l.Paid {
			return nil, l.heldOnly(n, d)
		}
		amount, why := l.heldAmount(c, d)
		if why.Given() {
			return nil, why
		}
		bill := Bill{Date: d, Quantity: l.Paid, Amount: amount}
		if days, cut := l.termDays(); cut && c.Cycle == pricing.Annual {
			bill.Days = days
		}
		out = append(out, bill)
	}
	if c.Cycle == pricing.Annual && l.Sub.Basis != estate.Fixed {
		for _, p := range l.path(Choice{Cycle: c.Cycle})[1:] {
			return nil, l.heldOnly(p.quantity, p.date)
		}
	}
	return out, diag.Reason{}
}

func (l *Line) heldOnly(n int, d date.Date) diag.Reason {
	return diag.Why(diag.Bound, "the contract price is for %d users, not for the %d of %s, and no list tells the ratio", l.Paid, n, d)
}

// heldQuantity returns the as-is quantity of a held contract price on a day.
func (l *Line) heldQuantity(d date.Date) int {
	switch {
	case l.Sub.Basis == estate.Fixed:
		return l.Paid
	case l.Sub.Cycle == pricing.Annual:
		return l.path(Choice{Cycle: pricing.Annual})[0].quantity
	}
	return l.UsersOn(d, nil)
}

// heldAmount returns the contract price with the announced percentages that
// take effect between as-of and a bill.
func (l *Line) heldAmount(c Choice, d date.Date) (money.Amount, diag.Reason) {
	price := l.Sub.ContractPrice.Exact()
	if !c.frozen {
		for _, ch := range l.announced {
			if !ch.Effective.After(l.asOf) || ch.Effective.After(d) || c.Locked && ch.Effective == l.Quote.Change {
				continue
			}
			if ch.NewPlan != "" {
				return money.Amount{}, diag.Why(diag.NoPrice, "the contract moves to plan %q on %s, at a price nobody has stated", ch.NewPlan, ch.Effective)
			}
			price = price.Mul(money.Int(1).Add(ch.Percent))
		}
	}
	if days, cut := l.termDays(); cut && c.Cycle == pricing.Annual {
		price = price.Mul(money.Ratio(int64(days), daysOfYear))
	}
	return price.Round(l.Sub.ContractPrice.Currency(), money.HalfUp), diag.Reason{}
}

// charge is what one bill is for.
type charge struct {
	cycle    pricing.Cycle
	version  *pricing.Version
	users    int
	instead  int  // upgrade: the quantity already paid for
	prorated bool // for days of a period instead of the whole of it
	days     int
	of       int // days of the period; 0 = 365
}

// amount returns the charge rounded once, or why it is not known.
func (l *Line) amount(c charge) (money.Amount, diag.Reason) {
	if l.unpriced {
		return money.Amount{}, l.blocked
	}
	return l.priced.amount(c, l.charged)
}

// charged works amount out.
func (l *Line) charged(c charge) (money.Amount, diag.Reason) {
	exact, ok := c.version.Price(c.users)
	if !ok {
		return money.Amount{}, noPrice(l.Sub.PricePlan, c.version, c.users)
	}
	if c.instead > 0 {
		old, ok := c.version.Price(c.instead)
		if !ok {
			return money.Amount{}, noPrice(l.Sub.PricePlan, c.version, c.instead)
		}
		exact = exact.Sub(old)
	}
	exact = exact.Mul(l.factor)
	if c.prorated {
		exact = exact.Mul(money.Ratio(int64(c.days), int64(cmp.Or(c.of, daysOfYear))))
	}
	amount := exact.Round(c.version.Currency(), l.rounding(c.cycle))
	if !amount.Known() {
		return amount, diag.Why(diag.TooLarge, "plan %q: the amount for %d users is too large to be right", l.Sub.PricePlan, c.users)
	}
	return amount, diag.Reason{}
}

func noPrice(plan string, v *pricing.Version, n int) diag.Reason {
	return diag.Why(diag.NoPrice, "plan %q has no price for %d users", plan, n).From(v.Source)
}

// rounding returns how a bill of this line is rounded: policy
// annual_app_rounding concerns list prices of annual apps, never a contract
// price, which is net as it stands (ruling R11).
func (l *Line) rounding(c pricing.Cycle) money.Rounding {
	if l.policy.AnnualAppRoundUp && c == pricing.Annual && l.Sub.Kind == estate.AppKind && !l.Sub.ContractPrice.Known() {
		return money.UpToUnit
	}
	return money.HalfUp
}

func sortedDates(days []date.Date) []date.Date {
	slices.SortFunc(days, date.Date.Compare)
	return slices.Compact(days)
}
