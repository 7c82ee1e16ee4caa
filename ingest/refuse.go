package ingest

import (
	"fmt"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// refuse ends the run when nothing can be trusted: no subscription, or a user
// list most of which could not be read.
func (l *Loaded) refuse(files []*file) {
	if len(l.Estate.Subscriptions) == 0 {
		l.refuseWithoutSubscriptions(files)
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

// refuseWithoutSubscriptions says why there is nothing to audit: rows that could
// not be read, a table without a row, a table that is nearly one, no table.
func (l *Loaded) refuseWithoutSubscriptions(files []*file) {
	var tables []diag.Source
	for i := range l.Inputs {
		if in := &l.Inputs[i]; in.Format == "subscriptions" {
			tables = append(tables, diag.Source{File: in.Path, Sheet: in.Sheet})
		}
	}
	near := l.nearlySubscriptions(files)
	switch {
	case l.Refused > 0:
		l.Diagnostics.Add(diag.Refused, tables[0], "no subscription could be read, so there is nothing to audit", "correct the rows that were rejected and run again")
	case len(tables) > 0:
		l.Diagnostics.Add(diag.Refused, tables[0], "the subscriptions table has no rows, so there is nothing to audit",
			"write a row for each product and app that is paid for")
	case near != nil:
		near.Level, near.Message = diag.Refused, near.Message+", so there is nothing to audit"
	default:
		l.Diagnostics.Add(diag.Refused, diag.Source{}, "no subscriptions table found, so there is nothing to audit",
			"write one with the columns type, key, site, cycle, renewal_date (tierline init DIR writes an empty one)")
	}
}

// nearlySubscriptions returns the remark on the first table that is nearly one of
// subscriptions; nil where there is none.
func (l *Loaded) nearlySubscriptions(files []*file) *diag.Diagnostic {
	for _, f := range files {
		for _, x := range f.LeftOut {
			if i := slices.Index(l.Diagnostics, x.Remark); i >= 0 && x.Format == "subscriptions" {
				return &l.Diagnostics[i]
			}
		}
	}
	return nil
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
