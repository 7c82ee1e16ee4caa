package publish

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/report"
)

func document(digest string) *report.Document {
	return &report.Document{AsOf: date.New(2026, time.November, 21), Result: &audit.Result{Run: audit.RunInfo{Schema: "1", Digest: digest}}}
}

func writes(text string) func(io.Writer, *report.Document) (report.Shown, error) {
	return func(w io.Writer, _ *report.Document) (report.Shown, error) {
		_, err := io.WriteString(w, text)
		return nil, err
	}
}

const digest = "0123456789abcdef"

// publish publishes into an output folder as one run does.
func publish(t *testing.T, out string, d *report.Document, renderers []Renderer) (*Published, error) {
	t.Helper()
	o, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	return o.Publish(context.Background(), d, renderers)
}

// names lists a folder, but for the lock, which stays.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.Name() != lockName {
			out = append(out, e.Name())
		}
	}
	return strings.Join(out, " ")
}

func TestPublish(t *testing.T) {
	out := t.TempDir()
	p, err := publish(t, out, document(digest), []Renderer{{File: "a.txt", Render: writes("one")}, {File: "b.txt", Render: writes("two")}})
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(out, "2026-11-21-01234567")
	if p.Folder != folder || p.Run != "2026-11-21-01234567" || p.Repeated || p.Kept != nil || p.Unnamed != nil {
		t.Errorf("published %+v, want %s and nothing else", p, folder)
	}
	if got := names(t, folder); got != "a.txt b.txt manifest.json" {
		t.Errorf("files: %s", got)
	}
	if got := names(t, out); got != "2026-11-21-01234567 latest" {
		t.Errorf("output folder: %s", got)
	}
	latest, _ := os.ReadFile(filepath.Join(out, "latest"))
	if string(latest) != "2026-11-21-01234567\n" {
		t.Errorf("latest: %q", latest)
	}
	var m Manifest
	text, _ := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != 2 || m.Files[0].Name != "a.txt" || m.Files[0].Bytes != 3 ||
		m.Files[0].SHA256 != "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed" {
		t.Errorf("manifest: %+v", m.Files)
	}
}

// TestFailureLeavesNothing: when one report fails, no run appears and the run
// published before stays as it was.
func TestFailureLeavesNothing(t *testing.T) {
	out := t.TempDir()
	if _, err := publish(t, out, document(digest), []Renderer{{File: "a.txt", Render: writes("one")}}); err != nil {
		t.Fatal(err)
	}
	broken := func(w io.Writer, _ *report.Document) (report.Shown, error) {
		_, _ = io.WriteString(w, "half")
		return nil, errors.New("disk full")
	}
	for _, d := range []string{digest, "fedcba9876543210"} {
		_, err := publish(t, out, document(d), []Renderer{{File: "a.txt", Render: writes("other")}, {File: "b.txt", Render: broken}})
		if err == nil || !strings.Contains(err.Error(), "b.txt: disk full") {
			t.Errorf("error: %v", err)
		}
	}
	if got := names(t, out); got != "2026-11-21-01234567 latest" {
		t.Errorf("output folder after failures: %s", got)
	}
	if text, _ := os.ReadFile(filepath.Join(out, "2026-11-21-01234567", "a.txt")); string(text) != "one" {
		t.Errorf("the earlier run changed: %q", text)
	}
}

// totals renders a file that shows what it is told to show.
func totals(figures ...report.ShownFigure) func(io.Writer, *report.Document) (report.Shown, error) {
	return func(io.Writer, *report.Document) (report.Shown, error) { return figures, nil }
}

// TestReportsMustAgree refuses to publish files whose totals differ from the
// result, or that leave one out.
func TestReportsMustAgree(t *testing.T) {
	usd := func(n int64) money.Amount { return money.Minor(n, "USD") }
	all := []report.ShownFigure{{Figure: "as_is", Amount: usd(1000)}, {Figure: "recommended", Amount: usd(700)}, {Figure: "hard_saving", Amount: usd(300)}, {Figure: "avoidance", Amount: usd(0)}}
	for name, c := range map[string]struct {
		figures []report.ShownFigure
		problem string
	}{
		"all of them":        {all, ""},
		"one twice":          {append(all, all[0]), ""},
		"another amount":     {append(all[1:], report.ShownFigure{Figure: "as_is", Amount: usd(1001)}), `a.pdf shows as_is as "10.01", the result as "10.00"`},
		"another, and it":    {append(all, report.ShownFigure{Figure: "recommended", Amount: usd(701)}), `a.pdf shows recommended as "7.01", the result as "7.00"`},
		"another currency":   {append(all[1:], report.ShownFigure{Figure: "as_is", Amount: money.Minor(1000, "EUR")}), "a.pdf shows as_is"},
		"what is unreadable": {append(all[1:], report.ShownFigure{Figure: "as_is"}), `a.pdf shows as_is as ""`},
		"one left out":       {all[:3], "a.pdf does not show avoidance"},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			d := document(digest)
			d.Result.Trust.Subscriptions = audit.ByState{Active: 1, Weighed: 1}
			d.Result.Plan.Totals = audit.Totals{AsIs: usd(1000), Recommended: usd(700), HardSaving: usd(300), Avoidance: usd(0)}
			_, err := publish(t, out, d, []Renderer{{File: "a.pdf", Render: totals(c.figures...), Totals: true}})
			if c.problem == "" {
				var m struct{ Checks []struct{ Holds bool } }
				raw, _ := os.ReadFile(filepath.Join(out, "2026-11-21-01234567", "manifest.json"))
				if err != nil || json.Unmarshal(raw, &m) != nil || len(m.Checks) != 4 || !m.Checks[0].Holds {
					t.Errorf("%v, manifest %s", err, raw)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.problem) {
				t.Errorf("got %v, want %q", err, c.problem)
			}
			if got := names(t, out); got != "" {
				t.Errorf("published: %s", got)
			}
		})
	}
}
