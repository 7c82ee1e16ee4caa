package cell

import "testing"

// METHOD 14.29.
func TestTop(t *testing.T) {
	for text, want := range map[string]int{
		"25": 25, "16-25": 25, "16 - 25": 25, "16 \u2013 25": 25, "16 to 25": 25, "Up to 25": 25, "up to 1 000": 1000, "25-25": 25, " 1 801 - 2 000 ": 2000,
		"25-16": refused, "-25": refused, "16-": refused, "16-25-30": refused, "to 25": refused, "16 to": refused, "a-b": refused, "up to": refused, "": refused, "-": refused, "16-25 users": refused,
	} {
		got, err := Top(text)
		if err != nil {
			got = refused
		}
		if got != want {
			t.Errorf("%q is read as %d (%v), want %d", text, got, err, want)
		}
	}
}
