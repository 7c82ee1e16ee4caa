package xlsx

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// open returns the page of a worksheet, ready for columns and rows.
func (b *book) open(name string, gridLines bool, paper paper) (*page, error) {
	if b.numbers[name] == 0 { // a continuation
		if err := b.add(name); err != nil {
			return nil, err
		}
	}
	// All of this must stand before the first streamed row: the head of the
	// worksheet is written then, and later calls are lost without an error.
	if err := b.setup(name, gridLines, paper); err != nil {
		return nil, fmt.Errorf("page setup: %w", err)
	}
	sw, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	return &page{book: b, sw: sw, name: name}, nil
}

// add adds a worksheet; the one every new file starts with is the first.
func (b *book) add(name string) error {
	b.numbers[name] = len(b.numbers) + 1
	if len(b.numbers) == 1 {
		return b.file.SetSheetName(b.file.GetSheetName(0), name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// Numbers of paper sizes in the file format.
const (
	letterPaper = 1
	a4Paper     = 9
)

// setup makes a worksheet print on the reader's paper, on as many pages as it
// needs below each other.
func (b *book) setup(name string, gridLines bool, on paper) error {
	f, yes := b.file, true
	no := false // what unfolds columns stands on their left, at the last one that is always seen
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes, OutlineSummaryRight: &no}); err != nil {
		return err
	}
	if err := f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &gridLines}); err != nil {
		return err
	}
	// The size of a streamed sheet is not known at its head; a wrong one makes
	// some readers stop after the first cell.
	if err := f.SetSheetDimension(name, ""); err != nil {
		return err
	}
	size, lie := a4Paper, "landscape"
	if on.letter {
		size = letterPaper
	}
	if on.stands() {
		lie = "portrait"
	}
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &lie, FitToWidth: &on.across, FitToHeight: &on.down}
	if err := f.SetPageLayout(name, layout); err != nil {
		return err
	}
	side, top, bottom, edge := sideMargin, topMargin, bottomMargin, 0.3
	margins := &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge}
	if err := f.SetPageMargins(name, margins); err != nil {
		return err
	}
	return f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: b.footer()})
}

// footer returns the codes of the page footer: sheet, page, and whose figures
// of which day. The font stands last before each text, because a text that
// begins with a digit would be read as part of the size.
func (b *book) footer() string {
	const font = `&8&"Calibri,Regular"`
	left := font + "&A"
	if b.doc.Branding.Footer != "" {
		left += "  ·  " + footerText(b.doc.Branding.Footer, 60)
	}
	right := footerText(b.doc.Organisation, 60)
	if !b.doc.AsOf.IsZero() {
		right = strings.TrimPrefix(right+"  ·  as of "+b.doc.AsOf.String(), "  ·  ")
	}
	return "&L" + left + "&C" + font + "Page &P of &N" + "&R" + font + right
}

// footerText escapes s for a footer, in at most limit units: Excel refuses a
// workbook with a footer of more than 255.
func footerText(s string, limit int) string {
	var out strings.Builder
	used := 0
	for _, r := range strings.Join(strings.Fields(legal(s)), " ") {
		text := string(r)
		if r == '&' {
			text = "&&"
		}
		n := len(utf16.Encode([]rune(text)))
		if used+n > limit-3 {
			return out.String() + "..."
		}
		used += n
		out.WriteString(text)
	}
	return out.String()
}

// page is a worksheet being written from top to bottom.
type page struct {
	book  *book
	sw    *excelize.StreamWriter
	name  string
	row   int     // last row written
	used  float64 // height of the rows since the last page break that was set, in points
	aside int     // columns before the sentences over and under a table
	links int
}

// columns sizes the columns and folds away those behind the first open ones. The
// library puts each before those it has, and readers want them to rise.
func (p *page) columns(widths []float64, open int) error {
	for i := len(widths); i > 0; i-- {
		if err := p.sw.SetColWidth(i, i, widths[i-1]); err != nil {
			return err
		}
		if i <= open {
			continue
		}
		if err := p.sw.SetColOutlineLevel(i, 1); err != nil {
			return err
		}
		if err := p.sw.SetColVisible(i, i, false); err != nil {
			return err
		}
	}
	return nil
}

// write adds the next row; height 0 lets the program fit the row to its text.
func (p *page) write(values []any, height float64) error {
	p.row++
	p.used += cmp.Or(height, lineHeight(body))
	cell, err := excelize.CoordinatesToCellName(1, p.row)
	if err != nil {
		return err
	}
	return p.sw.SetRow(cell, values, excelize.RowOpts{Height: height})
}

// endPage begins a page below what is written.
func (p *page) endPage() error {
	p.used = 0
	return p.sw.InsertPageBreak(fmt.Sprintf("A%d", p.row+1))
}

// put adds the next row of a table with the links of its cells.
func (p *page) put(values []any, cells []cell, height float64) error {
	if err := p.write(values, height); err != nil {
		return err
	}
	for i := range cells {
		if cells[i].link == "" || p.links >= mostLinks {
			continue
		}
		if err := p.link(i, p.row, &cells[i]); err != nil {
			return err
		}
	}
	return nil
}

// link gives a cell its link.
func (p *page) link(column, row int, c *cell) error {
	p.links++
	kind := "Location"
	if c.outside {
		kind = "External"
	}
	if err := p.book.file.SetCellHyperLink(p.name, columnName(column)+strconv.Itoa(row), c.link, kind); err != nil {
		return fmt.Errorf("link: %w", err)
	}
	return nil
}

// How many links a worksheet gets. The library searches all that it has for each new
// one; spreadsheets hold 65,530.
const (
	mostLinks     = 10_000
	mostBulkLinks = 50_000
)

// skip leaves a row of the given height empty.
func (p *page) skip(height float64) error { return p.write(nil, height) }

// line writes one text over the first columns, whose widths are given, broken
// into as many lines as it needs. Sentences begin after the columns that every
// page shows again, where they would be cut.
func (p *page) line(text string, r role, widths []float64) error {
	t, quoted := safeText(text)
	id, err := p.book.styles.id(look{role: r, wrap: r != title && r != heading, quoted: quoted})
	if err != nil {
		return err
	}
	height := textHeight(t, r, sum(widths))
	before := 0
	if r == lead || r == note {
		before = p.aside
	}
	if err := p.write(append(make([]any, before), excelize.Cell{StyleID: id, Value: t}), height); err != nil {
		return err
	}
	if len(widths) < 2 {
		return nil
	}
	return p.merge(before+1, before+len(widths))
}

// merge joins cells of the last row. Data rows of tables are never merged.
func (p *page) merge(from, to int) error {
	area, err := areaName(from, p.row, to, p.row)
	if err != nil {
		return err
	}
	left, right, _ := strings.Cut(area, ":")
	return p.sw.MergeCell(left, right)
}

// areaName returns a range such as "A7:Q9".
func areaName(fromCol, fromRow, toCol, toRow int) (string, error) {
	from, err := excelize.CoordinatesToCellName(fromCol, fromRow)
	if err != nil {
		return "", err
	}
	to, err := excelize.CoordinatesToCellName(toCol, toRow)
	return from + ":" + to, err
}
