package glob

import "strings"

// Set is patterns made ready to be asked about many texts. The zero value covers
// nothing.
type Set struct{ patterns []parts }

// parts are what a pattern consists of: what stands before its first star, after
// its last and between them. One without a star is its beginning alone.
type parts struct {
	begin, end string
	middle     []string
	star       bool
}

// NewSet makes patterns ready.
func NewSet(patterns []string) Set {
	var s Set
	for _, pattern := range patterns {
		between := strings.Split(pattern, "*")
		last := len(between) - 1
		p := parts{begin: between[0], star: last > 0}
		if p.star {
			p.end, p.middle = between[last], between[1:last]
		}
		s.patterns = append(s.patterns, p)
	}
	return s
}

// First returns the place of the first pattern that covers the whole of a text,
// by the rules of [Match]; -1 when none does.
func (s Set) First(text string) int {
	for i := range s.patterns {
		if s.patterns[i].cover(text) {
			return i
		}
	}
	return -1
}

func (p *parts) cover(s string) bool {
	if !p.star {
		return s == p.begin
	}
	if len(s) < len(p.begin)+len(p.end) || !strings.HasPrefix(s, p.begin) || !strings.HasSuffix(s, p.end) {
		return false
	}
	s = s[len(p.begin) : len(s)-len(p.end)]
	for _, part := range p.middle {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return true
}
