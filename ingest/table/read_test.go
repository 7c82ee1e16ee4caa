package table

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzOpen feeds any bytes to the reader: it must not panic, rows and problems
// must come in the order of their lines, inside the file, the head must be the
// first rows, and a second reading must find the same.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\r\n\"x\r\ny\";2\r\n", "sep=;\na;b\n", "a\tb\r1\t2\r", "\xef\xbb\xbf\"a\",b\n", "\xff\xfea\x00,\x00", "a,\"b\nc\nd", "a\"b,c\n\"d\"e,f\n", "a\x00b\n", "M\xfcller,x\n", "PK\x03\x04", "\xd0\xcf\x11\xe0", "\n\n,\n", strings.Repeat("\"", 7)} {
		f.Add([]byte(s), "")
	}
	f.Add([]byte("a|b\n"), "|")
	f.Fuzz(func(t *testing.T, raw []byte, delimiter string) {
		original := bytes.Clone(raw)
		sheets, err := Open(t.Context(), raw, nil, delimiter)
		if err != nil {
			return
		}
		for _, s := range sheets {
			first := records(t, s, bytes.Count(original, []byte("\n"))+bytes.Count(original, []byte("\r"))+1)
			for i, row := range s.Head() {
				if i >= headRows {
					t.Fatalf("%d rows in the head", i+1)
				}
				if !first.has(row) {
					t.Errorf("line %d of the head is no row", row.Line)
				}
			}
			if second := records(t, s, len(raw)+1); second.text != first.text {
				t.Errorf("read twice: %q and %q", first.text, second.text)
			}
		}
	})
}

type found struct {
	text string
	rows map[string]bool
}

func (f found) has(r Row) bool { return f.rows[key(r)] }

func key(r Row) string {
	return strings.Join(append([]string{string(rune(r.Line))}, r.Cells...), "\x1f")
}

func records(t *testing.T, s *Sheet, lines int) found {
	t.Helper()
	out := found{rows: map[string]bool{}}
	var b strings.Builder
	last := 0
	line := func(n int) {
		if n < last || n < 1 || n > lines {
			t.Errorf("line %d after %d in a file of %d", n, last, lines)
		}
		last = n
	}
	s.Each(func(r Row) bool {
		line(r.Line)
		if len(r.Cells) == 0 {
			t.Errorf("line %d has no cells", r.Line)
		}
		b.WriteString(key(r) + "\n")
		out.rows[key(r)] = true
		return true
	}, func(p Problem) {
		line(p.Line)
		if p.Message == "" {
			t.Errorf("a problem in line %d without a message", p.Line)
		}
		b.WriteString("problem " + p.Message + "\n")
	})
	out.text = b.String()
	return out
}
