package xlsx

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Columns are measured in digits of their font. A text takes more or fewer than it
// has letters; how many is estimated from the wider of Calibri and of the fonts that
// programs without it take, so that what was given room has it everywhere.

const (
	boldWider = 1.1 // than the same text in plain letters

	// early is the part of a line after which programs begin the next one: letters
	// are set wider where a sheet is printed smaller.
	early = 0.95

	markWide     = 0.0 // letters that stand over others
	usualWide    = 1.0
	otherWide    = 1.15 // letters beyond the first page of characters
	eastAsiaWide = 2.0  // a full square
)

// latin is how wide the letters of the first page are.
var latin = func() (wide [128]float64) {
	for c := range wide {
		wide[c] = usualWide
	}
	for letters, w := range map[string]float64{
		" .'!,:;|Iijl": 0.52, "()[]{}-frt\"`": 0.7, "J/\\?FLTcksyz*": 0.92,
		"ADGHNOQUVwR&": 1.28, "mMW@%": 1.75,
	} {
		for _, c := range letters {
			wide[c] = w
		}
	}
	return wide
}()

// letterWidth returns how many digits wide a letter is.
func letterWidth(r rune) float64 {
	if r < rune(len(latin)) {
		return latin[r]
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return markWide
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return eastAsiaWide
	}
	return otherWide
}

// textWide returns how many digits wide a text in one line is.
func textWide(s string) float64 {
	n := 0.0
	for _, r := range s {
		n += letterWidth(r)
	}
	return n
}

// inBold returns how wide a text is in the letters of its cell.
func inBold(wide int, strong bool) int {
	if strong {
		return int(math.Ceil(float64(wide) * boldWider))
	}
	return wide
}

// longestLine returns how wide the widest line of a text is.
func longestLine(s string) int {
	n := 0.0
	for line := range strings.SplitSeq(s, "\n") {
		n = max(n, textWide(line))
	}
	return int(math.Ceil(n))
}

// longestWord returns how wide the widest word of a text is, which stays in one
// line. A line of East Asian letters may break anywhere.
func longestWord(s string) int {
	n := 0.0
	for w := range strings.FieldsSeq(s) {
		n = max(n, widestPiece(w))
	}
	return int(math.Ceil(n))
}

// widestPiece returns how wide the widest part of a word is that is not broken.
func widestPiece(word string) float64 {
	n, piece := 0.0, 0.0
	for _, r := range word {
		w := letterWidth(r)
		if w == eastAsiaWide {
			piece = 0
		}
		piece += w
		n = max(n, piece)
		if w == eastAsiaWide {
			piece = 0
		}
	}
	return n
}

// lines estimates how many lines s takes in a width. Excel fits a row to its
// text only where no cells are joined, LibreOffice not even there, so rows with
// long texts are given a height.
func lines(s string, wide float64) int {
	n := 0
	for part := range strings.SplitSeq(s, "\n") {
		more, _ := breaks(part, max(wide, 1))
		if more > 0 {
			more, _ = breaks(part, max(wide*early, 1))
		}
		n += 1 + more
	}
	return n
}

// idBreaks counts the line breaks inside a word longer than a line, after its slashes
// and hyphens where a program looks for them, and measures its last line.
func idBreaks(word string, wide float64) (n int, used float64) {
	for word != "" {
		at := strings.IndexAny(word, "/-") + 1
		if at == 0 {
			at = len(word)
		}
		long := textWide(word[:at])
		if used > 0 && used+long > wide {
			n, used = n+1, 0
		}
		for used += long; used > wide; used -= wide {
			n++
		}
		word = word[at:]
	}
	return n, used
}

// breaks counts the line breaks inside one paragraph, and measures its last line.
func breaks(s string, wide float64) (n int, used float64) {
	space := letterWidth(' ')
	for w := range strings.FieldsSeq(s) {
		long := textWide(w)
		switch {
		case long > wide && widestPiece(w) == long: // an id
			more, last := idBreaks(w, wide)
			n, used = n+more+one(used > 0), last
		case used == 0:
			used = long
		case used+space+long <= wide:
			used += space + long
		case widestPiece(w) < long && used+space < wide: // East Asian letters fill the line
			used += space + long
		default:
			n, used = n+1, long
		}
		for ; used > wide; used -= wide {
			n++
		}
	}
	return n, used
}
