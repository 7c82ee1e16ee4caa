package cell

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tierline/audit/date"
)

// A day is read as package time reads it, and a text that is nearly one is left
// to that package or refused.
func TestDays(t *testing.T) {
	anyDay := rapid.Custom(func(t *rapid.T) string {
		d := date.New(rapid.IntRange(1, 9999).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"))
		return d.Time().Format(rapid.SampledFrom([]string{"2 Jan 2006", "2006-01-02"}).Draw(t, "form"))
	})
	rapid.Check(t, func(t *rapid.T) {
		s := []byte(anyDay.Draw(t, "day"))
		spoilt := rapid.Bool().Draw(t, "spoilt")
		if spoilt {
			s[rapid.IntRange(0, len(s)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "letter")
		}
		got, ok := Day(string(s))
		want := date.Date{}
		for _, form := range []string{"2 Jan 2006", "2006-01-02"} {
			if day, err := time.Parse(form, string(s)); err == nil && day.Year() > 0 {
				want = date.OfTime(day)
			}
		}
		if ok && (want.IsZero() || got != want) || !ok && !spoilt {
			t.Fatalf("%q: got %s %v, want %s", s, got, ok, want)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.ByteRange('0', '9')), 4, 4).Draw(t, "text"))
		want, ok := digits(s)
		if got, read := fourDigits(letters4(s)); read != ok || got != want {
			t.Fatalf("%q: got %d %v, want %d %v", s, got, read, want, ok)
		}
	})
}
