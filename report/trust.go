package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// TrustTitle is the section of the PDF that says what the figures rest on.
const TrustTitle = "What the figures rest on"

// The columns of numbers of users.
var (
	countProduct = Col[*audit.Headcount]{ID: "product", Title: "Users of", Width: 34, Wrap: true,
		Show: func(h *audit.Headcount) Cell { return T(estate.On(h.Name, h.Site)) }}
	countUsers = Col[*audit.Headcount]{ID: "users", Title: "Users", Kind: Count, Width: 9, Note: "what the figures are computed with",
		Show: func(h *audit.Headcount) Cell { return OptN(h.Users) }}
	countCounted = Col[*audit.Headcount]{ID: "counted", Title: "Counted", Kind: Count, Width: 9, Note: "what the source itself says",
		Show: func(h *audit.Headcount) Cell { return OptN(h.Counted) }}
	countFrom = Col[*audit.Headcount]{ID: "from", Title: "Source", Width: 18, Show: func(h *audit.Headcount) Cell { return W(h.From) }}
	countDay  = Col[*audit.Headcount]{ID: "day", Title: "Day", Kind: Date, Width: 12, Note: "on which that was true",
		Show: func(h *audit.Headcount) Cell { return countedOn(h) }}
	countOthers = Col[*audit.Headcount]{ID: "others", Title: "Also known", Width: 40, Wrap: true, Show: func(h *audit.Headcount) Cell { return T(alsoKnown(h)) }}
	countState  = Col[*audit.Headcount]{ID: "state", Title: "State", Width: 16, Show: func(h *audit.Headcount) Cell { return T(carries(h)) }}
	countSource = Col[*audit.Headcount]{ID: "source", Title: "Row", Width: 28, Aside: true, Show: func(h *audit.Headcount) Cell { return T(h.Source.String()) }}
)

// countedOn shows the day of a count; what nobody has counted has none.
func countedOn(h *audit.Headcount) Cell {
	if h.From == seats.FromLicensed || h.From == seats.NotKnown {
		return T("")
	}
	return D(h.Day)
}

func alsoKnown(h *audit.Headcount) string {
	var out []string
	for _, f := range h.Others {
		text := fmt.Sprintf("%s by %s", money.Count(f.Users), Label(f.From))
		if !f.Day.IsZero() {
			text += " of " + f.Day.String()
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// Carries says how far a number of users carries, of which day it is and what
// else is known of it.
func Carries(h *audit.Headcount) string {
	text := carries(h)
	if day := countedOn(h); day.Kind == Date {
		text += ", of " + cmp.Or(day.Date.String(), "an unknown day")
	}
	if h.Counted != nil && *h.Counted != *h.Users {
		text += ", computed with " + money.Count(*h.Users)
	}
	if also := alsoKnown(h); also != "" {
		text += ", also known: " + also
	}
	return text
}

// carries says how far a number of users carries.
func carries(h *audit.Headcount) string {
	if h.State == nil {
		return "not paid for"
	}
	return h.State.String()
}

// headcounts lists the numbers of users, the least certain first.
func headcounts(r *audit.Result) []*audit.Headcount {
	out := slices.Collect(each(r.Trust.Counts))
	slices.SortStableFunc(out, func(a, b *audit.Headcount) int { return cmp.Compare(urgency(a), urgency(b)) })
	return out
}

func urgency(h *audit.Headcount) int {
	if h.State == nil {
		return 4
	}
	return [...]int{plan.Held: 0, plan.Unknown: 1, plan.Assumed: 2, plan.Weighed: 3}[*h.State]
}

func countsOf(r *audit.Result, columns ...Col[*audit.Headcount]) TableOf[*audit.Headcount] {
	return TableOf[*audit.Headcount]{Title: "Numbers of users", Empty: "No product is known.", Rows: slices.Values(headcounts(r)), Columns: columns}
}

// openRow is one obstacle with its bundle, first where it is the first of it.
type openRow struct {
	*audit.Open
	*audit.Obstacle
	first bool
}

// The columns of what is not weighed.
var (
	openTitle = Col[openRow]{ID: "title", Title: "Not weighed", Width: 34, Wrap: true, Show: func(o openRow) Cell { return T(o.Title) }}
	openState = Col[openRow]{ID: "state", Title: "State", Width: 16, Show: func(o openRow) Cell { return W(o.State) }}
	openWhy   = Col[openRow]{ID: "reason", Title: "Why", Width: 70, Wrap: true,
		Show: func(o openRow) Cell { return T(ObstacleWords(o.Obstacle)) }}
	openBecause = Col[openRow]{ID: "because", Title: "Because", Width: 70, Wrap: true,
		Show: func(o openRow) Cell { return T(obstacleText(o.Obstacle, o.Reason.Text)) }}
	openRemedy = Col[openRow]{ID: "remedy", Title: "What would make it count", Width: 50, Wrap: true, Show: func(o openRow) Cell { return T(Remedy(o.Obstacle)) }}
	openLift   = Col[openRow]{ID: "lift", Title: "Line for audit.yaml", Width: 60, Wrap: true, Show: func(o openRow) Cell { return T(o.Lift) }}
	openAmount = Col[openRow]{ID: "not_claimed", Title: "Not claimed: up to", Kind: Money, Width: 24, Wrap: true,
		Note: "what a held bundle would save if its sources were right; in no total", Show: openClaim}
)

// openClaim shows what is not claimed beside the first obstacle of a bundle.
func openClaim(o openRow) Cell {
	switch {
	case !o.first || o.Subscriptions.Held == 0:
		return T("")
	case o.NotClaimed.Known() && o.NotClaimed.Sign() <= 0:
		return T(notClaimed(o.Open))
	}
	return M(o.NotClaimed)
}

func openRows(r *audit.Result) []openRow {
	var out []openRow
	for o := range each(r.Trust.Open) {
		for x := range each(o.Obstacles) {
			out = append(out, openRow{o, x, len(out) == 0 || out[len(out)-1].Open != o})
		}
	}
	return out
}

func openTable(r *audit.Result, columns ...Col[openRow]) Table {
	return TableOf[openRow]{Title: "Not weighed", Empty: "Everything is weighed.", Rows: slices.Values(openRows(r)), Columns: columns}.Table()
}

func trustSheet(r *audit.Result) Sheet {
	from := newLineCells(r)
	of := func(h *audit.Headcount) string { return from.product(h.Site, h.Product) }
	return Sheet{
		Name: "Trust", Grain: "One row per product and site: the number of users its figures rest on, the least certain first",
		Lead: []string{weighedSentence(r)},
		Table: countsOf(r, subscriptionNo(from, of), countProduct, lookedUpIn(from, of, countUsers, lineUsers), lookedUpIn(from, of, countCounted, lineUsers),
			countFrom, countDay, countOthers, countState.Marked(stateMarks()...), countSource).FoldedAway().Table(),
	}
}

// openSheet says what is not weighed, and what would settle it.
func openSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Not weighed", Grain: "What keeps a subscription from being weighed, the line of audit.yaml that would settle it, and what the states mean",
		Lead: []string{weighedSentence(r)},
		Blocks: []Table{
			openTable(r, openTitle, openState.Wide(18).Marked(stateMarks()...), openAmount.Wide(20), openWhy.Wide(60), openRemedy.Wide(44), openLift.Wide(40)),
			sitesTable(r, siteSubscribed, siteExported, siteTaken, siteLine),
			pairs("The states", statePairs()...),
		},
	}
}

// stateMarks are the tones of the states that claim less than others.
func stateMarks() []Mark {
	return []Mark{{F("{}={}", Here(""), Word(plan.Unknown.String())), Alarm}, {F("{}={}", Here(""), Word(plan.Held.String())), Watch}}
}

// stateWords explain the states.
var stateWords = []struct {
	state plan.State
	means string
}{
	{plan.Weighed, "its costs are known and its users counted: the plan decides tiers, cycle, quotes and removals"},
	{plan.Assumed, "nobody has counted its users lately, so the number paid for or an older one stands in: tiers, cycle and quotes are decided, " +
		"nobody is removed"},
	{plan.Held, "a count it rests on is in doubt: it stays as it is, and what it might save is not claimed"},
	{plan.Unknown, "its cost is not known, so it is in no total"},
}

func statePairs() []pair {
	var out []pair
	for _, w := range stateWords {
		out = append(out, pair{w.state.String(), w.means})
	}
	return out
}

func trustSection(r *audit.Result) Section {
	s := Section{Title: TrustTitle, Lead: []string{weighedSentence(r)}}
	s.Lead = append(s.Lead, shortCounts(r)...)
	if open := openCounts(r); len(open) > 0 {
		s.Tables = append(s.Tables, countsOnPaper(open))
	}
	if len(r.Trust.Sites) > 0 {
		s.Tables = append(s.Tables, sitesTable(r, siteSubscribed, siteExported, siteTaken))
	}
	if len(r.Trust.Open) > 0 {
		columns := []Col[openRow]{openTitle.Paper(24), openState.Paper(10), openBecause, openRemedy.Paper(40)}
		if slices.ContainsFunc(r.Trust.Open, func(o audit.Open) bool { return o.Subscriptions.Held > 0 }) {
			columns = append(columns, openAmount.Paper(18))
		}
		s.Tables = append(s.Tables, openTable(r, columns...))
	}
	return s
}

// openCounts are the numbers of users that are not weighed, or that something
// else speaks against.
func openCounts(r *audit.Result) []*audit.Headcount {
	return slices.DeleteFunc(headcounts(r), func(h *audit.Headcount) bool {
		return (h.State == nil || *h.State == plan.Weighed) && len(h.Others) == 0
	})
}

func countsOnPaper(open []*audit.Headcount) Table {
	columns := []Col[*audit.Headcount]{countProduct.Paper(32), countUsers.Paper(9), countFrom.Paper(16), countDay.Paper(12), countOthers.Paper(40),
		countState.Paper(12)}
	if slices.ContainsFunc(open, func(h *audit.Headcount) bool { return h.Counted != nil && *h.Counted != *cmp.Or(h.Users, h.Counted) }) {
		columns = slices.Insert(columns, 2, countCounted.Paper(9)) // the source says otherwise
	}
	return TableOf[*audit.Headcount]{Title: "Numbers of users that are in doubt or known otherwise", Rows: slices.Values(open), Columns: columns}.Folded().Table()
}
