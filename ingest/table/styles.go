package table

import (
	"fmt"
	"strconv"
	"strings"
)

// cellKind is what the format of a cell makes of a number in it.
type cellKind uint8

const (
	plainCell cellKind = iota
	dateCell
	percentCell
)

// maxStyles is how many styles a workbook may have, as many as spreadsheet
// programs know.
const maxStyles = 65_536

func tooManyStyles() error { return fmt.Errorf("more than %d styles", maxStyles) }

// readStyles returns the kind of every cell style.
func (a *archive) readStyles(part string) ([]cellKind, error) {
	codes := map[string]string{} // custom formats by id
	var ids []string             // format of each style
	err := a.readPart(part, "styleSheet", func(p *xmlPart, e element) error {
		switch e.Name.Local {
		case "numFmts":
			return p.each(func(e element) error {
				if len(codes) == maxStyles {
					return tooManyStyles()
				}
				codes[attr(e, "numFmtId")] = attr(e, "formatCode")
				return p.skip()
			})
		case "cellXfs":
			return p.each(func(e element) error {
				if len(ids) == maxStyles {
					return tooManyStyles()
				}
				ids = append(ids, attr(e, "numFmtId"))
				return p.skip()
			})
		}
		return p.skip()
	})
	kinds := make([]cellKind, len(ids))
	for i, id := range ids {
		if code, ok := codes[id]; ok {
			kinds[i] = kindOf(code)
		} else {
			kinds[i] = builtInKind(id)
		}
	}
	return kinds, err
}

// builtInKind returns the kind of a format that has a number only. Those from
// 27 to 36 and from 50 to 58 are dates of East Asian editions.
func builtInKind(id string) cellKind {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
	case n == 9 || n == 10:
		return percentCell
	case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 45 && n <= 47, n >= 50 && n <= 58:
		return dateCell
	}
	return plainCell
}

// kindOf finds out what a format code shows: a part of a date or time, or a
// percent sign, outside of quoted and escaped text. Brackets hold a colour, a
// condition or a locale, or hours, minutes and seconds without end.
func kindOf(code string) cellKind {
	kind := plainCell
	for code != "" {
		c := code[0]
		code = code[1:]
		switch c {
		case '\\', '_', '*':
			code = code[min(1, len(code)):]
		case '"':
			_, code, _ = strings.Cut(code, `"`)
		case '[':
			var inside string
			inside, code, _ = strings.Cut(code, "]")
			if inside != "" && strings.Trim(inside, "hHmMsS") == "" {
				return dateCell
			}
		case 'd', 'D', 'm', 'M', 'y', 'Y', 'h', 'H', 's', 'S':
			return dateCell
		case '%':
			kind = percentCell
		}
	}
	return kind
}
