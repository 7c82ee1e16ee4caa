package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"tierline/audit/diag"
)

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

// Suggest returns "; did you mean X?" for the known name nearest to a wrong
// one, and the first of the known names when none is near.
func Suggest(wrong string, known []string) string {
	if near, ok := Nearest(wrong, known); ok {
		return "; did you mean " + diag.OneLine(near) + "?"
	}
	if len(known) == 0 {
		return ""
	}
	const most = 8
	if more := len(known) - most; more > 1 {
		return diag.OneLine(fmt.Sprintf("; known: %s and %d more", strings.Join(known[:most], ", "), more))
	}
	return diag.OneLine("; known: " + strings.Join(known, ", "))
}

// longestName is how many letters a name has at most that is compared with
// others: comparing takes the product of their lengths.
const longestName = 100

// Nearest returns the known name somebody may have meant by a wrong one; false
// when none is near.
func Nearest(wrong string, known []string) (string, bool) {
	length, near := utf8.RuneCountInString(wrong), max(2, len(wrong)/3)
	if length > longestName {
		return "", false
	}
	best, distance := "", near+1
	for _, k := range known {
		if n := utf8.RuneCountInString(k); n > length+near || n < length-near {
			continue // as many letters would be added or removed at least
		}
		if d := Distance(wrong, k); d < distance {
			best, distance = k, d
		}
	}
	if distance <= near {
		return best, true
	}
	return sharesWords(wrong, known)
}

// sharesWords returns the first known name that has all words of a wrong one of
// several words, as inactive_after_days has those of inactive_days.
func sharesWords(wrong string, known []string) (string, bool) {
	words := splitWords(wrong)
	if len(words) < 2 {
		return beginning(wrong, known)
	}
	for _, k := range known {
		theirs := splitWords(k)
		if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(theirs, w) }) {
			return k, true
		}
	}
	return "", false
}

// beginning returns the only known name that begins with a wrong one of one word, as
// inactive-users does with inactive.
func beginning(wrong string, known []string) (string, bool) {
	found := ""
	for _, k := range known {
		if words := splitWords(k); len(words) > 1 && strings.EqualFold(words[0], wrong) {
			if found != "" {
				return "", false
			}
			found = k
		}
	}
	return found, found != ""
}

func splitWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return c == '_' || c == '-' })
}

// Distance is the number of letters to change, add or remove to come from a
// to b.
func Distance(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
