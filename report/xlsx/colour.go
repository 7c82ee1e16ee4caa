package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tierline/report"
)

// Colours that do not depend on branding.
const (
	ink       = "1F2328" // text
	greyText  = "6B7280" // notes, "unknown"
	hairline  = "D9DDE3" // lines between rows
	totalFill = "F1F3F6" // behind a total
	deepBlue  = "1F4E79" // accent of a document that names none
	linkBlue  = "0B5CAD" // where a click leads elsewhere
	inputFill = "FFF8DC" // behind a cell to fill in
	inputLine = "C9B458" // around it
)

// toneColours are the colours of the tones but the quiet one, which has no fill.
// Each is as dark in print as its text needs.
var toneColours = map[report.Tone]struct{ text, fill string }{
	report.Good:  {"1E5631", "DDF0E0"},
	report.Watch: {"7A4B00", "FDEBC8"},
	report.Alarm: {"8E1B12", "FBD9D5"},
}

// theme is the accent of a document and the colours that go with it.
type theme struct {
	accent   string // fill of headers
	onAccent string // text on it
	heading  string // titles on white
}

// newTheme reads "#RRGGBB"; anything else gives the default. A light accent
// takes dark text and is not used for titles, which would vanish on paper.
func newTheme(accent string) theme {
	hex := strings.ToUpper(strings.TrimPrefix(accent, "#"))
	if ok, _ := regexp.MatchString(`^[0-9A-F]{6}$`, hex); !ok {
		hex = deepBlue
	}
	if brightness(hex) > 150 {
		return theme{accent: hex, onAccent: ink, heading: ink}
	}
	return theme{accent: hex, onAccent: "FFFFFF", heading: hex}
}

// shade returns the fill of a series of a chart and the colour of a text on it.
func (t theme) shade(s report.Shade) (excelize.Fill, string) {
	switch s {
	case report.Dark:
		return solid(t.heading), "FFFFFF"
	case report.Middle:
		return solid("4C9A7A"), ink
	case report.Light:
		return solid("BFD3E6"), ink
	case report.Warm:
		return solid("E8A33D"), ink
	}
	return excelize.Fill{Type: "pattern"}, "FFFFFF" // none, and a label nobody sees
}

// brightness returns how light a colour looks, 0 to 255.
func brightness(hex string) int {
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return 0
	}
	r, g, b := int(v>>16), int(v>>8&0xFF), int(v&0xFF)
	return (299*r + 587*g + 114*b) / 1000
}
