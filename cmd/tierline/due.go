package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/report"
	"tierline/report/text"
	"tierline/rules"
)

// dueWithin is how many days ahead due looks unless told otherwise: a price
// request takes its time, and the next weekly run sees what comes after.
const dueWithin = 14

func (a *app) dueCommand() *cobra.Command {
	var in inputs
	var within int
	var asJSON bool
	c := &cobra.Command{
		Use:   "due DIR",
		Short: "List what has to be done, begins or ends within the coming days",
		Long: `Due reads the folder as audit does and lists the days that come within the next
fourteen, or as many as --within says: audit windows, windows and last days of
quotes, price changes, trials that turn into a bill, renewals, actions of the
plan, licences that are exceeded, ends of exceptions and confirmed counts, the
last days of Data Center and announced ends of support. It publishes nothing.

Exit codes: 0 nothing comes, 10 something does, 3 the inputs are incomplete, so
something may be missing, 4 usage or configuration, 12 input refused.`,
		Example: `  tierline due exports
  tierline due exports --within 30 --json`,
		Args: exactly(1, "the folder that holds the exports"),
		RunE: func(c *cobra.Command, args []string) error {
			in.dir = args[0]
			return a.due(c.Context(), &in, within, asJSON)
		},
	}
	a.inputFlags(c, &in)
	c.Flags().IntVar(&within, "within", dueWithin, "how many days to look ahead; 0 for today only")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// comingDays is what due --json prints.
type comingDays struct {
	AsOf     date.Date        `json:"as_of"`
	Within   int              `json:"within"`
	Due      []audit.Deadline `json:"due"`
	Next     *audit.Deadline  `json:"next"` // the first one after those; null for none
	Complete bool             `json:"complete"`
}

func (a *app) due(ctx context.Context, in *inputs, within int, asJSON bool) error {
	if within < 0 {
		return usageError("--within: expected a number of days of 0 or more, found %d", within)
	}
	result, err := in.load(ctx, rules.All())
	if err != nil {
		return a.tellRefused(err)
	}
	coming := coming(result, within)
	if asJSON {
		err = a.printJSON(coming)
	} else {
		err = text.Due(a.out, report.WithoutWorkbook(result), coming.Due, coming.Next, within)
	}
	if err != nil {
		return err
	}
	switch {
	case !result.Run.Complete:
		return &exitError{exitIncomplete, fmt.Errorf("the inputs are incomplete, so days may be missing; tierline check %s says what", in.dir)}
	case len(coming.Due) > 0:
		return &exitError{exitFindings, nil}
	}
	return nil
}

// coming returns the deadlines within so many days of as-of, and the next one.
func coming(r *audit.Result, within int) comingDays {
	last := r.Run.AsOf.AddDays(within)
	n := slices.IndexFunc(r.Deadlines, func(d audit.Deadline) bool { return d.Date.After(last) })
	out := comingDays{AsOf: r.Run.AsOf, Within: within, Due: r.Deadlines, Complete: r.Run.Complete}
	if n >= 0 {
		out.Due, out.Next = r.Deadlines[:n], &r.Deadlines[n]
	}
	return out
}

// nothingDue says why an audit that acts only when something is due has nothing to
// do, and when it will; "" where it has. Exports that grow old between renewals
// are no reason to act; subscriptions that cannot be read are, since their days are
// not known.
func nothingDue(r *audit.Result, within int) string {
	c := coming(r, within)
	if len(c.Due) > 0 || r.Coverage.SubscriptionsRefused > 0 {
		return ""
	}
	doubt := ""
	if !r.Run.Complete {
		doubt = "; the inputs are incomplete, so days may be missing"
	}
	if c.Next == nil {
		return fmt.Sprintf("nothing is due within %d days of %s, and nothing has a later day; nothing was published%s", within, r.Run.AsOf, doubt)
	}
	return fmt.Sprintf("nothing is due within %d days of %s; nothing was published. The next day is %s (%s), so an audit acts from %s on%s",
		within, r.Run.AsOf, c.Next.Date, report.DeadlineLine(c.Next), c.Next.Date.AddDays(-within), doubt)
}
