package xlsx

import (
	"io"
	"testing"

	"tierline/report"
)

// BenchmarkUsers writes a sheet of 100,000 rows and nine columns.
func BenchmarkUsers(b *testing.B) {
	d := fixture()
	d.Workbook = []report.Sheet{users(100_000)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Render(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
