package report

import (
	"iter"
	"strconv"
	"strings"
	"unicode"

	"tierline/audit"
	"tierline/audit/estate"
)

// staffRow is the seats of the people of one department, or of one manager.
type staffRow struct {
	*audit.StaffGroup
	key  string
	last string // key of the last group that has a name, "" for none
	from *staffSource
}

// staffSource is where the rows of a table of groups are counted.
type staffSource struct {
	table  string // its id
	column string // of the sheet Users, which names the group
	live   bool   // the sheet Users holds every seat, and they are few enough to be counted
}

// The columns of departments and managers. They count the rows of the sheet
// Users, so they follow what people write there.
var (
	staffName  = Col[staffRow]{ID: "name", Width: 34, Show: func(g staffRow) Cell { return T(staffTitle(g.StaffGroup)) }}
	staffSeats = Col[staffRow]{ID: "seats", Title: "Seats", Kind: Count, Width: 10, InTotal: true,
		Show: func(g staffRow) Cell { return g.counted(N(g.Seats), "seats") }}
	staffCandidates = Col[staffRow]{ID: "candidates", Title: "Review candidates", Kind: Count, Width: 13, InTotal: true,
		Show: func(g staffRow) Cell { return g.counted(N(g.Candidates), "candidates", []pick{{"rank", Word(">0")}}) }}
	staffRemoved = Col[staffRow]{ID: "removed", Title: "The plan removes", Kind: Count, Width: 13, InTotal: true,
		Show: func(g staffRow) Cell { return g.counted(N(g.Removed), "removed", []pick{removedByPlan}) }}
	staffDecided = Col[staffRow]{ID: "decided", Title: "Of these decided", Kind: Count, Width: 13, InTotal: true,
		Note: "seats the plan removes with keep, remove or ask beside them",
		Show: func(g staffRow) Cell {
			var verdicts [][]pick
			for _, verdict := range estate.Verdicts() {
				verdicts = append(verdicts, []pick{removedByPlan, {"keep", Word(verdict)}})
			}
			return g.counted(N(g.Decided), "decided", verdicts...)
		}}
	staffWorth = Col[staffRow]{ID: "worth", Title: "Worth on average", Kind: Money, Width: 17, InTotal: true,
		Note: "what the planned removals of a bundle save together, spread evenly over their seats; one of them alone may save nothing",
		Show: func(g staffRow) Cell { return g.added(M(g.Worth), "worth") }}
)

// removedByPlan takes the rows of the sheet Users that the plan removes.
var removedByPlan = pick{"plan", Word("remove")}

func departmentsSheet(r *audit.Result) Sheet {
	return staffSheet(r, "By department", "department", "departments", r.Staff.Departments)
}

func managersSheet(r *audit.Result) Sheet {
	return staffSheet(r, "By manager", "manager", "managers", r.Staff.Managers)
}

// staffSheet adds seats up by a column of the sheet Users.
func staffSheet(r *audit.Result, name, column, table string, groups []audit.StaffGroup) Sheet {
	from := &staffSource{table, column, listsAll(r) && lookable(7*len(groups), listedSeats(r))}
	t := TableOf[staffRow]{
		ID: table, Title: name, Empty: "No " + column + " is known. The column " + column + " of the table people fills this sheet.",
		Rows: staffRows(groups, from), Key: func(g staffRow) string { return g.key },
		Columns: []Col[staffRow]{staffName.Titled(capital(column)), staffSeats, staffCandidates, staffRemoved, staffDecided, staffWorth},
	}
	var lead []string
	if len(groups) > 0 {
		lead = append(countsLead(from.live), "To see the people, filter the sheet Users by "+capital(column)+
			" and Plan = remove; they stand there with the longest idle first.")
		total := audit.SumStaff(groups)
		t.Total, t.Label, t.Adds = &staffRow{StaffGroup: &total, from: from}, "Total", addsUp(table)
	}
	return Sheet{
		Name: name, Grain: "One row per " + column + ": the seats of its people, whom to review, and whom the plan removes",
		Lead:  lead,
		Table: t.Table(),
	}
}

func staffRows(groups []audit.StaffGroup, from *staffSource) iter.Seq[staffRow] {
	last := ""
	for i := range groups {
		if groups[i].Name != "" {
			last = strconv.Itoa(i)
		}
	}
	return func(yield func(staffRow) bool) {
		for i := range groups {
			if !yield(staffRow{&groups[i], strconv.Itoa(i), last, from}) {
				return
			}
		}
	}
}

// staffTitle is how a group is called.
func staffTitle(g *audit.StaffGroup) string {
	if g.Name == "" {
		return "(not stated)"
	}
	return g.Name
}

// own are the picks of the group's rows of the sheet Users; none for people without
// a group, for whom all rows are counted and the groups taken off.
func (g *staffRow) own() []pick {
	if g.Name == "" {
		return nil
	}
	return []pick{{g.from.column, Here("name")}}
}

// counted gives a number of seats the formula that counts them in the sheet Users:
// those of the group that one of the picks takes, or all of them.
func (g *staffRow) counted(c Cell, column string, picks ...[]pick) Cell {
	if len(picks) == 0 {
		if g.Name == "" {
			return g.by(c, column, F("ROWS({})", Data("users", g.from.column)))
		}
		picks = [][]pick{nil}
	}
	var sum Formula
	for i, p := range picks {
		f := countWhere(plainWords, "users", append(g.own(), p...)...)
		if i > 0 {
			sum.Text += "+"
		}
		sum.Text, sum.Terms = sum.Text+f.Text, append(sum.Terms, f.Terms...)
	}
	return g.by(c, column, sum)
}

// added gives an amount the formula that adds it up in the sheet Users.
func (g *staffRow) added(c Cell, column string) Cell {
	if g.Name == "" {
		return g.by(c, column, F("SUM({})", Data("users", "worth")))
	}
	return g.by(c, column, sumWhere(plainWords, "users", "worth", g.own()...))
}

// by gives a cell its formula where a spreadsheet counts as the audit does. Of
// people without a group it is what the groups leave, since programs differ in how
// they look for a blank cell.
func (g *staffRow) by(c Cell, column string, f Formula) Cell {
	switch {
	case !g.from.live || g.Name != "" && !literal(g.Name):
		return c
	case g.Name == "" && g.last != "":
		return c.By(f.Text+"-SUM({})", append(f.Terms, Span(g.from.table, "0", g.last, column))...)
	}
	return c.by(f)
}

// literal reports whether a spreadsheet looks for a name as it stands: one with a
// digit could be taken for a number or a day, one with other signs for a pattern or
// a comparison.
func literal(name string) bool {
	for i, r := range name {
		if !unicode.IsLetter(r) && (i == 0 || !strings.ContainsRune(" &-.,()/'@_", r)) {
			return false
		}
	}
	return len(name) <= 200 && !strings.EqualFold(name, "true") && !strings.EqualFold(name, "false")
}
