package seats_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/seats"
)

// TestIdleTimeEndsOnTheEvidenceDay holds idle days, bands, classes and the grace
// to the day of the list, whatever as-of is (METHOD 1.19).
func TestIdleTimeEndsOnTheEvidenceDay(t *testing.T) {
	e := estateOf(
		account{id: "a", seen: ago(74), added: ago(999)}, // 60 days before the evidence day
		account{id: "b", seen: ago(73), added: ago(999)}, // 59
		account{id: "c", seen: "never", added: ago(44)},  // 30
		account{id: "d", seen: "never", added: ago(43)},  // 29
		account{id: "e", seen: ago(3), added: ago(999)},  // after it
	)
	e.Access[0].Day = asOf.AddDays(-14)
	p := jira(t, e)
	if want := []seats.Class{seats.Inactive, seats.Active, seats.NeverUsed, seats.New, seats.Active}; !slices.Equal(p.Seats, want) {
		t.Errorf("classes: got %v, want %v", p.Seats, want)
	}
	for account, want := range map[int32]int{0: 60, 1: 59, 4: 0} {
		if got, ok := p.Idle(account); !ok || got != want || p.EvidenceDay(account) != asOf.AddDays(-14) {
			t.Errorf("account %d: idle %d %v on %s, want %d", account, got, ok, p.EvidenceDay(account), want)
		}
	}
	if p.Band(0) != seats.To89 || p.Band(1) != seats.To59 {
		t.Errorf("bands: got %s and %s", p.Band(0), p.Band(1))
	}
}

// Where lists differ each account has the day of its own (METHOD 1.19); without
// a day nothing can be measured, so nobody is idle.
func TestEachAccountHasTheDayOfItsList(t *testing.T) {
	e := estateOf(account{id: "a", seen: ago(60), added: ago(999)}, account{id: "b", seen: ago(60), added: ago(999)}, account{id: "c", seen: ago(60), added: ago(999)},
		account{id: "d", seen: "never", added: ago(999)})
	a := &e.Access[0]
	a.Day, a.Days, a.DayOf = date.Date{}, []date.Date{{}, asOf.AddDays(-8), asOf}, []uint16{0, 1, 2, 0}
	p := jira(t, e)
	if want := []seats.Class{seats.Unknown, seats.Active, seats.Inactive, seats.Unknown}; !slices.Equal(p.Seats, want) {
		t.Errorf("classes: got %v, want %v", p.Seats, want)
	}
}

// TestSignalsHaveTheirOwnDay: whether somebody was seen elsewhere lately is
// measured to the day of the list that says so (METHOD 1.19).
func TestSignalsHaveTheirOwnDay(t *testing.T) {
	e := estateOf(account{id: "a", seen: ago(200)})
	e.Evidence = []estate.Evidence{{Name: "sign-in", Seen: []estate.LastSeen{lastSeen(ago(89))}, Day: asOf.AddDays(-30)}}
	if seen, _ := judge(e).Elsewhere(0, 60); !seen {
		t.Error("59 days before the evidence day: want seen")
	}
	e.Evidence[0].Day = asOf.AddDays(-29)
	if seen, _ := judge(e).Elsewhere(0, 60); seen {
		t.Error("60 days before the evidence day: want not seen")
	}
}

// The law of METHOD 1.19: no seat becomes a candidate by moving as-of alone. No
// protection ends here; one that does is the other way in which it may.
func TestNoCandidateByWaiting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(label string) string { return ago(rapid.IntRange(-3, 400).Draw(t, label)) }
		var accounts []account
		for _, id := range []string{"a", "b", "c", "d", "e"}[:rapid.IntRange(1, 5).Draw(t, "accounts")] {
			x := account{id: id, seen: day("seen"), added: day("added")}
			switch rapid.IntRange(0, 4).Draw(t, "state") {
			case 0:
				x.seen = "never"
			case 1:
				x.seen = ""
			case 2:
				x.added = ""
			}
			accounts = append(accounts, x)
		}
		e := estateOf(accounts...)
		e.Access[0].Day = asOf.AddDays(-rapid.IntRange(0, 60).Draw(t, "age"))
		if rapid.Bool().Draw(t, "undated") {
			e.Access[0].Day = date.Date{}
		}
		policy := config.DefaultPolicy()
		now := seats.Judge(e, &policy, asOf).Find("acme", "jira")
		later := seats.Judge(e, &policy, asOf.AddDays(rapid.IntRange(1, 800).Draw(t, "later"))).Find("acme", "jira")
		if !slices.Equal(now.Candidates, later.Candidates) {
			t.Fatalf("candidates: %v, later %v", now.Candidates, later.Candidates)
		}
	})
}

// TestUnknownDayHoldsTheCount and says so (METHOD 1.21).
func TestUnknownDayHoldsTheCount(t *testing.T) {
	e := estateOf(account{id: "a", seen: ago(1)})
	e.Access[0].Day = date.Date{}
	e.Access[0].Lists, e.Lists = []uint16{0}, []estate.List{{Source: diag.Source{File: "users.csv"}}}
	p := judge(e).Find("acme", "jira")
	if !p.IsStale() || p.Doubts[0].Lift != `inputs: [{glob: "users.csv", exported_on: YYYY-MM-DD}]` || !strings.Contains(p.Doubts[0].Reason.Text, "of an unknown day") {
		t.Errorf("got %+v", p.Doubts)
	}
	e.Lists[0].Entry = "u*.csv"
	if got := judge(e).Find("acme", "jira").Doubts[0].Lift; got != `exported_on: YYYY-MM-DD # in the entry "u*.csv" of inputs` {
		t.Errorf("with an entry there already: got %s", got)
	}
}
