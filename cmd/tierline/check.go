package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/diag"
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
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// checked is what check --json prints.
type checked struct {
	Inputs      []audit.Input      `json:"inputs"`
	Coverage    *audit.Coverage    `json:"coverage"` // null when the inputs are refused
	Rules       []audit.RuleStatus `json:"rules"`
	Diagnostics []diag.Diagnostic  `json:"diagnostics"`
	Complete    bool               `json:"complete"`
	Refused     bool               `json:"refused"`
}

func (a *app) check(ctx context.Context, in *inputs, asJSON bool) error {
	result, err := in.load(ctx, rules.All())
	var refused *refusedError
	if errors.As(err, &refused) {
		if asJSON {
			if err := a.printJSON(checked{Inputs: append([]audit.Input{}, refused.inputs...), Rules: []audit.RuleStatus{}, Diagnostics: refused.diagnostics, Refused: true}); err != nil {
				return err
			}
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
		err = a.printJSON(checked{result.Inputs, &result.Coverage, result.Rules, result.Diagnostics, result.Run.Complete, false})
	} else {
		err = text.Check(a.out, result)
	}
	if err != nil {
		return err
	}
	if !result.Run.Complete {
		return &exitError{exitIncomplete, errors.New("the inputs are incomplete; an audit of them would say so")}
	}
	return nil
}
