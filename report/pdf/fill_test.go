package pdf

import (
	"testing"

	"tierline/samples"
)

// filled is the part of the body of a page that something stands in, from its top
// down to the last mark.
func (p page) filled(s sheet) float64 {
	last := top
	for _, m := range p.marks {
		for _, at := range m.points {
			if at.y <= s.bottom() {
				last = max(last, at.y)
			}
		}
	}
	return (last - top) / s.body()
}

// TestSamplesAreShortAndFull: about eight pages for one site, more where several
// sites and bundles have more to say, and only the last page has room left, since
// sections follow each other.
func TestSamplesAreShortAndFull(t *testing.T) {
	most := map[string]int{"worked-example": 5, "datacenter": 8, "europe": 8, "acme": 9, "enterprise": 10}
	const least = 0.7
	for _, name := range samples.Names() {
		c := mustLayOut(t, sampleDocument(t, name))
		if len(c.pages) > most[name] {
			t.Errorf("%s has %d pages, more than %d", name, len(c.pages), most[name])
		}
		for i, p := range c.pages[:len(c.pages)-1] {
			if part := p.filled(c.sheet); part < least {
				t.Errorf("%s: page %d is filled to %.0f %% only, from %q on", name, i+1, 100*part, p.heading())
			}
		}
	}
}
