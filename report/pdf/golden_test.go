package pdf

import (
	"cmp"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/portfolio"
	"tierline/ingest"
	"tierline/report"
	"tierline/rules"
	"tierline/samples"
)

var update = flag.Bool("update", false, "write down what the pages of the samples are like now")

var goldenPages = filepath.Join("testdata", "pages.txt")

// TestPagesOfTheSamples compares each page of each sample with what is written
// down of it, and says which one is another. Whoever changes pages on purpose
// looks at them as pictures and then runs
//
//	go test ./report/pdf -run TestPagesOfTheSamples -update
func TestPagesOfTheSamples(t *testing.T) {
	var now []string
	for _, name := range samples.Names() {
		for i, p := range mustLayOut(t, sampleDocument(t, name)).pages {
			now = append(now, fmt.Sprintf("%s page %d: %s %s", name, i+1, p.hash(), p.heading()))
		}
	}
	comparePages(t, goldenPages, now)
}

// TestPagesOfAPortfolio does the same with the pages of a portfolio of two samples, a
// part of one of which is missing, and an estate without a run.
func TestPagesOfAPortfolio(t *testing.T) {
	estates := []portfolio.Estate{{Name: "broken", State: portfolio.Failed, ExitCode: 12, Reason: "input refused"}}
	for _, name := range []string{"enterprise", "europe"} {
		a := portfolio.Of(sampleDocument(t, name).Result)
		a.Complete = name != "europe"
		estates = append(estates, portfolio.Estate{Name: name, State: portfolio.Audited, Run: name + "/run", Audit: a})
	}
	p, err := portfolio.New(portfolio.Parts{Version: "test", ExitCode: 12, Estates: estates})
	if err != nil {
		t.Fatal(err)
	}
	p.Run.Digest = "" // which every change of an input would change
	var now []string
	for i, p := range mustLayOut(t, report.BuildPortfolio(p)).pages {
		now = append(now, fmt.Sprintf("portfolio page %d: %s %s", i+1, p.hash(), p.heading()))
	}
	comparePages(t, filepath.Join("testdata", "portfolio.txt"), now)
}

// comparePages compares pages with what a file has of them, or writes them down.
func comparePages(t *testing.T, golden string, now []string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(strings.Join(now, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	was := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		page, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		was[page] = rest
	}
	for _, line := range now {
		page, is, _ := strings.Cut(line, ": ")
		if was[page] != is {
			t.Errorf("%s is another: %q, was %q; look at it, then write it down with -update", page, is, cmp.Or(was[page], "not there"))
		}
		delete(was, page)
	}
	for page, rest := range was {
		t.Errorf("%s is gone: it was %q; write that down with -update", page, rest)
	}
}

// sampleDocument is the document of a sample organisation, without a digest,
// which every change of an input would change.
func sampleDocument(t *testing.T, name string) *report.Document {
	t.Helper()
	dir, err := samples.Folder(name)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ingest.Load(context.Background(), dir, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := audit.Run(context.Background(), &audit.Request{
		Estate: l.Estate, Book: l.Book, Config: l.Config, AsOf: l.Config.AsOf, Inputs: l.Inputs, Diagnostics: l.Diagnostics,
		Refused: l.Refused, Rules: rules.All(), Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return report.Build(r)
}

// hash returns a short number of all that is drawn, to a hundredth of a
// millimetre.
func (p page) hash() string {
	h := sha256.New()
	for _, m := range p.marks {
		fmt.Fprintf(h, "%d %q %v %.2f %v %t", m.kind, m.text, m.font, m.width, m.ink, m.dashed)
		for _, at := range m.points {
			fmt.Fprintf(h, " %.2f,%.2f", at.x, at.y)
		}
		fmt.Fprintln(h)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:6])
}

// heading returns the first words of a page, so that a list of pages can be read.
func (p page) heading() string {
	for _, m := range p.marks {
		if m.kind == textMark {
			return m.text
		}
	}
	return "-"
}
