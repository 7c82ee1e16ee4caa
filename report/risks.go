package report

import (
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// riskRow is something that may go wrong, with who acts on it.
type riskRow struct {
	what   string
	amount money.Amount // unknown where nobody puts a figure on it
	by     date.Date
	who    string
	todo   string
}

// The columns of risks.
var (
	riskWhat   = Col[riskRow]{ID: "what", Title: "Risk", Width: 50, Wrap: true, Show: func(x riskRow) Cell { return T(x.what) }}
	riskAmount = Col[riskRow]{ID: "amount", Title: "Amount", Kind: Money, Width: 15, Show: func(x riskRow) Cell {
		if !x.amount.Known() {
			return T("not known")
		}
		return M(x.amount)
	}}
	riskWho  = Col[riskRow]{ID: "who", Title: "Who, by when", Width: 15, Wrap: true, Show: func(x riskRow) Cell { return T(whoBy(x.who, x.by)) }}
	riskToDo = Col[riskRow]{ID: "todo", Title: "What to do", Width: 44, Wrap: true, Show: func(x riskRow) Cell { return T(x.todo) }}
)

// risksTitle is the section of the PDF with all risks.
const risksTitle = "Risks and findings"

// risksMost is how many risks the PDF lists; the workbook has all.
const risksMost = 25

// risksSection lists what may go wrong and no action of the plan answers (METHOD 24.3).
func risksSection(r *audit.Result) Section {
	held := heldRisks(r)
	rows := slices.Concat(held, openRisks(r))
	order := ""
	switch {
	case len(held) > 0:
		order = "What is held or not known comes first, then the most severe. "
	case len(rows) > 1:
		order = "The most severe come first. "
	}
	s := Section{Title: risksTitle, Lead: []string{order + "What an action of the plan answers stands with that action."}}
	if more := len(rows) - risksMost; more > 0 {
		rows = rows[:risksMost]
		where := "Findings"
		if len(held) > risksMost {
			where = "Not weighed and Findings"
		}
		s.Lead = append(s.Lead, "The workbook lists "+money.Plural(more, "further one")+" under "+where+".")
	}
	s.Tables = []Table{TableOf[riskRow]{Empty: "No other risk was found.", Rows: slices.Values(rows), Foot: notKnown(r),
		Columns: []Col[riskRow]{riskWhat, riskToDo, riskWho, riskAmount}}.Folded().Table()}
	return s
}

// ruleKinds returns the kind of each rule, by its id.
func ruleKinds(r *audit.Result) map[string]audit.Kind {
	kinds := map[string]audit.Kind{}
	for s := range each(r.Rules) {
		kinds[s.ID] = s.Kind
	}
	return kinds
}

// risks lists the findings that are risks, the most severe first. What an
// exception marks is none, nor is a remark.
func risks(r *audit.Result) []*audit.Finding {
	kinds := ruleKinds(r)
	var out []*audit.Finding
	for f := range each(r.Findings) {
		if kinds[f.Rule] == audit.Risk && f.Severity > audit.Info && f.Excepted == (diag.Source{}) {
			out = append(out, f)
		}
	}
	return out
}

// ownSection are the rules whose findings have a section of the PDF to themselves.
var ownSection = []string{"price-increase", "renewal-window"}

// openRisks lists the risks that no action of the plan answers.
func openRisks(r *audit.Result) []riskRow {
	who := map[string]string{}
	for s := range each(r.Rules) {
		who[s.ID] = roleOf(s.Category)
	}
	var out []riskRow
	for _, f := range risks(r) {
		if !f.Counted && !slices.Contains(ownSection, f.Rule) && !isRemark(f) {
			out = append(out, riskRow{f.Title, f.Amount, f.By, who[f.Rule], f.Action})
		}
	}
	return out
}

// isRemark reports whether a finding says only that something is not known.
func isRemark(f *audit.Finding) bool { return !f.Amount.Known() && f.By.IsZero() }

// heldRisks lists the bundles for which nothing is decided or whose cost is not
// known, each with what it might save and until its first renewal.
func heldRisks(r *audit.Result) []riskRow {
	first := map[string]date.Date{}
	for l := range each(r.Lines) {
		if day, ok := first[l.Bundle]; !l.Renewal.IsZero() && (!ok || l.Renewal.Before(day)) {
			first[l.Bundle] = l.Renewal
		}
	}
	var out []riskRow
	for o := range each(r.Trust.Open) {
		if o.Subscriptions.Held+o.Subscriptions.Unknown > 0 {
			out = append(out, riskRow{OpenWords(o), o.NotClaimed, first[o.Bundle], licenceManager, upper(strings.Join(remedies(o), "; ")) + "."})
		}
	}
	return out
}

// notKnown says which risks could not be looked for, in one sentence.
func notKnown(r *audit.Result) string {
	kinds := ruleKinds(r)
	var out []string
	for f := range each(r.Findings) {
		if kinds[f.Rule] == audit.Risk && isRemark(f) && f.Subject == organisation {
			out = append(out, strings.ToLower(f.Title[:1])+f.Title[1:])
		}
	}
	if len(out) == 0 {
		return ""
	}
	return upper(strings.Join(out, "; ")) + "."
}

// organisation is the subject of a finding on no site in particular.
const organisation = "organisation"

// roleOf names who acts on the findings of a category.
func roleOf(c audit.Category) string {
	switch c {
	case audit.CategoryApps:
		return appOwner
	case audit.CategoryPrices, audit.CategoryTerms:
		return purchasing
	}
	return licenceManager
}

// biggestRisk returns the most severe risk, nil for none.
func biggestRisk(r *audit.Result) *audit.Finding {
	if list := risks(r); len(list) > 0 {
		return list[0]
	}
	return nil
}

// whoBy says who acts and until when. The day stays on one line.
func whoBy(who string, day date.Date) string {
	if day.IsZero() {
		return who + ", no\u00A0date"
	}
	return who + " by\u00A0" + strings.ReplaceAll(day.Short(), " ", "\u00A0")
}

// dayOrNone shows a day, in words where none is set.
func dayOrNone(d date.Date) Cell {
	if d.IsZero() {
		return T("no date")
	}
	return D(d)
}
