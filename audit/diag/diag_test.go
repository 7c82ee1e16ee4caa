package diag_test

import (
	"encoding/json"
	"slices"
	"testing"

	"tierline/audit/diag"
)

func TestSourceText(t *testing.T) {
	for want, s := range map[string]diag.Source{
		"a/users.csv":           {File: "a/users.csv"},
		"a/users.csv:7":         {File: "a/users.csv", Line: 7},
		"a/users.csv:7:3":       {File: "a/users.csv", Line: 7, Column: 3},
		"book.xlsx#Users:7":     {File: "book.xlsx", Sheet: "Users", Line: 7},
		"only.csv":              {File: "only.csv", Column: 3}, // a column without a line says nothing
		"book.xlsx#Prices:2:11": diag.Source{File: "book.xlsx", Sheet: "Prices", Line: 2}.At(11),
	} {
		if got := s.String(); got != want {
			t.Errorf("%+v: got %q, want %q", s, got, want)
		}
	}
}

func TestLevels(t *testing.T) {
	var l diag.List
	if l.Worst() != diag.Note {
		t.Errorf("an empty list: got %s, want note", l.Worst())
	}
	l.Add(diag.Warning, diag.Source{}, "w", "")
	l.Add(diag.Incomplete, diag.Source{}, "i", "")
	l.Add(diag.Note, diag.Source{}, "n", "")
	if l.Worst() != diag.Incomplete {
		t.Errorf("worst: got %s, want incomplete", l.Worst())
	}
	for _, level := range []diag.Level{diag.Note, diag.Warning, diag.Incomplete, diag.Refused} {
		b, err := json.Marshal(level)
		var back diag.Level
		if err != nil || json.Unmarshal(b, &back) != nil || back != level {
			t.Errorf("%s: written %s, read %s", level, b, back)
		}
	}
	var x diag.Level
	if err := x.UnmarshalText([]byte("fatal")); err == nil {
		t.Error("level fatal: want an error")
	}
}

func TestSorted(t *testing.T) {
	at := func(file string, line int) diag.Source { return diag.Source{File: file, Line: line} }
	want := diag.List{
		{Level: diag.Note, Source: at("a.csv", 2), Message: "z"},
		{Level: diag.Incomplete, Source: at("a.csv", 10), Message: "b"},
		{Level: diag.Warning, Source: at("a.csv", 10), Message: "a"},
		{Level: diag.Warning, Source: at("a.csv", 10), Message: "b"},
		{Level: diag.Refused, Source: at("b.csv", 1), Message: "a"},
	}
	mixed := diag.List{want[4], want[2], want[0], want[3], want[1], want[2]} // one of them twice
	before := slices.Clone(mixed)
	if got := mixed.Sorted(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !slices.Equal(mixed, before) {
		t.Error("sorting must not change the list itself")
	}
}

func TestDiagnosticText(t *testing.T) {
	d := diag.Diagnostic{Source: diag.Source{File: "a.csv", Line: 2}, Message: "users \"x\"", Fix: "write a number"}
	if got, want := d.String(), `a.csv:2: users "x"; write a number`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (diag.Diagnostic{Message: "m"}).String(); got != "m" {
		t.Errorf("got %q, want m", got)
	}
}

// Equal remarks are one with the number of places, and the worst stand first.
func TestGrouped(t *testing.T) {
	at := func(line int) diag.Source { return diag.Source{File: "a.csv", Line: line} }
	list := diag.List{
		{Level: diag.Warning, Source: at(2), Message: "b"}, {Level: diag.Incomplete, Source: at(3), Message: "m", Fix: "f"},
		{Level: diag.Incomplete, Source: at(4), Message: "m", Fix: "other"}, {Level: diag.Incomplete, Source: at(5), Message: "m", Fix: "f"},
		{Level: diag.Warning, Source: at(6), Message: "m", Fix: "f"}, {Level: diag.Incomplete, Source: at(7), Message: "m", Fix: "f"},
	}
	for _, subject := range []string{"Jira", "Planner", "Jira", "Tests", "Times", "Forms"} {
		list.AddOf(diag.Note, at(8), subject, "s", "")
	}
	list.AddOf(diag.Note, at(9), "Jira", "t", "")
	list.AddOf(diag.Note, at(9), "Planner", "t", "")
	want := []string{"incomplete: a.csv:3: m (and on 2 more); f", "incomplete: a.csv:4: m; other", "warning: a.csv:2: b", "warning: a.csv:6: m; f",
		"note: a.csv:8: Jira, Planner, Tests and 2 more: s", "note: a.csv:9: Jira and Planner: t"}
	var got []string
	for _, g := range list.Grouped() {
		got = append(got, g.Level.String()+": "+g.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
