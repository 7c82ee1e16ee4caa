package estate_test

import (
	"slices"
	"testing"
	"time"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

func TestProductKeysAndFamilies(t *testing.T) {
	for in, want := range map[string]string{
		"Jira": "jira", "Jira Software": "jira", "  jira   software ": "jira", "Jira Service Management": "jira-service-management", "Jira Service Desk": "jira-service-management",
		"JSM": "jira-service-management", "Jira Core": "jira-work-management", "Confluence": "confluence", "Jira Product Discovery": "jira-product-discovery", "jira-servicedesk": "jira-service-management",
	} {
		if got := estate.ProductKey(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for key, want := range map[string]string{"jira": "jira", "jira-service-management": "jira", "jira-work-management": "jira", "confluence": "confluence", "jira-product-discovery": "jira-product-discovery"} {
		if got := estate.Family(key); got != want {
			t.Errorf("family of %s: got %s, want %s", key, got, want)
		}
	}
	for key, want := range map[string]string{"jira": "Jira", "jira-service-management": "Jira Service Management", "confluence": "Confluence", "some-thing": "Some Thing"} {
		if got := estate.ProductName(key); got != want {
			t.Errorf("name of %s: got %s, want %s", key, got, want)
		}
	}
}

// METHOD 14.18.
func TestSiteLabel(t *testing.T) {
	for in, want := range map[string]string{
		"acme": "acme", "https://ACME-eng.atlassian.net/": "acme-eng", "http://acme.atlassian.net/wiki/x": "acme", " Acme.atlassian.net ": "acme", "jira.acme.com": "jira.acme.com",
	} {
		if got := estate.SiteLabel(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestLastSeen(t *testing.T) {
	d := date.New(2026, time.May, 4)
	older, newer, never, unknown := estate.SeenOn(d), estate.SeenOn(d.AddDays(1)), estate.Never(), estate.LastSeen{}
	if got, ok := older.Date(); !ok || got != d || older.IsNever() || older.IsUnknown() {
		t.Errorf("seen on %s: got %s %v", d, got, ok)
	}
	for name, s := range map[string]estate.LastSeen{"never": never, "unknown": unknown} {
		if _, ok := s.Date(); ok {
			t.Errorf("%s has no date", name)
		}
	}
	if !never.IsNever() || never.IsUnknown() || unknown.IsNever() || !unknown.IsUnknown() || !estate.SeenOn(date.Date{}).IsUnknown() {
		t.Error("never, unknown and a date are three states")
	}
	// unknown < never < older < newer, from either side
	rank := []estate.LastSeen{unknown, never, older, newer}
	for i, a := range rank {
		for j, b := range rank {
			if got := a.Newer(b); got != rank[max(i, j)] {
				t.Errorf("newer of rank %d and %d: got %+v", i, j, got)
			}
		}
	}
}

func TestRolesTogether(t *testing.T) {
	rank := []estate.Role{estate.NoRole, estate.OtherRole, estate.UserRole}
	for i, a := range rank {
		for j, b := range rank {
			if got := a.With(b); got != rank[max(i, j)] {
				t.Errorf("role of rank %d with %d: got %d", i, j, got)
			}
		}
	}
}

func TestFind(t *testing.T) {
	e := estate.Estate{
		Access:        []estate.Access{{Site: "a", Product: "confluence"}, {Site: "a", Product: "jira"}, {Site: "b", Product: "confluence"}},
		AppUsage:      []estate.AppUsage{{Key: "x", Site: "a", Assigned: 1}, {Key: "x", Site: "b", Assigned: 2}},
		AppFacts:      []estate.AppFact{{Key: "w"}, {Key: "x", Partner: "gold"}},
		Subscriptions: []estate.Subscription{{Site: "c"}, {Site: "a"}},
		Lists:         []estate.List{{Source: diag.Source{File: "users #3.csv"}}, {Source: diag.Source{File: "book.xlsx", Sheet: "Users"}}},
	}
	if got := e.FindAccess("a", "jira"); got != &e.Access[1] {
		t.Errorf("access of a/jira: got %+v", got)
	}
	if e.FindAccess("b", "jira") != nil || e.FindUsage("x", "c") != nil {
		t.Error("what is not there: want nil")
	}
	if got := e.FindUsage("x", "b"); got == nil || got.Assigned != 2 {
		t.Errorf("usage of x on b: got %+v", got)
	}
	if got := e.FindFact("x"); got != &e.AppFacts[1] || e.FindFact("y") != nil {
		t.Errorf("facts about x: got %+v", got)
	}
	if got := e.Sites(); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("sites: got %v", got)
	}
	if got, want := e.Source(&estate.Account{List: 1, Line: 7}), (diag.Source{File: "book.xlsx", Sheet: "Users", Line: 7}); got != want {
		t.Errorf("source: got %+v, want %+v", got, want)
	}
	if got, want := e.Source(&estate.Account{Line: 7}), (diag.Source{File: "users #3.csv", Line: 7}); got != want {
		t.Errorf("source in a file with a '#' in its name: got %+v, want %+v", got, want)
	}
	if got := e.Source(&estate.Account{List: 9, Line: 7}); got != (diag.Source{}) {
		t.Errorf("source in no file: got %+v", got)
	}
}

func TestSubscriptionOrder(t *testing.T) {
	want := []estate.Subscription{
		{Site: "a", Kind: estate.ProductKind, Key: "confluence"},
		{Site: "a", Kind: estate.AppKind, Key: "a-app", Host: "confluence"},
		{Site: "a", Kind: estate.ProductKind, Key: "jira"},
		{Site: "a", Kind: estate.ProductKind, Key: "jira", Entitlement: "E-2"},
		{Site: "a", Kind: estate.ProductKind, Key: "jira-service-management"},
		{Site: "a", Kind: estate.AppKind, Key: "a-app", Host: "jira-service-management"},
		{Site: "a", Kind: estate.ProductKind, Key: "confluence", Hosting: pricing.DataCenter},
		{Site: "b", Kind: estate.ProductKind, Key: "confluence"},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b estate.Subscription) int { return a.Compare(&b) })
	for i := range want {
		if got[i].Compare(&want[i]) != 0 {
			t.Errorf("place %d: got %s %s on %s, want %s %s on %s", i, got[i].Kind, got[i].Key, got[i].Site, want[i].Kind, want[i].Key, want[i].Site)
		}
	}
	if a := (estate.Subscription{Key: "k", Name: "N"}); a.DisplayName() != "N" || (&estate.Subscription{Key: "k"}).DisplayName() != "k" {
		t.Error("the name, else the key")
	}
}
