package history_test

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tierline/audit/history"
)

// listed yields seats as a file of them does.
func listed(seats []history.Seat) iter.Seq2[history.Seat, error] {
	return func(yield func(history.Seat, error) bool) {
		for _, s := range seats {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func seat(product, account string, idle int) history.Seat {
	return history.Seat{Site: "acme", Product: product, Account: account, Idle: &idle}
}

func never(product, account string) history.Seat {
	return history.Seat{Site: "acme", Product: product, Account: account, Never: true}
}

// METHOD 23.2.
func TestFollow(t *testing.T) {
	marked := seat("jira", "b", 100)
	marked.Action = "clean-up/acme"
	before := []history.Seat{seat("confluence", "a", 3), seat("jira", "a", 59), marked, seat("jira", "c", 60), never("jira", "d"), {Site: "acme", Product: "jira", Account: "e"}}
	fresh := never("jira", "f")
	fresh.New = true
	after := []history.Seat{seat("jira", "a", 60), seat("jira", "c", 59), never("jira", "d"), seat("jira", "e", 80), fresh, seat("loom", "a", 0)}
	got, err := history.Follow(listed(before), slices.Values(after), 60, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []history.SeatsChange{
		{Site: "acme", Product: "confluence", Was: 1, Gone: 1},
		{Site: "acme", Product: "jira", Was: 5, Is: 5, New: 1, Gone: 1, Reactivated: 1, Lapsed: 1},
		{Site: "acme", Product: "loom", Is: 1, New: 1},
	}
	if diff := cmp.Diff(want, got.Changes); diff != "" {
		t.Error(diff)
	}
	var moves []string
	for _, m := range got.Moves {
		moves = append(moves, fmt.Sprint(m.Move, " ", m.Product, " ", m.Account))
	}
	wantMoves := []string{"gone confluence a", "lapsed jira a", "gone jira b", "reactivated jira c", "new jira f", "new loom a"}
	if diff := cmp.Diff(wantMoves, moves); diff != "" {
		t.Error(diff)
	}
	if got.Gone["clean-up/acme"] != 1 || len(got.Gone) != 1 {
		t.Errorf("seats gone by action: %v", got.Gone)
	}
}

// A limit that was moved lets nobody lapse: both runs are judged by today's.
func TestFollowJudgesByTodaysLimit(t *testing.T) {
	got, err := history.Follow(listed([]history.Seat{seat("jira", "a", 45)}), slices.Values([]history.Seat{seat("jira", "a", 52)}), 30, 0)
	if err != nil || len(got.Moves) != 0 {
		t.Errorf("moves %v, error %v", got.Moves, err)
	}
}

func TestFollowNamesNoMoreThanAsked(t *testing.T) {
	got, err := history.Follow(listed(nil), slices.Values([]history.Seat{seat("jira", "a", 1), seat("jira", "b", 1), seat("jira", "c", 1)}), 60, 2)
	if err != nil || len(got.Moves) != 2 || got.Unnamed != 1 || got.Changes[0].New != 3 {
		t.Errorf("%+v, error %v", got, err)
	}
}

func TestFollowRefuses(t *testing.T) {
	if _, err := history.Follow(listed([]history.Seat{seat("jira", "b", 1), seat("jira", "a", 1)}), slices.Values([]history.Seat(nil)), 60, 0); err == nil {
		t.Error("seats in another order are taken")
	}
	broken := errors.New("broken")
	one := func(yield func(history.Seat, error) bool) {
		_ = yield(seat("jira", "a", 1), nil) && yield(history.Seat{}, broken)
	}
	if _, err := history.Follow(one, slices.Values([]history.Seat{seat("jira", "b", 1)}), 60, 0); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

// TestFollowCounts draws two lists and counts by sets.
func TestFollowCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) map[string]history.Seat {
			out := map[string]history.Seat{}
			for _, key := range rapid.SliceOfDistinct(rapid.StringMatching(`[a-c][a-e]`), rapid.ID).Draw(t, name) {
				out[key] = seat(key[:1], key[1:], rapid.IntRange(0, 120).Draw(t, "idle"))
			}
			return out
		}
		before, after := draw("before"), draw("after")
		inOrder := func(m map[string]history.Seat) (out []history.Seat) {
			for _, key := range slices.Sorted(maps.Keys(m)) {
				out = append(out, m[key])
			}
			return out
		}
		got, err := history.Follow(listed(inOrder(before)), slices.Values(inOrder(after)), 60, 0)
		if err != nil {
			t.Fatal(err)
		}
		var sum history.SeatsChange
		for _, c := range got.Changes {
			sum.Was, sum.Is, sum.New, sum.Gone = sum.Was+c.Was, sum.Is+c.Is, sum.New+c.New, sum.Gone+c.Gone
			sum.Reactivated, sum.Lapsed = sum.Reactivated+c.Reactivated, sum.Lapsed+c.Lapsed
		}
		want := history.SeatsChange{Was: len(before), Is: len(after)}
		for key, s := range after {
			old, was := before[key]
			switch {
			case !was:
				want.New++
			case *old.Idle >= 60 && *s.Idle < 60:
				want.Reactivated++
			case *old.Idle < 60 && *s.Idle >= 60:
				want.Lapsed++
			}
		}
		want.Gone = want.Was - (want.Is - want.New)
		if sum != want {
			t.Errorf("%+v, want %+v", sum, want)
		}
	})
}

// METHOD 1.29. A list begins with the candidates, the longest idle first.
func TestInOrder(t *testing.T) {
	candidate := func(s history.Seat) history.Seat {
		s.Candidate = true
		return s
	}
	list := []history.Seat{candidate(seat("jira", "c", 90)), candidate(seat("jira", "a", 80)), candidate(seat("loom", "a", 70)),
		seat("confluence", "a", 1), seat("jira", "b", 1), seat("jira", "d", 1)}
	var got []string
	for s, err := range history.InOrder(listed(list)) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s.Product+" "+s.Account)
	}
	if diff := cmp.Diff([]string{"confluence a", "jira a", "jira b", "jira c", "jira d", "loom a"}, got); diff != "" {
		t.Error(diff)
	}
}
