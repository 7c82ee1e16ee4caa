package pdf

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // kinds of logos
	"image/png"

	"tierline/audit/config"
)

// Room of the logo at the top of the first page, in millimetres.
const (
	logoWide = 44.0
	logoHigh = 14.0
	nameRoom = 62.0 // of who presents the report, below the logo
)

// picture is an image as the PDF library takes it without a surprise: a PNG
// of eight bits without transparency.
type picture struct {
	png        []byte
	wide, high int // pixels
}

// newPicture makes a picture of the logo of a branding; the zero one of none.
func newPicture(logo config.Logo) (picture, error) {
	if len(logo.Image) == 0 {
		return picture{}, nil
	}
	src, _, err := image.Decode(bytes.NewReader(logo.Image))
	if err != nil {
		return picture{}, errors.New("the logo is no picture that can be read")
	}
	flat := image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), src, src.Bounds().Min, draw.Over)
	var b bytes.Buffer
	if err := png.Encode(&b, flat); err != nil {
		return picture{}, err
	}
	return picture{b.Bytes(), flat.Bounds().Dx(), flat.Bounds().Dy()}, nil
}

func (p picture) given() bool { return len(p.png) > 0 }

// within returns the size of the picture in a room, in millimetres, its sides
// in proportion.
func (p picture) within(wide, high float64) (w, h float64) {
	part := min(wide/float64(p.wide), high/float64(p.high))
	return float64(p.wide) * part, float64(p.high) * part
}

// masthead is the head of the first page: organisation, title and date on the
// left, who presents the report on the right.
func masthead(c *canvas, organisation, title, date string, dress config.Branding) []block {
	side, room := sideOf(c, dress)
	part := width - room
	var left []block
	left = append(left, narrow(c, organisation, largeB, c.ink.link, 0, part)...)
	left = append(left, narrow(c, title, display, c.ink.text, 0.6, part)...)
	left = append(left, narrow(c, date, body, c.ink.soft, 0.4, part)...)
	if side == nil {
		return left
	}
	missing := side.height - total(left)
	left = append([]block{{draw: side.draw, keep: true}}, left...)
	if missing > 0 {
		left = append(left, block{height: missing})
	}
	return left
}

// sideOf returns the right side of the head and how much of the width it takes;
// nil and 0 where the branding has nothing for it.
func sideOf(c *canvas, dress config.Branding) (*block, float64) {
	name := c.wrapAtMost(2, dress.Name, small, nameRoom)
	if len(name) == 0 && !c.logo.given() {
		return nil, 0
	}
	var w, h, room float64
	if c.logo.given() {
		w, h = c.logo.within(logoWide, logoHigh)
		room = w
	}
	for _, line := range name {
		room = max(room, c.width(line, small))
	}
	return &block{height: h + 1 + float64(len(name))*small.line(), draw: func(y float64) {
		if c.logo.given() {
			c.image(left+width-w, y, w, h)
			y += h + 1
		}
		for _, line := range name {
			c.writeRight(left+width, y+small.baseline(), line, small, c.ink.soft)
			y += small.line()
		}
	}}, room + 6
}
