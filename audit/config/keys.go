package config

import (
	"maps"
	"slices"
	"strings"
)

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

// Suggest returns "; did you mean X?" for the known name nearest to a wrong
// one, and the list of known names when none is near.
func Suggest(wrong string, known []string) string {
	if near, ok := Nearest(wrong, known); ok {
		return "; did you mean " + near + "?"
	}
	if len(known) == 0 {
		return ""
	}
	return "; known are " + strings.Join(known, ", ")
}

// Nearest returns the known name somebody may have meant by a wrong one; false
// when none is near.
func Nearest(wrong string, known []string) (string, bool) {
	best, distance := "", 0
	for _, k := range known {
		if d := Distance(wrong, k); best == "" || d < distance {
			best, distance = k, d
		}
	}
	return best, best != "" && distance <= max(2, len(wrong)/3)
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
