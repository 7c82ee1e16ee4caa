package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// subscriptionRow is a row of the subscriptions table as written.
type subscriptionRow struct {
	Type          string `csv:"type"`
	Key           string `csv:"key"`
	Name          string `csv:"name"`
	Vendor        string `csv:"vendor"`
	Hosting       string `csv:"hosting"`
	Site          string `csv:"site"`
	Host          string `csv:"host"`
	Edition       string `csv:"edition"`
	Cycle         string `csv:"cycle"`
	Basis         string `csv:"billing_basis"`
	PricePlan     string `csv:"price_plan"`
	Licensed      string `csv:"licensed_users"`
	Discount      string `csv:"discount"`
	LicenceType   string `csv:"licence_type"`
	ContractPrice string `csv:"contract_price"`
	Currency      string `csv:"currency"`
	Renewal       string `csv:"renewal_date"`
	Status        string `csv:"status"`
	MultiInstance string `csv:"multi_instance"`
	AutoRenew     string `csv:"auto_renew"`
	Owner         string `csv:"owner"`
	CostCentre    string `csv:"cost_centre"`
	Entitlement   string `csv:"entitlement"`
}

// subscription is a row that could be read, with the contract price still as
// text: its currency may be that of the organisation, which is known last.
type subscription struct {
	estate.Subscription
	price    string
	currency money.Currency
	row      *rows[subscriptionRow]
	at       int // record of the row
}

func readSubscriptions(s *sheet) {
	r := readRows[subscriptionRow](s)
	r.each(func(rec subscriptionRow, at diag.Source) {
		sub := subscription{row: r, at: r.now}
		sub.Source = at
		r.identify(rec, &sub)
		r.bill(rec, &sub)
		if r.failed {
			s.refused++
			return
		}
		s.subs = append(s.subs, sub)
	})
}

// word reads a word of a list and rejects the record when it is none of them.
func (r *rows[T]) word(column, value string, words ...string) int {
	i, err := oneOf(value, words...)
	r.refuse(column, err)
	return i
}

// identify reads what the subscription is.
func (r *rows[T]) identify(rec subscriptionRow, sub *subscription) {
	if r.must("type", rec.Type) {
		sub.Kind = estate.Kind(r.word("type", rec.Type, "product", "app"))
	}
	r.must("key", rec.Key)
	sub.Key = plain(rec.Key)
	if sub.Kind == estate.ProductKind {
		sub.Key = estate.ProductKey(rec.Key)
	}
	r.must("site", rec.Site)
	sub.Site = estate.SiteLabel(rec.Site)
	var err error
	sub.Hosting, err = pricing.ParseHosting(rec.Hosting)
	r.refuse("hosting", err)
	if sub.Kind == estate.AppKind && r.must("host", rec.Host) {
		sub.Host = estate.ProductKey(rec.Host)
	}
	sub.Name, sub.Vendor, sub.Edition = rec.Name, rec.Vendor, plain(rec.Edition)
	sub.Owner, sub.CostCentre, sub.Entitlement = rec.Owner, rec.CostCentre, rec.Entitlement
	sub.Status = estate.SubscriptionStatus(r.word("status", rec.Status, "active", "trial", "cancelled"))
	sub.MultiInstance = estate.Answer(r.word("multi_instance", rec.MultiInstance, "", "yes", "no"))
	sub.AutoRenew = estate.Answer(r.word("auto_renew", rec.AutoRenew, "", "yes", "no"))
}

// bill reads how it is charged.
func (r *rows[T]) bill(rec subscriptionRow, sub *subscription) {
	var err error
	if r.must("cycle", rec.Cycle) {
		sub.Cycle, err = pricing.ParseCycle(rec.Cycle)
		r.refuse("cycle", err)
	}
	if sub.Hosting == pricing.DataCenter && err == nil && sub.Cycle == pricing.Monthly && rec.Cycle != "" {
		r.refuse("cycle", errors.New("monthly is not sold on Data Center; expected annual"))
	}
	sub.Basis = estate.Basis(r.word("billing_basis", rec.Basis, "linked", "own-users", "fixed"))
	sub.PricePlan = plain(rec.PricePlan)
	if sub.PricePlan == "" {
		sub.PricePlan = sub.Key
	}
	sub.LicenceType = plain(rec.LicenceType)
	if sub.LicenceType == "" {
		sub.LicenceType = "commercial"
	}
	if rec.Licensed != "" {
		sub.Licensed, err = parseCount(rec.Licensed)
		sub.HasLicensed = true
		r.refuse("licensed_users", err)
	}
	r.discount(rec.Discount, sub)
	if rec.Renewal != "" {
		sub.Renewal, err = r.tableDate(rec.Renewal)
		r.refuse("renewal_date", err)
	}
	if rec.Currency != "" {
		sub.currency, err = money.ParseCurrency(rec.Currency)
		r.refuse("currency", err)
	}
	sub.price = rec.ContractPrice
}

func (r *rows[T]) discount(text string, sub *subscription) {
	if text == "" {
		return
	}
	d, err := parsePercent(text)
	if err == nil && (d.Sign() < 0 || d.Cmp(money.Int(1)) > 0) {
		err = fmt.Errorf("%q: expected a discount from 0%% to 100%%", text)
	}
	r.refuse("discount", err)
	sub.Discount, sub.HasDiscount = d, err == nil
}

// joinSubscriptions takes the rows of all files together, settles contract
// prices in the organisation's currency where a row names none, and rejects
// second rows of one subscription.
func (l *Loaded) joinSubscriptions(files []*file) {
	var all []subscription
	for _, f := range files {
		all = append(all, f.subs...)
		l.Refused += f.refused
	}
	organisation := l.Config.Currency
	if organisation == "" {
		organisation = likelyCurrency(all, l.Book)
	}
	for i := range all {
		s := &all[i]
		if s.price != "" && !s.contract(organisation) || l.repeats(s) {
			l.Refused++
			continue
		}
		l.Estate.Subscriptions = append(l.Estate.Subscriptions, s.Subscription)
	}
	slices.SortStableFunc(l.Estate.Subscriptions, func(a, b estate.Subscription) int { return a.Compare(&b) })
}

// likelyCurrency returns the currency most active subscriptions are priced in.
func likelyCurrency(all []subscription, book *pricing.Book) money.Currency {
	subs := make([]estate.Subscription, 0, len(all))
	for _, s := range all {
		sub := s.Subscription
		if s.price != "" {
			sub.ContractPrice = money.Zero(s.currency)
		}
		subs = append(subs, sub)
	}
	return estate.CommonCurrency(subs, book)
}

// contract reads the contract price; a row it rejects is accounted for.
func (s *subscription) contract(organisation money.Currency) bool {
	currency := s.currency
	if currency == "" {
		currency = organisation
	}
	r := s.row
	if currency == "" {
		return r.reject(s.at, "contract_price", errors.New("has no currency; add a column currency, or currency: in audit.yaml"))
	}
	e, err := parseMoney(s.price, currency, refuseLone)
	if err != nil {
		return r.reject(s.at, "contract_price", err)
	}
	s.ContractPrice = e.Round(currency, money.HalfUp)
	if !s.ContractPrice.Known() || s.ContractPrice.Exact().Cmp(e) != 0 {
		return r.reject(s.at, "contract_price", fmt.Errorf("%q has more decimals than %s has", s.price, currency))
	}
	return true
}

// reject turns a record that had been used into a rejected one; it returns
// false for its caller's sake.
func (r *rows[T]) reject(record int, column string, err error) bool {
	r.in.Used--
	r.in.Rejected++
	r.keepRejected(r.at(r.lines[record], r.column(column)+1), column+": "+err.Error(), r.cells[record])
	r.diags.Add(diag.Incomplete, r.at(r.lines[record], r.column(column)+1), "row rejected: "+column+": "+err.Error(), "correct the cell and run again")
	return false
}

// repeats rejects a second active row of one subscription, unless their
// entitlements differ (rulings I23, R43).
func (l *Loaded) repeats(s *subscription) bool {
	if s.Status != estate.SubActive {
		return false
	}
	for i := range l.Estate.Subscriptions {
		o := &l.Estate.Subscriptions[i]
		if o.Status != estate.SubActive || o.Kind != s.Kind || o.Key != s.Key || o.Site != s.Site || o.Hosting != s.Hosting {
			continue
		}
		if strings.EqualFold(o.Entitlement, s.Entitlement) || o.Entitlement == "" || s.Entitlement == "" {
			s.row.reject(s.at, "key", fmt.Errorf("a second active row for %s %q on %s; the first is %s", s.Kind, s.Key, s.Site, o.Source))
			return true
		}
	}
	return false
}

// refuse ends the run when nothing can be trusted: no subscription, or a user
// list most of which could not be read.
func (l *Loaded) refuse(files []*file) {
	if len(l.Estate.Subscriptions) == 0 {
		message := "no subscription could be read, so there is nothing to audit"
		switch {
		case l.Refused > 0:
		case slices.ContainsFunc(l.Inputs, func(in estate.Input) bool { return in.Format == "subscriptions" }):
			message = "the subscriptions table has no rows, so there is nothing to audit"
		default:
			message = "no subscriptions table found, so there is nothing to audit"
		}
		l.Diagnostics.Add(diag.Refused, diag.Source{}, message, "write one with the columns type, key, site, cycle, renewal_date (tierline init DIR writes an empty one)")
	}
	// By the inputs and not by the lists, of which one without a single row
	// that could be read is no longer there.
	for _, f := range files {
		for i := range f.input {
			if in := &f.input[i]; isUserList(in.Format) {
				l.refuseList(in)
			}
		}
	}
}

func isUserList(id string) bool {
	return slices.ContainsFunc(formats(), func(f format) bool { return f.id == id && f.users })
}

// refusableRows is how many rows a user list must have for its share of
// rejected rows to mean anything.
const refusableRows = 100

func (l *Loaded) refuseList(in *estate.Input) {
	if in.Read < refusableRows {
		return
	}
	limit := l.Config.Policy.MaxRejected
	if money.Ratio(int64(in.Rejected), int64(in.Read)).Cmp(limit) > 0 {
		l.Diagnostics.Add(diag.Refused, diag.Source{File: in.Path, Sheet: in.Sheet},
			fmt.Sprintf("%d of %d rows rejected, more than the %s of policy max_rejected", in.Rejected, in.Read, limit.Percent()), "export the users again")
	}
}
