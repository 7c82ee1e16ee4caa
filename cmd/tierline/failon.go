package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/history"
	"tierline/report/publish"
)

// alert says which findings end a command with code 10.
type alert struct {
	from  audit.Severity // of this severity or above; Unrated for none
	fresh bool           // only those that the run before did not have
}

// newPrefix stands before the severity of findings that must be new.
const newPrefix = "new:"

// parseAlert reads what --fail-on says; "" alerts nobody.
func parseAlert(text string) (alert, error) {
	if text == "" {
		return alert{}, nil
	}
	word, fresh := strings.CutPrefix(text, newPrefix)
	s, err := audit.ParseSeverity(word)
	if err != nil {
		return alert{}, usageError("--fail-on: %s, or one of these after %s", err, newPrefix)
	}
	return alert{from: s, fresh: fresh}, nil
}

// String says which findings, after their number.
func (a alert) String() string { return fmt.Sprintf("of severity %s or above", a.from) }

// over counts the findings that alert. Without a run before, every finding is new.
func (a alert) over(r *audit.Result) int {
	if a.from == audit.Unrated {
		return 0
	}
	if a.fresh && r.History != nil {
		return a.news(&r.History.Changes)
	}
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity >= a.from && r.Findings[i].Excepted == (diag.Source{}) {
			n++
		}
	}
	return n
}

// news counts the new findings of a comparison that alert. One that was there and
// is as severe as that only now is news too.
func (a alert) news(c *history.Comparison) int {
	if a.from == audit.Unrated {
		return 0
	}
	n := 0
	for i := range c.Findings {
		f := &c.Findings[i]
		is, _ := audit.ParseSeverity(f.Severity)
		was, _ := audit.ParseSeverity(f.Before)
		risen := f.State == history.Changed && was != audit.Unrated && was < a.from
		if !f.Excepted && is >= a.from && (f.State == history.New || risen) {
			n++
		}
	}
	return n
}

// verdict chooses the exit code of a published run: incomplete before
// findings.
func verdict(r *audit.Result, p *publish.Published, limit alert) error {
	if p.Unnamed != nil {
		return &exitError{exitIncomplete, fmt.Errorf("published as %s, but the file latest could not be written: %w", filepath.ToSlash(p.Folder), p.Unnamed)}
	}
	if !r.Run.Complete {
		return &exitError{exitIncomplete, errors.New("the run is incomplete; the reports say what is missing")}
	}
	n := limit.over(r)
	switch {
	case n > 0 && limit.fresh && r.History != nil:
		return &exitError{exitFindings, fmt.Errorf("%s %s since %s", plural(n, "new finding"), limit, r.History.Changes.With.AsOf)}
	case n > 0:
		return &exitError{exitFindings, fmt.Errorf("%s %s", plural(n, "finding"), limit)}
	}
	return nil
}
