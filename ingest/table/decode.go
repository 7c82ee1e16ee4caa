package table

import (
	"bytes"
	"context"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoded is text of a file with what had to be said about its bytes.
type decoded struct {
	text     []byte
	encoding string // in words for the accounting
	remarks  []Remark
	survey   *Survey // of the bytes of which text is the end; nil where it is written anew
}

// Remark is something about the bytes of a file a reader should know.
type Remark struct {
	Line    int
	Message string
	Fix     string
}

// brokenShare is how rare broken bytes must be for a file still to be taken
// for UTF-8: falling back to Windows-1252 for one bad byte would spoil every
// other name in it (METHOD 14.4).
const brokenShare = 1000

// How large a text may be that has to be written anew, since it then stands in
// memory twice (METHOD 16.5): with the same letters, or with others, of which one
// that took a byte may take three.
const (
	maxCopied = 512 << 20
	maxRecode = 256 << 20
)

// tooLarge refuses a text that has to be written anew for a reason.
func tooLarge(text []byte, limit int, reason string) error {
	if len(text) > limit {
		return fmt.Errorf("%s, and it is larger than %d MiB; save it as UTF-8 with ordinary line ends", reason, limit>>20)
	}
	return nil
}

var utf8BOM = []byte("\xef\xbb\xbf")

// decode finds out the encoding of a file by its bytes, of which there may be a
// survey, and returns it as UTF-8 without a byte order mark.
func decode(ctx context.Context, raw []byte, survey *Survey) (decoded, error) {
	switch {
	case bytes.HasPrefix(raw, utf8BOM):
		d, err := decodeUTF8(ctx, raw, len(utf8BOM), survey)
		d.encoding += " with BOM"
		return d, err
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return decodeUTF16(raw, unicode.UseBOM, "UTF-16")
	}
	if order, ok := utf16ByShape(raw); ok {
		return decodeUTF16(raw, unicode.IgnoreBOM, "UTF-16 without BOM", order)
	}
	return decodeUTF8(ctx, raw, 0, survey)
}

// utf16ByShape recognises UTF-16 of mostly Latin text: every second byte of
// the beginning is zero.
func utf16ByShape(raw []byte) (unicode.Endianness, bool) {
	head := raw[:min(len(raw), 2000)&^1]
	if len(head) < 8 {
		return unicode.LittleEndian, false
	}
	even, odd := 0, 0
	for i, b := range head {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	half := len(head) / 2
	switch {
	case odd > half*8/10 && even < half/10:
		return unicode.LittleEndian, true
	case even > half*8/10 && odd < half/10:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

func decodeUTF16(raw []byte, policy unicode.BOMPolicy, name string, order ...unicode.Endianness) (decoded, error) {
	endian := unicode.LittleEndian
	if len(order) > 0 {
		endian = order[0]
	}
	if err := tooLarge(raw, maxRecode, "the text is UTF-16"); err != nil {
		return decoded{}, err
	}
	text, _, err := transform.Bytes(unicode.UTF16(endian, policy).NewDecoder(), raw)
	if err != nil {
		return decoded{}, fmt.Errorf("not readable as %s: %w", name, err)
	}
	return decoded{text: text, encoding: name}, nil
}

// decodeUTF8 keeps valid UTF-8, mends text with very few broken bytes, and
// reads everything else as Windows-1252. The text begins at a place.
func decodeUTF8(ctx context.Context, raw []byte, from int, survey *Survey) (decoded, error) {
	d := decoded{text: raw[from:], encoding: "UTF-8"}
	if survey == nil || survey.size != len(raw) {
		survey = surveyOf(raw)
	}
	if survey.plain(raw) {
		d.survey = survey
		return d, nil
	}
	if bytes.IndexByte(d.text, 0) >= 0 {
		if err := d.dropNULs(); err != nil {
			return d, err
		}
	}
	if utf8.Valid(d.text) {
		return d, nil
	}
	if err := tooLarge(d.text, maxCopied, "some bytes are not valid UTF-8"); err != nil {
		return d, err
	}
	broken, first := countBroken(ctx, d.text)
	if broken*brokenShare < len(d.text) {
		d.remarks = append(d.remarks, Remark{Line: first,
			Message: fmt.Sprintf("bytes that are not valid UTF-8 were replaced: %d", broken), Fix: "export the file again as UTF-8"})
		d.text = bytes.ToValidUTF8(d.text, []byte("\uFFFD"))
		return d, nil
	}
	if err := tooLarge(d.text, maxRecode, "the text is not UTF-8"); err != nil {
		return d, err
	}
	d.text, d.encoding = fromWindows1252(d.text), "Windows-1252"
	d.remarks = append(d.remarks,
		Remark{Message: "not UTF-8; read as Windows-1252, so letters outside Western European languages may be wrong", Fix: "save the file as UTF-8"})
	return d, nil
}

// fromWindows1252 returns a text as UTF-8, in memory of the size it needs.
func fromWindows1252(text []byte) []byte {
	n := 0
	for _, b := range text {
		n += utf8.RuneLen(charmap.Windows1252.DecodeByte(b))
	}
	out := make([]byte, 0, n)
	for _, b := range text {
		out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(b))
	}
	return out
}

func (d *decoded) dropNULs() error {
	if err := tooLarge(d.text, maxCopied, "the text holds NUL bytes"); err != nil {
		return err
	}
	n := bytes.Count(d.text, []byte{0})
	if n*100 > len(d.text) {
		return fmt.Errorf("full of NUL bytes; this is not a text file")
	}
	line := 1 + bytes.Count(d.text[:bytes.IndexByte(d.text, 0)], []byte("\n"))
	d.remarks = append(d.remarks, Remark{Line: line, Message: fmt.Sprintf("%d NUL bytes were removed", n), Fix: "export the file again"})
	d.text = bytes.ReplaceAll(d.text, []byte{0}, nil)
	return nil
}

// countBroken returns how many bytes are not valid UTF-8 and the line of the
// first.
func countBroken(ctx context.Context, text []byte) (n, line int) {
	for i, steps := 0, 0; i < len(text); steps++ {
		if steps%(1<<20) == 0 && ctx.Err() != nil {
			break
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			if n == 0 {
				line = 1 + bytes.Count(text[:i], []byte("\n"))
			}
			n++
		}
		i += size
	}
	return n, line
}
