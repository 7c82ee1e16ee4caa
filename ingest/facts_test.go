package ingest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tierline/audit/estate"
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

// FuzzDecisions reads any cells as decisions, in a table of somebody's own and in a
// sheet of a run: every row is accounted for, no message quotes a cell, and whatever
// holds is about one seat, with a verdict (METHOD 1.30, 18.4).
func FuzzDecisions(f *testing.F) {
	f.Add("acc-1", "acme", "jira", "keep", "on call", "Desk", "2027-01-31", "2026-11-16-01234567")
	f.Add("'=a", "acme", "Jira", " ASK ", "a;'=b", "", "", "")
	f.Add("acc-1", "https://acme.atlassian.net/", "confluence", "maybe", "", "", "31.01.2027", "yesterday")
	f.Fuzz(func(t *testing.T, id, site, product, keep, reason, owner, until, run string) {
		var b strings.Builder
		b.WriteString("User id,site,product,keep,reason,owner,decided_until,tierline_run\n")
		for _, verdict := range []string{keep, "remove", ""} {
			cells := []string{id, site, product, verdict, reason, owner, until, run}
			for i, c := range cells {
				cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(strings.Join(cells, ",") + "\n")
		}
		own := b.String()
		hand := strings.Replace(own, ",tierline_run\n", ",note\n", 1)
		l := readBytes(map[string][]byte{"a.csv": []byte(own), "b.csv": []byte(hand)})
		for _, in := range l.Inputs {
			if in.Read != in.Used+in.ExcludedRows()+in.Rejected || in.Used < 0 {
				t.Errorf("%s: read %d, used %d, excluded %d, rejected %d", in.Path, in.Read, in.Used, in.ExcludedRows(), in.Rejected)
			}
		}
		seen := map[string]bool{}
		for i := range l.Estate.Decisions {
			d := &l.Estate.Decisions[i]
			if seen[seatKey(d)] || d.Verdict == estate.Undecided || d.ID == "" || d.Site == "" || d.Product == "" {
				t.Errorf("decision %+v", *d)
			}
			seen[seatKey(d)] = true
		}
		for _, d := range l.Diagnostics {
			if len(reason) > 9 && strings.Contains(d.Text(), reason) {
				t.Errorf("told: %s", d.Text())
			}
		}
	})
}
