// Package text writes what a person sees in the terminal: the few figures of
// a run, the accounting of the inputs. It shows nothing that result.json does
// not hold; cmd calls it.
package text

import (
	"fmt"
	"io"
	"strings"

	"tierline/audit"
	"tierline/report"
)

// Summary writes the five figures that matter and where the reports are.
func Summary(w io.Writer, d *report.Document, workbook, pdf string) error {
	t := d.Result.Plan.Totals
	next := "none"
	if n, ok := d.Result.NextDeadline(); ok {
		next = n.Date.String() + "  " + n.What
	}
	currency := string(d.Currency)
	if currency == "" {
		currency = "no price known"
	}
	_, err := fmt.Fprintf(w, `%s, as of %s, %s

  Renew as is    %16s
  Recommended    %16s
  Hard saving    %16s
  Avoidance      %16s
  Next deadline  %s
  Findings       %s

%s  Workbook       %s
  PDF            %s
`, d.Organisation, d.AsOf.Long(), currency, t.AsIs.Grouped(), t.Recommended.Grouped(), t.HardSaving.Grouped(), t.Avoidance.Grouped(),
		next, findings(d.Result), leftOut(d.Finance.Caveats), workbook, pdf)
	return err
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
	for i := range r.Rules {
		status[r.Rules[i].Status]++
	}
	out := fmt.Sprintf("%d", len(r.Findings))
	if len(parts) > 0 {
		out += ": " + strings.Join(parts, ", ")
	}
	out += fmt.Sprintf("; %d of %d rules ran", status[audit.Ran], len(r.Rules))
	if n := status[audit.Skipped]; n > 0 {
		out += fmt.Sprintf(", %d lack their input", n)
	}
	if n := status[audit.Errored]; n > 0 {
		out += fmt.Sprintf(", %d failed", n)
	}
	return out
}

// leftOut says what the totals leave out; nothing when they are complete.
func leftOut(caveats []string) string {
	out := ""
	for _, c := range caveats {
		out += "  ! " + c + "\n"
	}
	if out != "" {
		out += "\n"
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
	if in.Sheet != "" {
		return in.Path + "#" + in.Sheet
	}
	return in.Path
}

// Check writes the accounting of every file, the coverage of the estate and
// every remark.
func Check(w io.Writer, r *audit.Result) error {
	if err := Files(w, r.Inputs); err != nil {
		return err
	}
	out := &printer{w: w}
	out.print("\nUsers\n")
	for _, p := range r.Coverage.Products {
		users := "unknown"
		if p.Users != nil {
			users = fmt.Sprint(*p.Users)
		}
		out.print("  %-40s %10s  from %s; %s\n", p.Product+" on "+p.Site, users, p.From, p.Activity)
	}
	out.print("\nSubscriptions\n  %d of %d active have a known cost\n", r.Coverage.Counted, r.Coverage.Active)
	if n := r.Coverage.SubscriptionsRefused; n > 0 {
		out.print("  %d of %d rows could not be read and are not audited\n", n, r.Coverage.Subscriptions)
	}
	for _, l := range r.Coverage.LeftOut {
		out.print("  %s on %s: %s (%s)\n", l.Name, l.Site, l.Reason.Placed(), l.Source)
	}
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
	for _, d := range r.Diagnostics {
		out.print("  %s: %s\n", d.Level, d)
	}
	return out.err
}

// printer keeps the first error, so that writing reads like writing.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) print(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
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
		p.print("    to read it, add to audit.yaml:\n%s", indent(in.Proposal, "      "))
	}
	if in.Joined > 0 {
		p.print("      joined to an account another row names: %d\n", in.Joined)
	}
}

// indent puts a margin before every line.
func indent(text, margin string) string {
	return margin + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+margin) + "\n"
}
