package table

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"github.com/gocarina/gocsv"
)

// Bind turns records into structs of texts, one for each, by the columns their
// csv tags name. The cells go through gocsv as a clean file of our own making,
// with the given columns and nothing else: its own reading of headers, numbers
// and ragged rows is not strict enough for money.
func Bind[T any](columns []string, records [][]string) ([]T, error) {
	if len(records) == 0 {
		return nil, nil // gocsv takes a file without rows for a mistake
	}
	var clean bytes.Buffer
	w := csv.NewWriter(&clean)
	_ = w.Write(columns) // a bytes.Buffer does not fail
	_ = w.WriteAll(records)
	var out []T
	if err := gocsv.UnmarshalBytes(clean.Bytes(), &out); err != nil {
		return nil, err
	}
	if len(out) != len(records) {
		return nil, fmt.Errorf("%d records became %d", len(records), len(out))
	}
	return out, nil
}
