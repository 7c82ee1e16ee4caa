package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

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
	for _, e := range entries {
		if _, err := os.Lstat(filepath.Join(dir, e.Name())); err == nil {
			return usageError("%s exists already; init never overwrites a file", filepath.Join(dir, e.Name()))
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return usageError("cannot make the folder: %s", err)
	}
	for _, e := range entries {
		text, err := templates.Starter.ReadFile(path.Join("starter", e.Name()))
		if err != nil {
			return err
		}
		if err := writeNew(filepath.Join(dir, e.Name()), text); err != nil {
			return err
		}
		fmt.Fprintln(a.out, filepath.Join(dir, e.Name()))
	}
	return nil
}

func writeNew(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
