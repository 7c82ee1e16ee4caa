package cell

import (
	"strings"
	"testing"

	"tierline/audit/date"
	"tierline/audit/money"
)

// TestMoney lists the spellings of METHOD 14.10: what is beyond doubt is
// understood, everything else refused ("").
func TestMoney(t *testing.T) {
	for _, c := range []struct {
		text     string
		currency money.Currency
		price    string // unit_price, flat_price: a lone point is the decimal point
		contract string // contract_price: a lone point before three digits is refused
	}{
		{"0", "USD", "0", "0"}, {"12", "USD", "12", "12"}, {"010", "USD", "10", "10"}, {"12.5", "USD", "12.5", "12.5"}, {"12.50", "USD", "12.50", "12.50"},
		{"12,00", "EUR", "12.00", "12.00"}, {"12,5", "EUR", "12.5", "12.5"}, {"0,125", "EUR", "0.125", "0.125"}, {"0.125", "EUR", "0.125", "0.125"},
		{"1,234", "USD", "", ""}, {"1.234", "USD", "1.234", ""}, {"123.456", "USD", "123.456", ""}, {"1234.567", "USD", "1234.567", "1234.567"}, {"1234,567", "USD", "1234.567", "1234.567"},
		{"0.123456789012", "USD", "0.123456789012", "0.123456789012"}, {"1.23456", "USD", "1.23456", "1.23456"},
		{"1,234.50", "USD", "1234.50", "1234.50"}, {"1.234,50", "EUR", "1234.50", "1234.50"}, {"1,234,567", "USD", "1234567", "1234567"}, {"1.234.567", "EUR", "1234567", "1234567"},
		{"1,234,567.89", "USD", "1234567.89", "1234567.89"}, {"1.234.567,89", "EUR", "1234567.89", "1234567.89"},
		{"1 234,50", "EUR", "1234.50", "1234.50"}, {"1\u00a0234,50", "EUR", "1234.50", "1234.50"}, {"1\u202f234,50", "EUR", "1234.50", "1234.50"}, {"1'234.50", "CHF", "1234.50", "1234.50"},
		{"12,34.50", "USD", "", ""}, {"1,23,456", "USD", "", ""}, {"1,234.567.89", "USD", "", ""}, {"12 34", "USD", "", ""}, {"1,234.", "USD", "", ""}, {",5", "EUR", "", ""}, {".5", "USD", "", ""}, {"5.", "USD", "", ""},
		{"$12", "USD", "12", "12"}, {"$ 1,234.50", "USD", "1234.50", "1234.50"}, {"€ 12", "EUR", "12", "12"}, {"12 €", "EUR", "12", "12"}, {"EUR 12", "EUR", "12", "12"}, {"12 EUR", "EUR", "12", "12"}, {"£5", "GBP", "5", "5"}, {"¥500", "JPY", "500", "500"}, {"$5", "AUD", "5", "5"},
		{"€ 12", "USD", "", ""}, {"12 EUR", "USD", "", ""}, {"$12 EUR", "USD", "", ""}, {"₿ 5", "USD", "", ""}, {"$", "USD", "", ""},
		{"-", "USD", "", ""}, {"-1", "USD", "", ""}, {"$-1", "USD", "", ""}, {"(12.00)", "USD", "", ""}, {"1e5", "USD", "", ""}, {"NaN", "USD", "", ""}, {"Inf", "USD", "", ""}, {"TRUE", "USD", "", ""},
		{"0x10", "USD", "", ""}, {"1_000", "USD", "", ""}, {"12.5%", "USD", "", ""}, {"12..5", "USD", "", ""}, {"1 2", "USD", "", ""}, {"about 5", "USD", "", ""}, {"5 or 6", "USD", "", ""}, {"١٢", "USD", "", ""},
	} {
		for _, how := range []struct {
			style Style
			want  string
		}{{PointDecimal, c.price}, {RefuseLone, c.contract}} {
			got, err := Money(c.text, c.currency, how.style)
			switch {
			case how.want == "" && err == nil:
				t.Errorf("%q as %s (style %d) is read as %s, want a refusal", c.text, c.currency, how.style, got.Decimal(0))
			case how.want == "":
			case err != nil:
				t.Errorf("%q as %s (style %d): %v", c.text, c.currency, how.style, err)
			default:
				if want, _ := money.ParseExact(how.want); got.Cmp(want) != 0 {
					t.Errorf("%q as %s (style %d) is read as %s, want %s", c.text, c.currency, how.style, got.Decimal(0), how.want)
				}
			}
		}
	}
}

const refused = -1 << 31

func TestCounts(t *testing.T) {
	for text, want := range map[string]int{
		"0": 0, "12": 12, "010": 10, " 12 ": 12, "12.0": 12, "1,234,567": 1234567, "1.234.567": 1234567, "1 234": 1234, "100000000": 100000000,
		"100000001": refused, "99999999999999999999": refused, "1,234": refused, "1.234": refused, "12.5": refused, "-1": refused, "": refused, "-": refused, "1e5": refused, "0x10": refused, "1_000": refused, "TRUE": refused, "12 users": refused,
	} {
		got, err := Count(text)
		if err != nil {
			got = refused
		}
		if got != want {
			t.Errorf("count %q is read as %d (%v), want %d", text, got, err, want)
		}
	}
	for text, want := range map[string]int{
		"+20": 20, "20": 20, "-5": -5, "\u22125": -5, "+ 20": 20, "0": 0, "+1,234,567": 1234567,
		"+-5": refused, "--5": refused, "-\u22125": refused, "++5": refused, "": refused, "+": refused, "5%": refused, "+1.5": refused, "+1,234": refused,
	} {
		got, err := Change(text)
		if err != nil {
			got = refused
		}
		if got != want {
			t.Errorf("change %q is read as %d (%v), want %d", text, got, err, want)
		}
	}
}

func TestPercentages(t *testing.T) {
	for text, want := range map[string]string{
		"15%": "0.15", "15 %": "0.15", "+15%": "0.15", "-10%": "-0.1", "0%": "0", "100%": "1", "7.5%": "0.075", "7,5 %": "0.075", "33.333%": "0.33333", "33.3333%": "0.333333", "0.333%": "0.00333",
		"15": "", "0.15": "", "%": "", "": "", "15%%": "", "+-5%": "", "123.456%": "", "123,456%": "", "1,234%": "0.01234", "+1.500%": "0.015", "100.000%": "1", "100.001%": "", "-1.500%": "", "fifteen%": "", "1e1%": "",
	} {
		got, err := Percent(text)
		if exact, _ := money.ParseExact(want); (want == "") != (err != nil) || err == nil && got.Cmp(exact) != 0 {
			t.Errorf("percentage %q is read as %s (%v), want %q", text, got.Decimal(0), err, want)
		}
	}
}

func TestCellDates(t *testing.T) {
	want := date.New(2026, 3, 4)
	for _, text := range []string{
		"4 Mar 2026", "04 Mar 2026", "4 mar 2026", "4 MAR 2026", "2026-03-04", "4 Mar 2026 15:04:05", "4 March 2026",
		"2026-03-04 15:04:05", "2026-03-04 15:04:05.999", "2026-03-04 15:04:05+00", "2026-03-04 15:04:05.123+00", "2026-03-04T15:04:05Z", "2026-03-04T15:04:05.123456789Z", "2026-03-04T15:04:05+02:00", "2026-03-04T15:04:05.000+0000",
		"2026/03/04", "2026/03/04 15:04:05", "4/Mar/26", "4/Mar/2026", "March 4, 2026", "Mar 04, 2026", "04.03.2026", "4.3.2026", "4.3.2026 15:04", "4-Mar-26", "4-Mar-2026", "04.03.26", "04. Mar 26", "4. Mar 2026",
		"1772636645", "1772636645000",
	} {
		if got, ok := Date(text); !ok || got != want {
			t.Errorf("%q is read as %s (%t), want %s", text, got, ok, want)
		}
	}
	// A timestamp with a zone is a day in UTC, never in local time (METHOD 14.9).
	if got, _ := Date("2026-03-04T23:30:00-02:00"); got != date.New(2026, 3, 5) {
		t.Errorf("23:30 at -02:00 is read as %s, want the day in UTC", got)
	}
	for _, text := range []string{
		"", "Never accessed", "31 Feb 2026", "29 Feb 2023", "0 Jan 2026", "32 Jan 2026", "2026-13-01", "2026-00-10", "4 Mär 2026", "4 Mar", "Mar 2026", "04/03/2026", "46085", "31.02.2026", "4 Mar 26:00", "2026-3-4x", "#N/A",
	} {
		if got, ok := Date(text); ok {
			t.Errorf("%q is read as %s, want nothing", text, got)
		}
	}
}

func TestTableDates(t *testing.T) {
	for _, c := range []struct {
		text  string
		order Order
		want  string
	}{
		{"2026-03-04", Undecided, "2026-03-04"}, {" 4 Mar 2026 ", Undecided, "2026-03-04"}, {"05/05/2026", Undecided, "2026-05-05"}, {"31/12/2026", Undecided, "2026-12-31"}, {"12/31/2026", Undecided, "2026-12-31"},
		{"04/03/2026", Undecided, ""}, {"04/03/2026", DayFirst, "2026-03-04"}, {"04/03/2026", MonthFirst, "2026-04-03"}, {"31/12/2026", MonthFirst, ""}, {"31/02/2026", DayFirst, ""}, {"44/44/2026", Undecided, ""}, {"soon", DayFirst, ""},
	} {
		got, _, err := TableDate(c.text, c.order)
		if (err != nil) != (c.want == "") || err == nil && got.String() != c.want {
			t.Errorf("%q (order %d) is read as %s (%v), want %q", c.text, c.order, got, err, c.want)
		}
	}
}

// The fuzz tests assert more than "does not panic": whatever is read must be
// in range, and read the same with spaces around it.

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1,234.50", "1.234,50", "€ 12", "12 EUR", "-5", "1 234", "1'234.5", "0,125", "9999999999999999999999", "+-5%", "15 %", "−3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, style := range []Style{RefuseLone, PointDecimal} {
			a, errA := Number(s, style)
			b, errB := Number(" "+s+" ", style)
			if (errA == nil) != (errB == nil) || errA == nil && a.Cmp(b) != 0 {
				t.Errorf("%q: spaces change %v (%v) to %v (%v)", s, a, errA, b, errB)
			}
			if errA == nil && !strings.ContainsAny(s, "0123456789") {
				t.Errorf("%q has no digit and is read as %v", s, a)
			}
			if m, err := Money(s, "USD", style); err == nil && m.Sign() < 0 {
				t.Errorf("%q is read as the negative price %v", s, m)
			}
		}
		if n, err := Count(s); err == nil && (n < 0 || n > MaxCount) {
			t.Errorf("%q is read as the count %d", s, n)
		}
		if n, err := Change(s); err == nil && (n < -MaxCount || n > MaxCount) {
			t.Errorf("%q is read as the change %d", s, n)
		}
		if _, err := Percent(s); err == nil && !strings.HasSuffix(strings.TrimSpace(s), "%") {
			t.Errorf("%q is read as a percentage without its sign", s)
		}
	})
}

func FuzzCellDate(f *testing.F) {
	for _, s := range []string{"4 Mar 2026", "2026-03-04", "04.03.2026", "4-Mar-26", "2026-03-04T23:30:00Z", "1772582400000", "04/03/2026", "31/12/26 10:00", "29 Feb 2024", "////", "9999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := Day(s); ok {
			if slow, ok := Date(s); !ok || slow != d {
				t.Errorf("%q: the quick way reads %s, the slow one %s", s, d, slow)
			}
		}
		if d, ok := Date(s); ok {
			if d.IsZero() || d.Year() < 1 {
				t.Errorf("%q is read as %s", s, d)
			}
			if _, twice := ParseSlashed(s); twice {
				t.Errorf("%q has one reading as a date and two with slashes", s)
			}
		}
		sd, ok := ParseSlashed(s)
		if !ok {
			return
		}
		a, okA := sd.In(DayFirst)
		b, okB := sd.In(MonthFirst)
		if sd.Order() == DayFirst && okB || sd.Order() == MonthFirst && okA {
			t.Errorf("%q says %d and can be read the other way too", s, sd.Order())
		}
		if sd.a == sd.b && (okA != okB || a != b) {
			t.Errorf("%q reads %s or %s", s, a, b)
		}
	})
}

// METHOD 18.4.
func TestShapeSaysNothingOfACell(t *testing.T) {
	for cell, want := range map[string]string{
		" Wizard ": "6 letters", "04/03/2026": "2 digits / 2 digits / 4 digits", "3 janv. 2026": "1 digit, 4 letters . 4 digits", "ab12": "2 letters 2 digits", "": "neither letters nor digits",
		"-": "neither letters nor digits", "M\u00fcller": "6 letters", "1.2.3.4.5.6": "1 digit . 1 digit . 1 digit . 1 digit . 1 digit and more", "a@b\x1b": "4 letters",
	} {
		if got := Shape(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}
