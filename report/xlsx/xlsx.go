// Package xlsx lays the workbook of a report.Document out as an .xlsx file:
// one worksheet per sheet, real numbers and dates, tables with filters, pages
// that print well, and the same bytes for the same document.
//
// It decides nothing about content. What is shown, in which order and in which
// words is the document's; nothing is summed, sorted, translated or left out
// here. A cell is a formula or a link only where the document says so, and none
// holds a word of the inputs, but for the folder of an estate in a link to its
// workbook. Only cmd, which hands the renderer to report/publish, calls it.
//
// A spreadsheet holds binary floating point only, so an amount becomes the
// nearest double of its decimal text: exact to the cent up to 15 digits, which
// is all a spreadsheet program shows.
package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"sort"
	"time"

	"github.com/xuri/excelize/v2"

	"tierline/audit/estate"
	"tierline/report"
)

// sheetRows is the number of rows a worksheet holds, header included.
const sheetRows = excelize.TotalRows

// Render writes the workbook of d to w. Rows are worked out while those before are
// written, see ahead, and wait in temporary files, so memory does not grow with their
// number; those of a long table are written in blocks beside each other, see
// bulk. When it fails, what reached w is not a workbook.
func Render(w io.Writer, d *report.Document) (report.Shown, error) {
	return render(w, d, sizes{sheet: sheetRows, long: longTable})
}

// sizes are numbers of rows at which a workbook is written otherwise.
type sizes struct {
	sheet int // at most on a worksheet
	long  int // of a table that is worth a writer of its own, see bulk
}

// render is Render with other sizes.
func render(w io.Writer, d *report.Document, size sizes) (shown report.Shown, err error) {
	defer func() {
		if p := recover(); p != nil {
			shown, err = nil, fmt.Errorf("workbook: %v", p)
		}
	}()
	b, err := newBook(d, size)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	defer func() {
		for _, rows := range b.bulks {
			rows.drop()
		}
		if e := b.file.Close(); e != nil && err == nil {
			err = fmt.Errorf("workbook: temporary files: %w", e)
		}
	}()
	// What has many rows comes first: how many is known once they are written.
	for _, many := range []bool{true, false} {
		for i := range d.Workbook {
			s := &d.Workbook[i]
			if s.Table.Many != many {
				continue
			}
			if err := b.sheet(s); err != nil {
				return nil, fmt.Errorf("workbook: sheet %q: %w", s.Name, err)
			}
		}
	}
	if err := b.save(w); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return b.shown, nil
}

// book is a workbook being written.
type book struct {
	doc     *report.Document
	file    *excelize.File
	styles  *styles
	size    sizes
	numbers map[string]int         // of worksheets, from 1, in the order they were added
	later   map[string][]string    // continuations of a worksheet
	defined []excelize.DefinedName // set once the order of the worksheets is final
	places  *places
	names   *names
	shown   report.Shown // the named totals, as they were written
	texts   *texts
	bulks   map[string]*bulk // by the part of the archive they belong to
	ahead   [blocksAhead]rowBlock
}

func newBook(d *report.Document, size sizes) (*book, error) {
	if len(d.Workbook) == 0 {
		return nil, fmt.Errorf("the document has no sheets")
	}
	n, err := newNames(d.Workbook)
	if err != nil {
		return nil, err
	}
	at, err := newPlaces(d, n, size.sheet)
	if err != nil {
		return nil, err
	}
	f := excelize.NewFile()
	b := &book{doc: d, file: f, styles: newStyles(f, d.Branding.Accent), size: size, places: at, names: n,
		numbers: map[string]int{}, later: map[string][]string{}, texts: &texts{index: map[string]int{}}, bulks: map[string]*bulk{}}
	if err := b.begin(); err != nil {
		_ = f.Close()
		return nil, err
	}
	return b, nil
}

// begin adds the worksheets, but those that continue others.
func (b *book) begin() error {
	if err := b.properties(); err != nil {
		return fmt.Errorf("properties: %w", err)
	}
	// A cell of a sheet that is streamed later is not written; its text stays in
	// the table, see shareTexts.
	if err := b.file.SetCellStr(b.file.GetSheetName(0), "A1", " "); err != nil {
		return fmt.Errorf("shared texts: %w", err)
	}
	for i := range b.doc.Workbook {
		if err := b.add(b.doc.Workbook[i].Name); err != nil {
			return fmt.Errorf("sheet %q: %w", b.doc.Workbook[i].Name, err)
		}
	}
	return nil
}

// properties replaces the author and times of the library by ours: the only
// time a workbook knows is its as-of date.
func (b *book) properties() error {
	at := "2000-01-01T00:00:00Z"
	if !b.doc.AsOf.IsZero() {
		at = b.doc.AsOf.Time().Format(time.RFC3339)
	}
	title, _ := safeText(b.doc.Title)
	err := b.file.SetDocProps(&excelize.DocProperties{
		Creator: estate.Author, LastModifiedBy: estate.Author, Created: at, Modified: at, Title: title,
	})
	if err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: "Tierline"})
}

// sheet writes one sheet of the document: a table, or several blocks, of which
// there may be none.
func (b *book) sheet(s *report.Sheet) error {
	if isGrid(s) {
		return b.blockSheet(s)
	}
	return b.tableSheet(s)
}

// isGrid reports whether a sheet is one of blocks.
func isGrid(s *report.Sheet) bool { return len(s.Blocks) > 0 || len(s.Table.Columns) == 0 }

// arrange puts the worksheets in their order and sets the names of places, which
// count worksheets by it.
func (b *book) arrange() error {
	at := map[string]int{}
	for i := range b.doc.Workbook {
		name := b.doc.Workbook[i].Name
		for _, sheet := range append([]string{name}, b.later[name]...) {
			at[sheet] = len(at)
		}
	}
	sheets := b.file.WorkBook.Sheets.Sheet // the call of the library reads worksheets, which are written by now
	sort.SliceStable(sheets, func(i, j int) bool { return at[sheets[i].Name] < at[sheets[j].Name] })
	for _, n := range b.doc.Names {
		a, err := b.places.find(n.Of)
		if errors.Is(err, errNowhere) {
			continue
		}
		if err != nil {
			return fmt.Errorf("name %q: %w", n.Name, err)
		}
		to, err := a.address("", true)
		if err != nil {
			return err
		}
		b.defined = append(b.defined, excelize.DefinedName{Name: n.Name, RefersTo: to})
	}
	for i := range b.defined {
		if err := b.file.SetDefinedName(&b.defined[i]); err != nil {
			return fmt.Errorf("name %q: %w", b.defined[i].Name, err)
		}
	}
	return nil
}

// save writes the finished workbook straight to w: the library would hold all
// of it in a buffer first. The buffer it returns stays empty.
func (b *book) save(w io.Writer) error {
	types := b.file.ContentTypes.Defaults // filled from a map by the library
	sort.Slice(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
	if err := b.arrange(); err != nil {
		return err
	}
	b.shareTexts()
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newArchive(w, b.bulks) })
	_, err := b.file.WriteToBuffer()
	return err
}

// newBulk begins the many rows of a worksheet.
func (b *book) newBulk(sheet string, after, columns int) (*bulk, error) {
	rows, err := newBulk(after, columns, b.texts)
	if err == nil {
		b.bulks[fmt.Sprintf("xl/worksheets/sheet%d.xml", b.numbers[sheet])] = rows
	}
	return rows, err
}

// shareTexts puts the texts that are held once into the table of the library.
// Its elements have types without a name outside the library, so the one text
// that newBook put there is the pattern of the others.
func (b *book) shareTexts() {
	table := b.file.SharedStrings
	pattern := table.SI[0]
	table.SI = table.SI[:0]
	for _, s := range b.texts.list {
		item, text := pattern, *pattern.T
		text.Val = unescaped(s)
		if !spaced(s) {
			text.Space = xml.Attr{}
		}
		item.T = &text
		table.SI = append(table.SI, item)
	}
	table.Count, table.UniqueCount = b.texts.uses, len(table.SI)
}
