package json

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/portfolio"
	"tierline/report"
)

// RenderPortfolio writes the portfolio of a document.
func RenderPortfolio(w io.Writer, d *report.Document) (report.Shown, error) {
	text, err := json.MarshalIndent(d.Portfolio, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("portfolio.json: %w", err)
	}
	shown, err := portfolioTotals(text)
	if err != nil {
		return nil, fmt.Errorf("portfolio.json: %w", err)
	}
	_, err = w.Write(append(text, '\n'))
	return shown, err
}

// portfolioTotals reads the totals back from the text that is written.
func portfolioTotals(text []byte) (report.Shown, error) {
	var p struct {
		Totals []map[string]any `json:"totals"`
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, err
	}
	var out report.Shown
	for _, t := range p.Totals {
		currency, _ := t["currency"].(string)
		for _, figure := range report.TotalNames() {
			if written, is := t[figure].(string); is {
				c := money.Currency(currency)
				out.Add(report.InCurrency(figure, c), written, c)
			}
		}
	}
	return out, nil
}

// ReadPortfolio reads what RenderPortfolio writes. The error says in one sentence
// why a text is no portfolio of this version of the schema.
func ReadPortfolio(text []byte) (*portfolio.Portfolio, error) {
	var head struct {
		Run struct{ Schema, Tool string }
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("it is not JSON, or not all of it: %w", err)
	}
	switch {
	case head.Run.Tool != estate.Tool:
		return nil, errors.New("it is no portfolio of Tierline")
	case head.Run.Schema != portfolio.SchemaVersion:
		return nil, fmt.Errorf("its schema is %q, and this version reads %q", head.Run.Schema, portfolio.SchemaVersion)
	}
	var p portfolio.Portfolio
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, fmt.Errorf("it has been changed since it was written: %w", err)
	}
	return &p, nil
}
