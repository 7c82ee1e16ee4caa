package text

import (
	"fmt"
	"io"

	"tierline/audit"
	"tierline/report"
)

// Due writes the days that come within so many days, and the next one after
// them.
func Due(w io.Writer, d *report.Document, due []audit.Deadline, next *audit.Deadline, within int) error {
	out := &printer{w: w}
	span := fmt.Sprintf("within %d days of %s", within, d.AsOf.Long())
	if within == 0 {
		span = "on " + d.AsOf.Long()
	}
	switch {
	case len(due) == 0 && !d.Complete:
		out.print("No day that is known comes %s. The inputs are incomplete.\n", span)
	case len(due) == 0:
		out.print("Nothing is due %s.\n", span)
	default:
		out.print("Due %s:\n\n", span)
	}
	for _, d := range report.DeadlineLines(due) {
		out.print("  %s  %-19s %s\n", d.Day.String(), d.Kind, d.What)
	}
	if next != nil {
		out.print("\nThe next day after that is %s: %s\n", next.Date.String(), report.DeadlineLine(next))
	}
	return out.err
}
