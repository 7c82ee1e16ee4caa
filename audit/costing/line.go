package costing

import (
	"fmt"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Line is one active subscription and what it costs.
type Line struct {
	Sub    *estate.Subscription
	Index  int // in Estate.Subscriptions
	Bundle *Bundle
	Term   date.Period // the coming term; empty when no renewal date is given

	Users      int // billed users today; meaningless unless UsersKnown
	UsersKnown bool
	UsersFrom  string      // how the users are known, in words; "" when they are not
	NoUsers    diag.Reason // why they are not known
	StandIn    bool        // licensed_users stand in for a count of users
	Paid       int         // quantity paid for today

	Current money.Amount // twelve months at today's price and quantity
	Volume  money.Amount // what the coming term's quantities change, at today's price
	AsIs    money.Amount // the coming term with the same cycle and tier habit, no quote
	Reason  diag.Reason  // why one of the three is unknown; none when all are known
	Foreign bool         // known, but not in the currency of the totals

	Quote Quote // the chance to keep the price before the latest change

	bills     [12]date.Date // of a term billed monthly
	policy    *config.Policy
	asOf      date.Date
	members   []int // products of the bundle whose largest count bills this line
	installed *estate.Licence
	constant  bool             // the quantity does not follow the bundle's products
	shift     []*seats.Product // whose planned changes move a constant quantity
	people    *people          // the quantity is people over several sites, each once
	with      *Line            // the line whose charge holds this one (ruling R16)
	currency  money.Currency   // of the charge that holds other lines
	factor    money.Exact      // licence factor x (1 - discount), or the contract ratio
	held      bool             // a contract price without a list: no other quantity is known
	hosts     []*Line          // annual host rows whose licence binds this app (ruling R1)
	announced []pricing.Change
	monthly   *pricing.Timeline
	annual    *pricing.Timeline
	priced    *priced
	blocked   diag.Reason // why the line has no price in any cycle
	unpriced  bool        // blocked for want of a price, so that not even today's cost is known
}

// Counted reports whether the line is part of the totals, the bridge and the
// objective (ruling R3).
func (l *Line) Counted() bool { return !l.Reason.Given() && !l.Foreign }

// ID returns a stable name of the line, such as "acme-eng/app/timesheets".
func (l *Line) ID() string { return lineID(l.Sub) }

func lineID(s *estate.Subscription) string {
	id := s.Site + "/" + s.Kind.String() + "/" + s.Key
	if s.Entitlement != "" {
		id += "/" + s.Entitlement
	}
	return id
}

// Name returns the line's name for people.
func (l *Line) Name() string {
	if l.Sub.Kind == estate.ProductKind && l.Sub.Name == "" {
		return estate.ProductName(l.Sub.Key)
	}
	return l.Sub.DisplayName()
}

// Timeline returns the line's prices over time in a cycle.
func (l *Line) Timeline(c pricing.Cycle) *pricing.Timeline {
	if c == pricing.Annual {
		return l.annual
	}
	return l.monthly
}

// nextRenewal moves a renewal date forward by whole cycles until it is not
// before as-of, counting from the date in the file (ruling R22).
func nextRenewal(s *estate.Subscription, asOf date.Date) date.Date {
	step := 1
	if s.Cycle == pricing.Annual {
		step = 12
	}
	d := s.Renewal
	for k := step; d.Before(asOf); k += step {
		d = s.Renewal.AddMonths(k)
	}
	return d
}

// farRenewal is how many months ahead a renewal is worth a remark: nothing can
// be saved before it (ruling R26).
const farRenewal = 12

// FarAhead reports whether the line renews more than twelve months after
// as-of, so that nothing can be saved before then; never of a line without a
// renewal date.
func (l *Line) FarAhead() bool { return l.Term.Start.After(l.asOf.AddMonths(farRenewal)) }

// resolve fills in what does not depend on the other lines of the bundle:
// term, users, prices and factor.
func (b *builder) resolve(l *Line) {
	s := l.Sub
	derive := s.Kind == estate.AppKind
	l.monthly = b.Book.Timeline(s.PricePlan, s.Hosting, pricing.Monthly, derive)
	l.annual = b.Book.Timeline(s.PricePlan, s.Hosting, pricing.Annual, derive)
	l.announced = b.Book.Changes(s.PricePlan, s.Hosting)
	if !s.Renewal.IsZero() {
		start := nextRenewal(s, b.AsOf)
		l.Term = date.Period{Start: start, End: start.AddMonths(12)}
		l.bills = billDates(s.Renewal, l.Term)
		switch {
		case start != s.Renewal:
			b.costs.Diagnostics.Add(diag.Warning, s.Source, fmt.Sprintf("renewal date %s of %s has passed; the audit uses the next one, %s", s.Renewal, s.DisplayName(), start), "correct the date if the subscription was not renewed")
		case l.FarAhead():
			b.costs.Diagnostics.Add(diag.Note, s.Source, fmt.Sprintf("%s renews on %s, more than a year ahead: nothing can be saved before then", s.DisplayName(), start), "")
		}
	}
	l.installed = b.installed(s)
	b.quantity(l)
	b.price(l)
}

// quantity finds out which users the line is charged for (DESIGN 5.4, R10, R41).
func (b *builder) quantity(l *Line) {
	s := l.Sub
	switch {
	case s.Basis == estate.Fixed:
		l.constant, l.UsersKnown, l.UsersFrom = true, true, "fixed price, no users counted"
	case s.Basis == estate.OwnUsers:
		l.constant = true
		b.ownUsers(l)
	case s.Kind == estate.ProductKind && l.people != nil:
		b.chargedPeople(l)
	case s.Kind == estate.ProductKind:
		b.productUsers(l)
	default:
		b.linkedUsers(l)
	}
}

func (b *builder) ownUsers(l *Line) {
	if u := b.Estate.FindUsage(l.Sub.Key, l.Sub.Site); u != nil && u.HasAssigned {
		l.Users, l.UsersKnown, l.UsersFrom = u.Assigned, true, "assigned users in app_usage"
	} else if l.Sub.HasLicensed {
		l.Users, l.UsersKnown, l.UsersFrom = l.Sub.Licensed, true, "licensed_users, for want of assigned users in app_usage"
		l.StandIn = true
	} else {
		l.NoUsers = diag.Why(diag.NoQuantity, "no assigned users in app_usage and no licensed_users")
	}
}

func (b *builder) productUsers(l *Line) {
	i := l.Bundle.Product(l.Sub.Site, l.Sub.Key)
	if l.with != nil && i >= 0 {
		// Shown as the users of the site; the charge counts them.
		l.constant = true
		l.Users, l.UsersKnown = l.Bundle.Products[i].Users, l.Bundle.Products[i].Known()
		l.UsersFrom = "in the charge of " + l.with.Sub.Site
		return
	}
	if i < 0 || !l.Bundle.Products[i].Known() {
		l.constant = true
		l.NoUsers = diag.Why(diag.NoQuantity, "no export with access columns, no recent user_counts and no licensed_users")
		return
	}
	p := l.Bundle.Products[i]
	l.members = []int{i}
	l.Users, l.UsersKnown, l.UsersFrom = p.Users, true, p.Origin.String()
	l.StandIn = p.Origin == seats.FromLicensed
}

func (b *builder) linkedUsers(l *Line) {
	family := l.Bundle.on(l.Sub.Site)
	known := len(family) > 0
	for _, i := range family {
		known = known && l.Bundle.Products[i].Known()
	}
	if !known {
		// If one figure of the family is missing, the largest is not known.
		l.constant = true
		if p := b.Register.Find(l.Sub.Site, l.Sub.Host); p != nil {
			l.shift = []*seats.Product{p}
		}
		if !l.Sub.HasLicensed {
			l.NoUsers = diag.Why(diag.NoQuantity, "users of the host are not known, and no licensed_users")
			return
		}
		l.Users, l.UsersKnown, l.UsersFrom = l.Sub.Licensed, true, "licensed_users, since the users of the host are not known"
		l.StandIn = true
		return
	}
	l.members = family
	var largest *seats.Product
	for _, i := range family {
		if p := l.Bundle.Products[i]; largest == nil || p.Users > largest.Users {
			largest = p
		}
	}
	l.Users, l.UsersKnown, l.StandIn = largest.Users, true, largest.Origin == seats.FromLicensed
	l.UsersFrom = fmt.Sprintf("%s of %s", largest.Origin, estate.ProductName(largest.Key))
}

// UsersOn returns the billed users on a day after removing k seats from each
// product of the bundle; nil removes nobody.
func (l *Line) UsersOn(d date.Date, k []int) int {
	if l.constant {
		n := l.Users
		for _, p := range l.shift {
			n += p.Planned(d)
		}
		return max(n, 0)
	}
	if l.people != nil {
		return l.people.on(d, k)
	}
	n := 0
	for _, i := range l.members {
		removed := 0
		if k != nil {
			removed = k[i]
		}
		n = max(n, l.Bundle.Products[i].On(d, removed))
	}
	return n
}

// changeDates returns the days inside the term on which users are planned to
// change.
func (l *Line) changeDates() []date.Date { return l.changesBetween(l.Term.Start, l.Term.End) }

// changesBetween returns the days after one and before another on which users
// are planned to change.
func (l *Line) changesBetween(after, before date.Date) []date.Date {
	if l.constant && len(l.shift) == 0 {
		return nil
	}
	var out []date.Date
	add := func(p *seats.Product) {
		for _, c := range p.Changes() {
			if c.Date.After(after) && c.Date.Before(before) {
				out = append(out, c.Date)
			}
		}
	}
	for _, p := range l.shift {
		add(p)
	}
	if l.people != nil && !l.constant {
		for _, p := range l.people.products() {
			add(p)
		}
		return sortedDates(out)
	}
	for _, i := range l.members {
		add(l.Bundle.Products[i])
	}
	return sortedDates(out)
}

// Members returns the products of the bundle whose largest count bills this
// line; nil when its quantity does not follow them.
func (l *Line) Members() []int { return l.members }

// price works out the factor on the list price, or the contract ratio.
func (b *builder) price(l *Line) {
	s := l.Sub
	switch {
	case l.with != nil:
		return
	case !l.UsersKnown:
		l.blocked = l.NoUsers.After("quantity not known: ")
	case s.Basis == estate.Fixed && !s.ContractPrice.Known():
		l.blocked, l.unpriced = diag.Why(diag.NoPrice, "a fixed price needs contract_price"), true
	case s.Renewal.IsZero():
		l.blocked = diag.Why(diag.NoDate, "no renewal_date")
	}
	if s.ContractPrice.Known() {
		return // the ratio needs the paid quantity, which needs the hosts: settle
	}
	factor, ok := b.policy.LicenceFactors[s.Hosting.String()][s.LicenceType]
	if !ok {
		l.blocked = l.blocked.Or(diag.Why(diag.NoPrice, "no licence factor for licence_type %q on %s", s.LicenceType, s.Hosting))
		l.unpriced = true
	}
	l.factor = factor.Mul(money.Int(1).Sub(s.Discount))
}

// settle works out everything that depends on the hosts of the bundle.
func (b *builder) settle(l *Line) {
	if l.Sub.Kind == estate.AppKind && l.Sub.Basis == estate.Linked {
		for _, h := range l.Bundle.Lines {
			if h.Sub.Kind == estate.ProductKind && h.Sub.Site == l.Sub.Site {
				l.hosts = append(l.hosts, h)
			}
		}
	}
	l.Paid = l.paidToday()
	if l.with != nil {
		b.combined(l)
		return
	}
	if l.Sub.ContractPrice.Known() {
		b.contract(l)
	}
	if !l.blocked.Given() {
		l.Quote = l.quote()
	}
	b.amounts(l)
}

// contract finds the ratio between the contract price and the list, which is
// held for other quantities (rulings R11 to R13).
func (b *builder) contract(l *Line) {
	if l.Sub.Basis == estate.Fixed {
		l.held = true
		return
	}
	if l.Sub.HasDiscount {
		b.costs.Diagnostics.Add(diag.Warning, l.Sub.Source, fmt.Sprintf("%s has a contract_price and a discount: the contract price is net, so the discount is not applied", l.Sub.DisplayName()), "remove one of the two")
	}
	v, _ := l.Timeline(l.Sub.Cycle).At(l.asOf)
	if v == nil || v.Currency() != l.Sub.ContractPrice.Currency() {
		l.held = true
		return
	}
	list, ok := v.Price(l.Paid)
	if !ok || list.Sign() == 0 {
		l.held = true
		return
	}
	l.factor = l.Sub.ContractPrice.Exact().Div(list)
}

// amounts computes current, volume and as is.
func (b *builder) amounts(l *Line) {
	if l.blocked.Given() {
		l.Reason = l.blocked
		l.Current = l.currentAmount()
		return
	}
	l.Current = l.currentAmount()
	asIs, why := l.Bills(Choice{Cycle: l.Sub.Cycle})
	if !why.Given() && !l.Current.Known() {
		_, why = l.currentPrice()
	}
	volume, whyVolume := l.Bills(Choice{Cycle: l.Sub.Cycle, frozen: true})
	l.Reason = why.Or(whyVolume)
	if !l.Reason.Given() {
		l.AsIs = Total(asIs)
		l.Volume = Total(volume).Sub(l.Current)
		l.Foreign = l.AsIs.Currency() != b.costs.Currency
	}
}

// PriceChanges returns what price changes add to the term: as is minus
// current and volume, so that the three always add up.
func (l *Line) PriceChanges() money.Amount {
	return l.AsIs.Sub(l.Current).Sub(l.Volume)
}

// currentAmount returns twelve months at today's price and paid quantity.
func (l *Line) currentAmount() money.Amount {
	if l.Sub.ContractPrice.Known() {
		return l.Sub.ContractPrice.Times(l.Sub.Cycle.Bills())
	}
	a, _ := l.currentPrice()
	return a.Times(l.Sub.Cycle.Bills())
}

func (l *Line) currentPrice() (money.Amount, diag.Reason) {
	if !l.UsersKnown {
		return money.Amount{}, l.blocked
	}
	v, why := l.Timeline(l.Sub.Cycle).At(l.asOf)
	if v == nil {
		return money.Amount{}, why
	}
	return l.amount(charge{cycle: l.Sub.Cycle, version: v, users: l.Paid})
}

// paidToday returns the quantity paid for today: the users, on annual billing
// never less than what is licensed, and for a linked app than its hosts.
func (l *Line) paidToday() int {
	n := l.Users
	if l.Sub.Cycle == pricing.Annual {
		n = max(n, l.Sub.Licensed)
		for _, h := range l.hosts {
			if h.Sub.Cycle == pricing.Annual {
				n = max(n, h.bindsToday(l.asOf))
			}
		}
	}
	return n
}

// IsHost reports whether the line is a product, to whose licence the apps of
// the bundle are bound.
func (l *Line) IsHost() bool { return l.Sub.Kind == estate.ProductKind }
