package ingest

import (
	"fmt"

	"tierline/audit/diag"
)

// dropIdle takes the count away from lists in which nobody is active on the day
// somebody says they are of: they hold inactive people only, which is evidence
// and no number of users (METHOD 1.28).
func (l *Loaded) dropIdle(files []*file) {
	days := l.Config.Policy.InactiveAfterDays
	for _, f := range files {
		for _, u := range f.users {
			if u.AllIdle(days) {
				u.CountNobody()
				l.Diagnostics.Add(diag.Incomplete, u.Source(),
					fmt.Sprintf("nobody in it used anything in the %d days before its day: a list of inactive people, and no count", days), "add the export of all users")
			}
		}
	}
}
