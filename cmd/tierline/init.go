package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"tierline/report/publish"
	"tierline/templates"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Write empty tables, a configuration and an explanation to start from",
		Long: `Init writes each of our tables with its header only, audit.yaml with every setting
and its default, and a README with a filled example of every table. It never
overwrites a file.`,
		Example: `  tierline init audit-2027`,
		Args:    exactly(1, "the folder to write to"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.init(args[0]) },
	}
}

func (a *app) init(dir string) error {
	entries, err := fs.ReadDir(templates.Starter, "starter")
	if err != nil {
		return err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	files, err := publish.Place(dir, names, func(temp string) error {
		for _, name := range names {
			if err := copyStarter(temp, name); err != nil {
				return fmt.Errorf("cannot write %s: %w", filepath.ToSlash(filepath.Join(dir, name)), publish.Cause(err))
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrExist):
		return usageError("%s; init never overwrites a file", err)
	case errors.Is(err, syscall.ENOTDIR):
		return usageError("%s", err)
	case err != nil:
		return err
	}
	for _, f := range files {
		a.print("%s\n", f)
	}
	return nil
}

// copyStarter writes one of the files to start from.
func copyStarter(dir, name string) error {
	text, err := templates.Starter.ReadFile(path.Join("starter", name))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), text, 0o600)
}
