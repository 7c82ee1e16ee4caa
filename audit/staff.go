package audit

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// Staff adds seats up by what the table of people says of those who hold them.
// Its names are free text, and those of managers name people: it is for the
// workbook alone.
type Staff struct {
	Departments []StaffGroup // by name, without case; the seats without one last
	Managers    []StaffGroup
}

// StaffGroup is the seats of the people of one department, or of one manager.
type StaffGroup struct {
	Name       string // as first written; "" of people of whom none is stated
	Seats      int
	Candidates int
	Removed    int          // by the plan
	Decided    int          // of these: those about which somebody decided
	Worth      money.Amount // what these removals are worth on average
}

// SumStaff adds groups up, of which there is one at least.
func SumStaff(groups []StaffGroup) StaffGroup {
	out := groups[0]
	for i := range groups[1:] {
		g := &groups[i+1]
		out.Seats, out.Candidates, out.Removed, out.Decided = out.Seats+g.Seats, out.Candidates+g.Candidates, out.Removed+g.Removed, out.Decided+g.Decided
		out.Worth = out.Worth.Add(g.Worth)
	}
	return out
}

// staff adds seats up by department and manager; none where no table names any.
func (w *work) staff(list func() worklist) Staff {
	if len(w.Estate.People) == 0 {
		return Staff{}
	}
	return Staff{
		Departments: w.groupSeats(list(), func(p *estate.Person) string { return p.Department }),
		Managers:    w.groupSeats(list(), func(p *estate.Person) string { return p.Manager }),
	}
}

// groupSeats adds the seats up by one thing that is said of people.
func (w *work) groupSeats(list worklist, name func(*estate.Person) string) []StaffGroup {
	groups := []StaffGroup{{Worth: money.Zero(w.costs.Currency)}}
	number := map[string]int{"": 0}
	of := make([]int, len(w.Estate.Accounts)) // account -> group
	for i := range w.Estate.Accounts {
		p := person(w.Estate, &w.Estate.Accounts[i])
		if p == nil {
			continue
		}
		n, known := number[strings.ToLower(name(p))]
		if !known {
			n = len(groups)
			number[strings.ToLower(name(p))] = n
			groups = append(groups, StaffGroup{Name: name(p), Worth: money.Zero(w.costs.Currency)})
		}
		of[i] = n
	}
	if len(groups) == 1 {
		return nil
	}
	for _, p := range w.register.Products {
		if !p.ListsSeats() {
			continue
		}
		for i, class := range p.Seats {
			if class != seats.NoSeat {
				groups[of[i]].Seats++
			}
		}
	}
	for i, ask := range list.asks {
		g := &groups[of[ask.Account]]
		g.Candidates++
		if ask.Planned {
			g.Removed++
			if w.register.Decision(ask.Product, ask.Account) != nil {
				g.Decided++
			}
			g.Worth = g.Worth.Add(list.worth[i])
		}
	}
	sortGroups(groups)
	return slices.DeleteFunc(groups, func(g StaffGroup) bool { return g.Seats == 0 })
}

// sortGroups puts groups in order: by name, without case, and what has none last.
func sortGroups(groups []StaffGroup) {
	slices.SortStableFunc(groups, func(a, b StaffGroup) int {
		if (a.Name == "") != (b.Name == "") {
			return cmp.Compare(b.Name, a.Name)
		}
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
}

// person returns what the table of people says of the holder of an account, nil
// for nothing.
func person(e *estate.Estate, a *estate.Account) *estate.Person {
	if a.Email == "" {
		return nil
	}
	people := e.People // by address
	i, known := slices.BinarySearchFunc(people, a.Email, func(p estate.Person, email string) int { return strings.Compare(p.Email, email) })
	if !known {
		return nil
	}
	return &people[i]
}
