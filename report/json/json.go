// Package json writes result.json: the result as data, for programs and for
// rendering again. It changes no figure and leaves nothing out; package
// publish calls it.
package json

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"tierline/audit"
	"tierline/report"
)

// Render writes the result of a document. The people come last and one by
// one, so that a million of them are never held as text.
func Render(w io.Writer, d *report.Document) (report.Shown, error) {
	head, err := json.MarshalIndent(d.Result, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("result.json: %w", err)
	}
	shown, err := totals(head, d)
	if err != nil {
		return nil, fmt.Errorf("result.json: %w", err)
	}
	out := bufio.NewWriterSize(w, 1<<20)
	head = bytes.TrimSuffix(head, []byte("\n}"))
	if _, err := out.Write(head); err != nil {
		return nil, err
	}
	if _, err := out.WriteString(",\n  \"people\": ["); err != nil {
		return nil, err
	}
	if err := people(out, d.Result); err != nil {
		return nil, err
	}
	if _, err := out.WriteString("\n  ]\n}\n"); err != nil {
		return nil, err
	}
	return shown, out.Flush()
}

// totals reads the totals back from the text that is written.
func totals(text []byte, d *report.Document) (report.Shown, error) {
	var r struct {
		Plan struct {
			Totals map[string]*string `json:"totals"`
		} `json:"plan"`
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, err
	}
	var out report.Shown
	for figure := range report.Named(&d.Result.Plan.Totals) {
		if written := r.Plan.Totals[figure]; written != nil {
			out.Add(figure, *written, d.Currency)
		}
	}
	return out, nil
}

func people(out *bufio.Writer, r *audit.Result) error {
	if r.People == nil {
		return nil
	}
	separator := "\n    "
	for row := range r.People {
		line, err := json.Marshal(row)
		if err != nil {
			return fmt.Errorf("result.json: %w", err)
		}
		if _, err := out.WriteString(separator); err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
		separator = ",\n    "
	}
	return nil
}
