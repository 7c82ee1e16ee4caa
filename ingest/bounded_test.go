package ingest

import (
	"fmt"
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
		"rows that contradict":  {func(_, nth int) string { return "Active," + []string{"User", ""}[nth] + "," }, sheet.ShownRows, "2000 more rows contradict another of the same account"},
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
