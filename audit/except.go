package audit

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/diag"
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
			w.marking[i] = true
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
// finding: itself ("acme-eng/jira"), the product a longer subject begins with
// ("acme-eng/jira" of "acme-eng/jira/over-10"), or the app or product key of a
// line, whatever comes after it (an entitlement, a day).
func covers(pattern, subject string) bool {
	subject = strings.ToLower(subject)
	if glob.Match(pattern, subject) {
		return true
	}
	parts := strings.Split(subject, "/")
	if len(parts) < 3 {
		return false
	}
	return glob.Match(pattern, parts[2]) || glob.Match(pattern, parts[0]+"/"+parts[2]) ||
		parts[1] != "app" && glob.Match(pattern, parts[0]+"/"+parts[1])
}

// uselessExceptions warns of exceptions that name a rule there is not, or that
// mark none of the findings of their rule; those of inactive-users and of every
// rule were looked at when the seats were judged.
func (w *work) uselessExceptions(out *diag.List, statuses []RuleStatus) {
	for i := range w.Estate.Exceptions {
		x := &w.Estate.Exceptions[i]
		if x.Rule == "*" || x.Rule == "inactive-users" {
			continue
		}
		n := slices.IndexFunc(statuses, func(s RuleStatus) bool { return s.ID == x.Rule })
		switch {
		case n < 0:
			var known []string
			for _, s := range statuses {
				known = append(known, s.ID)
			}
			slices.Sort(known)
			out.Add(diag.Warning, x.Source, fmt.Sprintf("the exception is for a rule %q, which there is not, and protects nothing%s", x.Rule, config.Suggest(x.Rule, known)), "correct the rule or remove the row")
		case w.inForce(x) && statuses[n].Status == "ran" && !w.marking[i]:
			out.Add(diag.Warning, x.Source, "the exception matches no finding of "+x.Rule, "correct the subject or remove the row")
		}
	}
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
