package records

import (
	"errors"
	"fmt"

	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/ingest/cell"
)

// What the cells of a record say, each rejecting the record when it cannot be
// read.

// must rejects the record when a cell that is needed is blank.
func (r *rows[T]) must(column, value string) bool {
	if value == "" {
		r.refuse(column, fmt.Errorf("is blank"))
		return false
	}
	return true
}

// word reads a word of a list and rejects the record when it is none of them.
func (r *rows[T]) word(column, value string, words ...string) int {
	i, err := cell.OneOf(value, words...)
	r.refuse(column, err)
	return i
}

// date reads a date that may be blank.
func (r *rows[T]) date(column, text string) date.Date {
	if text == "" {
		return date.Date{}
	}
	d, err := r.Date(text)
	r.refuse(column, err)
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

// product reads the site and product a row is about.
func (r *rows[T]) product(site, product string) (string, string) {
	r.must("site", site)
	r.must("product", product)
	return estate.SiteLabel(site), estate.ProductKey(product)
}

// refuseSilently rejects the record being parsed without quoting the cell.
func (r *rows[T]) refuseSilently(column string, err error, expected string) {
	if err != nil {
		r.refuse(column, errors.New(expected))
	}
}

// silentDate reads a date that may be blank, without quoting one that is bad.
func (r *rows[T]) silentDate(column, text string) date.Date {
	if text == "" {
		return date.Date{}
	}
	d, err := r.Date(text)
	r.refuseSilently(column, err, "expected a date such as 2026-12-31")
	return d
}
