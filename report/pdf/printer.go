package pdf

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/jung-kurt/gofpdf"

	"tierline/templates"
)

// printer writes pages with gofpdf; no other file knows that library.
//
// Traps it steps around: widths and texts with a rune above U+FFFF panic (the
// canvas has replaced them), broken font bytes are reported only at SetFont
// (so both fonts are set once at the start), and dates left out are taken from
// the clock.
type printer struct {
	pdf    *gofpdf.Fpdf
	widths [2]map[rune]float64 // of a letter in sizes, by face; measuring is most of the work
}

// fileInfo describes the file to a viewer.
type fileInfo struct {
	title, author string
	at            time.Time
}

const family = "plex"

const logoName = "logo"

var pngOptions = gofpdf.ImageOptions{ImageType: "PNG"}

func newPrinter(paper sheet, compress bool) (*printer, error) {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: gofpdf.SizeType{Wd: paper.wide, Ht: paper.high}})
	pdf.SetCatalogSort(true)
	pdf.SetCompression(compress)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	// The library pads a font's tables where they lie, so each document gets fonts
	// of its own: documents are made beside each other.
	pdf.AddUTF8FontFromBytes(family, "", bytes.Clone(templates.FontRegular))
	pdf.AddUTF8FontFromBytes(family, "B", bytes.Clone(templates.FontBold))
	for _, face := range []string{"B", ""} {
		pdf.SetFont(family, face, 10)
	}
	if err := pdf.Error(); err != nil {
		return nil, fmt.Errorf("fonts: %w", err)
	}
	return &printer{pdf: pdf, widths: [2]map[rune]float64{{}, {}}}, nil
}

func style(f font) (name string, index int) {
	if f.bold {
		return "B", 1
	}
	return "", 0
}

func (p *printer) width(s string, f font) float64 {
	name, face := style(f)
	var sum float64
	for _, r := range s {
		w, ok := p.widths[face][r]
		if !ok {
			p.pdf.SetFont(family, name, f.size)
			w = float64(p.pdf.GetStringSymbolWidth(string(r))) / 1000
			p.widths[face][r] = w
		}
		sum += w
	}
	return sum * f.mm()
}

// print writes the pages to w.
func (p *printer) print(w io.Writer, c *canvas, in fileInfo) error {
	if c.logo.given() {
		p.pdf.RegisterImageOptionsReader(logoName, pngOptions, bytes.NewReader(c.logo.png))
	}

	p.pdf.SetTitle(in.title, true)
	p.pdf.SetAuthor(in.author, true)
	p.pdf.SetCreator("Tierline", true)
	p.pdf.SetProducer("Tierline", true)
	p.pdf.SetCreationDate(in.at)
	p.pdf.SetModificationDate(in.at)
	for _, pg := range c.pages {
		p.pdf.AddPage()
		p.pdf.SetLineJoinStyle("miter")
		set := font{}
		for _, m := range pg.marks {
			if m.kind == textMark && m.font != set {
				name, _ := style(m.font)
				p.pdf.SetFont(family, name, m.font.size)
				set = m.font
			}
			p.draw(m, c.sheet.shift())
		}
		if err := p.pdf.Error(); err != nil {
			return err
		}
	}
	return p.pdf.Output(w)
}

func (p *printer) draw(m mark, shift float64) {
	r, g, b := int(m.ink.r), int(m.ink.g), int(m.ink.b)
	switch m.kind {
	case textMark:
		p.pdf.SetTextColor(r, g, b)
		p.pdf.Text(m.points[0].x+shift, m.points[0].y, m.text)
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
	case imageMark:
		a, b := m.points[0], m.points[1]
		p.pdf.ImageOptions(logoName, a.x+shift, a.y, b.x-a.x, b.y-a.y, false, pngOptions, 0, "")
	}
}
