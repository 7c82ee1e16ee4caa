package money_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"tierline/audit/money"
)

func dec(s string) money.Exact {
	e, err := money.ParseExact(s)
	if err != nil {
		panic(err)
	}
	return e
}

func TestParseExact(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "010": "10", "8.60": "8.6", "-0.5": "-0.5", "-0": "0", "00.10": "0.1", "47.9875": "47.9875",
		"0.000000000001": "0.000000000001", "9223372036854775807": "9223372036854775807", "9223372036854775808": "9223372036854775808",
		"123456789012345678901234567890.5": "123456789012345678901234567890.5",
	} {
		e, err := money.ParseExact(in)
		if err != nil {
			t.Errorf("%q: %v", in, err)
		} else if got := e.Decimal(0); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{
		"", " ", "1e5", "1E5", "0x10", "0b1", "0o7", "1_000", ".5", "5.", ".", "-", "--5", "-.5", "+1", " 1", "1 ", "1,5", "1.2.3",
		"1/2", "Inf", "NaN", "-Inf", "٣", "1.٣", "€5", "1\n", strings.Repeat("9", 500),
	} {
		if e, err := money.ParseExact(in); err == nil {
			t.Errorf("%q: got %s, want an error", in, e.Decimal(2))
		}
	}
}

// METHOD 2.11.
func TestRoundHalfUp(t *testing.T) {
	for _, c := range []struct {
		in       string
		currency money.Currency
		want     string
	}{
		{"47.9875", "USD", "47.99"},
		{"1.005", "USD", "1.01"}, {"1.0049999", "USD", "1.00"}, {"1.0050001", "USD", "1.01"},
		{"1.015", "USD", "1.02"}, {"1.025", "USD", "1.03"}, // not to even
		{"-1.005", "USD", "-1.01"}, {"-1.0049999", "USD", "-1.00"}, {"-1.0050001", "USD", "-1.01"}, // a half away from zero
		{"0.004", "USD", "0.00"}, {"0.005", "USD", "0.01"}, {"-0.004", "USD", "0.00"}, {"-0.005", "USD", "-0.01"},
		{"0", "USD", "0.00"}, {"12", "USD", "12.00"},
		{"496.5", "JPY", "497"}, {"496.49", "JPY", "496"}, {"-496.5", "JPY", "-497"}, {"0.5", "JPY", "1"},
		{"1.0005", "KWD", "1.001"}, {"1.00049", "KWD", "1.000"}, {"0.001", "KWD", "0.001"}, {"-0.0005", "KWD", "-0.001"},
	} {
		a := dec(c.in).Round(c.currency, money.HalfUp)
		if got := a.String(); got != c.want || a.Currency() != c.currency {
			t.Errorf("%s %s: got %s %s, want %s", c.in, c.currency, got, a.Currency(), c.want)
		}
	}
	if got := money.Ratio(1, 3).Round("USD", money.HalfUp).String(); got != "0.33" {
		t.Errorf("1/3: got %s, want 0.33", got)
	}
	if got := money.Ratio(2, 3).Round("USD", money.HalfUp).String(); got != "0.67" {
		t.Errorf("2/3: got %s, want 0.67", got)
	}
	if dec("1").Round("", money.HalfUp).Known() {
		t.Error("without a currency: want the unknown amount")
	}
}

// METHOD 2.11.
func TestRoundUpToUnit(t *testing.T) {
	for _, c := range []struct {
		in       string
		currency money.Currency
		want     string
	}{
		{"1532.23", "USD", "1533.00"}, {"2749.78", "USD", "2750.00"}, {"412.50", "USD", "413.00"},
		{"7185", "USD", "7185.00"}, {"0.0001", "USD", "1.00"}, {"0", "USD", "0.00"}, {"-0.01", "USD", "-1.00"},
		{"12.1", "JPY", "13"}, {"12.001", "KWD", "13.000"},
	} {
		if got := dec(c.in).Round(c.currency, money.UpToUnit).String(); got != c.want {
			t.Errorf("%s %s up to the unit: got %s, want %s", c.in, c.currency, got, c.want)
		}
	}
}

func TestRoundOfWhatDoesNotFitIsUnknown(t *testing.T) {
	for _, in := range []string{"92233720368547758.08", "-92233720368547758.09", "9223372036854775807", "99999999999999999999999"} {
		if a := dec(in).Round("USD", money.HalfUp); a.Known() {
			t.Errorf("%s: got %s, want unknown", in, a)
		}
		if a := dec(in).Round("USD", money.UpToUnit); a.Known() {
			t.Errorf("%s up: got %s, want unknown", in, a)
		}
	}
	if got := dec("92233720368547758.07").Round("USD", money.HalfUp).String(); got != "92233720368547758.07" {
		t.Errorf("the largest amount: got %s", got)
	}
}

func TestTheUnknownAmount(t *testing.T) {
	var unknown money.Amount
	one, euro := money.Minor(100, "USD"), money.Minor(100, "EUR")
	if unknown.Known() || unknown.String() != "" || unknown.Grouped() != "unknown" || unknown.Sign() != 0 || unknown.Currency() != "" {
		t.Error("the zero value is the unknown amount")
	}
	if !money.Zero("USD").Known() || money.Zero("USD") == unknown || money.Zero("USD").String() != "0.00" {
		t.Error("0.00 is a known amount")
	}
	for name, got := range map[string]money.Amount{
		"known + unknown":     one.Add(unknown),
		"unknown + known":     unknown.Add(one),
		"unknown + unknown":   unknown.Add(unknown),
		"known - unknown":     one.Sub(unknown),
		"unknown - known":     unknown.Sub(one),
		"two currencies":      one.Add(euro),
		"two currencies, -":   one.Sub(euro),
		"unknown x 3":         unknown.Times(3),
		"-unknown":            unknown.Neg(),
		"sum with an unknown": money.Sum("USD", one, unknown, one),
		"sum with a euro":     money.Sum("USD", one, euro),
		"sum of no currency":  money.Sum(""),
		"no currency":         money.Minor(5, ""),
		"too large +":         money.Minor(math.MaxInt64, "USD").Add(money.Minor(1, "USD")),
		"too small +":         money.Minor(math.MinInt64, "USD").Add(money.Minor(-1, "USD")),
		"too large x":         money.Minor(math.MaxInt64/2+1, "USD").Times(2),
		"too large -":         money.Minor(math.MaxInt64, "USD").Sub(money.Minor(-1, "USD")),
		"- the smallest":      money.Minor(math.MinInt64, "USD").Neg(),
		"0 - the smallest":    money.Zero("USD").Sub(money.Minor(math.MinInt64, "USD")),
	} {
		if got.Known() {
			t.Errorf("%s: got %s %s, want unknown", name, got, got.Currency())
		}
		if got != unknown {
			t.Errorf("%s: an unknown amount that is not == the zero value: %#v", name, got)
		}
	}
	if one.Less(unknown) || unknown.Less(one) || unknown.Less(unknown) || euro.Less(money.Minor(200, "USD")) {
		t.Error("an unknown amount, or one in another currency, is neither less nor more")
	}
	if !one.Less(money.Minor(101, "USD")) || one.Less(one) {
		t.Error("1.00 < 1.01, and not < 1.00")
	}
	if got := money.Sum("USD", one, one, money.Minor(-50, "USD")).String(); got != "1.50" {
		t.Errorf("sum: got %s, want 1.50", got)
	}
	if got := money.Sum("USD"); !got.Known() || got.String() != "0.00" {
		t.Errorf("sum of nothing: got %q, want 0.00", got)
	}
}

func TestAmountText(t *testing.T) {
	for _, c := range []struct {
		minor         int64
		currency      money.Currency
		plain, people string
	}{
		{317500, "USD", "3175.00", "3,175.00"},
		{123456789, "USD", "1234567.89", "1,234,567.89"},
		{-123456789, "USD", "-1234567.89", "-1,234,567.89"},
		{5, "USD", "0.05", "0.05"}, {-5, "USD", "-0.05", "-0.05"}, {99, "EUR", "0.99", "0.99"}, {100, "EUR", "1.00", "1.00"},
		{99999, "USD", "999.99", "999.99"}, {100000, "USD", "1000.00", "1,000.00"},
		{3175, "JPY", "3175", "3,175"}, {-3175, "JPY", "-3175", "-3,175"}, {0, "JPY", "0", "0"},
		{1500, "KWD", "1.500", "1.500"}, {7, "KWD", "0.007", "0.007"}, {1234567, "KWD", "1234.567", "1,234.567"},
		{math.MinInt64, "USD", "-92233720368547758.08", "-92,233,720,368,547,758.08"},
	} {
		a := money.Minor(c.minor, c.currency)
		if a.String() != c.plain || a.Grouped() != c.people {
			t.Errorf("%d %s: got %s and %s, want %s and %s", c.minor, c.currency, a, a.Grouped(), c.plain, c.people)
		}
	}
	for in, want := range map[string]string{"": "", "1": "1", "123": "123", "1234": "1,234", "-123": "-123", "-1234": "-1,234", "1234567": "1,234,567", "123456": "123,456"} {
		if got := money.Group(in); got != want {
			t.Errorf("group %q: got %q, want %q", in, got, want)
		}
	}
}

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		in       string
		currency money.Currency
		minor    int64
	}{{"3175.00", "USD", 317500}, {"3175", "USD", 317500}, {"3175.5", "USD", 317550}, {"-0.05", "USD", -5}, {"3175", "JPY", 3175}, {"1.500", "KWD", 1500}, {"1.50000", "USD", 150}} {
		if a, err := money.ParseAmount(c.in, c.currency); err != nil || a != money.Minor(c.minor, c.currency) {
			t.Errorf("%q %s: got %s %v, want %d minor units", c.in, c.currency, a, err, c.minor)
		}
	}
	for _, c := range [][2]string{{"3175.005", "USD"}, {"3175.5", "JPY"}, {"1.0001", "KWD"}, {"1,5", "USD"}, {"x", "USD"}, {"92233720368547758.08", "USD"}, {"5", ""}} {
		if a, err := money.ParseAmount(c[0], money.Currency(c[1])); err == nil {
			t.Errorf("%q %s: got %s, want an error", c[0], c[1], a)
		}
	}
	if a, err := money.ParseAmount("", "USD"); err != nil || a.Known() {
		t.Errorf("the empty text: got %s %v, want the unknown amount", a, err)
	}
}

func TestJSON(t *testing.T) {
	got, err := json.Marshal([]any{money.Minor(317500, "USD"), money.Amount{}, money.Zero("JPY"), dec("0.15"), money.Ratio(1, 3), money.Exact{}})
	if want := `["3175.00",null,"0","0.15","0.333333333333","0.00"]`; err != nil || string(got) != want {
		t.Errorf("got %s %v, want %s", got, err, want)
	}
}

func TestExactZeroValueIsZero(t *testing.T) {
	var zero money.Exact
	if zero.Sign() != 0 || zero.Cmp(money.Int(0)) != 0 || zero.Decimal(2) != "0.00" || zero.Float() != 0 {
		t.Error("the zero value is not 0")
	}
	if got := zero.Add(dec("1.5")).Sub(zero).Neg().Decimal(2); got != "-1.50" {
		t.Errorf("-(0 + 1.5 - 0): got %s", got)
	}
	if zero.Mul(dec("5")).Sign() != 0 || dec("5").Div(zero).Sign() != 0 || money.Ratio(5, 0).Sign() != 0 {
		t.Error("0 x 5, 5 / 0 and the ratio 5:0 are 0")
	}
}

func TestDecimalAndPercent(t *testing.T) {
	for _, c := range []struct {
		in   money.Exact
		min  int
		want string
	}{
		{dec("8.6"), 2, "8.60"}, {dec("8.6"), 0, "8.6"}, {dec("8"), 0, "8"}, {dec("8"), 2, "8.00"}, {dec("100"), 0, "100"},
		{dec("0.123456789012"), 2, "0.123456789012"}, {money.Ratio(197, 365), 2, "0.539726027397"},
		{dec("-0.0000000000001"), 2, "0.00"}, {dec("-0.5"), 2, "-0.50"}, {dec("-20"), 0, "-20"},
	} {
		if got := c.in.Decimal(c.min); got != c.want {
			t.Errorf("%v with %d decimals: got %s, want %s", c.in, c.min, got, c.want)
		}
	}
	for in, want := range map[string]string{"0.1983": "19.83%", "0.15": "15%", "1": "100%", "0": "0%", "-0.05": "-5%", "0.375": "37.5%", "0.00005": "0.01%", "-0.000001": "0%", "0.8276": "82.76%"} {
		if got := dec(in).Percent(); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if got := dec("0.1").Float(); got != 0.1 {
		t.Errorf("float of 0.1: got %v", got)
	}
}

func TestCurrency(t *testing.T) {
	for c, want := range map[money.Currency]int{"USD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "XYZ": 2} {
		if got := c.Digits(); got != want {
			t.Errorf("digits of %s: got %d, want %d", c, got, want)
		}
	}
	for in, want := range map[string]money.Currency{"usd": "USD", " Eur ": "EUR", "JPY": "JPY"} {
		if got, err := money.ParseCurrency(in); err != nil || got != want {
			t.Errorf("%q: got %q %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "US", "USDT", "U$D", "€", "U1D", "ÄÖÜ"} {
		if got, err := money.ParseCurrency(in); err == nil {
			t.Errorf("%q: got %q, want an error", in, got)
		}
	}
	for _, c := range []struct {
		sign string
		cur  money.Currency
		want bool
	}{{"$", "USD", true}, {"$", "CAD", true}, {"$", "EUR", false}, {"€", "EUR", true}, {"¥", "JPY", true}, {"usd", "USD", true}, {"EUR", "USD", false}, {"#", "USD", false}} {
		if got := money.SymbolAgrees(c.sign, c.cur); got != c.want {
			t.Errorf("%s for %s: got %v, want %v", c.sign, c.cur, got, c.want)
		}
	}
}

func FuzzParseExact(f *testing.F) {
	for _, s := range []string{"0", "010", "-8.60", "1e5", "0x10", "1_000", ".5", "5.", "+1", "", "9223372036854775808", "1.000000000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := money.ParseExact(s)
		if err != nil {
			return
		}
		if strings.Trim(s, "-0123456789.") != "" || len(s) == 0 {
			t.Fatalf("%q was understood", s)
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("%q was understood, and is no number to math/big", s)
		}
		if back := want.FloatString(12); e.Decimal(12) != strings.TrimPrefix(back, "-") && e.Decimal(12) != back {
			t.Fatalf("%q: got %s, want %s", s, e.Decimal(12), back)
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"", "0.05", "-3175.00", "1.005", "92233720368547758.07", "92233720368547758.08"} {
		f.Add(s, "USD")
		f.Add(s, "JPY")
		f.Add(s, "KWD")
	}
	f.Fuzz(func(t *testing.T, s, code string) {
		c, err := money.ParseCurrency(code)
		if err != nil {
			return
		}
		a, err := money.ParseAmount(s, c)
		if err != nil || !a.Known() {
			return
		}
		again, err := money.ParseAmount(a.String(), c)
		if err != nil || again != a {
			t.Fatalf("%q: %s, read again %s %v", s, a, again, err)
		}
		if a.Exact().Cmp(dec(s)) != 0 {
			t.Fatalf("%q became %s", s, a)
		}
	})
}
