package audit

import "slices"

// Public returns the result without what may name a person: the people and
// their rows, the words of exceptions, and the owners and cost centres of
// subscriptions, which policy print_owners leaves in. It is what result.json
// holds, and what a report is made from that goes to others (METHOD 18.2).
func (r *Result) Public() *Result {
	if r.Run.Policy.PrintOwners {
		return r.withoutPeople()
	}
	return r.withoutOwners()
}

// withoutPeople leaves out people and what somebody wrote about exceptions, and
// what only the workbook shows.
func (r *Result) withoutPeople() *Result {
	out := *r
	out.People, out.Rejected, out.Decisions.List, out.Staff = nil, nil, nil, Staff{}
	out.WhatIf = WhatIf{} // the workbook's alone
	if r.History != nil {
		bare := *r.History
		bare.Moves, bare.Unnamed = nil, 0
		out.History = &bare
	}
	out.Exceptions = slices.Clone(r.Exceptions)
	for i := range out.Exceptions {
		x := &out.Exceptions[i]
		x.Subject, x.Reason, x.Owner = "", "", ""
		if x.Rule != "*" && !slices.ContainsFunc(r.Rules, func(s RuleStatus) bool { return s.ID == x.Rule }) {
			x.Rule = "" // any text may stand there
		}
	}
	return &out
}

// withoutOwners leaves out owners and cost centres as well.
func (r *Result) withoutOwners() *Result {
	out := r.withoutPeople()
	out.Lines, out.Plan.Actions = slices.Clone(r.Lines), slices.Clone(r.Plan.Actions)
	for i := range out.Lines {
		out.Lines[i].Owner, out.Lines[i].CostCentre = "", ""
	}
	for i := range out.Plan.Actions {
		out.Plan.Actions[i].Owner = ""
	}
	out.Sums = slices.DeleteFunc(slices.Clone(r.Sums), func(s Sum) bool { return s.By == ByOwner || s.By == ByCostCentre })
	return out
}
