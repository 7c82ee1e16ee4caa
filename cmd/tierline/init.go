package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"tierline/report/publish"
	"tierline/templates"
)

func (a *app) initCommand() *cobra.Command {
	var kind string
	c := &cobra.Command{
		Use:   "init DIR",
		Short: "Write empty tables, a configuration and an explanation to start from, or a schedule",
		Long: `Init writes each of our tables with its header only, audit.yaml with every setting
and its default, and a README with a filled example of every table. It never
overwrites a file.

With --schedule it prints what runs an audit every week: units of systemd, a line
of a crontab, a CronJob of Kubernetes or a task of Windows, or Jobs of Kubernetes
that audit many organisations once. With a folder it writes them there as files.
Their paths are examples to change. A script that hands the PDF over to finance
comes with systemd and cron.`,
		Example: `  tierline init audit-2027
  tierline init --schedule cron
  tierline init --schedule systemd units`,
		Args: func(c *cobra.Command, args []string) error {
			if kind != "" && len(args) == 0 {
				return nil
			}
			return exactly(1, "the folder to write to")(c, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if kind == "" {
				return a.initFolder(args[0])
			}
			return a.initSchedule(kind, args)
		},
	}
	c.Flags().StringVar(&kind, "schedule", "", "what runs audits: "+scheduleKinds())
	return c
}

func (a *app) initFolder(dir string) error {
	entries, err := fs.ReadDir(templates.Starter, "starter")
	if err != nil {
		return err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return a.place(dir, templates.Starter, "starter", names)
}

// schedule is what runs an audit every week on one kind of system.
type schedule struct {
	kind  string
	files []string
}

// schedules lists the files of each kind of schedule, in the order of the help.
var schedules = []schedule{
	{"systemd", []string{"tierline.service", "tierline.timer", "handover.sh"}},
	{"cron", []string{"crontab", "handover.sh"}},
	{"kubernetes", []string{"cronjob.yaml"}},
	{"kubernetes-shards", []string{"shards.yaml", "summary.yaml"}},
	{"windows", []string{"task.xml"}},
}

func scheduleKinds() string {
	var kinds []string
	for _, s := range schedules {
		kinds = append(kinds, s.kind)
	}
	return strings.Join(kinds, ", ")
}

// initSchedule prints the schedule of a kind, or writes it into the folder that
// is named. The script beside a schedule is only written.
func (a *app) initSchedule(kind string, dir []string) error {
	i := slices.IndexFunc(schedules, func(s schedule) bool { return s.kind == kind })
	if i < 0 {
		return usageError("--schedule: expected one of %s, found %q", scheduleKinds(), kind)
	}
	if len(dir) > 0 {
		return a.place(dir[0], templates.Schedule, "schedule", schedules[i].files)
	}
	for n, name := range schedules[i].files {
		if name == handover {
			continue
		}
		raw, err := templates.Schedule.ReadFile(path.Join("schedule", name))
		if err != nil {
			return err
		}
		if n > 0 {
			fmt.Fprintln(a.out)
		}
		fmt.Fprintf(a.out, "%s", raw)
	}
	return nil
}

// handover is the script that hands the PDF over.
const handover = "handover.sh"

// place writes files of ours into a folder, all or none, and prints their names.
func (a *app) place(dir string, from embed.FS, folder string, names []string) error {
	files, err := publish.Place(dir, names, func(temp string) error {
		for _, name := range names {
			if err := copyOut(temp, from, folder, name); err != nil {
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

// copyOut writes one of the files that the program ships.
func copyOut(dir string, from embed.FS, folder, name string) error {
	text, err := from.ReadFile(path.Join(folder, name))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), text, 0o600)
}
