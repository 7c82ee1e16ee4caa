//go:build e2e

package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/samples"
)

// sheetRow is a row of a sheet: its cells by the titles of their columns, and its
// number.
type sheetRow struct {
	cells  map[string]string
	number string
}

// rowsOfSheet reads the table of a sheet that begins with a column, as people see it:
// a blank first cell ends it.
func rowsOfSheet(t *testing.T, cells sheetCells, first string) (rows []sheetRow, columns map[string]string) {
	t.Helper()
	in := map[string]map[string]string{} // by row and column
	header := ""
	for name, c := range cells {
		column := strings.TrimRight(name, "0123456789")
		number := name[len(column):]
		if in[number] == nil {
			in[number] = map[string]string{}
		}
		in[number][column] = c.text()
		if column == "A" && c.text() == first {
			header = number
		}
	}
	if header == "" {
		t.Fatalf("no table begins with %s", first)
	}
	columns = map[string]string{}
	for column, title := range in[header] {
		columns[title] = column
	}
	for n := wholeOf(t, header) + 1; in[fmt.Sprint(n)]["A"] != ""; n++ {
		row := sheetRow{map[string]string{}, fmt.Sprint(n)}
		for column, title := range in[header] {
			row.cells[title] = in[row.number][column]
		}
		rows = append(rows, row)
	}
	return rows, columns
}

func wholeOf(t *testing.T, s string) int {
	t.Helper()
	n := 0
	if _, err := fmt.Sscan(s, &n); err != nil {
		t.Fatalf("%q is no whole number", s)
	}
	return n
}

// dayOf reads a day as a spreadsheet counts it.
func dayOf(t *testing.T, s string) date.Date {
	t.Helper()
	return date.New(1899, 12, 30).AddDays(wholeOf(t, s))
}

// cents reads an amount of a cell or of the audit.
func cents(t *testing.T, s string) money.Amount {
	t.Helper()
	e, err := money.ParseExact(s)
	if err != nil {
		t.Fatal(err)
	}
	return e.Round("USD", money.HalfUp)
}

// TestEndToEndTasks works through what a licence manager does with the workbook in two
// months, from its cells alone, and holds every answer to another output of the program.
func TestEndToEndTasks(t *testing.T) {
	t.Parallel()
	e2eNeeds(t)
	const sample = "enterprise"
	dir, err := samples.Folder(sample)
	if err != nil {
		t.Fatal(err)
	}
	o := audited(t, sample)
	path := filepath.Join(o.folder, "audit.xlsx")
	book := bookOf(t, path)
	var removals [][]string
	if removals, err = csv.NewReader(strings.NewReader(string(o.file(t, "removals.csv")))).ReadAll(); err != nil {
		t.Fatal(err)
	}
	t.Run("whom to ask first", func(t *testing.T) { askedFirst(t, book, dir, removals) })
	t.Run("forty hired in March", func(t *testing.T) { hired(t, book, path, dir) })
	t.Run("the app worth dropping", func(t *testing.T) { dropped(t, book, dir) })
	t.Run("decided last week", func(t *testing.T) { decidedLately(t, o, dir, removals) })
	t.Run("due before 30 January", func(t *testing.T) { dueBefore(t, book, o, date.New(2027, 1, 30)) })
}

// askedFirst filters Users by Department and Plan = remove, and takes the first thirty.
func askedFirst(t *testing.T, book map[string]sheetCells, dir string, removals [][]string) {
	const department, most = "Engineering", 30
	var got, want []string
	rows, _ := rowsOfSheet(t, book["Users"], "Name")
	for _, row := range rows {
		if row.cells["Department"] == department && row.cells["Plan"] == "remove" {
			got = append(got, row.cells["User id"]+" "+row.cells["Site"])
		}
	}
	in := map[string]bool{}
	text, err := os.ReadFile(filepath.Join(dir, "people.csv"))
	if err != nil {
		t.Fatal(err)
	}
	people, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		in[strings.ToLower(p[0])] = p[1] == department
	}
	for _, r := range removals[1:] {
		if in[strings.ToLower(r[2])] {
			want = append(want, r[0]+" "+r[4])
		}
	}
	if len(want) < most {
		t.Fatalf("removals.csv names %d people of %s", len(want), department)
	}
	if diff := gocmp.Diff(want[:most], got[:min(most, len(got))]); diff != "" {
		t.Errorf("the first %d of %s (-removals.csv +Users):\n%s", most, department, diff)
	}
	departments, _ := rowsOfSheet(t, book["By department"], "Department")
	for _, row := range departments {
		if row.cells["Department"] == department && row.cells["The plan removes"] != fmt.Sprint(len(want)) {
			t.Errorf("the plan removes %s people of %s, removals.csv %d", row.cells["The plan removes"], department, len(want))
		}
	}
}

// hired enters 40 people and their first day into the row of a product in What-if.
func hired(t *testing.T, book map[string]sheetCells, path, dir string) {
	rows, columns := rowsOfSheet(t, book["What-if"], "Subscription")
	at := slices.IndexFunc(rows, func(r sheetRow) bool {
		return r.cells["Subscription"] == "Confluence" && r.cells["Site"] == "globex-care"
	})
	enter := map[string]string{columns["Add"]: "40", columns["From"]: fmt.Sprint(date.New(2027, 3, 1).Sub(date.New(1899, 12, 30)))}
	entered, anew := filepath.Join(t.TempDir(), "entered.xlsx"), filepath.Join(t.TempDir(), "anew.xlsx")
	sheet := ""
	for i, s := range worksheetsOf(t, zipParts(t, path)) {
		if s.name == "What-if" {
			sheet = fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		}
	}
	e2eRewrite(t, path, entered, func(name, part string) string {
		for column, value := range enter {
			if name == sheet {
				cell := regexp.MustCompile(`(<c r="` + column + rows[at].number + `"[^>]*>)<v>[^<]*</v>`)
				part = cell.ReplaceAllString(part, "${1}<v>"+value+"</v>")
			}
		}
		return part
	})
	e2eRecalculators["Gnumeric"](t, entered, anew)
	then, _ := rowsOfSheet(t, bookOf(t, anew)["What-if"], "Subscription")
	if got := then[at].cells["Add"]; got != "40" {
		t.Fatalf("%q people are added", got)
	}
	var says struct {
		Running  string `json:"running_term"`
		Coming   string `json:"coming_term"`
		Together string
	}
	o := built(t, "simulate", dir, "--site", "globex-care", "--product", "confluence", "--add", "40", "--on", "2027-03-01", "--json")
	if err := json.Unmarshal([]byte(o.out), &says); err != nil {
		t.Fatalf("%v\n%s", err, o.errOut)
	}
	if cents(t, says.Coming).Sign() <= 0 {
		t.Fatalf("forty more people cost %s", says.Coming)
	}
	for title, want := range map[string]string{"Difference": says.Coming, "Before renewal": says.Running, "Together": says.Together} {
		more := func(r []sheetRow) money.Amount { return cents(t, r[0].cells[title]) } // of all subscriptions
		if got := more(then).Sub(more(rows)); got != cents(t, want) {
			t.Errorf("%s of forty more people is %s, simulate says %s", title, got, want)
		}
	}
}

// dropped sorts Apps by what one of those costs who use an app, the highest first.
func dropped(t *testing.T, book map[string]sheetCells, dir string) {
	apps, _ := rowsOfSheet(t, book["Apps"], "No")
	known := slices.DeleteFunc(apps, func(r sheetRow) bool { return r.cells["Per user of the app"] == "unknown" })
	app := slices.MaxFunc(known, func(a, b sheetRow) int {
		return cmp.Compare(cents(t, a.cells["Per user of the app"]).MinorUnits(), cents(t, b.cells["Per user of the app"]).MinorUnits())
	})
	key := strings.Split(app.cells["Id"], "/")
	text, err := os.ReadFile(filepath.Join(dir, "subscriptions.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	// The row is cancelled, and the folder is audited again.
	header, cancelled := rows[0], 0
	for _, r := range rows {
		if r[slices.Index(header, "key")] == key[2] && r[slices.Index(header, "site")] == key[0] {
			r[slices.Index(header, "status")], cancelled = "cancelled", cancelled+1
		}
	}
	if cancelled != 1 {
		t.Fatalf("%d rows are %s", cancelled, app.cells["Id"])
	}
	var changed strings.Builder
	if err := csv.NewWriter(&changed).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	without := auditFolder(t, copied(t, dir, map[string][]byte{"subscriptions.csv": []byte(changed.String())}))
	recommended := func(book map[string]sheetCells) money.Amount {
		totals, _ := rowsOfSheet(t, book["Summary"], "Figure")
		return cents(t, totals[len(totals)-1].cells["Amount"])
	}
	saved := recommended(book).Sub(recommended(bookOf(t, filepath.Join(without.folder, "audit.xlsx"))))
	if want := cents(t, app.cells["Saved without it"]); saved != want || want.Sign() <= 0 {
		t.Errorf("without %s the recommendation is %s lower, Apps says %s", app.cells["Id"], saved, want)
	}
}

// decidedLately writes into Users, saves the workbook among the inputs, and reads
// Decisions and Summary of the next run.
func decidedLately(t *testing.T, o outcome, dir string, removals [][]string) {
	decisions := []deciding{{id: removals[1][0], keep: "remove"}, {id: removals[2][0], keep: "ask", reason: "on a project", owner: "Team Lead"},
		{id: removals[3][0], keep: "keep", reason: "auditor", owner: "Finance"}}
	next := auditFolder(t, copied(t, dir, map[string][]byte{"decided.xlsx": decideIn(t, o.file(t, "audit.xlsx"), decisions...)}))
	book := bookOf(t, filepath.Join(next.folder, "audit.xlsx"))
	var got, want []string
	rows, _ := rowsOfSheet(t, book["Decisions"], "Name")
	for _, r := range rows {
		got = append(got, strings.Join([]string{r.cells["User id"], r.cells["Decision"], r.cells["Reason"], r.cells["Owner"], r.cells["Decided in run"]}, "|"))
	}
	for _, d := range decisions {
		want = append(want, strings.Join([]string{d.id, d.keep, d.reason, d.owner, filepath.Base(o.folder)}, "|"))
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("the sheet Decisions (-written +read):\n%s", diff)
	}
	planned := strings.Count(string(next.file(t, "removals.csv")), "\n") - 1
	decided, _ := rowsOfSheet(t, book["Summary"], "Decided")
	seats := map[string]string{}
	for _, r := range decided {
		seats[r.cells["Decided"]] = r.cells["Seats"]
	}
	if diff := gocmp.Diff(map[string]string{"Keep": "0", "Remove": "1", "Ask": "1", "Open": fmt.Sprint(planned - 2)}, seats); diff != "" {
		t.Errorf("what of %d removals is decided (-want +Summary):\n%s", planned, diff)
	}
}

// dueBefore filters Deadlines and Actions by their day.
func dueBefore(t *testing.T, book map[string]sheetCells, o outcome, day date.Date) {
	var r struct {
		Deadlines []struct {
			Date date.Date
			ID   string
		}
		Plan struct {
			Actions []struct {
				Deadline date.Date
				ID       string
			}
		}
	}
	if err := json.Unmarshal(o.file(t, "result.json"), &r); err != nil {
		t.Fatal(err)
	}
	var deadlines, actions []string
	for _, d := range r.Deadlines {
		if d.Date.Before(day) {
			deadlines = append(deadlines, d.ID)
		}
	}
	for _, a := range r.Plan.Actions {
		if a.Deadline.Before(day) {
			actions = append(actions, a.ID)
		}
	}
	for sheet, of := range map[string]struct {
		first, day string
		want       []string
	}{"Deadlines": {"Date", "Date", deadlines}, "Actions": {"No", "Deadline", actions}} {
		var got []string
		rows, _ := rowsOfSheet(t, book[sheet], of.first)
		for _, row := range rows {
			if dayOf(t, row.cells[of.day]).Before(day) {
				got = append(got, row.cells["Id"])
			}
		}
		if diff := gocmp.Diff(of.want, got); diff != "" || len(got) == 0 {
			t.Errorf("%s before %s (-result.json +workbook):\n%s", sheet, day, diff)
		}
	}
}
