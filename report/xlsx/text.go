package xlsx

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Text of the inputs is written so that no spreadsheet program ever runs it.
//
// A string cell is inert while the workbook stays a workbook. It comes alive
// when the cell is edited and confirmed, or when the sheet is saved as CSV and
// opened again. So a text that begins like a formula gets a literal leading
// apostrophe, which a CSV file keeps, and a style with quotePrefix, without
// which confirming an edit would swallow that apostrophe. Plain numbers such
// as "-1" are left alone: a number is harmless, and an apostrophe would spoil
// it.

// safeText returns s as it may stand in a cell, and whether the cell needs the
// quotePrefix style.
func safeText(s string) (text string, quoted bool) {
	if plainASCII(s) && len(s) <= excelize.TotalCellChars {
		if s == "" || s[0] > '@' || s[0] >= '0' && s[0] <= '9' {
			return s, false
		}
	} else {
		s = legal(s)
	}
	if startsFormula(s) {
		s = "'" + s
	}
	return cut(s, excelize.TotalCellChars), strings.HasPrefix(s, "'")
}

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// legal replaces what XML cannot hold by U+FFFD, so that it shows.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r':
			return r
		case r < ' ', r == 0xFFFE, r == 0xFFFF:
			return utf8.RuneError
		}
		return r
	}, s)
}

// startsFormula reports whether a spreadsheet program could take s for a
// formula, now or after a trip through CSV. Leading space and invisible
// characters do not hide the sign: programs skip them.
func startsFormula(s string) bool {
	if strings.IndexAny(s, "\t\r\n") == 0 {
		return true
	}
	body := strings.TrimLeftFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError
	})
	sign, _ := utf8.DecodeRuneInString(body)
	return strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫", sign) && body != "" && body != "-" && !plainNumber(body)
}

// plainNumber reports whether s is digits with an optional sign and decimal
// point. Exponents, groups and currency signs are not plain.
func plainNumber(s string) bool {
	whole, frac, dot := strings.Cut(strings.TrimLeft(s[:1], "+-")+s[1:], ".")
	return digits(whole) && (!dot || digits(frac))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// cut shortens s to at most limit UTF-16 units, which is how Excel counts, and
// shows that it did; the library would cut without a word.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	const dots = "..."
	units, end := 0, 0
	for i, r := range s {
		n := max(utf16.RuneLen(r), 1)
		if units+n <= limit-len(dots) {
			end = i + utf8.RuneLen(r)
		}
		if units += n; units > limit {
			return s[:end] + dots
		}
	}
	return s
}
