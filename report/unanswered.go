package report

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
)

// gap is questions that lack the same inputs.
type gap struct {
	missing   []audit.Need
	questions []string
}

// The columns of what was not looked at.
var (
	gapQuestions = Col[gap]{ID: "questions", Title: "Not looked at", Width: 60, Wrap: true,
		Show: func(g gap) Cell { return T(upper(strings.Join(g.questions, "; "))) }}
	gapAnswer = Col[gap]{ID: "answer", Title: "What would answer it", Width: 56, Wrap: true,
		Show: func(g gap) Cell { return T(upper(g.answer())) }}
)

// unanswered says what was not looked at for want of an input, and which input
// would answer it. Questions about what the organisation does not have are only
// counted.
func unanswered(r *audit.Result) Table {
	var gaps []gap
	var idle []string
	asked := 0
	for s := range each(r.Rules) {
		switch thing := s.Thing(); {
		case s.Status == audit.Ran:
			asked++
		case thing != "":
			idle = append(idle, cmp.Or(absentThings[thing], "nothing like "+string(thing)))
		default:
			gaps = withQuestion(gaps, s)
		}
	}
	note := money.Count(asked) + " of " + money.Plural(len(r.Rules), "question") + " were answered; the workbook lists them under Method."
	if n := len(idle); n > 0 {
		slices.Sort(idle)
		note += " " + upper(money.Plural(n, "question")) + " had nothing to look at: there is " + andList(slices.Compact(idle)) + "."
	}
	return TableOf[gap]{Title: "What was not looked at", Note: note, Empty: "Nothing else was left open.", Rows: slices.Values(gaps),
		Columns: []Col[gap]{gapQuestions, gapAnswer}}.Table()
}

// withQuestion adds the question of a rule to those that lack the same.
func withQuestion(gaps []gap, s *audit.RuleStatus) []gap {
	for i := range gaps {
		if slices.Equal(gaps[i].missing, s.Missing) {
			gaps[i].questions = append(gaps[i].questions, s.Title)
			return gaps
		}
	}
	return append(gaps, gap{s.Missing, []string{s.Title}})
}

// absentThings say of the needs that no file meets what there is not.
var absentThings = map[audit.Need]string{
	audit.NeedDataCenter: "no Data Center subscription",
	audit.NeedTwoSites:   "nothing that is paid for on two Cloud sites",
}

// answers say which inputs meet a need, for those who do not know the tables.
var answers = map[audit.Need]string{
	audit.NeedAccess:       "an export of users that says who has access to what",
	audit.NeedLastSeen:     "an export of users that says when each was last seen",
	audit.NeedPrices:       "prices of the subscriptions (prices.csv)",
	audit.NeedPriceChanges: "announced price changes (price_changes.csv)",
	audit.NeedUserCounts:   "numbers of users day by day (user_counts.csv)",
	audit.NeedQuotes:       "quotes of vendors (quotes.csv)",
	audit.NeedInvoices:     "invoices (invoices.csv)",
	audit.NeedWorkload:     "open and recent work by person (workload.csv)",
	audit.NeedPeople:       "roles of people (people.csv)",
	audit.NeedApps:         "facts about the apps in use (apps.csv)",
	audit.NeedAppUsage:     "numbers of users who used an app (app_usage.csv)",
}

// answer names the inputs that would answer the questions. A question that was
// asked and lacks no input failed.
func (g gap) answer() string {
	if len(g.missing) == 0 {
		return "nothing you can give: the check itself failed. The workbook says how, under Method."
	}
	var out []string
	both := slices.Contains(g.missing, audit.NeedAccess) && slices.Contains(g.missing, audit.NeedLastSeen)
	if both {
		out = append(out, "an export of users with access and last use")
	}
	for _, need := range g.missing {
		if both && (need == audit.NeedAccess || need == audit.NeedLastSeen) {
			continue
		}
		out = append(out, cmp.Or(answers[need], string(need)))
	}
	return andList(out)
}
