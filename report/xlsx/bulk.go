package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zip"

	"tierline/report"
)

// The data rows of a long table, of which there may be millions, are not written by
// the library: it takes a microsecond for a cell. They are written straight as XML,
// in blocks of a fixed size, which are compressed beside each other and put in order.
// Block borders follow from the rows alone, so the bytes do not depend on the number
// of processors. The library writes the rest of the worksheet; the rows are put
// between its row above and what follows it.

// blockSize is the XML of one block, which is compressed by itself.
const blockSize = 1 << 19

// bulk is the data rows of one worksheet.
type bulk struct {
	after   int // the row above the first of them
	packer  *packer
	block   *block // not yet full
	rows    int
	row     []byte // the digits of the row being written
	columns []bulkColumn
	texts   *texts
	links   []byte // as the worksheet lists them, behind its rows
}

// bulkColumn is what is known of a column.
type bulkColumn struct {
	begins string // how each of its cells begins
	added  int    // texts, see texts
	seen   [seenCells]seenCell
}

func newBulk(after, columns int, texts *texts) (*bulk, error) {
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	b := &bulk{after: after, packer: p, texts: texts, columns: make([]bulkColumn, columns), block: p.next()}
	for i := range b.columns {
		b.columns[i].begins = `<c r="` + columnName(i)
	}
	return b, nil
}

// columnName returns the letters of column i, from 0.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// begin begins a row, of a height of its own unless that is 0.
func (b *bulk) begin(height float64) {
	b.rows++
	b.row = strconv.AppendInt(b.row[:0], int64(b.after+b.rows), 10)
	out := append(append(b.block.xml, `<row r="`...), b.row...)
	if height > 0 {
		out = append(out, `" ht="`...)
		out = strconv.AppendFloat(out, height, 'f', -1, 64)
		out = append(out, `" customHeight="1`...)
	}
	b.block.xml = append(out, `">`...)
}

// end ends a row.
func (b *bulk) end() error {
	b.block.xml = append(b.block.xml, `</row>`...)
	if len(b.block.xml) < blockSize {
		return nil
	}
	b.packer.pack(b.block)
	b.block = b.packer.next()
	return b.packer.failed()
}

// add writes a cell, which stands for one of the document.
func (b *bulk) add(column int, c *cell, from *report.Cell) {
	out := b.place(column)
	start := len(out)
	out, shared := b.content(out, c, &b.columns[column].added)
	b.block.xml = out
	b.columns[column].see(from, out[start:], shared)
}

// place begins a cell, up to the number of its row. Each cell names its place,
// though the file format lets all but the first of a row leave it out and the file
// would be less than half as large: Gnumeric would then lose them.
func (b *bulk) place(column int) []byte {
	return append(append(b.block.xml, b.columns[column].begins...), b.row...)
}

// content appends what follows the place of a cell, and reports whether it names a
// text that is held once. added counts the texts its column has brought.
func (b *bulk) content(out []byte, c *cell, added *int) ([]byte, bool) {
	out = append(out, `" s="`...)
	out = strconv.AppendInt(out, int64(c.style), 10)
	if c.formula != "" {
		return appendFormula(out, c), false
	}
	switch c.value.kind {
	case blankValue:
		return append(out, `"/>`...), false
	case wholeValue:
		out = append(out, `"><v>`...)
		out = strconv.AppendInt(out, int64(c.value.whole), 10)
		return append(out, `</v></c>`...), false
	case floatValue:
		out = append(out, `"><v>`...)
		out = appendNumber(out, c.value.float)
		return append(out, `</v></c>`...), false
	case truthValue:
		out = append(out, `" t="b"><v>`...)
		out = strconv.AppendInt(out, int64(c.value.whole), 10)
		return append(out, `</v></c>`...), false
	}
	if n, shared := b.texts.shared(c.value.text, added); shared {
		out = append(out, `" t="s"><v>`...)
		out = strconv.AppendInt(out, int64(n), 10)
		return append(out, `</v></c>`...), true
	}
	out = append(out, `" t="inlineStr"><is><t`...)
	if spaced(c.value.text) {
		out = append(out, ` xml:space="preserve"`...)
	}
	out = append(out, '>')
	out = appendText(out, c.value.text)
	return append(out, `</t></is></c>`...), false
}

// appendFormula appends what follows the style of a cell with a formula: that
// and the value it has now.
func appendFormula(out []byte, c *cell) []byte {
	switch c.value.kind {
	case textValue, blankValue:
		out = append(out, `" t="str`...)
	case truthValue:
		out = append(out, `" t="b`...)
	}
	out = append(out, `"><f>`...)
	out = appendText(out, c.formula)
	out = append(out, `</f><v>`...)
	switch c.value.kind {
	case wholeValue, truthValue:
		out = strconv.AppendInt(out, int64(c.value.whole), 10)
	case floatValue:
		out = appendNumber(out, c.value.float)
	default:
		out = appendText(out, c.value.text)
	}
	return append(out, `</v></c>`...)
}

// appendNumber appends a number as the library writes it: in the 15 digits that
// a spreadsheet program keeps.
func appendNumber(out []byte, f float64) []byte {
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', 14, 64), 64)
	if err != nil {
		short = f
	}
	return strconv.AppendFloat(out, short, 'f', -1, 64)
}

// link has a cell of the row being written lead to a place of the workbook, whose name
// is one of ours and holds no ".
func (b *bulk) link(column int, to string) {
	out := append(append(b.links, `<hyperlink ref="`...), columnName(column)...)
	out = append(append(out, b.row...), `" location="`...)
	out = append(appendText(out, to), `"/>`...)
	b.links = out
}

// close hands on the last rows and waits until all are packed.
func (b *bulk) close() error {
	if b.block == nil {
		return b.packer.failed()
	}
	b.packer.pack(b.block)
	b.block = nil
	return b.packer.finish()
}

// drop gives the rows up, written or not.
func (b *bulk) drop() {
	_ = b.close()
	b.packer.drop()
}

// writeTo writes the part of an archive in which the library left a gap for the
// rows.
func (b *bulk) writeTo(z *zip.Writer, h *zip.FileHeader, part []byte) error {
	head, tail, err := b.around(part)
	if err != nil {
		return err
	}
	first, err := squeezed(head, false)
	if err != nil {
		return err
	}
	last, err := squeezed(tail, true)
	if err != nil {
		return err
	}
	p := b.packer
	h.CRC32 = joinSums(joinSums(crc32.ChecksumIEEE(head), p.sum, p.raw), crc32.ChecksumIEEE(tail), int64(len(tail)))
	h.UncompressedSize64 = uint64(int64(len(head)+len(tail)) + p.raw)
	h.CompressedSize64 = uint64(int64(len(first)+len(last)) + p.packed)
	if h.UncompressedSize64 > math.MaxUint32 {
		return errTooLarge
	}
	to, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(to, io.MultiReader(bytes.NewReader(first), p.file, bytes.NewReader(last)))
	return err
}

// around cuts a worksheet where the rows belong: before the next row the library
// wrote, or at the end of its data.
func (b *bulk) around(part []byte) (head, tail []byte, err error) {
	at := bytes.Index(part, fmt.Appendf(nil, `<row r="%d"`, b.after))
	if at < 0 {
		return nil, nil, fmt.Errorf("row %d is missing", b.after)
	}
	end := bytes.Index(part[at:], []byte("</row>"))
	if end < 0 {
		return nil, nil, fmt.Errorf("row %d has no end", b.after)
	}
	at += end + len("</row>")
	head, tail = part[:at], part[at:]
	if len(b.links) == 0 {
		return head, tail, nil
	}
	// The library lists the links of the total, if any.
	if before, after, listed := bytes.Cut(tail, []byte("<hyperlinks>")); listed {
		return head, slices.Concat(before, []byte("<hyperlinks>"), b.links, after), nil
	}
	before, after, found := bytes.Cut(tail, []byte("<pageMargins"))
	if !found {
		return nil, nil, errors.New("the margins are missing")
	}
	return head, slices.Concat(before, []byte("<hyperlinks>"), b.links, []byte("</hyperlinks><pageMargins"), after), nil
}

// spaced reports whether a text needs its outer white space kept.
func spaced(s string) bool {
	return s != "" && (strings.IndexByte("\t\n\r ", s[0]) >= 0 || strings.IndexByte("\t\n\r ", s[len(s)-1]) >= 0)
}

// appendText appends a text as XML.
func appendText(out []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] > '>' && s[i] != '_' {
			continue
		}
		as := ""
		switch s[i] {
		case '&':
			as = "&amp;"
		case '<':
			as = "&lt;"
		case '>':
			as = "&gt;"
		case '\t':
			as = "&#9;"
		case '\r':
			as = "&#13;"
		case '_':
			if escaped(s[i:]) {
				as = plainUnderscore
			}
		}
		if as == "" {
			continue
		}
		out = append(append(out, s[from:i]...), as...)
		from = i + 1
	}
	return append(out, s[from:]...)
}

// plainUnderscore stands for a "_" before what would be read as an escape of
// the file format: _x0041_ is an A.
const plainUnderscore = "_x005F_"

// escaped reports whether s begins with an escape of the file format.
func escaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	return strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

// unescaped returns a text in which nothing is read as an escape.
func unescaped(s string) string {
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && escaped(s[i:]) {
			out.WriteString(plainUnderscore)
		} else {
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// texts are the texts that a workbook holds once: those of columns in which few
// different ones stand. In a column of names each would be kept for one cell.
type texts struct {
	list  []string
	index map[string]int
	uses  int // cells that name one of them
}

// fewTexts is the number of texts after which new ones of a column are written
// in place.
const fewTexts = 256

// shared returns the number of a text that is held once. added counts the texts
// its column has brought.
func (t *texts) shared(s string, added *int) (int, bool) {
	if *added > fewTexts {
		return 0, false
	}
	n, known := t.index[s]
	if !known {
		if *added++; *added > fewTexts {
			return 0, false
		}
		n = len(t.list)
		t.list = append(t.list, s)
		t.index[s] = n
	}
	t.uses++
	return n, true
}
