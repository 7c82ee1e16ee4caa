package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// loadFiles loads a folder with these files, as of 2026-11-16 unless audit.yaml
// among them says otherwise.
func loadFiles(t *testing.T, files map[string]string) (*Loaded, error) {
	t.Helper()
	return Load(context.Background(), folder(t, files), Options{Today: date.New(2026, 11, 16)})
}

const jiraHeader = "User id,User status,Added to org,Jira - acme,Last seen in Jira - acme\n"

// TestEvidenceDay finds the day of a list by itself (METHOD 1.19).
func TestEvidenceDay(t *testing.T) {
	for _, c := range []struct {
		name, users, yaml string
		day               string
		from              estate.DayFrom
		warning           string
	}{
		{"the newest date of use", jiraHeader + "a,Active,3 Jan 2024,User,10 Nov 2026\nb,Active,15 Nov 2026,User,9 Nov 2026\n", "", "2026-11-10", estate.NewestUse, ""},
		{"of any product and site", "User id,User status,Jira - acme,Last seen in Jira - acme,Goals - b,Last seen in Goals - b\na,Active,User,1 Nov 2026,,8 Nov 2026\n",
			"", "2026-11-08", estate.NewestUse, ""},
		{"on as-of", jiraHeader + "a,Active,,User,16 Nov 2026\n", "", "2026-11-16", estate.NewestUse, ""},
		{"not after as-of", jiraHeader + "a,Active,,User,17 Nov 2026\nb,Active,,User,9 Nov 2026\n", "", "2026-11-09", estate.NewestUse, ""},
		{"all after as-of", jiraHeader + "a,Active,3 Nov 2026,User,17 Nov 2026\n", "", "", estate.DayUnknown, ""},
		{"nobody has used it", jiraHeader + "a,Active,3 Nov 2026,User,Never accessed\n", "", "", estate.DayUnknown, ""},
		{"no column of use", "User id,User status,Added to org,Jira - acme\na,Active,29 Oct 2026,User\nb,Active,3 Jan 2024,User\n", "", "2026-10-29", estate.NewestDate, ""},
		{"no date at all", "User id,User status,Jira - acme\na,Active,User\n", "", "", estate.DayUnknown, ""},
		{"dates that can be read either way", jiraHeader + "a,Active,,User,01/02/2026\n", "", "", estate.DayUnknown, ""},
		{"stated", jiraHeader + "a,Active,,User,10 Nov 2026\n", "inputs: [{glob: users.csv, exported_on: 2026-11-16}]", "2026-11-16", estate.Stated, ""},
		{"stated too early", jiraHeader + "a,Active,,User,10 Nov 2026\n", "inputs: [{glob: users.csv, exported_on: 2026-11-09}]", "2026-11-09", estate.Stated,
			"exported_on says 2026-11-09, but people used products until 2026-11-10"},
		{"an as-of day of its own", jiraHeader + "a,Active,,User,10 Nov 2026\nb,Active,,User,1 Nov 2026\n", "as_of: 2026-11-05", "2026-11-01", estate.NewestUse, ""},
	} {
		l, err := loadFiles(t, map[string]string{"users.csv": c.users, "audit.yaml": c.yaml})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		list := l.Estate.Lists[0]
		if list.Day.String() != c.day || list.DayFrom != c.from || l.Estate.FindAccess("acme", "jira").Day != list.Day {
			t.Errorf("%s: got %s from %s, want %s from %s", c.name, list.Day, list.DayFrom, c.day, c.from)
		}
		warned := slices.ContainsFunc(l.Diagnostics, func(d diag.Diagnostic) bool {
			return d.Level == diag.Warning && strings.Contains(d.Message, "exported_on")
		})
		if warned != (c.warning != "") || warned && !strings.Contains(fmt.Sprint(l.Diagnostics), c.warning) {
			t.Errorf("%s: got %v", c.name, l.Diagnostics)
		}
	}
}

// An export cannot be of a day after as-of: that is a mistake in audit.yaml, and
// the message names the key and both days (METHOD 1.19).
func TestExportedAfterAsOf(t *testing.T) {
	files := map[string]string{"users.csv": jiraHeader + "a,Active,,User,10 Nov 2026\n", "audit.yaml": "inputs: [{glob: users.csv, exported_on: 2026-11-16}]"}
	if _, err := loadFiles(t, files); err != nil {
		t.Errorf("on as-of: %v", err)
	}
	files["audit.yaml"] = "inputs: [{glob: users.csv, exported_on: 2026-11-17}]"
	_, err := loadFiles(t, files)
	want := `audit.yaml:1:10: exported_on 2026-11-17 of "users.csv" is after the as-of date 2026-11-16; expected that day or an earlier one`
	if config, ok := err.(*ConfigError); !ok || config.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestListsWithACommonColumn share a day at most 7 days apart, and each keep
// their own further apart (METHOD 1.19).
func TestListsWithACommonColumn(t *testing.T) {
	list := func(id, day string) string { return jiraHeader + id + ",Active,," + "User," + day + "\n" }
	for _, c := range []struct {
		name  string
		files map[string]string
		days  string // of the accounts, by id
		count string
	}{
		{"7 days", map[string]string{"1.csv": list("a", "16 Nov 2026"), "2.csv": list("b", "9 Nov 2026")}, "2026-11-16 2026-11-16", "2026-11-16"},
		{"8 days", map[string]string{"1.csv": list("a", "16 Nov 2026"), "2.csv": list("b", "8 Nov 2026")}, "2026-11-16 2026-11-08", "2026-11-08"},
		{"a chain of 6 and 6 days", map[string]string{"1.csv": list("a", "4 Nov 2026"), "2.csv": list("b", "10 Nov 2026"), "3.csv": list("c", "16 Nov 2026")},
			"2026-11-10 2026-11-16 2026-11-16", "2026-11-10"},
		{"one of no day", map[string]string{"1.csv": list("a", "16 Nov 2026"), "2.csv": list("b", "Never accessed")}, "2026-11-16 ", ""},
		{"the same account in both", map[string]string{"1.csv": jiraHeader + "a,Active,,User,1 Nov 2026\nb,Active,,User,16 Nov 2026\n", "2.csv": list("a", "1 Nov 2026")},
			"2026-11-16 2026-11-16", "2026-11-01"},
		{"no common column", map[string]string{"1.csv": list("a", "16 Nov 2026"), "2.csv": strings.ReplaceAll(list("b", "10 Nov 2026"), "Jira", "Confluence")},
			"2026-11-16 2026-11-16", "2026-11-16"},
	} {
		l, err := loadFiles(t, c.files)
		if err != nil {
			t.Fatal(err)
		}
		a := l.Estate.FindAccess("acme", "jira")
		var days []string
		for i := range l.Estate.Accounts {
			days = append(days, a.EvidenceDay(int32(i)).String())
		}
		if got := strings.Join(days, " "); got != c.days || a.Day.String() != c.count {
			t.Errorf("%s: got days %q, the count %s; want %q, %s", c.name, got, a.Day, c.days, c.count)
		}
	}
}

// TestOneGroup knows a list of a single group from one of everybody (METHOD 1.21).
func TestOneGroup(t *testing.T) {
	rows := func(header string, groups ...string) string {
		var b strings.Builder
		b.WriteString("User id,User status,Jira - acme," + header + "\n")
		for i, g := range groups {
			fmt.Fprintf(&b, "a%d,Active,User,%s\n", i, g)
		}
		return b.String()
	}
	times := func(n int, group string) []string { return slices.Repeat([]string{group}, n) }
	for _, c := range []struct {
		name, users string
		want        bool
	}{
		{"10 rows", rows("Group membership", times(10, "admins")...), true},
		{"9 rows", rows("Group membership", times(9, "admins")...), false},
		{"10 rows and some that state none", rows("Group membership", append(times(10, "admins"), "", "")...), true},
		{"another group", rows("Group membership", append(times(12, "admins"), "users")...), false},
		{"with groups pivoted", rows("Group name", times(10, "admins")...), true},
		{"no such column", rows("Org role", times(10, "admins")...), false},
	} {
		l, err := loadFiles(t, map[string]string{"users.csv": c.users})
		if err != nil || l.Estate.Lists[0].OneGroup != c.want {
			t.Errorf("%s: one group %v (%v), want %v", c.name, l.Estate.Lists[0].OneGroup, err, c.want)
		}
	}
}

// TestGroupsOfAccounts: the groups of a person are kept as each list that counts the
// product writes them, once, whether they stand in one cell or in rows of their own
// (METHOD 1.29).
func TestGroupsOfAccounts(t *testing.T) {
	pivoted := "Group id,Group name,User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n"
	for _, group := range []string{"jira-users", "admins", "jira-users"} {
		pivoted += "g," + group + ",a,A,a@example.com,Active,,,User,16 Nov 2026\n"
	}
	pivoted += "g,admins,b,B,b@example.com,Active,,,User,16 Nov 2026\n"
	listed := "User id,User name,email,User status,Added to org,Group membership,Jira - beta,Last seen in Jira - beta\n" +
		"b,B,b@example.com,Active,,\"staff, all\",User,16 Nov 2026\nc,C,c@example.com,Active,,,User,16 Nov 2026\n"
	l, err := loadFiles(t, map[string]string{"acme.csv": pivoted, "beta.csv": listed})
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range [][2]string{{"admins|jira-users", ""}, {"admins", "staff, all"}, {"", ""}} {
		got := [2]string{}
		for i, site := range []string{"acme", "beta"} {
			got[i] = strings.Join(l.Estate.GroupsOf(int32(n), site, "jira"), "|")
		}
		if got != want {
			t.Errorf("account %s: groups %q, want %q", l.Estate.Accounts[n].ID, got, want)
		}
	}
}

// TestRoleCountHasTheDayStated: what an instance counts against its licence is of
// the day that audit.yaml says (METHOD 1.21).
func TestRoleCountHasTheDayStated(t *testing.T) {
	l, err := loadFiles(t, map[string]string{
		"subscriptions.csv": "type,key,site,hosting,cycle,renewal_date,licensed_users\nproduct,jira,dc,data-center,annual,2027-01-30,500\n",
		"upm.json":          `{"plugins":[],"hostStatus":{"hostLicense":{"maximumNumberOfUsers":500,"currentRoleCount":431,"valid":true,"licenseType":"COMMERCIAL"}}}`,
		"audit.yaml":        "inputs: [{glob: upm.json, site: dc, product: jira, exported_on: 2026-11-10}]",
	})
	if err != nil {
		t.Fatal(err)
	}
	if x := l.Estate.Licences; len(x) != 1 || x[0].Current != 431 || x[0].Day != date.New(2026, 11, 10) {
		t.Errorf("got %+v (%v)", x, l.Diagnostics)
	}
}
