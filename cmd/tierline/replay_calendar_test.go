package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tierline/audit/date"
)

// The bills of the monthly products, of which Confluence gets dearer once.
var (
	firstBill        = date.New(2026, time.January, 10)
	confluenceRaised = date.New(2026, time.October, 1)
)

var byDay = cmpopts.EquateComparable(date.Date{})

// days works out what has a day from the day of a run on, by its id.
func (r *replay) days(run *replayed) map[string]date.Date {
	out := map[string]date.Date{}
	add := func(id string, day date.Date) {
		if !day.Before(run.asOf) {
			out[id] = day
		}
	}
	bill := firstBill
	for bill.Before(run.asOf) {
		bill = bill.AddMonths(1)
	}
	add("acme/product/jira/renewal", bill)
	add("acme/product/confluence/renewal", bill)
	add("acme/product/confluence/price-"+confluenceRaised.String(), confluenceRaised)
	licensed, renewal := appOn(run.asOf)
	add("acme/app/timesheets/window-opens", renewal.AddDays(-90))
	add("acme/app/timesheets/window-closes", renewal.AddDays(-60))
	add("acme/app/timesheets/renewal", renewal)
	// What the plan asks for is done the day before the bill that it changes.
	if idlePeopleToRemove(run.asOf) {
		add("clean-up/acme/jira/cloud", later(bill.AddDays(-1), run.asOf))
	}
	if run.users <= licensed/2 {
		add("right-size/acme/jira/cloud", later(renewal.AddDays(-1), run.asOf))
	}
	return out
}

func later(a, b date.Date) date.Date {
	if a.After(b) {
		return a
	}
	return b
}

// calendar checks the days of a run: those of its result, the entries of its
// calendar, those that it cancels and what is due within two weeks.
func (r *replay) calendar(run *replayed) {
	r.t.Helper()
	want, got := r.days(run), map[string]date.Date{}
	for _, d := range run.result["deadlines"].([]any) {
		got[d.(map[string]any)["id"].(string)] = r.day(d.(map[string]any)["date"].(string))
	}
	if diff := cmp.Diff(want, got, byDay); diff != "" {
		r.t.Errorf("%s: days (-happened +said):\n%s", run.asOf, diff)
	}
	run.entered, run.cancelled = r.entries(run)
	if len(run.entered) != len(want) {
		r.t.Errorf("%s: %d entries of the calendar for %d days", run.asOf, len(run.entered), len(want))
	}
	cancelled := map[string]date.Date{}
	if len(r.runs) > 0 {
		before := r.runs[len(r.runs)-1]
		for _, entries := range []map[string]date.Date{before.entered, before.cancelled} {
			for uid, day := range entries {
				if _, holds := run.entered[uid]; !holds && !day.Before(run.asOf) {
					cancelled[uid] = day
				}
			}
		}
	}
	if diff := cmp.Diff(cancelled, run.cancelled, byDay); diff != "" {
		r.t.Errorf("%s: entries that are cancelled (-happened +said):\n%s", run.asOf, diff)
	}
	r.due(run, want)
}

// entries reads the calendar of a run: the days of what it enters and of what it
// cancels.
func (r *replay) entries(run *replayed) (entered, cancelled map[string]date.Date) {
	r.t.Helper()
	f, err := os.Open(filepath.Join(run.folder, "deadlines.ics"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer f.Close()
	entered, cancelled = map[string]date.Date{}, map[string]date.Date{}
	event := map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		key, value, _ := strings.Cut(s.Text(), ":")
		event[key] = value
		if key != "END" || value != "VEVENT" {
			continue
		}
		day, err := time.Parse("20060102", event["DTSTART;VALUE=DATE"])
		if err != nil {
			r.t.Fatalf("%s: %v", run.asOf, err)
		}
		entries := entered
		if event["STATUS"] == "CANCELLED" {
			entries = cancelled
		}
		entries[event["UID"]] = date.New(day.Year(), day.Month(), day.Day())
		event = map[string]string{}
	}
	return entered, cancelled
}

// due checks what comes within two weeks, and that an audit which acts only on
// such days leaves everything as it is on others.
func (r *replay) due(run *replayed, days map[string]date.Date) {
	r.t.Helper()
	want, got, code := map[string]date.Date{}, map[string]date.Date{}, exitComplete
	for id, day := range days {
		if day.Sub(run.asOf) <= 14 {
			want[id], code = day, exitFindings
		}
	}
	o := command(r.t, "due", r.dir, "--as-of", run.asOf.String(), "--within", "14", "--json")
	var said struct {
		Due []struct{ ID, Date string }
	}
	if err := json.Unmarshal([]byte(o.out), &said); err != nil {
		r.t.Fatalf("%s: %v\n%s", run.asOf, err, o.errOut)
	}
	for _, d := range said.Due {
		got[d.ID] = r.day(d.Date)
	}
	if diff := cmp.Diff(want, got, byDay); diff != "" || o.code != code {
		r.t.Errorf("%s: due (-happened +said), exit code %d:\n%s", run.asOf, o.code, diff)
	}
	if len(want) == 0 {
		idle := r.t.TempDir()
		o := command(r.t, "audit", r.dir, "--out", idle, "--as-of", run.asOf.String(), "--if-due")
		if left, err := filepath.Glob(filepath.Join(idle, "[^.]*")); o.code != exitComplete || err != nil || len(left) > 0 {
			r.t.Errorf("%s: an audit when nothing is due: exit code %d, left %q, %v\n%s", run.asOf, o.code, left, err, o.errOut)
		}
	}
}

func (r *replay) day(text string) date.Date {
	r.t.Helper()
	day, err := date.Parse(text)
	if err != nil {
		r.t.Fatal(err)
	}
	return day
}
