// Package money holds the two kinds of money the audit knows: [Exact], a
// rational number that is never rounded, and [Amount], a rounded sum in whole
// minor units of one currency. [Exact.Round] is the only way from the first to
// the second, so a forgotten rounding does not compile.
//
// The package does not convert currencies and does not know prices. How numbers
// are written for people stands here too, once (words.go); in which words and
// columns, report decides. Everything that computes imports it.
package money

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strings"
)

// Exact is an exact rational number: a list price with twelve decimals, a
// factor, an amount before rounding. The zero value is 0. Values are
// immutable and safe to share; compare them with [Exact.Cmp], not with ==.
//
// Most values fit into an int64 fraction and are computed without
// allocating; what does not fit is held in a big.Rat, so that no operation
// can lose a digit.
type Exact struct {
	num int64
	den int64    // 0 stands for 1, so that the zero value is the number 0
	rat *big.Rat // set only when num/den does not fit
}

// Int returns n as an exact number.
func Int(n int64) Exact { return Exact{num: n, den: 1} }

// Ratio returns num/den; den must not be 0 (0 is returned for it, since a
// share of nothing is nothing).
func Ratio(num, den int64) Exact {
	switch {
	case den == 0:
		return Exact{}
	case den > 0:
		return reduced(num, den)
	}
	return fromRat(big.NewRat(num, den))
}

// ParseExact reads a plain decimal such as "8.60", "-0.5" or "010" (ten):
// digits with at most one decimal point and an optional sign, nothing else.
// Spellings of people (grouping, symbols, decimal commas) are resolved by
// ingest before this is called.
func ParseExact(s string) (Exact, error) {
	body := strings.TrimPrefix(s, "-")
	whole, frac, _ := strings.Cut(body, ".")
	if !isDigits(whole) || (strings.Contains(body, ".") && !isDigits(frac)) || len(body) > 400 {
		return Exact{}, fmt.Errorf("%q is not a decimal number", s)
	}
	r, ok := new(big.Rat).SetString(s) // base ten also with leading zeros, since it has no base prefix
	if !ok {
		return Exact{}, fmt.Errorf("%q is not a decimal number", s)
	}
	return fromRat(r), nil
}

func isDigits(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

func fromRat(r *big.Rat) Exact {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return Exact{num: r.Num().Int64(), den: r.Denom().Int64()}
	}
	return Exact{rat: r}
}

func (a Exact) denom() int64 {
	if a.den == 0 {
		return 1
	}
	return a.den
}

// big returns a as a big.Rat that the caller must not change.
func (a Exact) big() *big.Rat {
	if a.rat != nil {
		return a.rat
	}
	return big.NewRat(a.num, a.denom())
}

// Add returns a + b.
func (a Exact) Add(b Exact) Exact {
	if a.rat == nil && b.rat == nil {
		ad, bd := a.denom(), b.denom()
		if ad == bd {
			if s, ok := addInt(a.num, b.num); ok {
				return Exact{num: s, den: ad}
			}
		} else if n1, ok1 := mulInt(a.num, bd); ok1 {
			n2, ok2 := mulInt(b.num, ad)
			d, ok3 := mulInt(ad, bd)
			if s, ok4 := addInt(n1, n2); ok2 && ok3 && ok4 {
				return reduced(s, d)
			}
		}
	}
	return fromRat(new(big.Rat).Add(a.big(), b.big()))
}

// Neg returns -a.
func (a Exact) Neg() Exact {
	if a.rat == nil && a.num != math.MinInt64 {
		return Exact{num: -a.num, den: a.den}
	}
	return fromRat(new(big.Rat).Neg(a.big()))
}

// Sub returns a - b.
func (a Exact) Sub(b Exact) Exact { return a.Add(b.Neg()) }

// Mul returns a * b.
func (a Exact) Mul(b Exact) Exact {
	if a.rat == nil && b.rat == nil {
		n, ok1 := mulInt(a.num, b.num)
		d, ok2 := mulInt(a.denom(), b.denom())
		if ok1 && ok2 {
			return reduced(n, d)
		}
	}
	return fromRat(new(big.Rat).Mul(a.big(), b.big()))
}

// MulInt returns a * n.
func (a Exact) MulInt(n int) Exact {
	if a.rat == nil {
		if p, ok := mulInt(a.num, int64(n)); ok {
			return Exact{num: p, den: a.den}
		}
	}
	return a.Mul(Int(int64(n)))
}

// Div returns a / b, and 0 when b is 0: callers ask [Exact.Sign] first where
// the difference matters.
func (a Exact) Div(b Exact) Exact {
	if b.Sign() == 0 {
		return Exact{}
	}
	return fromRat(new(big.Rat).Quo(a.big(), b.big()))
}

// Sign returns -1, 0 or 1.
func (a Exact) Sign() int {
	if a.rat != nil {
		return a.rat.Sign()
	}
	switch {
	case a.num < 0:
		return -1
	case a.num > 0:
		return 1
	}
	return 0
}

// Cmp returns -1, 0 or 1 as a is less than, equal to or greater than b.
func (a Exact) Cmp(b Exact) int {
	if a.rat == nil && b.rat == nil && a.denom() == b.denom() {
		switch {
		case a.num < b.num:
			return -1
		case a.num > b.num:
			return 1
		}
		return 0
	}
	return a.big().Cmp(b.big())
}

// Rounding is a way to come from an exact number to whole minor units.
type Rounding uint8

const (
	// HalfUp rounds to the nearest minor unit, a half away from zero: the
	// rule for every bill line.
	HalfUp Rounding = iota
	// UpToUnit rounds away from zero to the next whole major unit: what
	// Atlassian does on annual app invoices (policy annual_app_rounding: up).
	UpToUnit
)

// Round turns a into an amount of currency c. It is unknown when c is empty
// or when the result does not fit.
func (a Exact) Round(c Currency, how Rounding) Amount {
	if c == "" {
		return Amount{}
	}
	unit := c.unit()
	if how == UpToUnit {
		whole, ok := roundQuo(a, 1, true)
		minor, fits := mulInt(whole, unit)
		if !ok || !fits {
			return Amount{}
		}
		return Amount{minor: minor, currency: c}
	}
	minor, ok := roundQuo(a, unit, false)
	if !ok {
		return Amount{}
	}
	return Amount{minor: minor, currency: c}
}

// roundQuo returns a*scale as a whole number: away from zero when up is set,
// else half away from zero.
func roundQuo(a Exact, scale int64, up bool) (int64, bool) {
	if a.rat == nil {
		if n, ok := mulInt(a.num, scale); ok {
			d := a.denom()
			q, r := n/d, n%d
			if r < 0 {
				r = -r
			}
			if (up && r > 0) || (!up && r >= d-r) && r > 0 {
				if n < 0 {
					q--
				} else {
					q++
				}
			}
			return q, true
		}
	}
	r := new(big.Rat).Mul(a.big(), new(big.Rat).SetInt64(scale))
	num, den := new(big.Int).Abs(r.Num()), r.Denom()
	q, m := new(big.Int).QuoRem(num, den, new(big.Int))
	if (up && m.Sign() > 0) || (!up && m.Lsh(m, 1).Cmp(den) >= 0) {
		q.Add(q, big.NewInt(1))
	}
	if r.Sign() < 0 {
		q.Neg(q)
	}
	if !q.IsInt64() {
		return 0, false
	}
	return q.Int64(), true
}

// Whole returns a as a whole number, half away from zero; false, and 0, where
// it does not fit.
func (a Exact) Whole() (int64, bool) { return roundQuo(a, 1, false) }

// Decimal returns a with at least minDigits decimals and as many as it needs
// up to twelve, the most a price list has; more than that (a share of 365
// days) is rounded half up there. It is for showing a step of a calculation,
// never for computing on.
func (a Exact) Decimal(minDigits int) string {
	s := a.big().FloatString(12)
	dot := strings.IndexByte(s, '.')
	for len(s)-dot-1 > minDigits && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	s = strings.TrimSuffix(s, ".")
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return s
}

// Percent returns a as a percentage with at most two decimals, half up:
// 0.1983 is "19.83%".
func (a Exact) Percent() string {
	s := a.MulInt(100).big().FloatString(2)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		s = "0"
	}
	return s + "%"
}

// SignedPercent returns a as a percentage with its sign: "+5%", "-5%"; 0 has
// none.
func (a Exact) SignedPercent() string {
	if a.Sign() > 0 {
		return "+" + a.Percent()
	}
	return a.Percent()
}

// Float returns the nearest float64, for the one place that needs it: the
// value of a spreadsheet cell.
func (a Exact) Float() float64 {
	f, _ := a.big().Float64()
	return f
}

func reduced(n, d int64) Exact {
	// Small denominators stay as they are: reducing costs more than it saves
	// until the numbers get large.
	if d < 1<<31 {
		return Exact{num: n, den: d}
	}
	g := gcd(n, d)
	return Exact{num: n / g, den: d / g}
}

func gcd(a, b int64) int64 {
	if a < 0 {
		a = -a
	}
	for b != 0 {
		a, b = b, a%b
	}
	if a <= 0 {
		return 1
	}
	return a
}

func addInt(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) == (b > 0)
}

func mulInt(a, b int64) (int64, bool) {
	if a == math.MinInt64 || b == math.MinInt64 {
		return 0, false
	}
	ua, ub := uint64(a), uint64(b)
	if a < 0 {
		ua = -ua
	}
	if b < 0 {
		ub = -ub
	}
	hi, lo := bits.Mul64(ua, ub)
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}
