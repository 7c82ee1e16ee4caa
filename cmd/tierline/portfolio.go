package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"tierline/audit/money"
	"tierline/audit/portfolio"
	"tierline/ingest"
	"tierline/report"
	reportjson "tierline/report/json"
	"tierline/report/pdf"
	"tierline/report/publish"
	"tierline/report/text"
	"tierline/report/xlsx"
)

// portfolioFile is the file of a summary that others are put together from.
const portfolioFile = "portfolio.json"

// portfolioRenderers lists the reports on several estates.
func portfolioRenderers() []publish.Renderer {
	return []publish.Renderer{
		{File: portfolioFile, Render: reportjson.RenderPortfolio, Totals: true},
		{File: "portfolio.xlsx", Render: xlsx.Render, Totals: true},
		{File: "portfolio.pdf", Render: pdf.Render, Totals: true},
	}
}

// worstFirst orders exit codes: that of several estates is the first which one of
// them ends with. What published nothing is worse than what did (METHOD 25.3).
var worstFirst = []int{exitInterrupted, exitFailed, exitUsage, exitRefused, exitLocked, exitIncomplete, exitFindings, exitComplete}

// worst returns the exit code of several estates; a shard that is missing is as bad as
// an estate that is incomplete.
func worst(parts *portfolio.Parts) int {
	codes := map[int]bool{exitIncomplete: len(parts.Missing) > 0}
	for i := range parts.Estates {
		codes[parts.Estates[i].ExitCode] = true
	}
	return worstOf(codes)
}

// worstOf returns the worst of some exit codes.
func worstOf(codes map[int]bool) int {
	for _, code := range worstFirst {
		if codes[code] {
			return code
		}
	}
	return exitComplete
}

// auditAll audits several estates and publishes what they say together.
func (a *app) auditAll(ctx context.Context, in *inputs, which chosen, limit alert, asJSON bool) error {
	if err := in.settleFlags(); err != nil {
		return err
	}
	all, err := a.estates(which, in.out)
	if err != nil {
		return err
	}
	in.now = today() // of all, also past midnight
	out, err := a.open(ctx, all.out, in.wait)
	if err != nil {
		return err
	}
	defer out.Close()
	estates := a.auditEach(ctx, in, all, limit)
	if ctx.Err() != nil {
		return brokenOff(estates, all)
	}
	if all.shard.Of == 0 && allNotDue(estates) {
		a.note("nothing is due of any of %s; no summary was published", plural(len(estates), "estate"))
		return nil
	}
	day := in.day
	if day.IsZero() {
		day = in.now
	}
	return a.publishPortfolio(ctx, out, summaryTo{all.out, all.keep, asJSON},
		portfolio.Parts{Version: version, Day: day, Shard: all.shard, Estates: estates})
}

// auditEach audits the estates, a few at a time. Of those that an interruption kept
// from beginning nothing is known.
func (a *app) auditEach(ctx context.Context, in *inputs, all *several, limit alert) []portfolio.Estate {
	out := make([]portfolio.Estate, len(all.estates))
	atOnce, jobs := share(in.jobs, len(all.estates))
	var g errgroup.Group
	g.SetLimit(atOnce)
	for i := range all.estates {
		g.Go(func() error {
			one := *in
			one.dir, one.out, one.jobs = all.estates[i].dir, all.estates[i].out, jobs
			out[i] = portfolio.Estate{Name: all.estates[i].name, State: portfolio.Failed, ExitCode: exitInterrupted}
			if ctx.Err() == nil {
				a.auditOne(ctx, &one, &out[i], all.out, limit)
			}
			return nil
		})
	}
	_ = g.Wait() // no estate fails the others
	return out
}

// auditOne audits one of several estates and notes what came of it.
func (a *app) auditOne(ctx context.Context, in *inputs, e *portfolio.Estate, summaries string, limit alert) {
	own := &app{out: io.Discard, err: a.err, log: a.log, whole: a}
	own.log.estate = e.Name
	done, err := own.auditSafely(ctx, in)
	switch {
	case err != nil:
		e.Reason = reason(err)
	case done.notDue != "":
		e.State, e.Reason = portfolio.NotDue, done.notDue
		if last, run := lastRun(in.out); last != nil {
			e.Audit, e.Run = last, from(summaries, run)
		}
	default:
		e.State, e.Audit, e.Run = portfolio.Audited, portfolio.Of(done.doc.Result), from(summaries, done.at.Folder)
		err = verdict(done.doc.Result, done.at, limit)
	}
	e.ExitCode = own.tell(err)
	own.sumUp(e.ExitCode)
}

// auditSafely is auditFolder for one of several: whatever happens to it, the others
// go on.
func (a *app) auditSafely(ctx context.Context, in *inputs) (done *auditing, err error) {
	defer func() {
		if p := recover(); p != nil {
			done, err = nil, fmt.Errorf("the audit broke off: %v; please report this as a bug", p)
		}
	}()
	return a.auditFolder(ctx, in)
}

// reason says for the summary why an estate has no run: without the paths of this
// machine, which the log has.
func reason(err error) string {
	var refused *refusedError
	var wrong *ingest.ConfigError
	var exit *exitError
	switch {
	case errors.As(err, &refused):
		return "input refused: " + refused.first()
	case errors.As(err, &wrong):
		return "configuration: audit.yaml is wrong; the log says where" // its message quotes values
	case errors.As(err, &exit) && exit.code == exitLocked:
		return "another run held its output folder"
	case errors.As(err, &exit) && exit.code == exitUsage:
		return "its folder could not be read; the log says why"
	}
	return "its audit failed; the log says why"
}

// lastRun returns what the newest run in an output folder says, and its folder; nil
// where there is none that can be read.
func lastRun(out string) (*portfolio.Audit, string) {
	name, err := publish.Latest(out)
	if err != nil {
		return nil, ""
	}
	e, err := runEstate(filepath.Join(out, name))
	if err != nil {
		return nil, ""
	}
	return e, filepath.Join(out, name)
}

// runEstate reads the run in a folder for a portfolio.
func runEstate(folder string) (*portfolio.Audit, error) {
	past, err := publish.OpenRun(folder)
	if err != nil {
		return nil, err
	}
	earlier, err := openRun(past)
	if err != nil {
		return nil, err
	}
	return portfolio.Of(earlier.Result), nil
}

// from returns the way from the folder of the summaries to a run, in slashes.
func from(summaries, folder string) string {
	base, errBase := filepath.Abs(summaries)
	full, err := filepath.Abs(folder)
	if err != nil || errBase != nil {
		return filepath.ToSlash(folder)
	}
	way, err := filepath.Rel(base, full)
	if err != nil { // on another drive
		return filepath.ToSlash(folder)
	}
	return filepath.ToSlash(way)
}

// brokenOff says how far several estates came.
func brokenOff(estates []portfolio.Estate, all *several) error {
	n := 0
	for i := range estates {
		if estates[i].State == portfolio.Audited {
			n++
		}
	}
	return &exitError{exitInterrupted, fmt.Errorf("interrupted: %d of %s were published, and no summary", n, plural(len(all.estates), "estate"))}
}

func allNotDue(estates []portfolio.Estate) bool {
	return len(estates) > 0 && !slices.ContainsFunc(estates, func(e portfolio.Estate) bool { return e.State != portfolio.NotDue })
}

// summaryTo says what becomes of a summary.
type summaryTo struct {
	dir  string  // the output folder
	keep keeping // how many summaries stay in it
	json bool    // it is printed as JSON
}

// keeping is how many of the newest summaries stay; 0 stands for all.
type keeping int

// keepFlag adds the flag of the commands that publish summaries.
func keepFlag(c *cobra.Command, keep *keeping) {
	c.Flags().IntVar((*int)(keep), "keep-summaries", 0,
		"remove old summaries until so many are left, beside the newest of each month and those that somebody changed (default all)")
}

// check refuses a number that nothing could be compared with, as keep_runs of the policy does.
func (k keeping) check() error {
	if k < 0 || k == 1 {
		return usageError("--keep-summaries %d: expected 2 or more, or 0 for all", k)
	}
	return nil
}

// publishPortfolio publishes and prints what several estates say together.
func (a *app) publishPortfolio(ctx context.Context, out *publish.Output, to summaryTo, parts portfolio.Parts) error {
	parts.ExitCode = worst(&parts)
	p, err := portfolio.New(parts)
	if err != nil {
		return err
	}
	doc := report.BuildPortfolio(p)
	at, err := out.Publish(ctx, doc, portfolioRenderers())
	if err != nil {
		return unpublished(ctx, to.dir, err)
	}
	a.removeOld(out, int(to.keep), [2]string{"old summary", "old summaries"}, "--keep-summaries",
		func(p *publish.Past) bool { return p.Manifest.Schema == portfolio.SchemaVersion })
	a.published, a.summed = at.Folder, summedPortfolio(p, at.Folder)
	a.tellKept(at)
	if to.json {
		err = a.printJSON(summed{Folder: at.Folder, Portfolio: p})
	} else {
		err = text.Portfolio(a.out, doc, at.Folder)
	}
	if err != nil {
		return err
	}
	code := p.Run.ExitCode
	if at.Unnamed != nil {
		a.fail("%s", unnamed(at))
		code = worstOf(map[int]bool{code: true, exitIncomplete: true})
	}
	switch {
	case p.Run.ExitCode != exitComplete:
		return &exitError{code, errors.New(ended(p))}
	case code != exitComplete:
		return &exitError{code: code}
	}
	return nil
}

// summed is what audit --json prints of several estates.
type summed struct {
	Folder    string               `json:"folder"`
	Portfolio *portfolio.Portfolio `json:"portfolio"`
}

// ended says which estates did not end with 0, and with what, and which shards are
// missing.
func ended(p *portfolio.Portfolio) string {
	var names []string
	for i := range p.Estates {
		if e := &p.Estates[i]; e.ExitCode != exitComplete {
			names = append(names, fmt.Sprintf("%s (%d)", e.Name, e.ExitCode))
		}
	}
	var said []string
	if len(names) > 0 {
		shown := names[:min(len(names), alertsShown)]
		text := fmt.Sprintf("%d of %s did not end with 0: %s", len(names), plural(len(p.Estates), "estate"), strings.Join(shown, ", "))
		if more := len(names) - len(shown); more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		said = append(said, text)
	}
	shown := p.Run.Missing[:min(len(p.Run.Missing), alertsShown)]
	for _, s := range shown {
		said = append(said, fmt.Sprintf("shard %s is missing", s))
	}
	if more := len(p.Run.Missing) - len(shown); more > 0 {
		said = append(said, fmt.Sprintf("and %s missing", money.PluralIs(more, "more shard")))
	}
	return strings.Join(said, "; ")
}

// summedPortfolio is the last line of a command for several estates, without its
// exit code.
func summedPortfolio(p *portfolio.Portfolio, folder string) *ending {
	count := map[portfolio.State]int{}
	for i := range p.Estates {
		count[p.Estates[i].State]++
	}
	facts := []slog.Attr{slog.Int("estates", len(p.Estates)), slog.Int("audited", count[portfolio.Audited]),
		slog.Int("not_due", count[portfolio.NotDue]), slog.Int("failed", count[portfolio.Failed])}
	for i := range p.Totals {
		t := &p.Totals[i]
		c := " " + string(t.Currency)
		facts = append(facts, amountFact("as_is"+c, t.AsIs), amountFact("recommended"+c, t.Recommended),
			amountFact("hard_saving"+c, t.HardSaving), amountFact("avoidance"+c, t.Avoidance))
	}
	return &ending{title: "portfolio as of " + p.Run.AsOf.String(), facts: append(facts, slog.String("run", filepath.ToSlash(folder)))}
}
