package table

import (
	"context"
	"strings"
)

// LineEndingIn returns the line of the first rows, among which the header is,
// that ends in a cell; 0 when none does.
func (s *Sheet) LineEndingIn(cell string) int {
	for _, r := range s.Head() {
		last := len(r.Cells) - 1
		for last > 0 && strings.TrimSpace(r.Cells[last]) == "" {
			last--
		}
		if last >= 0 && strings.EqualFold(strings.TrimSpace(r.Cells[last]), cell) {
			return r.Line
		}
	}
	return 0
}

// Count returns how many records stand below a line.
func (s *Sheet) Count(line int) int {
	n := 0
	count := func(at int) {
		if at > line {
			n++
		}
	}
	s.Each(func(r Row) bool { count(r.Line); return true }, func(p Problem) { count(p.Line) })
	return n
}

// Author returns who wrote a workbook, by its properties; "" for other files,
// and where they do not say.
func Author(ctx context.Context, raw []byte) string {
	if !isArchive(raw) {
		return ""
	}
	a, err := openArchive(ctx, raw, partLimits)
	if err != nil {
		return ""
	}
	rels, err := a.relations("")
	if err != nil {
		return ""
	}
	core, ok := rels.first("core-properties")
	if !ok {
		return ""
	}
	author := ""
	err = a.readPart(core.target, "coreProperties", func(p *xmlPart, e element) error {
		if e.Name.Local != "creator" {
			return p.skip()
		}
		text, err := p.text(nil)
		author = string(text)
		return err
	})
	if err != nil {
		return ""
	}
	return author
}
