package ingest

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/answers"
	"tierline/ingest/records"
)

// LoadPrices reads price tables alone, for a question about the price of a plan,
// which is whose a table is that was pasted from a page and names none. Files that
// hold no price table are an error.
func LoadPrices(ctx context.Context, names []string, plan string, hosting pricing.Hosting) (*pricing.Book, diag.List, error) {
	cfg := config.Default()
	files, err := readAlone(ctx, names, &cfg)
	if err != nil {
		return nil, nil, err
	}
	for i, f := range files {
		if len(f.tables.Prices)+len(f.tables.Refusals)+len(f.answers.Prices)+len(f.tables.Pasted) == 0 {
			return nil, nil, fmt.Errorf("%s holds no price table; expected the columns plan, cycle, currency, mode, up_to, "+
				"or users, monthly, annual as pasted from a page, or a price list of the Marketplace as JSON%s", names[i], f.worst())
		}
	}
	rows, refusals := gatherPrices(files)
	pasted := Loaded{Config: &cfg}
	rows, refusals = pasted.pastedAs(planHosting{plan, hosting}, files, rows, refusals)
	diags := pasted.Diagnostics
	for _, f := range files {
		diags = append(diags, f.Diags...)
	}
	book, notes := pricing.NewBook(rows, nil, refusals, cfg.Policy.AnnualFactor)
	return book, append(diags, notes.Diagnostics...).Sorted(), nil
}

// LoadRates reads tables of rates alone, into a currency. Files that hold none are
// an error.
func LoadRates(ctx context.Context, names []string, into money.Currency) ([]estate.Rate, diag.List, error) {
	cfg := config.Default()
	files, err := readAlone(ctx, names, &cfg)
	if err != nil {
		return nil, nil, err
	}
	var all []records.Rate
	for i, f := range files {
		if len(f.tables.Rates) == 0 {
			return nil, nil, fmt.Errorf("%s holds no rate; expected the columns currency, rate, date%s", names[i], f.worst())
		}
		all = append(all, f.tables.Rates...)
	}
	rates := records.SettleRates(all, into)
	var diags diag.List
	for _, f := range files {
		diags = append(diags, f.Diags...)
	}
	return rates, diags.Sorted(), nil
}

// readAlone reads files outside of a folder.
func readAlone(ctx context.Context, names []string, cfg *config.Config) ([]*file, error) {
	known := newKnown()
	var out []*file
	for _, name := range names {
		raw, survey, err := readSurveyed(ctx, name, maxFile)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		f := newFile(filepath.Base(name), cfg, known)
		f.sum = sumOf(ctx, raw)
		f.read(ctx, raw, survey)
		out = append(out, f)
	}
	return out, nil
}

// worst returns what was wrong with a file of JSON, which is seldom written by
// hand and whose place is hard to find by eye.
func (f *file) worst() string {
	for _, d := range f.Diags.Sorted() {
		if d.Level >= diag.Incomplete && d.Source.Line > 0 {
			return ": " + d.String()
		}
	}
	return ""
}

// joinPrices makes the price book of all files.
func (l *Loaded) joinPrices(files []*file, changes []pricing.Change) {
	rows, refusals := gatherPrices(files)
	rows, refusals = l.joinPasted(files, rows, refusals)
	book, notes := pricing.NewBook(rows, changes, refusals, l.Config.Policy.AnnualFactor)
	l.Book = book
	l.Diagnostics = append(l.Diagnostics, notes.Diagnostics...)
	for _, at := range notes.Repeated {
		excludeRow(files, at, repeats())
	}
}

// planHosting is what a price list is for.
type planHosting struct {
	plan    string
	hosting pricing.Hosting
}

// gatherPrices takes the prices of all files together. A prices table wins
// over a Marketplace answer, since it may hold what somebody negotiated, and
// the newest of several answers over the older ones.
func gatherPrices(files []*file) (rows []pricing.Row, refusals []pricing.Refusal) {
	tables := map[planHosting]bool{}
	newest := map[planHosting]time.Time{}
	for _, f := range files {
		rows, refusals = append(rows, f.tables.Prices...), append(refusals, f.tables.Refusals...)
		for _, r := range f.tables.Prices {
			tables[planHosting{r.Plan, r.Hosting}] = true
		}
		for _, r := range f.tables.Refusals {
			if r.Reason.Kind == diag.PriceRefused {
				tables[planHosting{r.Plan, r.Hosting}] = true
			}
		}
		for i := range f.answers.Prices {
			if p := &f.answers.Prices[i]; p.Modified.After(newest[keyOf(p)]) {
				newest[keyOf(p)] = p.Modified
			}
		}
	}
	for _, f := range files {
		for i := range f.answers.Prices {
			p := &f.answers.Prices[i]
			switch {
			case tables[keyOf(p)]:
				p.LeaveOut(diag.Reason{Kind: diag.Repeated, Text: "prices table has this plan"}, diag.Note, "a prices table has this plan, and wins")
			case !p.Modified.IsZero() && p.Modified.Before(newest[keyOf(p)]):
				p.LeaveOut(diag.Reason{Kind: diag.Repeated, Text: "older copy"}, diag.Warning,
					"another answer was modified later, on "+newest[keyOf(p)].UTC().Format(time.DateOnly))
			default:
				p.Tell()
				rows, refusals = append(rows, p.Rows...), append(refusals, p.Refusals...)
			}
		}
	}
	return rows, refusals
}

func keyOf(p *answers.PriceList) planHosting { return planHosting{p.Plan, p.Hosting} }
