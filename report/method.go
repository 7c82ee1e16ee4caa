package report

import (
	"slices"

	"tierline/audit"
	"tierline/audit/pricing"
)

// method says in a few sentences how the figures come about; the workbook and
// the PDF print the same words.
var method = []pair{
	{"Amounts", "net of tax, at the prices in the price files, for the coming term of twelve months from each renewal. A planning estimate, not an invoice."},
	{"Seats", "an active account whose access cell says User. An invitation never accepted is a paid seat; " +
		"guests, customers, suspended and deactivated accounts are none."},
	{"Apps", "a linked app is charged for the largest number of users among the products of its host's family on the site, " +
		"on annual billing never for less than the host pays for."},
	{"Prices", "monthly Cloud lists are graduated; annual lists have one price for each tier. " +
		"Where an app has no annual list it follows the rule of the published ones: ten months of the monthly price at the top of the annual tier."},
	{"Rounding", "amounts are exact until a bill is rounded, half up to the smallest unit of its currency; totals are sums of rounded bills."},
	{"As is", "the same cycles and licensed tiers, with planned users, and the prices in force on each bill's day. Current + volume + price changes = as is."},
	{"Plan", "for every product and its apps together: how many candidates to remove, which cycle, which tier or quote. " +
		"The cheapest of all combinations, then the one that touches fewest people. Savings never overlap."},
	{"Bridge", "as is, right-size tiers, clean up, billing cycle, multi-instance, quotes, recommended; " +
		"each step is worked out on top of the ones before it, so the steps add up exactly."},
	{"Paid for once", "an app on several sites is paid for once where that costs less than its sites with their quotes, " +
		"what is prepaid on them counted in. No quote is asked for it then."},
	{"Quotes", "a quote keeps the price before a change if it is made in time and for the licensed tier. " +
		"A smaller tier forfeits it; the plan takes what costs less."},
	{"Unknown", "a subscription without a known price, quantity or renewal date is in no total; it is listed with the reason."},
}

func methodSheet(r *audit.Result) Sheet {
	return Sheet{Name: "Method",
		Grain: "How the figures come about: definitions, rules, settings, and checks of figures that come about in two ways",
		Blocks: []Table{
			pairs("How the figures are computed", method...),
			rulesTable(r, "Rules", ruleID, ruleQuestion, ruleStatus, ruleFindings.By(findingsOfRule(r)), ruleSubjects, ruleClean, ruleRemediation),
			settingsTable(r, "Policy in force", settingName, settingValue, settingSays),
			checksTable(r),
		}}
}

// basisSection says what the figures rest on: input, method, what was not asked and
// which settings are not the usual ones. What readingSection explains is not
// explained again, nor what this audit has none of.
func basisSection(r *audit.Result) Section {
	without := map[string]bool{"Amounts": true, "As is": true, "Unknown": true, "Bridge": true, "Seats": !judgesSeats(r), "Prices": !buysCloud(r),
		"Paid for once": len(r.Combinations) == 0, "Quotes": len(r.Changes) == 0}
	rest := slices.DeleteFunc(slices.Clone(method), func(m pair) bool { return without[m.label] })
	s := Section{Title: "Basis", Tables: []Table{pairs("How the figures are computed", rest...), inputTable(r), unanswered(r)}}
	if sentence, changed := settingsOnPaper(r); len(changed) > 0 {
		s.Tables = append(s.Tables, changedSettings(sentence, changed))
	} else {
		s.Lead = []string{sentence}
	}
	if len(r.Coverage.Foreign) > 0 {
		s.Tables = append([]Table{foreignTable(r, foreignRate.Paper(60))}, s.Tables...)
	}
	return s
}

// judgesSeats reports whether an export says who holds a seat.
func judgesSeats(r *audit.Result) bool {
	return slices.ContainsFunc(r.Seats, func(p audit.ProductSeats) bool { return len(p.Classes) > 0 })
}

// buysCloud reports whether a subscription is one of Cloud.
func buysCloud(r *audit.Result) bool {
	return slices.ContainsFunc(r.Lines, func(l audit.Line) bool { return l.Hosting == pricing.Cloud })
}
