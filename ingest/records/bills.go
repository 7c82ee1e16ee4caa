package records

import (
	"cmp"
	"fmt"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

// quoteRow is a row of the quotes table as written.
type quoteRow struct {
	Number     string `csv:"number"`
	Date       string `csv:"date"`
	ValidUntil string `csv:"valid_until"`
	From       string `csv:"period_from"`
	Site       string `csv:"site"`
	Key        string `csv:"key"`
	Users      string `csv:"users"`
	Cycle      string `csv:"cycle"`
	Amount     string `csv:"amount"`
	Currency   string `csv:"currency"`
}

// invoiceRow is a row of the invoices table as written.
type invoiceRow struct {
	Number   string `csv:"number"`
	Date     string `csv:"date"`
	From     string `csv:"period_from"`
	To       string `csv:"period_to"`
	Site     string `csv:"site"`
	Key      string `csv:"key"`
	Users    string `csv:"users"`
	Amount   string `csv:"amount"`
	Currency string `csv:"currency"`
}

// Quote is a row that could be read, with the amount still as text: its currency
// may be that of the organisation, which is known last.
type Quote struct {
	estate.Quote
	owed
}

// Invoice is a row that could be read, with the amount still as text.
type Invoice struct {
	estate.Invoice
	owed
}

// owed is the amount of a row that is read when the organisation's currency is
// known.
type owed struct {
	text     string
	currency money.Currency // "" = that of the organisation
	reject   func(error)
}

// ReadQuotes reads the quotes table.
func (t *Tables) ReadQuotes(s *sheet.Sheet) { t.Quotes = collect(s, t.Quotes, quote) }

// ReadInvoices reads the invoices table.
func (t *Tables) ReadInvoices(s *sheet.Sheet) { t.Invoices = collect(s, t.Invoices, invoice) }

func quote(r *rows[quoteRow], rec quoteRow, at diag.Source) Quote {
	q := Quote{Quote: estate.Quote{Number: rec.Number, Source: at}}
	r.must("number", rec.Number)
	q.Date = r.needDate("date", rec.Date)
	q.ValidUntil = r.date("valid_until", rec.ValidUntil)
	r.notBefore("valid_until", q.ValidUntil, "date", q.Date)
	q.From = r.date("period_from", rec.From)
	q.Site, q.Key = r.bought(rec.Site, rec.Key)
	if r.must("users", rec.Users) {
		q.Users = r.billedFor(rec.Users, rec.Amount)
	}
	if r.must("cycle", rec.Cycle, cycleWords...) {
		var err error
		q.Cycle, err = pricing.ParseCycle(rec.Cycle)
		r.refuse("cycle", cell.Refuse(rec.Cycle, err, cell.Allowed(cycleWords...)))
	}
	q.owed = r.owed(rec.Amount, rec.Currency)
	return q
}

func invoice(r *rows[invoiceRow], rec invoiceRow, at diag.Source) Invoice {
	i := Invoice{Invoice: estate.Invoice{Number: rec.Number, Source: at}}
	r.must("number", rec.Number)
	i.Date = r.needDate("date", rec.Date)
	i.From = r.needDate("period_from", rec.From)
	i.To = r.needDate("period_to", rec.To)
	r.notBefore("period_to", i.To, "period_from", i.From)
	i.Site, i.Key = r.bought(rec.Site, rec.Key)
	if rec.Users != "" {
		i.Users = r.billedFor(rec.Users, rec.Amount)
	}
	i.owed = r.owed(rec.Amount, rec.Currency)
	return i
}

// bought reads the site and subscription a bill is for: Guard has no site but the
// organisation.
func (r *rows[T]) bought(site, key string) (string, string) {
	r.must("key", key)
	if estate.IsGuard(estate.ProductKey(key)) {
		return estate.WholeOrganisation, cell.Plain(key)
	}
	r.must("site", site)
	return estate.SiteLabel(site), cell.Plain(key)
}

// billedFor reads the users of a bill, of a tier its last: nobody is billed for
// nobody. The amount beside it may tell what divides thousands.
func (r *rows[T]) billedFor(text, amount string) int {
	n, err := cell.Top(text, amount)
	if err == nil && n == 0 {
		err = &cell.Wrong{Value: text, Expected: "expected 1 user or more"}
	}
	r.refuse("users", err)
	return n
}

// notBefore rejects the record when a day that has to follow another comes
// before it.
func (r *rows[T]) notBefore(column string, d date.Date, than string, first date.Date) {
	if !d.IsZero() && !first.IsZero() && d.Before(first) {
		r.refuse(column, fmt.Errorf("%s is before %s %s", d, than, first))
	}
}

// owed reads the currency of an amount: that of its column, else the one the
// amount itself names.
func (r *rows[T]) owed(text, currency string) owed {
	r.must("amount", text)
	o, record := owed{text: text, currency: cell.CurrencyIn(text)}, r.now
	if currency != "" {
		o.currency = r.currency("currency", currency)
	}
	o.reject = func(err error) { r.reject(record, "amount", err) }
	return o
}

// settle reads the amount; false where it rejects the row.
func (o *owed) settle(organisation money.Currency) (money.Amount, bool) {
	if cell.Negative(o.text) {
		o.reject(&cell.Wrong{Value: o.text, Expected: "below 0; a credit note is not compared with anything: leave its row out"})
		return money.Amount{}, false
	}
	a, err := amount(o.text, cmp.Or(o.currency, organisation))
	if err != nil {
		o.reject(err)
	}
	return a, err == nil
}

// SettleQuotes reads the amounts of quotes, in the organisation's currency where
// a row names none.
func SettleQuotes(all []Quote, organisation money.Currency) []estate.Quote {
	var out []estate.Quote
	for _, q := range all {
		var ok bool
		if q.Amount, ok = q.settle(organisation); ok {
			out = append(out, q.Quote)
		}
	}
	return out
}

// SettleInvoices reads the amounts of invoices, as SettleQuotes does.
func SettleInvoices(all []Invoice, organisation money.Currency) []estate.Invoice {
	var out []estate.Invoice
	for _, i := range all {
		var ok bool
		if i.Amount, ok = i.settle(organisation); ok {
			out = append(out, i.Invoice)
		}
	}
	return out
}
