package cell

import (
	"errors"
	"strconv"
	"strings"
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

// Shape shows how a cell is written without saying what it says: letters as a,
// digits as 9.
func Shape(s string) string {
	const longest = 24
	var out strings.Builder
	for n, c := range []rune(strings.TrimSpace(s)) {
		switch {
		case n == longest:
			return out.String() + "..."
		case c >= '0' && c <= '9':
			out.WriteByte('9')
		case strings.ContainsRune(" .,:;/-+()#%", c):
			out.WriteRune(c)
		default:
			out.WriteByte('a')
		}
	}
	return out.String()
}
