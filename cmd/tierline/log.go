package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"tierline/audit/diag"
	"tierline/report/text"
)

// logger writes what happens during a run to standard error: as lines for
// people, or as JSON, one object a line, for programs (METHOD 15.8). Nothing it
// is given names a person.
type logger struct {
	to     io.Writer
	format logFormat
	quiet  bool // errors only

	estate string // that it is about, of several; "" for one alone
}

// logFormat says how a log is written.
type logFormat string

// The formats of logs.
const (
	logText logFormat = "text"
	logJSON logFormat = "json"
)

// Set takes the format from a flag.
func (f *logFormat) Set(s string) error {
	switch l := logFormat(s); l {
	case logText, logJSON:
		*f = l
		return nil
	}
	return fmt.Errorf("expected %s or %s", logText, logJSON)
}

// String returns the word of the format.
func (f *logFormat) String() string { return string(*f) }

// Type names the value in the help.
func (f *logFormat) Type() string { return "format" }

// logFlags adds the flags of every command.
func (a *app) logFlags(root *cobra.Command) {
	root.PersistentFlags().Var(&a.log.format, "log", "how standard error is written: text, or json, one object a line")
	root.PersistentFlags().BoolVar(&a.log.quiet, "quiet", false, "print nothing but errors; with --json also the figures")
}

// write writes one message and its facts, which a line of text leaves out.
func (l *logger) write(level slog.Level, message string, facts ...slog.Attr) {
	if l.quiet && level < slog.LevelError {
		return
	}
	if l.format != logJSON {
		if l.estate != "" {
			message = diag.OneLine(l.estate) + ": " + message
		}
		_, _ = fmt.Fprintf(l.to, "tierline: %s\n", message)
		return
	}
	if l.estate != "" {
		facts = append([]slog.Attr{slog.String("estate", l.estate)}, facts...)
	}
	// The handler writes a line at a time, so a logger for each is as good as one.
	slog.New(slog.NewJSONHandler(l.to, nil)).LogAttrs(context.Background(), level, message, facts...)
}

// note tells something about the run.
func (a *app) note(format string, args ...any) { a.tellAt(slog.LevelInfo, format, args...) }

// warn tells something that is wrong with the inputs or the output folder.
func (a *app) warn(format string, args ...any) { a.tellAt(slog.LevelWarn, format, args...) }

// fail tells why a command ends as it does.
func (a *app) fail(format string, args ...any) { a.tellAt(slog.LevelError, format, args...) }

func (a *app) tellAt(level slog.Level, format string, args ...any) {
	var message strings.Builder
	_ = text.Print(&message, format, args...)
	a.log.write(level, message.String())
}

// sumUp writes the last line of an audit: what came of it, and its exit code.
func (a *app) sumUp(code int) {
	s := a.summed
	if s == nil {
		return
	}
	facts := append(s.facts, slog.Int("exit_code", code))
	words := make([]string, 0, len(facts))
	for _, f := range facts {
		words = append(words, strings.ReplaceAll(f.Key, "_", " ")+" "+diag.OneLine(f.Value.String()))
	}
	a.log.write(slog.LevelInfo, s.title+": "+strings.Join(words, ", "), facts...)
}

// ending is what the last line of a command says before its exit code.
type ending struct {
	title string
	facts []slog.Attr
}
