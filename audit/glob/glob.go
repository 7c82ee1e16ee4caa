// Package glob matches text against patterns in which '*' stands for any run
// of characters, also an empty one. There is no other special character:
// exceptions and bot patterns are written by people, not by programmers.
// It knows nothing of what it matches, nor of case; seats, package audit, rules
// and ingest call it.
package glob

import "strings"

// Match reports whether pattern covers the whole of s. Case matters; callers
// compare without case by lowering both, once.
func Match(pattern, s string) bool { return walk(pattern, s, nil) }

// Stars returns the text each '*' of the pattern stands for, from the left and
// each as short as it can be; false when the pattern does not cover s.
func Stars(pattern, s string) ([]string, bool) {
	var out []string
	ok := walk(pattern, s, func(text string) { out = append(out, text) })
	return out, ok
}

func walk(pattern, s string, star func(text string)) bool {
	first, rest, any := strings.Cut(pattern, "*")
	if !any {
		return pattern == s
	}
	if !strings.HasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for {
		part, more, again := strings.Cut(rest, "*")
		i := strings.Index(s, part)
		if !again {
			i = len(s) - len(part)
		}
		if i < 0 || s[i:i+len(part)] != part {
			return false
		}
		if star != nil {
			star(s[:i])
		}
		if !again {
			return true
		}
		s, rest = s[i+len(part):], more
	}
}

// Has reports whether s is a pattern at all.
func Has(s string) bool { return strings.Contains(s, "*") }
