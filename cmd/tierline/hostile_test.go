package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// hostile is an input that asks for more time or memory than it is worth: among
// an ordinary folder, a file of about so many bytes.
type hostile struct {
	name, file string
	most       int // bytes of it when it is tried in full
	write      func(n int) []byte
	code       int
	says       string // in the one sentence about it
}

const (
	userHead = "User id,User name,email,User status,Jira - acme,Last seen in Jira - acme\n"
	subsHead = "type,key,site,host,cycle,licensed_users,renewal_date\n"
)

// filled repeats a text behind a head up to a size. A %d in it is its number.
func filled(head, text string) func(n int) []byte {
	return func(n int) []byte {
		var out bytes.Buffer
		out.WriteString(head)
		for i := 0; out.Len() < n; i++ {
			if strings.Contains(text, "%d") {
				fmt.Fprintf(&out, text, i)
			} else {
				out.WriteString(text)
			}
		}
		return out.Bytes()
	}
}

// wide is a header of users with a product for every thirty bytes, and rows.
func wide(columns int, row string) func(n int) []byte {
	return func(n int) []byte {
		var head strings.Builder
		head.WriteString("User id,User status")
		for i := range columns {
			fmt.Fprintf(&head, ",Jira - s%d", i)
		}
		return filled(head.String()+"\n", row)(max(n, head.Len()+1000))
	}
}

// twoBytes writes a text with two bytes a letter, behind a mark.
func twoBytes(write func(n int) []byte, tail string) func(n int) []byte {
	return func(n int) []byte {
		out := []byte("\xff\xfe")
		for _, b := range write(n / 2) {
			out = append(out, b, 0)
		}
		return append(out, tail...)
	}
}

const mainNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// book is a workbook of a sheet and shared texts; each is inflated to about n
// bytes where it has a middle to be repeated.
func book(n, sheets int, sheet, texts [3]string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	part := func(name string, body [3]string) {
		p, err := w.Create(name)
		if err != nil {
			panic(err) // of a buffer
		}
		_, _ = p.Write([]byte(body[0]))
		if body[1] != "" {
			piece := []byte(strings.Repeat(body[1], max(1, (1<<16)/len(body[1]))))
			for done := 0; done < n; done += len(piece) {
				_, _ = p.Write(piece)
			}
		}
		_, _ = p.Write([]byte(body[2]))
	}
	index, rels := "", ""
	for i := range sheets {
		index += fmt.Sprintf(`<sheet name="s%d" sheetId="%d" r:id="r%d"/>`, i, i+1, i)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="x/worksheet" Target="s%d.xml"/>`, i, i)
		part(fmt.Sprintf("xl/s%d.xml", i), sheet)
	}
	part("xl/workbook.xml", [3]string{"<workbook " + mainNS + "><sheets>" + index + "</sheets></workbook>"})
	part("xl/_rels/workbook.xml.rels", [3]string{"<Relationships>" + rels + `<Relationship Id="t" Type="x/sharedStrings" Target="t.xml"/></Relationships>`})
	part("xl/t.xml", texts)
	_ = w.Close() // of a buffer
	return out.Bytes()
}

// sheetOf is a workbook whose only sheet repeats a text.
func sheetOf(head, middle, tail string) func(n int) []byte {
	return func(n int) []byte {
		return book(n, 1, [3]string{"<worksheet><sheetData>" + head, middle, tail + "</sheetData></worksheet>"}, [3]string{"<sst/>"})
	}
}

// textsOf is a workbook whose shared texts repeat a text.
func textsOf(head, middle, tail string) func(n int) []byte {
	return func(n int) []byte {
		return book(n, 1, [3]string{"<worksheet><sheetData/></worksheet>"}, [3]string{"<sst>" + head, middle, tail + "</sst>"})
	}
}

const mb = 1_000_000

// hostiles lists them.
func hostiles() []hostile {
	list := []hostile{
		// Rows.
		{name: "users of one cell", file: "u.csv", most: 14 * mb, write: filled(userHead, "x\n"), code: 3, says: "more than 4,000,000 rows"},
		{name: "users of two letters", file: "u.csv", most: 12 * mb, write: filled("user_name,last_login\n", "ab\n"), code: 3, says: ""},
		{name: "subscriptions of one cell", file: "s.csv", most: 14 * mb, write: filled(subsHead, "x\n"), code: 3, says: "more than 10,000 rows"},
		{name: "workload of one cell", file: "w.csv", most: 14 * mb, write: filled("account,site\n", "x\n"), code: 3, says: "more than 2,000,000 rows"},
		{name: "people of one cell", file: "p.csv", most: 4 * mb, write: filled("email,title\n", "x\n"), code: 3},
		{name: "one cell without a header", file: "x.csv", most: 14 * mb, write: filled("", "x\n"), code: 3, says: "x.csv: not recognised"},
		{name: "blank lines of users", file: "u.csv", most: 19 * mb, write: filled(userHead, "\n"), code: 3, says: "more than 4,000,000 rows"},
		{name: "blank lines", file: "x.csv", most: 19 * mb, write: filled("", "\n"), code: 3, says: "x.csv"},
		{name: "users with open marks", file: "u.csv", most: 11 * mb, write: filled(userHead, "\"x\n"), code: 12, says: "rows rejected, more than"},
		{name: "subscriptions with open marks", file: "s.csv", most: 11 * mb, write: filled(subsHead, "\"x\n"), code: 3, says: "more than 10,000 rows"},
		{name: "open marks", file: "x.csv", most: 11 * mb, write: filled("", "\"x\n"), code: 3, says: "x.csv"},
		{name: "marks in cells", file: "u.csv", most: 15 * mb, write: filled(userHead, "a\"b,c\"\n"), code: 12, says: "rows rejected, more than"},
		{name: "marks of every kind", file: "u.csv", most: 15 * mb, write: filled(userHead, "\"a\",\"b\n\",\"\"\"c\nd\"\"\n"), code: 12, says: "rows rejected, more than"},
		{name: "too many cells in every row", file: "u.csv", most: 15 * mb, write: filled(userHead, "1,2,3,4,5,6,7,8\n"), code: 12, says: "rows rejected, more than"},
		{name: "a status nobody knows", file: "u.csv", most: 19 * mb, write: filled(userHead, "a%d,b,c,d\n"), code: 12, says: "rows rejected, more than"},
		{name: "old line ends", file: "u.csv", most: 14 * mb, write: filled(strings.ReplaceAll(userHead, "\n", "\r"), "x\r"), code: 3, says: "more than 4,000,000 rows"},
		// Columns.
		{name: "60,000 columns", file: "u.csv", most: 2 * mb, write: wide(60_000, "a,Active\n"), code: 3, says: "more than 16384 cells"},
		{name: "16,000 columns", file: "u.csv", most: 10 * mb, write: wide(16_000, "a,Active\n"), code: 3, says: "more than"},
		{name: "8,000 columns, few rows", file: "u.csv", most: 2 * mb, write: wide(8000, "a%d,Active,User,User\n"), code: 3},
		{name: "a row of commas", file: "u.csv", most: 19 * mb, write: filled(userHead, strings.Repeat(",", 10_000)), code: 3, says: "u.csv"},
		{name: "rows of commas", file: "u.csv", most: 19 * mb, write: filled(userHead, strings.Repeat(",", 20_000)+"\n"), code: 12, says: "rows rejected, more than"},
		{name: "nothing but commas", file: "x.csv", most: 19 * mb, write: filled("", ","), code: 3, says: "x.csv"},
		{name: "wide rows of a table", file: "p.csv", most: 19 * mb, write: filled("plan,cycle,currency,mode,up_to\n", strings.Repeat(",x", 5000)+"\n"), code: 3, says: "p.csv"},
		// Cells.
		{name: "a cell without end", file: "u.csv", most: 19 * mb, write: filled(userHead+"\"", "x"), code: 3, says: "never closed"},
		{name: "lines of a cell without end", file: "u.csv", most: 19 * mb, write: filled(userHead+"\"", "x\n"), code: 3, says: "more than 4,000,000 rows"},
		{name: "a long cell", file: "u.csv", most: 19 * mb, write: filled(userHead+"a1,", "x"), code: 3, says: "u.csv"},
		{name: "doubled marks", file: "u.csv", most: 19 * mb, write: filled(userHead+"\"", "\"\""), code: 3, says: "u.csv"},
		{name: "another role in every row", file: "u.csv", most: 19 * mb, write: filled(userHead, "a%[1]d,n,e,Active,role%[1]d,\n"), code: 3, says: "no role we know"},
		{name: "dates nobody can decide", file: "u.csv", most: 19 * mb, write: filled(userHead, "a%d,n,e,Active,User,01/02/2026\n"), code: 3, says: "u.csv"},
		{name: "dates nobody can read", file: "u.csv", most: 19 * mb, write: filled(userHead, "a%d,n,e,Active,User,3 janv. 2026\n"), code: 3, says: "no date"},
		{name: "one account in every row", file: "u.csv", most: 19 * mb, write: filled(userHead, "a,n,e,Active,User,\n"), code: 3},
		// Tables.
		{name: "exceptions with stars", file: "e.csv", most: 3 * mb, write: filled("rule,subject,reason\n", "*,*a*b*c*d%d*,r\n"), code: 3},
		{name: "counts of every day", file: "c.csv", most: 5 * mb, write: filled("date,site,product,users\n", "2026-11-01,s%d,jira,5\n"), code: 0},
		{name: "prices of one plan", file: "p.csv", most: 4 * mb, write: filled("plan,cycle,currency,mode,up_to,flat_price\n", "x,annual,USD,volume,%[1]d,%[1]d\n"), code: 3},
		{name: "totals", file: "p.csv", most: 700_000, write: filled("plan,cycle,currency,mode,up_to\n", "total\n"), code: 3},
		{name: "keys without end", file: "s.csv", most: 19 * mb, write: filled(subsHead, "product,"+strings.Repeat("k", 900_000)+"%d,acme,,annual,5,2027-01-30\n"), code: 3, says: "expected at most 2000"},
		{name: "prices without end", file: "p.csv", most: 19 * mb, write: filled("plan,cycle,currency,mode,up_to,flat_price\n", "x%d,annual,USD,volume,10,"+strings.Repeat("9", 200_000)+"\n"), code: 3, says: "expected at most 2000"},
		{name: "planned changes", file: "h.csv", most: 600_000, write: filled("date,site,product,change\n", "2027-03-01,acme,jira,+%d\n"), code: 3},
		// JSON.
		{name: "a list in JSON", file: "x.json", most: 19 * mb, write: filled("[\"a\"", ",1"), code: 3, says: "by its first 64 KiB; not read further"},
		{name: "brackets in JSON", file: "x.json", most: 19 * mb, write: filled("", "["), code: 3, says: "by its first 64 KiB; not read further"},
		{name: "objects in JSON", file: "x.json", most: 19 * mb, write: filled("", `{"a":`), code: 3, says: "by its first 64 KiB; not read further"},
		{name: "documents of JSON", file: "x.json", most: 19 * mb, write: filled("", "{}\n"), code: 3, says: "by its first 64 KiB; not read further"},
		{name: "plugins in JSON", file: "x.json", most: 19 * mb, write: filled(`{"plugins":[{"key":"a"}`, `,{"key":"b%d"}`), code: 3, says: "x.json"},
		{name: "values behind an answer", file: "x.json", most: 19 * mb, write: filled(`{"plugins":[{"key":"a"},`, "0,"), code: 3, says: "more than 1000000 values"},
		{name: "lines behind an answer", file: "x.json", most: 19 * mb, write: filled(`{"plugins":[{"key":"a"}],`, "\n"), code: 3, says: "x.json"},
		{name: "a long text in an answer", file: "x.json", most: 19 * mb, write: filled(`{"plugins":[{"key":"a"}],"x":"`, "y"), code: 3, says: "ends in the middle"},
		{name: "brackets behind an answer", file: "x.json", most: 19 * mb, write: filled(`{"plugins":[{"key":"a"}],"x":`, "["), code: 3, says: "nested more than 40 levels"},
		// Encodings.
		{name: "UTF-16", file: "u.csv", most: 19 * mb, write: twoBytes(filled(userHead, "x\n"), ""), code: 3, says: "more than 4,000,000 rows"},
		{name: "halves of UTF-16", file: "u.csv", most: 19 * mb, write: func(n int) []byte {
			return append(twoBytes(filled(userHead, "x"), "")(1000), bytes.Repeat([]byte("\x00\xd8"), n/2)...)
		}, code: 3, says: "u.csv"},
		{name: "an odd byte of UTF-16", file: "u.csv", most: mb, write: twoBytes(filled(userHead, "a%d,n,e,Active,,\n"), "\x00"), code: 3, says: ""},
		{name: "NUL bytes", file: "u.csv", most: 19 * mb, write: filled(userHead, "\x00"), code: 3, says: "full of NUL bytes"},
		{name: "a NUL in some rows", file: "u.csv", most: 19 * mb, write: filled(userHead, "a%d,n,"+strings.Repeat("e", 120)+"\x00,Active,,\n"), code: 3},
		{name: "letters of no encoding", file: "u.csv", most: 19 * mb, write: filled(userHead, "a%d,\xe9\xe8,\xff,Active,,\n"), code: 3},
		{name: "anything", file: "u.csv", most: 19 * mb, write: func(n int) []byte {
			rng := rand.New(rand.NewPCG(1, 2))
			out := make([]byte, n)
			for i := range out {
				out[i] = byte(rng.UintN(256))
			}
			return out
		}, code: 3, says: "u.csv"},
		// audit.yaml.
		{name: "brackets in audit.yaml", file: "audit.yaml", most: 200_000, write: filled("", "["), code: 4, says: "audit.yaml:1:"},
		{name: "keys in audit.yaml", file: "audit.yaml", most: 900_000, write: filled("", "k%d: 1\n"), code: 4, says: "more than 5000 lines"},
		{name: "a large audit.yaml", file: "audit.yaml", most: 3 * mb, write: filled("", "k%d: 1\n"), code: 4, says: "audit.yaml"},
		{name: "anchors in audit.yaml", file: "audit.yaml", most: 90_000, write: filled("a: &a [x]\n", "b%d: &b [*a, *a, *a]\n"), code: 4, says: "audit.yaml"},
		{name: "marks in audit.yaml", file: "audit.yaml", most: 900_000, write: filled("a: ", strings.Repeat("\"", 1900)+"\n"), code: 4, says: "audit.yaml"},
	}
	return append(list, hostileBooks()...)
}

// hostileBooks are workbooks; their size is that of what they unpack to.
func hostileBooks() []hostile {
	bomb := 150 * mb
	return []hostile{
		{name: "texts without end", file: "b.xlsx", most: bomb, write: textsOf("", "<si><t>a</t></si>", ""), code: 3, says: "b.xlsx"},
		{name: "one text without end", file: "b.xlsx", most: bomb, write: textsOf("<si><t>", "aaaaaaaa", "</t></si>"), code: 3, says: "b.xlsx"},
		{name: "elements in elements", file: "b.xlsx", most: bomb, write: sheetOf("", "<a>", ""), code: 3, says: "more than 100 elements stand in each other"},
		{name: "a tag without end", file: "b.xlsx", most: bomb, write: sheetOf("<row ", "a", ""), code: 3, says: "b.xlsx"},
		{name: "attributes without end", file: "b.xlsx", most: bomb, write: sheetOf("<row ", ` a="b"`, "/>"), code: 3, says: "b.xlsx"},
		{name: "rows without cells", file: "b.xlsx", most: 60 * mb, write: sheetOf("", "<row/>", ""), code: 3, says: "more than 1048576 rows"},
		{name: "cells beyond the last column", file: "b.xlsx", most: mb, write: sheetOf(`<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>`, `<row><c r="XFE1"><v>1</v></c></row>`, ""), code: 3, says: "b.xlsx"},
		{name: "rows with two cells far apart", file: "b.xlsx", most: 40 * mb, write: sheetOf("", `<row><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>`, ""), code: 3, says: "b.xlsx"},
		{name: "texts in a row", file: "b.xlsx", most: bomb, write: sheetOf("<row>", `<c t="inlineStr"><is><t>`+strings.Repeat("x", 30_000)+"</t></is></c>", "</row>"), code: 3, says: "b.xlsx"},
		{name: "2,000 sheets", file: "b.xlsx", most: 1, write: func(n int) []byte {
			return book(n, 2000, [3]string{"<worksheet><sheetData/></worksheet>"}, [3]string{"<sst/>"})
		}, code: 3, says: "more than 1000 sheets"},
		{name: "spaces in a sheet", file: "b.xlsx", most: bomb, write: sheetOf("", " ", ""), code: 3, says: "b.xlsx"},
		{name: "a broken archive", file: "b.xlsx", most: mb, write: filled("PK\x03\x04", "PK\x01\x02"), code: 3, says: "damaged"},
	}
}

// TestHostile tries every one of them at a small size: each ends
// with an exit code of its own, says little, and names its file. That limits hold
// at their full size, in time and memory, TestEndToEndHostile shows.
func TestHostile(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, h := range hostiles() {
		if names[h.name] {
			t.Errorf("two are called %q", h.name)
		}
		names[h.name] = true
		t.Run(h.name, func(t *testing.T) {
			o := built(t, "check", base(t, map[string][]byte{h.file: h.write(min(h.most, 20_000))}), "--as-of", asOf)
			if o.code != exitComplete && o.code != exitIncomplete && o.code != exitUsage && o.code != exitRefused {
				t.Errorf("exit code %d\n%.2000s", o.code, o.errOut)
			}
			if trace := stackTrace(o.out + o.errOut); trace != "" {
				t.Errorf("%q was printed", trace)
			}
			if len(o.errOut) > 10_000 {
				t.Errorf("%d bytes of remarks on the terminal:\n%.3000s", len(o.errOut), o.errOut)
			}
		})
	}
	if len(names) < 40 {
		t.Errorf("only %d inputs", len(names))
	}
}
