package table

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxToken is how many bytes one tag or text of a part may take, and maxText
// how many one cell may hold; a spreadsheet program allows 32,767 characters.
const (
	maxToken = 8 << 20
	maxText  = 1 << 20
)

// maxOpen is how deep elements may stand in each other; those of real workbooks
// stand ten deep, most of them in drawings nobody reads here.
const maxOpen = 100

type element = xml.StartElement

// xmlPart reads a part of a workbook token by token. Names are compared
// without their namespace: prefixes are free, and the two flavours of the
// format differ in the namespaces only.
type xmlPart struct {
	name  string
	body  io.ReadCloser
	bytes *tokenReader
	dec   *xml.Decoder
	open  []string // elements that are not closed yet
}

// tokenReader refuses to read on when one token has no end, which the decoder
// would keep in memory.
type tokenReader struct {
	*bufio.Reader
	n int
}

func (t *tokenReader) ReadByte() (byte, error) {
	if t.n++; t.n > maxToken {
		return 0, errors.New("a single tag or text without end")
	}
	return t.Reader.ReadByte()
}

// readPart calls f for every child of a part's root, which f reads to its end.
// An error names the part.
func (a *archive) readPart(name, root string, f func(*xmlPart, element) error) error {
	p, err := a.openPart(name, root)
	if err != nil {
		return err
	}
	defer p.body.Close()
	if err := p.each(func(e element) error { return f(p, e) }); err != nil {
		return p.fail(err)
	}
	return p.drain()
}

// openPart opens a part and reads the start of its root.
func (a *archive) openPart(name, root string) (*xmlPart, error) {
	p := &xmlPart{name: name}
	body, err := a.open(name)
	if err != nil {
		return nil, p.fail(err)
	}
	p.body = body
	p.bytes = &tokenReader{Reader: bufio.NewReaderSize(body, 64<<10)}
	if bom, _ := p.bytes.Peek(2); string(bom) == "\xff\xfe" || string(bom) == "\xfe\xff" {
		utf8 := transform.NewReader(p.bytes.Reader, unicode.BOMOverride(transform.Nop))
		p.bytes.Reader = bufio.NewReader(utf8)
	}
	p.dec = xml.NewDecoder(p.bytes)
	p.dec.CharsetReader = charset
	for {
		t, err := p.next()
		if e, ok := t.(element); ok && e.Name.Local == root {
			return p, nil
		} else if ok {
			err = fmt.Errorf("it begins with %s instead of %s", e.Name.Local, root)
		}
		if err != nil {
			body.Close()
			return nil, p.fail(err)
		}
	}
}

// charset accepts what is UTF-8 by now.
func charset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-16", "us-ascii":
		return r, nil
	}
	return nil, errors.New("expected UTF-8 or UTF-16")
}

func (p *xmlPart) fail(err error) error {
	return fmt.Errorf("its part %s is damaged: %w", p.name, err)
}

// next returns the next token and keeps count of what is open.
func (p *xmlPart) next() (xml.Token, error) {
	p.bytes.n = 0
	t, err := p.dec.RawToken()
	if errors.Is(err, io.EOF) {
		err = errors.New("it breaks off")
	}
	switch e := t.(type) {
	case xml.StartElement:
		if len(p.open) == maxOpen {
			return nil, fmt.Errorf("more than %d elements stand in each other", maxOpen)
		}
		p.open = append(p.open, e.Name.Local)
	case xml.EndElement:
		last := len(p.open) - 1
		if last < 0 || p.open[last] != e.Name.Local {
			return nil, fmt.Errorf("it closes %s, which is not open", e.Name.Local)
		}
		p.open = p.open[:last]
	}
	return t, err
}

// each calls f for every child of the element whose start was read last; f
// reads the child to its end.
func (p *xmlPart) each(f func(element) error) error {
	for {
		t, err := p.next()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			if err := f(e); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads to the end of the element whose start was read last.
func (p *xmlPart) skip() error {
	for depth := len(p.open); len(p.open) >= depth; {
		if _, err := p.next(); err != nil {
			return err
		}
	}
	return nil
}

// text appends the text of the element whose start was read last.
func (p *xmlPart) text(to []byte) ([]byte, error) {
	for {
		t, err := p.next()
		if err != nil {
			return to, err
		}
		switch e := t.(type) {
		case xml.CharData:
			if len(to)+len(e) > maxText {
				return to, errors.New("a text is longer than a cell can hold")
			}
			to = append(to, e...)
		case xml.StartElement:
			if err := p.skip(); err != nil {
				return to, err
			}
		case xml.EndElement:
			return to, nil
		}
	}
}

// drain reads the rest of the part, at whose end its checksum is compared.
func (p *xmlPart) drain() error {
	if _, err := io.Copy(io.Discard, p.bytes.Reader); err != nil {
		return p.fail(err)
	}
	return nil
}

// attr returns an attribute without prefix, "" when there is none.
func attr(e element, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
