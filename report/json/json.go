// Package json writes result.json, the result as data for programs and for
// rendering again, and portfolio.json, the same of several estates, and reads
// both. It changes no figure and names no person; package publish calls it, and
// cmd for what is rendered again.
package json

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"tierline/audit"
	"tierline/report"
)

// Render writes the public part of a document's result.
func Render(w io.Writer, d *report.Document) (report.Shown, error) {
	out := bufio.NewWriter(w)
	s := stream{w: out, keep: "plan.totals"}
	if err := s.value(reflect.ValueOf(d.Result.Public()).Elem(), "", 0); err != nil {
		return nil, fmt.Errorf("result.json: %w", err)
	}
	shown, err := totals(s.kept, d)
	if err != nil {
		return nil, fmt.Errorf("result.json: %w", err)
	}
	if err := s.text("\n"); err != nil {
		return nil, err
	}
	return shown, out.Flush()
}

// totals reads the totals back from the text that is written.
func totals(text []byte, d *report.Document) (report.Shown, error) {
	var totals map[string]*string
	if err := json.Unmarshal(text, &totals); err != nil {
		return nil, err
	}
	var out report.Shown
	for figure := range d.Figures() {
		if written := totals[figure]; written != nil {
			out.Add(figure, *written, d.Currency)
		}
	}
	return out, nil
}

// Most is how many bytes of a result.json are read: a few times what 10,000
// subscriptions give, the most of one run (METHOD 16.5).
const Most = 512 << 20

// Read reads what Render writes. The error says in one sentence why a text is
// no result of this version of the schema.
func Read(text []byte) (*audit.Result, error) {
	var head struct {
		Run struct{ Schema, Tool string }
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("it is not JSON, or not all of it: %w", err)
	}
	switch {
	case head.Run.Tool != "tierline":
		return nil, errors.New("it is no result of Tierline")
	case head.Run.Schema != audit.SchemaVersion:
		return nil, fmt.Errorf("its schema is %q, and this version reads %q: render it with the version that wrote it", head.Run.Schema, audit.SchemaVersion)
	}
	var r audit.Result
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("it has been changed since it was written: %w", err)
	}
	if len(r.Run.Digest) != 64 {
		return nil, fmt.Errorf("its digest has %d digits instead of 64", len(r.Run.Digest))
	}
	return &r, nil
}
