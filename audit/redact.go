package audit

import (
	"iter"
	"slices"

	"tierline/audit/pseudonym"
)

// Redacted returns the result for others, with words in place of people: the same
// person is the same word in every run with the key (METHOD 18.5). It is what is
// public of the result, and of people only what words can stand for; what somebody
// wrote about them is left out, and so is what was rejected or compared with.
func (r *Result) Redacted(key pseudonym.Key) *Result {
	out := r.withoutOwners()
	out.Run.Redacted = key.Fingerprint()
	out.People = redactedPeople(r.People, key)
	n := key.Namer()
	out.Staff = Staff{Departments: redactedGroups(r.Staff.Departments, n, pseudonym.Department), Managers: redactedGroups(r.Staff.Managers, n, pseudonym.Manager)}
	for _, d := range r.Decisions.List {
		bare := *d.Decision
		bare.ID, bare.Reason, bare.Owner = n.Word(pseudonym.Account, d.ID), "", ""
		out.Decisions.List = append(out.Decisions.List, Decision{
			Decision: &bare, Name: n.Word(pseudonym.Person, d.ID), Email: n.Word(pseudonym.Mailbox, d.Email), State: d.State,
		})
	}
	return out
}

// redactedPeople yields the rows of people with words in place of what names them.
func redactedPeople(people iter.Seq[SeatRow], key pseudonym.Key) iter.Seq[SeatRow] {
	return func(yield func(SeatRow) bool) {
		if people == nil {
			return
		}
		n := key.Namer()
		for row := range people {
			row.Name, row.Account = n.Word(pseudonym.Person, row.Account), n.Word(pseudonym.Account, row.Account)
			row.Email, row.Why, row.Groups = n.Word(pseudonym.Mailbox, row.Email), "", ""
			row.Department, row.Title = n.Word(pseudonym.Department, row.Department), n.Word(pseudonym.Title, row.Title)
			row.CostCentre, row.Manager = n.Word(pseudonym.CostCentre, row.CostCentre), n.Word(pseudonym.Manager, row.Manager)
			if row.Decision != nil {
				bare := *row.Decision
				bare.ID, bare.Reason, bare.Owner = row.Account, "", ""
				row.Decision = &bare
			}
			if !yield(row) {
				return
			}
		}
	}
}

// redactedGroups returns groups under words, in the order of these: the order of
// the names would tell something of them.
func redactedGroups(groups []StaffGroup, n *pseudonym.Namer, kind string) []StaffGroup {
	out := slices.Clone(groups)
	for i := range out {
		out[i].Name = n.Word(kind, out[i].Name)
	}
	sortGroups(out)
	return out
}
