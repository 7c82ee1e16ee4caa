package report

import (
	"iter"
	"strings"
	"sync"

	"tierline/audit"
)

// removedRow is a seat that the plan removes, with the action that does.
type removedRow struct {
	*audit.SeatRow
	action *audit.Action
}

// The columns of removals.csv. The first four are those of the organisation's own
// user export, which tools read that suspend people or take them out of groups.
var (
	removedAccount = Col[removedRow]{ID: "User id", Show: func(x removedRow) Cell { return T(x.Account) }}
	removedName    = Col[removedRow]{ID: "User name", Show: func(x removedRow) Cell { return T(x.Name) }}
	removedEmail   = Col[removedRow]{ID: "email", Show: func(x removedRow) Cell { return T(x.Email) }}
	removedStatus  = Col[removedRow]{ID: "User status", Show: func(x removedRow) Cell { return T(capital(x.Status.String())) }}
	removedSite    = Col[removedRow]{ID: "site", Show: func(x removedRow) Cell { return T(x.Site) }}
	removedProduct = Col[removedRow]{ID: "product", Show: func(x removedRow) Cell { return T(x.Product) }}
	removedGroups  = Col[removedRow]{ID: "groups", Show: func(x removedRow) Cell { return T(x.Groups) }}
	removedAction  = Col[removedRow]{ID: "action", Show: func(x removedRow) Cell { return N(x.action.Number) }}
	removedTitle   = Col[removedRow]{ID: "title", Show: func(x removedRow) Cell { return T(x.action.Title) }}
	removedBy      = Col[removedRow]{ID: "by", Show: func(x removedRow) Cell { return dateOrBlank(x.action.Deadline) }}
)

// removalsList is whom the plan removes, the longest idle first.
func removalsList(r *audit.Result) Table {
	return TableOf[removedRow]{Title: "Removals", Rows: removedRows(r), Many: true, Columns: []Col[removedRow]{
		removedAccount, removedName, removedEmail, removedStatus, removedSite, removedProduct, removedGroups, removedAction, removedTitle, removedBy,
	}}.Table()
}

// removedRows yields the seats that an action of the plan removes. They stand
// before all others, so the first that is not removed is the end.
func removedRows(r *audit.Result) iter.Seq[removedRow] {
	return func(yield func(removedRow) bool) {
		for row := range seatRows(r) {
			action := r.Plan.Action(row.Action)
			if action == nil || !yield(removedRow{row, action}) {
				return
			}
		}
	}
}

// actionsOfOne finds, when first asked, the action that removes seats of a product on a
// site, where it is the only one to and removes no others.
func actionsOfOne(r *audit.Result) func() map[[2]string]*audit.Action {
	return sync.OnceValue(func() map[[2]string]*audit.Action {
		out, of, several := map[[2]string]*audit.Action{}, map[*audit.Action][2]string{}, map[[2]string]bool{}
		for row := range removedRows(r) {
			at := [2]string{row.Site, row.Product}
			if was, is := of[row.action]; is && was != at {
				several[at], several[was] = true, true
			}
			if was := out[at]; was != nil && was != row.action {
				several[at] = true
			}
			of[row.action], out[at] = at, row.action
		}
		for at := range several {
			delete(out, at)
		}
		return out
	})
}

// capital writes a word as the exports write it, with a capital letter.
func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
