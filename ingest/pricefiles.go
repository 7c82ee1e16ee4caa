package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/pricing"
)

// LoadPrices reads price tables alone, for a question about a price. Files
// that hold no price table are an error.
func LoadPrices(names []string) (*pricing.Book, diag.List, error) {
	cfg := config.Default()
	var files []*file
	var diags diag.List
	for _, name := range names {
		raw, err := readAll(name)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		sum := sha256.Sum256(raw)
		f := &file{path: filepath.Base(name), cfg: &cfg, sum: hex.EncodeToString(sum[:])}
		f.read(raw)
		if len(f.prices)+len(f.refusals)+len(f.lists) == 0 {
			return nil, nil, fmt.Errorf("%s holds no price table; expected the columns plan, cycle, currency, mode, up_to, or a price list of the Marketplace as JSON%s", name, f.worst())
		}
		files = append(files, f)
	}
	rows, refusals := gatherPrices(files)
	for _, f := range files {
		diags = append(diags, f.diags...)
	}
	book, notes := pricing.NewBook(rows, nil, refusals, cfg.Policy.AnnualFactor)
	return book, append(diags, notes.Diagnostics...).Sorted(), nil
}

// worst returns what was wrong with a file of JSON, which is seldom written by
// hand and whose place is hard to find by eye.
func (f *file) worst() string {
	for _, d := range f.diags.Sorted() {
		if d.Level >= diag.Incomplete && d.Source.Line > 0 {
			return ": " + d.String()
		}
	}
	return ""
}
