package report

import (
	"strconv"

	"tierline/audit"
	"tierline/audit/estate"
)

// Links of the workbook lead from a figure to the rows it is made of, and back.

// LeadingWhere returns the column with a link in each cell that has a place to
// lead to.
func (c Col[R]) LeadingWhere(to func(R) (Ref, bool)) Col[R] {
	show := c.Show
	c.Show = func(row R) Cell {
		if place, is := to(row); is {
			return show(row).To(place)
		}
		return show(row)
	}
	return c
}

// links knows what the rows of the workbook lead to.
type links struct {
	lines    map[string]bool           // ids of subscriptions
	findings map[string]*audit.Finding // the first that an action counts, by the id of that
	actions  map[string]*audit.Action  // the first that changes a subscription, by its id
	planned  map[string]bool           // ids of actions
	hosts    map[string]string         // the product that binds the charge of an app, by the id of its subscription
	seats    seatsBySite
}

func newLinks(r *audit.Result) *links {
	to := &links{lines: map[string]bool{}, findings: map[string]*audit.Finding{}, actions: map[string]*audit.Action{},
		planned: map[string]bool{}, hosts: map[string]string{}, seats: newSeatsBySite(r)}
	for l := range each(r.Lines) {
		to.lines[l.ID] = true
	}
	for a := range each(r.Apps) {
		if a.Basis == estate.Linked {
			to.hosts[a.Line] = a.HostKey
		}
	}
	for f := range each(r.Findings) {
		if f.Counted && to.findings[f.PlanAction] == nil {
			to.findings[f.PlanAction] = f
		}
	}
	for a := range each(r.Plan.Actions) {
		to.planned[a.ID] = true
		for l := range each(a.Lines) {
			if to.actions[l.Line] == nil {
				to.actions[l.Line] = a
			}
		}
	}
	return to
}

// line is the row of a subscription.
func (to *links) line(id string) (Ref, bool) { return At(subscriptionsTable, id, ""), to.lines[id] }

// counts is the row of the seats of a product that is subscribed.
func (to *links) counts(l *audit.Line) (Ref, bool) {
	p := to.seats.of(l.Site, l.Key)
	if p == nil || l.Type != estate.ProductKind {
		return Ref{}, false
	}
	return rowOfCounts(p)
}

// counted are the users of a product that is subscribed, or of the product that binds
// the charge of an app, where they are the seats that are listed.
func (to *links) counted(l *audit.Line) Formula {
	product := l.Key
	if l.Type != estate.ProductKind {
		product = to.hosts[l.ID]
	}
	return to.seats.users(l.Site, product, l.Users)
}

// changed is the first subscription that an action changes.
func (to *links) changed(a actionRow) (Ref, bool) {
	if len(a.Lines) == 0 {
		return to.line(a.Line)
	}
	return to.line(a.Lines[0].Line)
}

// reported is the first finding whose amount an action counts.
func (to *links) reported(a actionRow) (Ref, bool) {
	return At(findingsTable, a.ID, ""), to.findings[a.ID] != nil
}

// key names the finding that its action leads to.
func (to *links) key(f findingRow) string {
	if to.findings[f.PlanAction] == f.Finding {
		return f.PlanAction
	}
	return ""
}

// action is the row of the action that counts a finding.
func (to *links) action(f findingRow) (Ref, bool) {
	return At(actionsTable, f.PlanAction, ""), f.Counted && f.plan.Action(f.PlanAction) != nil
}

// people is where the people begin whom the action that counts a finding removes.
func (to *links) people(f findingRow) (Ref, bool) {
	a := f.plan.Action(f.PlanAction)
	return At("users", f.PlanAction, ""), f.Counted && a != nil && a.Seats > 0
}

// due is what has a deadline: an action or a subscription.
func (to *links) due(d deadlineRow) (Ref, bool) {
	if d.Line != "" {
		return to.line(d.Line)
	}
	return At(actionsTable, d.ID, ""), to.planned[d.ID]
}

// subject is the first subscription that a finding is about.
func (to *links) subject(f findingRow) (Ref, bool) {
	if len(f.Lines) == 0 {
		return Ref{}, false
	}
	return to.line(f.Lines[0].Line)
}

// changedBy is the column of the first action that changes a subscription.
func (to *links) changedBy() Col[*audit.Line] {
	return Col[*audit.Line]{ID: "action", Title: "Action", Kind: Count, Width: 8, Note: "number of the first action that changes it",
		Show: func(l *audit.Line) Cell {
			a := to.actions[l.ID]
			if a == nil {
				return T("")
			}
			return N(a.Number).To(At(actionsTable, a.ID, ""))
		}}
}

// calculation leads to the first step by which an amount of a subscription comes
// about.
func calculation(numbers map[*audit.Line]int, way string, steps func(*audit.Line) []audit.Step) func(*audit.Line) (Ref, bool) {
	return func(l *audit.Line) (Ref, bool) {
		return At(calculationsTable, stepKey(numbers[l], 1, way), ""), len(steps(l)) > 0
	}
}

// stepKey names the first step of each calculation.
func stepKey(of, number int, way string) string {
	if number > 1 {
		return ""
	}
	return strconv.Itoa(of) + " " + way
}

// lineNumbers counts the subscriptions as the workbook does.
func lineNumbers(r *audit.Result) map[*audit.Line]int {
	out := map[*audit.Line]int{}
	for l := range each(r.Lines) {
		out[l] = len(out) + 1
	}
	return out
}
