package answers

import (
	"strings"
	"testing"

	"tierline/ingest/sheet"
)

// TestUnknownJSONIsNotReadOn: what its first 64 KiB do not show to be an answer we
// know is not read further, whatever its end says; what they do is (METHOD 16.5).
func TestUnknownJSONIsNotReadOn(t *testing.T) {
	known := []Format{{ID: "upm-licences", Fits: IsInstalled, Read: (*File).ReadInstalled}}
	far := strings.Repeat(" ", headJSON)
	for name, c := range map[string]struct {
		text, says string
		rows       int
	}{
		"known at once":        {`{"plugins":[{"key":"a"},` + far + `{"key":"b"}]}`, "", 2},
		"known in a list":      {`[{"a":1},{"plugins":[{"key":"a"}]}` + far + `]`, "1 of 2 answers not recognised", 2},
		"known at the end":     {`{"a":"` + far + `","plugins":[{"key":"a"}]}`, "by its first 64 KiB; not read further", 0},
		"a list of numbers":    {`[` + strings.Repeat("1,", headJSON) + `1]`, "by its first 64 KiB; not read further", 0},
		"no JSON behind it":    {`{"a":1` + far + strings.Repeat("}", headJSON), "by its first 64 KiB; not read further", 0},
		"known, but too large": {`{"plugins":[{"key":"a"}]}` + strings.Repeat(" ", maxJSON), "more than 64 MiB", 0},
	} {
		f := &sheet.File{Path: "a.json"}
		Read(t.Context(), f, []byte(c.text), known)
		said := ""
		for _, d := range f.Diags {
			said += d.Message + "\n"
		}
		if f.Inputs[0].Read != c.rows || !strings.Contains(said, c.says) || c.says == "" && said != "" {
			t.Errorf("%s: %d rows read, %q; want %d and %q", name, f.Inputs[0].Read, said, c.rows, c.says)
		}
	}
}
