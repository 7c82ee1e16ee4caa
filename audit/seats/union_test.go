package seats_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/seats"
	"tierline/audit/world"
)

// TestUnionCountsPeople compares a union with counting people one by one.
func TestUnionCountsPeople(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := world.New(t)
		sites := []string{"a", "b", "c"}[:rapid.IntRange(1, 3).Draw(rt, "sites")]
		for _, site := range sites {
			n := rapid.IntRange(0, 12).Draw(rt, "users")
			w.On(site).SeatsFrom(rapid.IntRange(0, 10).Draw(rt, "first"), "jira", n, rapid.IntRange(0, n).Draw(rt, "idle"))
		}
		in := w.Input()
		var products []*seats.Product
		var k []int
		for _, site := range sites {
			p := in.Register.Find(site, "jira")
			products = append(products, p)
			k = append(k, rapid.IntRange(0, len(p.Candidates)).Draw(rt, "removed"))
		}
		u, ok := seats.NewUnion(products)
		if !ok {
			rt.Fatal("no union, although every site has access columns")
		}
		if got, want := u.Users(nil), people(products, make([]int, len(k))); got != want || u.Total != want {
			rt.Fatalf("nobody removed: got %d and total %d, want %d", got, u.Total, want)
		}
		if got, want := u.Users(k), people(products, k); got != want {
			rt.Fatalf("removed %v: got %d, want %d", k, got, want)
		}
		held := 0
		for _, p := range products {
			held += p.Users
		}
		if u.Overlap() != held-u.Total {
			rt.Fatalf("overlap: got %d of %d seats for %d people", u.Overlap(), held, u.Total)
		}
	})
}

// people counts whoever keeps a seat somewhere.
func people(products []*seats.Product, k []int) int {
	left := map[int]bool{}
	for i, p := range products {
		gone := map[int32]bool{}
		for _, account := range p.Candidates[:min(k[i], len(p.Candidates))] {
			gone[account] = true
		}
		for account, class := range p.Seats {
			if class != seats.NoSeat && !gone[int32(account)] {
				left[account] = true
			}
		}
	}
	return len(left)
}

// TestFewestIsTheFewest compares the search with trying every removal, for
// every number of people that may be left.
func TestFewestIsTheFewest(t *testing.T) {
	several := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.New(t)
		sites := []string{"a", "b", "c", "d"}[:rapid.IntRange(1, 4).Draw(rt, "sites")]
		for _, site := range sites {
			n := rapid.IntRange(0, 9).Draw(rt, "users")
			w.On(site).SeatsFrom(rapid.IntRange(0, 9).Draw(rt, "first"), "jira", n, rapid.IntRange(0, min(n, 6)).Draw(rt, "idle"))
		}
		in := w.Input()
		var products []*seats.Product
		var low, high []int
		for _, site := range sites {
			p := in.Register.Find(site, "jira")
			p.Candidates = rapid.Permutation(p.Candidates).Draw(rt, "order")
			products = append(products, p)
			high = append(high, rapid.IntRange(0, len(p.Candidates)+2).Draw(rt, "high")) // two more than there are candidates
			low = append(low, rapid.IntRange(0, high[len(high)-1]).Draw(rt, "low"))
		}
		u, _ := seats.NewUnion(products)
		for top := u.Users(high); top <= u.Total; top++ {
			test := func(k []int) bool { return people(products, k) <= top }
			got, ok := u.Fewest(low, high, test)
			if want := fewest(low, high, test); !ok || !slices.Equal(got, want) {
				rt.Fatalf("from %v to %v for %d people: got %v, want %v", low, high, top, got, want)
			}
			if len(sites) > 2 {
				several++
			}
		}
	})
	if several == 0 {
		t.Error("never more than two sites: the test tests half")
	}
}

// fewest tries every removal in order and keeps the first of the smallest sums.
func fewest(low, high []int, test func([]int) bool) []int {
	var best []int
	sum := func(k []int) (n int) {
		for _, x := range k {
			n += x
		}
		return n
	}
	for k := slices.Clone(low); ; {
		if test(k) && (best == nil || sum(k) < sum(best)) {
			best = slices.Clone(k)
		}
		i := len(k) - 1
		for ; i >= 0 && k[i] == high[i]; i-- {
			k[i] = low[i]
		}
		if i < 0 {
			return best
		}
		k[i]++
	}
}

// Four sites of thousands of candidates each are too many to be exact.
func TestFewestRefusesWhatTakesTooLong(t *testing.T) {
	w := world.New(t)
	var products []*seats.Product
	var high []int
	for _, site := range []string{"a", "b", "c", "d"} {
		w.On(site).Seats("jira", 2000, 2000)
		high = append(high, 2000)
	}
	in := w.Input()
	for _, site := range []string{"a", "b", "c", "d"} {
		products = append(products, in.Register.Find(site, "jira"))
	}
	u, _ := seats.NewUnion(products)
	if k, ok := u.Fewest(make([]int, 4), high, func([]int) bool { return true }); ok {
		t.Errorf("got %v", k)
	}
}

func TestUnionOnADay(t *testing.T) {
	w := world.New(t).On("a").Seats("jira", 10, 4).Planned("2026-02-01", "jira", 5)
	w.On("b").SeatsFrom(5, "jira", 10, 0).Planned("2026-03-01", "jira", -40)
	in := w.Input()
	u, _ := seats.NewUnion([]*seats.Product{in.Register.Find("a", "jira"), in.Register.Find("b", "jira")})
	for day, want := range map[string]int{"2026-01-31": 15, "2026-02-01": 20, "2026-03-01": 0} {
		if got := u.On(world.Day(day), nil); got != want {
			t.Errorf("%s: got %d, want %d", day, got, want)
		}
	}
	if got := u.On(world.Day("2026-02-01"), []int{4, 0}); got != 16 {
		t.Errorf("with four removed: got %d, want 16", got)
	}
}

// A number of users cannot tell who is the same person.
func TestUnionNeedsAccessColumns(t *testing.T) {
	w := world.New(t).On("a").Seats("jira", 10, 0).On("b").Product("jira", 0, world.Licensed(20))
	in := w.Input()
	if _, ok := seats.NewUnion([]*seats.Product{in.Register.Find("a", "jira"), in.Register.Find("b", "jira")}); ok {
		t.Error("a union with a site whose users are only a number")
	}
	if _, ok := seats.NewUnion(nil); ok {
		t.Error("a union of nothing")
	}
}
