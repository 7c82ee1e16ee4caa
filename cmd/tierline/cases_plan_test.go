package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// planned is what a result says of the plan beside its totals.
type planned struct {
	Plan struct {
		Actions []struct {
			Amount, Class string
			People        int
		}
	}
	Removals []struct {
		Site, Product string
		Rungs         []struct {
			Removals int
			Saving   string
			Allowed  bool
		}
		OfBundle *struct {
			Removals int
			Saving   string
		} `json:"of_bundle"`
	}
	Cash struct {
		Months []struct{ Month, Recommended string }
	}
}

// words writes it as want.txt does, line by line.
func (p *planned) words() []string {
	var out []string
	for _, a := range p.Plan.Actions {
		out = append(out, fmt.Sprintf("action %s %s %d", a.Amount, a.Class, a.People))
	}
	for _, l := range p.Removals {
		for _, r := range l.Rungs {
			word := map[bool]string{true: "allowed", false: "not allowed"}[r.Allowed]
			out = append(out, fmt.Sprintf("rung %s/%s %d %s %s", l.Site, l.Product, r.Removals, r.Saving, word))
		}
		if l.OfBundle != nil {
			out = append(out, fmt.Sprintf("together %d %s", l.OfBundle.Removals, l.OfBundle.Saving))
		}
	}
	for _, m := range p.Cash.Months {
		out = append(out, fmt.Sprintf("cash %s %s", m.Month, m.Recommended))
	}
	return out
}

// planned compares actions, rungs and cash with those that are wanted: of the
// actions all have to be named, or none.
func (w *wanted) planned(t *testing.T, o outcome) {
	t.Helper()
	var p planned
	if err := json.Unmarshal(o.file(t, "result.json"), &p); err != nil {
		t.Fatal(err)
	}
	got := p.words()
	actions := func(lines []string) []string {
		out := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return !strings.HasPrefix(l, "action ") || l == "action none" })
		slices.Sort(out)
		return out
	}
	if diff := cmp.Diff(actions(w.plan), actions(got)); diff != "" && slices.ContainsFunc(w.plan, func(l string) bool { return strings.HasPrefix(l, "action ") }) {
		t.Errorf("actions (-want +got):\n%s", diff)
	}
	for _, line := range w.plan {
		if !strings.HasPrefix(line, "action ") && !slices.Contains(got, line) {
			t.Errorf("the plan does not say %q but %q", line, slices.DeleteFunc(slices.Clone(got), func(l string) bool {
				return !strings.HasPrefix(l, line[:strings.Index(line, " ")])
			}))
		}
	}
}
