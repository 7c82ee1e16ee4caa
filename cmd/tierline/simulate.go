package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/rules"
)

func (a *app) simulateCommand() *cobra.Command {
	var in inputs
	var q audit.Question
	var on string
	var asJSON bool
	c := &cobra.Command{
		Use:   "simulate DIR",
		Short: "Say what more or fewer users of a product cost, with all its apps",
		Long: `Simulate answers the question before a batch of users is approved: what they cost
over the coming term, subscription by subscription, which tiers they cross, and how
many review candidates to remove first so that they cost least. Before and after are as-is
costs: today's billing cycles and licensed tiers, no quote, no clean-up.`,
		Example: `  tierline simulate exports --site acme-eng --product jira --add 20
  tierline simulate exports --site acme-eng --product jira --add 20 --on 2027-03-01 --json
  tierline simulate exports --site acme-eng --product confluence --add=-15`,
		Args: exactly(1, "the folder that holds the exports"),
		RunE: func(c *cobra.Command, args []string) error {
			in.dir = args[0]
			switch {
			case q.Site == "" || q.Product == "":
				return usageError("simulate needs --site and --product")
			case q.Add == 0:
				return usageError("simulate needs --add, a number of users such as 20 or -5")
			}
			if on != "" {
				d, err := date.Parse(on)
				if err != nil {
					return usageError("--on: %s", err)
				}
				q.On = d
			}
			return a.simulate(c.Context(), &in, q, asJSON)
		},
	}
	a.inputFlags(c, &in)
	c.Flags().StringVar(&q.Site, "site", "", "the site, such as acme-eng")
	c.Flags().StringVar(&q.Product, "product", "", "the product, such as jira")
	c.Flags().IntVar(&q.Add, "add", 0, "users to add; negative for users leaving")
	c.Flags().StringVar(&on, "on", "", "day from which they count, YYYY-MM-DD (default the as-of date)")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

func (a *app) simulate(ctx context.Context, in *inputs, q audit.Question, asJSON bool) error {
	req, err := in.request(ctx, rules.All())
	if err != nil {
		return a.tellRefused(err)
	}
	q.Site, q.Product = estate.SiteLabel(q.Site), estate.ProductKey(q.Product)
	s, err := audit.Simulate(ctx, req, q)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return usageError("%s", err)
	}
	if asJSON {
		err = a.printJSON(simulationData(s))
	} else {
		err = a.printSimulation(q, s)
	}
	switch {
	case err != nil:
		return err
	case s.Incomplete():
		return &exitError{exitIncomplete, errors.New("a subscription has no known cost and is in neither sum")}
	case s.Held != nil:
		return &exitError{exitIncomplete, errors.New("a number of users is in doubt: " + s.Held[0].Text)}
	case req.Diagnostics.Worst() >= diag.Incomplete:
		a.tellDiagnostics(req.Diagnostics.Sorted(), "that tierline check lists")
		return &exitError{exitIncomplete, errors.New("the inputs are incomplete, and so may be the figures")}
	}
	return nil
}

// simulation is what simulate --json prints.
type simulation struct {
	Before      money.Amount     `json:"before"`
	After       money.Amount     `json:"after"`
	Change      money.Amount     `json:"change"`
	Currency    money.Currency   `json:"currency"`
	Incomplete  bool             `json:"incomplete"`
	Lines       []simulatedLine  `json:"lines"`
	Crossings   []crossing       `json:"crossings"`
	RunningTerm []runningUpgrade `json:"running_term"`
	Held        []diag.Reason    `json:"held,omitempty"` // why remove_first is null

	RemoveFirst *simulatedRemovals `json:"remove_first"`
}

type simulatedLine struct {
	Key    string       `json:"key"`
	Name   string       `json:"name"`
	Before money.Amount `json:"before"`
	After  money.Amount `json:"after"`
	Reason diag.Reason  `json:"reason,omitzero"`

	BeforeSteps []audit.Step `json:"before_steps"`
	AfterSteps  []audit.Step `json:"after_steps"`
}

type crossing struct {
	Key  string       `json:"key"`
	From *int         `json:"from"` // null: no limit
	To   *int         `json:"to"`
	Step money.Amount `json:"step"`
}

type runningUpgrade struct {
	Key    string       `json:"key"`
	From   int          `json:"from"`
	To     int          `json:"to"`
	Days   int          `json:"days"`
	Amount money.Amount `json:"amount"`
}

type simulatedRemovals struct {
	Removals int          `json:"removals"`
	Change   money.Amount `json:"change"`
}

func simulationData(s *plan.Simulation) simulation {
	out := simulation{
		Before: s.Before, After: s.After, Change: s.After.Sub(s.Before), Currency: s.Currency, Incomplete: s.Incomplete(),
		Lines: []simulatedLine{}, Crossings: []crossing{}, RunningTerm: []runningUpgrade{}, Held: s.Held,
	}
	if s.Held == nil {
		out.RemoveFirst = &simulatedRemovals{s.RemoveFirst.Removals, s.RemoveFirst.Change}
	}
	for _, l := range s.Lines {
		out.Lines = append(out.Lines, simulatedLine{
			l.Line.Sub.Key, l.Line.Name(), l.Before, l.After, l.Reason, audit.Steps(l.BeforeSteps), audit.Steps(l.AfterSteps),
		})
	}
	for _, c := range s.Crossings {
		out.Crossings = append(out.Crossings, crossing{c.Line.Sub.Key, limit(c.From), limit(c.To), c.Step})
	}
	for _, r := range s.Running {
		out.RunningTerm = append(out.RunningTerm, runningUpgrade{r.Line.Sub.Key, r.From, r.To, r.Days, r.Amount})
	}
	return out
}

// limit returns the top of a tier, nil for a tier without one.
func limit(tier pricing.Range) *int {
	if endless(tier) {
		return nil
	}
	return &tier.To
}

// endless reports whether a tier has no top; nobody is the tier 0-0.
func endless(tier pricing.Range) bool { return tier.From > 0 && tier.To == 0 }

func (a *app) printSimulation(q audit.Question, s *plan.Simulation) error {
	fmt.Fprintf(a.out, "%+d users of %s on %s: %s over the coming term%s\n\n", q.Add, estate.ProductName(q.Product), q.Site, changeText(s), without(s))
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "before\tafter\tchange\t  subscription\n")
	for _, l := range s.Lines {
		if l.Reason.Given() {
			fmt.Fprintf(w, "%s\t%s\t\t  %s: %s\n", l.Before.Grouped(), l.After.Grouped(), l.Line.Name(), l.Reason.Placed())
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t  %s\n", l.Before.Grouped(), l.After.Grouped(), signed(l.After.Sub(l.Before)), l.Line.Name())
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t  together\n", s.Before.Grouped(), s.After.Grouped(), signed(s.After.Sub(s.Before)))
	if err := w.Flush(); err != nil {
		return err
	}
	for _, c := range s.Crossings {
		fmt.Fprintf(a.out, "%s crosses from the tier %s to the one %s: %s for one bill\n", c.Line.Name(), topText(c.From), topText(c.To), signed(c.Step))
	}
	for _, r := range s.Running {
		fmt.Fprintf(a.out, "before that, %s is upgraded from %s to %s users for the %d days until it renews: %s, in no sum above\n",
			r.Line.Name(), money.Count(r.From), money.Count(r.To), r.Days, signed(r.Amount))
	}
	if q.Add > 0 {
		fmt.Fprintln(a.out, removeText(s))
	}
	return a.printChanged(s)
}

// printChanged shows the calculation behind every line that changes.
func (a *app) printChanged(s *plan.Simulation) error {
	for _, l := range s.Lines {
		if l.Before == l.After || l.Reason.Given() {
			continue
		}
		for _, way := range []struct {
			name   string
			amount money.Amount
			steps  []pricing.Step
		}{{"before", l.Before, l.BeforeSteps}, {"after", l.After, l.AfterSteps}} {
			fmt.Fprintf(a.out, "\n%s, %s: %s\n", l.Line.Name(), way.name, way.amount.Grouped())
			if err := a.printSteps("  ", audit.Steps(way.steps)); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeText says how many candidates to remove first.
func removeText(s *plan.Simulation) string {
	switch r := s.RemoveFirst; {
	case s.Held != nil:
		return "whom to remove first is not decided: " + s.Held[0].Text
	case !r.Change.Known():
		return "what they cost is not known, and so is what removing review candidates first would change"
	case s.Incomplete() && r.Removals == 0 && r.Change.Sign() == 0:
		return "they change nothing on the subscriptions in the sums, and nobody knows what on the others"
	case r.Removals == 0 && r.Change.Sign() == 0:
		return "they cost nothing in the coming term, and nobody need be removed first"
	case r.Removals == 0:
		return "removing review candidates first would not make them cheaper"
	case r.Change.Sign() <= 0:
		return fmt.Sprintf("remove %d of the review candidates first, and they cost nothing%s", r.Removals, without(s))
	default:
		return fmt.Sprintf("remove %d of the review candidates first, and they cost %s%s", r.Removals, r.Change.Grouped(), without(s))
	}
}

// changeText is what the users cost, with the currency.
func changeText(s *plan.Simulation) string {
	change := s.After.Sub(s.Before)
	if !change.Known() {
		return "unknown"
	}
	return signed(change) + " " + string(s.Currency)
}

// without says how many subscriptions are in no sum, "" when all or none are.
func without(s *plan.Simulation) string {
	if !s.Incomplete() || !s.After.Known() {
		return ""
	}
	return ", without " + money.Plural(s.Unknown, "subscription") + " in neither sum"
}

func topText(tier pricing.Range) string {
	if endless(tier) {
		return "without limit"
	}
	return "up to " + money.Group(fmt.Sprint(tier.To))
}

func signed(a money.Amount) string {
	if a.Sign() > 0 {
		return "+" + a.Grouped()
	}
	return a.Grouped()
}
