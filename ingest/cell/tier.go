package cell

import (
	"regexp"
	"strings"
)

// tierForm is a tier as quotes and invoices write it: "16-25", "16 to 25", "up to
// 25".
var tierForm = regexp.MustCompile(`^(?i:(?:up to)\s+(\S.*)|(\S.*?)\s*(?:-|\x{2013}|\bto\b)\s*(\S.*))$`)

// Top reads a number of users, or of a tier the last user (METHOD 14.29). The
// amount of the same row may tell what divides thousands.
func Top(s, amount string) (int, error) {
	group := thousands(amount)
	count := func(s string) (int, error) {
		if joined, ok := ungroup(strings.TrimSpace(s), group); ok && group != "" {
			s = joined
		}
		return Count(s)
	}
	m := tierForm.FindStringSubmatch(strings.TrimSpace(s))
	switch {
	case m == nil:
		return count(s)
	case m[1] != "":
		return count(m[1])
	}
	first, err := count(m[2])
	last, wrong := count(m[3])
	if err != nil || wrong != nil || last < first {
		return 0, &Wrong{s, "expected a number of users, or a tier such as 16-25"}
	}
	return last, nil
}

// thousands returns the separator that divides thousands in the numbers of a row,
// as an amount of it shows; "" where it leaves doubt.
func thousands(amount string) string {
	digits := strings.Trim(amount, " \u00a0\u202f$\u20ac\u00a3\u00a5\u20b9ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	point, comma := strings.LastIndexByte(digits, '.'), strings.LastIndexByte(digits, ',')
	if _, err := Number(digits, RefuseLone); err != nil || point < 0 && comma < 0 {
		return ""
	}
	points, commas := strings.Count(digits, "."), strings.Count(digits, ",")
	if point > comma && points == 1 || commas > 1 { // the point begins the decimals
		return ","
	}
	return "."
}
