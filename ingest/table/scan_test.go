package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// scanned returns the records of text and whether one could not be split.
func scanned(text string) (rows []Row, bad bool) {
	s := &Sheet{ctx: context.Background(), text: []byte(text), comma: ','}
	s.Each(func(r Row) bool {
		rows = append(rows, Row{Line: r.Line, Cells: slices.Clone(r.Cells)})
		return true
	}, func(Problem) { bad = true })
	return rows, bad
}

// filled returns the records of text, those that can be by their filled cells.
func filled(text string) (rows []Row) {
	s := &Sheet{ctx: context.Background(), text: []byte(text), comma: ','}
	s.EachFilled(func(f *Filled) bool {
		cells := make([]string, f.Width)
		for _, c := range f.Cells {
			cells[c.Column] = s.Text()[c.From:c.To]
		}
		rows = append(rows, Row{Line: f.Line, Cells: cells})
		return f.Line%3 > 0
	}, func(r Row) bool {
		if n := len(rows); n > 0 && rows[n-1].Line == r.Line { // refused
			rows = rows[:n-1]
		}
		rows = append(rows, Row{Line: r.Line, Cells: slices.Clone(r.Cells)})
		return true
	}, func(Problem) {})
	return rows
}

// empty reports whether a record is an empty line, which encoding/csv passes
// over and we count.
func empty(cells []string) bool { return len(cells) == 1 && cells[0] == "" }

// agree compares our records with those of encoding/csv; false when that
// package refuses the text.
func agree(t interface{ Fatalf(string, ...any) }, text string) bool {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	var want [][]string
	var lines []int
	for {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return false
		}
		if !empty(cells) {
			line, _ := r.FieldPos(0)
			want, lines = append(want, cells), append(lines, line)
		}
	}
	rows, bad := scanned(text)
	if by := filled(text); !slices.EqualFunc(by, rows, func(a, b Row) bool { return a.Line == b.Line && slices.Equal(a.Cells, b.Cells) }) {
		t.Fatalf("by filled cells %v, else %v: %q", by, rows, text)
	}
	if bad {
		t.Fatalf("refused, though encoding/csv reads it: %q", text)
	}
	rows = slices.DeleteFunc(rows, func(r Row) bool { return empty(r.Cells) })
	if len(rows) != len(want) {
		t.Fatalf("%d records, encoding/csv reads %d: %q", len(rows), len(want), text)
	}
	for i, row := range rows {
		if !slices.Equal(row.Cells, want[i]) || row.Line != lines[i] {
			t.Fatalf("record %d is %q of line %d, encoding/csv reads %q of line %d: %q", i, row.Cells, row.Line, want[i], lines[i], text)
		}
	}
	return true
}

func TestScannerAgreesWithEncodingCSV(t *testing.T) {
	pieces := []string{"a", "some longer text", ",", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\r", " ", "é", "€¢Ċ", ";", "\",\"", "\"\n", "\n\""}
	t.Run("any text", rapid.MakeCheck(func(t *rapid.T) {
		agree(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces"), ""))
	}))
	t.Run("written by encoding/csv", rapid.MakeCheck(func(t *rapid.T) {
		cell := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, "cell"), "")
		})
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		for _, row := range rapid.SliceOfN(rapid.SliceOfN(cell, 2, 6), 0, 8).Draw(t, "rows") {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		if !agree(t, text.String()) {
			t.Fatalf("encoding/csv does not read what it wrote: %q", text.String())
		}
	}))
}

// TestRoom: room is made for exactly the rows below the header where each is a
// line, whether or not the last line ends.
func TestRoom(t *testing.T) {
	for _, end := range []string{"", "\n"} {
		text := "remark\nid,name\n" + strings.Repeat("a,b\n", 500_000) + "c,d" + end
		for _, n := range []int{1, 4} {
			rows := 0
			for _, part := range (&Sheet{ctx: context.Background(), text: []byte(text), comma: ','}).Split(n) {
				rows += part.Rows(2)
			}
			if rows != 500_001 {
				t.Errorf("room for %d rows in %d parts with end %q, want 500001", rows, n, end)
			}
		}
	}
}

func FuzzScanner(f *testing.F) {
	for _, seed := range []string{"", "a,b\n", "\"a\"\"b\",c\r\n\r\nd", "\"x\ny\",z", "a\"b,c\n", "\"open,\n1,2\n", "a,\"b\" ,c", "\r", ",,\n,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		agree(t, text)
	})
}

// TestSplit: the rows of all parts in order are the rows of the whole, with
// the lines they stand on, wherever a cut would fall inside quotation marks.
func TestSplit(t *testing.T) {
	var text strings.Builder
	for i := 0; text.Len() < 3<<20; i++ {
		fmt.Fprintf(&text, "id%d,\"name, with comma\nand a second line \"\"%d\"\"\",plain %d\n", i, i, i)
		if i%7 == 0 {
			text.WriteString("\n")
		}
	}
	whole, bad := scanned(text.String())
	if bad {
		t.Fatal("the text is not well formed")
	}
	for n := 1; n <= 9; n++ {
		var got []Row
		s := &Sheet{ctx: context.Background(), text: []byte(text.String()), comma: ','}
		parts := s.Split(n)
		if len(parts) != n {
			t.Errorf("%d parts, want %d", len(parts), n)
		}
		for _, p := range parts {
			before := len(got)
			p.Each(func(r Row) bool {
				got = append(got, Row{Line: r.Line, Cells: slices.Clone(r.Cells)})
				return true
			}, func(p Problem) { t.Fatalf("%d parts: line %d: %s", n, p.Line, p.Message) })
			if read := len(got) - before; read > p.Rows(0) {
				t.Errorf("%d parts: %d rows where at most %d were foreseen", n, read, p.Rows(0))
			}
		}
		if len(got) != len(whole) {
			t.Fatalf("%d parts: %d rows, want %d", n, len(got), len(whole))
		}
		for i := range got {
			if got[i].Line != whole[i].Line || !slices.Equal(got[i].Cells, whole[i].Cells) {
				t.Fatalf("%d parts: row %d is %v, want %v", n, i, got[i], whole[i])
			}
		}
	}
}
