package money_test

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/money"
)

func TestExactNumbersTravel(t *testing.T) {
	for want, e := range map[string]money.Exact{
		`"8.60"`: money.Ratio(86, 10), `"-0.50"`: money.Ratio(-1, 2), `"0.00"`: {}, `"0.000000000001"`: money.Ratio(1, 1e12),
		`"0.041095890411"`: money.Ratio(15, 365), `"-0.333333333333"`: money.Ratio(-1, 3),
	} {
		if text, err := json.Marshal(e); err != nil || string(text) != want {
			t.Errorf("got %s (%v), want %s", text, err, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		e := money.Ratio(rapid.Int64().Draw(rt, "numerator"), rapid.Int64Range(1, math.MaxInt64).Draw(rt, "denominator"))
		if rapid.Bool().Draw(rt, "huge") {
			e = e.Mul(e).Mul(e)
		}
		text, err := json.Marshal(e)
		var back money.Exact
		if err != nil || json.Unmarshal(text, &back) != nil {
			rt.Fatalf("%s cannot be read", text)
		}
		if fraction := e.Fraction(); fraction != "" {
			back, err = money.ParseFraction(fraction)
		}
		if err != nil || back.Cmp(e) != 0 {
			rt.Fatalf("written %s and %q, read %s", text, e.Fraction(), back.Decimal(2))
		}
	})
}

func TestAmountsTravel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{"USD", "JPY", "KWD"}).Draw(rt, "currency")
		a := money.Minor(rapid.Int64().Draw(rt, "minor"), c)
		if rapid.Bool().Draw(rt, "unknown") {
			a = money.Amount{}
		}
		text, err := json.Marshal(a)
		var raw money.Amount
		if err != nil || json.Unmarshal(text, &raw) != nil {
			rt.Fatalf("%s cannot be read: %v", text, err)
		}
		if back, err := raw.In(c); err != nil || back != a {
			rt.Fatalf("written %s, read %s %s (%v)", text, back, back.Currency(), err)
		}
		if a.Known() && raw.Add(a).Known() {
			rt.Fatal("an amount without a currency was added to another")
		}
	})
}

func TestNoAmounts(t *testing.T) {
	for _, text := range []string{`""`, `"1,000.00"`, `12.5`, `"1e3"`, `"99999999999999999999.00"`, `"1.2.3"`, `"."`} {
		var a money.Amount
		if err := json.Unmarshal([]byte(text), &a); err == nil {
			t.Errorf("%s was read as an amount", text)
		}
		var e money.Exact
		if err := json.Unmarshal([]byte(text), &e); err == nil && text != `"99999999999999999999.00"` {
			t.Errorf("%s was read as an exact number", text)
		}
	}
	for _, text := range []string{"1/0", "1/-2", "1/2/3", "/2", "0x1/2", "1.5", "1.5/2", ""} {
		if e, err := money.ParseFraction(text); err == nil {
			t.Errorf("%q was read as the fraction %s", text, e.Decimal(2))
		}
	}
	var a money.Amount
	if err := json.Unmarshal([]byte(`"12.50"`), &a); err != nil {
		t.Fatal(err)
	}
	for _, c := range []money.Currency{"JPY", "KWD", ""} {
		if got, err := a.In(c); err == nil {
			t.Errorf("12.50 was taken for %s %q", got, c)
		}
	}
}
