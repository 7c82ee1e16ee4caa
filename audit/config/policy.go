package config

import (
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Policy is what counts, costs and plans depend on. Rules have options of
// their own; nothing in here belongs to one rule.
type Policy struct {
	InactiveAfterDays   int  // a seat idle this many days or more is inactive
	GraceDays           int  // a never-used seat added fewer days ago is new
	NeverWithoutAdded   bool // whether a never-used seat without an added date is a candidate
	BotPatterns         []string
	AuditWindow         [2]int // days before renewal in which to run, longest first
	OverrideDays        int    // days after a price change in which an app quote keeps the old price
	ProductOverrideDays int    // the same for Atlassian products (METHOD 4.2)
	OverrideSameTier    bool   // whether a quote at the old price must keep the licensed tier
	QuoteValidDays      int    // how long before a renewal a quote can exist
	AnnualFactor        int    // months an annual list price costs
	AnnualAppRoundUp    bool   // whether annual app bills are rounded up to the whole unit
	LicenceFactors      LicenceFactors
	PeakFullPeriod      bool // whether a peak reprices the whole cycle instead of being prorated
	Growth              [2]money.Exact
	Severity            SeverityTable
	UserCountsMaxAge    int         // days before as-of in which a daily count still stands for today
	ExportMaxAge        int         // days before as-of in which the evidence day of a user list still carries a decision
	CountTolerance      money.Exact // figures of users that differ by more than this part of the larger contradict each other
	PartialBelow        money.Exact // fewer seats than this part of licensed_users look like a part of the users
	ConfirmedCounts     []ConfirmedCount
	MaxRejected         money.Exact // more rejected rows than this part of a user list refuse the run
	MaxRemovals         int         // cap on removals per product and site; 0 = none
	KeepCycle           bool        // never propose another billing cycle
	NoQuotes            bool        // never plan on quotes
	PrintOwners         bool        // whether owners (teams) may appear in the PDF
	WorkbookSeats       int         // most seats that the workbook lists all of; 0 = any number
	KeepRuns            int         // runs that stay in the output folder; 0 = all
}

// SeverityTable says how severe a finding is that is worth an amount and has a
// deadline: the part of the as-is total from which it is high or medium, and
// how many days before its deadline it becomes one step more severe.
type SeverityTable struct {
	High, Medium money.Exact
	UrgentDays   int
}

// ConfirmedCount says that a count of users is right although something speaks
// against it (METHOD 1.23).
type ConfirmedCount struct {
	Count  string // site/product, as written
	Users  int
	Until  date.Date // last day
	By     string    // who says so; never shown, as it may be a person
	Source diag.Source
}

// Place splits the count into its site and its product, as written; without a slash
// it is a product alone.
func (c *ConfirmedCount) Place() (site, product string) {
	slash := strings.LastIndexByte(c.Count, '/')
	return c.Count[:max(slash, 0)], c.Count[slash+1:]
}

// LicenceFactors multiplies list prices by licence type, per hosting
// ("cloud", "data-center"). A type without a factor has no price (METHOD 2.10).
type LicenceFactors map[string]map[string]money.Exact

// DefaultPolicy is the policy of a run without audit.yaml.
func DefaultPolicy() Policy {
	var p Policy
	reset(policyKeys(), &p)
	return p
}

// tenYears is the most days a setting can be about.
const tenYears = 3660

// policyKeys is the table of the policy, in the order in which reports show it.
func policyKeys() []key[Policy] {
	return slices.Concat(seatKeys(), countKeys(), priceKeys(), planKeys())
}

func number(at func(*Policy) *int, value, low, high int) kind[Policy] {
	return whole[Policy]{at: at, value: value, low: low, high: high}
}

func days(at func(*Policy) *int, value int) kind[Policy] { return number(at, value, 0, tenYears) }

func portion(at func(*Policy) *money.Exact, value int64) kind[Policy] {
	return percent[Policy]{at, value}
}

func switched(at func(*Policy) *bool, value bool) kind[Policy] { return yesNo(at, value) }

// either is a choice between two words, the second by default.
func either(at func(*Policy) *bool, on, off string) kind[Policy] {
	return choice[Policy]{at: at, yes: []string{on}, no: []string{off}}
}

// seatKeys say whose seat is a candidate.
func seatKeys() []key[Policy] {
	return []key[Policy]{
		{name: "inactive_after_days", meaning: "a seat idle this long is a review candidate",
			kind: number(func(p *Policy) *int { return &p.InactiveAfterDays }, 60, 7, tenYears)},
		{name: "grace_days", meaning: "a seat added more recently is new, never a candidate",
			kind: days(func(p *Policy) *int { return &p.GraceDays }, 30)},
		{name: "never_without_added", meaning: "what a seat is that was never used and has no day on which it was added",
			kind: either(func(p *Policy) *bool { return &p.NeverWithoutAdded }, "candidate", "review")},
		{name: "bot_patterns", meaning: "names and addresses of machines, which are never candidates",
			kind: patterns[Policy]{at: func(p *Policy) *[]string { return &p.BotPatterns }, value: []string{
				"bot-*", "*-bot", "* bot", "*-bot@*", "svc-*", "service-*", "ci-*", "automation*", "* automation", "noreply@*", "no-reply@*",
			}}},
	}
}

// countKeys say which counts of users carry a decision.
func countKeys() []key[Policy] {
	return []key[Policy]{
		{name: "user_counts_max_age_days", meaning: "how old a daily count may be that stands for today's users",
			kind: days(func(p *Policy) *int { return &p.UserCountsMaxAge }, 31)},
		{name: "export_max_age_days", meaning: "how old a user export may be for its seats to carry a decision",
			kind: days(func(p *Policy) *int { return &p.ExportMaxAge }, 31)},
		{name: "count_tolerance", meaning: "by how much of the larger two counts of the same users may differ",
			kind: portion(func(p *Policy) *money.Exact { return &p.CountTolerance }, 20)},
		{name: "partial_below", meaning: "an export with fewer seats than this part of licensed_users looks like a part of the users",
			kind: portion(func(p *Policy) *money.Exact { return &p.PartialBelow }, 50)},
		{name: "confirmed_counts", meaning: "counts that are right although another figure speaks against them",
			kind: records[Policy, ConfirmedCount]{name: "confirmed_counts", keys: confirmedKeys(), complete: true,
				at: func(p *Policy) *[]ConfirmedCount { return &p.ConfirmedCounts }, begin: func(at diag.Source) ConfirmedCount { return ConfirmedCount{Source: at} }}},
	}
}

// confirmedKeys is the table of what an entry of confirmed_counts says.
func confirmedKeys() []key[ConfirmedCount] {
	return []key[ConfirmedCount]{
		{name: "count", meaning: "the site and product that are counted",
			kind: word[ConfirmedCount]{at: func(c *ConfirmedCount) *string { return &c.Count }, what: "site/product"}},
		{name: "users", meaning: "how many users it has",
			kind: whole[ConfirmedCount]{at: func(c *ConfirmedCount) *int { return &c.Users }, high: mostUsers}},
		{name: "until", meaning: "the last day on which that holds",
			kind: parsed[ConfirmedCount, date.Date]{at: func(c *ConfirmedCount) *date.Date { return &c.Until }, what: "a day such as 2026-11-21", from: date.Parse}},
		{name: "by", meaning: "who says so",
			kind: unshown[ConfirmedCount]{word[ConfirmedCount]{at: func(c *ConfirmedCount) *string { return &c.By }, what: "a text, which no report shows"}}},
	}
}

// priceKeys say what is paid, at which price and by when.
func priceKeys() []key[Policy] {
	return []key[Policy]{
		{name: "audit_window_days", meaning: "days before a renewal between which to audit", kind: pair[Policy]{
			first: days(func(p *Policy) *int { return &p.AuditWindow[0] }, 90), second: days(func(p *Policy) *int { return &p.AuditWindow[1] }, 60),
			what: "two numbers of days such as [90, 60]", wrong: windowWrong}},
		{name: "override_days", meaning: "days after a change in which an app's old price can be quoted",
			kind: days(func(p *Policy) *int { return &p.OverrideDays }, 60)},
		{name: "product_override_days", meaning: "the same for Atlassian's own products",
			kind: days(func(p *Policy) *int { return &p.ProductOverrideDays }, 0)},
		{name: "override_same_tier", meaning: "whether a smaller tier forfeits the old price",
			kind: switched(func(p *Policy) *bool { return &p.OverrideSameTier }, true)},
		{name: "quote_valid_days", meaning: "how long before a renewal a quote can exist",
			kind: days(func(p *Policy) *int { return &p.QuoteValidDays }, 90)},
		{name: "annual_factor", meaning: "months of the monthly price that a year costs where a list has no annual rows",
			kind: number(func(p *Policy) *int { return &p.AnnualFactor }, 10, 1, 12)},
		{name: "annual_app_rounding", meaning: "how annual bills of apps are rounded: to the cent, or up to the whole unit",
			kind: either(func(p *Policy) *bool { return &p.AnnualAppRoundUp }, "up", "cent")},
		{name: "licence_factors", meaning: "what list prices are multiplied with, by licence type", kind: group[Policy, Policy]{
			name: "licence_factors", at: func(p *Policy) *Policy { return p }, keys: factorKeys()}},
		{name: "peak_billing", meaning: "whether a peak is charged for the days left of its month, or for all of it",
			kind: either(func(p *Policy) *bool { return &p.PeakFullPeriod }, "full-period", "prorated")},
		{name: "growth", meaning: "by how much unannounced app prices rise in the two growth scenarios", kind: pair[Policy]{
			first: portion(func(p *Policy) *money.Exact { return &p.Growth[0] }, 5), second: portion(func(p *Policy) *money.Exact { return &p.Growth[1] }, 10),
			what: "two percentages such as [5%, 10%]", wrong: growthWrong}},
	}
}

// planKeys say what the plan may do, which inputs it rests on and what is shown.
func planKeys() []key[Policy] {
	return []key[Policy]{
		{name: "severity", meaning: "how severe a finding is, by its part of the as-is total", kind: group[Policy, SeverityTable]{
			name: "severity", at: func(p *Policy) *SeverityTable { return &p.Severity }, keys: severityKeys(), wrong: severityWrong}},
		{name: "max_rejected", meaning: "more rejected rows than this of one user list refuse the run",
			kind: portion(func(p *Policy) *money.Exact { return &p.MaxRejected }, 1)},
		{name: "max_removals", meaning: "most removals the plan proposes per product and site",
			kind: whole[Policy]{at: func(p *Policy) *int { return &p.MaxRemovals }, low: 1, high: mostUsers, zero: "none"}},
		{name: "keep_cycle", meaning: "whether the plan never proposes another billing cycle",
			kind: switched(func(p *Policy) *bool { return &p.KeepCycle }, false)},
		{name: "no_quotes", meaning: "whether the plan never relies on quotes",
			kind: switched(func(p *Policy) *bool { return &p.NoQuotes }, false)},
		{name: "print_owners", meaning: "whether owners stand in the PDF; yes only where they are teams",
			kind: switched(func(p *Policy) *bool { return &p.PrintOwners }, false)},
		{name: "workbook_seats", meaning: "of more seats than this the workbook lists those that matter; seats.csv lists all",
			kind: whole[Policy]{at: func(p *Policy) *int { return &p.WorkbookSeats }, value: 200_000, low: 1, high: mostUsers, zero: "all"}},
		{name: "keep_runs", meaning: "how many runs stay, beside the newest of each month and those that somebody changed",
			kind: whole[Policy]{at: func(p *Policy) *int { return &p.KeepRuns }, low: 2, high: mostRuns, zero: "all"}},
	}
}

// mostRuns is more runs than anybody keeps.
const mostRuns = 1_000_000

// mostUsers is the largest number of users anybody could mean; more is a typing
// error.
const mostUsers = 100_000_000

func windowWrong(p *Policy) string {
	if p.AuditWindow[0] < p.AuditWindow[1] {
		return "expected the longer time first, such as [90, 60]"
	}
	return ""
}

// growthWrong keeps the pair in order: reports call the first the lower growth and
// plan a budget with the second.
func growthWrong(p *Policy) string {
	if p.Growth[1].Cmp(p.Growth[0]) < 0 {
		return "expected the lower percentage first, such as [5%, 10%]"
	}
	return ""
}

// factorKeys is the table of the licence factors (METHOD 2.10).
func factorKeys() []key[Policy] {
	return []key[Policy]{
		{name: "cloud", meaning: "what list prices on Cloud are multiplied with", kind: factors{"cloud", map[string]money.Exact{
			"commercial": money.Int(1), "academic": money.Ratio(1, 4), "community": money.Ratio(1, 4),
		}}},
		{name: "data-center", meaning: "what list prices on Data Center are multiplied with", kind: factors{"data-center", map[string]money.Exact{
			"commercial": money.Int(1), "academic": money.Ratio(1, 2), "community": money.Int(0),
		}}},
	}
}

// severityKeys is the table by which findings are rated.
func severityKeys() []key[SeverityTable] {
	return []key[SeverityTable]{
		{name: "high", meaning: "a finding worth this part of the as-is total is high",
			kind: percent[SeverityTable]{func(s *SeverityTable) *money.Exact { return &s.High }, 5}},
		{name: "medium", meaning: "a finding worth this part of the as-is total is medium, of less low",
			kind: percent[SeverityTable]{func(s *SeverityTable) *money.Exact { return &s.Medium }, 1}},
		{name: "urgent_days", meaning: "so many days before its deadline a finding is one step more severe",
			kind: whole[SeverityTable]{at: func(s *SeverityTable) *int { return &s.UrgentDays }, value: 14, high: tenYears}},
	}
}

func severityWrong(s *SeverityTable) string {
	if s.High.Cmp(s.Medium) < 0 {
		return "expected a percentage for high that is not below the one for medium, such as {high: 5%, medium: 1%}"
	}
	return ""
}
