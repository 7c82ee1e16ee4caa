package text

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/report"
)

// TestSummaryNamesItsFigures: beside each label stands the figure it names.
func TestSummaryNamesItsFigures(t *testing.T) {
	usd := func(n int64) money.Amount { return money.Minor(n, "USD") }
	r := &audit.Result{
		Run:       audit.RunInfo{Organisation: "Example", AsOf: date.New(2026, 11, 21), Currency: "USD"},
		Plan:      audit.Plan{Totals: audit.Totals{Current: usd(100), Volume: usd(1), PriceChanges: usd(2), AsIs: usd(200_000), Recommended: usd(300), HardSaving: usd(400), Avoidance: usd(500)}},
		Deadlines: []audit.Deadline{{Date: date.New(2026, 11, 30), Kind: audit.DeadlineRenewal, What: "a renewal"}},
		Findings:  []audit.Finding{{Severity: audit.High}, {Severity: audit.High}, {Severity: audit.Info}},
		Rules: []audit.RuleStatus{{Status: "ran"}, {Status: "ran"}, {Status: "ran"}, {Status: "skipped"}, {Status: "skipped", Missing: []audit.Need{audit.NeedPrices}},
			{Status: "skipped", Missing: []audit.Need{audit.NeedPrices, audit.NeedTwoSites}}, {Status: "failed"}},
		Coverage: audit.Coverage{Active: 7, Counted: 6},
		Trust:    audit.Trust{Subscriptions: audit.ByState{Active: 7, Weighed: 6, Unknown: 1}},
	}
	var out strings.Builder
	if err := Summary(&out, report.Build(r), "a/audit.xlsx", "a/finance.pdf"); err != nil {
		t.Fatal(err)
	}
	for label, want := range map[string]string{
		"Renew as is": "2,000.00", "Recommended": "3.00", "Hard saving": "4.00", "Avoidance": "5.00", "Next deadline": "2026-11-30  a renewal",
		"Findings": "3: 2 high, 1 info; 3 of 7 rules ran, 2 lack their input, 1 had nothing to look at, 1 failed", "Workbook": "a/audit.xlsx", "PDF": "a/finance.pdf",
		"!": "The totals hold 6 of 7 active subscriptions.",
	} {
		if !regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(label) + `\s+` + regexp.QuoteMeta(want) + `$`).MatchString(out.String()) {
			t.Errorf("%s is not %q in\n%s", label, want, out.String())
		}
	}
}

// TestSummaryHoldsTheLinesToPaste: those of the first five, and how many more.
func TestSummaryHoldsTheLinesToPaste(t *testing.T) {
	r := &audit.Result{}
	for i := range 7 {
		r.Trust.Sites = append(r.Trust.Sites, audit.SiteName{Line: fmt.Sprintf("sites: {a: b%d}", i)})
	}
	var out strings.Builder
	if err := Summary(&out, report.Build(r), "w", "p"); err != nil {
		t.Fatal(err)
	}
	want := "  To add to audit.yaml, if it is true:\n    sites: {a: b0}\n    sites: {a: b1}\n    sites: {a: b2}\n    sites: {a: b3}\n    sites: {a: b4}\n" +
		"    and 2 more in the sheet Not weighed\n"
	if !strings.Contains(out.String(), want) {
		t.Errorf("no %q in\n%s", want, out.String())
	}
}

// TestSummarySaysWhereTheDayComesFrom: a day nobody stated is today's, and said
// to be assumed.
func TestSummarySaysWhereTheDayComesFrom(t *testing.T) {
	for assumed, want := range map[bool]string{true: "as of 21 November 2026 (today, assumed),", false: "as of 21 November 2026,"} {
		r := &audit.Result{Run: audit.RunInfo{AsOf: date.New(2026, 11, 21), AsOfAssumed: assumed}}
		var out strings.Builder
		if err := Summary(&out, report.Build(r), "w", "p"); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// TestFilesAddUp: the accounting of a file says each of its numbers once.
func TestFilesAddUp(t *testing.T) {
	in := audit.Input{Path: "book.xlsx", Sheet: "People", Title: "user export", Encoding: "UTF-8", Delimiter: ";", Read: 21, Used: 11, Rejected: 3, Joined: 2,
		Excluded: []audit.Excluded{{Rows: 4}, {Rows: 3}}}
	var out strings.Builder
	if err := Files(&out, []audit.Input{in}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"book.xlsx#People", "user export; UTF-8, separated by semicolons", "21 rows read = 11 used + 7 excluded + 3 rejected", "another row names: 2"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// TestFilesNameEmptyTablesTogether: a table without a row is named and not
// accounted for; a file nobody recognised is never one of them.
func TestFilesNameEmptyTablesTogether(t *testing.T) {
	inputs := []audit.Input{
		{Path: "apps.csv", Format: "apps", Title: "apps table"},
		{Path: "odd.csv", Title: "not recognised"},
		{Path: "book.xlsx", Sheet: "Prices", Format: "prices", Title: "prices table"},
		{Path: "people.csv", Format: "people", Title: "people table", Read: 1, Used: 1},
	}
	var out strings.Builder
	if err := Files(&out, inputs); err != nil {
		t.Fatal(err)
	}
	want := "Files\n" +
		"  odd.csv\n    not recognised\n    0 rows read = 0 used + 0 excluded + 0 rejected\n" +
		"  people.csv\n    people table\n    1 rows read = 1 used + 0 excluded + 0 rejected\n" +
		"  only a header, so as if it were absent:\n    apps.csv, book.xlsx#Prices\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

// TestCheckBoundsWhatIsAlike: of a reason that holds for many, the first are printed
// and how many more there are; what has another reason is printed beside them.
func TestCheckBoundsWhatIsAlike(t *testing.T) {
	r := &audit.Result{}
	open := audit.Open{Title: "Jira on eng"}
	for i := range shownAlike + 1005 {
		why := diag.Why(diag.NoPrice, "no price of plan p%d", i)
		r.Coverage.LeftOut = append(r.Coverage.LeftOut, audit.LeftOut{Name: fmt.Sprintf("App %d", i), Site: "eng", Reason: why})
		open.Obstacles = append(open.Obstacles, audit.Obstacle{State: plan.Unknown, Name: fmt.Sprintf("App %d", i), Site: "eng", Reason: why})
	}
	late := diag.Why(diag.NoDate, "no renewal date")
	r.Coverage.LeftOut = append(r.Coverage.LeftOut, audit.LeftOut{Name: "Late", Site: "eng", Reason: late})
	last := audit.Open{Title: "Late on eng", Obstacles: []audit.Obstacle{{State: plan.Unknown, Name: "Late", Site: "eng", Reason: late}}}
	unsaid := audit.Open{Title: "Jira on biz", Obstacles: open.Obstacles[:1]}
	r.Trust.Open = []audit.Open{open, unsaid, last}
	var out strings.Builder
	if err := Check(&out, report.Build(r)); err != nil {
		t.Fatal(err)
	}
	for want, times := range map[string]int{
		"  App 19 on eng: no price": 2, "  App 20 on eng": 0, "Late on eng: no renewal date": 2, "Jira on biz": 0, "\n  Jira on eng: ": 1,
		`and 1,005 more with a reason of the kind "no price"; --json lists all`: 1, `and 1,006 more with a reason of the kind "no price"; --json lists all`: 1,
	} {
		if got := strings.Count(out.String(), want); got != times {
			t.Errorf("%q: got %d times, want %d, in\n%s", want, got, times, out.String())
		}
	}
}
