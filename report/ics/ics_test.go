package ics_test

import (
	"bytes"
	"strings"
	"testing"

	ical "github.com/arran4/golang-ical"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/report"
	"tierline/report/ics"
)

func document(asOf date.Date, deadlines ...audit.Deadline) *report.Document {
	return &report.Document{Title: "Licence audit", Organisation: "Acme; Industries, \"Inc\"", AsOf: asOf, Result: &audit.Result{Deadlines: deadlines}}
}

func render(t *testing.T, d *report.Document) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := ics.Render(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parse(t *testing.T, text string) []*ical.VEvent {
	t.Helper()
	cal, err := ical.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return cal.Events()
}

var (
	asOf     = date.New(2026, 11, 16)
	renewal  = audit.Deadline{Date: date.New(2027, 1, 30), Kind: audit.DeadlineRenewal, Site: "acme-eng", What: "Jira, \"the\" product; renews: zwölf Monate\x07 " + strings.Repeat("long ", 30), ID: "acme-eng/product/jira/renewal"}
	quote    = audit.Deadline{Date: date.New(2026, 12, 31), Kind: audit.DeadlineQuoteBy, Site: "acme-eng", What: "last day", ID: "acme-eng/app/x/quote"}
	property = func(e *ical.VEvent, name ical.ComponentProperty) string { return e.GetProperty(name).Value }
)

func TestDeadlinesAreRead(t *testing.T) {
	events := parse(t, render(t, document(asOf, quote, renewal)))
	if len(events) != 2 {
		t.Fatalf("%d events", len(events))
	}
	if got := property(events[1], ical.ComponentPropertySummary); got != "acme-eng: "+strings.ReplaceAll(renewal.What, "\x07", "") {
		t.Errorf("summary %q", got)
	}
	if start, end := property(events[0], ical.ComponentPropertyDtStart), property(events[0], ical.ComponentPropertyDtEnd); start != "20261231" || end != "20270101" {
		t.Errorf("from %s to %s", start, end)
	}
	if got := property(events[0], ical.ComponentPropertyDtstamp); got != "20261116T000000Z" {
		t.Errorf("stamp %s", got)
	}
}

// A later run moves the entry: the same identity, a higher sequence.
func TestLaterRunUpdates(t *testing.T) {
	moved := renewal
	moved.Date = date.New(2027, 2, 15)
	first, second := parse(t, render(t, document(asOf, renewal)))[0], parse(t, render(t, document(asOf.AddDays(7), moved)))[0]
	if first.Id() != second.Id() {
		t.Errorf("another identity: %s, %s", first.Id(), second.Id())
	}
	if a, b := property(first, ical.ComponentPropertySequence), property(second, ical.ComponentPropertySequence); a >= b {
		t.Errorf("sequence %s, then %s", a, b)
	}
	other := document(asOf, renewal)
	other.Organisation = "Another"
	if parse(t, render(t, other))[0].Id() == first.Id() {
		t.Error("two organisations share an identity")
	}
}

// RFC 5545: lines end with CRLF and hold at most 75 octets.
func TestLines(t *testing.T) {
	text := render(t, document(asOf, quote, renewal))
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	if again := render(t, document(asOf, quote, renewal)); again != text {
		t.Error("two runs differ")
	}
	if len(parse(t, render(t, document(asOf)))) != 0 {
		t.Error("events of nothing")
	}
}

// What an earlier run had and this one has not is cancelled under its identity
// (METHOD 9.7).
func TestEntriesAreCancelled(t *testing.T) {
	before := parse(t, render(t, document(asOf, quote, renewal)))
	later := document(asOf.AddDays(7), renewal)
	later.Result.History = &audit.History{Withdrawn: []audit.Deadline{quote}}
	after := parse(t, render(t, later))
	if len(after) != 2 || after[1].Id() != before[0].Id() || property(after[1], ical.ComponentPropertyStatus) != "CANCELLED" {
		t.Fatalf("%v", after)
	}
	if after[0].GetProperty(ical.ComponentPropertyStatus) != nil {
		t.Error("the renewal is cancelled too")
	}
	if a, b := property(before[0], ical.ComponentPropertySequence), property(after[1], ical.ComponentPropertySequence); a >= b {
		t.Errorf("sequence %s, then %s", a, b)
	}
}
