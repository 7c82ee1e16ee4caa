package records

import (
	"errors"

	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/cell"
)

// What the cells of a record say, each rejecting the record when it cannot be
// read.

// must rejects the record when a cell that is needed is blank. What it may hold
// is said where that is a list of words.
func (r *rows[T]) must(column, value string, words ...string) bool {
	switch {
	case value != "":
		return true
	case len(words) > 0:
		r.refuse(column, errors.New("missing; "+cell.Allowed(words...)))
	default:
		r.refuse(column, errors.New("missing"))
	}
	return false
}

// word reads a word of a list and rejects the record when it is none of them.
func (r *rows[T]) word(column, value string, words ...string) int {
	i, err := cell.OneOf(value, words...)
	r.refuse(column, err)
	return i
}

// The words of columns that another package reads.
var (
	cycleWords   = []string{"monthly", "annual"}
	hostingWords = []string{"cloud", "data-center"}
	modeWords    = []string{"graduated", "volume", "block", "from-monthly"}
)

// currency reads the code of a currency.
func (r *rows[T]) currency(column, text string) money.Currency {
	c, err := money.ParseCurrency(text)
	r.refuse(column, cell.Refuse(text, err, "expected a three-letter code such as USD"))
	return c
}

// date reads a date that may be blank.
func (r *rows[T]) date(column, text string) date.Date {
	if text == "" {
		return date.Date{}
	}
	d, form, err := r.Date(text)
	r.refuse(column, err)
	if r.forms == nil {
		r.forms = map[string]cell.Form{}
	}
	r.forms[column] |= form
	return d
}

// needDate reads a date that must be there.
func (r *rows[T]) needDate(column, text string) date.Date {
	if !r.must(column, text) {
		return date.Date{}
	}
	return r.date(column, text)
}

// count reads a number that may be blank.
func (r *rows[T]) count(column, text string) int {
	if text == "" {
		return 0
	}
	n, err := cell.Count(text)
	r.refuse(column, err)
	return n
}

// amount reads an amount in a currency, which may be that of the organisation and
// is then known last; "" is none.
func amount(text string, c money.Currency) (money.Amount, error) {
	if c == "" {
		return money.Amount{}, errors.New("has no currency; add a column currency, or currency: in audit.yaml")
	}
	e, err := cell.Money(text, c, cell.RefuseLone)
	if err != nil {
		return money.Amount{}, err
	}
	a := e.Round(c, money.HalfUp)
	if !a.Known() || a.Exact().Cmp(e) != 0 {
		return money.Amount{}, &cell.Wrong{Value: text, Expected: "more decimals than " + string(c) + " has"}
	}
	return a, nil
}

// product reads the site and product a row is about.
func (r *rows[T]) product(site, product string) (string, string) {
	r.must("site", site)
	r.must("product", product)
	return estate.SiteLabel(site), estate.ProductKey(product)
}
