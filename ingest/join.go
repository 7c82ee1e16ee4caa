package ingest

import (
	"fmt"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/records"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// join puts what the files say together.
func (l *Loaded) join(files []*file) {
	dropCopies(files)
	e := &estate.Estate{Organisation: l.Config.Organisation}
	l.Estate = e
	var changes []pricing.Change
	var subscriptions []records.Subscription
	var lists []*users.List
	for _, f := range files {
		changes = append(changes, f.tables.Changes...)
		subscriptions = append(subscriptions, f.tables.Subscriptions...)
		lists = append(lists, f.users...)
		l.Refused += f.tables.Refused
		e.Headcount = append(e.Headcount, f.tables.Headcount...)
		e.Exceptions = append(e.Exceptions, f.tables.Exceptions...)
		e.UserCounts = append(e.UserCounts, f.tables.UserCounts...)
		e.AppUsage = append(e.AppUsage, f.tables.AppUsage...)
	}
	l.joinPrices(files, changes)
	l.placeLists(files)
	users.Join(e, lists, &l.Diagnostics)
	settled, refused := records.Settle(subscriptions, l.Config.Currency, l.Book)
	e.Subscriptions, l.Refused = settled, l.Refused+refused
	l.joinLicences(files)
	l.joinFacts(files)
	l.orderTables()
	l.crossCheck(files, changes)
	for _, f := range files {
		l.Inputs = append(l.Inputs, f.Inputs...)
		l.Diagnostics = append(l.Diagnostics, f.shownRemarks()...)
		l.Rejected = append(l.Rejected, f.Rejected...)
	}
	slices.SortStableFunc(l.Rejected, func(a, b estate.RejectedRow) int { return a.Source.Compare(b.Source) })
	l.refuse(files)
}

// dropCopies leaves out files that are byte for byte the same as one before
// them: a table read twice would plan its users twice (ruling I7).
func dropCopies(files []*file) {
	first := map[string]*file{}
	for _, f := range files {
		original := first[f.sum]
		switch {
		case !f.Recognised():
		case original == nil:
			first[f.sum] = f
		default:
			*f = file{File: sheet.File{Path: f.Path, Mapping: f.Mapping, Inputs: f.Inputs}, sum: f.sum}
			for i := range f.Inputs {
				in := &f.Inputs[i]
				in.Used, in.Rejected, in.Excluded = 0, 0, []estate.Excluded{{Reason: "identical copy", Rows: in.Read}}
			}
			f.Diags.Add(diag.Warning, diag.Source{File: f.Path}, "the same bytes as "+original.Path+"; read once", "remove one of the two")
		}
	}
}

// excludeRow moves a row that was used to the excluded ones.
func excludeRow(files []*file, at diag.Source, reason string) {
	for _, f := range files {
		if in := f.InputAt(at); in != nil {
			in.Used--
			in.Exclude(reason, 1)
		}
	}
}

// rejectRow moves a row that was used to the rejected ones.
func rejectRow(files []*file, at diag.Source, problem, fix string) {
	for _, f := range files {
		if in := f.InputAt(at); in != nil {
			in.Used--
			in.Rejected++
			f.Reject(at, problem, fix, nil)
		}
	}
}

// shownRemarks returns the remarks on a file, those on rejected rows only up to
// sheet.ShownRows; rejected.csv lists them all.
func (f *file) shownRemarks() diag.List {
	n := 0
	out := slices.DeleteFunc(f.Diags, func(d diag.Diagnostic) bool {
		if sheet.IsRejection(d) {
			n++
			return n > sheet.ShownRows
		}
		return false
	})
	if n > sheet.ShownRows {
		out.Add(diag.Incomplete, diag.Source{File: f.Path}, fmt.Sprintf("%d more rows rejected", n-sheet.ShownRows), "see rejected.csv")
	}
	return out
}

// refuse ends the run when nothing can be trusted: no subscription, or a user
// list most of which could not be read.
func (l *Loaded) refuse(files []*file) {
	if len(l.Estate.Subscriptions) == 0 {
		message := "no subscription could be read, so there is nothing to audit"
		switch {
		case l.Refused > 0:
		case slices.ContainsFunc(l.Inputs, func(in estate.Input) bool { return in.Format == "subscriptions" }):
			message = "the subscriptions table has no rows, so there is nothing to audit"
		default:
			message = "no subscriptions table found, so there is nothing to audit"
		}
		l.Diagnostics.Add(diag.Refused, diag.Source{}, message,
			"write one with the columns type, key, site, cycle, renewal_date (tierline init DIR writes an empty one)")
	}
	// By the inputs and not by the lists, of which one without a single row
	// that could be read is no longer there.
	for _, f := range files {
		for i := range f.Inputs {
			if in := &f.Inputs[i]; isUserList(in.Format) {
				l.refuseList(in)
			}
		}
	}
}

func isUserList(id string) bool {
	return slices.ContainsFunc(userLists(), func(f format) bool { return f.ID == id })
}

// refusableRows is how many rows a user list must have for its share of
// rejected rows to mean anything.
const refusableRows = 100

func (l *Loaded) refuseList(in *estate.Input) {
	if in.Read < refusableRows {
		return
	}
	limit := l.Config.Policy.MaxRejected
	if money.Ratio(int64(in.Rejected), int64(in.Read)).Cmp(limit) > 0 {
		l.Diagnostics.Add(diag.Refused, diag.Source{File: in.Path, Sheet: in.Sheet},
			fmt.Sprintf("%d of %d rows rejected, more than the %s of policy max_rejected", in.Rejected, in.Read, limit.Percent()), "export the users again")
	}
}
