package ingest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tierline/ingest/cell"
)

// TestStarterHeaders: init writes every table of ours with all its columns and
// no other, so that neither side can gain or lose one.
func TestStarterHeaders(t *testing.T) {
	dir := filepath.Join("..", "templates", "starter")
	var known []string
	for _, f := range ownTables() {
		known = append(known, f.ID+".csv")
		raw, err := os.ReadFile(filepath.Join(dir, f.ID+".csv"))
		if err != nil {
			t.Errorf("init writes no %s: %v", f.Title, err)
			continue
		}
		header := strings.Split(strings.TrimSuffix(string(raw), "\n"), ",")
		for i := range header {
			header[i] = cell.Canonical(header[i])
		}
		columns := f.All()
		slices.Sort(header)
		slices.Sort(columns)
		if !slices.Equal(header, columns) {
			t.Errorf("%s: init writes the columns\n%v\nwhich is read as\n%v", f.Title, header, columns)
		}
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !slices.Contains(known, filepath.Base(name)) {
			t.Errorf("init writes %s, which is no table of ours", name)
		}
	}
}

// TestMessagesNameNobody: any cell of the tables of people and of their work
// may hold a person, also by a shifted row. No message quotes one.
func TestMessagesNameNobody(t *testing.T) {
	const who = "Zebedee"
	cells := []string{who, who + "@example.com", who + ", " + who, "1 " + who}
	files := map[string]string{"subscriptions.csv": "type,key,site,cycle,renewal_date\nproduct,jira,acme,annual,2027-01-31\n"}
	people, workload := "email,department,title,cost_centre,needs_access,leave_until\n", "account,site,product,open_items,last_item_on\n"
	for _, c := range cells {
		for column := range 6 {
			row := []string{who + "@example.com", "IT", "", "", "yes", "2027-01-31"}
			row[column] = `"` + c + `"`
			people += strings.Join(row, ",") + "\n"
		}
		for column := range 5 {
			row := []string{who, "acme", "jira", "1", "2026-01-31"}
			row[column] = `"` + c + `"`
			workload += strings.Join(row, ",") + "\n"
		}
	}
	files["people.csv"], files["workload.csv"] = people, workload
	l, err := Load(context.Background(), folder(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, l)
	if len(l.Diagnostics) < 10 {
		t.Errorf("only %d remarks on rows that are wrong", len(l.Diagnostics))
	}
	for _, d := range l.Diagnostics {
		if strings.Contains(strings.ToLower(d.String()), strings.ToLower(who)) {
			t.Errorf("a message names somebody: %s", d)
		}
	}
}
