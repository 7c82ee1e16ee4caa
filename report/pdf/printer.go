package pdf

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/jung-kurt/gofpdf"
)

// printer writes pages with gofpdf; no other file knows that library.
//
// Traps it steps around: widths and texts with a rune above U+FFFF panic (the
// canvas has replaced them), broken font bytes are reported only at SetFont
// (so every font is set once when it is added), and dates left out are taken
// from the clock.
type printer struct {
	faces
	pdf   *gofpdf.Fpdf
	added map[string]bool // faces that the library knows
	links map[string]int  // by the key of the place they lead to

	plain, plainBold [utf8.RuneSelf]float64 // widths of letters in sizes; 0 for those not met yet
}

// fileInfo describes the file to a viewer.
type fileInfo struct {
	title, author, keywords string
	at                      time.Time
}

const logoName = "logo"

var pngOptions = gofpdf.ImageOptions{ImageType: "PNG"}

func newPrinter(paper sheet, compress bool) (*printer, error) {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: gofpdf.SizeType{Wd: paper.wide, Ht: paper.high}})
	pdf.SetCatalogSort(true)
	pdf.SetCompression(compress)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	p := &printer{faces: newFaces(), pdf: pdf, added: map[string]bool{}}
	p.set(boldFace, 10)
	p.set(regularFace, 10)
	if err := p.failed(); err != nil {
		return nil, err
	}
	return p, nil
}

// set makes a face the one that is printed in, in points. The library pads the
// tables of a font where they lie, so each document gets fonts of its own:
// documents are made beside each other.
func (p *printer) set(i int, size float64) {
	f := p.faces[i]
	if key := f.family + f.style; !p.added[key] {
		p.added[key] = true
		raw, err := f.file()
		if err != nil {
			f.err = err
			return
		}
		p.pdf.AddUTF8FontFromBytes(f.family, f.style, bytes.Clone(raw))
	}
	p.pdf.SetFont(f.family, f.style, size)
}

// failed returns what went wrong with the fonts or with the file.
func (p *printer) failed() error {
	for _, f := range p.faces {
		if f.err != nil {
			return f.err
		}
	}
	return p.pdf.Error()
}

// width measures a text. Measuring is most of the work of a report, and nearly
// all letters are plain ones.
func (p *printer) width(s string, f font) float64 {
	plain := &p.plain
	if f.bold {
		plain = &p.plainBold
	}
	var sum float64
	for _, r := range s {
		if r >= utf8.RuneSelf {
			sum += p.letter(r, f)
			continue
		}
		if plain[r] == 0 {
			plain[r] = p.letter(r, f)
		}
		sum += plain[r]
	}
	return sum * f.mm()
}

// letter returns the width of a letter in sizes.
func (p *printer) letter(r rune, f font) float64 {
	i := max(p.of(r, f.bold), regularFace)
	w, ok := p.faces[i].widths[r]
	if !ok {
		p.set(i, f.size)
		w = float64(p.pdf.GetStringSymbolWidth(string(r))) / 1000
		p.faces[i].widths[r] = w
	}
	return w
}

// write prints a text from x on, piece by piece where it needs several faces.
func (p *printer) write(x, y float64, s string, f font) {
	runes := []rune(s)
	for len(runes) > 0 {
		i, n := p.of(runes[0], f.bold), 1
		for n < len(runes) && p.of(runes[n], f.bold) == i {
			n++
		}
		piece := string(runes[:n])
		p.set(max(i, regularFace), f.size)
		p.pdf.Text(x, y, piece)
		x += p.width(piece, f)
		runes = runes[n:]
	}
}

// print writes the pages to w.
func (p *printer) print(w io.Writer, c *canvas, in fileInfo) error {
	if c.logo.given() {
		p.pdf.RegisterImageOptionsReader(logoName, pngOptions, bytes.NewReader(c.logo.png))
	}

	p.pdf.SetTitle(in.title, true)
	p.pdf.SetAuthor(in.author, true)
	p.pdf.SetKeywords(in.keywords, true)
	p.pdf.SetCreator("Tierline", true)
	p.pdf.SetProducer("Tierline", true)
	p.pdf.SetCreationDate(in.at)
	p.pdf.SetModificationDate(in.at)
	p.links = p.addLinks(c)
	for i := range c.pages {
		pg := &c.pages[i]
		p.pdf.AddPage()
		for _, b := range pg.outline {
			p.set(regularFace, small.size) // a title is written as the font it is set in
			title, _ := uncoded(c.clean(b.title))
			p.pdf.Bookmark(title, b.level, b.y)
		}
		p.pdf.SetLineJoinStyle("miter")
		for _, m := range pg.marks {
			p.draw(m, c.sheet.shift())
		}
		pg.marks = nil // there may be thousands of pages, which the library now holds
		if err := p.failed(); err != nil {
			return err
		}
	}
	return p.pdf.Output(w)
}

// addLinks tells the library of every place that links lead to, in the order of
// their keys.
func (p *printer) addLinks(c *canvas) map[string]int {
	links := map[string]int{}
	for _, key := range slices.Sorted(maps.Keys(c.places)) {
		links[key] = p.pdf.AddLink()
		p.pdf.SetLink(links[key], c.places[key].y, c.places[key].page+1)
	}
	return links
}

func (p *printer) draw(m mark, shift float64) {
	r, g, b := int(m.ink.r), int(m.ink.g), int(m.ink.b)
	switch m.kind {
	case textMark:
		p.pdf.SetTextColor(r, g, b)
		p.write(m.points[0].x+shift, m.points[0].y, m.text, m.font)
	case lineMark:
		p.pdf.SetDrawColor(r, g, b)
		p.pdf.SetLineWidth(m.width)
		if m.dashed {
			p.pdf.SetDashPattern([]float64{0.8, 0.8}, 0)
		}
		p.pdf.Line(m.points[0].x+shift, m.points[0].y, m.points[1].x+shift, m.points[1].y)
		if m.dashed {
			p.pdf.SetDashPattern([]float64{}, 0)
		}
	case areaMark:
		p.pdf.SetFillColor(r, g, b)
		corners := make([]gofpdf.PointType, len(m.points))
		for i, at := range m.points {
			corners[i] = gofpdf.PointType{X: at.x + shift, Y: at.y}
		}
		p.pdf.Polygon(corners, "F")
	case linkMark:
		a, b := m.points[0], m.points[1]
		p.pdf.Link(a.x+shift, a.y, b.x-a.x, b.y-a.y, p.links[m.text])
	case imageMark:
		a, b := m.points[0], m.points[1]
		p.pdf.ImageOptions(logoName, a.x+shift, a.y, b.x-a.x, b.y-a.y, false, pngOptions, 0, "")
	}
}
