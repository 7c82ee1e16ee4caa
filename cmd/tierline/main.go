// Command tierline audits what an organisation pays for Atlassian products
// and Marketplace apps before a renewal. This package parses the command
// line, wires the stages, prints and exits; it holds no logic of its own.
//
// Rules of the terminal: results go to standard output, everything else to
// standard error with the prefix "tierline: ", lower case and without a full
// stop. Nothing that names a person is printed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/report/text"
)

// Exit codes (METHOD 15.1). 2 stays unused: a Go panic exits with it.
const (
	exitComplete    = 0   // complete
	exitFailed      = 1   // failed; no run was published
	exitIncomplete  = 3   // published but incomplete
	exitUsage       = 4   // usage or configuration
	exitFindings    = 10  // findings at or above --fail-on
	exitLocked      = 11  // another run holds the lock
	exitRefused     = 12  // input refused, nothing published
	exitInterrupted = 130 // interrupted
)

// version is set when a release is built.
var version = "0.1.0"

// memoryLimit is what the garbage collector shall keep the program within, as far
// as it can: files of a gigabyte would else take two before it begins.
const memoryLimit = 1300 << 20

func main() {
	// A reader that stops reading, as head does, ends no run: the write fails
	// instead of the process.
	signal.Ignore(syscall.SIGPIPE)
	debug.SetMemoryLimit(memoryLimit)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// exitError is a way to end with a code of its own. A nil err prints nothing.
type exitError struct {
	code int
	err  error
}

// Error returns the message.
func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// Unwrap returns what the message tells.
func (e *exitError) Unwrap() error { return e.err }

func usageError(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// app is what every command needs of the world.
type app struct {
	out io.Writer
	err io.Writer
	log logger

	terminal io.Writer // behind standard error; nil for none
	progress atomic.Pointer[progressLine]

	// appearing is set when a run is about to get its name: from then on an
	// interruption is too late.
	appearing atomic.Bool
	whole     *app   // the command for several estates, of one of which this is; nil for none
	published string // the folder of the run that was published; "" for none
	summed    *ending
}

// print writes a piece of the result; whether that fails, its writer keeps.
func (a *app) print(format string, args ...any) {
	_ = text.Print(a.out, format, args...)
}

// run runs the command line and returns the exit code.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	results := &resultWriter{to: out}
	a := &app{out: &plainWriter{to: results}, err: &plainWriter{to: errOut}}
	a.log, a.terminal = logger{to: a.err, format: logText}, terminal(errOut)
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(a.err)
	done := make(chan error, 1)
	go func() { done <- root.ExecuteContext(ctx) }()
	err := a.await(ctx, done)
	a.unwatch()
	code := a.printed(a.tell(err), results.failed)
	a.sumUp(code)
	return code
}

// grace is how long an interrupted command may take to end by itself.
const grace = time.Second

// await returns what a command ends with. One that an interruption finds at
// work it cannot leave, such as reading from a disk that does not answer, is
// left behind after the grace, unless its run is appearing.
func (a *app) await(ctx context.Context, done <-chan error) error {
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(grace):
	}
	if a.appearing.Load() {
		return <-done
	}
	return ctx.Err()
}

// tell says what was wrong and returns the exit code.
func (a *app) tell(err error) int {
	var exit *exitError
	switch {
	case err == nil:
		return exitComplete
	case errors.Is(err, context.Canceled):
		a.fail("interrupted; nothing was published")
		return exitInterrupted
	case errors.As(err, &exit):
		if exit.err != nil {
			a.fail("%s", exit.err)
		}
		return exit.code
	}
	a.fail("%s", err)
	return exitFailed
}

// printed is the exit code once it is known whether the results could be
// printed: a run is published all the same, a command that only prints failed.
func (a *app) printed(code int, failed error) int {
	switch {
	case failed == nil:
		return code
	case a.published != "":
		a.fail("published as %s, but the figures could not be printed: %s", filepath.ToSlash(a.published), failed)
		return exitIncomplete
	}
	a.fail("the result could not be printed: %s", failed)
	switch code {
	case exitComplete, exitIncomplete, exitFindings:
		return exitFailed
	}
	return code
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "tierline",
		Short: "Audit what you pay for Atlassian products and Marketplace apps before a renewal",
		Long: `Tierline reads a folder of exports (users, subscriptions, prices), works out what
the coming term costs as is, makes the cheapest plan there is, and publishes an
Excel workbook for the licence manager and a PDF for finance. It opens no network
connection and changes nothing but its own output folder.`,
		Example: `  tierline init audit-2027          write empty tables to fill in
  tierline check audit-2027         look at the inputs only
  tierline audit audit-2027         audit and publish`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError("%s; see %s --help", err, c.CommandPath())
	})
	a.logFlags(root)
	root.PersistentPreRun = func(c *cobra.Command, _ []string) {
		if figures := c.Flags().Lookup("json"); a.log.quiet && (figures == nil || figures.Value.String() != "true") {
			a.out = io.Discard
		}
	}
	root.AddCommand(a.auditCommand(), a.portfolioCommand(), a.dueCommand(), a.checkCommand(), a.priceCommand(), a.simulateCommand(),
		a.renderCommand(), a.diffCommand(), a.rulesCommand(), a.initCommand(), a.versionCommand())
	root.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		return usageError("unknown command %q%s; see tierline --help", args[0], config.Suggest(args[0], commandNames(root)))
	}
	root.Args = cobra.ArbitraryArgs
	return root
}

func commandNames(root *cobra.Command) []string {
	var out []string
	for _, c := range root.Commands() {
		out = append(out, c.Name())
	}
	return out
}

// exactly asks for n arguments and says which when there are others.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError("%s takes %s; see %s --help", c.CommandPath(), what, c.CommandPath())
		}
		return nil
	}
}

// build is what version --json prints.
type build struct {
	Version string `json:"version"`
	Schema  string `json:"schema"` // of result.json
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Example: `  tierline version
  tierline version --json`,
		Args: exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return a.printJSON(build{version, audit.SchemaVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH})
			}
			fmt.Fprintln(a.out, "tierline", version)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON, with the schema of result.json and the system it was built for")
	return c
}
