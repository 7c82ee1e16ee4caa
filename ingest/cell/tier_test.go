package cell

import "testing"

// METHOD 14.29.
func TestTop(t *testing.T) {
	for text, want := range map[string]int{
		"25": 25, "16-25": 25, "16 - 25": 25, "16 \u2013 25": 25, "16 to 25": 25, "Up to 25": 25, "up to 1 000": 1000, "25-25": 25, " 1 801 - 2 000 ": 2000,
		"25-16": refused, "-25": refused, "16-": refused, "16-25-30": refused, "to 25": refused, "16 to": refused, "a-b": refused, "up to": refused, "": refused, "-": refused, "16-25 users": refused,
	} {
		got, err := Top(text, "")
		if err != nil {
			got = refused
		}
		if got != want {
			t.Errorf("%q is read as %d (%v), want %d", text, got, err, want)
		}
	}
}

// METHOD 14.29: the amount of the row tells what divides thousands, where it leaves
// no doubt itself.
func TestTopBesideAnAmount(t *testing.T) {
	for _, c := range []struct {
		users, amount string
		want          int
	}{
		{"1,234", "27,500.00", 1234}, {"1,234", "$27500.5", 1234}, {"1,001 - 1,234", "USD 1,027,500", 1234}, {"1.234", "27.500,00 \u20ac", 1234},
		{"up to 1.234", "EUR 1.027.500", 1234}, {"1.234", "27 500,00", 1234}, {"25", "27,500", 25}, {"1 234", "27,500.00", 1234},
		{"1,234", "27500", refused}, {"1,234", "27,500", refused}, {"1,234", "", refused}, {"1,234", "27.500,00", refused}, {"1.234", "27,500.00", refused},
		{"12,34", "27,500.00", refused}, {"1,234", "some 27,500.00", refused},
	} {
		got, err := Top(c.users, c.amount)
		if err != nil {
			got = refused
		}
		if got != c.want {
			t.Errorf("%q beside %q is read as %d (%v), want %d", c.users, c.amount, got, err, c.want)
		}
	}
}

func TestNegative(t *testing.T) {
	for text, want := range map[string]bool{
		"-412.50": true, "412.50-": true, "(412.50)": true, "\u2212412.50": true, "USD -412.50": true, "-412.50 \u20ac": true, "-$412.50": true, "($412.50)": true,
		"412.50": false, "USD 412.50": false, "": false, "0": false, "412-50": false, "(412.50": false,
	} {
		if got := Negative(text); got != want {
			t.Errorf("%q: below 0 %v, want %v", text, got, want)
		}
	}
}
