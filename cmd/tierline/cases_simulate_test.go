package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asked asks the question of a case, compares the answer, and returns what is
// printed; nothing where the case asks none.
func (w *wanted) asked(t *testing.T, in string) string {
	t.Helper()
	if w.question == nil {
		return ""
	}
	args := append([]string{"simulate", in, "--as-of", asOf}, append(w.args, w.question...)...)
	told, o := built(t, args...), built(t, append(args, "--json")...)
	var answer map[string]any
	if err := json.Unmarshal([]byte(o.out), &answer); err != nil {
		t.Fatal(err, o.errOut)
	}
	answer["exit"] = o.code
	got := map[string]string{}
	for what := range w.answer {
		got[what] = said(t, answer, what)
	}
	if diff := cmp.Diff(w.answer, got); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	return told.out + told.errOut
}

// said is a value of an answer in a word.
func said(t *testing.T, answer map[string]any, what string) string {
	t.Helper()
	value, there := answer[what]
	switch list, many := value.([]any); {
	case !there:
		t.Errorf("the answer has no %s", what)
	case value == nil:
		return "unknown"
	case many:
		return fmt.Sprint(len(list))
	}
	return fmt.Sprint(value)
}

// withReports returns the inputs of a case: its folder in, and the reports of an
// earlier audit where the case has one.
func withReports(t *testing.T, dir string) string {
	t.Helper()
	in, earlier := filepath.Join(dir, "in"), filepath.Join(dir, "earlier")
	if _, err := os.Stat(earlier); err != nil {
		return in
	}
	replacing, err := os.ReadDir(earlier)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range replacing {
		if files[f.Name()], err = os.ReadFile(filepath.Join(earlier, f.Name())); err != nil {
			t.Fatal(err)
		}
	}
	before, now := auditBy(t, built, copied(t, in, files)), map[string][]byte{}
	for name, as := range map[string]string{"audit.xlsx": "audit 2025.xlsx", "result.json": "old/result.json", "seats.csv": "old/seats.csv", "findings.csv": "findings (1).csv"} {
		now[as] = before.file(t, name)
	}
	return copied(t, in, now)
}
