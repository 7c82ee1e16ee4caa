package report

import (
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

func trustMeanings(r *audit.Result) []meaning {
	count := of(r.Trust.Counts, map[string]func(*audit.Headcount) any{
		"Users of": func(h *audit.Headcount) any { return h.Name + " on " + h.Site },
		"Users":    func(h *audit.Headcount) any { return h.Users },
		"Counted":  func(h *audit.Headcount) any { return h.Counted },
		"Source":   func(h *audit.Headcount) any { return h.From },
		"Also known": func(h *audit.Headcount) any {
			var out []string
			for _, f := range h.Others {
				out = append(out, say(f.Users)+" by "+say(f.From)+" of "+say(f.Day))
			}
			return strings.Join(out, "; ")
		},
		"No":    func(h *audit.Headcount) any { return numberOfProduct(r, h.Site, h.Product) },
		"State": func(h *audit.Headcount) any { return *h.State },
		"Row":   func(h *audit.Headcount) any { return h.Source },
	})
	count["Day"] = words(say(r.Trust.Counts[0].Day), "") // nothing counts the second
	var bundles []*audit.Open
	var obstacles []*audit.Obstacle
	for i := range r.Trust.Open {
		for j := range r.Trust.Open[i].Obstacles {
			bundles, obstacles = append(bundles, &r.Trust.Open[i]), append(obstacles, &r.Trust.Open[i].Obstacles[j])
		}
	}
	why := func(n int, reason string) string {
		return obstacles[n].Name + " on " + obstacles[n].Site + ": " + reason
	}
	open := cells{
		"Not weighed":         func(n int) any { return bundles[n].Title },
		"State":               func(n int) any { return obstacles[n].State },
		"Why":                 func(n int) any { return why(n, obstacles[n].Reason.Placed()) },
		"Because":             func(n int) any { return why(n, obstacles[n].Reason.Text) },
		"Line for audit.yaml": func(n int) any { return obstacles[n].Lift },
		"Not claimed: up to":  words(say(bundles[0].NotClaimed), "", say(bundles[2].NotClaimed), ""),
		"What would make it count": func(n int) any {
			place := obstacles[n].Name + " on " + obstacles[n].Site
			if n%2 == 0 { // the first of each bundle is contradicted, the second old
				return "confirm the count of " + place + ", or correct the other number"
			}
			return "export the users of " + place + " again, or state the day of the export"
		},
	}
	site := of(r.Trust.Sites, map[string]func(*audit.SiteName) any{
		"In the subscriptions": func(s *audit.SiteName) any { return s.Subscribed },
		"In the exports":       func(s *audit.SiteName) any { return s.Exported },
		"Line for audit.yaml":  func(s *audit.SiteName) any { return s.Line },
	})
	site["Taken for the same"] = words("yes", "no")
	return []meaning{
		{place: "Not weighed/Sites with two names", cols: "In the subscriptions|In the exports|Taken for the same|Line for audit.yaml", rows: 2, cell: site},
		{place: "PDF/What the figures rest on/Sites with two names", cols: "In the subscriptions|In the exports|Taken for the same", rows: 2, cell: site},
		{place: "Trust", cols: "No|Users of|Users|Counted|Source|Day|Also known|State|Row", rows: 2, cell: count},
		{place: "PDF/What the figures rest on/Numbers of users that are in doubt or known otherwise", cols: "Users of|Users|Counted|Source|Day|Also known|State", rows: 2, cell: count},
		{place: "Not weighed/Not weighed", cols: "Not weighed|State|Not claimed: up to|Why|What would make it count|Line for audit.yaml", rows: 4, cell: open},
		{place: "PDF/What the figures rest on/Not weighed", cols: "Not weighed|State|Because|What would make it count|Not claimed: up to", rows: 4, cell: open},
	}
}

// held is a result in which the export of one bundle is in doubt.
func held() *audit.Result {
	r := result()
	nine, users, counted := 84, 500, 40
	state, kind := plan.Held, seats.Partial
	r.Plan.Actions, r.Plan.Totals.Recommended = nil, r.Plan.Totals.AsIs
	r.Trust = audit.Trust{
		Subscriptions: audit.ByState{Active: 12, Weighed: 9, Held: 2, Unknown: 1}, Share: &nine,
		Counts: []audit.Headcount{{Site: "fjord", Product: "jira", Name: "Jira", Users: &users, Counted: &counted, From: seats.FromAccess, Day: date.New(2026, 11, 26),
			State: &state, Others: []audit.KnownUsers{{Users: 500, From: seats.FromLicensed}}}},
		Open: []audit.Open{{Title: "Jira family on fjord", Site: "fjord", Subscriptions: audit.ByState{Active: 2, Held: 2}, NotClaimed: usd(3635500),
			Obstacles: []audit.Obstacle{{State: plan.Held, Doubt: &kind, Site: "fjord", Product: "jira", Name: "Jira", Lift: "policy: {confirmed_counts: [...]}",
				Reason: diag.Why(diag.Contradicts, "40 of 500").From(diag.Source{File: "export of Carol.csv"})}}}},
	}
	return r
}

// TestFirstSentence says how much is weighed, and only where all is, that there
// is nothing to do.
//
// METHOD 9.12.
func TestFirstSentence(t *testing.T) {
	all, some, share := 100, 84, "84 % of what is paid today"
	for _, c := range []struct {
		name           string
		trust          audit.ByState
		share          *int
		first, nothing string
	}{
		{"all", audit.ByState{Active: 2, Weighed: 2}, &all, "2 of 2 subscriptions are weighed: 100 % of what is paid today.", "There is nothing to do: renewing as is costs least."},
		{"some", audit.ByState{Active: 12, Weighed: 9, Held: 2, Unknown: 1}, &some, "9 of 12 subscriptions are weighed: " + share + "; 2 held, 1 unknown.",
			"No cheaper renewal among the 9 of 12 weighed (" + share + ")."},
		{"no share", audit.ByState{Active: 2, Weighed: 1, Assumed: 1}, nil, "1 of 2 subscriptions are weighed: an unknown share of what is paid today; 1 assumed.",
			"No cheaper renewal among the 1 of 2 weighed (an unknown share of what is paid today)."},
	} {
		r := result()
		r.Plan.Actions, r.Plan.Totals.Recommended = nil, r.Plan.Totals.AsIs
		r.Trust.Subscriptions, r.Trust.Share = c.trust, c.share
		if got := weighedSentence(r); got != c.first {
			t.Errorf("%s: %q, want %q", c.name, got, c.first)
		}
		if got := headline(r); got != c.nothing {
			t.Errorf("%s: %q, want %q", c.name, got, c.nothing)
		}
	}
}

// TestFirstSentenceKnowsWhatItLeavesOut: a subscription without a price, a row
// that could not be read and a finding that cannot wait are no less there for
// everything else being weighed.
//
// METHOD 9.12.
func TestFirstSentenceKnowsWhatItLeavesOut(t *testing.T) {
	all := 100
	weighed := func(change func(r *audit.Result)) (first, nothing string) {
		r := result()
		r.Plan.Actions, r.Plan.Totals.Recommended, r.Findings = nil, r.Plan.Totals.AsIs, nil
		r.Lines = []audit.Line{{Current: usd(100)}}
		r.Trust.Subscriptions, r.Trust.Share = audit.ByState{Active: 1, Weighed: 1}, &all
		r.Coverage.SubscriptionsRefused = 0
		change(r)
		return weighedSentence(r), nothingCheaper(r)
	}
	for _, c := range []struct {
		name           string
		change         func(r *audit.Result)
		first, nothing string
	}{
		{"nothing left out", func(*audit.Result) {}, "1 of 1 subscription is weighed: 100 % of what is paid today.", "There is nothing to do: renewing as is costs least."},
		{"no price", func(r *audit.Result) {
			r.Lines = append(r.Lines, audit.Line{})
			r.Trust.Subscriptions = audit.ByState{Active: 2, Weighed: 1, Unknown: 1}
		}, "1 of 2 subscriptions are weighed: 100 % of what is paid today for the 1 whose cost is known; 1 unknown.",
			"No cheaper renewal among the 1 of 2 weighed (100 % of what is paid today for the 1 whose cost is known)."},
		{"rows refused", func(r *audit.Result) { r.Coverage.SubscriptionsRefused = 2 },
			"1 of 1 subscription is weighed: 100 % of what is paid today for the 1 whose cost is known; 2 more rows of the subscriptions could not be read.",
			"No cheaper renewal among the 1 of 1 weighed (100 % of what is paid today for the 1 whose cost is known)."},
		{"cycles without a price", func(r *audit.Result) {
			for i, b := range []audit.Billed{audit.BilledAnnual, audit.BilledMonthly, audit.BilledMonthly} {
				r.Cycles = append(r.Cycles, audit.CycleComparison{Title: []string{"Jira on fjord", "b", "c"}[i], Current: b, NotWeighed: diag.Why(diag.NoPrice, "why")})
			}
			r.Cycles = append(r.Cycles, audit.CycleComparison{Title: "bound", Current: audit.BilledAnnual, NotWeighed: diag.Why(diag.Bound, "why")})
		}, "1 of 1 subscription is weighed: 100 % of what is paid today.",
			"Nothing with a known price costs less than renewing as is. No price is known for annual billing of 2 bundles and monthly billing of Jira on fjord."},
		{"a contract without a list", func(r *audit.Result) {
			r.Lines[0].OnlyAgreed, r.Lines[0].Counted, r.Lines[0].Name, r.Lines[0].Site = true, true, "Jira", "fjord"
			r.Findings = []audit.Finding{{Severity: audit.Critical}}
		}, "1 of 1 subscription is weighed: 100 % of what is paid today.",
			"Nothing with a known price costs less than renewing as is, but see 1 critical finding. No price is known for fewer users of Jira on fjord."},
		{"critical", func(r *audit.Result) {
			r.Findings = []audit.Finding{{Severity: audit.Critical}, {Severity: audit.High}}
		},
			"1 of 1 subscription is weighed: 100 % of what is paid today.", "Renewing as is costs least, but see 1 critical finding."},
	} {
		first, nothing := weighed(c.change)
		if first != c.first || nothing != c.nothing {
			t.Errorf("%s: %q %q", c.name, first, nothing)
		}
	}
	open := audit.Open{Title: "Jira on fjord", Subscriptions: audit.ByState{Active: 3, Weighed: 2, Unknown: 1}}
	if got, want := OpenWords(&open), "Jira on fjord: 1 unknown, of 3 subscriptions."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestNothingWeighed: the headline is the reason, and the first page holds no
// amount and no chart.
//
// METHOD 9.12.
func TestNothingWeighed(t *testing.T) {
	r := held()
	r.Trust.Subscriptions = audit.ByState{Active: 2, Held: 2}
	f := Build(r).Finance
	if want := "Nothing is weighed yet. Jira on fjord: 40 of 500."; f.Headline != want {
		t.Errorf("headline %q, want %q", f.Headline, want)
	}
	if len(f.Bridge.Bars) > 0 {
		t.Error("there is a chart")
	}
	for _, x := range f.Facts {
		if x.Value.Kind == Money {
			t.Errorf("the first page shows %s", x.Label)
		}
	}
}

// TestDecidedAllTheSame: quotes that hold at every known number are named, as
// avoidance, in the first sentences of terminal, PDF and workbook; what rests on
// assumed numbers is, too. Totals that then say nothing are left out.
//
// METHOD 9.12.
func TestDecidedAllTheSame(t *testing.T) {
	r := held()
	r.Trust.Subscriptions = audit.ByState{Active: 2, Held: 2}
	r.Plan.Totals = audit.Totals{AsIs: usd(4256600), Recommended: usd(4180500), HardSaving: usd(0), Avoidance: usd(76100)}
	r.Plan.Scenarios = []audit.Scenario{{ID: "as_is", Title: "As is", Change: usd(0)}, {ID: "clean_up_only", Title: "Clean-up only", Change: usd(0)},
		{ID: "recommended", Title: "Recommended", Change: usd(-76100)}}
	r.Trust.Decided = []audit.Decided{{State: plan.Held, Actions: 1, HardSaving: usd(0), Avoidance: usd(76100)}}
	want := "Nothing is weighed yet. Jira on fjord: 40 of 500. 1 quote worth 761.00 USD of avoidance holds at every known number of users."
	d := Build(r)
	if d.Finance.Headline != want || summarySheet(r).Lead[1] != want {
		t.Errorf("got  %s\nand  %s\nwant %s", d.Finance.Headline, summarySheet(r).Lead[1], want)
	}
	s := scenariosSection(r)
	if got := strings.Join(told(t, s.Tables[0], "Figure"), "|"); got != "Current|Volume|Price changes|Renew as is|Avoidance|Recommended" {
		t.Errorf("totals %s", got)
	}
	if got := strings.Join(told(t, s.Tables[1], "Scenario"), "|"); got != "As is|Recommended" {
		t.Errorf("scenarios %s", got)
	}
	r.Plan.Totals.Recommended, r.Plan.Totals.Avoidance, r.Trust.Decided = r.Plan.Totals.AsIs, usd(0), nil
	if got := strings.Join(told(t, scenariosSection(r).Tables[0], "Figure"), "|"); got != "Current|Volume|Price changes|Renew as is" {
		t.Errorf("totals %s", got)
	}
	for want, d := range map[string]audit.Decided{
		"2 quotes worth 3.00 USD of avoidance hold at every known number of users":                           {State: plan.Held, Actions: 2, HardSaving: usd(0), Avoidance: usd(300)},
		"1 action worth 4.00 USD of hard saving rests on assumed numbers of users":                           {State: plan.Assumed, Actions: 1, HardSaving: usd(400), Avoidance: usd(0)},
		"1 action worth 3.00 USD of avoidance rests on assumed numbers of users":                             {State: plan.Assumed, Actions: 1, HardSaving: usd(0), Avoidance: usd(300)},
		"3 actions worth 4.00 USD of hard saving and 3.00 USD of avoidance rest on assumed numbers of users": {State: plan.Assumed, Actions: 3, HardSaving: usd(400), Avoidance: usd(300)},
	} {
		if got := decidedWords(&d); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestNotClaimed: what a held bundle might save is said with its condition and
// what would make it count; nothing is claimed as 0.00. Finance is told no place
// and no line of audit.yaml.
//
// METHOD 9.11.
func TestNotClaimed(t *testing.T) {
	r := held()
	want := "Jira family on fjord: 2 held. Not claimed: up to 36,355.00 USD if this export is complete. Why: Jira on fjord: 40 of 500. " +
		"To make it count, confirm the count of Jira on fjord, or add a user count of the last 31 days."
	if got := openCaveats(r)[0]; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	counted, kind := held().Trust.Open[0], seats.Contradicted
	counted.Obstacles[0].Counted = true
	counted.Obstacles = append(counted.Obstacles, counted.Obstacles[0])
	counted.Obstacles[0].Doubt = &kind
	if got := strings.Join(remedies(&counted), "; "); got != "confirm the count of Jira on fjord, or correct the other number" {
		t.Errorf("a part beside a count that contradicts it: %s", got)
	}
	r.Trust.Open = append(r.Trust.Open, r.Trust.Open[0])
	if got := openCaveats(r)[1]; strings.Contains(got, "Why:") {
		t.Errorf("said before: %s", got)
	}
	r.Trust.Open, r.Trust.Subscriptions.Weighed = r.Trust.Open[:1], 0
	if got := openCaveats(r)[0]; strings.Contains(got, "Why:") {
		t.Errorf("said in the headline: %s", got)
	}
	r.Trust.Subscriptions.Weighed = 9
	if all := texts(Build(r).Finance); strings.Contains(all, "Carol") || strings.Contains(all, "[...]") {
		t.Error("finance is told a place or a line of audit.yaml")
	}
	if got := told(t, openSheet(r).Blocks[0], "Line for audit.yaml", "Not claimed: up to"); got[0] != "policy: {confirmed_counts: [...]}; 36,355.00 USD" {
		t.Errorf("the sheet says %q", got)
	}
	r.Trust.Open[0].NotClaimed = usd(0)
	if got := openCaveats(r)[0]; !strings.Contains(got, "Not claimed: nothing.") || strings.Contains(got, "0.00") {
		t.Errorf("of 0.00: %s", got)
	}
	r.Trust.Open[0].NotClaimed = money.Amount{}
	if got := openCaveats(r)[0]; !strings.Contains(got, "Not claimed: unknown.") {
		t.Errorf("of an unknown amount: %s", got)
	}
}

// TestCountsInSentences: counts of one state stand together by source and day, but
// each of which something else is known by itself.
func TestCountsInSentences(t *testing.T) {
	r := held()
	weighed, assumed, unknown := plan.Weighed, plan.Assumed, plan.Unknown
	users := func(n int) *int { return &n }
	day := date.New(2026, 11, 16)
	r.Trust.Counts = append(r.Trust.Counts,
		audit.Headcount{Name: "A", Site: "x", Users: users(1), Counted: users(1), From: seats.FromAccess, Day: day, State: &weighed},
		audit.Headcount{Name: "B", Site: "x", Users: users(2), Counted: users(2), From: seats.FromCounts, Day: day, State: &weighed},
		audit.Headcount{Name: "C", Site: "x", Users: users(3000), Counted: users(3000), From: seats.FromAccess, Day: day, State: &weighed},
		audit.Headcount{Name: "D", Site: "x", Users: users(4), Counted: users(4), From: seats.FromLicensed, State: &assumed},
		audit.Headcount{Name: "G", Site: "x", Users: users(6), Counted: users(6), From: seats.FromLicensed, State: &assumed},
		audit.Headcount{Name: "E", Site: "x", State: &unknown},
		audit.Headcount{Name: "F", Site: "x", Users: users(5), Counted: users(5), From: seats.FromAccess, Day: day},
	)
	want := []string{
		"Held: Jira on fjord 40, from access columns of 2026-11-26; also known: 500 by licensed users; computed with 500.",
		"Unknown: E on x, whose users nothing counts.",
		"Assumed, from licensed users: D on x 4; G on x 6.",
		"From access columns of 2026-11-16: A on x 1; C on x 3,000.",
		"From user counts of 2026-11-16: B on x 2.",
	}
	if got := strings.Join(shortCounts(r), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// TestSitesWithTwoNames: a figure that takes two sites for one says so first, and
// never that there is nothing to do.
//
// METHOD 9.12, 14.28.
func TestSitesWithTwoNames(t *testing.T) {
	taken := audit.SiteName{Subscribed: "nordwind-prod", Exported: "nordwind", Taken: true, Line: "sites: {nordwind-prod: nordwind}"}
	asked := taken
	asked.Taken = false
	for _, c := range []struct {
		site              audit.SiteName
		headline, caveats string
	}{
		{taken, "No cheaper renewal among the 1 of 1 weighed (an unknown share of what is paid today). " +
			"This takes the site nordwind of the exports for nordwind-prod of the subscriptions.",
			"Taken for the same site, each being the only one: nordwind in the exports and nordwind-prod in the subscriptions."},
		{asked, "There is nothing to do: renewing as is costs least.",
			"The exports count users on nordwind, which no subscription is on, and nobody on nordwind-prod; it may be the same site."},
	} {
		r := result()
		r.Plan.Actions, r.Plan.Totals.Recommended = nil, r.Plan.Totals.AsIs
		r.Trust.Sites = []audit.SiteName{c.site}
		d := Build(r)
		if d.Finance.Headline != c.headline {
			t.Errorf("headline %q, want %q", d.Finance.Headline, c.headline)
		}
		if got := strings.Join(d.Finance.Caveats, "\n"); got != c.caveats {
			t.Errorf("page 1: %q, want %q", got, c.caveats)
		}
		if got := Lines(r); len(got) != 1 || got[0] != c.site.Line {
			t.Errorf("lines to paste: %q", got)
		}
	}
	if got := Lines(held()); len(got) != 1 || got[0] != "policy: {confirmed_counts: [...]}" {
		t.Errorf("lines to paste: %q", got)
	}
}
