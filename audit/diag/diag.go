// Package diag says where a value came from and what was wrong with it.
// Diagnostics are data about the input: they never stop a run by themselves;
// cmd reads their levels to choose the exit code. Every stage that reads or
// checks imports it.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tierline/audit/once"
	"tierline/audit/word"
)

// Source is a place in an input: a file relative to the audited folder, with
// slashes, perhaps a sheet of a workbook, a line (of a CSV file, or a row of a
// sheet) and a column counted from 1. A zero Line or Column is not known.
type Source struct {
	File   string `json:"file"`
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// Name returns the file, with its sheet after a '#'.
// Control characters of a file's name are shown as escapes, not sent to a
// terminal.
func (s Source) Name() string {
	name := s.File
	if s.Sheet != "" {
		name += "#" + s.Sheet
	}
	if strings.ContainsFunc(name, unicode.IsControl) {
		return strconv.Quote(name)
	}
	return name
}

// String returns "file:line:column", leaving out what is not known.
func (s Source) String() string {
	name := s.Name()
	if s.Line <= 0 {
		return name
	}
	out := make([]byte, 0, len(name)+20)
	out = strconv.AppendInt(append(append(out, name...), ':'), int64(s.Line), 10)
	if s.Column > 0 {
		out = strconv.AppendInt(append(out, ':'), int64(s.Column), 10)
	}
	return string(out)
}

// At returns s with another column.
func (s Source) At(column int) Source {
	s.Column = column
	return s
}

// Compare orders sources by file, sheet, line and column.
func (s Source) Compare(b Source) int {
	return cmp.Or(
		strings.Compare(s.File, b.File),
		strings.Compare(s.Sheet, b.Sheet),
		cmp.Compare(s.Line, b.Line),
		cmp.Compare(s.Column, b.Column),
	)
}

// Level says what a diagnostic means for the run.
type Level uint8

const (
	// Note tells something worth knowing; the figures are right.
	Note Level = iota
	// Warning tells something the reader should look at; the run is complete.
	Warning
	// Incomplete tells that something was not read or has no price: the
	// report is published, marked, and the exit code is 3 (METHOD 15.2).
	Incomplete
	// Refused tells that nothing can be trusted: nothing is published and the
	// exit code is 12.
	Refused
)

var levelNames = [...]string{"note", "warning", "incomplete", "refused"}

// String returns the word of the level.
func (l Level) String() string { return levelNames[l] }

// MarshalText writes the word of the level.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the word of the level.
func (l *Level) UnmarshalText(b []byte) error { return word.Index(l, "level", b, levelNames[:]) }

// Diagnostic is one remark about the input: lower case, naming the value and
// what was expected; Fix says what to do about it. What can be true of several
// things alike, such as subscriptions or columns, names the thing in Subject and
// says the same Message of each, so that it is told once.
type Diagnostic struct {
	Level   Level  `json:"level"`
	Kind    Kind   `json:"kind,omitzero"` // for whoever acts on it; the message is for people
	Source  Source `json:"source"`
	Subject string `json:"subject,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

// Text returns what is said, and of what, without the place and what to do.
func (d Diagnostic) Text() string {
	if d.Subject == "" {
		return d.Message
	}
	return d.Subject + ": " + d.Message
}

// String returns the diagnostic as one line.
func (d Diagnostic) String() string {
	out := d.Text()
	if d.Source.File != "" {
		out = d.Source.String() + ": " + out
	}
	if d.Fix != "" {
		out += "; " + d.Fix
	}
	return OneLine(out)
}

// lineBreaks are the characters that end or cut a line, as escapes.
var lineBreaks = strings.NewReplacer("\n", `\n`, "\r", `\r`, "\t", `\t`, "\v", `\v`, "\f", `\f`, "\u0085", `\u0085`, "\u2028", `\u2028`, "\u2029", `\u2029`)

// OneLine returns a text that may hold a cell or a name as one line: a break in
// it is shown as an escape. What stands behind it could else be taken for a
// line of the program's own (METHOD 18.4).
func OneLine(text string) string { return lineBreaks.Replace(text) }

// List collects diagnostics. The zero value is empty and ready.
type List []Diagnostic

// Add appends a diagnostic.
func (l *List) Add(level Level, at Source, message, fix string) {
	*l = append(*l, Diagnostic{Level: level, Source: at, Message: message, Fix: fix})
}

// AddOf appends a diagnostic that may be said of several subjects alike.
func (l *List) AddOf(level Level, at Source, subject, message, fix string) {
	*l = append(*l, Diagnostic{Level: level, Source: at, Subject: subject, Message: message, Fix: fix})
}

// Worst returns the highest level in the list, Note when it is empty.
func (l List) Worst() Level {
	worst := Note
	for _, d := range l {
		worst = max(worst, d.Level)
	}
	return worst
}

// Sorted returns the diagnostics by place, then by level (worst first) and
// message, without exact repeats: an order that no worker count changes.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(a.Source.Compare(b.Source), cmp.Compare(b.Level, a.Level),
			strings.Compare(a.Message, b.Message), strings.Compare(a.Subject, b.Subject), strings.Compare(a.Fix, b.Fix))
	})
	return slices.Compact(out)
}

// Group is equal remarks on several places, or of several subjects.
type Group struct {
	Diagnostic          // the first by place
	Places     int      // how many there are, from 1
	Subjects   []string // each once; none where the remark names none
}

// String returns the remark as one line, with its first subjects, or else with
// how many more places it is on.
func (g Group) String() string {
	first := g.Diagnostic
	switch {
	case len(g.Subjects) > 0:
		first.Subject = Names(g.Subjects)
	case g.Places > 1:
		first.Message += fmt.Sprintf(" (and on %d more)", g.Places-1)
	}
	return first.String()
}

// Names lists names for people: all of a few, else the first of them and how
// many more there are.
func Names(names []string) string {
	const most = 3
	last := len(names) - 1
	switch {
	case last < 1:
		return strings.Join(names, "")
	case len(names) > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// Grouped returns equal remarks as one, of whichever subject, the worst level
// first and else in the order of the list.
func (l List) Grouped() []Group {
	var out []Group
	var subjects []once.List[string] // of each group
	at := map[Diagnostic]int{}
	for _, d := range l {
		key := d
		key.Source, key.Subject = Source{}, ""
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out, subjects = append(out, Group{Diagnostic: d}), append(subjects, once.List[string]{})
		}
		out[i].Places++
		if d.Subject != "" {
			subjects[i].Add(d.Subject)
		}
	}
	for i := range out {
		out[i].Subjects = subjects[i].Values()
	}
	slices.SortStableFunc(out, func(a, b Group) int { return cmp.Compare(b.Level, a.Level) })
	return out
}
