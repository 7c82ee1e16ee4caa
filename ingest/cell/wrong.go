package cell

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"unicode"

	"tierline/audit/money"
)

// Wrong says why a cell cannot be read. The cell stands apart from what was
// expected of it, since not every cell may be shown (METHOD 18.4).
type Wrong struct {
	Value    string
	Expected string // what is wrong with it or was expected, without the value
}

// Error returns both.
func (w *Wrong) Error() string { return strconv.Quote(w.Value) + ": " + w.Expected }

// Refuse returns why a value was refused, nil where err is.
func Refuse(value string, err error, expected string) error {
	if err == nil {
		return nil
	}
	return &Wrong{value, expected}
}

// Quiet returns what an error says without the cell it is about.
func Quiet(err error) string {
	var w *Wrong
	if errors.As(err, &w) {
		return w.Expected
	}
	return err.Error()
}

// HoldsAddress reports whether a cell may hold the address of somebody.
func HoldsAddress(s string) bool { return strings.Contains(s, "@") }

// Shape says what a cell is made of without saying what it says: "6 letters",
// "2 digits / 2 digits / 4 digits", "3 letters, 1 letter" for two words.
func Shape(s string) string {
	const most = 5
	var out strings.Builder
	parts, between := 0, ""
	for runes := []rune(strings.TrimSpace(s)); len(runes) > 0; {
		what, n := kindOf(runes[0]), 1
		for n < len(runes) && kindOf(runes[n]) == what {
			n++
		}
		switch {
		case what == "":
			if between = strings.TrimSpace(string(runes[:n])); between == "" {
				between = ","
			} else {
				between = " " + between
			}
		case parts == most:
			return out.String() + " and more"
		default:
			if parts > 0 {
				out.WriteString(between + " ")
			}
			out.WriteString(money.Plural(n, what))
			parts, between = parts+1, ""
		}
		runes = runes[n:]
	}
	return cmp.Or(out.String(), "neither letters nor digits")
}

// kindOf names what a character is; "" for one that only stands between others.
func kindOf(c rune) string {
	switch {
	case unicode.IsDigit(c):
		return "digit"
	case unicode.IsLetter(c) || unicode.IsMark(c) || !strings.ContainsRune(" .,:;/-+()#%", c):
		return "letter"
	}
	return ""
}
