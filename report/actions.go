package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// actionRow is an action with the plan whose other actions it names.
type actionRow struct {
	*audit.Action
	plan *audit.Plan
}

func actionRows(r *audit.Result) iter.Seq[actionRow] {
	return rows(r.Plan.Actions, func(a *audit.Action) actionRow { return actionRow{a, &r.Plan} })
}

// Worth is the id of the column that says what an action is worth.
const Worth = "amount"

// The columns of actions.
var (
	actionNumber   = Col[actionRow]{ID: "number", Title: "No", Kind: Count, Width: 6, Show: func(a actionRow) Cell { return N(a.Number) }}
	actionDeadline = Col[actionRow]{ID: "deadline", Title: "Deadline", Kind: Date, Width: 12, Note: "the last day to act",
		Show: func(a actionRow) Cell { return D(a.Deadline) }}
	actionTitle  = Col[actionRow]{ID: "title", Title: "Action", Width: 44, Wrap: true, Show: func(a actionRow) Cell { return T(a.Title) }}
	actionDetail = Col[actionRow]{ID: "detail", Title: "Detail", Width: 60, Wrap: true, Show: func(a actionRow) Cell { return T(a.Detail) }}
	actionSite   = Col[actionRow]{ID: "site", Title: "Site", Width: 14, Wrap: true, Show: func(a actionRow) Cell { return place(a.Site) }}
	actionStep   = Col[actionRow]{ID: "step", Title: "Step of the bridge", Width: 16, Wrap: true, Show: func(a actionRow) Cell { return T(stepsOf(a)) }}
	actionClass  = Col[actionRow]{ID: "class", Title: "Class", Width: 13, Show: func(a actionRow) Cell { return T(classTitle(a.Class)) }}
	actionWorth  = Col[actionRow]{ID: Worth, Title: "Worth", Kind: Money, Width: 17, Note: "less cost in the coming term",
		Show: func(a actionRow) Cell { return M(a.Amount) }}
	actionSeats  = Col[actionRow]{ID: "seats", Title: "Seats", Kind: Count, Width: 8, Show: func(a actionRow) Cell { return N(a.Seats) }}
	actionPeople = Col[actionRow]{ID: "people", Title: "People", Kind: Count, Width: 8, Note: "people whose access changes",
		Show: func(a actionRow) Cell { return N(a.People) }}
	actionConfidence = Col[actionRow]{ID: "confidence", Title: "How sure", Width: 10, Show: func(a actionRow) Cell { return T(string(a.Confidence)) }}
	actionOwner      = Col[actionRow]{ID: "owner", Title: "Owner", Width: 18, Wrap: true, Note: "of the subscriptions it changes",
		Show: func(a actionRow) Cell { return T(a.Owner) }}
	actionReversible = Col[actionRow]{ID: "reversible", Title: "Reversible", Width: 26, Wrap: true, Show: func(a actionRow) Cell { return T(a.Reversible) }}
	actionDependsOn  = Col[actionRow]{ID: "depends_on", Title: "Depends on", Width: 11, Note: "numbers of actions that come first",
		Show: func(a actionRow) Cell { return T(andList(numbers(a.plan, a.DependsOn...))) }}
	actionReplaces = Col[actionRow]{ID: "replaces", Title: "Instead of", Width: 11, Note: "number of the action this one replaces for its subscription",
		Show: func(a actionRow) Cell { return T(andList(numbers(a.plan, a.Replaces))) }}
	actionRules = Col[actionRow]{ID: "rules", Title: "Findings", Width: 22, Wrap: true, Aside: true,
		Show: func(a actionRow) Cell { return T(strings.Join(a.Rules, ", ")) }}
	actionID = Col[actionRow]{ID: "id", Title: "Id", Width: 36, Aside: true, Show: func(a actionRow) Cell { return T(a.ID) }}

	actionWho = Col[actionRow]{ID: "who", Title: "Who, by when", Width: 15, Wrap: true,
		Show: func(a actionRow) Cell { return T(whoBy(whoActs(a), a.Deadline)) }}
	actionInFull = Col[actionRow]{ID: "in_full", Title: "Action in full", Width: 80, Wrap: true,
		Show: func(a actionRow) Cell { return T(inFull(a)) }}
)

// actionsTable is the id of the table of actions, whose rows are named by the
// ids of the actions.
const actionsTable = "actions"

// onePerson is the seats of an action, where it takes one seat from each person it
// touches. Persons with several are counted once, which takes a look at pairs of rows.
func onePerson(a actionRow) Formula {
	if a.Seats != a.People {
		return Formula{}
	}
	return F("{}", Here("seats"))
}

func actionsSheet(r *audit.Result) Sheet {
	to := newLinks(r)
	parts := partColumns(r, newPartFormulas(r, to))
	worth := actionWorth.By(func(actionRow) Formula { return sumOfRow(parts) })
	columns := []Col[actionRow]{actionNumber.LeadingWhere(to.changed), actionDeadline.Marked(soon(r.Run.AsOf)), actionTitle.Wide(40), actionDetail.Wide(52),
		actionSite, actionClass, worth, actionSeats.By(removedSeats(r)).LeadingWhere(peopleOf), actionPeople.By(onePerson), actionConfidence, actionOwner,
		actionReversible.Wide(20), actionDependsOn,
		actionStep.Beside(), actionReplaces.Beside(), actionRules.LeadingWhere(to.reported)}
	return Sheet{
		Name: "Actions", Grain: "One row per action of the plan; their amounts add up to the savings of the summary",
		Table: TableOf[actionRow]{
			ID: actionsTable, Key: actionKey, Title: "Actions", Empty: nothingCheaper(r), Rows: actionRows(r),
			Columns: append(append(columns, parts...), actionID),
		}.FoldedAway().Table(),
	}
}

// peopleOf is where the people begin whom an action removes.
func peopleOf(a actionRow) (Ref, bool) { return At("users", a.ID, ""), a.Seats > 0 }

// removedSeats counts the rows of the sheet Users that an action removes, where these
// are the seats it speaks of.
func removedSeats(r *audit.Result) func(actionRow) Formula {
	listed := sync.OnceValue(func() map[*audit.Action]int { // not before the sheet is written: there may be hundreds of thousands
		out := map[*audit.Action]int{}
		for row := range removedRows(r) {
			out[row.action]++
		}
		return out
	})
	few := lookable(len(r.Plan.Actions), listedSeats(r))
	return func(a actionRow) Formula {
		if !few || a.Seats != listed()[a.Action] {
			return Formula{}
		}
		return countWhere(plainWords, "users", pick{"action", Here("number")})
	}
}

// partColumns are what an action is worth in each step of the bridge but its ends.
func partColumns(r *audit.Result, from partFormulas) []Col[actionRow] {
	var out []Col[actionRow]
	for b := range each(r.Plan.Bridge) {
		if isEnd(b) {
			continue
		}
		step := b.Step
		out = append(out, Col[actionRow]{ID: partID(step), Title: "Part: " + strings.ToLower(b.Title), Kind: Money, Width: 16, Aside: true,
			Show: func(a actionRow) Cell { return partOf(a, step).by(from.of(a, step)) }})
	}
	return out
}

// partID is the id of the column of a step of the bridge.
func partID(step plan.Step) string { return "part_" + string(step) }

// partOf is what an action is worth in a step, blank where it is no part of it.
func partOf(a actionRow, step plan.Step) Cell {
	for _, p := range a.Parts {
		if p.Step == step {
			return M(p.Amount)
		}
	}
	return T("")
}

// sumOfRow adds the cells of some columns in one row up.
func sumOfRow[R any](columns []Col[R]) Formula {
	if len(columns) == 0 {
		return Formula{}
	}
	var parts []Term // each by itself: those that are empty are folded away, and stand apart
	for _, c := range columns {
		parts = append(parts, Here(c.ID))
	}
	return F("SUM("+strings.Repeat(",{}", len(parts))[1:]+")", parts...)
}

// decisions is the short table of the first page. It has no total: hard saving and
// avoidance are never one number, and stand above it.
func decisions(r *audit.Result) Table {
	return TableOf[actionRow]{
		ID: shortActions, Key: actionKey, Title: "Actions to approve", Empty: nothingCheaper(r), Rows: actionRows(r),
		Columns: []Col[actionRow]{actionNumber.Paper(4), actionTitle.Paper(60).Leading(placeInFull), actionDeadline.Paper(12), actionClass.Paper(12),
			actionWorth.Paper(16).Leading(placeOfStaircase)},
	}.Table()
}

// removalsDecided says how many of the seats that the plan removes are decided; none
// where nobody has decided anything.
func removalsDecided(r *audit.Result) []string {
	p := r.Decisions.Planned
	if p == nil || p.Remove+p.Ask == 0 {
		return nil
	}
	return []string{fmt.Sprintf("The plan removes %s. Decided so far: %s to remove; being asked about: %s; open: %s.",
		money.Plural(p.Remove+p.Ask+p.Open, "seat"), money.Count(p.Remove), money.Count(p.Ask), money.Count(p.Open))}
}

func actionsSection(r *audit.Result) Section {
	return Section{Kind: ActionSection, Title: "Actions", Lead: removalsDecided(r), Tables: []Table{TableOf[actionRow]{
		ID: fullActions, Key: actionKey, Empty: nothingCheaper(r), Rows: actionRows(r), Foot: wayBack(r),
		Columns: []Col[actionRow]{actionNumber.Paper(4).Leading(placeOnFirstPage), actionInFull, actionWho,
			actionClass.Paper(11), actionWorth.Paper(14).Leading(placeOfStaircase)},
	}.Folded().Table()}}
}

// wayBack says which actions can be undone, and how: each way once.
func wayBack(r *audit.Result) string {
	var ways []string
	of := map[string][]string{}
	for a := range each(r.Plan.Actions) {
		if of[a.Reversible] == nil {
			ways = append(ways, a.Reversible)
		}
		of[a.Reversible] = append(of[a.Reversible], money.Count(a.Number))
	}
	var out []string
	for _, way := range ways {
		out = append(out, andList(of[way])+": "+way)
	}
	if len(out) == 0 {
		return ""
	}
	return "Whether actions can be undone, by their numbers. " + strings.Join(out, ". ") + "."
}

// whoActs names the role that carries an action out.
func whoActs(a actionRow) string {
	if a.Seats > 0 {
		return licenceManager
	}
	return purchasing
}

// inFull says an action with its detail and with what it has to do with others.
func inFull(a actionRow) string {
	text := a.Title + ". " + a.Detail
	if a.Seats > 0 && a.Seats != a.People {
		text += " It touches " + touches(a) + "."
	}
	if first := numbers(a.plan, a.DependsOn...); len(first) > 0 {
		text += " After " + byNumber(first) + "."
	}
	if instead := numbers(a.plan, a.Replaces); len(instead) > 0 {
		text += " For this subscription it takes the place of " + byNumber(instead) + "."
	}
	return text
}

// touches says how many people notice an action.
func touches(a actionRow) string {
	if a.People == 1 {
		return "1 person"
	}
	return money.Count(a.People) + " people"
}

// stepsOf names the steps of the bridge that an action is part of.
func stepsOf(a actionRow) string {
	var out []string
	for _, p := range a.Parts {
		out = append(out, stepTitle(a.plan, p.Step))
	}
	return strings.Join(out, ", ")
}

// stepTitle returns what the bridge calls a step.
func stepTitle(p *audit.Plan, step plan.Step) string {
	for i := range p.Bridge {
		if p.Bridge[i].Step == step {
			return p.Bridge[i].Title
		}
	}
	return string(step)
}

// byNumber names actions by their numbers.
func byNumber(numbers []string) string {
	if len(numbers) == 1 {
		return "action " + numbers[0]
	}
	return "actions " + andList(numbers)
}

// numbers turns ids of actions into their numbers, in the order of the plan.
func numbers(p *audit.Plan, ids ...string) []string {
	var out []string
	for i := range p.Actions {
		if slices.Contains(ids, p.Actions[i].ID) {
			out = append(out, money.Count(p.Actions[i].Number))
		}
	}
	return out
}
