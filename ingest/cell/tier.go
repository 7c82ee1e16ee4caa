package cell

import (
	"regexp"
	"strings"
)

// tierForm is a tier as quotes and invoices write it: "16-25", "16 to 25", "up to
// 25".
var tierForm = regexp.MustCompile(`^(?i:(?:up to)\s+(\S.*)|(\S.*?)\s*(?:-|\x{2013}|\bto\b)\s*(\S.*))$`)

// Top reads a number of users, or of a tier the last user (METHOD 14.29).
func Top(s string) (int, error) {
	m := tierForm.FindStringSubmatch(strings.TrimSpace(s))
	switch {
	case m == nil:
		return Count(s)
	case m[1] != "":
		return Count(m[1])
	}
	first, err := Count(m[2])
	last, wrong := Count(m[3])
	if err != nil || wrong != nil || last < first {
		return 0, &Wrong{s, "expected a number of users, or a tier such as 16-25"}
	}
	return last, nil
}
