// Package rulestest runs one rule on folders of input files, through the same
// reading and the same audit a user gets, and compares what it says with a
// text kept beside the files. A new case is a new folder and needs no Go code.
// Only tests import it.
//
// Every folder below testdata/<rule id> is a case:
//
//	positive-...  the rule runs and reports at least one finding
//	negative-...  the rule runs and reports nothing
//	missing-...   an input the rule needs is not there, so it is skipped; only
//	              of rules that need one
//
// A case holds the input files, an audit.yaml that states as_of, a README.md
// with the expected figures computed by hand, and want.txt, which
//
//	go test ./rules -update
//
// writes. Compare it with the README before you commit it.
package rulestest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/ingest"
)

var update = flag.Bool("update", false, "write the want.txt of every case, and what else follows from the rules")

// Updating reports whether golden files are to be written instead of compared.
func Updating() bool { return *update }

// wantFile holds what a rule says about a case.
const wantFile = "want.txt"

// kinds are the prefixes of cases; a rule needs one of each.
var kinds = []string{"positive-", "negative-", "missing-"}

// Run runs the rule on every case below dir and fails where it says something
// else than the case wants, or where a kind of case is missing. all are the rules
// it stands among, which say nothing here; exceptions for one of them still keep
// seats if it declares so.
func Run(t *testing.T, rule *audit.Rule, all []*audit.Rule, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatalf("rule %s has no cases: %v", rule.ID, err)
	}
	seen := map[string]bool{}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		for _, k := range kinds {
			seen[k] = seen[k] || strings.HasPrefix(e.Name(), k)
		}
		t.Run(e.Name(), func(t *testing.T) { runCase(t, among(rule, all), filepath.Join(dir, e.Name())) })
	}
	for _, k := range kinds {
		if !seen[k] && (k != "missing-" || len(rule.Needs) > 0) {
			t.Errorf("rule %s has no case %s* in %s", rule.ID, k, dir)
		}
	}
}

// among lists the rule and, silent, those whose exceptions keep seats.
func among(rule *audit.Rule, all []*audit.Rule) []*audit.Rule {
	out := []*audit.Rule{rule}
	for _, r := range all {
		if r.ID == rule.ID || r.Exceptions != audit.KeepsSeats {
			continue
		}
		silent := *r
		silent.Needs = nil
		silent.Run = func(context.Context, *audit.Pass) error { return nil }
		out = append(out, &silent)
	}
	return out
}

func runCase(t *testing.T, rules []*audit.Rule, dir string) {
	rule := rules[0]
	if _, err := os.Stat(filepath.Join(dir, "README.md")); err != nil {
		t.Errorf("the case has no README.md that says how its figures come about")
	}
	result, err := AuditAll(rules, dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems(filepath.Base(dir), rule, result) {
		t.Error(problem)
	}
	got := Text(rule, result)
	if again, err := AuditAll(rules, dir, 8); err != nil || Text(rule, again) != got {
		t.Errorf("eight workers give another result than one (%v)", err)
	}
	name := filepath.Join(dir, wantFile)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v; write it with -update and check it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the rule says something else (-want +got):\n%s", diff)
	}
}

// Audit reads the folder of a case and runs one rule on it.
func Audit(rule *audit.Rule, dir string, workers int) (*audit.Result, error) {
	return AuditAll([]*audit.Rule{rule}, dir, workers)
}

// AuditAll reads a folder and runs several rules on it.
func AuditAll(rules []*audit.Rule, dir string, workers int) (*audit.Result, error) {
	l, err := ingest.Load(context.Background(), dir, ingest.Options{})
	if err != nil {
		return nil, err
	}
	if l.Config.AsOf.IsZero() {
		return nil, errors.New("audit.yaml of the case states no as_of")
	}
	if l.Diagnostics.Worst() == diag.Refused {
		return nil, fmt.Errorf("the inputs are refused: %v", l.Diagnostics.Sorted())
	}
	return audit.Run(context.Background(), &audit.Request{
		Estate: l.Estate, Book: l.Book, Config: l.Config, AsOf: l.Config.AsOf,
		Inputs: l.Inputs, Diagnostics: l.Diagnostics, Refused: l.Refused,
		Rules: rules, Workers: workers, Version: "test",
	})
}

// problems says where a result is not what the name of its case promises.
func problems(name string, rule *audit.Rule, r *audit.Result) []string {
	var out []string
	status := r.Rules[0]
	check := func(ok bool, format string, args ...any) {
		if !ok {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	switch {
	case strings.HasPrefix(name, "positive-"):
		check(status.Status == "ran" && status.Findings > 0, "a positive case: the rule %s with %d findings", status.Status, status.Findings)
	case strings.HasPrefix(name, "negative-"):
		check(status.Status == "ran" && status.Findings == 0, "a negative case: the rule %s with %d findings (%s)", status.Status, status.Findings, status.Reason)
	case strings.HasPrefix(name, "missing-"):
		check(status.Status == "skipped" && status.Reason.Given(), "a case of a missing input: the rule %s", status.Status)
	default:
		check(false, "the name of a case begins with one of %s", strings.Join(kinds, ", "))
	}
	out = append(out, Sound(r)...)
	for i := range r.Findings {
		f := &r.Findings[i]
		check(f.Rule == rule.ID, "finding %s carries the rule %q", f.ID, f.Rule)
		check(f.PlanAction == "" || slices.ContainsFunc(r.Plan.Actions, func(a audit.Action) bool {
			return a.ID == f.PlanAction && slices.Contains(a.Rules, rule.ID)
		}), "finding %s is counted by %q, which the plan does not have", f.ID, f.PlanAction)
	}
	return out
}

// machineDate is a date as data have it; sentences write it as people do.
var machineDate = regexp.MustCompile(`\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b`)

// Sound says what is wrong with the findings of a result whatever they are
// about: an id that two share, one that says nothing, that nobody knows whether
// the plan counts it, a day to act by that has passed, or a date no person would
// write.
func Sound(r *audit.Result) []string {
	var out []string
	seen := map[string]bool{}
	for i := range r.Findings {
		f := &r.Findings[i]
		check := func(ok bool, what string) {
			if !ok {
				out = append(out, "finding "+f.ID+" "+what)
			}
		}
		check(!seen[f.ID], "has an id that another one has")
		seen[f.ID] = true
		check(f.Title != "" && f.Action != "", "has no title or no action")
		check(f.Counted == (f.PlanAction != "") && f.Counted == (f.NotCounted == ""), "must name the plan's action that counts it, or say why none does")
		check(f.By.IsZero() || !f.By.Before(r.Run.AsOf), "is to be acted on before as-of")
		for _, text := range []string{f.Title, f.Detail, f.Action, f.Why, f.NotCounted} {
			check(!machineDate.MatchString(text), "writes a date as data do: "+text)
			check(!strings.Contains(text, "  "), "has words missing: "+text)
		}
	}
	return out
}

// Text writes what a rule says as text: the amounts it rests on, then every
// finding with all its parts.
func Text(rule *audit.Rule, r *audit.Result) string {
	var b strings.Builder
	status := r.Rules[0]
	fmt.Fprintf(&b, "%s %s", rule.ID, status.Status)
	if status.Reason.Given() {
		fmt.Fprintf(&b, ": %s", status.Reason)
	}
	t := r.Plan.Totals
	fmt.Fprintf(&b, ", findings %d, clean %d of %d\nas of %s: as is %s, recommended %s\n", status.Findings, status.Clean, status.Subjects, r.Run.AsOf,
		amount(t.AsIs), amount(t.Recommended))
	for i := range r.Lines {
		l := &r.Lines[i]
		fmt.Fprintf(&b, "line %s: users %s, billed %s, current %s, as is %s, recommended %s\n",
			l.ID, number(l.Users), number(l.Billed), amount(l.Current), amount(l.AsIs), amount(l.Recommended))
	}
	for i := range r.Positions {
		if p := &r.Positions[i]; p.Unused.Sign() != 0 {
			fmt.Fprintf(&b, "bundle %s: unused capacity %s\n", p.Bundle, amount(p.Unused))
		}
	}
	for i := range r.Exceptions {
		x := &r.Exceptions[i]
		fmt.Fprintf(&b, "exception %s: protects %s, leaves out %d, marks %s, costs %s\n", x.Source, money.Plural(x.Protected, "seat"), x.LeftOut,
			money.Plural(x.Findings, "finding"), amount(x.Cost))
	}
	for _, d := range r.Diagnostics {
		if d.Level >= diag.Incomplete {
			fmt.Fprintf(&b, "%s: %s\n", d.Level, d)
		}
	}
	for i := range r.Findings {
		finding(&b, &r.Findings[i])
	}
	return b.String()
}

func finding(b *strings.Builder, f *audit.Finding) {
	fmt.Fprintf(b, "\n%s %s\n", f.Severity, f.Subject)
	part := func(label, text string) {
		if text != "" {
			fmt.Fprintf(b, "  %s: %s\n", label, text)
		}
	}
	part("title", f.Title)
	part("amount", amount(f.Amount))
	switch {
	case f.Counted:
		part("counted by", f.PlanAction)
	default:
		part("not counted", f.NotCounted)
	}
	part("excepted", f.Excepted.String())
	if !f.By.IsZero() {
		part("by", f.By.String())
	}
	part("confidence", fmt.Sprintf("%s, %s", f.Confidence, f.Why))
	part("detail", f.Detail)
	part("action", f.Action)
	for _, g := range f.Figures {
		part("figure "+g.Name, value(g.Value))
	}
	for _, l := range f.Lines {
		text := amount(l.Amount)
		if l.Note != "" {
			text += ", " + l.Note
		}
		part("line "+l.Line, text)
	}
	for _, e := range f.Evidence {
		place := e.Source.String()
		if place == "" {
			place = "-"
		}
		part("evidence "+place, e.What)
	}
}

func amount(a money.Amount) string {
	if !a.Known() {
		return "unknown"
	}
	return a.Grouped() + " " + string(a.Currency())
}

func number(n *int) string {
	if n == nil {
		return "unknown"
	}
	return fmt.Sprint(*n)
}

// value writes a figure: an amount with its currency, anything else as it is.
func value(v any) string {
	if a, ok := v.(money.Amount); ok {
		return amount(a)
	}
	return fmt.Sprint(v)
}
