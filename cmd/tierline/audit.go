package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/report"
	"tierline/report/csv"
	"tierline/report/ics"
	reportjson "tierline/report/json"
	"tierline/report/pdf"
	"tierline/report/publish"
	"tierline/report/text"
	"tierline/report/xlsx"
	"tierline/rules"
)

// renderers lists the reports of a run; rejected.csv only where there is
// something in it, removals.csv only where people are named.
func renderers(doc *report.Document) []publish.Renderer {
	out := []publish.Renderer{
		{File: "audit.xlsx", Render: xlsx.Render, Totals: true},
		{File: "finance.pdf", Render: pdf.Render, Totals: true},
		{File: "findings.csv", Render: csv.Render},
		{File: "deadlines.ics", Render: ics.Render},
		{File: "result.json", Render: reportjson.Render, Totals: true},
		{File: "seats.csv", Render: csv.RenderSeats},
	}
	if doc.Result.Run.Redacted == "" {
		out = append(out, publish.Renderer{File: "removals.csv", Render: csv.RenderRemovals}) // nobody can be removed by a pseudonym
	}
	if len(doc.Result.Rejected) > 0 {
		out = append(out, publish.Renderer{File: "rejected.csv", Render: csv.RenderRejected})
	}
	return out
}

// auditHelp says what audit does.
const auditHelp = `Audit reads every .csv, .xlsx and .json file below DIR, recognises each by its
header, and publishes one folder for the run: audit.xlsx, finance.pdf,
findings.csv, deadlines.ics, seats.csv, removals.csv, result.json and
manifest.json, and rejected.csv where rows were rejected. The same inputs give
the same folder with the same bytes.

The newest run of an earlier day in the output folder is what this one is compared
with: the reports say what changed since.

A run that is there is never replaced. The same one again is left as it is; when
somebody changed it, the new one is published beside it with -2 after its name.

With --redact people, departments and managers are named by pseudonyms: the same
person is the same word in every run with that key file. removals.csv and
rejected.csv are left out then, and no other run is compared with.

Several folders, or --portfolio with the folder that holds them, are estates: each
is audited as it would be alone, a few at a time, and one that fails stops no
other. What all of them say together is published as a run too: portfolio.json,
portfolio.xlsx and portfolio.pdf. With --out OUT the runs of each estate go into
OUT/estates/NAME and the summary into OUT. Without it they go into DIR/runs as
ever, and the summary into the folder runs beside the estates. With --shard I/N
it is every N-th estate, counted from 0/N; tierline portfolio puts the summaries
of the shards together.

Exit codes: 0 complete, 1 failed and no run published, 3 published but
incomplete, 4 usage or configuration, 10 findings at or above --fail-on,
11 another run holds the lock, 12 input refused, 130 interrupted. Of several
estates it is the first of 130, 1, 4, 12, 11, 3, 10 that one of them ends with.`

func (a *app) auditCommand() *cobra.Command {
	var in inputs
	var which chosen
	var failOn string
	var asJSON bool
	c := &cobra.Command{
		Use:   "audit DIR...",
		Short: "Audit a folder of exports, or several, and publish workbook, PDF and result",
		Long:  auditHelp,
		Example: `  tierline audit exports
  tierline audit exports --as-of 2026-11-21 --out /srv/audits
  tierline audit exports --fail-on new:high --json
  tierline audit --portfolio /srv/estates --out /srv/audits --shard 0/4`,
		RunE: func(c *cobra.Command, args []string) error {
			in.recalls = in.naming.redact == "" // a run before names people
			limit, err := parseAlert(failOn)
			if err != nil {
				return err
			}
			which.sharded = c.Flags().Changed("shard")
			if len(args) > 1 || which.folder != "" || which.sharded {
				which.dirs = args
				return a.auditAll(c.Context(), &in, which, limit, asJSON)
			}
			if err := exactly(1, "the folder that holds the exports, several of them, or --portfolio")(c, args); err != nil {
				return err
			}
			if which.keep != 0 {
				return usageError("--keep-summaries is for several folders or --portfolio; policy.keep_runs of audit.yaml removes old runs")
			}
			in.dir = args[0]
			return a.audit(c.Context(), &in, limit, asJSON)
		},
	}
	a.inputFlags(c, &in)
	redactFlag(c, &in.naming)
	jobsFlag(c, &in)
	c.Flags().StringVar(&in.out, "out", "", "folder for the run folders (default DIR/runs)")
	c.Flags().IntVar(&in.ifDue, "if-due", -1, "publish only if something is due within so many days, as in --if-due=10; 14 if none are named")
	c.Flags().Lookup("if-due").NoOptDefVal = strconv.Itoa(dueWithin)
	c.Flags().DurationVar(&in.wait, "wait", 0, "how long to wait for another run that holds the output folder, such as 10m")
	c.Flags().StringVar(&failOn, "fail-on", "",
		"exit with 10 on findings of this severity or above: info, low, medium, high, critical; new:high for those the run before did not have")
	c.Flags().BoolVar(&in.allSeats, "all-seats", false, "list every seat in the workbook, also of more than the policy's workbook_seats")
	c.Flags().BoolVar(&asJSON, "json", false, "print the figures as JSON")
	c.Flags().StringVar(&which.folder, "portfolio", "", "audit each folder in this one that holds audit.yaml or exports")
	keepFlag(c, &which.keep)
	c.Flags().StringVar(&which.shard, "shard", "", "audit every N-th of the estates by name: 0/4 to 3/4 for four shards")
	return c
}

// inputFlags adds the flags of every command that reads a folder.
func (a *app) inputFlags(c *cobra.Command, in *inputs) {
	c.Flags().StringVar(&in.asOf, "as-of", "", "audit as of this day, YYYY-MM-DD (default as_of of audit.yaml, else today)")
	c.Flags().StringVar(&in.naming.read, "redacted-with", "", "read decisions made in a run redacted with the key in this file; people are named")
}

// jobsFlag adds the flag of the commands that run rules.
func jobsFlag(c *cobra.Command, in *inputs) {
	c.Flags().IntVar(&in.jobs, "jobs", 0, "rules to run at the same time (default: number of processors)")
}

// audit audits one folder.
func (a *app) audit(ctx context.Context, in *inputs, limit alert, asJSON bool) error {
	in.progress = a.watch()
	done, err := a.auditFolder(ctx, in)
	if err != nil || done.notDue != "" {
		return err
	}
	if err := a.printAudit(done.doc, done.at.Folder, asJSON); err != nil {
		return err
	}
	return verdict(done.doc.Result, done.at, limit)
}

// auditing is what came of the audit of a folder.
type auditing struct {
	doc *report.Document
	at  *publish.Published

	notDue string // why nothing was published, where nothing is due; else ""
}

// auditFolder reads a folder, audits it, and publishes the reports.
func (a *app) auditFolder(ctx context.Context, in *inputs) (*auditing, error) {
	if err := in.settle(); err != nil {
		return nil, err
	}
	out, err := a.open(ctx, in.out, in.wait)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	result, err := in.load(ctx, rules.All())
	if err != nil {
		a.unwatch()
		return nil, a.tellRefused(err)
	}
	if in.ifDue >= 0 {
		if why := nothingDue(result, in.ifDue); why != "" {
			a.unwatch()
			a.note("%s", why)
			return &auditing{notDue: why}, nil
		}
	}
	if in.naming.redact != "" {
		result = result.Redacted(in.naming.key)
	}
	countPeople(result, in.progress, peopleReports)
	doc := report.Build(result)
	p, err := out.Publish(ctx, doc, renderers(doc))
	a.unwatch()
	if err != nil {
		return nil, unpublished(ctx, in.out, err)
	}
	a.published, a.summed = p.Folder, summedUp(result, p.Folder)
	a.tellDiagnostics(result.Diagnostics, "in the sheet Data quality")
	a.tellKept(p)
	if in.naming.open() {
		a.note("warning: others can read the key file of --redact, and with it find out who is meant; chmod 600")
	}
	a.prune(out, &result.Run)
	return &auditing{doc: doc, at: p}, nil
}

// peopleReports is how many reports of renderers list every person.
const peopleReports = 2

// summedUp is the last line of an audit without its exit code.
func summedUp(r *audit.Result, folder string) *ending {
	t, s := &r.Plan.Totals, &r.Trust.Subscriptions
	weighed := fmt.Sprintf("%d of %d", s.Weighed, s.Active)
	if r.Trust.Share != nil {
		weighed += fmt.Sprintf(" (%d %%)", *r.Trust.Share)
	}
	facts := []slog.Attr{slog.String("weighed", weighed)}
	if !s.None() { // else they are no figures to decide on
		facts = append(facts, slog.String("currency", string(r.Run.Currency)), amountFact("as_is", t.AsIs), amountFact("recommended", t.Recommended),
			amountFact("hard_saving", t.HardSaving), amountFact("avoidance", t.Avoidance))
	}
	facts = append(facts, slog.Int("findings", len(r.Findings)), slog.String("run", filepath.ToSlash(folder)))
	return &ending{title: "audit as of " + r.Run.AsOf.String(), facts: facts}
}

func amountFact(name string, a money.Amount) slog.Attr {
	if !a.Known() {
		return slog.String(name, "unknown")
	}
	return slog.String(name, a.String())
}

// summary is what audit --json prints.
type summary struct {
	Run      audit.RunInfo     `json:"run"`
	Folder   string            `json:"folder"`
	Files    map[string]string `json:"files"`
	Totals   audit.Totals      `json:"totals"`
	Next     *audit.Deadline   `json:"next_deadline"`
	Findings map[string]int    `json:"findings"`
}

func (a *app) printAudit(doc *report.Document, folder string, asJSON bool) error {
	if !asJSON {
		return text.Summary(a.out, doc, filepath.Join(folder, "audit.xlsx"), filepath.Join(folder, "finance.pdf"))
	}
	s := summary{Run: doc.Result.Run, Folder: folder, Files: map[string]string{}, Totals: doc.Result.Plan.Totals, Findings: map[string]int{}}
	for _, r := range renderers(doc) {
		s.Files[r.File] = filepath.Join(folder, r.File)
	}
	if d, ok := doc.Result.NextDeadline(); ok {
		s.Next = &d
	}
	for i := range doc.Result.Findings {
		s.Findings[doc.Result.Findings[i].Severity.String()]++
	}
	return a.printJSON(s)
}

func (a *app) printJSON(v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s\n", text)
	return err
}
