package table

// Workbooks are read here by archive/zip and encoding/xml rather than by
// excelize, which writes ours. Its row iterator gives neither the style nor
// the type of a cell, so a date cannot be told from a number, nor an error or a
// formula nobody has calculated from text; it takes a sheet that breaks off
// for one that ends; and opening a file inflates every part into memory or a
// temporary file, by the size the file claims, before a row is asked for.

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// How many sheets a workbook may have, and how many parts one of its parts may
// refer to.
const (
	maxSheets    = 1000
	maxRelations = 10_000
)

// book is what the sheets of a workbook share.
type book struct {
	archive  *archive
	strings  *sharedStrings
	kinds    []cellKind // by style of a cell
	date1904 bool       // days are counted from 1904
}

// bookSheet is a worksheet. It is kept as it is in the file and inflated anew
// each time its rows are asked for.
type bookSheet struct {
	*book
	part  string
	width int // cells every row has at least: those of the widest among the first rows
}

// openWorkbook reads the sheets of an .xlsx file.
func openWorkbook(ctx context.Context, raw []byte) ([]*Sheet, error) {
	if raw[0] != 'P' {
		return nil, errors.New("this is an old or password-protected workbook; save it as .xlsx without a password, or as CSV")
	}
	a, err := openArchive(ctx, raw, partLimits)
	if err != nil {
		return nil, err
	}
	return a.sheets()
}

// sheets returns the worksheets in the order of the workbook, hidden ones too.
func (a *archive) sheets() ([]*Sheet, error) {
	main, err := a.mainPart()
	if err != nil {
		return nil, err
	}
	index, err := a.readIndex(main)
	if err != nil {
		return nil, cannot(err)
	}
	rels, err := a.relations(main)
	if err != nil {
		return nil, cannot(err)
	}
	b := &book{archive: a, date1904: index.date1904}
	if err := b.readShared(rels); err != nil {
		return nil, cannot(err)
	}
	var out []*Sheet
	used := map[string]bool{}
	for _, s := range index.sheets {
		rel, ok := rels[s.id]
		if ok && rel.kind != "worksheet" {
			continue // a sheet that is all chart or macro
		}
		if !ok || used[rel.target] {
			return nil, cannot(fmt.Errorf("it has no part for the sheet %q", s.name))
		}
		used[rel.target] = true
		sheet := &bookSheet{book: b, part: rel.target}
		if err := sheet.measure(); err != nil {
			return nil, cannot(err)
		}
		out = append(out, &Sheet{ctx: a.ctx, Name: s.name, Encoding: "workbook", book: sheet})
	}
	if len(out) == 0 {
		return nil, cannot(errors.New("it has no sheet with cells"))
	}
	return out, nil
}

func cannot(err error) error { return fmt.Errorf("this workbook cannot be read: %w", err) }

// mainPart returns the part that lists the sheets.
func (a *archive) mainPart() (string, error) {
	rels, err := a.relations("")
	if err != nil {
		return "", cannot(err)
	}
	main := "xl/workbook.xml"
	if r, ok := rels.first("officeDocument"); ok {
		main = r.target
	}
	switch {
	case path.Ext(main) == ".bin":
		return "", errors.New("this is a binary workbook (.xlsb); save it as .xlsx or as CSV")
	case a.has(main):
		return main, nil
	case a.has("content.xml"):
		return "", errors.New("this is an OpenDocument file; save it as .xlsx or as CSV")
	}
	return "", errors.New("this is a zip archive, but not a workbook; unpack it")
}

// bookIndex is what the main part says.
type bookIndex struct {
	date1904 bool
	sheets   []struct{ name, id string }
}

func (a *archive) readIndex(main string) (bookIndex, error) {
	var out bookIndex
	err := a.readPart(main, "workbook", func(p *xmlPart, e element) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			out.date1904 = v == "1" || v == "true"
		case "sheets":
			return p.each(func(e element) error {
				if len(out.sheets) == maxSheets {
					return fmt.Errorf("more than %d sheets", maxSheets)
				}
				out.sheets = append(out.sheets, struct{ name, id string }{attr(e, "name"), relationID(e)})
				return p.skip()
			})
		}
		return p.skip()
	})
	return out, err
}

// relationID returns the attribute id of the relationships' namespace, which
// is the one with a prefix.
func relationID(e element) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// relation is a part that belongs to another: the last word of its type, in
// which the two flavours of the format do not differ, and its name.
type relation struct{ kind, target string }

// relations are those of one part by their id.
type relations map[string]relation

// first returns a relation of a kind; there should be one.
func (r relations) first(kind string) (relation, bool) {
	for _, id := range slices.Sorted(maps.Keys(r)) {
		if r[id].kind == kind {
			return r[id], true
		}
	}
	return relation{}, false
}

// relations returns the relations of a part, "" for the archive itself.
func (a *archive) relations(part string) (relations, error) {
	out := relations{}
	dir, file := path.Split(part)
	name := path.Join(dir, "_rels", file+".rels")
	if !a.has(name) {
		return out, nil
	}
	err := a.readPart(name, "Relationships", func(p *xmlPart, e element) error {
		if len(out) == maxRelations {
			return fmt.Errorf("more than %d relations", maxRelations)
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		if attr(e, "TargetMode") != "External" {
			out[attr(e, "Id")] = relation{path.Base(attr(e, "Type")), strings.TrimPrefix(path.Clean(target), "/")}
		}
		return p.skip()
	})
	return out, err
}

// readShared reads the texts and styles the sheets refer to.
func (b *book) readShared(rels relations) error {
	b.strings = &sharedStrings{limits: stringLimits}
	if r, ok := rels.first("sharedStrings"); ok {
		if err := b.strings.read(b.archive, r.target); err != nil {
			return err
		}
	}
	if r, ok := rels.first("styles"); ok {
		var err error
		if b.kinds, err = b.archive.readStyles(r.target); err != nil {
			return err
		}
	}
	return nil
}

// measure finds out how wide the table is and whether its beginning can be
// read at all.
func (s *bookSheet) measure() error {
	rows, width := 0, 0
	_, err := s.stream(func(r Row) bool {
		rows, width = rows+1, max(width, len(r.Cells))
		return rows < headRows
	})
	s.width = width
	return err
}

// each hands out the rows; where the part breaks off, the rest is one problem.
func (s *bookSheet) each(row func(Row) bool, bad func(Problem)) {
	if last, err := s.stream(row); err != nil {
		bad(Problem{Line: last + 1, Message: err.Error() + "; what follows is lost"})
	}
}

// Serial reads a plain number in a date column of a workbook as the day it
// counts, as 2006-01-02: a date cell that lost its format. It is false for
// numbers nobody means as a date, and always for a CSV file.
func (s *Sheet) Serial(text string) (string, bool) {
	if s.book == nil || len(text) < 5 || strings.Trim(text, "0123456789.") != "" {
		return "", false
	}
	n, ok := parseSerial(text)
	if !ok || n < minSerial || n > maxSerial {
		return "", false
	}
	out, ok := serialText(n, s.book.date1904)
	day, _, _ := strings.Cut(out, " ")
	return day, ok
}

// Serials that are taken for dates without a date format: 1954 to 2119.
const minSerial, maxSerial = 20000, 80000
