package costing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Recipe is how the bills of a line come about, as data: what [Line.Bills] does,
// for somebody else to do again with other users, another cycle or another
// licence (METHOD 22.2). A spreadsheet is one.
type Recipe struct {
	Of     []int            // positions in the bundle of the products whose largest number of users is billed; nil: Own
	Own    int              // users that follow no product
	Kept   int              // users an annual renewal pays for at least while the licence is kept as it is
	Terms                   // from a price to a bill
	Agreed bool             // by a contract: for the users without removals and the licence as it is; no rise inside a term has a price
	Bills  [2][]RecipeBill  // by cycle, in order; nil where the line is never billed so
	Moves  []RecipePrice    // of the annual cycle: the prices that hold in the term, by day
	Binds  []*Line          // rows whose licence binds an annual renewal (METHOD 3.7)
	Old    *RecipePrice     // the price a quote can keep; nil where none can be had
	Movers []*seats.Product // products whose planned changes move the users
	Offer  *Offer           // the quote in force; nil when there is none
	Locked diag.Reason      // why only the amounts of the plan are known, and not those of other choices
}

// Terms is how a list or contract price becomes a bill.
type Terms struct {
	Factor money.Exact    // the price times Factor is a bill before it is rounded
	Up     [2]bool        // by cycle: rounded up to the whole unit
	Priced money.Currency // of a bill before a rate is applied; "" where no price is known
	Rate   money.Exact    // from there to the currency of the totals; 1 where none is needed
}

// Terms returns how a price of the line becomes a bill.
func (l *Line) Terms() Terms {
	t := Terms{Factor: money.Int(1), Rate: money.Int(1), Priced: l.priceCurrency()}
	for _, f := range l.factors {
		t.Factor = t.Factor.Mul(f.By)
	}
	for c, how := range l.rounding {
		t.Up[c] = how == money.UpToUnit
	}
	if x, ok := l.rates.Of(t.Priced); ok {
		t.Rate = x.Rate
	}
	return t
}

// Bill returns what a price comes to as a bill of a cycle, stated in a currency.
func (t *Terms) Bill(price money.Exact, c pricing.Cycle, in money.Currency) money.Amount {
	how := money.HalfUp
	if t.Up[c] {
		how = money.UpToUnit
	}
	out := price.Mul(t.Factor).Round(t.Priced, how)
	if t.Priced != in {
		out = out.Exact().Mul(t.Rate).Round(in, money.HalfUp)
	}
	return out
}

// RecipeBill is a day on which a line may be billed, and the price of that day.
type RecipeBill struct {
	Date  date.Date
	Price RecipePrice
	Bound int // of an agreed annual price: users it has to be for besides its own, with the licences as they are
}

// RecipePrice is the price of a bill for any number of users.
type RecipePrice struct {
	From     date.Date        // first day of it; zero where it does not matter
	List     *pricing.Version // nil: Contract, or no price at all
	Contract *money.Exact     // the price of a contract that no list tells the ratio of
	Users    int              // the most users Contract is for; 0 = any number
}

// Known reports whether there is a price.
func (p *RecipePrice) Known() bool { return p.List != nil || p.Contract != nil }

// Pieces returns the price as pieces, up to a number of users.
func (p *RecipePrice) Pieces(limit int) []pricing.Piece {
	switch {
	case p.Contract != nil:
		return []pricing.Piece{{To: p.Users, Base: *p.Contract}}
	case p.List != nil:
		return p.List.Pieces(limit)
	}
	return nil
}

// changesAtMost is how many planned changes a term may have for its bills to be
// laid out one below the other.
const changesAtMost = 24

// Recipe returns how the bills of the line come about; the reason says why nobody
// but this package can tell, and the recipe is then empty.
func (l *Line) Recipe() (Recipe, diag.Reason) {
	r := Recipe{Terms: l.Terms(), Binds: l.hosts, Movers: l.count.movers()}
	if why := l.countedFor(&r); why.Given() {
		return Recipe{}, why
	}
	if l.Sub.Cycle == pricing.Annual {
		r.Kept = l.Sub.Licensed
	}
	r.Locked, r.Agreed = l.notPriced(), l.held()
	if l.Term.Start.IsZero() {
		return r, diag.Reason{}
	}
	l.dated(&r)
	r.Offer = l.Offer
	if q := &l.Quote; q.Possible {
		old := l.oldPrice()
		r.Old = &old
	}
	return r, diag.Reason{}
}

// countedFor says in a recipe whose users are billed, or why it cannot.
func (l *Line) countedFor(r *Recipe) diag.Reason {
	switch c := l.count.(type) {
	case largest:
		r.Of = c.of
		return diag.Reason{}
	case constant:
		if len(c.moved) == 0 && l.UsersKnown {
			r.Own = c.users
			return diag.Reason{}
		}
		return l.NoUsers.Or(diag.Why(diag.NoQuantity, "its users are its licensed users, since nobody knows those of the host"))
	case partOf:
		return diag.Why(diag.InDoubt, "several licences share its users")
	}
	return diag.Why(diag.Bound, "one charge for several sites counts each person once, which takes the list of people")
}

// notPriced says why the amounts of the line are those of the plan only.
func (l *Line) notPriced() diag.Reason {
	switch {
	case l.Foreign:
		return diag.Why(diag.Currency, "%s", noRate(l.AsIs.Currency(), l.rates.into))
	case l.Reason.Given():
		return l.Reason
	case EndsWithDataCenter(l.Sub) && l.Term.End.After(LastExpansion):
		return diag.Why(diag.NotSold, "its term reaches past %s, the last day on which Data Center can be expanded", LastExpansion.Short())
	case slices.ContainsFunc(l.hosts, (*Line).bindsUntold):
		return diag.Why(diag.InDoubt, "what the licences of its product bind it to cannot be worked out again")
	case len(l.changeDates()) > changesAtMost:
		return diag.Why(diag.Bound, "more than %d changes of its users are planned in its term", changesAtMost)
	}
	return diag.Reason{}
}

// bindsUntold reports whether the users of a host cannot be told, on one site, so
// that nobody can tell either what it binds its apps to.
func (l *Line) bindsUntold() bool { return l.Charge() == nil && l.countedFor(&Recipe{}).Given() }

// dated lists the days of a term on which the line may be billed, in each cycle
// it can be billed in.
func (l *Line) dated(r *Recipe) {
	annual := append([]date.Date{l.Term.Start}, l.changeDates()[:min(len(l.changeDates()), changesAtMost)]...)
	for c, days := range [2][]date.Date{pricing.Monthly: l.Term.monthly[:], pricing.Annual: annual} {
		cycle := pricing.Cycle(c)
		if !l.billable(cycle) {
			continue
		}
		for i, d := range days {
			bill := RecipeBill{Date: d, Price: l.recipePrice(cycle, d)}
			if cycle == pricing.Annual && l.held() {
				bill.Bound = l.floor(Choice{Cycle: cycle}, d)
				if i == 0 {
					bill.Bound = l.path(Choice{Cycle: cycle})[0].quantity
				} else {
					bill.Price = RecipePrice{} // a contract is for its own users alone
				}
			}
			r.Bills[c] = append(r.Bills[c], bill)
		}
	}
	if r.Bills[pricing.Annual] == nil || l.held() {
		return
	}
	r.Moves = l.pricesIn(pricing.Annual, l.Term.Period)
}

// pricesIn lists the prices of a cycle that hold in a period, by first day.
func (l *Line) pricesIn(c pricing.Cycle, in date.Period) []RecipePrice {
	days := []date.Date{in.Start}
	for _, v := range l.Timeline(c).Versions() {
		if v.From.After(in.Start) && v.From.Before(in.End) {
			days = append(days, v.From)
		}
	}
	var out []RecipePrice
	for _, d := range days {
		p := l.recipePrice(c, d)
		p.From = d
		out = append(out, p)
	}
	return out
}

// billable reports whether the line can be billed in a cycle: in its own, and in
// the other one where that is sold and has a price on every day of the term.
func (l *Line) billable(c pricing.Cycle) bool {
	switch {
	case c == l.Sub.Cycle:
		return true
	case l.Sub.ContractPrice.Known(), l.Sub.Basis == estate.Fixed, l.Sub.Hosting == pricing.DataCenter, c == pricing.Monthly && l.AnnualOnly():
		return false
	}
	return !slices.ContainsFunc(l.BillDates(c), func(d date.Date) bool {
		v, _ := l.Timeline(c).At(d)
		return v == nil
	})
}

// recipePrice returns the price of a bill on a day.
func (l *Line) recipePrice(c pricing.Cycle, d date.Date) RecipePrice {
	if l.held() {
		return l.contractPrice(Billed{Cycle: c, until: l.latest(d)})
	}
	v, _ := l.Timeline(c).At(d)
	return RecipePrice{List: v}
}

// oldPrice returns the price that a quote keeps.
func (l *Line) oldPrice() RecipePrice {
	if l.held() {
		return l.contractPrice(Billed{Cycle: l.Sub.Cycle, until: l.latest(l.Term.Start), escaped: l.Quote.Change})
	}
	return RecipePrice{List: l.Quote.Old}
}

// contractPrice returns the price of a contract that no list tells the ratio of.
func (l *Line) contractPrice(b Billed) RecipePrice {
	var way pricing.Reckoning
	if why := l.reckonAgreed(&way, b); why.Given() {
		return RecipePrice{}
	}
	price := way.Sum()
	p := RecipePrice{Contract: &price}
	if l.Sub.Basis != estate.Fixed {
		p.Users = l.Licensed
	}
	return p
}

// BindsBefore returns the users an annual row binds its apps to on a day before its
// own renewal, whatever it renews for; 0 where it binds none then.
func (l *Line) BindsBefore(d date.Date) int {
	if l.Sub.Cycle != pricing.Annual {
		return 0
	}
	return l.bindsToday(d)
}

// QuoteUsers returns the users a quote at the old price is for unless another
// number is asked for (METHOD 4.3).
func (l *Line) QuoteUsers() int { return l.quoteQuantity() }

// InTier reports whether a quote has to stay in its tier.
func (q *Quote) InTier() bool { return q.same }
