package audit_test

import (
	"fmt"
	"iter"
	"testing"

	"tierline/audit"
	"tierline/audit/history"
	"tierline/audit/seats"
)

// entitled returns three runs of the sample one after the other, the last of them;
// each row has an entitlement that begins as it says for that run, or none.
func entitled(t *testing.T, written [3]string) *audit.History {
	t.Helper()
	none := func() iter.Seq2[history.Seat, error] { return func(func(history.Seat, error) bool) {} }
	var before *audit.Result
	for i, days := range []int{0, 30, 100} {
		req := request(t)
		for n := range req.Estate.Subscriptions {
			s := &req.Estate.Subscriptions[n]
			if s.Entitlement = ""; written[i] != "" {
				s.Entitlement = fmt.Sprint(written[i], n)
			}
		}
		if req.AsOf = req.AsOf.AddDays(days); before != nil {
			req.Earlier = &audit.Earlier{Run: "before", Result: before, Seats: none}
		}
		before = run(t, req)
	}
	return before.History
}

// METHOD 23.6. An entitlement that somebody writes into a row, or writes anew, makes
// it no other subscription: nothing of it is saved, promised again or done for that.
func TestEntitlementSince(t *testing.T) {
	want := entitled(t, [3]string{})
	if want.Kept.Hard.Promised.Sign() <= 0 {
		t.Fatal("no saving of the sample has fallen due")
	}
	for name, written := range map[string][3]string{"got": {"", "", "E"}, "got before": {"", "E", "E"}, "another": {"E", "F", "F"}, "lost": {"E", "E", ""}} {
		t.Run(name, func(t *testing.T) {
			got := entitled(t, written)
			if got.Kept.Hard != want.Kept.Hard || got.Kept.Avoidance != want.Kept.Avoidance {
				t.Errorf("kept %v and %v, want %v and %v", got.Kept.Hard, got.Kept.Avoidance, want.Kept.Hard, want.Kept.Avoidance)
			}
			for i, a := range got.Changes.Actions {
				if a.State != want.Changes.Actions[i].State {
					t.Errorf("%s is %s, want %s", a.ID, a.State, want.Changes.Actions[i].State)
				}
			}
		})
	}
}

// METHOD 23.2. The walk of a run over its own seats knows of each what the list of
// seats tells: nobody comes or goes where the earlier run had the same, and whoever
// is idle has lapsed where that one saw them all on its day.
func TestSeatsOfTheSameAccounts(t *testing.T) {
	req := request(t)
	before := run(t, req)
	all := func() iter.Seq2[history.Seat, error] {
		return func(yield func(history.Seat, error) bool) {
			for s := range before.People {
				if s.Kind == audit.PaidSeat && !yield(history.Seat{Site: s.Site, Product: s.Product, Account: s.Account, Idle: new(int), Candidate: s.Rank > 0}, nil) {
					return
				}
			}
		}
	}
	next := request(t)
	next.AsOf, next.Earlier = next.AsOf.AddDays(7), &audit.Earlier{Run: "before", Result: before, Seats: all}
	after := run(t, next)
	never, idle, lapsed := 0, 0, 0
	for s := range after.People {
		switch {
		case s.Kind != audit.PaidSeat || s.Class == seats.New:
		case s.Never:
			never++
		case s.Idle != nil && *s.Idle >= after.Run.Policy.InactiveAfterDays:
			idle++
		}
	}
	for _, c := range after.History.Changes.Seats {
		lapsed += c.Lapsed
		if c.Was == 0 || c.Is != c.Was || c.New+c.Gone+c.Reactivated != 0 {
			t.Errorf("%+v", c)
		}
	}
	if never == 0 || idle == 0 || lapsed != never+idle {
		t.Errorf("%d lapsed, want %d who never used it and %d idle", lapsed, never, idle)
	}
}
