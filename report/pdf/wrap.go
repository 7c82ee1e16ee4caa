package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrap breaks s into lines of at most w millimetres: at spaces, else after a
// hyphen or slash inside a word, else anywhere. An empty text has no lines.
func (c *canvas) wrap(s string, f font, w float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(c.clean(s), " ") {
		if word == "" {
			continue
		}
		joined := word
		if line != "" {
			joined = line + " " + word
		}
		if c.width(joined, f) <= w {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		pieces := c.split(word, f, w)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// wrapAtMost is wrap in at most n lines, the last one shortened; for places of
// a fixed height.
func (c *canvas) wrapAtMost(n int, s string, f font, w float64) []string {
	lines := c.wrap(s, f, w)
	if len(lines) <= n {
		return lines
	}
	last := c.shorten(strings.Join(lines[n-1:], " "), f, w)
	return append(lines[:n-1], last)
}

// split breaks one word into pieces of at most w, at least one.
func (c *canvas) split(word string, f font, w float64) []string {
	var out []string
	piece := ""
	for _, part := range parts(word) {
		if c.width(piece+part, f) <= w {
			piece += part
			continue
		}
		if piece != "" {
			out = append(out, piece)
		}
		piece = ""
		for _, r := range part {
			if piece != "" && c.width(piece+string(r), f) > w {
				out = append(out, piece)
				piece = ""
			}
			piece += string(r)
		}
	}
	return append(out, piece)
}

// parts cuts a word after hyphens, slashes and the like that stand between
// letters: "acme-eng/jira" may break, "2026-11-21" and "-400.00" may not. Chinese
// and Japanese, which know no spaces, break anywhere but before a closing mark.
func parts(word string) []string {
	var out []string
	r := []rune(word)
	start := 0
	for i := 1; i+1 < len(r); i++ {
		if strings.ContainsRune("-/_@", r[i]) && unicode.IsLetter(r[i+1]) && (unicode.IsLetter(r[i-1]) || unicode.IsDigit(r[i-1])) ||
			ideograph(r[i]) && !unicode.IsPunct(r[i+1]) {
			out = append(out, string(r[start:i+1]))
			start = i + 1
		}
	}
	return append(out, string(r[start:]))
}

// ideograph holds for what a line may end with: not for an opening bracket.
func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, eastMarks) && !unicode.Is(unicode.Ps, r)
}

// longest returns the width of the widest part of s that should not be broken.
func (c *canvas) longest(s string, f font) float64 {
	var most float64
	for _, word := range strings.Split(c.clean(s), " ") {
		for _, part := range parts(word) {
			most = max(most, c.width(part, f))
		}
	}
	return most
}

// shorten cuts s to w with an ellipsis. It is for places of a fixed height,
// such as the foot; what somebody decides on is wrapped.
func (c *canvas) shorten(s string, f font, w float64) string {
	s = c.clean(s)
	if c.width(s, f) <= w {
		return s
	}
	used, end := c.width("…", f), 0
	for i, r := range s {
		if used += c.width(string(r), f); used > w {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(s[:end], " ") + "…"
}

// fit returns f no larger than lets s fit into w, for what must not be broken.
func (c *canvas) fit(s string, f font, w float64) font {
	if have := c.width(c.clean(s), f); have > w && have > 0 {
		// A hair less, so that rounding of the size does not put it over.
		return f.scaled(f.size * w / have * 0.995)
	}
	return f
}

// smallest returns the first size of sizes at which every text's widest part
// fits into w, or the last one.
func (c *canvas) smallest(texts []string, bold bool, w float64, sizes ...float64) font {
	f := font{bold: bold}
	for _, f.size = range sizes {
		fits := true
		for _, s := range texts {
			fits = fits && c.longest(s, f) <= w
		}
		if fits {
			break
		}
	}
	return f
}
