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
	var rows []pricing.Row
	var refusals []pricing.Refusal
	var diags diag.List
	for _, name := range names {
		raw, err := readAll(name)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		sum := sha256.Sum256(raw)
		f := &file{path: filepath.Base(name), cfg: &cfg, sum: hex.EncodeToString(sum[:])}
		f.read(raw)
		if len(f.prices)+len(f.refusals) == 0 {
			return nil, nil, fmt.Errorf("%s holds no price table; expected the columns plan, cycle, currency, mode, up_to", name)
		}
		rows, refusals = append(rows, f.prices...), append(refusals, f.refusals...)
		diags = append(diags, f.diags...)
	}
	book, notes := pricing.NewBook(rows, nil, refusals, cfg.Policy.AnnualFactor)
	return book, append(diags, notes.Diagnostics...).Sorted(), nil
}
