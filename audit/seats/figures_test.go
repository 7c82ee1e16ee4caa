package seats_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/seats"
	"tierline/audit/world"
)

// counted is an estate with seats of Jira on acme in one list of asOf, and a
// licence; more may be put on it.
func counted(seats, licensed int) *estate.Estate {
	var accounts []account
	for i := range seats {
		accounts = append(accounts, account{id: fmt.Sprintf("a%03d", i), seen: ago(0)})
	}
	e := estateOf(accounts...)
	e.Access[0].Lists, e.Lists = []uint16{0}, []estate.List{{Source: diag.Source{File: "users.csv"}, Day: asOf, Rows: seats}}
	if licensed > 0 {
		e.Subscriptions = []estate.Subscription{{Kind: estate.ProductKind, Key: "jira", Site: "acme", Licensed: licensed, HasLicensed: true}}
	}
	return e
}

func countedElsewhere(e *estate.Estate, on string, users int) *estate.Estate {
	e.UserCounts = append(e.UserCounts, estate.UserCount{Site: "acme", Product: "jira", Date: world.Day(on), Users: users})
	return e
}

func on(e *estate.Estate, days int) *estate.Estate {
	e.Access[0].Day, e.Lists[0].Day = asOf.AddDays(-days), asOf.AddDays(-days)
	return e
}

func oneGroup(e *estate.Estate) *estate.Estate {
	e.Lists[0].OneGroup = true
	return e
}

func broken(e *estate.Estate) *estate.Estate {
	e.Lists[0].Broken = diag.Why(diag.Unreadable, "a quotation mark is never closed")
	return e
}

// strange adds accounts whose role nobody can read.
func strange(e *estate.Estate, n int) *estate.Estate {
	for i := range n {
		e.Accounts = append(e.Accounts, estate.Account{ID: fmt.Sprintf("z%03d", i), Status: estate.Active})
		a := &e.Access[0]
		a.Roles, a.Seen = append(a.Roles, estate.OtherRole), append(a.Seen, estate.LastSeen{})
	}
	return e
}

// role adds what an instance counts against its licence on a day.
func role(e *estate.Estate, day date.Date, users int) *estate.Estate {
	e.Licences = append(e.Licences, estate.Licence{Kind: estate.ProductKind, Key: "jira", Site: "acme", Current: users, HasCurrent: true, Day: day})
	return e
}

// TestDoubts tries every doubt on both sides of its limit (METHOD 1.21), with the
// figure that is then used (METHOD 1.22).
func TestDoubts(t *testing.T) {
	for _, c := range []struct {
		name  string
		e     *estate.Estate
		kinds string
		users int
	}{
		{"31 days old", on(counted(12, 15), 31), "", 12},
		{"32 days old", on(counted(12, 15), 32), "stale", 12},
		{"old, with a fresh count that agrees", countedElsewhere(on(counted(12, 15), 32), ago(1), 13), "stale", 13},
		{"100 against 80", countedElsewhere(counted(100, 200), ago(2), 80), "", 100},
		{"100 against 79", countedElsewhere(counted(100, 200), ago(2), 79), "contradicted", 100},
		{"20 against 15", countedElsewhere(counted(20, 25), ago(2), 15), "", 20},
		{"20 against 14", countedElsewhere(counted(20, 25), ago(2), 14), "contradicted", 20},
		{"a larger count", countedElsewhere(counted(20, 25), ago(2), 40), "contradicted", 40},
		{"a count 31 days old", countedElsewhere(counted(20, 25), ago(31), 40), "contradicted", 40},
		{"a count 32 days old", countedElsewhere(counted(20, 25), ago(32), 40), "", 20},
		{"a count after as-of", countedElsewhere(counted(20, 25), ago(-1), 40), "", 20},
		{"roles nobody can read", strange(counted(12, 15), 3), "unread", 15},
		{"beside a count that agrees", countedElsewhere(strange(counted(12, 15), 3), ago(1), 13), "unread", 15},
		{"beside one that does not", countedElsewhere(strange(counted(12, 15), 3), ago(1), 33), "contradicted, unread", 33},
		{"a role count 31 days old", role(counted(20, 25), asOf.AddDays(-31), 40), "contradicted", 40},
		{"a role count 32 days old", role(counted(20, 25), asOf.AddDays(-32), 40), "", 20},
		{"a role count of no day", role(counted(20, 25), date.Date{}, 40), "", 20},
		{"half of the licence", counted(50, 100), "", 50},
		{"less than half of it", counted(49, 100), "partial", 100},
		{"5 of 11", counted(5, 11), "partial", 11},
		{"4 of 10: a small licence says nothing", counted(4, 10), "", 4},
		{"no licence", counted(4, 0), "", 4},
		{"a part, with a count that agrees", countedElsewhere(counted(49, 100), ago(2), 54), "", 49},
		{"a part, with a count that does not", countedElsewhere(counted(40, 500), ago(2), 473), "contradicted, partial", 500},
		{"one group", oneGroup(counted(12, 15)), "partial", 15},
		{"one group, with a count that agrees", countedElsewhere(oneGroup(counted(12, 15)), ago(2), 13), "", 12},
		{"one group, more than licensed", oneGroup(counted(16, 15)), "partial", 16},
		{"a broken list", broken(counted(10, 15)), "incomplete", 15},
		{"a broken list, with a count that agrees", countedElsewhere(broken(counted(10, 15)), ago(1), 11), "incomplete", 15},
		{"everything", countedElsewhere(oneGroup(broken(on(counted(10, 15), 40))), ago(1), 30), "stale, contradicted, partial, incomplete", 30},
	} {
		p := jira(t, c.e)
		var kinds []string
		for _, d := range p.Doubts {
			kinds = append(kinds, d.Kind.String())
			if d.Kind != seats.Stale && !strings.Contains(d.Reason.Text, fmt.Sprint(p.Counted)) || d.Figures[0].Users != p.Counted {
				t.Errorf("%s: the reason does not name the count of the export: %s", c.name, d.Reason)
			}
		}
		if got := strings.Join(kinds, ", "); got != c.kinds || p.Users != c.users || p.Held() != (c.kinds != "") {
			t.Errorf("%s: got %d users, doubts %q; want %d, %q", c.name, p.Users, got, c.users, c.kinds)
		}
		if believed := judge(c.e).Unheld().Find("acme", "jira"); believed.Held() || believed.Users != p.Counted || p.Counted+p.Unread != len(c.e.Accounts) {
			t.Errorf("%s, if it were believed: %d users of %d", c.name, believed.Users, p.Counted)
		}
	}
}

// TestStaleForOneReason: an export that is too old, or of no day, is in doubt for
// the same reason whatever product it counts, so that reports tell it once.
func TestStaleForOneReason(t *testing.T) {
	for name, e := range map[string]*estate.Estate{"old": on(counted(12, 15), 40), "of no day": counted(12, 15)} {
		other := e.Access[0]
		other.Product, other.Roles = "confluence", slices.Clone(other.Roles)
		other.Roles[0] = estate.NoRole // fewer users than the other
		e.Access = []estate.Access{other, e.Access[0]}
		if name == "of no day" {
			e.Access[0].Day, e.Access[1].Day, e.Lists[0].Day = date.Date{}, date.Date{}, date.Date{}
		}
		r := judge(e)
		a, b := r.Find("acme", "jira"), r.Find("acme", "confluence")
		if !a.IsStale() || !b.IsStale() || a.Counted == b.Counted || a.Doubts[0].Reason.Text != b.Doubts[0].Reason.Text {
			t.Errorf("%s: %d users %v, %d users %v; want different numbers and one reason", name, a.Counted, a.Doubts, b.Counted, b.Doubts)
		}
	}
}

// A reason names the other figure as well, with its source and day, and prints
// the line that would lift it (METHOD 1.21).
func TestReasonsNameBothFigures(t *testing.T) {
	d := jira(t, countedElsewhere(counted(100, 200), ago(2), 79)).Doubts[0]
	if got, want := d.Reason.Text, "the export of 2026-11-21 has 100 users, user_counts of 2026-11-19 says 79"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if want := "policy: {confirmed_counts: [{count: acme/jira, users: 100, until: YYYY-MM-DD, by: WHO}]}"; d.Lift != want {
		t.Errorf("got %s, want %s", d.Lift, want)
	}
	d = jira(t, oneGroup(counted(40, 500))).Doubts[0]
	if got, want := d.Reason.Text, "the export of 2026-11-21 has 40 users where 500 are licensed, and all its rows state one group, so it may be a part of the users"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if d := jira(t, broken(counted(10, 15))).Doubts[0]; d.Lift != "" || !strings.Contains(d.Reason.Text, "a quotation mark is never closed") {
		t.Errorf("got %+v", d)
	}
}

// TestAListIsAPartOnlyAsAWhole: one product with many free places beside one that
// fills its licence is no part; nor is a half of an export cut in two (METHOD 1.21).
func TestAListIsAPartOnlyAsAWhole(t *testing.T) {
	e := counted(44, 100)
	full := e.Access[0]
	full.Product = "confluence"
	e.Access = []estate.Access{full, e.Access[0]}
	e.Subscriptions = append(e.Subscriptions, estate.Subscription{Kind: estate.ProductKind, Key: "confluence", Site: "acme", Licensed: 50, HasLicensed: true})
	if p := jira(t, e); p.Held() {
		t.Errorf("beside a product of 44 of 50: got %+v", p.Doubts)
	}
	e.Subscriptions[1].Licensed = 100
	if p := jira(t, e); !p.Held() {
		t.Error("beside a product of 44 of 100: want held")
	}
	e = counted(44, 80)
	e.Access[0].Lists = []uint16{0, 1}
	e.Lists = append(e.Lists, e.Lists[0])
	if p := jira(t, e); p.Held() {
		t.Errorf("cut in two: got %+v", p.Doubts)
	}
	e.Lists[0].OneGroup = true
	if p := jira(t, e); p.Held() {
		t.Errorf("one of two lists is of one group: got %+v", p.Doubts)
	}
}

// TestConfirmedCounts tries an entry on both sides of what it needs (METHOD 1.23).
func TestConfirmedCounts(t *testing.T) {
	part := func() *estate.Estate { return oneGroup(counted(40, 500)) }
	for _, c := range []struct {
		name string
		e    *estate.Estate
		c    config.ConfirmedCount
		held bool
		says string
	}{
		{"on its last day", part(), config.ConfirmedCount{Count: "acme/jira", Users: 40, Until: asOf}, false, ""},
		{"ended the day before", part(), config.ConfirmedCount{Count: "acme/jira", Users: 40, Until: asOf.AddDays(-1)}, true, "ended on 2026-11-20"},
		{"20 % away", part(), config.ConfirmedCount{Count: "ACME.atlassian.net/Jira Software", Users: 50, Until: asOf}, false, ""},
		{"more than that", part(), config.ConfirmedCount{Count: "acme/jira", Users: 51, Until: asOf}, true, "not near the 51"},
		{"above it", part(), config.ConfirmedCount{Count: "acme/jira", Users: 33, Until: asOf}, true, "not near the 33"},
		{"of nothing", part(), config.ConfirmedCount{Count: "acme/jra", Users: 40, Until: asOf}, true, `"acme/jra" is no count of an export; did you mean acme/jira?`},
		{"without a site", part(), config.ConfirmedCount{Count: "jira", Users: 40, Until: asOf}, true, `"jira" is no count`},
		{"contradicted", countedElsewhere(counted(40, 50), ago(1), 200), config.ConfirmedCount{Count: "acme/jira", Users: 40, Until: asOf}, false, ""},
		{"old", on(counted(40, 50), 32), config.ConfirmedCount{Count: "acme/jira", Users: 40, Until: asOf}, true, ""},
		{"broken", broken(counted(40, 50)), config.ConfirmedCount{Count: "acme/jira", Users: 40, Until: asOf}, true, ""},
	} {
		policy := config.DefaultPolicy()
		c.c.By = "Jane Doe"
		policy.ConfirmedCounts = []config.ConfirmedCount{c.c}
		r := seats.Judge(c.e, &policy, asOf)
		p := r.Find("acme", "jira")
		if p.Held() != c.held || !c.held && p.Users != 40 {
			t.Errorf("%s: got %d users, %+v; want held %v", c.name, p.Users, p.Doubts, c.held)
		}
		warned := false
		for _, d := range r.Diagnostics {
			warned = warned || d.Level == diag.Warning
			if strings.Contains(d.String(), "Jane") {
				t.Errorf("%s: it is said who confirmed: %s", c.name, d)
			}
		}
		if warned != (c.says != "") {
			t.Errorf("%s: got %v", c.name, r.Diagnostics)
		}
		if c.says != "" {
			world.Said(t, r.Diagnostics, diag.Warning, c.says)
		}
	}
}

// TestOneChargeIsComparedByPeople: of a charge over several sites the people
// count, each once, against the largest licence of its rows (METHOD 1.21).
func TestOneChargeIsComparedByPeople(t *testing.T) {
	charge := func(people int) *estate.Estate {
		e := counted(people, 100)
		e.Subscriptions[0].Entitlement = "E-1"
		beta := estate.Access{Site: "beta", Product: "jira", Roles: slices.Clone(e.Access[0].Roles), Seen: e.Access[0].Seen, Day: asOf, Lists: []uint16{1}}
		for i := range people { // a third on either site alone, a third on both
			if i%3 == 0 {
				e.Access[0].Roles[i] = estate.NoRole
			}
			if i%3 == 1 {
				beta.Roles[i] = estate.NoRole
			}
		}
		e.Access, e.Lists = append(e.Access, beta), append(e.Lists, e.Lists[0])
		e.Subscriptions = append(e.Subscriptions, estate.Subscription{Kind: estate.ProductKind, Key: "jira", Site: "beta", Entitlement: "e-1"})
		return e
	}
	for people, held := range map[int]bool{50: false, 49: true} {
		r := judge(charge(people))
		a, b := r.Find("acme", "jira"), r.Find("beta", "jira")
		if a.Held() != held || b.Held() != held {
			t.Errorf("%d people of 100 licensed: held %v and %v", people, a.Held(), b.Held())
		}
		u, ok := seats.NewUnion([]*seats.Product{a, b})
		if want := map[bool]int{false: people, true: 100}[held]; !ok || u.Total != want || u.Users([]int{5, 5}) != want {
			t.Errorf("%d people of 100 licensed: the charge counts %d, want %d", people, u.Total, want)
		}
	}
	e := charge(49)
	e.Subscriptions[1].Entitlement = "E-2"
	if judge(e).Find("beta", "jira").Held() {
		t.Error("a charge of its own without a licence: want not held")
	}
}
