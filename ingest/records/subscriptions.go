package records

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
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
	Includes      string `csv:"includes"`
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

// Subscription is a row that could be read, with the contract price still as
// text: its currency may be that of the organisation, which is known last.
type Subscription struct {
	estate.Subscription
	price    string
	currency money.Currency
	written  string // the key as written, which may name a price plan; "" when the row names its plan
	row      *rows[subscriptionRow]
	at       record // of the row
}

// ReadSubscriptions reads the subscriptions table.
func (t *Tables) ReadSubscriptions(s *sheet.Sheet) {
	r := readRows[subscriptionRow](s)
	r.each(func(rec subscriptionRow, at diag.Source) {
		sub := Subscription{row: r, at: r.now}
		sub.Source = at
		r.identify(rec, &sub)
		r.bill(rec, &sub)
		if r.failed {
			t.Refused++
			return
		}
		t.Subscriptions = append(t.Subscriptions, sub)
	})
}

// identify reads what the subscription is.
func (r *rows[T]) identify(rec subscriptionRow, sub *Subscription) {
	if r.must("type", rec.Type, "product", "app") {
		sub.Kind = estate.Kind(r.word("type", rec.Type, "product", "app"))
	}
	r.must("key", rec.Key)
	sub.Key = cell.Plain(rec.Key)
	var err error
	sub.Hosting, err = pricing.ParseHosting(rec.Hosting)
	r.refuse("hosting", cell.Refuse(rec.Hosting, err, cell.Allowed(hostingWords...)))
	sub.Name, sub.Vendor, sub.Edition = rec.Name, rec.Vendor, cell.Plain(rec.Edition)
	switch {
	case sub.Kind == estate.ProductKind:
		sub.Key = r.named("key", rec.Key, rec.Hosting, sub)
	case r.must("host", rec.Host):
		sub.Host = r.named("host", rec.Host, rec.Hosting, sub)
	}
	if sub.Kind == estate.ProductKind && estate.IsGuard(sub.Key) {
		sub.Site = estate.WholeOrganisation
	} else if r.must("site", rec.Site) {
		sub.Site = estate.SiteLabel(rec.Site)
	}
	r.includes(rec.Includes, sub)
	sub.Owner, sub.CostCentre, sub.Entitlement = rec.Owner, rec.CostCentre, rec.Entitlement
	sub.Status = estate.SubscriptionStatus(r.word("status", rec.Status, "active", "trial", "cancelled"))
	sub.MultiInstance = estate.Answer(r.word("multi_instance", rec.MultiInstance, "", "yes", "no"))
	sub.AutoRenew = estate.Answer(r.word("auto_renew", rec.AutoRenew, "", "yes", "no"))
}

// includes reads which products a collection pays for besides the usual ones
// (METHOD 7.6).
func (r *rows[T]) includes(text string, sub *Subscription) {
	if text == "" {
		return
	}
	if sub.Kind != estate.ProductKind || sub.Hosting != pricing.Cloud {
		r.refuse("includes", errors.New("only a product on Cloud can include others; expected blank"))
		return
	}
	for _, name := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",;+&", c) }) {
		if strings.TrimSpace(name) == "" {
			continue
		}
		if key := estate.ProductKey(name); key != sub.Key && !slices.Contains(sub.Includes, key) {
			sub.Includes = append(sub.Includes, key)
		}
	}
}

// bill reads how it is charged.
func (r *rows[T]) bill(rec subscriptionRow, sub *Subscription) {
	var err error
	if r.must("cycle", rec.Cycle, cycleWords...) {
		sub.Cycle, err = pricing.ParseCycle(rec.Cycle)
		r.refuse("cycle", cell.Refuse(rec.Cycle, err, cell.Allowed(cycleWords...)))
	}
	if sub.Hosting == pricing.DataCenter && err == nil && sub.Cycle == pricing.Monthly && rec.Cycle != "" {
		r.refuse("cycle", errors.New("monthly is not sold on Data Center; expected annual"))
	}
	sub.Basis = estate.Basis(r.word("billing_basis", rec.Basis, "linked", "own-users", "fixed"))
	sub.PricePlan = cell.Plain(rec.PricePlan)
	if sub.PricePlan == "" {
		sub.PricePlan, sub.written = sub.Key, cell.Plain(rec.Key)
	}
	sub.LicenceType = cell.Plain(rec.LicenceType)
	if sub.LicenceType == "" {
		sub.LicenceType = "commercial"
	}
	if rec.Licensed != "" {
		sub.Licensed, err = cell.Count(rec.Licensed)
		sub.HasLicensed = true
		r.refuse("licensed_users", err)
	}
	r.discount(rec.Discount, sub)
	sub.Renewal = r.date("renewal_date", rec.Renewal)
	if rec.Currency != "" {
		sub.currency = r.currency("currency", rec.Currency)
	}
	sub.price = rec.ContractPrice
}

func (r *rows[T]) discount(text string, sub *Subscription) {
	if text == "" {
		return
	}
	d, err := cell.Percent(text)
	if err == nil && (d.Sign() < 0 || d.Cmp(money.Int(1)) > 0) {
		err = &cell.Wrong{Value: text, Expected: "expected a discount from 0% to 100%"}
	}
	r.refuse("discount", err)
	sub.Discount, sub.HasDiscount = d, err == nil
}

// named reads the name of a product, typed by hand, in a column of a
// subscription. Hosting and edition are taken from its words where their own
// columns are blank; a column that says something else wins (METHOD 14.26).
func (r *rows[T]) named(column, text, hosting string, sub *Subscription) string {
	p := estate.ParseProduct(text)
	if p.Plain || text == "" {
		return p.Key
	}
	at := r.At(r.now.line, r.Column(column)+1)
	reading := p.Key
	contradiction := func(what, column, name string) {
		r.Diags.Add(diag.Warning, at, fmt.Sprintf("%q says %s %s, the column %s %s; the column holds", text, what, name, what, column), "correct one of the two")
	}
	switch {
	case !p.HasHosting:
	case hosting == "":
		sub.Hosting = p.Hosting
		reading += ", hosting " + p.Hosting.String()
	case sub.Hosting != p.Hosting:
		contradiction("hosting", sub.Hosting.String(), p.Hosting.String())
	}
	switch {
	case p.Edition == "" || sub.Kind == estate.AppKind: // an app has no edition of its host
	case sub.Edition == "":
		sub.Edition = p.Edition
		reading += ", edition " + p.Edition
	case sub.Edition != p.Edition:
		contradiction("edition", sub.Edition, p.Edition)
	}
	r.Diags.Add(diag.Note, at, fmt.Sprintf("%q is read as %s", text, reading), "")
	return p.Key
}

// likelyCurrency returns the currency most active subscriptions are priced in.
func likelyCurrency(all []Subscription, book *pricing.Book) money.Currency {
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

// HasContract reports whether the row states what is paid, so that it needs no
// list.
func (s *Subscription) HasContract() bool { return s.price != "" }

// Priced reports whether the book has the price plan of the row, under the name
// it states or under its key as written.
func (s *Subscription) Priced(book *pricing.Book) bool {
	return book.Has(s.PricePlan, s.Hosting) || s.written != "" && book.Has(s.written, s.Hosting)
}

// contract reads the contract price; a row it rejects is accounted for.
func (s *Subscription) contract(organisation money.Currency) bool {
	var err error
	if s.ContractPrice, err = amount(s.price, cmp.Or(s.currency, organisation)); err != nil {
		return s.row.reject(s.at, "contract_price", err)
	}
	return true
}

// reject turns a record that had been used into a rejected one; it returns
// false for its caller's sake.
func (r *rows[T]) reject(rec record, column string, err error) bool {
	r.Input.Used--
	r.Input.Rejected++
	r.Reject(r.At(rec.line, r.Column(column)+1), sheet.Fault{Text: column + ": " + r.say(column, rec, err), Kind: column + ": " + unread}, correctCell, rec.cells)
	return false
}

// Settle takes the subscriptions of all files together: it settles contract
// prices in the organisation's currency (""  is that of most prices) where a row
// names none, and rejects second rows of one subscription. It returns how many
// rows it rejected.
func Settle(all []Subscription, organisation money.Currency, book *pricing.Book) (settled []estate.Subscription, refused int) {
	all = dropOlderTables(all)
	for i := range all {
		if s := &all[i]; s.written != "" && book.Has(s.written, s.Hosting) {
			s.PricePlan = s.written
		}
	}
	if organisation == "" {
		organisation = likelyCurrency(all, book)
	}
	places := map[place][]int{} // in settled
	for i := range all {
		s := &all[i]
		at := placeOf(&s.Subscription)
		if s.price != "" && !s.contract(organisation) || s.repeats(settled, places[at]) {
			refused++
			continue
		}
		places[at] = append(places[at], len(settled))
		settled = append(settled, s.Subscription)
	}
	slices.SortStableFunc(settled, func(a, b estate.Subscription) int { return a.Compare(&b) })
	return settled, refused
}

// repeats rejects a second active row of one subscription, unless their
// entitlements differ (METHOD 14.19). Those of its place stand at some of the rows
// before.
func (s *Subscription) repeats(before []estate.Subscription, there []int) bool {
	for _, i := range there {
		if o := &before[i]; sameActive(o, &s.Subscription) {
			s.row.reject(s.at, "key", fmt.Errorf("a second active row for %s %q on %s; the first is %s", s.Kind, s.Key, s.Site, o.Source))
			return true
		}
	}
	return false
}
