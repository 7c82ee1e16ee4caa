package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tierline/audit/config"
)

// readBytes reads files as a folder of them would be.
func readBytes(contents map[string][]byte) *Loaded {
	cfg := config.Default()
	known := newKnown()
	var files []*file
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		sum := sha256.Sum256(contents[name])
		f := newFile(name, &cfg, known)
		f.sum = hex.EncodeToString(sum[:])
		f.read(context.Background(), contents[name], nil)
		files = append(files, f)
	}
	l := &Loaded{Config: &cfg}
	l.join(files)
	return l
}

// grid is a table before it is written in one way or another.
type grid [][]string

func (g grid) write(comma rune, lineEnd string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	if err := w.WriteAll(g); err != nil {
		panic(err)
	}
	return bytes.ReplaceAll(b.Bytes(), []byte("\n"), []byte(lineEnd))
}

// columns returns the grid with its columns in another order.
func (g grid) columns(order []int) grid {
	out := grid{}
	for _, row := range g {
		var cells []string
		for _, i := range order {
			cells = append(cells, row[i])
		}
		out = append(out, cells)
	}
	return out
}

// rows returns the grid with its rows in another order, the header first.
func (g grid) rows(order []int) grid {
	out := grid{g[0]}
	for _, i := range order {
		out = append(out, g[i+1])
	}
	return out
}

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

var exportHeader = []string{"User id", "User name", "email", "User status", "Added to org", "Org role",
	"Jira - acme", "Confluence - acme", "Jira - beta", "Last seen in Jira - acme", "Last seen in Confluence - acme", "Last seen in Goals - acme"}

// drawExport draws a user export. Some accounts have several rows, as when
// groups are pivoted: they agree on the person, not on access and activity.
// Every name holds a letter beyond ASCII, so that a file in another encoding
// is recognised as such.
func drawExport(t *rapid.T, duplicates bool) grid {
	dates := rapid.SampledFrom([]string{"Never accessed", "", "n/a", "4 Mar 2026", "2026-10-01", "10.11.2026", "16 Nov 2026", "not a date", "31 Feb 2026"})
	roles := rapid.SampledFrom([]string{"User", "", "", "Guest", "Agent", "Viewer", "User, Product admin"})
	g := grid{exportHeader}
	for i := range rapid.IntRange(1, 12).Draw(t, "accounts") {
		id := fmt.Sprintf("712020:%02d", i)
		name := rapid.SampledFrom([]string{"Zoë", "Müller, Anna", "Zoë \"Z\" Lind", "Zoë;\nsecond line", "Ünal\tTab", "é | è"}).Draw(t, "name")
		status := rapid.SampledFrom([]string{"Active", "Active", "Suspended", "Deactivated", "Pending"}).Draw(t, "status")
		n := 1
		if duplicates {
			n = rapid.IntRange(1, 3).Draw(t, "rows")
		}
		for range n {
			row := []string{id, name, fmt.Sprintf("u%02d@example.com", i), status, "3 Jan 2024", ""}
			for range 3 {
				row = append(row, roles.Draw(t, "role"))
			}
			for range 3 {
				row = append(row, dates.Draw(t, "seen"))
			}
			g = append(g, row)
		}
	}
	return g
}

var tableGrids = map[string]grid{
	"subscriptions.csv": {
		{"type", "key", "site", "host", "cycle", "renewal_date", "price_plan", "licensed_users", "discount", "contract_price", "currency"},
		{"product", "jira", "acme", "", "annual", "2027-01-31", "", "500", "", "", ""},
		{"product", "confluence", "acme", "", "monthly", "2026-12-01", "", "", "15%", "", ""},
		{"app", "sheets", "acme", "jira", "annual", "2027-01-31", "", "", "", "1,234.50", "USD"},
		{"app", "notes", "acme", "jira", "annual", "31.01.2027", "sheets", "", "", "", ""},
		{"app", "wrong", "acme", "", "annual", "2027-01-31", "", "", "", "", ""},
	},
	"prices.csv": {
		{"plan", "cycle", "currency", "mode", "up_to", "unit_price", "flat_price", "valid_from"},
		{"jira", "annual", "USD", "volume", "500", "", "5000", ""}, {"jira", "annual", "USD", "volume", "1000", "", "9000", ""}, {"jira", "annual", "USD", "volume", "500", "", "5500", "2027-01-01"},
		{"sheets", "monthly", "USD", "graduated", "10", "", "10.00", ""}, {"sheets", "monthly", "USD", "graduated", "", "0.50", "", ""}, {"sheets", "monthly", "USD", "graduated", "", "0.50", "", ""},
		{"bad", "annual", "USD", "volume", "100", "", "many", ""}, {"bad", "annual", "USD", "volume", "200", "", "100", ""},
	},
	"price_changes.csv":  {{"plan", "effective", "change", "override_days"}, {"sheets", "2027-01-01", "+15%", ""}, {"sheets", "2027-06-01", "-5%", "30"}, {"jira", "2027-03-01", "+2%", ""}, {"nobody", "2027-03-01", "+2%", ""}},
	"headcount_plan.csv": {{"date", "site", "product", "change", "note"}, {"2027-03-01", "acme", "jira", "+20", "a"}, {"2027-02-01", "acme", "jira", "-5", "b"}, {"2027-02-01", "acme", "confluence", "+5", ""}, {"2027-02-01", "acme", "jira", "x", ""}},
	"user_counts.csv":    {{"date", "site", "product", "users"}, {"2026-11-01", "acme", "jira", "480"}, {"2026-11-02", "acme", "jira", "481"}, {"2026-11-01", "acme", "confluence", "100"}},
	"exceptions.csv":     {{"rule", "subject", "reason", "owner", "until"}, {"inactive-users", "u01@example.com", "leave", "HR", ""}, {"*", "acme/jira", "b", "Zoë", "2027-01-01"}, {"", "x", "y", "o", ""}},
	"quotes.csv": {
		{"number", "date", "valid_until", "site", "key", "users", "cycle", "amount", "currency"},
		{"Q-1", "2026-11-02", "", "acme", "sheets", "300", "annual", "1,234.50", "USD"}, {"Q-2", "2026-11-02", "2026-12-02", "acme", "jira", "500", "annual", "$ 5000", "USD"},
		{"Q-2", "2026-11-02", "2026-12-02", "acme", "jira", "500", "annual", "$ 5000", "USD"}, {"Q-3", "2026-11-02", "", "acme", "jira", "0", "annual", "10", "USD"},
	},
	"invoices.csv": {
		{"number", "date", "period_from", "period_to", "site", "key", "users", "amount", "currency"},
		{"I-1", "2026-11-01", "2026-11-01", "2026-11-30", "acme", "confluence", "100", "600.00", "USD"}, {"I-1", "2026-11-01", "2026-11-10", "2026-11-30", "acme", "confluence", "", "12.50", "USD"},
		{"I-2", "2026-11-01", "2026-11-01", "2026-10-01", "acme", "confluence", "", "12.50", "USD"}, {"I-3", "2026-11-01", "2026-11-01", "2026-12-01", "acme", "other", "", "1", "USD"},
	},
	"apps.csv":           {{"key", "framework", "checked_on"}, {"sheets", "connect", "2026-11-01"}, {"notes", "Forge", ""}, {"other", "wood", ""}},
	"end_of_support.csv": {{"key", "date", "note", "source"}, {"sheets", "2027-04-05", "a", "vendor"}, {"Jira Software", "2027-04-05", "", ""}, {"nobody", "2027-04-05", "", ""}},
	"app_usage.csv":      {{"key", "site", "active_users", "assigned_users"}, {"sheets", "acme", "10", "20"}, {"notes", "acme", "5", ""}, {"other", "acme", "5", ""}},
}

// TestOrderOfRowsAndColumns: neither changes what is read.
func TestOrderOfRowsAndColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain, shuffled := map[string][]byte{}, map[string][]byte{}
		grids := maps.Clone(tableGrids)
		grids["users.csv"] = drawExport(t, true)
		for _, name := range slices.Sorted(maps.Keys(grids)) {
			g := grids[name]
			plain[name] = g.write(',', "\n")
			rows := rapid.Permutation(numbers(len(g)-1)).Draw(t, "rows of "+name)
			columns := rapid.Permutation(numbers(len(g[0]))).Draw(t, "columns of "+name)
			shuffled[name] = g.rows(rows).columns(columns).write(',', "\n")
		}
		same(t, plain, shuffled)
	})
}

// TestWaysToWrite: delimiter, encoding and line ends do not change what is
// read.
func TestWaysToWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		export := drawExport(t, true)
		comma := rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "delimiter")
		lineEnd := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(encodings))).Draw(t, "encoding")
		written, err := encodings[name].NewEncoder().Bytes(export.write(comma, lineEnd))
		if err != nil {
			t.Fatal(err)
		}
		subs := tableGrids["subscriptions.csv"].write(',', "\n")
		same(t, map[string][]byte{"s.csv": subs, "users.csv": export.write(',', "\n")}, map[string][]byte{"s.csv": subs, "users.csv": written})
	})
}

// TestSplitExport: an export in two files is read as the one it was, as long
// as no account is torn apart. Only the whole one is not joined with another, and
// its rows stand in any order.
func TestSplitExport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		export := drawExport(t, false)
		first, second := grid{export[0]}, grid{export[0]}
		for _, row := range export[1:] {
			if rapid.Bool().Draw(t, "first") {
				first = append(first, row)
			} else {
				second = append(second, row)
			}
		}
		subs := tableGrids["subscriptions.csv"].write(',', "\n")
		whole := export.rows(rapid.Permutation(numbers(len(export)-1)).Draw(t, "rows"))
		same(t, map[string][]byte{"s.csv": subs, "users.csv": whole.write(',', "\n")},
			map[string][]byte{"s.csv": subs, "1.csv": first.write(',', "\n"), "2.csv": second.write(';', "\r\n")})
	})
}

func same(t *rapid.T, a, b map[string][]byte) {
	x, y := readBytes(a), readBytes(b)
	addsUp(t, x)
	addsUp(t, y)
	if diff := cmp.Diff(dump(x, false), dump(y, false)); diff != "" {
		t.Fatalf("read differently:\n%s", diff)
	}
	for _, pair := range [][2]int{{usedRows(x), usedRows(y)}, {rejectedRows(x), rejectedRows(y)}} {
		if pair[0] != pair[1] {
			t.Fatalf("rows used or rejected: %d and %d", pair[0], pair[1])
		}
	}
}

func usedRows(l *Loaded) (n int) {
	for _, in := range l.Inputs {
		n += in.Used
	}
	return n
}

func rejectedRows(l *Loaded) (n int) {
	for _, in := range l.Inputs {
		n += in.Rejected
	}
	return n
}

// FuzzRead feeds any bytes to the whole of reading: it must not panic, and
// every row must be accounted for.
func FuzzRead(f *testing.F) {
	export := grid{exportHeader, {"a", "Zoë", "a@example.com", "Active", "3 Jan 2024", "", "User", "", "", "4 Mar 2026", "01/02/2026", "Never accessed"}}
	f.Add(export.write(',', "\n"))
	f.Add(append([]byte("sep=;\r\n"), export.write(';', "\r\n")...))
	for _, name := range slices.Sorted(maps.Keys(tableGrids)) {
		f.Add(tableGrids[name].write(',', "\n"))
	}
	for _, format := range slices.Sorted(maps.Keys(written)) {
		f.Add(written[format].write(',', "\n"))
	}
	for _, h := range headers {
		n := strings.Count(h.header, ",")
		f.Add([]byte(h.header + "\n" + "a;b" + strings.Repeat(",Active", n) + "\na" + strings.Repeat(",1", n) + "\na,b\n"))
	}
	f.Add([]byte("User id,User status,email,Email\na,Active,\"x\ny\n"))
	f.Add([]byte("\xff\xfeU\x00s\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l := readBytes(map[string][]byte{"file.csv": raw, "subscriptions.csv": tableGrids["subscriptions.csv"].write(',', "\n")})
		for _, in := range l.Inputs {
			if in.Read != in.Used+in.ExcludedRows()+in.Rejected || in.Used < 0 {
				t.Errorf("%s: read %d, used %d, excluded %d, rejected %d", in.Path, in.Read, in.Used, in.ExcludedRows(), in.Rejected)
			}
		}
		if text := dump(l, true); strings.Contains(text, "\x00") {
			t.Errorf("a NUL byte came through")
		}
	})
}
