package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/progress"
	"tierline/ingest"
)

// inputs are the flags of every command that reads a folder.
type inputs struct {
	dir  string
	out  string
	asOf string
	jobs int

	day date.Date // that asOf says; zero for none
	now date.Date // today; zero to ask the clock

	ifDue int           // publish only what has something due within so many days; below 0: always
	wait  time.Duration // for another run that holds the output folder

	allSeats bool // in the workbook, whatever the policy says

	naming   naming          // how people are named
	recalls  bool            // it compares with the run before it
	progress *progress.Count // nil where nobody watches
}

// settle reads what the flags say and looks whether the folder can be read, so
// that a mistake is told before anything is made.
func (in *inputs) settle() error {
	if err := in.settleFlags(); err != nil {
		return err
	}
	if in.out == "" {
		in.out = filepath.Join(in.dir, runsFolder)
	}
	if err := ingest.Readable(in.dir); err != nil {
		return &exitError{exitUsage, err}
	}
	return nil
}

// settleFlags reads what the flags say of any folder.
func (in *inputs) settleFlags() error {
	if in.jobs < 0 {
		return usageError("--jobs: expected a number of 1 or more, or 0 for as many as there are processors")
	}
	if in.asOf != "" {
		d, err := date.Parse(in.asOf)
		if err != nil {
			return usageError("--as-of: %s", err)
		}
		in.day = d
	}
	return in.naming.settle()
}

// today is the day to audit as of when nobody says: the only use of a clock.
func today() date.Date { return date.OfTime(time.Now()) }

// load reads the folder and audits it with the given rules.
func (in *inputs) load(ctx context.Context, rules []*audit.Rule) (*audit.Result, error) {
	req, err := in.request(ctx, rules)
	if err != nil {
		return nil, err
	}
	result, err := audit.Run(ctx, req)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	// What the configuration names has been checked on reading, so an error here
	// is the tool's own: figures that do not add up.
	return result, err
}

// request reads the folder into what an audit works on.
func (in *inputs) request(ctx context.Context, rules []*audit.Rule) (*audit.Request, error) {
	if err := in.settle(); err != nil {
		return nil, err
	}
	check := func(c *config.Config) error {
		_, err := audit.TypeOptions(rules, c.Rules)
		return err
	}
	now := in.now
	if now.IsZero() {
		now = today()
	}
	loaded, err := ingest.Load(ctx, in.dir, ingest.Options{Out: in.out, AsOf: in.day, Today: now, Check: check, Progress: in.progress, Names: in.naming.key})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &exitError{exitUsage, err}
	}
	if loaded.Diagnostics.Worst() == diag.Refused {
		return nil, &refusedError{loaded.Diagnostics.Sorted(), loaded.Inputs}
	}
	if in.allSeats {
		loaded.Config.Policy.WorkbookSeats = 0
	}
	past := &past{}
	if in.recalls {
		if past, err = recall(in.out, loaded.Config); err != nil {
			return nil, err
		}
	}
	return &audit.Request{
		Estate: loaded.Estate, Book: loaded.Book, Config: loaded.Config,
		AsOf: loaded.Config.AsOf, AsOfAssumed: loaded.AsOfAssumed, Inputs: loaded.Inputs,
		Diagnostics: append(loaded.Diagnostics, past.remarks...), Earlier: past.run, Refused: loaded.Refused, Rejected: loaded.Rejected,
		Rules: rules, Workers: in.jobs, Progress: in.progress, Version: version, Digest: loaded.Digest(loaded.Config.AsOf, version, past.digest()+in.naming.digest()),
	}, nil
}

// refusedError means that nothing can be trusted: everything that was wrong
// is told, and nothing is published.
type refusedError struct {
	diagnostics diag.List
	inputs      []audit.Input
}

// Error returns the reason of the refusal.
func (e *refusedError) Error() string {
	var reasons []error
	for _, d := range e.diagnostics {
		if d.Level == diag.Refused {
			reasons = append(reasons, errors.New(d.String()))
		}
	}
	return errors.Join(reasons...).Error()
}

// first returns the first reason of the refusal, and how many others there are.
func (e *refusedError) first() string {
	said, more := "", 0
	for _, d := range e.diagnostics {
		switch {
		case d.Level != diag.Refused:
		case said == "":
			said = diag.OneLine(d.String())
		default:
			more++
		}
	}
	if more > 0 {
		said += fmt.Sprintf("; and %d more", more)
	}
	return said
}

// tellRefused prints every diagnostic and returns the exit.
func (a *app) tellRefused(err error) error {
	var refused *refusedError
	if !errors.As(err, &refused) {
		return err
	}
	for _, g := range refused.diagnostics.Grouped() {
		if g.Level < diag.Refused {
			a.warn("%s: %s", g.Level, g)
		}
	}
	return &exitError{exitRefused, fmt.Errorf("input refused, nothing published: %w", refused)}
}

// shownRemarks is how many remarks are printed; all are in the workbook.
const shownRemarks = 5

// tellDiagnostics prints the remarks that change money, the worst first and
// equal ones once, and how many more there are to read. A note changes none.
func (a *app) tellDiagnostics(list diag.List, where string) {
	shown, more := 0, 0
	for _, g := range list.Grouped() {
		if g.Level == diag.Note || shown == shownRemarks {
			more += g.Places
			continue
		}
		a.warn("%s: %s", g.Level, g)
		shown++
	}
	switch {
	case more > 0 && shown > 0:
		a.note("and %d more %s", more, where)
	case more > 0:
		a.note("%s %s", plural(more, "remark"), where)
	}
}

// plural writes a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
