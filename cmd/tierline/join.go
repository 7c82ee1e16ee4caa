package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/portfolio"
	reportjson "tierline/report/json"
	"tierline/report/publish"
)

func (a *app) portfolioCommand() *cobra.Command {
	var out, failOn string
	var wait time.Duration
	var keep keeping
	var asJSON bool
	c := &cobra.Command{
		Use:   "portfolio RUN...",
		Short: "Put runs, or the summaries of shards, together to one summary",
		Long: `Portfolio puts together what audits say that ran elsewhere: the shards of audit
--shard, or single audits. RUN is the folder of a run or of a summary, or an output
folder, of which it takes the run that latest names, or a folder that holds output
folders. It audits nothing again. The summary of all shards is the one that a single
audit of all estates publishes, byte for byte.

A run is known by the name of its estate: that of the folder that holds the run, or
of the folder around that where it is called runs.

Exit codes: as of audit with several estates; also 3 when a shard is missing, and 4
when RUN is none or was changed.`,
		Example: `  tierline portfolio /srv/audits/shards --out /srv/audits
  tierline portfolio acme/runs europe/runs --out summary`,
		RunE: func(c *cobra.Command, args []string) error {
			limit, err := parseAlert(failOn)
			switch {
			case err != nil:
				return err
			case len(args) == 0:
				return usageError("%s takes the folders of runs or summaries; see %s --help", c.CommandPath(), c.CommandPath())
			case out == "":
				return usageError("--out: expected the folder for the summary")
			}
			if err := keep.check(); err != nil {
				return err
			}
			return a.join(c.Context(), args, summaryTo{out, keep, asJSON}, limit, wait)
		},
	}
	c.Flags().StringVar(&out, "out", "", "folder for the summary")
	c.Flags().StringVar(&failOn, "fail-on", "", "as of audit, for runs; summaries keep the exit codes of their estates")
	c.Flags().DurationVar(&wait, "wait", 0, "how long to wait for another run that holds the output folder, such as 10m")
	keepFlag(c, &keep)
	c.Flags().BoolVar(&asJSON, "json", false, "print the figures as JSON")
	return c
}

// join publishes one summary of runs and summaries.
func (a *app) join(ctx context.Context, runs []string, to summaryTo, limit alert, wait time.Duration) error {
	j := joining{to: to.dir, limit: limit}
	for _, run := range runs {
		if err := j.take(run); err != nil {
			return usageError("%s: %s", filepath.ToSlash(run), err)
		}
	}
	for _, name := range j.without {
		a.warn("warning: %s has no run and is left out", name)
	}
	estates, err := portfolio.Join(j.lists...)
	if err != nil {
		return usageError("%s", err)
	}
	a.tellOld(estates)
	out, err := a.open(ctx, to.dir, wait)
	if err != nil {
		return err
	}
	defer out.Close()
	j.parts.Version, j.parts.Estates, j.parts.Missing = version, estates, portfolio.Missing(j.shards)
	return a.publishPortfolio(ctx, out, to, j.parts)
}

// tellOld warns of runs that are older than the newest: a shard that died leaves the
// summary of the time before.
func (a *app) tellOld(estates []portfolio.Estate) {
	var newest date.Date
	for i := range estates {
		if e := &estates[i]; e.State == portfolio.Audited && newest.Before(e.Audit.AsOf) {
			newest = e.Audit.AsOf
		}
	}
	for i := range estates {
		if e := &estates[i]; e.State == portfolio.Audited && e.Audit.AsOf.Before(newest) {
			a.warn("warning: the run of %s is as of %s, the newest of all as of %s", e.Name, e.Audit.AsOf, newest)
		}
	}
}

// joining is what is put together.
type joining struct {
	to    string
	limit alert

	lists  [][]portfolio.Estate
	shards []portfolio.Shard
	parts  portfolio.Parts

	without []string // folders that have no run
}

// take takes a run, a summary, what is latest in an output folder, or that of each
// output folder in a folder.
func (j *joining) take(name string) error {
	folder, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(folder, publish.ManifestName)); err == nil {
		return j.run(folder)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return noRuns(err)
	}
	latest, err := publish.Latest(folder)
	switch {
	case err == nil:
		return j.run(filepath.Join(folder, latest))
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	found := false
	for _, e := range entries {
		took, err := j.takeOne(name, e)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
		found = found || took
	}
	if !found {
		return noRuns(err)
	}
	return nil
}

// noRuns says that nothing can be taken from a folder.
func noRuns(err error) error {
	return fmt.Errorf("expected the folder of a run or summary, or an output folder: %w", publish.Cause(err))
}

// takeOne takes what is latest in a folder of a folder, and reports whether there
// is any. A folder without is told of: its estate would be left out silently.
func (j *joining) takeOne(name string, e fs.DirEntry) (took bool, err error) {
	folder, err := filepath.Abs(filepath.Join(name, e.Name()))
	if err != nil || strings.HasPrefix(e.Name(), ".") {
		return false, err
	}
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		return false, nil
	}
	latest, err := publish.Latest(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		j.without = append(j.without, filepath.ToSlash(filepath.Join(name, e.Name())))
		return false, nil
	case err != nil:
		return false, err
	}
	return true, j.run(filepath.Join(folder, latest))
}

// run takes a run or a summary.
func (j *joining) run(folder string) error {
	past, err := publish.OpenRun(folder)
	if err != nil {
		return err
	}
	if past.Manifest.Schema == portfolio.SchemaVersion {
		return j.summary(past)
	}
	earlier, err := openRun(past)
	if err != nil {
		return err
	}
	j.lists = append(j.lists, []portfolio.Estate{{
		Name: estateOf(folder), State: portfolio.Audited, ExitCode: j.limit.code(earlier.Result), Run: from(j.to, folder), Audit: portfolio.Of(earlier.Result),
	}})
	return nil
}

// summary takes the estates of a summary. The ways to their runs are from the
// folder that holds it.
func (j *joining) summary(past *publish.Past) error {
	if err := past.Intact(portfolioFile); err != nil {
		return err
	}
	f, err := past.Read(portfolioFile, reportjson.Most)
	if err != nil {
		return err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return publish.Cause(err)
	}
	p, err := reportjson.ReadPortfolio(text)
	if err != nil {
		return fmt.Errorf("%s: %w", portfolioFile, err)
	}
	for i := range p.Estates {
		if e := &p.Estates[i]; e.Run != "" {
			e.Run = from(j.to, filepath.Join(filepath.Dir(past.Folder), filepath.FromSlash(e.Run)))
		}
	}
	j.lists = append(j.lists, p.Estates)
	j.shards = append(j.shards, p.Run.Shards()...)
	if j.parts.Day.Before(p.Run.AsOf) {
		j.parts.Day = p.Run.AsOf
	}
	return nil
}

// estateOf names the estate of a run by its folder.
func estateOf(run string) string {
	holds := filepath.Dir(run)
	if filepath.Base(holds) == runsFolder {
		holds = filepath.Dir(holds)
	}
	return filepath.Base(holds)
}

// code is what an audit with that result ends with.
func (a alert) code(r *audit.Result) int {
	switch {
	case !r.Run.Complete:
		return exitIncomplete
	case len(a.over(r)) > 0:
		return exitFindings
	}
	return exitComplete
}
