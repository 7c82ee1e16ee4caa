package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/report"
	"tierline/report/text"
	"tierline/rules"
)

func (a *app) checkCommand() *cobra.Command {
	var in inputs
	var asJSON bool
	c := &cobra.Command{
		Use:   "check DIR",
		Short: "Look at the inputs only: what each file is, what was read, what is missing",
		Long: `Check reads the folder as audit does and reports, per file, what it was taken for
and what became of its rows, then which users and prices are known. It publishes
nothing. Exit codes are those of audit for the same inputs.`,
		Example: `  tierline check exports
  tierline check exports --json`,
		Args: exactly(1, "the folder that holds the exports"),
		RunE: func(c *cobra.Command, args []string) error {
			in.dir = args[0]
			return a.check(c.Context(), &in, asJSON)
		},
	}
	a.inputFlags(c, &in)
	jobsFlag(c, &in)
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// checked is what check --json prints.
type checked struct {
	Inputs      []audit.Input      `json:"inputs"`
	Coverage    *audit.Coverage    `json:"coverage"` // null when the inputs are refused
	Trust       *audit.Trust       `json:"trust"`    // likewise
	Rules       []audit.RuleStatus `json:"rules"`
	Diagnostics []diag.Diagnostic  `json:"diagnostics"`
	Complete    bool               `json:"complete"`
	Refused     bool               `json:"refused"`
}

func (a *app) check(ctx context.Context, in *inputs, asJSON bool) error {
	result, err := in.load(ctx, rules.All())
	var refused *refusedError
	if errors.As(err, &refused) {
		if wrong := a.showRefused(refused, asJSON); wrong != nil {
			return wrong
		}
		return a.tellRefused(err)
	}
	if err != nil {
		return err
	}
	if asJSON {
		for i := range result.Rules {
			result.Rules[i].Page = ""
		}
		err = a.printJSON(checked{result.Inputs, &result.Coverage, &result.Trust, result.Rules, result.Diagnostics, result.Run.Complete, false})
	} else {
		err = text.Check(a.out, report.WithoutWorkbook(result))
	}
	if err != nil {
		return err
	}
	if !result.Run.Complete {
		return &exitError{exitIncomplete, errors.New("the inputs are incomplete; an audit of them would say so")}
	}
	return nil
}

// showRefused prints what the files were taken for, which is where to look
// when there is nothing to audit: a subscriptions table under other column
// names is among them, with the mapping that would make it readable.
func (a *app) showRefused(r *refusedError, asJSON bool) error {
	if asJSON {
		return a.printJSON(checked{Inputs: append([]audit.Input{}, r.inputs...), Rules: []audit.RuleStatus{}, Diagnostics: r.diagnostics, Refused: true})
	}
	return text.Files(a.out, r.inputs)
}
