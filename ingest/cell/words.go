package cell

import (
	"slices"
	"strings"
)

// Canonical is the form in which column names are compared: case, spacing and
// the choice between space, '-' and '_' never matter.
func Canonical(column string) string {
	return underscores.Replace(strings.ToLower(strings.Join(strings.Fields(column), " ")))
}

var underscores = strings.NewReplacer(" ", "_", "-", "_")

// Plain is the form in which keys are compared: lower case, without
// surrounding or double spaces.
func Plain(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// OneOf reads a word of a list; blank is the first. It returns the position.
func OneOf(value string, words ...string) (int, error) {
	v := strings.ToLower(strings.TrimSpace(value))
	if v == "" {
		return 0, nil
	}
	if i := slices.Index(words, v); i >= 0 {
		return i, nil
	}
	return 0, &Wrong{value, Allowed(words...)}
}

// Allowed lists the words a cell may hold.
func Allowed(words ...string) string {
	return "allowed: " + strings.TrimPrefix(strings.Join(words, ", "), ", ")
}

// neverWords say that somebody was never seen, compared without case.
var neverWords = map[string]bool{
	"": true, "never": true, "never accessed": true, "never logged in": true, "null": true, `\n`: true, "n/a": true, "-": true,
}

// IsNever reports whether a cell says that somebody was never seen.
func IsNever(s string) bool { return neverWords[strings.ToLower(s)] }

// errorValues are what spreadsheets write into a cell they cannot compute, and
// what stands for a formula whose result a file does not hold.
var errorValues = map[string]bool{
	"#N/A": true, "#VALUE!": true, "#REF!": true, "#DIV/0!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true,
	"#SPILL!": true, "#CALC!": true, "#GETTING_DATA": true, "#FORMULA!": true,
}

// IsError reports whether a cell is an error value of a spreadsheet. It costs
// ids, of which a list has a million, no look-up.
func IsError(s string) bool { return s != "" && s[0] == '#' && errorValues[s] }
