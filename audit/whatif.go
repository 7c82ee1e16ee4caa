package audit

import (
	"cmp"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// WhatIf is what a workbook needs to work the coming term out again for other
// users, cycles and licences: how each bill comes about, and the prices it takes
// (METHOD 22.2). It holds no result; those stand in Lines.
type WhatIf struct {
	Prices  []PriceList
	Bundles []WhatIfBundle
	Tiers   []TierBills   // of each subscription with a position in its tiers
	Amounts WhatIfAmounts // of all subscriptions in the totals
}

// WhatIfBundle is a bundle with the products whose users bill its lines.
type WhatIfBundle struct {
	ID       string
	Title    string
	Products []WhatIfProduct
	Lines    []WhatIfLine // products first
	Amounts  WhatIfAmounts
}

// Own returns the subscription of a product of the bundle, the first where there are
// several; nil where nothing is subscribed.
func (b *WhatIfBundle) Own(i int) *WhatIfLine {
	return b.first(func(l *WhatIfLine) bool { return l.Row == i })
}

// Line returns the subscription of an id, nil where the bundle has none.
func (b *WhatIfBundle) Line(id string) *WhatIfLine {
	return b.first(func(l *WhatIfLine) bool { return l.Line == id })
}

func (b *WhatIfBundle) first(is func(*WhatIfLine) bool) *WhatIfLine {
	for i := range b.Lines {
		if l := &b.Lines[i]; is(l) {
			return l
		}
	}
	return nil
}

// WhatIfProduct is a product of a bundle and what is known of its users.
type WhatIfProduct struct {
	Site       string
	Key        string
	Name       string
	Users      *int // nil when not known
	Candidates int
	Removed    int          // by the plan
	Changes    []UserChange // planned after as-of, by day
	Next       WhatIfNext
}

// UserChange is a planned change of the users of a product.
type UserChange struct {
	Date   date.Date
	Change int
}

// WhatIfLine is how the bills of a subscription come about.
type WhatIfLine struct {
	Amounts WhatIfAmounts              // unknown for one in no total
	Line    string                     // its id
	Of      []int                      // products of the bundle, the largest of which is billed; nil: Own
	Own     int                        // users that follow no product
	Row     int                        // the product it is a subscription of, by position; -1 for an app
	Host    string                     // id of the line whose cycle and licence an app follows; "" for none
	Today   pricing.Cycle              // its cycle
	Start   date.Date                  // of the coming term; zero where it is not known
	End     date.Date                  // the day after it
	Rows    [whatIfWays][2][]WhatIfRow // by way and cycle, parallel to Bills; none where Unread says why
	Kept    int                        // users an annual renewal pays for while its licence is kept
	Agreed  bool                       // by a contract that no list tells the ratio of
	BillTerms
	Bills  [2][]WhatIfBill // by cycle; nil where it cannot be billed so
	Moves  []WhatIfPrice   // annual: prices of the term, by first day
	Movers []int           // products whose changes move its users
	Binds  []WhatIfBinding // rows whose licence binds it
	Offer  *WhatIfOffer    // quote in force; nil when there is none
	Old    *WhatIfOld      // price a quote can keep; nil when none can be had
	Plan   WhatIfChoice    // what the plan decides
	Locked diag.Reason     // why it is not worked out again: its amounts are those of the audit
	Unread diag.Reason     // why its users cannot be worked out either

	Running WhatIfRunning // what falls due before the renewal
}

// WhatIfBill is a day on which a subscription may be billed.
type WhatIfBill struct {
	Date  date.Date
	Price int // number of the price list; 0: no price
	Days  int // of an upgrade: days it is charged for, of 365
	Bound int // of an agreed annual price: users it has to be for besides its own
}

// WhatIfPrice is a price from a day on.
type WhatIfPrice struct {
	From  date.Date
	Price int
}

// WhatIfBinding is a row whose licence binds an app: for what it pays from its own
// renewal on, before it for Before.
type WhatIfBinding struct {
	Line    string
	Renewal date.Date // zero: never
	Before  int
	Tops    int // price list whose tier tops bind, on Data Center; 0: the users paid for
}

// WhatIfOffer is the first bill of a renewal that accepts a quote in force.
type WhatIfOffer struct {
	Users  int
	Covers *int // the most users it is good for; nil: any number
	Amount money.Amount
}

// WhatIfOld is the price a quote can keep.
type WhatIfOld struct {
	Price int
	Users int           // that the quote is for unless another number is asked for
	Tier  pricing.Range // that it has to stay in; empty: any
}

// WhatIfChoice is how a subscription is renewed.
type WhatIfChoice struct {
	Cycle   pricing.Cycle
	Licence Licence
	Users   int // of a quote at the old price; 0: none is asked for
}

// Licence says what a renewal buys.
type Licence uint8

// The ways to renew a licence.
const (
	KeepLicence  Licence = iota // as it is today, at the list price or by the quote in force
	FitLicence                  // for the users, at the list price
	QuoteLicence                // at the old price, by quote
	AsPlanned                   // what the audit recommends, which is not worked out again
)

// whatIf describes how every bill of the coming term comes about.
func (w *work) whatIf() WhatIf {
	b := whatIfBuilder{work: w, book: newListBook()}
	out := WhatIf{}
	for _, bundle := range w.costs.Bundles {
		out.Bundles = append(out.Bundles, b.bundle(bundle))
	}
	out.Tiers = b.tiers()
	out.Prices = b.book.compiled()
	for i := range out.Tiers {
		out.Tiers[i].verify(out.Prices)
	}
	for i := range out.Bundles {
		out.Bundles[i].work(out.Prices, w.costs.Currency)
	}
	out.Amounts = sumOf(out.Bundles, func(b *WhatIfBundle) *WhatIfAmounts { return &b.Amounts })
	return out
}

type whatIfBuilder struct {
	*work
	book *listBook
}

func (b *whatIfBuilder) bundle(bundle *costing.Bundle) WhatIfBundle {
	out := WhatIfBundle{ID: bundle.ID(), Title: bundle.Title()}
	decision := b.plan.Decision(bundle)
	most := 0
	for i, p := range bundle.Products {
		out.Products = append(out.Products, WhatIfProduct{Site: p.Site, Key: p.Key, Name: estate.ProductName(p.Key), Users: usersOf(p),
			Candidates: len(p.Candidates), Removed: decision.Removed[i]})
		of := &out.Products[i]
		users := p.Users
		for _, c := range p.Changes() {
			of.Changes = append(of.Changes, UserChange{c.Date, c.Change})
			users += max(c.Change, 0)
		}
		most = max(most, users)
	}
	for _, l := range bundle.Lines {
		most = max(most, l.Users, l.Licensed, l.Billed)
	}
	for _, l := range bundle.Lines {
		out.Lines = append(out.Lines, b.line(l, WhatIfReach(most)))
	}
	return out
}

// WhatIfReach returns up to how many users a bundle is worked out that has so many
// at the most, planned ones among them.
func WhatIfReach(most int) int { return 2*most + 1000 }

func (b *whatIfBuilder) line(l *costing.Line, limit int) WhatIfLine {
	r, why := l.Recipe()
	out := WhatIfLine{
		Line: l.ID(), Of: r.Of, Own: r.Own, Row: -1, Kept: r.Kept, BillTerms: r.Terms, Agreed: r.Agreed,
		Today: l.Sub.Cycle, Start: l.Term.Start, End: l.Term.End, Locked: r.Locked.Or(why), Unread: why, Plan: b.choice(l),
	}
	if l.Counted() {
		out.Amounts = WhatIfAmounts{AsIs: l.AsIs, Entered: l.AsIs, Planned: b.plan.Recommended(l), Running: plan.RunningOf(l, b.costs.AsOf)}
	}
	if l.IsHost() {
		out.Row = l.Bundle.Product(l.Sub.Site, l.Sub.Key)
	} else if h := hostOf(l); h != nil {
		out.Host = h.ID()
	}
	for c, bills := range r.Bills {
		for _, bill := range bills {
			price, days := b.book.number(l, pricing.Cycle(c), bill.Price, limit), min(l.Term.End.Sub(bill.Date), 365)
			out.Bills[c] = append(out.Bills[c], WhatIfBill{bill.Date, price, days, bill.Bound})
		}
	}
	for _, m := range r.Moves {
		out.Moves = append(out.Moves, WhatIfPrice{m.From, b.book.number(l, pricing.Annual, m, limit)})
	}
	for _, p := range r.Movers {
		out.Movers = append(out.Movers, slices.Index(l.Bundle.Products, p))
	}
	if len(r.Bills[pricing.Annual]) > 0 {
		b.bound(l, &r, limit, &out)
	}
	if o := r.Offer; o != nil {
		out.Offer = &WhatIfOffer{Users: o.Users, Amount: o.Worth()}
		if !o.Open {
			out.Offer.Covers = new(o.Covers)
		}
	}
	if r.Old != nil {
		out.Old = &WhatIfOld{Price: b.book.number(l, pricing.Annual, *r.Old, limit), Users: l.QuoteUsers()}
		if l.Quote.InTier() {
			out.Old.Tier = l.Quote.Tier
		}
	}
	if b.plan.Combination(l) != nil || out.Locked.Given() {
		out.Plan.Licence = AsPlanned
	}
	b.running(l, limit, &out)
	return out
}

// bound says which licences bind an app on the days it is billed.
func (b *whatIfBuilder) bound(l *costing.Line, r *costing.Recipe, limit int, out *WhatIfLine) {
	for _, h := range r.Binds {
		if h.Charge() != nil {
			continue // a licence for people over several sites binds nothing on one of them
		}
		x := WhatIfBinding{Line: h.ID(), Renewal: h.Term.Start, Before: h.BindsBefore(l.Term.Start)}
		if v, _ := h.Timeline(pricing.Annual).At(h.Term.Start); v != nil && h.Sub.Hosting == pricing.DataCenter && !h.Term.Start.IsZero() {
			x.Tops = b.book.number(h, pricing.Annual, costing.RecipePrice{List: v}, limit)
		}
		out.Binds = append(out.Binds, x)
	}
}

// choice returns what the plan decides for a line.
func (b *whatIfBuilder) choice(l *costing.Line) WhatIfChoice {
	c := b.plan.Choice(l)
	out := WhatIfChoice{Cycle: c.Cycle}
	switch {
	case c.Locked:
		out.Licence, out.Users = QuoteLicence, cmp.Or(c.Quantity, l.QuoteUsers())
	case c.RightSize:
		out.Licence = FitLicence
	}
	return out
}

// hostOf returns the row of the product an app is linked to, or of the collection
// that pays for it; nil where there is none that is charged for its own site.
func hostOf(l *costing.Line) *costing.Line {
	i := slices.IndexFunc(l.Bundle.Lines, func(h *costing.Line) bool {
		return h.IsHost() && h.Sub.Site == l.Sub.Site && h.Sub.Pays(l.Sub.Host) && h.Charge() == nil
	})
	if i < 0 {
		return nil
	}
	return l.Bundle.Lines[i]
}
