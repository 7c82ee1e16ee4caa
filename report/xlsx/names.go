package xlsx

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"tierline/report"
)

// names knows which sheet names are taken. Excel compares them without case.
type names struct {
	taken map[string]bool
	made  map[string]string // of continuations, by what they continue
}

// newNames checks the names of all sheets first, so that a continuation sheet
// never takes the name of a later one.
func newNames(sheets []report.Sheet) (*names, error) {
	n := &names{taken: map[string]bool{}, made: map[string]string{}}
	for i := range sheets {
		name := sheets[i].Name
		if err := checkName(name); err != nil {
			return nil, fmt.Errorf("sheet name %q: %w", name, err)
		}
		if n.taken[strings.ToLower(name)] {
			return nil, fmt.Errorf("sheet name %q: used twice", name)
		}
		n.taken[strings.ToLower(name)] = true
	}
	return n, nil
}

func checkName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("empty")
	case units(name) > excelize.MaxSheetNameLength:
		return fmt.Errorf("longer than %d characters", excelize.MaxSheetNameLength)
	case strings.ContainsAny(name, `:\/?*[]`):
		return errors.New(`contains one of : \ / ? * [ ]`)
	case strings.HasPrefix(name, "'"), strings.HasSuffix(name, "'"):
		return errors.New("begins or ends with an apostrophe")
	case strings.EqualFold(name, "History"):
		return errors.New("reserved by Excel")
	case legal(name) != name, strings.ContainsAny(name, "\t\r\n"):
		return errors.New("contains a control character")
	}
	return nil
}

// units returns the length of s as Excel counts it.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// next returns the name of the continuation number part of a sheet, such as
// "Users (2)": the same each time it is asked.
func (n *names) next(base string, part int) string {
	asked := fmt.Sprintf("%s\n%d", base, part)
	if name, known := n.made[asked]; known {
		return name
	}
	for ; ; part++ {
		tail := fmt.Sprintf(" (%d)", part)
		stem := []rune(base)
		for units(string(stem))+len(tail) > excelize.MaxSheetNameLength {
			stem = stem[:len(stem)-1]
		}
		name := string(stem) + tail
		if !n.taken[strings.ToLower(name)] {
			n.taken[strings.ToLower(name)] = true
			n.made[asked] = name
			return name
		}
	}
}

// tableName makes the name of an Excel table of a sheet name: letters, digits
// and underscores, with the number of the worksheet to keep it unique.
func tableName(sheet string, number int) string {
	word := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, sheet)
	return fmt.Sprintf("t%d_%s", number, word)
}

// quoteSheet writes a sheet name as references spell it.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
