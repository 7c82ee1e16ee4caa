package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
)

// The peer writes the cells of the sheet Users as the program wrote them: blank
// cells with a style, numbers, texts and formulas. They are taken from a workbook
// of the program's and put into lines, so that the peer has nothing to parse.

// book is what is needed of a workbook: its worksheets by name, and its texts.
type book struct {
	files   *zip.ReadCloser
	sheets  []worksheet
	targets map[string]string // parts by the id of a worksheet
	texts   []string
}

type worksheet struct {
	Name string `xml:"name,attr"`
	ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
}

func openBook(name string) (*book, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	b := &book{files: z, targets: map[string]string{}}
	if err := b.read(); err != nil {
		return nil, errors.Join(err, z.Close())
	}
	return b, nil
}

func (b *book) read() error {
	var list struct {
		Sheets []worksheet `xml:"sheets>sheet"`
	}
	var links struct {
		To []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	var texts struct {
		List []string `xml:"si>t"`
	}
	for name, to := range map[string]any{"xl/workbook.xml": &list, "xl/_rels/workbook.xml.rels": &links, "xl/sharedStrings.xml": &texts} {
		part, err := b.files.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(xml.NewDecoder(part).Decode(to), part.Close()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, l := range links.To {
		b.targets[l.ID] = path.Join("xl", strings.TrimPrefix(l.Target, "/xl/"))
	}
	b.sheets, b.texts = list.Sheets, texts.List
	return nil
}

// writeCells writes the rows of the worksheets whose names begin so as lines for the
// peer, a form feed between two worksheets.
func writeCells(from, sheets, to string) error {
	b, err := openBook(from)
	if err != nil {
		return err
	}
	defer b.files.Close()
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<20)
	for i, found := 0, 0; i < len(b.sheets) && err == nil; i++ {
		if !strings.HasPrefix(b.sheets[i].Name, sheets) {
			continue
		}
		if found++; found > 1 {
			out.WriteString("\f\n")
		}
		err = b.lines(out, b.targets[b.sheets[i].ID])
	}
	return errors.Join(err, out.Flush(), f.Close())
}

// lines writes the rows of one worksheet.
func (b *book) lines(out *bufio.Writer, name string) error {
	part, err := b.files.Open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	in := bufio.NewScanner(part)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	in.Split(untilRow)
	for in.Scan() {
		_, cells, ok := bytes.Cut(in.Bytes(), []byte("<row "))
		if !ok {
			continue
		}
		if err := b.line(out, cells); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return in.Err()
}

// untilRow cuts a worksheet at the ends of its rows.
func untilRow(data []byte, last bool) (int, []byte, error) {
	if i := bytes.Index(data, []byte("</row>")); i >= 0 {
		return i + len("</row>"), data[:i], nil
	}
	if last && len(data) > 0 {
		return len(data), nil, nil
	}
	return 0, nil, nil
}

// line writes one row.
func (b *book) line(out *bufio.Writer, row []byte) error {
	for first := true; ; first = false {
		_, cell, ok := bytes.Cut(row, []byte("<c "))
		if !ok {
			return out.WriteByte('\n')
		}
		row = cell
		if !first {
			out.WriteByte('\t')
		}
		if next := bytes.Index(cell, []byte("<c ")); next >= 0 {
			cell = cell[:next]
		}
		if err := b.cell(out, string(cell)); err != nil {
			return err
		}
	}
}

func (b *book) cell(out io.Writer, cell string) error {
	style, value, formula := between(cell, ` s="`, `"`), between(cell, "<v>", "</v>"), between(cell, "<f>", "</f>")
	var err error
	switch {
	case formula != "":
		_, err = fmt.Fprintf(out, "f%s %s =%s", style, value, plain(formula))
	case strings.Contains(cell, `t="s"`):
		n, broken := strconv.Atoi(value)
		if broken != nil || n >= len(b.texts) {
			return fmt.Errorf("there is no text %q", value)
		}
		_, err = fmt.Fprintf(out, "s%s %s", style, plain(b.texts[n]))
	case strings.Contains(cell, `t="inlineStr"`):
		_, text, _ := strings.Cut(between(cell, "<t", "</t>"), ">")
		_, err = fmt.Fprintf(out, "s%s %s", style, plain(text))
	case value != "":
		_, err = fmt.Fprintf(out, "n%s %s", style, value)
	default:
		_, err = fmt.Fprintf(out, "b%s", style)
	}
	return err
}

// oneLine keeps a text within its field.
var oneLine = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\f", " ")

// plain is a text of a worksheet as it is read, on one line.
func plain(text string) string { return oneLine.Replace(html.UnescapeString(text)) }

func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	found, _, ok := strings.Cut(rest, to)
	if !ok {
		return ""
	}
	return found
}
