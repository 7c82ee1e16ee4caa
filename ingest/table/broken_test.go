package table

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// TestBrokenWorkbooks: one sentence that names the part, never a panic.
func TestBrokenWorkbooks(t *testing.T) {
	const rows = `<row><c><v>1</v></c></row>`
	change := func(part, text string) func(parts) { return func(p parts) { p[part] = text } }
	for _, c := range []struct {
		change func(parts)
		want   string
	}{
		{func(p parts) { delete(p, sheetPart) }, "its part " + sheetPart + " is damaged: it is missing"},
		{func(p parts) { delete(p, "xl/workbook.xml") }, "a zip archive, but not a workbook"},
		{func(p parts) { delete(p, "xl/workbook.xml"); p["content.xml"] = "" }, "an OpenDocument file"},
		{func(p parts) { p["_rels/.rels"] = strings.Replace(p["_rels/.rels"], ".xml", ".bin", 1) }, "a binary workbook"},
		{func(p parts) { delete(p, bookRels) }, `no part for the sheet "Data"`},
		{change("xl/workbook.xml", "<document/>"), "begins with document instead of workbook"},
		{change("xl/workbook.xml", "<workbook/>"), "no sheet with cells"},
		{change("xl/workbook.xml", `<workbook><sheets><sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId1"/></sheets></workbook>`), `no part for the sheet "b"`},
		{change("xl/workbook.xml", "<workbook><sheets>"+strings.Repeat("<sheet/>", maxSheets+1)+"</sheets></workbook>"), "more than 1000 sheets"},
		{change("xl/styles.xml", "<styleSheet><cellXfs>"), "xl/styles.xml is damaged: it breaks off"},
		{change("xl/sharedStrings.xml", "<sst><si><t>a</si></sst>"), "xl/sharedStrings.xml is damaged: it closes si, which is not open"},
		{change("xl/sharedStrings.xml", "<sst><si><t>"+strings.Repeat("a", maxText+1)+"</t></si></sst>"), "longer than a cell can hold"},
		{change("xl/sharedStrings.xml", "<sst><!--"+strings.Repeat("a", maxToken+1)+"--></sst>"), "without end"},
		{change(sheetPart, ""), "it breaks off"},
		{change(sheetPart, "<worksheet>"), "it breaks off"},
		{change(sheetPart, "<worksheet/>"), "it has no cells"},
		{change(sheetPart, "<worksheet><sheetData>"+rows), "it breaks off"},
		{change(sheetPart, "<worksheet><sheetData>"+rows+"<row><c"), "XML syntax error"},
		{change(sheetPart, `<?xml version="1.0" encoding="EBCDIC"?><worksheet/>`), "expected UTF-8"},
		{change(sheetPart, `<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>`), "invalid character entity"},
		{change(sheetPart, "<worksheet><sheetData><row><c><v>\xff</v></c></row></sheetData></worksheet>"), "invalid UTF-8"},
		{change(sheetPart, `<worksheet><sheetData><row r="2"/><row r="2"/></sheetData></worksheet>`), `row "2" after row 2`},
		{change(sheetPart, `<worksheet><sheetData><row r="x"/></sheetData></worksheet>`), `row "x" after row 0`},
		{change(sheetPart, `<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>`), "more than 1048576 rows"},
		{change(sheetPart, `<worksheet><sheetData><row><c r="XFE1"/></row></sheetData></worksheet>`), `"XFE1"`},
		{change(sheetPart, `<worksheet><sheetData><row><c r="ABCDEFGH1"/></row></sheetData></worksheet>`), `"ABCDEFGH1"`},
		{change(sheetPart, `<worksheet><sheetData><row><c r="12"/></row></sheetData></worksheet>`), `the attribute "12"`},
		{change(sheetPart, `<worksheet><sheetData><row><c r="B1"/><c r="A1"/></row></sheetData></worksheet>`), "column 1 after one of column 2"},
		{change(sheetPart, `<worksheet><sheetData><row><c t="s"><v>4</v></c></row></sheetData></worksheet>`), "refers to a text that does not exist (4)"},
		{change(sheetPart, `<worksheet><sheetData><row><c t="s"><v>-1</v></c></row></sheetData></worksheet>`), "does not exist (-1)"},
		{change(sheetPart, `<worksheet><sheetData><row><c t="new"><v>4</v></c></row></sheetData></worksheet>`), `unknown type "new"`},
	} {
		p := onePart(rows)
		c.change(p)
		if got := showAll(t, p.zip(t)); !strings.Contains(got, c.want) || strings.Count(got, "\n") > 0 {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestBreaksOffLater: what stands before the damage is read, the rest is one
// problem in the row after it.
func TestBreaksOffLater(t *testing.T) {
	p := onePart(strings.Repeat("<row><c><v>1</v></c></row>", 30) + "<row><c r='?'/></row>" + strings.Repeat("<row><c><v>1</v></c></row>", 30))
	got := showAll(t, p.zip(t))
	if !strings.HasSuffix(got, "\n30: 1\n31! its part "+sheetPart+` is damaged: a cell after row 30 has the attribute "?"; what follows is lost`+"\n") {
		t.Errorf("got %q", got)
	}
}

// TestBrokenArchives: bytes cut off or changed, anywhere.
func TestBrokenArchives(t *testing.T) {
	raw := onePart(strings.Repeat("<row><c><v>12345</v></c></row>", 100)).zip(t)
	whole := showAll(t, raw)
	for n := 4; n < len(raw); n++ {
		if got := showAll(t, raw[:n]); !strings.Contains(got, "damaged") {
			t.Fatalf("cut after %d bytes it is read as %q", n, got)
		}
	}
	for n := 4; n < len(raw); n++ {
		changed := bytes.Clone(raw)
		changed[n] ^= 0x20
		got := showAll(t, changed)
		if got != whole && !strings.ContainsAny(got, "!") && !strings.Contains(got, "damaged") && !strings.Contains(got, "workbook") {
			t.Fatalf("with byte %d changed it is read as %q", n, got)
		}
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for range 2 {
		_, err := w.Create("xl/workbook.xml")
		must(t, err)
	}
	must(t, w.Close())
	for raw, want := range map[string]string{
		b.String(): "occurs twice", "\xd0\xcf\x11\xe0": "old or password-protected", "PK\x03\x04": "damaged or incomplete",
		strings.Replace(string(parts{"a.csv": "a,b"}.zip(t)), "x", "x", 1): "not a workbook",
	} {
		if got := showAll(t, []byte(raw)); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestLimits is METHOD 16.1 at a smaller scale: what unpacks to too much is
// refused while it does so, whatever the archive says about its size.
func TestLimits(t *testing.T) {
	zeros := "<row><c><v>" + strings.Repeat("0", 1<<20) + "</v></c></row>"
	bomb := onePart(strings.Repeat("<row><c><v>1</v></c></row>", headRows) + zeros).zip(t)
	for _, c := range []struct {
		limits limits
		want   string
	}{
		{limits{size: 2 << 20, free: 2 << 20, ratio: 1}, ""},
		{limits{size: 2 << 20, free: 64 << 10, ratio: 2000}, ""},
		{limits{size: 1 << 20, free: 2 << 20, ratio: 200}, "more than 1 MiB"},
		{limits{size: 2 << 20, free: 64 << 10, ratio: 200}, "more than 200 times its size"},
	} {
		if got := openWith(t, bomb, c.limits); !strings.Contains(got, c.want) || strings.Contains(got, "damaged") != (c.want != "") {
			t.Errorf("%+v: got %.300q, want %q", c.limits, got, c.want)
		}
		if got := openWith(t, lieAboutSizes(bomb), c.limits); !strings.Contains(got, "damaged") {
			t.Errorf("%+v, with a lie about the sizes: got %.300q", c.limits, got)
		}
	}
}

func openWith(t *testing.T, raw []byte, l limits) string {
	a, err := openArchive(t.Context(), raw, l)
	if err != nil {
		return err.Error()
	}
	sheets, err := a.sheets()
	if err != nil {
		return err.Error()
	}
	return show(sheets[0])
}

// lieAboutSizes sets the unpacked size of every part in the directory to 1.
func lieAboutSizes(raw []byte) []byte {
	out := bytes.Clone(raw)
	for i := 0; ; i += 4 {
		n := bytes.Index(out[i:], []byte("PK\x01\x02"))
		if n < 0 {
			return out
		}
		i += n
		copy(out[i+24:], []byte{1, 0, 0, 0})
	}
}

// TestSharedStrings: places in chunks, at their edges, and the two limits.
func TestSharedStrings(t *testing.T) {
	s := sharedStrings{limits: textLimits{bytes: 8 << 20, entries: 12}}
	var texts []string
	for i, n := range []int{0, 5, 1 << 19, 1 << 19, 0, maxText - 1, 0, 1, maxText - 2, 1, 3} {
		texts = append(texts, strings.Repeat(string(rune('a'+i)), n))
		must(t, s.add([]byte(texts[i])))
	}
	s.freeze()
	for i, want := range texts {
		if got, ok := s.get(i); got != want || !ok {
			t.Errorf("text %d has %d bytes, want %d", i, len(got), len(want))
		}
	}
	for _, i := range []int{-1, len(texts)} {
		if _, ok := s.get(i); ok {
			t.Errorf("there is a text %d", i)
		}
	}
	must(t, s.add(nil))
	if err := s.add(nil); err == nil {
		t.Error("one text more than the limit is taken")
	}
	s = sharedStrings{limits: textLimits{bytes: 3, entries: 12}}
	must(t, s.add([]byte("abc")))
	if err := s.add([]byte("d")); err == nil {
		t.Error("one byte more than the limit is taken")
	}
}

// FuzzWorkbook changes the parts of a workbook rather than its bytes, whose
// checksums would hide everything behind them. Nothing may panic, rows come in
// order and have cells, and a second reading finds the same.
func FuzzWorkbook(f *testing.F) {
	for _, rows := range []string{
		`<row r="4"><c r="B4" t="s" s="1"><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c></row><row><c s="2"><f>1</f><v>46091.5</v></c></row>`,
		`<row><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c s="3"><v>1.5E-3</v></c><c t="d"><v>2026-01-01T</v></c></row>`,
	} {
		p := onePart(rows)
		f.Add(p[sheetPart], p["xl/sharedStrings.xml"], p["xl/styles.xml"], p["xl/workbook.xml"])
	}
	f.Fuzz(func(t *testing.T, sheet, texts, styles, workbook string) {
		p := onePart("")
		p[sheetPart], p["xl/sharedStrings.xml"], p["xl/styles.xml"], p["xl/workbook.xml"] = sheet, texts, styles, workbook
		sheets, err := Open(t.Context(), p.pack(t, zip.Store), nil, "")
		if err != nil {
			return
		}
		for _, s := range sheets {
			first := records(t, s, maxRows+1)
			for _, row := range s.Head() {
				if !first.has(row) {
					t.Errorf("line %d of the head is no row", row.Line)
				}
			}
			if second := records(t, s, maxRows+1); second.text != first.text {
				t.Errorf("read twice: %q and %q", first.text, second.text)
			}
			if strings.Contains(first.text, "\x00") {
				t.Error("a NUL byte came through")
			}
		}
	})
}
