package pdf

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// visual returns a line as it is drawn from left to right. The PDF library
// draws characters in the order it gets them, so Hebrew is turned round here;
// numbers and words of other scripts inside it are not. A line that begins with
// Hebrew reads from the right as a whole.
//
// This is the part of the Unicode algorithm that a name or a sentence needs: one
// level of Hebrew, with numbers and other words inside.
func visual(s string) string {
	if plainASCII(s) {
		return s
	}
	r := []rune(s)
	first := slices.IndexFunc(r, func(r rune) bool { return direction(r) != 0 })
	switch {
	case first < 0 || !slices.ContainsFunc(r, isRight):
		return s
	case isRight(r[first]):
		return string(turned(r))
	}
	for i := 0; i < len(r); i++ {
		if isRight(r[i]) {
			end := rightEnd(r, i)
			copy(r[i:end], turned(r[i:end]))
			i = end - 1
		}
	}
	return string(r)
}

// direction returns 1 for letters read from the left, -1 for those read from
// the right, 0 for all else.
func direction(r rune) int {
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.L:
		return 1
	case bidi.R, bidi.AL:
		return -1
	}
	return 0
}

func isRight(r rune) bool { return direction(r) < 0 }

// isLeft holds for what keeps its order inside Hebrew.
func isLeft(r rune) bool { return direction(r) > 0 || unicode.IsDigit(r) }

// rightEnd returns where the Hebrew that begins at i ends: behind its last
// letter or number before a word read from the left.
func rightEnd(r []rune, i int) int {
	end := i + 1
	for ; i < len(r) && direction(r[i]) <= 0; i++ {
		if isRight(r[i]) || unicode.IsDigit(r[i]) || unicode.Is(unicode.Mn, r[i]) {
			end = i + 1
		}
	}
	return end
}

// turned returns Hebrew from its last character to its first. What is read from
// the left inside it keeps its order, and so does a letter with its points.
func turned(r []rune) []rune {
	out := make([]rune, 0, len(r))
	for end := len(r); end > 0; {
		begin := pieceBegin(r, end)
		if begin+1 == end {
			out = append(out, mirrored(r[begin]))
		} else {
			out = append(out, r[begin:end]...)
		}
		end = begin
	}
	return out
}

// pieceBegin returns where the piece begins that ends at a place: a number or
// words read from the left, a letter with its points, else one character.
func pieceBegin(r []rune, end int) int {
	begin := end - 1
	switch {
	case unicode.Is(unicode.Mn, r[begin]):
		for begin > 0 && unicode.Is(unicode.Mn, r[begin]) {
			begin--
		}
	case isLeft(r[begin]):
		for i := begin; i >= 0 && !isRight(r[i]); i-- {
			if isLeft(r[i]) {
				begin = i
			}
		}
	}
	return begin
}

// mirrored returns the other bracket of a pair.
func mirrored(r rune) rune {
	pairs := []rune("()[]{}<>«»")
	if i := slices.Index(pairs, r); i >= 0 {
		return pairs[i^1]
	}
	return r
}
