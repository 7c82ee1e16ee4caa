package audit

import (
	"strings"

	"tierline/audit/estate"
	"tierline/audit/glob"
)

// except marks a finding that an exception in force covers. Exceptions of
// inactive-users change the classes of seats instead, hence the plan; those of
// other rules change no amount and no action (ruling I27).
func (w *work) except(f *Finding) {
	if f.Rule == "inactive-users" {
		return
	}
	for i := range w.Estate.Exceptions {
		x := &w.Estate.Exceptions[i]
		if w.inForce(x) && (x.Rule == f.Rule || x.Rule == "*" && x.Subject != "*") && covers(x.Subject, f.Subject) {
			f.Excepted = x.Reason
			if x.Owner != "" {
				f.Excepted += " (" + x.Owner + ")"
			}
			return
		}
	}
}

func (w *work) inForce(x *estate.Exception) bool {
	return x.Until.IsZero() || !x.Until.Before(w.AsOf)
}

// covers reports whether an exception's subject names the subject of a
// finding: itself ("acme-eng/jira"), or the app key at its end.
func covers(pattern, subject string) bool {
	subject = strings.ToLower(subject)
	if glob.Match(pattern, subject) {
		return true
	}
	parts := strings.Split(subject, "/")
	return len(parts) == 3 && (glob.Match(pattern, parts[2]) || glob.Match(pattern, parts[0]+"/"+parts[2]))
}

// exceptions lists every row of the table and what it did.
func (w *work) exceptions() []Exception {
	out := []Exception{}
	for i := range w.Estate.Exceptions {
		x := &w.Estate.Exceptions[i]
		out = append(out, Exception{
			Rule: x.Rule, Subject: x.Subject, Reason: x.Reason, Owner: x.Owner, Until: x.Until,
			Ended: !w.inForce(x), Protected: w.register.Protected[i], Source: x.Source,
		})
	}
	return out
}
