package money

import (
	"fmt"
	"strconv"
	"strings"
)

// Amount is a rounded sum in whole minor units of one currency. The zero
// value is the *unknown* amount: a price that is missing is never 0. Any sum
// with an unknown amount, of two currencies, or too large to hold is unknown
// as well. Amounts are comparable with ==.
type Amount struct {
	minor    int64
	currency Currency
}

// Zero is the known amount 0 of currency c.
func Zero(c Currency) Amount { return Amount{currency: c} }

// Minor returns an amount of n minor units (cents) of currency c.
func Minor(n int64, c Currency) Amount {
	if c == "" {
		return Amount{}
	}
	return Amount{minor: n, currency: c}
}

// ParseAmount reads the form [Amount.String] writes, for currency c; the
// empty text is the unknown amount.
func ParseAmount(s string, c Currency) (Amount, error) {
	if s == "" {
		return Amount{}, nil
	}
	e, err := ParseExact(s)
	if err != nil {
		return Amount{}, err
	}
	a := e.Round(c, HalfUp)
	if !a.Known() || a.Exact().Cmp(e) != 0 {
		return Amount{}, fmt.Errorf("%q has more decimals than %s has, or is too large", s, c)
	}
	return a, nil
}

// Known reports whether a is an amount at all.
func (a Amount) Known() bool { return a.currency != "" }

// Currency returns the currency of a, empty when a is unknown.
func (a Amount) Currency() Currency { return a.currency }

// MinorUnits returns a in minor units; 0 when a is unknown, so ask Known first.
func (a Amount) MinorUnits() int64 { return a.minor }

// Add returns a + b: unknown when either is, or when the currencies differ.
func (a Amount) Add(b Amount) Amount {
	if !a.Known() || a.currency != b.currency {
		return Amount{}
	}
	s, ok := addInt(a.minor, b.minor)
	if !ok {
		return Amount{}
	}
	return Amount{minor: s, currency: a.currency}
}

// Neg returns -a.
func (a Amount) Neg() Amount { return a.Times(-1) }

// Sub returns a - b, unknown under the same conditions as Add.
func (a Amount) Sub(b Amount) Amount { return a.Add(b.Neg()) }

// Times returns a * n.
func (a Amount) Times(n int) Amount {
	p, ok := mulInt(a.minor, int64(n))
	if !ok {
		return Amount{}
	}
	return Amount{minor: p, currency: a.currency}
}

// Part returns part i, from 0, of n parts that add up to a; none differs by more
// than one minor unit from another. It is unknown when a is.
func (a Amount) Part(i, n int) Amount {
	if !a.Known() || n < 1 {
		return Amount{}
	}
	upTo := func(i int) Exact { return a.Exact().Mul(Ratio(int64(i), int64(n))) }
	return upTo(i+1).Round(a.currency, HalfUp).Sub(upTo(i).Round(a.currency, HalfUp))
}

// Sign returns -1, 0 or 1; 0 also when a is unknown.
func (a Amount) Sign() int { return a.Exact().Sign() }

// Less reports whether a is the smaller known amount; an unknown amount is
// less than nothing and nothing is less than it.
func (a Amount) Less(b Amount) bool {
	return a.Known() && a.currency == b.currency && a.minor < b.minor
}

// Exact returns a for further exact computing.
func (a Amount) Exact() Exact {
	if !a.Known() {
		return Exact{}
	}
	return Exact{num: a.minor, den: a.currency.unit()}
}

// String returns a as a plain decimal with the digits of its currency, such
// as "3175.00" (JPY "3175"); the unknown amount is the empty string.
func (a Amount) String() string {
	if !a.Known() {
		return ""
	}
	s := strconv.FormatInt(a.minor, 10)
	d := a.currency.Digits()
	if d == 0 {
		return s
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for len(s) <= d {
		s = "0" + s
	}
	return sign + s[:len(s)-d] + "." + s[len(s)-d:]
}

// Grouped returns a for people, with thousands separated by commas:
// "1,234,567.00"; the unknown amount is "unknown".
func (a Amount) Grouped() string {
	if !a.Known() {
		return "unknown"
	}
	whole, frac, dot := strings.Cut(a.String(), ".")
	if dot {
		frac = "." + frac
	}
	return Group(whole) + frac
}

// Sum adds amounts of currency c; unknown when one of them is unknown or of
// another currency.
func Sum(c Currency, amounts ...Amount) Amount {
	total := Zero(c)
	for _, a := range amounts {
		total = total.Add(a)
	}
	return total
}
