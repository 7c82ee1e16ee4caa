package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/report"
	"tierline/report/csv"
	"tierline/report/ics"
	reportjson "tierline/report/json"
	"tierline/report/pdf"
	"tierline/report/publish"
)

// resultFile is the file of a run that everything rendered again comes from.
const resultFile = "result.json"

// fromResult lists the reports that result.json alone is enough for: those
// that name nobody.
func fromResult() []publish.Renderer {
	return []publish.Renderer{
		{File: "finance.pdf", Render: pdf.Render, Totals: true},
		{File: "findings.csv", Render: csv.Render},
		{File: "deadlines.ics", Render: ics.Render},
	}
}

func (a *app) renderCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "render RUN",
		Short: "Write the PDF, findings and calendar of a run again from its result.json",
		Long: `Render writes finance.pdf, findings.csv and deadlines.ics again, from
result.json alone: for a run whose other files are gone, or a result that was
passed on by itself. RUN is the folder of a run, or a result.json. The same
version writes the same bytes.

The files go into --out, by default into the current folder. Render never
writes over a file, and never into the folder of a run, which stays as it was
published.

Exit codes: 0 written, 1 failed, 4 usage, or RUN is no run of this version.`,
		Example: `  tierline render runs/2026-11-21-3f9a1c2b --out again
  tierline render result.json`,
		Args: exactly(1, "the folder of a run, or a result.json"),
		RunE: func(c *cobra.Command, args []string) error { return a.render(c.Context(), args[0], out) },
	}
	c.Flags().StringVar(&out, "out", ".", "folder for the files, made if need be")
	return c
}

func (a *app) render(ctx context.Context, run, out string) error {
	result, err := readResult(run)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(out, publish.ManifestName)); err == nil {
		return usageError("%s is the folder of a run, which stays as it was published; name another with --out", filepath.ToSlash(out))
	}
	files, err := publish.Files(ctx, out, report.WithoutWorkbook(result), fromResult())
	if err != nil {
		if errors.Is(err, os.ErrExist) {
			return usageError("%s; remove it first, or name another folder with --out", err)
		}
		return err
	}
	for _, f := range files {
		a.print("%s\n", f)
	}
	return nil
}

// readResult reads the result of a run, by its folder or by its file.
func readResult(run string) (*audit.Result, error) {
	name := run
	info, err := os.Stat(run)
	if err == nil && info.IsDir() {
		name = filepath.Join(run, resultFile)
		info, err = os.Stat(name)
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil, usageError("%s is not a run: expected a folder that holds %s, or that file", filepath.ToSlash(run), resultFile)
	}
	if info.Size() > reportjson.Most {
		return nil, usageError("%s has %d bytes; expected at most %d, the result of a run", filepath.ToSlash(name), info.Size(), reportjson.Most)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	result, err := reportjson.Read(text)
	if err != nil {
		return nil, usageError("%s cannot be rendered: %s", filepath.ToSlash(name), err)
	}
	return result, nil
}
