package report

import (
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// The tables of the what-if model: what readers enter and what comes of it, one row
// for each bill that may fall due, and the prices of the bills.
const (
	whatIfTable = "whatif"
	billsTable  = "bills"
	pricesTable = "prices"
)

// Words that readers choose from, and that formulas compare.
const (
	asHost    Word = "as host"
	asToday   Word = "today"
	keep      Word = "keep"
	fit       Word = "fit"
	quote     Word = "quote"
	asPlanned Word = "as planned"
	annual    Word = "annual"
	monthly   Word = "monthly"
)

// licenceWords are the words of what a renewal buys.
var licenceWords = [...]Word{audit.KeepLicence: keep, audit.FitLicence: fit, audit.QuoteLicence: quote, audit.AsPlanned: asPlanned}

var cycleWords = [...]Word{pricing.Monthly: monthly, pricing.Annual: annual}

// whatIfModel is the model as rows: it repeats the arithmetic of the coming term by
// formulas over what readers enter (METHOD 22.2). The values beside the formulas are
// those of the audit.
type whatIfModel struct {
	*audit.Result
	cells *lineCells
	seats seatsBySite
	// removals finds the action that removes seats of a product on a site and of no
	// other; by none where several do.
	removals func() map[[2]string]*audit.Action
	rows     []*whatIfRow
	bills    []*billRow
	rises    []*riseRow
	billed   map[string][]*billRow // by the id of the subscription
}

// whatIfRow is a bundle, or a subscription or product of it. The first row adds all
// bundles up.
type whatIfRow struct {
	*whatIfModel
	bundle  *audit.WhatIfBundle  // nil for the first row
	product *audit.WhatIfProduct // whose users are entered in the row; nil for none
	line    *audit.WhatIfLine    // nil but for a subscription
	of      *audit.Line          // the same
}

func newWhatIf(r *audit.Result) *whatIfModel {
	w := &whatIfModel{Result: r, cells: newLineCells(r), seats: newSeatsBySite(r), removals: actionsOfOne(r), billed: map[string][]*billRow{}}
	if len(r.WhatIf.Bundles) > 0 {
		w.rows = append(w.rows, &whatIfRow{whatIfModel: w})
	}
	for b := range each(r.WhatIf.Bundles) {
		w.rows = append(w.rows, &whatIfRow{whatIfModel: w, bundle: b})
		w.rows = append(w.rows, w.members(b)...)
		for l := range each(b.Lines) {
			w.rises = append(w.rises, w.risesOf(b, l)...)
			if binds := l.Row >= 0 && len(l.Bills[pricing.Annual]) > 0; len(l.Rows[audit.Untouched][l.Today]) > 0 && (binds || !l.Locked.Given()) {
				w.billed[l.Line] = w.billsOf(b, l)
				w.bills = append(w.bills, w.billed[l.Line]...)
			}
		}
	}
	return w
}

// whatIfSheets are what readers enter, the bills that follow, what falls due before
// renewals, and the prices.
func whatIfSheets(r *audit.Result) []Sheet {
	w := newWhatIf(r)
	return []Sheet{w.sheet(), w.billsSheet(), w.risesSheet(), pricesSheet(r)}
}

// members returns the products of a bundle, subscribed or not, and then its apps.
func (w *whatIfModel) members(b *audit.WhatIfBundle) []*whatIfRow {
	var products, apps []*whatIfRow
	for l := range each(b.Lines) {
		row := &whatIfRow{whatIfModel: w, bundle: b, line: l, of: w.cells.lines[l.Line]}
		if l.Row < 0 {
			apps = append(apps, row)
			continue
		}
		if l == b.Own(l.Row) {
			row.product = &b.Products[l.Row]
		}
		products = append(products, row)
	}
	for i := range b.Products {
		if b.Own(i) == nil {
			products = append(products, &whatIfRow{whatIfModel: w, bundle: b, product: &b.Products[i]})
		}
	}
	return slices.Concat(products, apps)
}

// key names the row for formulas.
func (r *whatIfRow) key() string {
	switch {
	case r.bundle == nil:
		return "all"
	case r.line != nil:
		return r.line.Line
	case r.product != nil:
		return productKey(r.product)
	}
	return "bundle " + r.bundle.ID
}

func productKey(p *audit.WhatIfProduct) string { return "product " + p.Site + "/" + p.Key }

// enteredIn returns the key of the row in which the users of a product are entered.
func enteredIn(b *audit.WhatIfBundle, i int) string {
	if own := b.Own(i); own != nil {
		return own.Line
	}
	return productKey(&b.Products[i])
}

// sums reports whether the row adds others up.
func (r *whatIfRow) sums() bool { return r.line == nil && r.product == nil }

// live reports whether the amounts of the row are worked out by formulas.
func (r *whatIfRow) live() bool { return r.line != nil && !r.line.Locked.Given() }

// peopled reports whether users are entered in the row: those of a product, or of an
// app that is charged for its own.
func (r *whatIfRow) peopled() bool {
	return r.product != nil && r.product.Users != nil || r.live() && r.of.Basis == estate.OwnUsers && !r.line.Agreed
}

// users returns the users of today that the row is about.
func (r *whatIfRow) users() *int {
	switch {
	case r.product != nil:
		return r.product.Users
	case r.of != nil:
		return r.of.Users
	}
	return nil
}

// index returns the position in the bundle of the product of the row, -1 for none.
func (r *whatIfRow) index() int {
	for i := range r.bundle.Products {
		if r.product == &r.bundle.Products[i] {
			return i
		}
	}
	return -1
}

// cycles reports whether the row can be billed in either cycle and decides it itself.
func (r *whatIfRow) cycles() bool {
	return r.live() && r.line.Host == "" && r.line.Bills[pricing.Monthly] != nil && r.line.Bills[pricing.Annual] != nil
}

// firstDay is from when on people who are added count unless readers say otherwise.
func (w *whatIfModel) firstDay() date.Date { return w.Run.AsOf.AddDays(1) }

// digits is how many decimals an amount of the run has.
func (w *whatIfModel) digits() Number { return Number(w.Run.Currency.Digits()) }

// lastDay is the last day that any term holds.
func (w *whatIfModel) lastDay() date.Date {
	last := w.firstDay()
	for l := range each(w.Lines) {
		last = date.Max(last, l.TermEnd)
	}
	return last
}

// under returns the keys of the first and last row below a bundle, or below all.
func (r *whatIfRow) under() (first, last string) {
	for _, x := range r.rows {
		if x == r || r.bundle != nil && (x.bundle != r.bundle || x.sums()) {
			continue
		}
		if first == "" {
			first = x.key()
		}
		last = x.key()
	}
	return first, last
}

// sheet lists what readers enter, and what comes of it.
func (w *whatIfModel) sheet() Sheet {
	return Sheet{
		Name: "What-if", Grain: "One row per subscription, under the bundle it is decided with; change the yellow cells and read what the coming term then costs",
		Lead: []string{
			"Read the result in What-if and Difference; the first row adds all up. About your entries says what an entry cannot do.",
			"With nothing entered, What-if is what renewing as is costs. Enter the values of the columns Plan, and it is what is recommended.",
			"Apps follow the product with the most users, and what its licence binds them to. Peaks within a month are in no amount.",
			"Before renewal is what people you add cost until then, and people above the licence of today. Only Together includes it.",
		},
		Protected: true,
		Table: TableOf[*whatIfRow]{
			ID: whatIfTable, Title: "What-if", Empty: "No subscription is known.", Rows: slices.Values(w.rows), Key: (*whatIfRow).key,
			Columns: slices.Concat(w.entered(), whatIfResults, whatIfPlan, whatIfHelpers), Sum: true,
		}.Table(),
	}
}

// amounts returns what the row costs; unknown for one in no total.
func (r *whatIfRow) amounts() *audit.WhatIfAmounts {
	switch {
	case r.bundle == nil:
		return &r.WhatIf.Amounts
	case r.line != nil:
		return &r.line.Amounts
	case r.sums():
		return &r.bundle.Amounts
	}
	return &audit.WhatIfAmounts{}
}
