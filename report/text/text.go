// Package text writes what a person sees in the terminal: the few figures of a run,
// which result.json holds, the accounting of the inputs, and the answers of simulate
// and price. It computes nothing; cmd calls it.
package text

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/report"
)

// Summary writes how much was weighed, what the plan comes to, the figures that
// matter and where the reports are.
func Summary(w io.Writer, d *report.Document, workbook, pdf string) error {
	out := &printer{w: w}
	currency := string(d.Currency)
	if currency == "" {
		currency = "no price known"
	}
	asOf := d.AsOf.Long()
	if d.Result.Run.AsOfAssumed {
		asOf += " (today, assumed)"
	}
	out.print("%s\n%s, as of %s, %s\n\n%s\n\n", d.Finance.Weighed, d.Organisation, asOf, currency, d.Finance.Headline)
	t := &d.Result.Plan.Totals
	if !d.Result.Trust.Subscriptions.None() { // else they are no figures to decide on
		out.print("  Renew as is    %16s\n  Recommended    %16s\n", t.AsIs.Grouped(), t.Recommended.Grouped())
		out.print("  Hard saving    %16s\n  Avoidance      %16s\n", t.HardSaving.Grouped(), t.Avoidance.Grouped())
	}
	next := "none"
	if n, ok := d.Result.NextDeadline(); ok {
		next = n.Date.String() + "  " + n.What
	}
	out.print("  Next deadline  %s\n  Findings       %s\n\n", next, findings(d.Result))
	if since := report.Since(d.Result); since != "" {
		out.print("  %s\n\n", since)
	}
	out.caveats(d.Finance.Caveats)
	out.lines(report.Lines(d.Result))
	out.print("  Workbook       %s\n  PDF            %s\n", workbook, pdf)
	return out.err
}

// caveatsMost is how many caveats are printed; all are in the workbook.
const caveatsMost = 5

// caveats says what the totals leave out or take for granted; nothing when they
// are complete.
func (p *printer) caveats(all []string) {
	for i, c := range all {
		if i == caveatsMost {
			p.print("  ! and %d more in the sheet Not weighed\n", len(all)-i)
			break
		}
		p.print("  ! %s\n", c)
	}
	if len(all) > 0 {
		p.print("\n")
	}
}

// lines writes what can be pasted into audit.yaml where it is true; as many as
// there may be caveats.
func (p *printer) lines(all []string) {
	if len(all) == 0 {
		return
	}
	p.print("  To add to audit.yaml, if it is true:\n")
	for i, line := range all {
		if i == caveatsMost {
			p.print("    and %d more in the sheet Not weighed\n", len(all)-i)
			break
		}
		p.print("    %s\n", line)
	}
	p.print("\n")
}

// findings counts the findings by severity, and the rules behind them.
func findings(r *audit.Result) string {
	counts := map[audit.Severity]int{}
	for i := range r.Findings {
		counts[r.Findings[i].Severity]++
	}
	var parts []string
	for s := audit.Critical; s >= audit.Info; s-- {
		if counts[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[s], s))
		}
	}
	status := map[audit.Status]int{}
	idle := 0
	for i := range r.Rules {
		if r.Rules[i].Thing() != "" {
			idle++
		} else {
			status[r.Rules[i].Status]++
		}
	}
	out := fmt.Sprintf("%d", len(r.Findings))
	if len(parts) > 0 {
		out += ": " + strings.Join(parts, ", ")
	}
	out += fmt.Sprintf("; %d of %d rules ran", status[audit.Ran], len(r.Rules))
	if n := status[audit.Skipped]; n > 0 {
		out += fmt.Sprintf(", %d lack their input", n)
	}
	if idle > 0 {
		out += fmt.Sprintf(", %d had nothing to look at", idle)
	}
	if n := status[audit.Errored]; n > 0 {
		out += fmt.Sprintf(", %d failed", n)
	}
	return out
}

// Files writes the accounting of every file: what it was taken for, and what
// became of its rows. It is all there is to say of inputs that are refused.
// Tables without a row, as init writes a dozen of them, share one entry.
func Files(w io.Writer, inputs []audit.Input) error {
	out := &printer{w: w}
	if len(inputs) > 0 {
		out.print("Files\n")
	}
	var empty []string
	for i := range inputs {
		in := &inputs[i]
		if in.Format != "" && in.Read == 0 {
			empty = append(empty, fileName(in))
			continue
		}
		out.file(in)
	}
	if len(empty) > 0 {
		out.print("  only a header, so as if it were absent:\n    %s\n", strings.Join(empty, ", "))
	}
	return out.err
}

// fileName names a file, and the sheet of it.
func fileName(in *audit.Input) string {
	return diag.Source{File: in.Path, Sheet: in.Sheet}.Name()
}

// Check writes the accounting of every file, how far an audit of them would
// carry, and every remark, equal ones once.
func Check(w io.Writer, d *report.Document) error {
	r := d.Result
	if err := Files(w, r.Inputs); err != nil {
		return err
	}
	out := &printer{w: w}
	out.users(r)
	out.print("\nSubscriptions\n  %s\n  %d of %d active have a known cost\n", d.Finance.Weighed, r.Coverage.Counted, r.Coverage.Active)
	if n := r.Coverage.SubscriptionsRefused; n > 0 {
		out.print("  %d of %d rows could not be read and are not audited\n", n, r.Coverage.Subscriptions)
	}
	out.leftOut(r)
	out.sites(r)
	out.open(r)
	out.print("\nRules\n")
	for i := range r.Rules {
		s := &r.Rules[i]
		reason := ""
		if s.Reason.Given() {
			reason = ": " + s.Reason.Placed()
		}
		out.print("  %-24s %s%s\n", s.ID, map[audit.Status]string{audit.Ran: "can run", audit.Skipped: "skipped", audit.Errored: "failed"}[s.Status], reason)
	}
	if len(r.Diagnostics) > 0 {
		out.print("\nRemarks\n")
	}
	for _, g := range diag.List(r.Diagnostics).Grouped() {
		out.print("  %s: %s\n", g.Level, g)
	}
	return out.err
}

// users writes which numbers of users are known, and how far each carries.
func (p *printer) users(r *audit.Result) {
	p.print("\nUsers\n")
	for i := range r.Coverage.Products {
		s := &r.Coverage.Products[i]
		users := "unknown"
		if counted := cmp.Or(r.Trust.Counts[i].Counted, s.Users); counted != nil {
			users = fmt.Sprint(*counted)
		}
		p.print("  %-40s %10s  from %s; %s\n", estate.On(s.Product, s.Site), users, s.From, s.Activity)
		p.print("  %-40s %10s  %s\n", "", "", report.Carries(&r.Trust.Counts[i]))
	}
}

// sites writes which sites have two names, and the lines of audit.yaml that say so.
func (p *printer) sites(r *audit.Result) {
	for i := range r.Trust.Sites {
		if i == 0 {
			p.print("\nSites\n")
		}
		s := &r.Trust.Sites[i]
		p.print("  %s\n    to say that it is, add to audit.yaml: %s\n", report.SiteWords(s), s.Line)
	}
}

// printer keeps the first error, so that writing reads like writing.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) print(format string, args ...any) {
	if p.err == nil {
		p.err = Print(p.w, format, args...)
	}
}

// Print writes by a format. Texts among its arguments may come from data, so each
// is written as one line; an error is the program's own and keeps its lines.
func Print(w io.Writer, format string, args ...any) error {
	plain := make([]any, len(args))
	for i, arg := range args {
		switch x := arg.(type) {
		case error:
			plain[i] = x
		case string:
			plain[i] = diag.OneLine(x)
		case fmt.Stringer:
			plain[i] = diag.OneLine(x.String())
		default:
			plain[i] = x
		}
	}
	_, err := fmt.Fprintf(w, format, plain...)
	return err
}

// separators names the delimiters; a bare comma in a sentence is hard to see.
var separators = map[string]string{",": "commas", ";": "semicolons", "tab": "tabs", "|": "bars"}

func (p *printer) file(in *audit.Input) {
	p.print("  %s\n    %s", fileName(in), in.Title)
	if in.Encoding != "" {
		p.print("; %s", in.Encoding)
	}
	if name, ok := separators[in.Delimiter]; ok {
		p.print(", separated by %s", name)
	}
	if in.Dates != "" {
		p.print(", dates like %s", in.Dates)
	}
	p.print("\n    %d rows read = %d used + %d excluded + %d rejected\n", in.Read, in.Used, in.ExcludedRows(), in.Rejected)
	for _, x := range in.Excluded {
		p.print("      excluded: %s: %d\n", x.Reason, x.Rows)
	}
	if in.Proposal != "" {
		p.print("    to read it, add to audit.yaml:\n")
		for line := range strings.SplitSeq(strings.TrimSuffix(in.Proposal, "\n"), "\n") {
			p.print("      %s\n", line)
		}
	}
	if in.Joined > 0 {
		p.print("      joined to an account another row names: %d\n", in.Joined)
	}
}
