package pdf

import (
	"testing"

	"tierline/audit/config"
)

// TestShapesHaveTheColourThatWasChecked: what branding is checked for is what is
// drawn; letters alone are darker where they could not be read (METHOD 16.6).
func TestShapesHaveTheColourThatWasChecked(t *testing.T) {
	for given, letters := range map[string]string{"#1B4B82": "#1B4B82", "#E8590C": "#CC4E0A", "#E03E9C": "#CE398F"} {
		p := newPalette(given, "")
		if want, _ := config.ParseColour(given); p.accent != (colour{want[0], want[1], want[2]}) {
			t.Errorf("shapes in %s are drawn in %v", given, p.accent)
		}
		if want, _ := config.ParseColour(letters); p.link != (colour{want[0], want[1], want[2]}) {
			t.Errorf("letters in %s are written in %02X, want %s", given, []uint8{p.link.r, p.link.g, p.link.b}, letters)
		}
	}
}
