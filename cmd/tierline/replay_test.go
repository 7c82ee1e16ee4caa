package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tierline/audit/date"
)

// replay is two years of one estate, week by week: who uses what, what is licensed
// and which lists hold on a day. It knows no more than what happened; what a run is
// to say of it is worked out here from that, and not by the program.
type replay struct {
	t    *testing.T
	dir  string // the exports of the week
	out  string
	runs []*replayed
}

// replayed is one run, and what it said.
type replayed struct {
	asOf   date.Date
	seats  map[string]bool // product and account
	users  int             // of Jira
	folder string
	result map[string]any

	entered, cancelled map[string]date.Date // the entries of its calendar, by their identity
}

// What happened. Jira is billed monthly on the 10th, 8.00 a user; its app is annual,
// in tiers of 25, 50 and 100.
var (
	replayBegins  = date.New(2026, time.January, 5)
	idleSince     = date.New(2026, time.January, 1)  // five of forty people use Jira no more
	fiveLeave     = date.New(2026, time.May, 25)     // they are removed, as planned
	elevenLeave   = date.New(2026, time.November, 9) // others leave the company
	firstRenewal  = date.New(2026, time.June, 15)    // of the app, which is renewed for 50 instead of 100, as planned
	writtenDown   = date.New(2026, time.June, 22)    // only then the licence stands in the table
	listRaised    = date.New(2027, time.February, 1) // the app's list, without a word
	secondRenewal = date.New(2027, time.June, 15)    // for 50 again, though the plan asked for 25
	jiraUnit      = int64(800)                       // minor units
	oldList       = map[int]int64{25: 100_000, 50: 180_000, 100: 300_000}
	newList       = map[int]int64{25: 110_000, 50: 200_000, 100: 330_000}
)

// jira lists who has a seat of Jira on a day.
func jira(on date.Date) (out []string) {
	n := 40
	if !on.Before(fiveLeave) {
		n = 35
	}
	if !on.Before(elevenLeave) {
		n = 24
	}
	for i := range n {
		out = append(out, fmt.Sprintf("j%03d", i))
	}
	return out
}

// confluence lists who has a seat of Confluence: somebody joins every week and leaves
// after ten.
func confluence(on date.Date) (out []string) {
	week := on.Sub(replayBegins) / 7
	for w := max(week-9, 0); w <= week; w++ {
		out = append(out, fmt.Sprintf("n%03d", w))
	}
	return out
}

// appOn returns what the table of subscriptions says of the app on a day.
func appOn(on date.Date) (licensed int, renewal date.Date) {
	switch {
	case on.Before(writtenDown):
		return 100, firstRenewal
	case on.Before(secondRenewal):
		return 50, secondRenewal
	}
	return 50, secondRenewal.AddMonths(12)
}

// idlePeopleToRemove reports whether the five idle people of Jira are a plan's to
// remove: idle for sixty days on the day of the export, and still there.
func idlePeopleToRemove(on date.Date) bool {
	return on.AddDays(-1).Sub(idleSince) >= 60 && on.Before(fiveLeave)
}

func listOf(on date.Date) map[int]int64 {
	if on.Before(listRaised) {
		return oldList
	}
	return newList
}

// write writes what an administrator exports on a day.
func (r *replay) write(on date.Date) {
	r.t.Helper()
	var users strings.Builder
	users.WriteString("User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,Confluence - acme,Last seen in Confluence - acme\n")
	used := on.AddDays(-1).Time().Format("2 Jan 2006")
	for i, id := range jira(on) {
		seen := used
		if i >= 35 {
			seen = idleSince.Time().Format("2 Jan 2006")
		}
		fmt.Fprintf(&users, "%s,Person %s,%s@example.com,Active,2 Jan 2025,User,User,%s,None,Never accessed\n", id, id, id, seen)
	}
	for _, id := range confluence(on) {
		fmt.Fprintf(&users, "%s,Person %s,%s@example.com,Active,2 Jan 2025,User,None,Never accessed,User,%s\n", id, id, id, used)
	}
	licensed, renewal := appOn(on)
	prices := "plan,cycle,currency,mode,up_to,unit_price,flat_price,valid_from\njira,monthly,USD,graduated,,8.00,,\n" +
		"confluence,monthly,USD,graduated,,5.00,,\nconfluence,monthly,USD,graduated,,6.00,," + confluenceRaised.String() + "\n"
	for _, top := range []int{25, 50, 100} {
		prices += fmt.Sprintf("timesheets,annual,USD,volume,%d,,%d.00,\n", top, listOf(on)[top]/100)
	}
	for name, text := range map[string]string{
		"users.csv": users.String(), "prices.csv": prices, "audit.yaml": "organisation: Replayed\n",
		"subscriptions.csv": "type,key,site,host,cycle,licensed_users,renewal_date\nproduct,jira,acme,,monthly,,2026-01-10\nproduct,confluence,acme,,monthly,,2026-01-10\n" +
			fmt.Sprintf("app,timesheets,acme,jira,annual,%d,%s\n", licensed, renewal),
	} {
		if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
}

// audit runs the week of a day and checks what it says against what happened.
func (r *replay) audit(on date.Date) {
	r.t.Helper()
	r.write(on)
	o := command(r.t, "audit", r.dir, "--out", r.out, "--as-of", on.String(), "--fail-on", "new:low")
	latest, err := os.ReadFile(filepath.Join(r.out, "latest"))
	if err != nil {
		r.t.Fatalf("%s: exit code %d\n%s", on, o.code, o.errOut)
	}
	run := &replayed{asOf: on, seats: map[string]bool{}, users: len(jira(on)), folder: filepath.Join(r.out, strings.TrimSpace(string(latest)))}
	for _, id := range jira(on) {
		run.seats["jira "+id] = true
	}
	for _, id := range confluence(on) {
		run.seats["confluence "+id] = true
	}
	o.folder = run.folder
	run.result = o.result(r.t)
	if len(r.runs) > 0 {
		r.check(o, r.runs[len(r.runs)-1], run)
	}
	r.calendar(run)
	r.runs = append(r.runs, run)
}

// check compares what a run says of the one before it with what happened.
func (r *replay) check(o outcome, before, run *replayed) {
	r.t.Helper()
	h := at(run.result, "history")
	changes := at(h, "changes")
	want := map[string]any{"with": filepath.Base(before.folder), "days": run.asOf.Sub(before.asOf)}
	got := map[string]any{"with": at(changes, "with")["run"], "days": int(changes["days"].(float64))}
	for _, product := range []string{"confluence", "jira"} {
		added, gone := moved(product, before.seats, run.seats)
		want[product] = [2]int{added, gone}
	}
	for _, c := range changes["seats"].([]any) {
		c := c.(map[string]any)
		got[c["product"].(string)] = [2]int{int(c["new"].(float64)), int(c["gone"].(float64))}
	}
	want["lists"], got["lists"] = []string{}, []string{}
	if before.asOf.Before(listRaised) && !run.asOf.Before(listRaised) {
		want["lists"] = []string{"acme/app/timesheets 50 1800.00 2000.00"}
	}
	for _, c := range changes["prices"].([]any) {
		c := c.(map[string]any)
		got["lists"] = append(got["lists"].([]string), fmt.Sprint(c["line"], " ", c["users"], " ", c["was"], " ", c["is"]))
	}
	promised, came, ahead := r.promised(run)
	want["kept"] = fmt.Sprint(dollars(promised), " ", dollars(came), " ", dollars(ahead))
	sum := at(h, "kept", "hard_saving")
	got["kept"] = fmt.Sprint(sum["promised"], " ", sum["came"], " ", sum["ahead"])
	want["code"], got["code"] = exitComplete, o.code
	if alarming(before.result, run.result) {
		want["code"] = exitFindings
	}
	if diff := cmp.Diff(want, got); diff != "" {
		r.t.Errorf("%s, after %s (-happened +said):\n%s", run.asOf, before.asOf, diff)
	}
}

// moved counts the seats of a product that are new and gone.
func moved(product string, before, after map[string]bool) (added, gone int) {
	for seat := range after {
		if strings.HasPrefix(seat, product+" ") && !before[seat] {
			added++
		}
	}
	for seat := range before {
		if strings.HasPrefix(seat, product+" ") && !after[seat] {
			gone++
		}
	}
	return added, gone
}

// alarming reports whether a result has a finding of severity low or above that the
// one before lacks, or had as information only.
func alarming(before, after map[string]any) bool {
	severe := func(result map[string]any) map[string]bool {
		out := map[string]bool{}
		for _, f := range result["findings"].([]any) {
			f := f.(map[string]any)
			out[f["id"].(string)] = f["severity"] != "info"
		}
		return out
	}
	was := severe(before)
	for id, is := range severe(after) {
		if is && !was[id] {
			return true
		}
	}
	return false
}

func dollars(minor int64) string { return fmt.Sprintf("%d.%02d", minor/100, minor%100) }

// promised works out what plans before a run promised of the bills of its year, and
// what came of those that have fallen due.
func (r *replay) promised(now *replayed) (due, came, ahead int64) {
	runs := append(slices.Clone(r.runs), now)
	year := now.asOf.Year()
	add := func(bill date.Date, amount, kept int64) {
		switch {
		case bill.Year() != year:
		case bill.After(now.asOf):
			ahead += amount
		default:
			due, came = due+amount, came+kept
		}
	}
	// The five idle people, in twelve bills from each plan that asks to remove them.
	bills := map[date.Date]int{} // the first run that promised it
	for i, run := range r.runs {
		if !idlePeopleToRemove(run.asOf) {
			continue
		}
		first := firstBill
		for first.Before(run.asOf) {
			first = first.AddMonths(1)
		}
		for k := range 12 {
			if _, some := bills[first.AddMonths(k)]; !some {
				bills[first.AddMonths(k)] = i
			}
		}
	}
	for bill, by := range bills {
		kept := int64(0)
		for _, run := range runs[by+1:] {
			if !run.asOf.Before(bill) { // the first run after it
				kept = jiraUnit * int64(40-run.users)
				break
			}
		}
		add(bill, 5*jiraUnit, kept)
	}
	// The app: for 50 instead of 100, then for 25 instead of 50.
	if kept := int64(0); slices.ContainsFunc(r.runs, func(x *replayed) bool { return x.asOf.Before(firstRenewal.AddDays(1)) }) {
		if !now.asOf.Before(writtenDown) {
			kept = oldList[100] - oldList[50]
		}
		add(firstRenewal, oldList[100]-oldList[50], kept)
	}
	more := int64(0)
	for _, run := range r.runs {
		if run.users <= 25 && !run.asOf.After(secondRenewal) {
			more = max(more, listOf(run.asOf)[50]-listOf(run.asOf)[25])
		}
	}
	if more > 0 {
		add(secondRenewal, more, 0)
	}
	return due, came, ahead
}

// ends checks what is to be known when the two years are over.
func (r *replay) ends() {
	r.t.Helper()
	last := r.runs[len(r.runs)-1]
	states := map[string]string{}
	for _, p := range at(last.result, "history", "kept")["promises"].([]any) {
		p := p.(map[string]any)
		states[fmt.Sprint(p["action"], " ", p["year"])] = p["state"].(string)
	}
	want := map[string]string{
		"clean-up/acme/jira/cloud 2026": "kept", "clean-up/acme/jira/cloud 2027": "kept",
		"right-size/acme/jira/cloud 2026": "kept", "right-size/acme/jira/cloud 2027": "missed", "right-size/acme/jira/cloud 2028": "open",
	}
	if diff := cmp.Diff(want, states); diff != "" {
		r.t.Errorf("what became of promises (-happened +said):\n%s", diff)
	}
	for i, run := range r.runs[1:] {
		if before := r.runs[i]; before.asOf.Before(fiveLeave) && !run.asOf.Before(fiveLeave) {
			r.done(run)
		}
	}
}

// done checks that the run after the removal says it was done.
func (r *replay) done(run *replayed) {
	r.t.Helper()
	for _, a := range at(run.result, "history", "changes")["actions"].([]any) {
		a := a.(map[string]any)
		if a["id"] == "clean-up/acme/jira/cloud" && (a["state"] != "done" || a["gone"] != 5.0) {
			r.t.Errorf("%s: of the removal it says %v, %v gone", run.asOf, a["state"], a["gone"])
		}
	}
}

// diffed checks that diff says of two runs next to each other what the later one says.
func (r *replay) diffed(i int) {
	r.t.Helper()
	o := command(r.t, "diff", r.runs[i-1].folder, r.runs[i].folder, "--json")
	var got map[string]any
	if err := json.Unmarshal([]byte(o.out), &got); err != nil {
		r.t.Fatalf("exit code %d, %v\n%s", o.code, err, o.errOut)
	}
	want := at(r.runs[i].result, "history", "changes")
	for _, key := range []string{"with", "days", "users", "seats", "lines", "tiers", "findings", "findings_unchanged", "actions"} {
		if diff := cmp.Diff(want[key], got[key]); diff != "" {
			r.t.Errorf("%s: %s (-audit +diff):\n%s", r.runs[i].asOf, key, diff)
		}
	}
}

// replayWeeks replays those weeks of two years. In the middle all runs but the
// newest are removed, and a killed run is left behind: nothing is lost.
func replayWeeks(t *testing.T, weeks []int) {
	r := &replay{t: t, dir: t.TempDir(), out: t.TempDir()}
	for _, week := range weeks {
		r.audit(replayBegins.AddDays(7 * week))
		if n := len(r.runs); n == len(weeks)/2 {
			r.loseRuns()
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	r.ends()
	for i := len(r.runs) - 3; i < len(r.runs); i++ {
		r.diffed(i)
	}
}

// loseRuns removes every run but the newest and leaves a killed one behind.
func (r *replay) loseRuns() {
	r.t.Helper()
	newest := len(r.runs) - 1
	for _, run := range r.runs[:newest] {
		if err := os.RemoveAll(run.folder); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(r.out, ".new-123", "x"), 0o700); err != nil {
		r.t.Fatal(err)
	}
	again := command(r.t, "audit", r.dir, "--out", r.out, "--as-of", r.runs[newest].asOf.String())
	if latest, err := os.ReadFile(filepath.Join(r.out, "latest")); again.code != exitComplete || err != nil || strings.TrimSpace(string(latest)) == "" {
		r.t.Fatalf("exit code %d, %v\n%s", again.code, err, again.errOut)
	}
}

// METHOD 9.7 and 23.1 to 23.8. Every eighth week, and those in which a removal is
// done and its day in the calendar is cancelled; all of them in the end-to-end tests.
func TestTwoYearsReplayed(t *testing.T) {
	t.Parallel()
	replayWeeks(t, []int{0, 8, 16, 19, 20, 21, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96})
}
