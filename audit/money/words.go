package money

import (
	"strconv"
	"strings"
)

// Group puts a comma between every three digits of a whole number.
func Group(whole string) string {
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + whole
}

// Grouped writes e for people: as Decimal, with a comma between every three
// digits before the point.
func (e Exact) Grouped(digits int) string {
	whole, fraction, has := strings.Cut(e.Decimal(digits), ".")
	if has {
		return Group(whole) + "." + fraction
	}
	return Group(whole)
}

// Count writes a whole number for people, with thousands separated by commas.
func Count(n int) string { return Group(strconv.Itoa(n)) }

// Plural writes a whole number with its noun: "1 seat", "1,200 seats".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Count(n) + " " + noun + "s"
}

// PluralHas is Plural with its verb: "1 seat has", "1,200 seats have".
func PluralHas(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " has"
	}
	return Plural(n, noun) + " have"
}

// PluralIs is Plural with its verb: "1 seat is", "1,200 seats are".
func PluralIs(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return Plural(n, noun) + " are"
}
