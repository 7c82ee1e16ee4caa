package ingest

import (
	"fmt"
	"slices"

	"tierline/audit/diag"
)

// dropIdle takes the count away from lists in which nobody is active on the day
// somebody says they are of: they hold inactive people only, which is evidence
// and no number of users (METHOD 1.28). Beside a list that counts active people of
// the same products they may be a part of one export, and add up with it.
func (l *Loaded) dropIdle(files []*file) {
	days := l.Config.Policy.InactiveAfterDays
	counted := map[[2]string]bool{} // by a list with somebody active
	for _, f := range files {
		for _, u := range f.users {
			for _, p := range u.Places() {
				counted[p] = counted[p] || u.CountsSeats() && !u.AllIdle(days)
			}
		}
	}
	alone := func(p [2]string) bool { return !counted[p] }
	for _, f := range files {
		for _, u := range f.users {
			if u.AllIdle(days) && slices.ContainsFunc(u.Places(), alone) {
				u.CountNobody()
				l.Diagnostics.Add(diag.Incomplete, u.Source(),
					fmt.Sprintf("nobody in it used anything in the %d days before its day: a list of inactive people, and no count", days), "add the export of all users")
			}
		}
	}
}
