package report

import (
	"fmt"
	"slices"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

func factMeanings(r *audit.Result) []meaning {
	t := &r.Plan.Totals
	next := &r.Deadlines[1] // the first is none that somebody has to keep
	why := fmt.Sprintf("+%s for volume, +%s for price changes", t.Volume.Grouped(), t.PriceChanges.Grouped())
	ladder := r.Positions[0]
	return []meaning{{place: "PDF/facts", cols: "Fact|Value|Note|See", rows: 9, cell: cells{
		"Fact": words("Current", "Renew as is", "Recommended", "Hard saving", "Avoidance", "Budget", "Users and tier", "Next deadline", "Biggest risk"),
		"Value": words(say(t.Current), say(t.AsIs), say(t.Recommended), say(t.HardSaving), say(t.Avoidance), say(t.Recommended),
			money.Plural(ladder.LadderUsers, "user"), say(next.Date), say(r.Findings[1].By)),
		"Note": words("twelve months at today's prices and quantities", why, "the same needs, bought for the users there are",
			"less money spent, because less is bought", "price rises not suffered, by quotes in time", "no price is open, so there is no range",
			ladder.Title+" stays in the tier up to "+money.Count(*ladder.Ladder[0].Tier.To),
			fmt.Sprintf("in %d days: %s", next.Date.Sub(r.Run.AsOf), next.What), r.Findings[1].Title),
		"See": words("", "", "", "", "", "", "tiers of 2 bundles", "all dates", "all risks"),
	}}}
}

// fact returns a fact of the first page as a reader sees it.
func factOf(r *audit.Result, label string) string {
	list := facts(r)
	i := slices.IndexFunc(list, func(f Fact) bool { return f.Label == label })
	if i < 0 {
		return "none"
	}
	return shownAs(list[i].Value) + ": " + list[i].Note
}

// METHOD 24.1.
func TestBudget(t *testing.T) {
	r := result()
	if got, want := factOf(r, "Budget"), "0.90 USD: no price is open, so there is no range"; got != want {
		t.Errorf("nothing grows: %q, want %q", got, want)
	}
	r.Plan.Scenarios = []audit.Scenario{{ID: "growth_1", Amount: usd(125)}, {ID: "growth_2", Amount: usd(130)}}
	if got, want := factOf(r, "Budget"), "0.90 to 1.30: recommended, up to as is if apps without an announcement rise by 10%"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Plan.Scenarios[1].Amount = r.Plan.Totals.AsIs
	if got, want := factOf(r, "Budget"), "0.90 USD: no price is open, so there is no range"; got != want {
		t.Errorf("as is and no more: %q, want %q", got, want)
	}
}

func TestWhyAsIs(t *testing.T) {
	for want, x := range map[string][2]int64{
		"+0.01 for volume, +0.02 for price changes":     {1, 2},
		"-0.01 for volume":                              {-1, 0},
		"as today: neither volume nor prices change":    {0, 0},
		"+1,000.00 for volume, -0.02 for price changes": {100_000, -2},
	} {
		if got := whyAsIs(&audit.Totals{Volume: usd(x[0]), PriceChanges: usd(x[1])}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestUsersAndTier(t *testing.T) {
	top := func(n int) *int { return &n }
	r := result()
	if got := factOf(r, "Users and tier"); got != "none" {
		t.Errorf("without tiers: %q", got)
	}
	r.Sums = []audit.Sum{{By: audit.ByBundle, Name: "Jira on acme", AsIs: usd(50)}, {By: audit.ByBundle, Name: "Confluence on acme", AsIs: usd(70)}}
	r.Positions = []audit.Position{
		{Title: "Jira on acme", LadderUsers: 12, Ladder: []audit.LadderRung{{Tier: audit.Tier{From: 1, To: top(10)}, Target: true}, {Tier: audit.Tier{From: 11}, Here: true}}},
		{Title: "Confluence on acme", LadderUsers: 2001, Ladder: []audit.LadderRung{
			{Tier: audit.Tier{From: 1401, To: top(1600)}, Target: true}, {Tier: audit.Tier{From: 2001, To: top(2250)}, Here: true}}},
	}
	if got, want := factOf(r, "Users and tier"), "2,001 users: Confluence on acme renews up to 1,600 instead of up to 2,250"; got != want {
		t.Errorf("the dearest: %q, want %q", got, want)
	}
	r.Positions = r.Positions[:1]
	if got, want := factOf(r, "Users and tier"), "12 users: Jira on acme renews up to 10 instead of without limit"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The biggest risk is the first of the findings that are risks: neither a saving,
// nor what an exception marks.
func TestBiggestRisk(t *testing.T) {
	r := result()
	if got := factOf(r, "Biggest risk"); got != "none" {
		t.Errorf("no risk: %q", got)
	}
	r.Rules = []audit.RuleStatus{{ID: "saves", Kind: audit.Saving}, {ID: "threatens", Kind: audit.Risk}}
	day := date.New(2026, 12, 1)
	r.Findings = []audit.Finding{
		{Rule: "saves", Severity: audit.Critical, Title: "a saving"},
		{Rule: "threatens", Severity: audit.Critical, Title: "known and accepted", Excepted: diag.Source{File: "exceptions.csv", Line: 2}},
		{Rule: "threatens", Severity: audit.High, Title: "read-only for everybody", By: day},
		{Rule: "threatens", Severity: audit.Info, Title: "a remark"},
	}
	if got, want := factOf(r, "Biggest risk"), "2026-12-01: read-only for everybody"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Findings[2].By = date.Date{}
	if got, want := factOf(r, "Biggest risk"), "no date: read-only for everybody"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The banner of an incomplete audit names what the amounts lack.
func TestPartial(t *testing.T) {
	r := result()
	if got := partial(r); got != "" {
		t.Errorf("complete: %q", got)
	}
	r.Run.Complete = false
	if got, want := partial(r), "The amounts may be partial: not every input could be read, as the workbook says under Data quality."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Coverage = audit.Coverage{SubscriptionsRefused: 1, LeftOut: []audit.LeftOut{{Name: "X", Site: "acme"}, {Name: "Guard", Site: estate.WholeOrganisation}}}
	r.Trust.Open = []audit.Open{{Title: "Jira on acme", Subscriptions: audit.ByState{Held: 2}}, {Title: "Confluence on acme", Subscriptions: audit.ByState{Assumed: 1}}}
	want := "The amounts are partial: they leave out X on acme and Guard for the whole organisation. 1 row of the subscriptions could not be read. " +
		"Nothing is saved on Jira on acme yet: a number it rests on is in doubt."
	if got := partial(r); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
