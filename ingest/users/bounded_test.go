package users

import (
	"strings"
	"testing"

	"tierline/audit/estate"
	"tierline/ingest/sheet"
)

// TestNonDatesKeepTheFirst adds lines out of order and over several parts.
func TestNonDatesKeepTheFirst(t *testing.T) {
	var a, b, all oddCells
	for i := range 100 {
		a.add(2+(i*37)%100, "a")
		b.add(102+i, "b")
	}
	all.join(a)
	all.join(b)
	if all.n != 200 || len(all.first) != shownCells {
		t.Fatalf("%d cells, %d shown", all.n, len(all.first))
	}
	for i, c := range all.first {
		if c.line != 2+i {
			t.Fatalf("shown are %v", all.first)
		}
	}
}

// TestTextOfAWorkbookIsBounded has a part that holds as much text as it may:
// all cells of a small workbook can refer to one long text.
func TestTextOfAWorkbookIsBounded(t *testing.T) {
	header := []string{"User id", "User name", "email", "User status"}
	p := &part{
		sheet: &sheet.Sheet{Header: header}, layout: &Layout{ID: 0, Name: 1, Email: 2, Status: 3},
		spans: spans{arena: make([]byte, maxArena-10)},
	}
	for _, c := range []struct {
		cells []string
		want  string
	}{
		{[]string{"a1", "Bo", "b@c.d"}, ""},
		{[]string{"a1", "Bo Lee", "b@c.d"}, "more than 256 MiB of text"},
	} {
		if _, got := p.refusal(c.cells, c.cells[0], estate.Active); c.want == "" && got.Text != "" || !strings.Contains(got.Text, c.want) {
			t.Errorf("%q is refused by %q, expected %q", c.cells, got.Text, c.want)
		}
	}
}
