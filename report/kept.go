package report

import (
	"fmt"
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/history"
)

// The columns of what earlier plans promised and what came of it.
var (
	promiseTitle = Col[*history.Promise]{ID: "title", Title: "Action of earlier plans", Width: 46, Wrap: true,
		Show: func(p *history.Promise) Cell { return T(p.Title) }}
	promiseOn = Col[*history.Promise]{ID: "promised_on", Title: "First promised", Kind: Date, Width: 13,
		Show: func(p *history.Promise) Cell { return D(p.On) }}
	promiseBy = Col[*history.Promise]{ID: "deadline", Title: "Deadline", Kind: Date, Width: 12,
		Show: func(p *history.Promise) Cell { return dateOrBlank(p.Deadline) }}
	promiseYear = Col[*history.Promise]{ID: "year", Title: "Bills of", Kind: Count, Width: 8,
		Show: func(p *history.Promise) Cell { return T(fmt.Sprint(p.Year)) }}
	promiseClass = Col[*history.Promise]{ID: "class", Title: "Class", Width: 13, Show: func(p *history.Promise) Cell { return T(promiseKind(p)) }}
	promiseState = Col[*history.Promise]{ID: "state", Title: "What became of it", Width: 12, Show: func(p *history.Promise) Cell { return T(string(p.State)) }}
	promiseAll   = Col[*history.Promise]{ID: "promised", Title: "Promised", Kind: Money, Width: 15, Note: "of all bills of the year",
		Show: func(p *history.Promise) Cell { return M(p.Promised) }}
	promiseDue = Col[*history.Promise]{ID: "due", Title: "Of it due", Kind: Money, Width: 15, Note: "of the bills that have fallen due",
		Show: func(p *history.Promise) Cell { return M(p.Due) }}
	promiseCame = Col[*history.Promise]{ID: "came", Title: "Came", Kind: Money, Width: 15,
		Note: "what these bills cost less than without the action, at the list of their day",
		Show: func(p *history.Promise) Cell { return M(p.Came) }}
	promiseSeats = Col[*history.Promise]{ID: "seats", Title: "Seats to remove", Kind: Count, Width: 10,
		Show: func(p *history.Promise) Cell { return N(p.Seats) }}
	promiseGone   = Col[*history.Promise]{ID: "gone", Title: "Of them gone", Kind: Count, Width: 10, Show: func(p *history.Promise) Cell { return N(p.Gone) }}
	promisePrices = Col[*history.Promise]{ID: "price_rises", Title: "Beside it: price rises", Kind: Money, Width: 15,
		Note: "what lists rose by since the promise, for what is paid for now; in no other figure", Show: func(p *history.Promise) Cell { return M(p.Prices) }}
	promiseJoined = Col[*history.Promise]{ID: "joined", Title: "Beside it: people joined", Kind: Count, Width: 11,
		Show: func(p *history.Promise) Cell { return N(p.Joined) }}
	promisePeople = Col[*history.Promise]{ID: "people", Title: "What they cost", Kind: Money, Width: 15, Note: "in no other figure",
		Show: func(p *history.Promise) Cell { return M(p.People) }}
)

// keptSheet lists every promise of this year and the one before.
func keptSheet(r *audit.Result) Sheet {
	return Sheet{Name: "Promised and kept", Grain: "One row per action of earlier plans and year of its bills: what was promised, what came",
		Lead: keptLead(r),
		Table: TableOf[*history.Promise]{Title: "Promised and kept", Empty: "No earlier plan promised anything of a bill of these years.",
			Rows: each(r.History.Kept.Promises),
			Columns: []Col[*history.Promise]{promiseTitle, promiseYear, promiseClass, promiseState, promiseOn, promiseBy, promiseAll, promiseDue, promiseCame,
				promiseSeats, promiseGone, promisePrices, promiseJoined, promisePeople}}.Table()}
}

// keptSection shows finance what was promised of the bills of this year and what
// came; none where nothing was.
func keptSection(r *audit.Result) []Section {
	if r.History == nil || r.History.Kept.Since.IsZero() {
		return nil
	}
	return []Section{{Title: "Promised and kept", Lead: keptLead(r), Tables: []Table{
		TableOf[*history.Promise]{Empty: "Nothing was promised of a bill of this year.", Rows: promisesOf(&r.History.Kept),
			Columns: []Col[*history.Promise]{promiseTitle.Paper(44), promiseBy.Paper(11), promiseClass.Paper(11), promiseState.Paper(9), promiseDue.Paper(13),
				promiseCame.Paper(13), promisePrices.Paper(12), promisePeople.Paper(12)}}.Table(),
	}}}
}

// promisesOf yields the promises of the year of the sums.
func promisesOf(k *history.Kept) iter.Seq[*history.Promise] {
	return each(slices.DeleteFunc(slices.Clone(k.Promises), func(p history.Promise) bool { return p.Year != k.Year }))
}

// keptLead says what came of what was promised, hard saving and avoidance apart.
func keptLead(r *audit.Result) []string {
	k := &r.History.Kept
	if k.Since.IsZero() {
		return []string{"No earlier plan promised anything of a bill of this year."}
	}
	return []string{
		fmt.Sprintf("Since %s you saved %s of the %s %s that plans promised of bills fallen due in %d; %s are promised of bills still to come.",
			k.Since.Long(), k.Hard.Came.Grouped(), k.Hard.Promised.Grouped(), k.Currency, k.Year, k.Hard.Ahead.Grouped()),
		fmt.Sprintf("Quotes avoided %s of %s %s promised; %s are still to come. An avoided rise counts only where an invoice shows it.",
			k.Avoidance.Came.Grouped(), k.Avoidance.Promised.Grouped(), k.Currency, k.Avoidance.Ahead.Grouped()),
		"Each bill is compared at the list of its day, for the quantity before the action and the one now. Price rises and people who joined stand beside it.",
	}
}

// promiseKind is the class of a promise as it is read.
func promiseKind(p *history.Promise) string {
	if p.Class == history.Avoidance {
		return "Avoidance"
	}
	return "Hard saving"
}

// keptWords says in one sentence what came of promises; "" where nothing was
// promised.
func keptWords(k *history.Kept) string {
	if k.Since.IsZero() || k.Hard.Promised.Sign() == 0 && k.Avoidance.Promised.Sign() == 0 {
		return ""
	}
	return fmt.Sprintf("Since %s saved %s of %s promised, avoided %s of %s.", k.Since, k.Hard.Came.Grouped(), k.Hard.Promised.Grouped(),
		k.Avoidance.Came.Grouped(), k.Avoidance.Promised.Grouped())
}
