package seats_test

import (
	"slices"
	"testing"

	"tierline/audit/config"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/seats"
	"tierline/audit/world"
)

// held is when somebody last used a product: a day, "never", "unknown", or "" for
// no seat.
type held struct{ jira, confluence string }

// collected judges people, as of 2026-11-16, on a site with a Teamwork Collection.
func collected(people []held, added []string, exceptions ...estate.Exception) *seats.Register {
	return collectedWith(people, added, func(e *estate.Estate) { e.Exceptions = exceptions })
}

// collectedWith is collected for an estate that knows more.
func collectedWith(people []held, added []string, more func(*estate.Estate)) *seats.Register {
	asOf := world.Day("2026-11-16")
	e := &estate.Estate{Subscriptions: []estate.Subscription{{Key: "teamwork-collection", Site: "acme", Hosting: pricing.Cloud}}}
	access := map[string]*estate.Access{}
	for _, product := range []string{"confluence", "jira"} {
		access[product] = &estate.Access{Site: "acme", Product: product, Day: asOf, Newest: asOf}
	}
	for i, p := range people {
		a := estate.Account{ID: string(rune('a' + i)), Status: estate.Active, Added: world.Day("2020-01-01")}
		if i < len(added) && added[i] != "" {
			a.Added = world.Day(added[i])
		}
		e.Accounts = append(e.Accounts, a)
		for product, seen := range map[string]string{"jira": p.jira, "confluence": p.confluence} {
			x := access[product]
			role, last := estate.UserRole, estate.LastSeen{}
			switch seen {
			case "":
				role = estate.NoRole
			case "never":
				last = estate.Never()
			case "unknown":
			default:
				last = estate.SeenOn(world.Day(seen))
			}
			x.Roles, x.Seen = append(x.Roles, role), append(x.Seen, last)
		}
	}
	e.Access = []estate.Access{*access["confluence"], *access["jira"]}
	more(e)
	policy := config.Default().Policy
	return seats.Judge(e, &policy, asOf)
}

// METHOD 7.8.
func TestClassOfAPersonOfACollection(t *testing.T) {
	const recent, limit, old = "2026-11-10", "2026-09-17", "2026-03-01" // limit is idle for exactly 60 days
	for _, c := range []struct {
		name   string
		person held
		added  string
		want   seats.Class
	}{
		{"idle in one, active in the other", held{old, recent}, "", seats.Active},
		{"idle for 59 days in one", held{old, "2026-09-18"}, "", seats.Active},
		{"idle for 60 days in both", held{limit, limit}, "", seats.Inactive},
		{"idle in the one product held", held{"", old}, "", seats.Inactive},
		{"never in one, idle in the other", held{"never", old}, "", seats.Inactive},
		{"never in both", held{"never", "never"}, "", seats.NeverUsed},
		{"never, and new", held{"never", "never"}, "2026-10-18", seats.New},
		{"never, and new no longer", held{"never", "never"}, "2026-10-17", seats.NeverUsed},
		{"unknown in one, idle in the other", held{"unknown", old}, "", seats.Unknown},
		{"unknown in one, never in the other", held{"never", "unknown"}, "", seats.Unknown},
		{"unknown in one, active in the other", held{"unknown", recent}, "", seats.Active},
		{"no seat", held{"", ""}, "", seats.NoSeat},
	} {
		r := collected([]held{c.person}, []string{c.added})
		p := r.Find("acme", "teamwork-collection")
		if got := p.Seats[0]; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		candidate := c.want == seats.Inactive || c.want == seats.NeverUsed
		if got := len(p.Candidates) == 1; got != candidate {
			t.Errorf("%s: candidate %t", c.name, got)
		}
		for _, product := range p.Included {
			if len(product.Candidates) != 0 {
				t.Errorf("%s: %s has candidates of its own", c.name, product.Key)
			}
		}
	}
}

// METHOD 7.8: never used first, then by the newest use of any product.
func TestOrderOfThePeopleOfACollection(t *testing.T) {
	r := collected([]held{
		{"2026-02-01", "2026-08-01"}, // a: newest in August
		{"2026-07-01", ""},           // b
		{"never", "2026-03-01"},      // c
		{"never", "never"},           // d
		{"2026-03-01", "2026-01-01"}, // e: as c, by the newest day
	}, nil)
	p := r.Find("acme", "teamwork-collection")
	if want := []int32{3, 2, 4, 1, 0}; !slices.Equal(p.Candidates, want) {
		t.Errorf("order %v, want %v", p.Candidates, want)
	}
	if p.Users != 5 || r.Find("acme", "jira").Users != 5 || r.Find("acme", "confluence").Users != 4 {
		t.Errorf("%d people, %d and %d seats", p.Users, r.Find("acme", "jira").Users, r.Find("acme", "confluence").Users)
	}
	if got := p.SeatsOf(1); len(got) != 1 || got[0].Key != "jira" {
		t.Errorf("b gives up %v", got)
	}
}

// METHOD 7.8: an exception for a product protects whoever holds a seat of it, one
// for the collection everybody.
func TestExceptionsOnACollection(t *testing.T) {
	people := []held{{"2026-03-01", "2026-03-01"}, {"2026-03-01", ""}, {"", "2026-03-01"}}
	for subject, want := range map[string][]int32{
		"acme/confluence":          {1},
		"acme/jira":                {2},
		"acme/teamwork-collection": nil,
		"b":                        {0, 2},
		"acme/loom":                {0, 1, 2},
	} {
		r := collected(people, nil, estate.Exception{Rule: "*", Subject: subject, Reason: "agreed"})
		p := r.Find("acme", "teamwork-collection")
		if !slices.Equal(p.Candidates, want) {
			t.Errorf("%s leaves %v to ask, want %v", subject, p.Candidates, want)
		}
		if kept := 3 - len(want); r.Protected[0] != kept || p.Kept[0] != kept {
			t.Errorf("%s protects %d and keeps %d people, want %d", subject, r.Protected[0], p.Kept[0], kept)
		}
	}
}

// METHOD 7.6: planned joiners of a product are people of its collection.
func TestPlannedChangesOfACollection(t *testing.T) {
	w := world.New(t).Seats("jira", 10, 0).SeatsFrom(8, "confluence", 4, 0).Product("teamwork-collection", pricing.Annual).
		Planned("2026-02-01", "jira", 3).Planned("2026-03-01", "teamwork-collection", -2).Planned("2026-04-01", "confluence", 1)
	p := w.Input().Register.Find("acme", "teamwork-collection")
	for day, want := range map[string]int{"2026-01-31": 12, "2026-02-01": 15, "2026-03-01": 13, "2026-04-01": 14} {
		if got := p.On(world.Day(day), 0); got != want {
			t.Errorf("%d people on %s, want %d", got, day, want)
		}
	}
}
