package report

import (
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/seats"
)

func staffMeanings(r *audit.Result) []meaning {
	fields := map[string]func(*audit.StaffGroup) any{
		"Seats":             func(g *audit.StaffGroup) any { return g.Seats },
		"Review candidates": func(g *audit.StaffGroup) any { return g.Candidates },
		"The plan removes":  func(g *audit.StaffGroup) any { return g.Removed },
		"Of these decided":  func(g *audit.StaffGroup) any { return g.Decided },
		"Worth on average":  func(g *audit.StaffGroup) any { return g.Worth },
	}
	name := func(g *audit.StaffGroup) any { return g.Name }
	with := func(groups []audit.StaffGroup, title string) cells {
		fields[title] = name
		defer delete(fields, title)
		return of(groups, fields)
	}
	total := func(g []audit.StaffGroup, title string) map[string]string {
		return map[string]string{title: "Total", "Seats": say(g[0].Seats + g[1].Seats), "Review candidates": say(g[0].Candidates + g[1].Candidates),
			"The plan removes": say(g[0].Removed + g[1].Removed), "Of these decided": say(g[0].Decided + g[1].Decided), "Worth on average": say(g[0].Worth.Add(g[1].Worth))}
	}
	const rest = "|Seats|Review candidates|The plan removes|Of these decided|Worth on average"
	return []meaning{
		{place: "By department", rows: 2, cell: with(r.Staff.Departments, "Department"), cols: "Department" + rest, total: total(r.Staff.Departments, "Department")},
		{place: "By manager", rows: 2, cell: with(r.Staff.Managers, "Manager"), cols: "Manager" + rest, total: total(r.Staff.Managers, "Manager")},
	}
}

// TestStaffFormulas: groups are counted by formulas over the sheet Users where a
// spreadsheet looks for their names as they stand, and where that sheet holds every
// seat; people without a group are what the groups leave.
func TestStaffFormulas(t *testing.T) {
	r := result()
	for _, name := range []string{"Sales & Service", "R*D", ">5", "4711", "Team 7", "true", ""} {
		r.Staff.Departments = append(r.Staff.Departments, audit.StaffGroup{Name: name, Worth: money.Minor(100, "USD")})
	}
	formulas := func() (out []string) {
		for row := range departmentsSheet(r).Table.Rows {
			for i := range row[1:] {
				text := "-"
				if f := row[i+1].Formula; f != nil {
					text = f.Text
					if text == "ROUND(ROUND({},8),{})" {
						text = f.Terms[0].(Formula).Text
					}
				}
				out = append(out, text)
			}
		}
		return out
	}
	got := formulas()
	count, none := "COUNTIFS({},{},{},{})", strings.Split(strings.Repeat("- ", 25), " ")[:25]
	decided := strings.Join([]string{"COUNTIFS({},{},{},{},{},{})", "COUNTIFS({},{},{},{},{},{})", "COUNTIFS({},{},{},{},{},{})"}, "+")
	want := slices.Concat([]string{"COUNTIFS({},{})", count, count, decided, "SUMIFS({},{},{})"}, none,
		[]string{"ROWS({})-SUM({})", "COUNTIFS({},{})-SUM({})", "COUNTIFS({},{})-SUM({})", count + "+" + count + "+" + count + "-SUM({})", "SUM({})-SUM({})"})
	if !slices.Equal(got, want) {
		t.Errorf("formulas\n%q\nwant\n%q", got, want)
	}
	r.Run.Policy.WorkbookSeats = 1
	r.Seats = []audit.ProductSeats{{Classes: []audit.Counted[seats.Class]{{Count: 2}}}}
	if got := formulas(); slices.ContainsFunc(got, func(f string) bool { return f != "-" }) {
		t.Errorf("a part of the seats is counted: %q", got)
	}
	said := departmentsSheet(r).Lead
	if r.Run.Policy.WorkbookSeats = 0; slices.Equal(departmentsSheet(r).Lead, said) {
		t.Errorf("nobody says that the figures are the audit's own: %q", said)
	}
	r.Seats[0].Classes[0].Count = 1_000_000
	if got := formulas(); slices.ContainsFunc(got, func(f string) bool { return f != "-" }) || !slices.Equal(departmentsSheet(r).Lead, said) {
		t.Errorf("more rows than a spreadsheet can look through are counted: %q", got)
	}
}
