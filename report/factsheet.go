package report

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
)

// fact is a figure of the audit under a name that stays from run to run.
type fact struct {
	key   string
	value Cell
}

// The columns of facts.
var (
	factKey   = Col[fact]{ID: "key", Title: "Key", Width: 70, Show: func(f fact) Cell { return T(f.key) }}
	factValue = Col[fact]{ID: "value", Title: "Value", Kind: Mixed, Width: 34, Show: func(f fact) Cell { return f.value }}
)

// factsID is the id of the table of facts.
const factsID = "facts"

// The facts that formulas of other sheets refer to.
const (
	factAsOf    = "run/as of"
	factGrowth1 = "policy/growth, the lower"
	factGrowth2 = "policy/growth, the higher"
)

// asOfCell is the day of the audit.
var asOfCell = At(factsID, factAsOf, "value")

// factNamed names the rows that other sheets refer to.
func factNamed(f fact) string {
	if slices.Contains([]string{factAsOf, factGrowth1, factGrowth2}, f.key) {
		return f.key
	}
	return ""
}

// factsSheet lists every figure by its key, for look-ups and for comparing two
// workbooks row by row. What is not known has its row too.
func factsSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Facts", Grain: "One row per figure, sorted by its key; a figure that is not known has its row too",
		Table: TableOf[fact]{ID: factsID, Title: "Facts", Rows: slices.Values(factsOf(r)), Key: factNamed, Columns: []Col[fact]{factKey, factValue}}.Table(),
	}
}

func factsOf(r *audit.Result) []fact {
	out := slices.Concat(runFacts(r), planFacts(&r.Plan), seatFacts(r.Seats), lineFacts(r))
	slices.SortStableFunc(out, func(a, b fact) int { return cmp.Compare(a.key, b.key) })
	return out
}

// runFacts are what the audit was of, and how much of it is weighed.
func runFacts(r *audit.Result) []fact {
	s := &r.Trust.Subscriptions
	return []fact{
		{factAsOf, D(r.Run.AsOf)}, {factGrowth1, P(r.Run.Policy.Growth[0])}, {factGrowth2, P(r.Run.Policy.Growth[1])},
		{"run/complete", T(yesNo(r.Run.Complete))}, {"run/currency", T(string(r.Run.Currency))},
		{"run/digest", T(r.Run.Digest)}, {"run/organisation", T(r.Run.Organisation)}, {"run/program", T(r.Run.Tool + " " + r.Run.Version)},
		{"subscriptions/active", rowsOf(s.Active, len(r.Lines), subscriptionsTable, "number")},
		{"subscriptions/weighed", N(s.Weighed)}, {"subscriptions/assumed", N(s.Assumed)},
		{"subscriptions/held", N(s.Held)}, {"subscriptions/unknown", N(s.Unknown)}, {"subscriptions/in the totals", countedLines(r)},
		{"findings", rowsOf(len(r.Findings), len(r.Findings), findingsTable, "rule")},
		{"deadlines", rowsOf(len(r.Deadlines), len(r.Deadlines), deadlinesTable, "date")},
		{"remarks on the input", rowsOf(len(r.Diagnostics), len(r.Diagnostics), remarksTable, "level")},
	}
}

// rowsOf is a figure that counts the rows of a table, where it does.
func rowsOf(n, rows int, table, column string) Cell {
	if n != rows {
		return N(n)
	}
	return N(n).By("ROWS({})", Data(table, column))
}

// countedLines is how many subscriptions are in the totals.
func countedLines(r *audit.Result) Cell {
	n := 0
	for l := range each(r.Lines) {
		if l.Counted {
			n++
		}
	}
	if n != r.Coverage.Counted {
		return N(r.Coverage.Counted)
	}
	return N(n).by(countWhere(plainWords, subscriptionsTable, inTotal))
}

// planFacts are the totals, the bridge and the scenarios.
func planFacts(p *audit.Plan) []fact {
	out := []fact{{"plan/actions", rowsOf(len(p.Actions), len(p.Actions), actionsTable, "number")}}
	for _, t := range totals(p) {
		out = append(out, fact{"plan/" + spaced(t.id), M(t.amount).By("{}", totalCell(t.id))})
	}
	for b := range each(p.Bridge) {
		out = append(out, fact{"bridge/" + spaced(string(b.Step)), M(b.Amount).By("{}", At(bridgeID, string(b.Step), "amount"))})
	}
	for s := range each(p.Scenarios) {
		out = append(out, fact{"scenario/" + spaced(string(s.ID)), M(s.Amount).By("{}", At(scenariosID, string(s.ID), "amount"))})
	}
	return out
}

// seatFacts are the users of each product, by class where they are judged.
func seatFacts(products []audit.ProductSeats) []fact {
	var out []fact
	for p := range each(products) {
		at := "users/" + estate.SiteTitle(p.Site) + "/" + p.Product + "/"
		out = append(out, fact{at + "all", OptN(p.Users).by(countedUsers(p))}, fact{at + "to review", judged(p, p.Candidates).by(countedReviews(p))})
		for _, c := range p.Classes {
			out = append(out, fact{at + Label(c.Label), N(c.Count).by(ofCounts(p, c.Label.String()))})
		}
	}
	return out
}

// figuresOfLines are the columns of subscriptions whose figures are facts.
var figuresOfLines = []struct {
	key string
	of  Col[*audit.Line]
}{
	{"renewal", lineRenewal}, {"users", lineUsers}, {"billed for", lineBilled}, {"current", lineCurrent}, {"volume", lineVolume},
	{"price changes", lineChanges}, {"as is", lineAsIs}, {"recommended", lineRecommended}, {"hard saving", lineHardSaving}, {"avoidance", lineAvoidance},
}

// lineFacts are the figures of each subscription, as its row has them.
func lineFacts(r *audit.Result) []fact {
	var out []fact
	from := newLineCells(r)
	for l := range each(r.Lines) {
		at := "subscription/" + l.ID + "/"
		out = append(out, fact{at + "cycle", W(l.Cycle)}, fact{at + "state", W(l.State)},
			fact{at + "licensed", from.shownOf(OptN(l.Licensed), l.ID, lineLicensed)})
		for _, f := range figuresOfLines {
			out = append(out, fact{at + f.key, from.shownOf(f.of.Show(l), l.ID, f.of)})
		}
	}
	return out
}

// spaced writes the key of a step or scenario as words.
func spaced(key string) string { return strings.ReplaceAll(key, "_", " ") }
