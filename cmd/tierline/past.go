package main

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/history"
	reportcsv "tierline/report/csv"
	reportjson "tierline/report/json"
	"tierline/report/publish"
)

// seatsFile is the file of a run that lists its seats.
const seatsFile = "seats.csv"

// past is what an output folder holds of the time before a run.
type past struct {
	run     *audit.Earlier // to compare with; nil when there is none
	files   [2]string      // digests of its result and its seats
	remarks diag.List      // on runs that cannot be compared with
}

// digest tells apart everything the past may add to a result.
func (p *past) digest() string {
	var out strings.Builder
	if p.run != nil {
		fmt.Fprintf(&out, "after %s %q\n", p.run.Run, p.files)
	}
	for _, r := range p.remarks {
		fmt.Fprintf(&out, "not compared %q\n", r)
	}
	return out.String()
}

// recall finds the newest run of an earlier day that the coming one can be
// compared with (METHOD 23.1): of the same organisation, by a schema this version
// reads, with its result and seats as they were published. A newer one that is
// broken is passed over with a remark.
func recall(out string, cfg *config.Config) (*past, error) {
	runs, err := publish.List(out)
	if err != nil {
		return nil, err
	}
	p := &past{}
	for i := range runs {
		switch {
		case !runs[i].AsOf.Before(cfg.AsOf):
			continue
		case p.run != nil && runs[i].AsOf.Before(p.run.Result.Run.AsOf):
			return p, nil
		}
		earlier, err := openRun(&runs[i])
		switch {
		case err != nil:
			p.remarks.AddOf(diag.Warning, diag.Source{}, "run "+runs[i].Run, "not compared with: "+err.Error(), "")
		case history.Comparable(earlier.Result.Identity(), history.Run{AsOf: cfg.AsOf, Organisation: cfg.Organisation}) != "":
		case p.run == nil || earlier.Result.Remembered() > p.run.Result.Remembered():
			p.run, p.files = earlier, [2]string{runs[i].SHA256(resultFile), runs[i].SHA256(seatsFile)}
		}
	}
	return p, nil
}

// openRun reads a run that is there: its result now, its seats when they are
// asked for.
func openRun(p *publish.Past) (*audit.Earlier, error) {
	if p.Manifest.Schema != audit.SchemaVersion {
		return nil, fmt.Errorf("its schema is %q, and this version reads %q", p.Manifest.Schema, audit.SchemaVersion)
	}
	for _, file := range []string{resultFile, seatsFile} {
		if err := p.Intact(file); err != nil {
			return nil, err
		}
	}
	f, err := p.Read(resultFile, reportjson.Most)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", resultFile, err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", resultFile, publish.Cause(err))
	}
	result, err := reportjson.Read(text)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", resultFile, err)
	}
	return &audit.Earlier{Run: p.Run, Result: result, Seats: func() iter.Seq2[history.Seat, error] { return seatsOf(p) }}, nil
}

// prune removes old runs of the organisation as the policy says. What cannot be
// removed is told and changes nothing about the run that is published.
func (a *app) prune(out *publish.Output, run *audit.RunInfo) {
	a.removeOld(out, run.Policy.KeepRuns, [2]string{"old run", "old runs"}, "policy keep_runs", func(p *publish.Past) bool {
		past, err := openRun(p)
		return err == nil && past.Result.Run.Organisation == run.Organisation
	})
}

// removeOld removes old runs or summaries of an output folder until so many are left,
// all where keep is 0, and tells how many of what, one or several, it removed and what
// asked for it.
func (a *app) removeOld(out *publish.Output, keep int, what [2]string, asked string, ours func(*publish.Past) bool) {
	if keep == 0 {
		return
	}
	removed, err := out.Prune(keep, ours)
	if n := len(removed); n > 0 {
		a.note("%d %s removed, %d of the newest stay, with the newest of each month and those that were changed (%s)",
			n, what[min(n, 2)-1], keep, asked)
	}
	if err != nil {
		a.note("an %s could not be removed: %s", what[0], err)
	}
}

// seatsOf reads the seats of a run, one row at a time.
func seatsOf(p *publish.Past) iter.Seq2[history.Seat, error] {
	return func(yield func(history.Seat, error) bool) {
		f, err := p.Read(seatsFile, publish.AnySize)
		if err != nil {
			yield(history.Seat{}, fmt.Errorf("%s: %w", seatsFile, err))
			return
		}
		defer f.Close()
		reportcsv.ReadSeats(f)(yield)
	}
}
