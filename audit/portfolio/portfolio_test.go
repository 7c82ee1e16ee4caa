package portfolio

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// someEstate draws an estate with a run, or one without.
func someEstate(t *rapid.T, name string) Estate {
	e := Estate{Name: name, State: Failed, ExitCode: 12, Reason: "input refused"}
	if rapid.IntRange(0, 5).Draw(t, "failed") == 0 {
		return e
	}
	c := money.Currency(rapid.SampledFrom([]string{"EUR", "JPY", "KWD", "USD"}).Draw(t, "currency"))
	amount := func(what string) money.Amount {
		if rapid.IntRange(0, 20).Draw(t, what+" unknown") == 0 {
			return money.Amount{}
		}
		return money.Minor(rapid.Int64Range(-1_000_000, 1_000_000_000).Draw(t, what), c)
	}
	a := &Audit{Organisation: name, Currency: c, Digest: strings.Repeat("0", 64), AsOf: date.New(2026, time.November, rapid.IntRange(1, 30).Draw(t, "day")),
		Complete: rapid.Bool().Draw(t, "complete"), Severe: []Finding{}, Deadlines: []Deadline{}}
	a.Totals = audit.Totals{Current: amount("current"), AsIs: amount("as is"), Recommended: amount("recommended"), HardSaving: amount("hard"), Avoidance: amount("avoidance")}
	a.NotClaimed = amount("not claimed")
	a.Subscriptions = audit.ByState{Active: 3, Weighed: rapid.IntRange(0, 3).Draw(t, "weighed")}
	a.Subscriptions.Held = a.Subscriptions.Active - a.Subscriptions.Weighed
	e.State, e.ExitCode, e.Reason, e.Run, e.Audit = Audited, 0, "", "estates/"+name+"/run", a
	return e
}

func someEstates(t *rapid.T) []Estate {
	out := make([]Estate, rapid.IntRange(0, 12).Draw(t, "estates"))
	for i := range out {
		out[i] = someEstate(t, fmt.Sprintf("e%02d", i))
	}
	return out
}

func newPortfolio(t interface{ Fatal(...any) }, parts Parts) *Portfolio {
	parts.Version, parts.Day = "1", date.New(2026, time.November, 1)
	p, err := New(parts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Each total is the sum of the estates of its currency that are counted, in minor
// units; every estate with a run is counted in one of them or beside it (METHOD 25.2).
func TestTotalsAreSumsOfTheirCurrency(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		estates := someEstates(t)
		p := newPortfolio(t, Parts{Estates: estates})
		sums, counted, beside := map[string]int64{}, map[money.Currency]int{}, map[money.Currency]int{}
		for _, e := range estates {
			a := e.Audit
			if a == nil {
				continue
			}
			all := map[string]money.Amount{"current": a.Totals.Current, "as is": a.Totals.AsIs, "recommended": a.Totals.Recommended,
				"hard saving": a.Totals.HardSaving, "avoidance": a.Totals.Avoidance}
			whole := a.Subscriptions.Weighed > 0
			for _, amount := range all {
				whole = whole && amount.Known()
			}
			if !whole {
				beside[a.Currency]++
				continue
			}
			counted[a.Currency]++
			for name, amount := range all {
				sums[name+string(a.Currency)] += amount.MinorUnits()
			}
		}
		seen := 0
		for _, total := range p.Totals {
			seen += total.Estates + total.NotCounted
			if total.Estates != counted[total.Currency] || total.NotCounted != beside[total.Currency] {
				t.Fatalf("%s counts %d and %d beside, want %d and %d", total.Currency, total.Estates, total.NotCounted, counted[total.Currency], beside[total.Currency])
			}
			for name, amount := range map[string]money.Amount{"current": total.Current, "as is": total.AsIs, "recommended": total.Recommended,
				"hard saving": total.HardSaving, "avoidance": total.Avoidance} {
				if want := money.Minor(sums[name+string(total.Currency)], total.Currency); amount != want {
					t.Fatalf("%s in %s is %q, want %q", name, total.Currency, amount, want)
				}
			}
		}
		for c := range counted {
			seen -= counted[c]
		}
		for c := range beside {
			seen -= beside[c]
		}
		if seen != 0 {
			t.Fatalf("%d estates more in the totals than have a run", seen)
		}
	})
}

// What shards say, put together in any order, is what one run says (METHOD 25.4); and
// a portfolio is read as it was written.
func TestShardsMakeTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		estates := someEstates(t)
		whole := newPortfolio(t, Parts{Estates: estates})
		n := rapid.IntRange(1, 5).Draw(t, "shards")
		lists, shards := make([][]Estate, n), []Shard{}
		for i := range n {
			s := Shard{Index: i, Of: n}
			for k := range whole.Estates {
				if s.Takes(k) {
					lists[i] = append(lists[i], whole.Estates[k])
				}
			}
			part := newPortfolio(t, Parts{Estates: lists[i], Shard: s})
			text, err := json.Marshal(part)
			if err != nil {
				t.Fatal(err)
			}
			var back Portfolio
			if err := json.Unmarshal(text, &back); err != nil {
				t.Fatal(err)
			}
			lists[i], shards = back.Estates, append(shards, back.Run.Shard)
		}
		held := 0
		for _, list := range lists {
			held += len(list)
		}
		if held != len(estates) {
			t.Fatalf("the shards hold %d estates of %d", held, len(estates))
		}
		if missing := Missing(shards); missing != nil {
			t.Fatalf("%v are missing of all", missing)
		}
		if left := Missing(shards[1:]); n > 1 && (len(left) != 1 || left[0] != shards[0]) {
			t.Fatalf("%v are missing without %s", left, shards[0])
		}
		joined, err := Join(rapid.Permutation(lists).Draw(t, "order")...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(written(t, whole), written(t, newPortfolio(t, Parts{Estates: joined}))); diff != "" {
			t.Fatalf("put together (-whole +joined):\n%s", diff)
		}
	})
}

func written(t interface{ Fatal(...any) }, p *Portfolio) string {
	text, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// An estate told twice is one, unless of two runs.
func TestJoinRefusesTwoRunsOfOneEstate(t *testing.T) {
	one := Estate{Name: "acme", State: Audited, Run: "a", Audit: &Audit{Digest: "1"}}
	other := Estate{Name: "acme", State: Audited, Run: "a", Audit: &Audit{Digest: "2"}}
	if got, err := Join([]Estate{one}, []Estate{one}); err != nil || len(got) != 1 {
		t.Errorf("twice the same: %v, %v", got, err)
	}
	for _, differs := range []Estate{other, {Name: "acme", State: Failed}, {Name: "acme", State: Audited, Run: "b", Audit: one.Audit}} {
		if _, err := Join([]Estate{one}, []Estate{differs}); err == nil {
			t.Errorf("%+v and %+v were taken for one", one, differs)
		}
	}
}

func TestParseShard(t *testing.T) {
	for text, want := range map[string]Shard{"0/1": {0, 1}, "3/4": {3, 4}, "0/100000": {0, 100000}} {
		if got, err := ParseShard(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "4/4", "1/0", "-1/4", "1/4/2", "a/b", "0/100001", "+1/4", " 1/4", "1/4 ", "0x1/4"} {
		if got, err := ParseShard(text); err == nil {
			t.Errorf("%q: %v, want an error", text, got)
		}
	}
}

// METHOD 25.2. What an estate that was audited earlier had to do by now does not
// come next.
func TestNextComesFromADayOn(t *testing.T) {
	day := func(d int) date.Date { return date.New(2026, time.November, d) }
	e := &Estate{Audit: &Audit{Deadlines: []Deadline{
		{Date: day(2), Kind: audit.DeadlineWindowOpens}, {Date: day(9), Kind: audit.DeadlinePrice}, {Date: day(9), Kind: audit.DeadlineRenewal}}}}
	for from, want := range map[int]int{1: 2, 2: 2, 3: 9, 9: 9} {
		if got := e.Next(day(from)); got == nil || got.Date != day(want) || got.Kind == audit.DeadlinePrice {
			t.Errorf("from %s: %v, want %s", day(from), got, day(want))
		}
	}
	if got := e.Next(day(10)); got != nil {
		t.Errorf("after all of them: %v", got)
	}
}
