//go:build e2e

package main

import (
	"archive/zip"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tierline/audit/money"
	"tierline/report"
	"tierline/report/xlsx"
	"tierline/samples"
)

// The workbook carries formulas beside audited values. Here two programs that
// are not ours work every formula out anew, after all values beside formulas
// were spoilt, so that none of them can be left as it was.

// e2eSpoilt are values that no formula of ours gives.
var e2eSpoilt = map[string]string{"": "987654321.25", "n": "987654321.25", "str": "spoilt", "b": "0", "e": "#N/A"}

var e2eCached = regexp.MustCompile(`(<c r="[A-Z]+\d+"(?: s="\d+")?(?: t="(\w+)")?><f>[^<]*</f>)(?:<v>([^<]*)</v>)?`)

// e2eSpoil copies a workbook with another value beside each formula; a truth
// becomes its opposite. It returns how many there are.
func e2eSpoil(t *testing.T, from, to string) int {
	t.Helper()
	n := 0
	e2eRewrite(t, from, to, func(name, part string) string {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			return part
		}
		return e2eCached.ReplaceAllStringFunc(part, func(cell string) string {
			n++
			m := e2eCached.FindStringSubmatch(cell)
			value := e2eSpoilt[m[2]]
			if m[2] == "b" && m[3] == "0" {
				value = "1"
			}
			return m[1] + "<v>" + value + "</v>"
		})
	})
	return n
}

// e2eRewrite copies a workbook with each part as change returns it.
func e2eRewrite(t *testing.T, from, to string, change func(name, part string) string) {
	t.Helper()
	parts := zipParts(t, from)
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for name, part := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(change(name, part))); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// e2eAlways makes LibreOffice work formulas out whenever it opens a workbook.
const e2eAlways = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// e2eRecalculators are the programs that work formulas out, each writing a
// workbook again.
var e2eRecalculators = map[string]func(t *testing.T, from, to string){
	"LibreOffice": func(t *testing.T, from, to string) {
		profile := filepath.Join(t.TempDir(), "profile")
		settings := filepath.Join(profile, "user", "registrymodifications.xcu")
		if err := os.MkdirAll(filepath.Dir(settings), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(settings, []byte(e2eAlways), 0o600); err != nil {
			t.Fatal(err)
		}
		u := url.URL{Scheme: "file", Path: profile}
		out := t.TempDir()
		e2eCommand(t, "soffice", "-env:UserInstallation="+u.String(), "--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
			"--outdir", out, from)
		if err := os.Rename(filepath.Join(out, filepath.Base(from)), to); err != nil {
			t.Fatal(err)
		}
	},
	"Gnumeric": func(t *testing.T, from, to string) {
		e2eCommand(t, "ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx2", from, to)
	},
}

// e2eSame compares two values of a cell, numbers to half a hundredth of what they
// stand for.
func e2eSame(want, got string) bool {
	if want == got {
		return true
	}
	a, errA := strconv.ParseFloat(want, 64)
	b, errB := strconv.ParseFloat(got, 64)
	return errA == nil && errB == nil && math.Abs(a-b) < 0.000001*math.Max(1, math.Abs(a)/1000)
}

// e2eCompare says where a workbook that was worked out anew differs from the
// audited one.
func e2eCompare(t *testing.T, program string, want, got map[string]sheetCells) {
	t.Helper()
	var wrong []string
	for sheet, cells := range want {
		if got[sheet] == nil {
			t.Errorf("%s leaves the sheet %s out", program, sheet)
			continue
		}
		for name, c := range cells {
			if other := got[sheet][name]; !e2eSame(c.text(), other.text()) {
				wrong = append(wrong, fmt.Sprintf("%s!%s: %q, audited %q, formula %s", sheet, name, other.text(), c.text(), c.formula))
			}
		}
	}
	slices.Sort(wrong)
	for _, w := range wrong[:min(len(wrong), 20)] {
		t.Errorf("%s: %s", program, w)
	}
	if len(wrong) > 20 {
		t.Errorf("%s: and %d more", program, len(wrong)-20)
	}
}

// METHOD 22.1.
func TestEndToEndRecalculated(t *testing.T) {
	t.Parallel()
	e2eNeeds(t)
	for _, sample := range samples.Names() {
		t.Run(sample, func(t *testing.T) {
			t.Parallel()
			temp := t.TempDir()
			in, out := filepath.Join(temp, "in"), filepath.Join(temp, "out")
			copySample(t, sample, in, false)
			book := e2eAudit(t, in, out, nil).file("audit.xlsx")
			if n := e2eRecalculated(t, book); n < 100 {
				t.Errorf("%d formulas", n)
			}
		})
	}
}

// TestEndToEndRecalculatedSmall works out the workbooks of small estates: one with a
// single row of prices, one with a subscription in no total, and one with a quote.
func TestEndToEndRecalculatedSmall(t *testing.T) {
	t.Parallel()
	e2eNeeds(t)
	for _, name := range []string{"invoice-contract-without-list", "price-list-typed-from-300-on", "4.7-quote-contract-row"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", "cases", name)
			o := auditBy(t, built, filepath.Join(dir, "in"), readWanted(t, filepath.Join(dir, "want.txt")).args...)
			if o.folder == "" {
				t.Fatalf("nothing was published: exit code %d\n%s", o.code, o.errOut)
			}
			e2eRecalculated(t, filepath.Join(o.folder, "audit.xlsx"))
		})
	}
}

// e2eRecalculated has every program work the formulas of a workbook out, whose values
// are spoilt before, and returns how many there are.
func e2eRecalculated(t *testing.T, book string) int {
	t.Helper()
	temp, audited := t.TempDir(), bookOf(t, book)
	spoilt := filepath.Join(temp, "spoilt.xlsx")
	n := e2eSpoil(t, book, spoilt)
	t.Logf("%d formulas", n)
	if left := e2eLive(audited); n == 0 || n != left {
		t.Fatalf("%d values beside formulas are spoilt, of %d", n, left)
	}
	for program, recalculate := range e2eRecalculators {
		anew := filepath.Join(temp, program+".xlsx")
		recalculate(t, spoilt, anew)
		e2eCompare(t, program, audited, bookOf(t, anew))
	}
	return n
}

func e2eLive(book map[string]sheetCells) int {
	n := 0
	for _, cells := range book {
		for _, c := range cells {
			if c.formula != "" {
				n++
			}
		}
	}
	return n
}

// e2eTie is a product of two written numbers that lies half way between two
// cents.
type e2eTie struct{ price, share money.Exact }

func (x e2eTie) amount() money.Amount { return x.price.Mul(x.share).Round("USD", money.HalfUp) }

// e2eTies lists n ties of ever larger prices, as 8.30 x 0.15.
func e2eTies(n int) []e2eTie {
	var out []e2eTie
	for cents := int64(5); len(out) < n; cents += 1 + cents/700 {
		for share := int64(1); share < 100 && len(out) < n; share += 2 {
			if cents*share%100 == 50 {
				out = append(out, e2eTie{money.Ratio(cents, 100), money.Ratio(share, 100)})
			}
		}
	}
	return out
}

// TestEndToEndTies has both programs round 10,000 ties by the formula of every
// amount, METHOD 22.1.
func TestEndToEndTies(t *testing.T) {
	t.Parallel()
	e2eNeeds(t)
	ties := e2eTies(10_000)
	d := &report.Document{Title: "Ties", Currency: "USD", Workbook: []report.Sheet{{Name: "Ties", Table: report.TableOf[e2eTie]{
		ID: "ties", Rows: slices.Values(ties), Columns: []report.Col[e2eTie]{
			{ID: "price", Title: "Price", Kind: report.Decimal, Show: func(x e2eTie) report.Cell { return report.X(x.price) }},
			{ID: "share", Title: "Share", Kind: report.Decimal, Show: func(x e2eTie) report.Cell { return report.X(x.share) }},
			{ID: "amount", Title: "Amount", Kind: report.Money, Show: func(x e2eTie) report.Cell {
				return report.M(x.amount()).By("{}*{}", report.Here("price"), report.Here("share"))
			}},
		}}.Table()}}}
	temp := t.TempDir()
	written, spoilt := filepath.Join(temp, "ties.xlsx"), filepath.Join(temp, "spoilt.xlsx")
	f, err := os.Create(written)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := xlsx.Render(f, d); err != nil {
		t.Fatal(err)
	}
	if n := e2eSpoil(t, written, spoilt); n != len(ties) {
		t.Fatalf("%d formulas of %d ties", n, len(ties))
	}
	want := bookOf(t, written)
	for program, recalculate := range e2eRecalculators {
		anew := filepath.Join(temp, program+".xlsx")
		recalculate(t, spoilt, anew)
		e2eCompare(t, program, want, bookOf(t, anew))
	}
}
