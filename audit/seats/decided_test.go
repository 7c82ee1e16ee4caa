package seats_test

import (
	"slices"
	"testing"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/seats"
	"tierline/audit/world"
)

// keep is a decision to keep the seat of an account.
func keep(account int32, product string) estate.Decision {
	return estate.Decision{Account: account, Site: "acme", Product: product, Verdict: estate.Keep, Reason: "agreed", Source: diag.Source{File: "d.csv", Line: 2}}
}

// TestDecisions: keep protects the seat it names and no other, on its last day too;
// what else was decided, or is over, protects nobody (METHOD 1.30).
func TestDecisions(t *testing.T) {
	until := func(day string) estate.Decision {
		d := keep(1, "jira")
		d.Until = world.Day(day)
		return d
	}
	verdict := func(v estate.Verdict) estate.Decision {
		d := keep(1, "jira")
		d.Verdict = v
		return d
	}
	for _, c := range []struct {
		name       string
		decision   estate.Decision
		candidates []int32
		state      seats.DecidedState
		remarks    int
	}{
		{"kept", keep(1, "jira"), []int32{2}, seats.InForce, 0},
		{"kept until today", until(ago(0)), []int32{2}, seats.InForce, 0},
		{"kept until yesterday", until(ago(1)), []int32{1, 2}, seats.EndedBefore, 1},
		{"to remove", verdict(estate.Remove), []int32{1, 2}, seats.InForce, 0},
		{"to ask", verdict(estate.Ask), []int32{1, 2}, seats.InForce, 0},
		{"active", keep(0, "jira"), []int32{1, 2}, seats.InForce, 0},
		{"another product", keep(1, "confluence"), []int32{1, 2}, seats.NoSuchSeat, 1},
		{"nobody", keep(-1, "jira"), []int32{1, 2}, seats.NoSuchSeat, 1},
	} {
		e := estateOf(account{id: "a", seen: ago(1)}, account{id: "b", seen: ago(99)}, account{id: "c", seen: ago(90)})
		e.Decisions = []estate.Decision{c.decision}
		r := judge(e)
		p := r.Find("acme", "jira")
		if !slices.Equal(p.Candidates, c.candidates) || p.Decided != 2-len(c.candidates) {
			t.Errorf("%s: candidates %v, %d decided; want %v", c.name, p.Candidates, p.Decided, c.candidates)
		}
		if p.Seats[0] != seats.Active || p.Users != 3 {
			t.Errorf("%s: classes %v of %d users", c.name, p.Seats, p.Users)
		}
		if got := r.StateOf(&e.Decisions[0]); got != c.state {
			t.Errorf("%s: it is %s, want %s", c.name, got, c.state)
		}
		if len(r.Diagnostics) != c.remarks {
			t.Errorf("%s: remarks %v", c.name, r.Diagnostics)
		}
		if words := reasonOf(r, p, 1); (words == "decided to keep: agreed") != (c.name == "kept") {
			t.Errorf("%s: protected by %q", c.name, words)
		}
	}
}

// TestDecisionsOnACollection: whoever keeps one seat of a collection keeps the
// whole, since nobody is removed from one of its products alone; a decision about a
// product the person has no seat of is about nobody (METHOD 1.30).
func TestDecisionsOnACollection(t *testing.T) {
	people := []held{{"2026-03-01", "2026-03-01"}, {"2026-03-01", ""}, {"", "2026-03-01"}}
	for product, want := range map[string][]int32{"jira": {1, 2}, "confluence": {1, 2}, "teamwork-collection": {1, 2}, "loom": {0, 1, 2}} {
		r := collectedWith(people, nil, func(e *estate.Estate) { e.Decisions = []estate.Decision{keep(0, product)} })
		p := r.Find("acme", "teamwork-collection")
		if !slices.Equal(p.Candidates, want) || p.Decided != 3-len(want) {
			t.Errorf("%s: candidates %v, %d decided; want %v", product, p.Candidates, p.Decided, want)
		}
	}
}
