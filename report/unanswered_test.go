package report

import (
	"slices"
	"testing"

	"tierline/audit"
	"tierline/rules"
)

// TestUnanswered: questions that lack the same inputs are one row with what would
// answer them; those about things the organisation has not are counted in the note.
func TestUnanswered(t *testing.T) {
	ran := audit.RuleStatus{Title: "who left", Status: audit.Ran}
	idle := audit.RuleStatus{Title: "who is idle", Status: audit.Skipped, Missing: []audit.Need{audit.NeedAccess, audit.NeedLastSeen}}
	unused := audit.RuleStatus{Title: "what nobody uses", Status: audit.Skipped, Missing: []audit.Need{audit.NeedAccess, audit.NeedLastSeen}}
	late := audit.RuleStatus{Title: "which quotes are late", Status: audit.Skipped, Missing: []audit.Need{audit.NeedLastSeen, audit.NeedQuotes}}
	failed := audit.RuleStatus{Title: "which seats are double", Status: audit.Errored}
	server := audit.RuleStatus{Title: "what ends", Status: audit.Skipped, Missing: []audit.Need{audit.NeedDataCenter}}
	twice := audit.RuleStatus{Title: "what is paid for twice", Status: audit.Skipped, Missing: []audit.Need{audit.NeedPrices, audit.NeedTwoSites}}
	for _, c := range []struct {
		name  string
		rules []audit.RuleStatus
		note  string
		rows  [][2]string
	}{
		{"all answered", []audit.RuleStatus{ran, ran}, "2 of 2 questions were answered; the workbook lists them under Method.", nil},
		{"inputs", []audit.RuleStatus{ran, idle, late, unused}, "1 of 4 questions were answered; the workbook lists them under Method.", [][2]string{
			{"Who is idle; what nobody uses", "An export of users with access and last use"},
			{"Which quotes are late", "An export of users that says when each was last seen and quotes of vendors (quotes.csv)"},
		}},
		{"a failure", []audit.RuleStatus{ran, failed}, "1 of 2 questions were answered; the workbook lists them under Method.", [][2]string{
			{"Which seats are double", "Nothing you can give: the check itself failed. The workbook says how, under Method."},
		}},
		{"no such things", []audit.RuleStatus{twice, ran, server}, "1 of 3 questions were answered; the workbook lists them under Method. " +
			"2 questions had nothing to look at: there is no Data Center subscription and nothing that is paid for on two Cloud sites.", nil},
	} {
		table := unanswered(&audit.Result{Rules: c.rules})
		if table.Note != c.note {
			t.Errorf("%s: note %q", c.name, table.Note)
		}
		var got [][2]string
		for row := range table.Rows {
			got = append(got, [2]string{row[0].Text, row[1].Text})
		}
		if !slices.Equal(got, c.rows) {
			t.Errorf("%s: rows %q", c.name, got)
		}
	}
}

// Whatever a rule may lack has words for finance: a file that would answer its
// question, or the thing the organisation does not have.
func TestEveryNeedHasWords(t *testing.T) {
	for _, r := range rules.All() {
		for _, need := range r.Needs {
			if answers[need] == "" && absentThings[need] == "" {
				t.Errorf("the rule %s may lack %q, for which finance has no words", r.ID, need)
			}
		}
	}
}
