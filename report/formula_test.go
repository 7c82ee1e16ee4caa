package report

import (
	"errors"
	"strings"
	"testing"
)

// A formula that no spreadsheet program reads is not written: such a workbook is
// taken for broken. That is found out after so many characters, not at its end.
func TestFormulasHaveAnEnd(t *testing.T) {
	place := func(Ref) (string, error) { return "A1", nil }
	nested := func(terms int) Formula {
		f := F("{}", Here("a"))
		for range terms {
			f = F("({}+1)", f)
		}
		return f
	}
	// Two characters of the cell, four for each term.
	for terms, want := range map[int]error{2047: nil, 2048: ErrTooLong, 1_000_000: ErrTooLong} {
		text, err := nested(terms).Write(place)
		if !errors.Is(err, want) || want == nil && (len(text) != 2+4*terms || strings.Count(text, "A1") != 1) {
			t.Errorf("%d terms: %d characters, %v", terms, len(text), err)
		}
	}
}
