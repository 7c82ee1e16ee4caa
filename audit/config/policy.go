package config

import (
	"fmt"
	"strconv"
	"strings"

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
	ProductOverrideDays int    // the same for Atlassian products (ruling R2)
	OverrideSameTier    bool   // whether a quote at the old price must keep the licensed tier
	QuoteValidDays      int    // how long before a renewal a quote can exist
	AnnualFactor        int    // months an annual list price costs
	AnnualAppRoundUp    bool   // whether annual app bills are rounded up to the whole unit
	LicenceFactors      LicenceFactors
	PeakFullPeriod      bool // whether a peak reprices the whole cycle instead of being prorated
	Growth              [2]money.Exact
	Severity            SeverityTable
	UserCountsMaxAge    int         // days before as-of in which a daily count still stands for today
	MaxRejected         money.Exact // share of rejected rows of one user list that refuses the run
	MaxRemovals         int         // cap on removals per product and site; 0 = none
	KeepCycle           bool        // never propose another billing cycle
	NoQuotes            bool        // never plan on quotes
	PrintOwners         bool        // whether owners (teams) may appear in the PDF
	KeepRuns            int         // run folders to keep; 0 = all
}

// SeverityTable says how severe a finding is that is worth an amount and has a
// deadline: the share of the as-is total from which it is high or medium, and
// how many days before its deadline it becomes one step more severe.
type SeverityTable struct {
	High, Medium money.Exact
	UrgentDays   int
}

// LicenceFactors multiplies list prices by licence type, per hosting
// ("cloud", "data-center"). A type without a factor has no price (ruling R23).
type LicenceFactors map[string]map[string]money.Exact

// DefaultPolicy is the policy of DESIGN section 4.
func DefaultPolicy() Policy {
	return Policy{
		InactiveAfterDays: 60,
		GraceDays:         30,
		BotPatterns: []string{
			"bot-*", "*-bot", "* bot", "*-bot@*", "svc-*", "service-*", "ci-*",
			"automation*", "* automation", "noreply@*", "no-reply@*",
		},
		AuditWindow:      [2]int{90, 60},
		OverrideDays:     60,
		OverrideSameTier: true,
		QuoteValidDays:   90,
		AnnualFactor:     10,
		LicenceFactors: LicenceFactors{
			"cloud": {
				"commercial": money.Int(1),
				"academic":   money.Ratio(1, 4),
				"community":  money.Ratio(1, 4),
			},
			"data-center": {
				"commercial": money.Int(1),
				"academic":   money.Ratio(1, 2),
				"community":  money.Int(0),
			},
		},
		Growth:           [2]money.Exact{money.Ratio(5, 100), money.Ratio(10, 100)},
		Severity:         SeverityTable{High: money.Ratio(5, 100), Medium: money.Ratio(1, 100), UrgentDays: 14},
		UserCountsMaxAge: 31,
		MaxRejected:      money.Ratio(1, 100),
	}
}

// Setting is one effective value of the policy, for the reports.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Settings lists every value of p under the key it has in audit.yaml.
func (p Policy) Settings() []Setting {
	yesNo := func(b bool) string {
		if b {
			return "yes"
		}
		return "no"
	}
	none := func(n int, word string) string {
		if n == 0 {
			return word
		}
		return strconv.Itoa(n)
	}
	pick := func(b bool, yes, no string) string {
		if b {
			return yes
		}
		return no
	}
	out := []Setting{
		{"inactive_after_days", strconv.Itoa(p.InactiveAfterDays)},
		{"grace_days", strconv.Itoa(p.GraceDays)},
		{"never_without_added", pick(p.NeverWithoutAdded, "candidate", "review")},
		{"bot_patterns", strings.Join(p.BotPatterns, ", ")},
		{"audit_window_days", fmt.Sprintf("%d, %d", p.AuditWindow[0], p.AuditWindow[1])},
		{"override_days", strconv.Itoa(p.OverrideDays)},
		{"product_override_days", strconv.Itoa(p.ProductOverrideDays)},
		{"override_same_tier", yesNo(p.OverrideSameTier)},
		{"quote_valid_days", strconv.Itoa(p.QuoteValidDays)},
		{"annual_factor", strconv.Itoa(p.AnnualFactor)},
		{"annual_app_rounding", pick(p.AnnualAppRoundUp, "up", "cent")},
	}
	for _, hosting := range []string{"cloud", "data-center"} {
		out = append(out, Setting{"licence_factors." + hosting, factorList(p.LicenceFactors[hosting])})
	}
	return append(out,
		Setting{"peak_billing", pick(p.PeakFullPeriod, "full-period", "prorated")},
		Setting{"growth", p.Growth[0].Percent() + ", " + p.Growth[1].Percent()},
		Setting{"severity.high", p.Severity.High.Percent()},
		Setting{"severity.medium", p.Severity.Medium.Percent()},
		Setting{"severity.urgent_days", strconv.Itoa(p.Severity.UrgentDays)},
		Setting{"user_counts_max_age_days", strconv.Itoa(p.UserCountsMaxAge)},
		Setting{"max_rejected", p.MaxRejected.Percent()},
		Setting{"max_removals", none(p.MaxRemovals, "none")},
		Setting{"keep_cycle", yesNo(p.KeepCycle)},
		Setting{"no_quotes", yesNo(p.NoQuotes)},
		Setting{"print_owners", yesNo(p.PrintOwners)},
		Setting{"keep_runs", none(p.KeepRuns, "all")},
	)
}

func factorList(factors map[string]money.Exact) string {
	var out []string
	for _, kind := range sortedKeys(factors) {
		out = append(out, kind+" "+factors[kind].Decimal(0))
	}
	return strings.Join(out, ", ")
}
