package seats_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/audittest/world"
	"tierline/audit/seats"
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
		for _, account := range p.Candidates[:k[i]] {
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
