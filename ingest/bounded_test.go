package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tierline/ingest/sheet"
)

// remarksOn reads an export of n accounts, each with two rows as the row
// function writes them, and returns the remarks on it.
func remarksOn(t *testing.T, n int, row func(i, nth int) string) []string {
	t.Helper()
	var b strings.Builder
	b.WriteString("User id,User status,Jira - acme,Last seen in Jira - acme\n")
	for i := range n {
		fmt.Fprintf(&b, "a%06d,%s\na%06d,%s\n", i, row(i, 0), i, row(i, 1))
	}
	l := readBytes(map[string][]byte{"users.csv": []byte(b.String())})
	var out []string
	for _, d := range l.Diagnostics {
		out = append(out, d.String())
	}
	return out
}

// TestRemarksAreBounded reads lists in which every row is odd in the same way:
// what is said of them must not grow with them, and must say how many they are.
func TestRemarksAreBounded(t *testing.T) {
	const n = 3000
	for name, c := range map[string]struct {
		row  func(i, nth int) string
		most int
		says string
	}{
		"dates nobody can read": {func(int, int) string { return "Active,User,3 janv. 2026" }, 0, `6,000 cells of the column "Last seen in Jira - acme": no date`},
		"serials in text":       {func(int, int) string { return "Active,User,45366" }, 0, `6,000 cells of the column`},
		"words of no role":      {func(i, _ int) string { return fmt.Sprintf("Active,word %d,", i) }, 0, `6,000 cells of the column "Jira - acme": no role we know`},
		"rows that contradict":  {func(_, nth int) string { return "Active," + []string{"User", ""}[nth] + "," }, sheet.ShownRows, "2,000 more rows are in contradiction to another of the same account"},
	} {
		t.Run(name, func(t *testing.T) {
			got := remarksOn(t, n, c.row)
			if len(got) > c.most+5 {
				t.Errorf("%d remarks, expected about %d", len(got), c.most)
			}
			if all := strings.Join(got, "\n"); !strings.Contains(all, c.says) {
				t.Errorf("nothing says %q in\n%.2000s", c.says, all)
			}
		})
	}
}

// TestManyRowsOfOneAccount joins a list that has as many rows of one account
// as it has groups with an older copy of it: comparing every row with every
// other would take an hour, and the account is still one.
//
// METHOD 1.2.
func TestManyRowsOfOneAccount(t *testing.T) {
	list := func(rows int, role, seen string) []byte {
		const header = "Group id,Group name,User id,User status,Jira - acme,Last seen in Jira - acme\n"
		return []byte(header + strings.Repeat("g,g,a1,Active,"+role+","+seen+"\n", rows))
	}
	l := readBytes(map[string][]byte{"new.csv": list(200_000, "User", "9 Nov 2026"), "old.csv": list(100_000, "", "4 Nov 2026")})
	if got := fmt.Sprint(l.Diagnostics); !strings.Contains(got, "an older copy of new.csv, from which it differs on 1 accounts") {
		t.Errorf("remarks %s", got)
	}
}

// TestRejectedRowsAreBounded: of two lists with more rejected rows than one run
// keeps, the first by path and line are kept, cut where they are long, and the
// others counted by file and fault, however many processors read them.
func TestRejectedRowsAreBounded(t *testing.T) {
	const head, bad, torn = "User id,User status,Jira - acme\n", "a,Unheard of,User\n", "a,Active,User,x,y\n"
	long := "b,Unheard of," + strings.Repeat("long ", 2000) + "\n"
	first := []byte(head + long + strings.Repeat(bad, 80_000) + strings.Repeat(torn, 500) + "\"open\"x\n")
	load := func(processors int) *Loaded {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		dir := t.TempDir()
		for name, text := range map[string][]byte{"a.csv": []byte(head + strings.Repeat(torn, 400)), "b.csv": first} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		l, err := Load(t.Context(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	one := load(1)
	var kept, unkept []string
	for _, r := range one.Rejected {
		if r.Source.Line > 0 {
			kept = append(kept, fmt.Sprint(r.Source, " ", len(strings.Join(r.Cells, ","))))
		} else {
			unkept = append(unkept, r.Source.File+": "+r.Problem)
		}
	}
	if len(kept) != sheet.KeptRows || kept[399] != "a.csv:401:4 17" || !strings.HasPrefix(kept[400], "b.csv:2:2 39") || kept[sheet.KeptRows-1] != "b.csv:9601:2 17" {
		t.Errorf("%d rows are kept, among them %q, %q and %q", len(kept), kept[399], kept[400], kept[len(kept)-1])
	}
	const more = " more with this problem, whose text is not kept: "
	want := []string{"b.csv: 1 row" + more + "text follows a closing quotation mark", "b.csv: 500 rows" + more + "more cells than the header",
		"b.csv: 70,401 rows" + more + "user status: allowed: Active, Suspended, Deactivated"}
	if slices.Sort(unkept); !slices.Equal(unkept, want) {
		t.Errorf("not kept are %q, want %q", unkept, want)
	}
	if several := load(5); !reflect.DeepEqual(several.Rejected, one.Rejected) || !slices.Equal(several.Diagnostics.Sorted(), one.Diagnostics.Sorted()) {
		t.Error("read in parts, other rows are kept or remarked on")
	}
}

// TestLongTablesAreNotRead: a table of more rows than are read is left out whole,
// by name, and its rows accounted for.
func TestLongTablesAreNotRead(t *testing.T) {
	const head, row = "plan,cycle,currency,mode,up_to,flat_price\n", "x,annual,USD,volume,%d,%d\n"
	table := func(rows int) []byte {
		var b strings.Builder
		b.WriteString(head)
		for i := range rows {
			fmt.Fprintf(&b, row, i+1, i+1)
		}
		return []byte(b.String())
	}
	for rows, want := range map[int]int{usualRows: usualRows, usualRows + 1: 0} {
		l := readBytes(map[string][]byte{"p.csv": table(rows)})
		in := l.Inputs[0]
		if in.Read != rows || in.Used != want || in.ExcludedRows() != rows-want {
			t.Errorf("of %d rows: %d read, %d used, %d excluded", rows, in.Read, in.Used, in.ExcludedRows())
		}
		if said := strings.Contains(fmt.Sprint(l.Diagnostics), "p.csv: more than 100,000 rows, which is more than Tierline reads of a prices table"); said != (want == 0) {
			t.Errorf("of %d rows: said is %v", rows, said)
		}
	}
}
