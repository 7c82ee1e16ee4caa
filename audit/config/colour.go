package config

import (
	"fmt"
	"math"
	"strconv"
)

// DefaultAccent is the accent of the PDF where branding names none.
const DefaultAccent = "#1B4B82"

// Least contrasts, as the accessibility guidelines of the web measure them: of a
// shape and of letters on white, and of two colours beside each other, which they
// leave open.
const (
	onWhite   = 3.0
	ofLetters = 4.5
	apart     = 1.5
)

// colour is a colour with its parts from 0 to 255.
type colour [3]uint8

var white = colour{255, 255, 255}

// ParseColour reads "#RRGGBB" as red, green and blue; false for anything else.
func ParseColour(text string) ([3]uint8, bool) { return parseColour(text) }

func parseColour(text string) (colour, bool) {
	if len(text) != 7 || text[0] != '#' {
		return colour{}, false
	}
	n, err := strconv.ParseUint(text[1:], 16, 32)
	return colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil
}

func (c colour) String() string { return fmt.Sprintf("#%02X%02X%02X", c[0], c[1], c[2]) }

// luminance returns how much light c gives, from 0 to 1 (METHOD 16.6).
func (c colour) luminance() float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c[0]) + 0.7152*part(c[1]) + 0.0722*part(c[2])
}

// contrast returns the contrast of two colours, from 1 to 21.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// darkened returns the lightest shade of c that has a contrast on white.
func (c colour) darkened(least float64) colour {
	for part := 100; part > 0; part-- {
		shade := c
		for i := range shade {
			shade[i] = uint8(int(c[i]) * part / 100)
		}
		if contrast(shade, white) >= least {
			return shade
		}
	}
	return colour{}
}

// ForLetters returns the lightest shade of a colour in which letters can be read on
// white (METHOD 16.6).
func ForLetters(c [3]uint8) [3]uint8 { return colour(c).darkened(ofLetters) }
