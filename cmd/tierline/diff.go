package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/report"
	"tierline/report/publish"
	"tierline/report/text"
)

func (a *app) diffCommand() *cobra.Command {
	var failOn string
	var asJSON bool
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what changed between two runs",
		Long: `Diff compares two runs of one organisation: users and seats, subscriptions,
tiers, price lists, findings and the actions of the older plan. It reads
result.json and seats.csv of both, as they were published, and writes nothing.

OLD and NEW are folders of runs. An output folder stands for the run of it that
its file latest names.

Exit codes: 0 compared, 1 failed, 4 usage, or the two cannot be compared,
10 findings are new at or above --fail-on.`,
		Example: `  tierline diff runs/2026-11-14-9ef45772 runs/2026-11-21-3f9a1c2b
  tierline diff runs/2026-08-15-0c7d2e11 runs --fail-on high --json`,
		Args: exactly(2, "the folders of two runs"),
		RunE: func(c *cobra.Command, args []string) error { return a.diff(args[0], args[1], failOn, asJSON) },
	}
	c.Flags().StringVar(&failOn, "fail-on", "", "exit with 10 on new findings of this severity or above: info, low, medium, high, critical")
	c.Flags().BoolVar(&asJSON, "json", false, "print the comparison as JSON")
	return c
}

func (a *app) diff(before, after, failOn string, asJSON bool) error {
	limit, err := parseAlert(failOn)
	if err != nil {
		return err
	}
	old, err := runAt(before)
	if err != nil {
		return err
	}
	latest, err := runAt(after)
	if err != nil {
		return err
	}
	c, err := audit.Compare(old, latest)
	if err != nil {
		return usageError("%s and %s cannot be compared: %s", filepath.ToSlash(before), filepath.ToSlash(after), err)
	}
	if asJSON {
		err = a.printJSON(c)
	} else {
		err = text.Changes(a.out, report.Changes(c))
	}
	if n := len(limit.news(c)); err == nil && n > 0 {
		return &exitError{exitFindings, errors.New(limit.since(n, c))} // which they are, the comparison has said
	}
	return err
}

// runAt reads the run in a folder, or the one an output folder says is its latest.
func runAt(folder string) (*audit.Earlier, error) {
	if _, err := os.Stat(filepath.Join(folder, publish.ManifestName)); err != nil {
		if name, err := publish.Latest(folder); err == nil {
			folder = filepath.Join(folder, name)
		}
	}
	p, err := publish.OpenRun(folder)
	if err == nil {
		var run *audit.Earlier
		if run, err = openRun(p); err == nil {
			return run, nil
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError("%s is not a run: expected a folder that holds %s, or an output folder", filepath.ToSlash(folder), publish.ManifestName)
	}
	return nil, usageError("%s cannot be compared: %s", filepath.ToSlash(folder), err)
}
