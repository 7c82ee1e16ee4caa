// Package glob matches text against patterns in which '*' stands for any run
// of characters, also an empty one. There is no other special character:
// exceptions and bot patterns are written by people, not by programmers.
package glob

import "strings"

// Match reports whether pattern covers the whole of s. Case matters; callers
// compare without case by lowering both, once.
func Match(pattern, s string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == s
	}
	if !strings.HasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for {
		part, more, again := strings.Cut(rest, "*")
		if !again {
			return strings.HasSuffix(s, part)
		}
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s, rest = s[i+len(part):], more
	}
}

// Has reports whether s is a pattern at all.
func Has(s string) bool { return strings.Contains(s, "*") }
