package ingest

import (
	"slices"
	"strings"
	"testing"

	"tierline/audit/diag"
)

// TestNamesThatDoNotMeet tries what is taken for the same, what is asked about and
// what is left alone (METHOD 14.28).
func TestNamesThatDoNotMeet(t *testing.T) {
	const head = "type,key,site,cycle,renewal_date,status\n"
	users := func(columns string) string {
		return "User id,User status," + columns + "\na,Active" + strings.Repeat(",User", 1+strings.Count(columns, ",")) + "\n"
	}
	product := func(key, site string) string { return "product," + key + "," + site + ",annual,2027-01-30,\n" }
	for _, c := range []struct {
		name, subs, users, yaml string
		level                   diag.Level
		says                    string // "" for no remark on names
		access                  string // the places that are counted
	}{
		{"one site each", product("jira", "nordwind-prod"), users("Jira - nordwind"), "", diag.Warning, "taken for the same", "nordwind-prod/jira"},
		{"one site each, no product in common", product("confluence", "nordwind-prod"), users("Jira - nordwind"), "", diag.Warning,
			`confluence: the site "nordwind-prod" is in no user export`, "nordwind/jira"},
		{"two of ours", product("jira", "nordwind-prod") + product("jira", "suedwind"), users("Jira - nordwind"), "", diag.Incomplete, "sites: {nordwind-prod: nordwind}", "nordwind/jira"},
		{"two of theirs", product("jira", "nordwind-prod"), users("Jira - nordwind,Jira - other"), "", diag.Incomplete, "sites: {nordwind-prod: nordwind}",
			"nordwind/jira other/jira"},
		{"a cancelled one does not count", product("jira", "nordwind-prod") + "product,jira,suedwind,annual,2027-01-30,cancelled\n", users("Jira - nordwind"), "", diag.Warning,
			"taken for the same", "nordwind-prod/jira"},
		{"stated", product("jira", "nordwind-prod") + product("jira", "suedwind"), users("Jira - nordwind,Jira - suedwind"), "sites: {Nordwind-Prod: nordwind.atlassian.net}",
			diag.Note, "", "nordwind-prod/jira suedwind/jira"},
		{"stated, but nothing is called so", product("jira", "acme"), users("Jira - acme"), "sites: {acme: nordwint}", diag.Warning, `no user list is of "nordwint"`, "acme/jira"},
		{"a site nobody pays for, all else counted", product("jira", "acme"), users("Jira - acme,Jira - other"), "", diag.Note, "", "acme/jira other/jira"},
		{"a product named otherwise", product("confluense", "acme") + product("jira", "acme"), users("Jira - acme,Confluence - acme"), "", diag.Incomplete,
			"nothing counts Confluense there", "acme/confluence acme/jira"},
		{"a product of the same family", product("jira-work-management", "acme"), users("Jira - acme"), "", diag.Incomplete, "nothing counts Jira Work Management there", "acme/jira"},
		{"two products of Atlassian's", product("bitbucket", "acme") + product("jira", "acme"), users("Jira - acme,Goals - acme"), "", diag.Note, "", "acme/goals acme/jira"},
	} {
		l, err := loadFiles(t, map[string]string{"subscriptions.csv": head + c.subs, "users.csv": c.users, "audit.yaml": c.yaml})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var places []string
		for _, a := range l.Estate.Access {
			places = append(places, a.Site+"/"+a.Product)
		}
		if got := strings.Join(places, " "); got != c.access {
			t.Errorf("%s: counted are %s, want %s", c.name, got, c.access)
		}
		taken, asked := 0, 0
		for _, s := range l.Estate.SiteNames {
			switch {
			case s.Subscribed != "nordwind-prod" || s.Exported != "nordwind" && c.name != "two of theirs":
				t.Errorf("%s: two names: %+v", c.name, s)
			case s.Taken:
				taken++
			case s.Exported == "nordwind": // it may be the other one as well
				asked++
			}
		}
		if (taken == 1) != (c.says == "taken for the same") || (asked == 1) != strings.HasPrefix(c.says, "sites: ") || taken+asked > 1 {
			t.Errorf("%s: %d names taken for another, %d asked about", c.name, taken, asked)
		}
		names := slices.DeleteFunc(slices.Clone(l.Diagnostics), func(d diag.Diagnostic) bool {
			return d.Level == diag.Note || !strings.Contains(d.Message, "site") && !strings.Contains(d.Message, "nothing counts") && !strings.Contains(d.Message, "exports are of")
		})
		if c.says == "" && len(names) > 0 {
			t.Errorf("%s: got %v", c.name, names)
		}
		if c.says != "" && !slices.ContainsFunc(names, func(d diag.Diagnostic) bool { return d.Level == c.level && strings.Contains(d.String(), c.says) }) {
			t.Errorf("%s: got %v, want %s %q", c.name, l.Diagnostics, c.level, c.says)
		}
	}
}

// A site has one name in everything that is read: counts, plans and exceptions as
// well as lists (METHOD 14.28).
func TestEverythingTakesTheNameOfTheSite(t *testing.T) {
	l, err := loadFiles(t, map[string]string{
		"subscriptions.csv":  "type,key,site,cycle,renewal_date\nproduct,jira,nordwind-prod,annual,2027-01-30\nproduct,jira,suedwind,annual,2027-01-30\n",
		"users.csv":          "User id,User status,Jira - nordwind\na,Active,User\n",
		"user_counts.csv":    "date,site,product,users\n2026-11-10,nordwind,jira,1\n",
		"headcount_plan.csv": "date,site,product,change,note\n2026-12-10,nordwind,jira,+1,\n",
		"exceptions.csv":     "rule,subject,reason,owner,until\ninactive-users,nordwind/jira,known,,\n",
		"audit.yaml":         "sites: {nordwind-prod: nordwind}",
	})
	if err != nil {
		t.Fatal(err)
	}
	e := l.Estate
	if len(e.UserCounts) != 1 || e.UserCounts[0].Site != "nordwind-prod" || len(e.Headcount) != 1 || e.Headcount[0].Site != "nordwind-prod" ||
		e.Exceptions[0].Subject != "nordwind-prod/jira" || e.FindAccess("nordwind-prod", "jira") == nil {
		t.Errorf("counts %+v, planned %+v, exceptions %+v, access %+v", e.UserCounts, e.Headcount, e.Exceptions, e.Access)
	}
}
