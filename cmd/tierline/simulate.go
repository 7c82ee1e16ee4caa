package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/guard"
	"tierline/audit/plan"
	"tierline/report/publish"
	"tierline/report/text"
	"tierline/rules"
)

func (a *app) simulateCommand() *cobra.Command {
	var in inputs
	var q plan.Question
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

func (a *app) simulate(ctx context.Context, in *inputs, q plan.Question, list string, asJSON bool) error {
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
		err = text.Simulation(a.out, q, s)
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

// listFirst writes who is meant by the candidates to remove first, in a file for
// nobody else to read.
func (a *app) listFirst(path string, req *audit.Request, q plan.Question, s *plan.Simulation) error {
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
