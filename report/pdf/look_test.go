package pdf

import (
	"flag"
	"os"
	"testing"

	"tierline/report"
)

var look = flag.String("look", "", "write the fixtures as PDFs beginning with this path, to look at them")

// TestLook writes the fixtures for eyes: go test ./report/pdf -run TestLook -look /tmp/look
func TestLook(t *testing.T) {
	if *look == "" {
		t.Skip("no -look")
	}
	for name, d := range fixtures() {
		f, err := os.Create(*look + "-" + name + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Render(f, d); err != nil {
			t.Error(err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// manyActions has more actions and caveats than a page holds, and no section for them.
func manyActions() *report.Document {
	d := richDocument()
	d.Finance.Decisions = []report.Table{actionTable(40, "USD")}
	for range 8 {
		d.Finance.Caveats = append(d.Finance.Caveats, d.Finance.Caveats[:2]...)
	}
	d.Finance.Sections = nil
	return d
}
