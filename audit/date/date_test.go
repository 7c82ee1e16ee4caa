package date_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tierline/audit/date"
)

func day(s string) date.Date {
	d, err := date.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestAddMonthsClampsToTheMonth(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2026-01-31", 2, "2026-03-31"}, {"2026-01-31", 3, "2026-04-30"}, // the 31st comes back
		{"2028-01-31", 1, "2028-02-29"}, {"2028-01-30", 1, "2028-02-29"}, {"2028-02-29", 12, "2029-02-28"}, {"2028-02-29", 48, "2032-02-29"},
		{"2026-12-31", 1, "2027-01-31"}, {"2026-12-31", 2, "2027-02-28"}, {"2026-11-30", 3, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"}, {"2026-01-31", -11, "2025-02-28"}, {"2026-01-31", -12, "2025-01-31"},
		{"2026-05-15", 0, "2026-05-15"}, {"1900-01-31", 1, "1900-02-28"}, {"2000-01-31", 1, "2000-02-29"},
	} {
		if got := day(c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s + %d months: got %s, want %s", c.from, c.months, got, c.want)
		}
	}
	if got := (date.Date{}).AddMonths(5); !got.IsZero() {
		t.Errorf("no date + 5 months: got %s, want no date", got)
	}
}

func TestLeapYears(t *testing.T) {
	for y, leap := range map[int]bool{1900: false, 2000: true, 2024: true, 2026: false, 2028: true, 2100: false} {
		days := date.New(y+1, time.January, 1).Sub(date.New(y, time.January, 1))
		if want := map[bool]int{true: 366, false: 365}[leap]; days != want {
			t.Errorf("days of %d: got %d, want %d", y, days, want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, s := range []string{"2026-11-21", "0001-01-01", "9999-12-31", "2028-02-29"} {
		if d, err := date.Parse(s); err != nil || d.String() != s {
			t.Errorf("%q: got %q %v", s, d, err)
		}
	}
	for _, s := range []string{
		"", " ", "2026-11-31", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01", "2026-1-2", "26-01-02", "20260102",
		"2026/01/02", "01-02-2026", "2026-01-02T00:00:00Z", " 2026-01-02", "2026-01-02 ", "2026-01-02x", "10000-01-01", "-2026-01-01", "today",
	} {
		if d, err := date.Parse(s); err == nil {
			t.Errorf("%q: got %s, want an error", s, d)
		}
	}
}

func TestNumbers(t *testing.T) {
	for s, want := range map[string]int32{"0001-01-01": 1, "0001-12-31": 365, "1970-01-01": 719163, "2000-02-29": 730179} {
		if got := day(s).Number(); got != want {
			t.Errorf("number of %s: got %d, want %d", s, got, want)
		}
	}
	if !date.OfNumber(0).IsZero() {
		t.Error("number 0 is no date")
	}
}

func TestTexts(t *testing.T) {
	d := day("2026-01-02")
	if d.String() != "2026-01-02" || d.Long() != "2 January 2026" || d.Short() != "2 Jan 2026" || d.Year() != 2026 {
		t.Errorf("texts: got %s, %s, %s, %d", d, d.Long(), d.Short(), d.Year())
	}
	var none date.Date
	if none.String() != "" || none.Long() != "" || none.Short() != "" {
		t.Error("no date has no text")
	}
	b, err := json.Marshal(map[string]date.Date{"a": d, "b": none})
	if want := `{"a":"2026-01-02","b":""}`; err != nil || string(b) != want {
		t.Errorf("JSON: got %s %v, want %s", b, err, want)
	}
	var back map[string]date.Date
	if err := json.Unmarshal(b, &back); err != nil || back["a"] != d || !back["b"].IsZero() {
		t.Errorf("JSON read back: got %v %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"a":"02.01.2026"}`), &back); err == nil {
		t.Error("02.01.2026: want an error")
	}
}

// TestTextIsThatOfTheTime compares the text of days with what the library writes:
// each of four centuries, and the rest of the calendar and beyond it in strides.
func TestTextIsThatOfTheTime(t *testing.T) {
	check := func(n int32) {
		d := date.OfNumber(n)
		if want := d.Time().Format(time.DateOnly); n != 0 && d.String() != want {
			t.Fatalf("day %d: got %s, want %s", n, d, want)
		}
	}
	for n := day("1799-12-31").Number(); n <= day("2200-03-01").Number(); n++ {
		check(n)
	}
	for n := int32(-400_000); n < 4_100_000; n += 97 {
		check(n)
	}
	for _, s := range []string{"0001-01-01", "0004-02-29", "9999-12-31"} {
		check(day(s).Number())
		check(day(s).Number() + 1)
	}
}

func TestOfTime(t *testing.T) {
	east := time.FixedZone("east", 9*3600)
	if got := date.OfTime(time.Date(2026, 1, 2, 3, 0, 0, 0, east)); got != day("2026-01-01") {
		t.Errorf("3:00 at UTC+9: got %s, want the day in UTC, 2026-01-01", got)
	}
	for s, want := range map[int64]string{0: "1970-01-01", 86399: "1970-01-01", 86400: "1970-01-02", -1: "1969-12-31", -86400: "1969-12-31", -86401: "1969-12-30"} {
		if got := date.OfUnix(s).String(); got != want {
			t.Errorf("second %d: got %s, want %s", s, got, want)
		}
	}
	if got := date.New(2026, 2, 30); got != day("2026-03-02") {
		t.Errorf("30 February: got %s, want 2026-03-02", got)
	}
}

func TestOrder(t *testing.T) {
	a, b := day("2026-01-01"), day("2026-01-02")
	if !a.Before(b) || b.Before(a) || a.Before(a) || !b.After(a) || a.After(a) || a.Compare(b) != -1 || b.Compare(a) != 1 || a.Compare(a) != 0 {
		t.Error("1 January is before 2 January")
	}
	if date.Max(a, b) != b || date.Max(b, a) != b || date.Min(a, b) != a || date.Min(b, a) != a {
		t.Error("max and min")
	}
	if (date.Date{}).Compare(a) != -1 {
		t.Error("no date sorts first")
	}
	if got := (date.Date{}).AddDays(3); !got.IsZero() {
		t.Errorf("no date + 3 days: got %s, want no date", got)
	}
}

func TestPeriod(t *testing.T) {
	p := date.Period{Start: day("2026-03-01"), End: day("2027-03-01")}
	if p.Days() != 365 {
		t.Errorf("days: got %d, want 365", p.Days())
	}
	for s, want := range map[string]bool{"2026-02-28": false, "2026-03-01": true, "2027-02-28": true, "2027-03-01": false} {
		if got := p.Contains(day(s)); got != want {
			t.Errorf("contains %s: got %v, want %v", s, got, want)
		}
	}
}

func anyDate(t *rapid.T, label string) date.Date {
	return date.New(rapid.IntRange(1600, 2400).Draw(t, label+" year"), time.Month(rapid.IntRange(1, 12).Draw(t, label+" month")), rapid.IntRange(1, 31).Draw(t, label+" day"))
}

func TestAddDaysAndSubAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDate(t, "a"), anyDate(t, "b")
		if a.AddDays(b.Sub(a)) != b || b.Sub(a) != -a.Sub(b) {
			t.Fatalf("%s and %s: %d days", a, b, b.Sub(a))
		}
		n := rapid.IntRange(-100000, 100000).Draw(t, "n")
		if got := a.AddDays(n).Sub(a); got != n {
			t.Fatalf("%s + %d days: %d days later", a, n, got)
		}
		if want := a.Time().AddDate(0, 0, n); date.OfTime(want) != a.AddDays(n) {
			t.Fatalf("%s + %d days: got %s, want %s", a, n, a.AddDays(n), want)
		}
	})
}

func TestRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "d")
		if date.OfNumber(d.Number()) != d || date.OfTime(d.Time()) != d || day(d.String()) != d {
			t.Fatalf("%s does not come back", d)
		}
	})
}

// A day exists when the calendar of package time names it by the same numbers.
func TestOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(-1, 10_001).Draw(t, "year"), rapid.IntRange(-1, 14).Draw(t, "month"), rapid.IntRange(-1, 33).Draw(t, "day")
		got, ok := date.Of(y, m, d)
		gy, gm, gd := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Date()
		want := y >= 1 && y <= 9999 && gy == y && int(gm) == m && gd == d
		if ok != want || ok && got != date.New(y, time.Month(m), d) {
			t.Fatalf("%d-%d-%d: got %s %v, want %v", y, m, d, got, ok, want)
		}
	})
}

// AddMonths keeps the day of the month, or takes the last one.
func TestAddMonthsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "d")
		n := rapid.IntRange(-600, 600).Draw(t, "months")
		y, m, dom := d.Time().Date()
		gy, gm, gd := d.AddMonths(n).Time().Date()
		if (gy*12+int(gm))-(y*12+int(m)) != n {
			t.Fatalf("%s + %d months: got %s", d, n, d.AddMonths(n))
		}
		last := date.New(gy, gm+1, 1).AddDays(-1).Time().Day()
		if gd != min(dom, last) {
			t.Fatalf("%s + %d months: got day %d, want %d", d, n, gd, min(dom, last))
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-11-21", "0000-01-01", "2026-02-30", "", "2026-1-2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := date.Parse(s)
		if err == nil && (d.String() != s || d.IsZero()) {
			t.Fatalf("%q became %q", s, d)
		}
	})
}

// TestCalendarIsThatOfTime compares the days, months and years that are counted here
// with those of the time package, from before the first year to behind the last.
func TestCalendarIsThatOfTime(t *testing.T) {
	last := date.New(10_020, time.January, 1).Number()
	for n := date.New(-20, time.January, 1).Number(); n < last; n += 11 {
		d := date.OfNumber(n)
		y, m, day := d.Time().Date()
		if d.IsZero() {
			continue
		}
		if got := d.Year(); got != y {
			t.Fatalf("year of %s: got %d", d, got)
		}
		if got, want := d.FirstOfMonth(), date.OfTime(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)); got != want {
			t.Fatalf("first of the month of %s: got %s, want %s", d, got, want)
		}
		months := int(n)%29 - 14
		end := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
		want := date.OfTime(end.AddDate(0, 0, min(day, end.Day())-end.Day()))
		if got := d.AddMonths(months); got != want {
			t.Fatalf("%s + %d months: got %s, want %s", d, months, got, want)
		}
	}
}
