package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// parts are the parts of a workbook by name, as text.
type parts map[string]string

const (
	relsHead  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relType   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	bookRels  = "xl/_rels/workbook.xml.rels"
	sheetPart = "xl/worksheets/sheet1.xml"
)

// onePart is a workbook of one sheet with the given rows.
func onePart(rows string) parts {
	return parts{
		"_rels/.rels":     relsHead + `<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="x"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		bookRels: relsHead + `<Relationship Id="rId1" Type="` + relType + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relType + `sharedStrings" Target="/xl/sharedStrings.xml"/>` +
			`<Relationship Id="rId3" Type="` + relType + `styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml": `<sst><si><t>zero</t></si><si><r><rPr><b/></rPr><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh sb="0" eb="1"><t>XX</t></rPh><phoneticPr fontId="1"/></si><si><t>a_x000D_b_x005F_x_xZZZZ_</t></si><si/></sst>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="#,##0.00&quot; days&quot;"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/><xf numFmtId="166"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
		sheetPart: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet><dimension ref="A1"/><sheetData>` + rows + `</sheetData><extLst><c><v>no cell</v></c></extLst></worksheet>`,
	}
}

func (p parts) zip(t testing.TB) []byte {
	t.Helper()
	return p.pack(t, zip.Deflate)
}

func (p parts) pack(t testing.TB, method uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = f.Write([]byte(p[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// show returns the rows of a sheet as text, a line each.
func show(s *Sheet) string {
	var b strings.Builder
	s.Each(func(r Row) bool {
		fmt.Fprintf(&b, "%d: %s\n", r.Line, strings.Join(r.Cells, "|"))
		return true
	}, func(p Problem) { fmt.Fprintf(&b, "%d! %s\n", p.Line, p.Message) })
	return b.String()
}

func showAll(t testing.TB, raw []byte) string {
	t.Helper()
	sheets, err := Open(t.Context(), raw, nil, "")
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, s := range sheets {
		if s.Delimiter != "" {
			t.Errorf("the sheet %q has the delimiter %q", s.Name, s.Delimiter)
		}
		b.WriteString("[" + s.Name + "]\n" + show(s))
	}
	return b.String()
}

// TestCells has one row for each kind of cell.
func TestCells(t *testing.T) {
	for cells, want := range map[string]string{
		`<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>3</v></c><c t="s"><v>0</v></c>`: "zero|rich ||zero",
		`<c t="s"><v>2</v></c>`: "a\rb_x_xZZZZ_",
		`<c t="inlineStr"><is><t>in</t></is></c><c t="inlineStr"><is><r><t>l</t></r><rPh><t>X</t></rPh><r><t>ine</t></r></is></c>`: "in|line",
		`<c t="str"><f>A1</f><v>text</v></c><c t="str"><f>A1</f><v></v></c><c t="str"><f>A1</f><v>!</v></c>`:                       "text||!",
		`<c t="b"><v>1</v></c><c t="b"><v>0</v></c>`:                                            "TRUE|FALSE",
		`<c t="e"><v>#N/A</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="e"/>`:               "#N/A|#DIV/0!|#",
		`<c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c><f>1+1</f><v/></c><c><f t="shared"/></c>`: "2|#FORMULA!|#FORMULA!|#FORMULA!",
		`<c t="str"><f>A1</f></c>`: "#FORMULA!",
		`<c r="B1"><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c><c r="aa1"><v>4</v></c>`:                                               "|1||2|3||||||||||||||||||||||4",
		`<c s="1"><v>46091</v></c><c s="2"><v>46091</v></c><c s="6"><v>46091.75</v></c><c s="1"><v>0.5</v></c>`:                            "2026-03-10|2026-03-10|2026-03-10 18:00:00|12:00:00",
		`<c s="1" t="n"><v>60</v></c><c s="1"><v>59</v></c><c s="1"><v>61</v></c><c s="1"><v>-1</v></c><c s="1"><v>99999999</v></c>`:       "1900-02-29|1900-02-28|1900-03-01|-1|99999999",
		`<c t="d" s="1"><v>2026-03-04T00:00:00Z</v></c><c t="d"><v>2026-03-04</v></c><c t="d"><v>2026-03-04T10:00:00.000</v></c>`:          "2026-03-04|2026-03-04|2026-03-04 10:00:00",
		`<c s="3"><v>0.15</v></c><c s="3"><v>0.155</v></c><c s="4"><v>7.0000000000000007E-2</v></c><c s="4"><v>1</v></c><c s="4"><v/></c>`: "15%|15.5%|7%|100%",
		`<c s="4" t="s"><v>0</v></c><c s="5"><v>12.5</v></c><c s="99"><v>1</v></c><c s="-1"><v>1</v></c>`:                                  "zero|12.5|1|1",
		`<c><v> 12 </v></c><c><v>about</v></c><c><v><![CDATA[1]]>2<!-- x --></v></c>`:                                                      "12|about|12",
		`<c t="inlineStr"><is><t>&lt;a&gt; &#233;&amp;</t></is></c>`:                                                                       "<a> é&",
		`<x:c xmlns:x="y" x:r="A9" r="B1" t="str"><x:v>prefix</x:v></x:c>`:                                                                 "|prefix",
	} {
		if got := showAll(t, onePart("<row>"+cells+"</row>").zip(t)); got != "[Data]\n1: "+want+"\n" {
			t.Errorf("%s\nis read as %q, want %q", cells, got, want)
		}
	}
}

// TestRows: rows keep the number they have in the sheet, blank ones are no
// records, and every row is as wide as the widest of the first.
func TestRows(t *testing.T) {
	got := showAll(t, onePart(`<row r="4"><c><v>a</v></c><c><v>b</v></c></row><row r="5"/><row r="6"><c s="1"/></row><row><c r="C7" t="s"><v>0</v></c></row><row r="90" hidden="1"><c><v>z</v></c></row>`).zip(t))
	if want := "[Data]\n4: a|b|\n7: ||zero\n90: z||\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDecimal(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "12": "12", "0.1": "0.1", "-1.50": "-1.5", "1.5E3": "1500", "1.5e+3": "1500", "1E-7": "0.0000001", "-2.5E-1": "-0.25", ".5": "0.5",
		"0.15000000000000002": "0.15", "0.30000000000000004": "0.3", "1.0049999999999999": "1.005", "9.9999999999999999": "10", "1234567890123.4567": "1234567890123.46",
		"12345678901234567": "12345678901234567", "1E+41": "1E+41", "1E999999999999": "1E999999999999", "": "", "1.2.3": "1.2.3", "NaN": "NaN", "1E": "1E", "+1": "+1", "0x1": "0x1",
		"8.6": "8.6", "8.5999999999999996": "8.6", "123456789012345678E-3": "123456789012346", "0.00": "0", "1.7725824E12": "1772582400000",
	} {
		if got := numberText(text, plainCell, false); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"0": "0%", "0.155": "15.5%", "-0.05": "-5%", "12": "1200%", "0.1234567890123456": "12.3456789012346%", "1E-3": "0.1%", "x": "x"} {
		if got := numberText(text, percentCell, false); got != want {
			t.Errorf("%q as a percentage is %q, want %q", text, got, want)
		}
	}
}

func TestFormats(t *testing.T) {
	for code, want := range map[string]cellKind{
		"General": plainCell, "0.00": plainCell, `#,##0.00 "USD"`: plainCell, `#,##0.00\ [$DKK];[Red]-0`: plainCell, `_-* #,##0.00\ _d_-`: plainCell, `"day month`: plainCell, "@": plainCell, `0\d`: plainCell, `[$-409]0`: plainCell, "[>5]0": plainCell, "[": plainCell, `\`: plainCell,
		"yyyy-mm-dd": dateCell, "D.M.YY": dateCell, `[$-407]d/ mmm/ yyyy;@`: dateCell, "[h]:mm:ss": dateCell, "[ss]": dateCell, "h:mm AM/PM": dateCell, `"on "dddd`: dateCell, "mmm": dateCell, "0.0;d": dateCell,
		"0%": percentCell, "0.00%;[Red]-0.00%": percentCell, `0"%"`: plainCell, `0\%`: plainCell,
	} {
		if got := kindOf(code); got != want {
			t.Errorf("%q is of kind %d, want %d", code, got, want)
		}
	}
	for id, want := range map[string]cellKind{"0": plainCell, "4": plainCell, "9": percentCell, "10": percentCell, "13": plainCell, "14": dateCell, "22": dateCell, "23": plainCell, "27": dateCell, "36": dateCell, "37": plainCell, "45": dateCell, "47": dateCell, "48": plainCell, "50": dateCell, "58": dateCell, "59": plainCell, "": plainCell} {
		if got := builtInKind(id); got != want {
			t.Errorf("format %s is of kind %d, want %d", id, got, want)
		}
	}
}

func TestSerial(t *testing.T) {
	raw := onePart("<row><c><v>1</v></c></row>")
	sheets, err := Open(t.Context(), raw.zip(t), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"46091": "2026-03-10", "46091.99": "2026-03-10", "20000": "1954-10-03", "80000": "2119-01-11", "19999": "", "80001": "", "1e5": "", "": "", "2026-03-10": "", "46.0.1": "", "-46091": ""} {
		if got, ok := sheets[0].Serial(text); got != want || ok != (want != "") {
			t.Errorf("%q is the day %q (%v), want %q", text, got, ok, want)
		}
	}
	raw["xl/workbook.xml"] = strings.Replace(raw["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	raw[sheetPart] = strings.Replace(raw[sheetPart], "<sheetData>", `<sheetData><row><c s="1"><v>44629</v></c><c s="1"><v>0</v></c></row>`, 1)
	if sheets, err = Open(t.Context(), raw.zip(t), nil, ""); err != nil {
		t.Fatal(err)
	}
	if got, _ := sheets[0].Serial("44629"); got != "2026-03-10" {
		t.Errorf("counted from 1904 it is %q", got)
	}
	if got, want := show(sheets[0]), "1: 2026-03-10|1904-01-01\n2: 1|\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	csv, err := Open(t.Context(), []byte("a\n46091\n"), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := csv[0].Serial("46091"); ok {
		t.Errorf("a number of a CSV file is the day %s", got)
	}
}

// TestExcelize reads what excelize writes: hidden sheets and rows, real dates
// under several formats, rich text, a chart sheet's absence, streamed rows.
func TestExcelize(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	style := func(s excelize.Style) int { id, err := f.NewStyle(&s); must(t, err); return id }
	custom := `[$-407]d\. mmmm yyyy`
	must(t, f.SetSheetRow("Sheet1", "A3", &[]any{"name", "day", "share", "flag"}))
	must(t, f.SetSheetRow("Sheet1", "A4", &[]any{"Zoë", 46091, 0.155, true}))
	must(t, f.SetCellStyle("Sheet1", "B4", "B4", style(excelize.Style{CustomNumFmt: &custom})))
	must(t, f.SetCellStyle("Sheet1", "C4", "C4", style(excelize.Style{NumFmt: 10})))
	must(t, f.SetCellRichText("Sheet1", "A6", []excelize.RichTextRun{{Text: "two ", Font: &excelize.Font{Bold: true}}, {Text: "runs"}}))
	must(t, f.SetCellValue("Sheet1", "B6", "3 Jan 2024"))
	must(t, f.SetCellFormula("Sheet1", "C6", "1/2"))
	must(t, f.SetRowVisible("Sheet1", 4, false))
	_, err := f.NewSheet("Hidden")
	must(t, err)
	w, err := f.NewStreamWriter("Hidden")
	must(t, err)
	must(t, w.SetRow("B2", []any{"x", excelize.Cell{Formula: "2*3", Value: 6}, 0.1}))
	must(t, w.Flush())
	must(t, f.SetSheetVisible("Hidden", false))
	raw, err := f.WriteToBuffer()
	must(t, err)
	want := "[Sheet1]\n3: name|day|share|flag\n4: Zoë|2026-03-10|15.5%|TRUE\n6: two runs|3 Jan 2024|#FORMULA!|\n[Hidden]\n2: |x|6|0.1\n"
	if diff := cmp.Diff(want, showAll(t, raw.Bytes())); diff != "" {
		t.Error(diff)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestFlavours: the strict flavour, prefixes, UTF-16, backslashes in names,
// no shared strings or styles, sheets in the order of the workbook.
func TestFlavours(t *testing.T) {
	p := onePart(`<row><c t="inlineStr"><is><t>é</t></is></c></row>`)
	p[bookRels] = strings.NewReplacer("worksheets/sheet1.xml", "sheet9.xml", relType+"sharedStrings", "x", relType+"styles", "y", relType, "http://purl.oclc.org/ooxml/officeDocument/relationships/").Replace(p[bookRels])
	p["xl/workbook.xml"] = `<x:workbook xmlns:x="u" xmlns:q="v"><x:sheets><x:sheet name="Ä&amp;B" sheetId="7" q:id="rId1" state="veryHidden"/></x:sheets></x:workbook>`
	utf16 := "\xff\xfe"
	for _, r := range strings.Replace(p[sheetPart], "UTF-8", "UTF-16", 1) {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	p[`xl\SHEET9.xml`] = utf16
	for _, name := range []string{sheetPart, "xl/sharedStrings.xml", "xl/styles.xml"} {
		delete(p, name)
	}
	if got, want := showAll(t, p.zip(t)), "[Ä&B]\n1: é\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p = onePart("<row><c><v>1</v></c></row>")
	p["xl/worksheets/b.xml"] = strings.Replace(p[sheetPart], "1</v>", "2</v>", 1)
	p[bookRels] = strings.Replace(p[bookRels], "</Rel", `<Relationship Id="b" Type="`+relType+`worksheet" Target="../xl/./worksheets/b.xml"/><Relationship Id="c" Type="`+relType+`chartsheet" Target="c.xml"/></Rel`, 1)
	p["xl/workbook.xml"] = `<workbook><sheets><sheet name="B" r:id="b"/><sheet name="chart" r:id="c"/><sheet name="A" r:id="rId1"/></sheets></workbook>`
	if got, want := showAll(t, p.zip(t)), "[B]\n1: 2\n[A]\n1: 1\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
