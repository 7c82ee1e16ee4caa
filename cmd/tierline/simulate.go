package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/guard"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/report/publish"
	"tierline/report/text"
	"tierline/rules"
)

func (a *app) simulateCommand() *cobra.Command {
	var in inputs
	var q audit.Question
	var on, list string
	var remove int
	var asJSON bool
	c := &cobra.Command{
		Use:   "simulate DIR",
		Short: "Say what more or fewer users of a product cost, with all its apps",
		Long: `Simulate answers the question before a batch of users is approved: what they cost
over the coming term, subscription by subscription, which tiers they cross, and how
many review candidates to remove first so that they cost least. Before and after are as-is
costs: today's billing cycles and licensed tiers, no quote, no clean-up. The running term
is what they cost until each renewal, by upgrades and within the monthly cycle.`,
		Example: `  tierline simulate exports --site acme-eng --product jira --add 20
  tierline simulate exports --site acme-eng --product jira --add 20 --on 2027-03-01 --json
  tierline simulate exports --site acme-eng --product confluence --remove 15`,
		Args: exactly(1, "the folder that holds the exports"),
		RunE: func(c *cobra.Command, args []string) error {
			in.dir = args[0]
			switch {
			case q.Site == "" || q.Product == "":
				return usageError("simulate needs --site and --product")
			case q.Add != 0 && remove != 0:
				return usageError("simulate takes --add or --remove, not both")
			case remove < 0:
				return usageError("--remove %d: expected a number of users leaving, such as 5", remove)
			case q.Add == 0 && remove == 0:
				return usageError("simulate needs --add, a number of users such as 20, or --remove")
			}
			if remove > 0 {
				q.Add = -remove
			}
			if on != "" {
				d, err := date.Parse(on)
				if err != nil {
					return usageError("--on: %s", err)
				}
				q.On = d
			}
			return a.simulate(c.Context(), &in, q, list, asJSON)
		},
	}
	a.inputFlags(c, &in)
	c.Flags().StringVar(&q.Site, "site", "", "the site, such as acme-eng")
	c.Flags().StringVar(&q.Product, "product", "", "the product, such as jira")
	c.Flags().IntVar(&q.Add, "add", 0, "users to add; negative for users leaving")
	c.Flags().IntVar(&remove, "remove", 0, "users leaving, the same as a negative --add")
	c.Flags().StringVar(&list, "list", "", "file to write who is meant by the candidates to remove first, as CSV; readable by you alone")
	c.Flags().StringVar(&on, "on", "", "day from which they count, YYYY-MM-DD (default the as-of date)")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

func (a *app) simulate(ctx context.Context, in *inputs, q audit.Question, list string, asJSON bool) error {
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
	if list != "" {
		if err := a.listFirst(list, req, q, s); err != nil {
			return err
		}
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
	State       plan.State         `json:"state"`
	Before      money.Amount       `json:"before"`
	After       money.Amount       `json:"after"`
	Change      money.Amount       `json:"change"`
	RunningTerm money.Amount       `json:"running_term"`
	ComingTerm  money.Amount       `json:"coming_term"`
	Together    money.Amount       `json:"together"`
	Kept        money.Amount       `json:"kept"`        // of users leaving, else null
	RightSized  money.Amount       `json:"right_sized"` // likewise
	Currency    money.Currency     `json:"currency"`
	Incomplete  bool               `json:"incomplete"`
	Lines       []simulatedLine    `json:"lines"`
	Crossings   []crossing         `json:"crossings"`
	Running     []runningUpgrade   `json:"running"`
	Blocked     []blocked          `json:"blocked"`
	Held        []diag.Reason      `json:"held,omitempty"` // why remove_first is null
	RemoveFirst *simulatedRemovals `json:"remove_first"`
}

// subscription names one.
type subscription struct {
	Site string      `json:"site"`
	Type estate.Kind `json:"type"`
	Key  string      `json:"key"`
}

func nameOf(l *costing.Line) subscription { return subscription{l.Sub.Site, l.Sub.Kind, l.Sub.Key} }

type simulatedLine struct {
	subscription
	Name   string       `json:"name"`
	Before money.Amount `json:"before"`
	After  money.Amount `json:"after"`
	Reason diag.Reason  `json:"reason,omitzero"`

	BeforeSteps []audit.Step `json:"before_steps"`
	AfterSteps  []audit.Step `json:"after_steps"`
}

type crossing struct {
	subscription
	From    *int         `json:"from"` // null: no limit
	To      *int         `json:"to"`
	Step    money.Amount `json:"step"`
	Planned bool         `json:"planned"` // crossed without these users too
}

type runningUpgrade struct {
	subscription
	From   int          `json:"from"`
	To     int          `json:"to"`
	Days   int          `json:"days"`
	Amount money.Amount `json:"amount"`
	Due    money.Amount `json:"due_anyway"` // for users above the licence today
}

type blocked struct {
	subscription
	Licensed int          `json:"licensed"`
	Users    int          `json:"users"`
	Upgrade  money.Amount `json:"upgrade"`
	Due      money.Amount `json:"due_anyway"`
}

type simulatedRemovals struct {
	Removals int          `json:"removals"`
	Change   money.Amount `json:"change"`
}

func simulationData(s *plan.Simulation) simulation {
	change := s.After.Sub(s.Before)
	out := simulation{
		State: s.State, Before: s.Before, After: s.After, Change: change, RunningTerm: s.RunningTerm, ComingTerm: change, Together: s.Together(),
		Kept: s.Kept, RightSized: s.RightSized, Currency: s.Currency, Incomplete: s.Incomplete(),
		Lines: []simulatedLine{}, Crossings: []crossing{}, Running: []runningUpgrade{}, Blocked: []blocked{}, Held: s.Held,
	}
	if s.Held == nil {
		out.RemoveFirst = &simulatedRemovals{s.RemoveFirst.Removals, s.RemoveFirst.Change}
	}
	for _, l := range s.Lines {
		out.Lines = append(out.Lines, simulatedLine{
			nameOf(l.Line), l.Line.Name(), l.Before, l.After, l.Reason, audit.Steps(l.BeforeSteps), audit.Steps(l.AfterSteps)})
	}
	for _, c := range s.Crossings {
		out.Crossings = append(out.Crossings, crossing{nameOf(c.Line), limit(c.From), limit(c.To), c.Step, c.Planned})
	}
	for _, r := range s.Running {
		out.Running = append(out.Running, runningUpgrade{nameOf(r.Line), r.From, r.To, r.Days, r.Amount, r.Due})
	}
	for _, b := range s.Blocked {
		out.Blocked = append(out.Blocked, blocked{nameOf(b.Line), b.Licensed, b.Users, b.Upgrade, b.Due})
	}
	return out
}

// listFirst writes who is meant by the candidates to remove first, in a file for
// nobody else to read.
func (a *app) listFirst(path string, req *audit.Request, q audit.Question, s *plan.Simulation) error {
	var rows strings.Builder
	w := csv.NewWriter(&rows)
	write := func(cells ...string) {
		for i := range cells {
			cells[i] = guard.Put(cells[i])
		}
		w.Write(cells) //nolint:errcheck // of a builder; Flush reports
	}
	write("User id", "name", "email", "site", "product", "tierline_run")
	for _, seat := range audit.RemovedFirst(req, q, s) {
		x := &req.Estate.Accounts[seat.Account]
		write(x.ID, x.Name, x.Email, q.Site, seat.Product, req.AsOf.String())
	}
	w.Flush()
	if err := errors.Join(w.Error(), publish.Replace(path, []byte(rows.String()))); err != nil {
		return fmt.Errorf("--list: %w", err)
	}
	return nil
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
	for _, b := range s.Blocked {
		a.print("%s\n", blockedText(b))
	}
	a.print("%+d %s on %s: %s over the coming term%s\n", q.Add, whoseUsers(q, s), q.Site, changeText(s), without(s))
	a.print("Until the renewals: %s. Together: %s.\n\n", signedOr(s.RunningTerm), signedOr(s.Together()))
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "before\tafter\tchange\t  subscription\n")
	for _, l := range s.Lines {
		name := estate.On(l.Line.Name(), l.Line.Sub.Site)
		if l.Reason.Given() {
			_ = text.Print(w, "%s\t%s\t\t  %s: %s\n", l.Before.Grouped(), l.After.Grouped(), name, l.Reason.Placed())
			continue
		}
		_ = text.Print(w, "%s\t%s\t%s\t  %s\n", l.Before.Grouped(), l.After.Grouped(), signed(l.After.Sub(l.Before)), name)
	}
	_ = text.Print(w, "%s\t%s\t%s\t  together\n", s.Before.Grouped(), s.After.Grouped(), signed(s.After.Sub(s.Before)))
	if err := w.Flush(); err != nil {
		return err
	}
	for _, c := range s.Crossings {
		how := "crosses"
		if c.Planned {
			how = "crosses without these users too,"
		}
		a.print("%s %s from the tier %s to the one %s: %s for one bill\n", c.Line.Name(), how, topText(c.From), topText(c.To), signed(c.Step))
	}
	for _, r := range s.Running {
		a.print("before that, %s goes from %s to %s users within %d days until it renews: %s\n",
			r.Line.Name(), money.Count(r.From), money.Count(r.To), r.Days, signed(r.Amount))
	}
	switch {
	case q.Add > 0:
		a.print("%s\n", removeText(s))
	default:
		a.print("licences renewed as they are: %s; renewed at the tier of the users: %s\n", signedOr(s.Kept), signedOr(s.RightSized))
	}
	return a.printChanged(s)
}

// whoseUsers names the users asked about. A new user of a product that a collection
// pays for is one more person of the collection.
func whoseUsers(q audit.Question, s *plan.Simulation) string {
	one := q.Add == 1 || q.Add == -1
	switch collects := s.Product != nil && s.Product.Collects(); {
	case collects && one:
		return "person of " + s.Product.Title()
	case collects:
		return "people of " + s.Product.Title()
	case one:
		return "user of " + estate.ProductName(q.Product)
	}
	return "users of " + estate.ProductName(q.Product)
}

// blockedText says what stands against more users before anything else.
func blockedText(b plan.Blocked) string {
	what := "nobody can be added before the licence is raised"
	if b.Line.Sub.Hosting == pricing.DataCenter {
		what = "it becomes read-only for everybody until the licence is raised"
	}
	said := fmt.Sprintf("%s is licensed for %s and has %s: %s, which costs %s until its renewal", estate.On(b.Line.Name(), b.Line.Sub.Site),
		money.Plural(b.Licensed, "user"), money.Count(b.Users), what, amountOr(b.Upgrade))
	if b.Due.Known() && b.Due.Sign() > 0 {
		said += fmt.Sprintf("; %s of it is due without these users too", b.Due.Grouped())
	}
	return said + "."
}

func amountOr(a money.Amount) string {
	if !a.Known() {
		return "an unknown amount"
	}
	return a.Grouped()
}

func signedOr(a money.Amount) string {
	if !a.Known() {
		return "unknown"
	}
	return signed(a)
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
			a.print("\n%s, %s: %s\n", l.Line.Name(), way.name, way.amount.Grouped())
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
