package csv

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/history"
	"tierline/audit/seats"
	"tierline/report"
)

// TestSeatsAreReadBack writes seats and reads them.
func TestSeatsAreReadBack(t *testing.T) {
	idle := 12
	r := &audit.Result{Run: audit.RunInfo{AsOf: date.New(2026, 1, 5), Digest: strings.Repeat("0", 64), Policy: config.DefaultPolicy()}}
	r.People = func(yield func(audit.SeatRow) bool) {
		_ = yield(audit.SeatRow{Account: "a", Name: "=Jane;@Doe", Email: "jane@example.com", Site: "acme", Product: "jira", Class: seats.Active,
			LastSeen: date.New(2025, 12, 24), Idle: &idle, Band: seats.To29, Action: "clean-up/acme", Rank: 1}) &&
			yield(audit.SeatRow{Kind: audit.ListedAccount, Account: "b", Site: "acme", Product: "jira"}) &&
			yield(audit.SeatRow{Account: "c", Site: "acme", Product: "jira", Class: seats.New, Band: seats.BandNever, Never: true})
	}
	var out bytes.Buffer
	if _, err := RenderSeats(&out, report.Build(r)); err != nil {
		t.Fatal(err)
	}
	want := []history.Seat{
		{Site: "acme", Product: "jira", Account: "a", Name: "=Jane;@Doe", Email: "jane@example.com", LastSeen: date.New(2025, 12, 24), Idle: &idle, Action: "clean-up/acme", Candidate: true},
		{Site: "acme", Product: "jira", Account: "c", Never: true, New: true},
	}
	got, err := all(out.String())
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b date.Date) bool { return a == b })); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func all(text string) (out []history.Seat, err error) {
	for s, err := range ReadSeats(strings.NewReader(text)) {
		if err != nil {
			return out, err
		}
		out = append(out, s)
	}
	return out, nil
}

// A list that somebody changed is an error that quotes no cell: they name people.
func TestReadSeatsRefuses(t *testing.T) {
	head := strings.Join(seatIDs[:], ",") + "\n"
	for name, text := range map[string]string{
		"nothing":            "",
		"a column is gone":   strings.Replace(head, "idle_days", "idle", 1),
		"a day is none":      head + "seat,jane,,,acme,jira,active,0-29,jane,1,,no\n",
		"a number is none":   head + "seat,jane,,,acme,jira,active,0-29,,jane,,no\n",
		"a row is too short": head + "seat,jane\n",
		"an open quotation":  head + "seat,\"jane",
	} {
		if _, err := all(text); err == nil || strings.Contains(err.Error(), "jane") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// FuzzReadSeats: whatever stands in a seats.csv, reading ends without a panic.
func FuzzReadSeats(f *testing.F) {
	f.Add(strings.Join(seatIDs[:], ",") + "\nseat,a,b,c,d,e,new,never,2026-01-05,7,x,yes\n")
	f.Fuzz(func(_ *testing.T, text string) { _, _ = all(text) })
}
