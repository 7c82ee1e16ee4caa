package money_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/money"
)

// number draws an exact number and the same as a big.Rat: small ones, ones
// near the limits of int64, and ones beyond.
func number(t *rapid.T, label string) (money.Exact, *big.Rat) {
	edge := rapid.OneOf(
		rapid.Int64Range(-1000, 1000),
		rapid.Int64(),
		rapid.SampledFrom([]int64{math.MinInt64, math.MinInt64 + 1, math.MaxInt64, math.MaxInt64 - 1, math.MaxInt64 / 2, math.MinInt64 / 2, 1 << 31, 1<<31 - 1, 1 << 32, -1, 0, 1}),
	)
	num := edge.Draw(t, label)
	den := int64(1)
	if rapid.Bool().Draw(t, label+" is a fraction") {
		if den = edge.Draw(t, label+" denominator"); den == 0 {
			den = 100
		}
	}
	e, r := money.Ratio(num, den), big.NewRat(num, den)
	if den == 1 && rapid.Bool().Draw(t, label+" as int") {
		e = money.Int(num)
	}
	if rapid.IntRange(0, 4).Draw(t, label+" beyond") == 0 {
		e, r = e.Mul(money.Int(math.MaxInt64)), new(big.Rat).Mul(r, new(big.Rat).SetInt64(math.MaxInt64))
	}
	return e, r
}

// same compares through the text with twelve decimals and through Cmp with an
// exact rebuilt from the reference.
func same(t *rapid.T, what string, got money.Exact, want *big.Rat) {
	t.Helper()
	if !equal(got, want) {
		t.Fatalf("%s: got %s, want %s", what, got.Decimal(12), want.FloatString(12))
	}
}

// equal divides out the reference, digit by digit of its fraction.
func equal(got money.Exact, want *big.Rat) bool {
	num, err1 := money.ParseExact(want.Num().String())
	den, err2 := money.ParseExact(want.Denom().String())
	return err1 == nil && err2 == nil && got.Mul(den).Cmp(num) == 0 && got.Sign() == want.Sign()
}

func TestExactIsBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := number(t, "a")
		b, rb := number(t, "b")
		n := rapid.IntRange(math.MinInt, math.MaxInt).Draw(t, "n")
		same(t, "a + b", a.Add(b), new(big.Rat).Add(ra, rb))
		same(t, "a - b", a.Sub(b), new(big.Rat).Sub(ra, rb))
		same(t, "a x b", a.Mul(b), new(big.Rat).Mul(ra, rb))
		same(t, "-a", a.Neg(), new(big.Rat).Neg(ra))
		same(t, "a x n", a.MulInt(n), new(big.Rat).Mul(ra, new(big.Rat).SetInt64(int64(n))))
		if rb.Sign() != 0 {
			same(t, "a / b", a.Div(b), new(big.Rat).Quo(ra, rb))
		}
		if got, want := a.Cmp(b), ra.Cmp(rb); got != want {
			t.Fatalf("cmp: got %d, want %d", got, want)
		}
		if got, want := a.Sign(), ra.Sign(); got != want {
			t.Fatalf("sign: got %d, want %d", got, want)
		}
	})
}

// slowRound is the rounding rule in big integers, without a fast path.
func slowRound(r *big.Rat, unit int64, how money.Rounding) *big.Int {
	scale := big.NewInt(unit)
	if how == money.UpToUnit {
		scale = big.NewInt(1)
	}
	num := new(big.Int).Mul(new(big.Int).Abs(r.Num()), scale)
	twice := new(big.Int).Mul(num, big.NewInt(2))
	q := new(big.Int)
	if how == money.UpToUnit { // ceiling of num / den
		q.Div(new(big.Int).Add(num, new(big.Int).Sub(r.Denom(), big.NewInt(1))), r.Denom())
		q.Mul(q, big.NewInt(unit))
	} else { // floor of (2 num + den) / (2 den)
		q.Div(twice.Add(twice, r.Denom()), new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	}
	if r.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

func TestRoundIsTheSlowRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, r := number(t, "a")
		if rapid.Bool().Draw(t, "half") { // exact halves of a cent
			n := rapid.Int64Range(-1<<40, 1<<40).Draw(t, "halves")
			e, r = money.Ratio(n, 200), big.NewRat(n, 200)
		}
		for currency, unit := range map[money.Currency]int64{"USD": 100, "JPY": 1, "KWD": 1000} {
			for _, how := range []money.Rounding{money.HalfUp, money.UpToUnit} {
				got, want := e.Round(currency, how), slowRound(r, unit, how)
				if !got.Known() && want.IsInt64() && want.Int64() == math.MinInt64 {
					continue // the one value that has no opposite may also be unknown
				}
				if got.Known() != want.IsInt64() || got.Known() && got.MinorUnits() != want.Int64() {
					t.Fatalf("%s in %s, rounding %d: got %d (known %v), want %s", r, currency, how, got.MinorUnits(), got.Known(), want)
				}
			}
		}
	})
}

func TestAmountTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{"USD", "JPY", "KWD"}).Draw(t, "currency")
		a := money.Minor(rapid.Int64().Draw(t, "minor"), c)
		back, err := money.ParseAmount(a.String(), c)
		if err != nil || back != a {
			t.Fatalf("%s %s: read back as %s %v", a, c, back, err)
		}
	})
}

func TestDecimalIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,25}(\.[0-9]{1,12})?`).Draw(t, "decimal")
		e := dec(text)
		for _, digits := range []int{0, 2, 12} {
			if back := dec(e.Decimal(digits)); back.Cmp(e) != 0 {
				t.Fatalf("%s with %d decimals: %s", text, digits, e.Decimal(digits))
			}
		}
	})
}

func TestAmountSumsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int64().Draw(t, "x"), rapid.Int64().Draw(t, "y")
		n := rapid.IntRange(-1000, 1000).Draw(t, "n")
		a, b := money.Minor(x, "USD"), money.Minor(y, "USD")
		check := func(what string, got money.Amount, want *big.Int) {
			if got.Known() && (!want.IsInt64() || want.Int64() != got.MinorUnits()) {
				t.Fatalf("%s: got %d, want %s", what, got.MinorUnits(), want)
			}
			// The one value that has no opposite may also be unknown.
			if !got.Known() && want.IsInt64() && x != math.MinInt64 && y != math.MinInt64 && want.Int64() != math.MinInt64 {
				t.Fatalf("%s: got unknown, want %s", what, want)
			}
		}
		bx, by := big.NewInt(x), big.NewInt(y)
		check("x + y", a.Add(b), new(big.Int).Add(bx, by))
		check("x - y", a.Sub(b), new(big.Int).Sub(bx, by))
		check("-x", a.Neg(), new(big.Int).Neg(bx))
		check("x * n", a.Times(n), new(big.Int).Mul(bx, big.NewInt(int64(n))))
	})
}

// TestPartsAddUp: the parts of an amount add up to it, and none differs by more
// than one minor unit from another (METHOD 1.31).
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Minor(rapid.Int64Range(-1e12, 1e12).Draw(t, "minor"), "USD")
		n := rapid.IntRange(1, 700).Draw(t, "parts")
		sum, least, most := money.Zero("USD"), a.Part(0, n).MinorUnits(), a.Part(0, n).MinorUnits()
		for i := range n {
			part := a.Part(i, n)
			sum = sum.Add(part)
			least, most = min(least, part.MinorUnits()), max(most, part.MinorUnits())
		}
		if sum != a || most-least > 1 {
			t.Fatalf("%d parts of %s add up to %s, between %d and %d", n, a, sum, least, most)
		}
	})
	if (money.Amount{}).Part(0, 2).Known() || money.Minor(5, "USD").Part(0, 0).Known() {
		t.Error("a part of what is not known, or of no parts, is known")
	}
}
