package users

import (
	"cmp"
	"fmt"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/money"
)

// dropOlder leaves out a user list beside a newer one of the same products
// that differs from it on an account of both: joined, people who lost access
// would get their seat back (METHOD 14.15). Lists with other products, with other
// accounts or with the same facts are parts of one whole and stay.
func (j *joiner) dropOlder() {
	if len(j.lists) < 2 {
		return
	}
	dropped := map[int32]bool{}
	differ := j.differences()
	for a := range int32(len(j.lists)) {
		for b := a + 1; b < int32(len(j.lists)); b++ {
			n := differ[[2]int32{a, b}]
			if incomparable(j.lists[a], j.lists[b]) {
				n = allAccounts
			}
			if n > 0 && !dropped[a] && !dropped[b] {
				if older, ok := j.older(a, b, n); ok {
					dropped[older] = true
				}
			}
		}
	}
	if len(dropped) > 0 {
		j.keep(func(row rowRef) bool { return !dropped[row.list] })
	}
}

// differences counts, for every two lists of different files that share a
// product, the accounts they disagree on.
func (j *joiner) differences() map[[2]int32]int {
	shared := map[[2]int32][][2]int{}
	for a, la := range j.lists {
		for b := a + 1; b < len(j.lists); b++ {
			if lb := j.lists[b]; copyable(la, lb) && !la.severalRows() && !lb.severalRows() {
				shared[[2]int32{int32(a), int32(b)}] = sharedColumns(la, lb)
			}
		}
	}
	out := j.foldedDifferences()
	if len(shared) == 0 {
		return out
	}
	var rows []rowRef
	for i := 0; i < len(j.order.numbers); {
		end := j.end(j.order.numbers, i)
		rows = j.order.refs(rows[:0], i, end)
		for a := rows; len(a) > 0; {
			n := ofOneList(a)
			for b := a[n:]; len(b) > 0; {
				m := ofOneList(b)
				pair := [2]int32{a[0].list, b[0].list}
				if columns := shared[pair]; len(columns) > 0 && j.disagree(a[:n], b[:m], columns) {
					out[pair]++
				}
				b = b[m:]
			}
			a = a[n:]
		}
		i = end
	}
	return out
}

// ofOneList returns how many of the first rows are of the same list.
func ofOneList(rows []rowRef) int {
	n := 1
	for n < len(rows) && rows[n].list == rows[0].list {
		n++
	}
	return n
}

// disagree reports whether any row of one list differs from any row of another
// for the same account. With groups pivoted an account has many rows in both;
// comparing each with the first of the other list finds a difference if there
// is one.
func (j *joiner) disagree(a, b []rowRef, columns [][2]int) bool {
	return slices.ContainsFunc(a, func(x rowRef) bool { return j.differs(x, b[0], columns) }) ||
		slices.ContainsFunc(b, func(y rowRef) bool { return j.differs(a[0], y, columns) })
}

// sharedColumns pairs the columns of two lists for the same product and site.
// Who has access and who is billed for are two things.
func sharedColumns(a, b *List) [][2]int {
	var out [][2]int
	for i := range a.columns {
		for k := range b.columns {
			if a.columns[i].site == b.columns[k].site && a.columns[i].product == b.columns[k].product && a.columns[i].billed == b.columns[k].billed {
				out = append(out, [2]int{i, k})
			}
		}
	}
	return out
}

func (j *joiner) differs(x, y rowRef, columns [][2]int) bool {
	if j.row(x).status != j.row(y).status {
		return true
	}
	for _, c := range columns {
		a, b := &j.lists[x.list].columns[c[0]], &j.lists[y.list].columns[c[1]]
		if a.roles != nil && b.roles != nil && a.roles[x.row] != b.roles[y.row] || a.seen != nil && b.seen != nil && a.seen[x.row] != b.seen[y.row] {
			return true
		}
	}
	return false
}

// older leaves out the list of two whose newest date is the older one; false
// when the dates do not tell.
func (j *joiner) older(a, b int32, accounts int) (int32, bool) {
	old, recent := j.lists[a], j.lists[b]
	dropped := a
	if recent.before(old) {
		old, recent, dropped = recent, old, b
	}
	differs, how := fmt.Sprintf("differs from %s on %d accounts", recent.source.Name(), accounts), fmt.Sprintf("from which it differs on %d accounts", accounts)
	if accounts == allAccounts {
		differs, how = "names accounts in another way than "+recent.source.Name(), "which names accounts in another way"
	}
	if !old.before(recent) {
		j.diags.Add(diag.Incomplete, old.source, differs+" and is as new; a seat in either is counted", "remove the older of the two")
		return 0, false
	}
	what, fix := "its rows are left out", "remove it"
	if alone := j.standIn(dropped, a+b-dropped); alone > 0 && accounts != allAccounts {
		what += fmt.Sprintf(", with %s found in this list alone", money.Plural(alone, "account"))
		fix = "remove it; if the two are exports of different groups, export all users at once instead"
	}
	old.LeaveOut(diag.Reason{Kind: diag.Repeated, Text: "older copy"})
	j.diags.Add(diag.Incomplete, old.source, fmt.Sprintf("an older copy of %s, %s; %s", recent.source.Name(), how, what), fix)
	return dropped, true
}

// standIn returns how many accounts one list names and another does not.
func (j *joiner) standIn(list, other int32) int {
	n := 0
	for i := 0; i < len(j.order.numbers); {
		end := j.end(j.order.numbers, i)
		in, both := false, false
		for _, number := range j.order.numbers[i:end] {
			row := j.order.ref(number)
			in, both = in || row.list == list, both || row.list == other
		}
		if in && !both {
			n++
		}
		i = end
	}
	return n
}

// before reports whether a list is older than another: by the evidence day, and
// where that is the same by the newest date, since exports made after as-of have
// the same day.
func (l *List) before(b *List) bool {
	return cmp.Or(l.day.Compare(b.day), l.latest.Compare(b.latest)) < 0
}
