package ingest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestUsualRows: a row read by its filled cells says what it says in quotation
// marks, where every cell of it is read; so do those that are odd in some way,
// down to the lines that remarks name.
func TestUsualRows(t *testing.T) {
	cells := [][]string{
		{"712020:01", "712020:02", "712020:0A", " 712020:03", "712020:04 ", "", "User id", "User ID", "#N/A", "ids of 7", "712020:05", "712020:06"},
		{"Zoë", "Ann", "", " Ann", "Ünal\tTab"},
		{"a@example.com", "B@example.com", "", " c@example.com", "d@example.com"},
		{"Active", "Active", "Active", "Active", "Suspended", "active", "Pending", ""},
		{"3 Jan 2024", "3 Jan 2024", "2024-02-03", "01/02/2026", "", "soon"},
		{"", "Member"},
		{"User", "", "", "Guest", "Viewer", "User; Product admin", "user"},
		{"", "User"},
		{"", "User", "User "},
		{"", "Never accessed", "4 Mar 2026", "14 Mar 2026", "2026-10-01", "31 Feb 2026", "30/01/2026", "never", "1772600000"},
		{"", "4 Mar 2026", " 4 Mar 2026"},
		{"", "16 Nov 2026", "n/a", "46000"},
		{"", "", "of no column"},
	}
	rapid.Check(t, func(t *rapid.T) {
		header := strings.Join(exportHeader, ",") + "\n"
		var plain, quoted strings.Builder
		plain.WriteString(header)
		quoted.WriteString(header)
		lineEnd := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			row := make([]string, rapid.SampledFrom([]int{12, 12, 12, 12, 13, 11, 7, 4, 0}).Draw(t, "cells"))
			for i := range row {
				row[i] = rapid.SampledFrom(cells[i]).Draw(t, "cell")
			}
			plain.WriteString(strings.Join(row, ",") + lineEnd)
			if slices.ContainsFunc(row, func(c string) bool { return c != "" }) {
				row[0] = `"` + row[0] + `"`
			}
			quoted.WriteString(strings.Join(row, ",") + lineEnd)
		}
		x, y := readBytes(map[string][]byte{"users.csv": []byte(plain.String())}), readBytes(map[string][]byte{"users.csv": []byte(quoted.String())})
		if diff := cmp.Diff(dump(y, true), dump(x, true)); diff != "" {
			t.Fatalf("read differently:\n%s", diff)
		}
	})
}
