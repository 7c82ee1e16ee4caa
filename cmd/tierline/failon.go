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

// over lists the findings that alert, worst first. Without a run before, every
// finding is new.
func (a alert) over(r *audit.Result) (lines []string) {
	if a.from == audit.Unrated {
		return nil
	}
	if a.fresh && r.History != nil {
		return a.news(&r.History.Changes)
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Severity >= a.from && f.Excepted == (diag.Source{}) {
			lines = append(lines, alertLine(f.Severity.String(), f.Title))
		}
	}
	return lines
}

// since says how many findings are new since the run a comparison is with.
func (a alert) since(n int, c *history.Comparison) string {
	return fmt.Sprintf("%s %s since %s", plural(n, "new finding"), a, c.With.AsOf)
}

// alertLine says one finding that alerts: what a mail about it is read for.
func alertLine(severity, title string) string { return severity + ": " + diag.OneLine(title) }

// listed writes a sentence and, below it, the findings it counts.
func listed(sentence string, lines []string) error {
	shown := lines[:min(len(lines), alertsShown)]
	text := sentence + ":\n  " + strings.Join(shown, "\n  ")
	if more := len(lines) - len(shown); more > 0 {
		text += fmt.Sprintf("\n  and %d more", more)
	}
	return errors.New(text)
}

// alertsShown is how many findings an alert lists; the reports hold all.
const alertsShown = 10

// news lists the new findings of a comparison that alert. One that was there and
// is as severe as that only now is news too.
func (a alert) news(c *history.Comparison) (lines []string) {
	if a.from == audit.Unrated {
		return nil
	}
	for i := range c.Findings {
		f := &c.Findings[i]
		is, _ := audit.ParseSeverity(f.Severity)
		was, _ := audit.ParseSeverity(f.Before)
		risen := f.State == history.Changed && was != audit.Unrated && was < a.from
		if !f.Excepted && is >= a.from && (f.State == history.New || risen) {
			lines = append(lines, alertLine(f.Severity, f.Title))
		}
	}
	return lines
}

// unnamed says that the file latest does not name a run.
func unnamed(p *publish.Published) error {
	return fmt.Errorf("published as %s, but the file latest could not be written: %w", filepath.ToSlash(p.Folder), p.Unnamed)
}

// verdict chooses the exit code of a published run: incomplete before
// findings.
func verdict(r *audit.Result, p *publish.Published, limit alert) error {
	if p.Unnamed != nil {
		return &exitError{exitIncomplete, unnamed(p)}
	}
	switch limit.code(r) {
	case exitIncomplete:
		return &exitError{exitIncomplete, errors.New("the run is incomplete; the reports say what is missing")}
	case exitFindings:
		over := limit.over(r)
		said := fmt.Sprintf("%s %s", plural(len(over), "finding"), limit)
		if limit.fresh && r.History != nil {
			said = limit.since(len(over), &r.History.Changes)
		}
		return &exitError{exitFindings, listed(said, over)}
	}
	return nil
}
