// Package pdf lays the finance part of a [report.Document] out on pages and
// writes them as a PDF: a decision page first, then the sections in order. The
// command hands it to publish as one renderer among others.
//
// It refuses to decide anything about content: it neither computes an amount
// nor words a sentence that the document does not hold, apart from labels of
// its own such as legends, page numbers and "n more actions". It never reads
// the workbook part of a document, so no person can reach the PDF through it.
//
// The layout works on a display list of our own ([canvas]); only printer.go
// knows the PDF library. The same document gives the same bytes: no clock, no
// map order, no state outlives a call.
package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/report"
)

// Render writes the finance PDF of d to w. It returns an error, and has
// written nothing, when the document cannot be laid out.
func Render(w io.Writer, d *report.Document) (report.Shown, error) {
	return render(w, d, true)
}

func render(w io.Writer, d *report.Document, compress bool) (shown report.Shown, err error) {
	if d == nil {
		return nil, errors.New("pdf: no document")
	}
	// The PDF library panics on some texts. Ours are clean before they get
	// there, but an unattended run must never die of a name in an export.
	defer func() {
		if r := recover(); r != nil {
			shown, err = nil, fmt.Errorf("pdf: cannot be laid out: %v", r)
		}
	}()
	p, err := newPrinter(sheetOf(d.Branding), compress)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	c, err := layOut(d, p)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	var b bytes.Buffer
	if err := p.print(&b, c, info(c, d)); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return c.shown, err
}

// layOut draws the document: the decision page, the sections, and last what names
// pages: references of the first page, and the feet.
func layOut(d *report.Document, m measurer) (*canvas, error) {
	c, err := newCanvas(m, d.Branding)
	if err != nil {
		return nil, err
	}
	first, rest, err := newDecision(c, d).blocks()
	if err != nil {
		return nil, err
	}
	opening, err := chapters(c, d, d.Finance.Opening)
	if err != nil {
		return nil, err
	}
	sections, err := chapters(c, d, d.Finance.Sections)
	if err != nil {
		return nil, err
	}
	rest = append(rest, sections...)
	if len(first) > 0 {
		first[0].entry = entry{cmp.Or(d.Title, "Decision"), 0}
	}
	c.announce(first)
	for _, p := range slices.Concat(opening, rest) {
		c.announce(p.blocks(false))
	}
	f := newFlow(c)
	f.add(first)
	f.addChapters(opening)
	if f.y != top && len(rest) > 0 {
		f.newPage()
	}
	f.addChapters(rest)
	if c.replaced > 0 {
		f.add(replacedNote(c))
	}
	for _, draw := range c.late {
		draw()
	}
	drawFeet(c, d)
	return c, nil
}

// replacedNote tells the reader that some characters are not what they were.
func replacedNote(c *canvas) []block {
	s := "Characters that the fonts do not have are shown by their code in brackets, in " + money.Plural(c.replaced, "place") + "."
	return paragraph(c, s, small, c.ink.soft, gapBlock)
}

// info returns the description of the file. The dates derive from the as-of
// date, so that the same audit gives the same bytes on any day.
func info(c *canvas, d *report.Document) fileInfo {
	day := d.AsOf
	if day.IsZero() {
		day = date.New(2000, 1, 1)
	}
	title := d.Title
	if d.Organisation != "" {
		title += " - " + d.Organisation
	}
	return fileInfo{
		title: title, author: cmp.Or(d.Organisation, "Tierline"), at: day.Time(),
		keywords: strings.Join([]string{"Atlassian", "Marketplace apps", "licence audit", "renewal", "as of " + day.String(), "run " + stamp(c, d).Run}, ", "),
	}.clean(c)
}

// clean returns the description without what the fonts do not have: viewers show
// it, but the PDF library writes no character above U+FFFF.
func (in fileInfo) clean(c *canvas) fileInfo {
	in.title, _ = uncoded(c.clean(in.title))
	in.author, _ = uncoded(c.clean(in.author))
	return in
}
