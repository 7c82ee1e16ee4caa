package audit_test

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/seats"
	"tierline/audit/world"
)

// TestPeopleStandAsOneWorks draws estates whose people were last seen on any day or
// never: whom the plan removes comes first, then the other candidates, each part
// with the longest idle first, and every seat stands there once (METHOD 1.29).
func TestPeopleStandAsOneWorks(t *testing.T) {
	t.Parallel()
	removed, candidates, pooled := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{20, 8, 5})
		e := w.Input().Estate
		for i := range e.Accounts {
			e.Accounts[i].Added = world.Day("2020-01-01").AddDays(rapid.IntRange(0, 400).Draw(rt, "added"))
		}
		for i := range e.Access {
			for j, seen := range e.Access[i].Seen {
				if day, used := seen.Date(); used && day.Before(w.AsOf) {
					e.Access[i].Seen[j] = rapid.SampledFrom([]estate.LastSeen{estate.Never(), estate.SeenOn(day), estate.SeenOn(day.AddDays(-40))}).Draw(rt, "seen")
				}
			}
		}
		r := runEstate(rt, w, e)
		order := inOrder(rt, r)
		removed, candidates, pooled = removed+order.removed, candidates+order.candidates, pooled+order.pooled
		if want := seatsByClass(r); order.seats != want {
			rt.Fatalf("%d seats, want %d", order.seats, want)
		}
	})
	if removed == 0 || candidates == 0 || pooled == 0 {
		t.Errorf("%d seats to remove, %d other candidates and %d of collections were drawn; want some of each", removed, candidates, pooled)
	}
}

// ordered counts the rows of a result whose order holds.
type ordered struct{ seats, removed, candidates, pooled int }

// inOrder checks the order of the rows.
func inOrder(t *rapid.T, r *audit.Result) (out ordered) {
	part := func(x *audit.SeatRow) int {
		switch {
		case x.Action != "":
			return 0
		case x.Rank > 0:
			return 1
		}
		return 2
	}
	var before *audit.SeatRow
	twice := map[[3]string]bool{}
	for row := range r.People {
		if row.Kind == audit.PaidSeat {
			out.seats++
		}
		if twice[[3]string{row.Account, row.Site, row.Product}] {
			t.Fatalf("%s stands there twice for %s", row.Account, row.Product)
		}
		twice[[3]string{row.Account, row.Site, row.Product}] = true
		switch part(&row) {
		case 0:
			out.removed++
		case 1:
			out.candidates++
		}
		if before != nil && part(before) > part(&row) {
			t.Fatalf("%s comes after %s", row.Account, before.Account)
		}
		paidAlone := !slices.ContainsFunc(r.Seats, func(p audit.ProductSeats) bool { return len(p.Includes) > 0 })
		if !paidAlone && row.Rank > 0 {
			out.pooled++ // whose order is that of the newest use of several seats
		}
		if paidAlone && before != nil && part(before) == part(&row) && row.Rank > 0 && longerIdle(&row, before) {
			t.Fatalf("%+v is idle for longer than %+v, which comes before", row, *before)
		}
		next := row
		before = &next
	}
	return out
}

// longerIdle reports whether a is to be asked before b.
func longerIdle(a, b *audit.SeatRow) bool {
	if a.Never != b.Never {
		return a.Never
	}
	if a.Never {
		return a.Added.Before(b.Added)
	}
	return cmp.Compare(*a.Idle, *b.Idle) > 0
}

// seatsByClass is the number of seats by the classes of each product.
func seatsByClass(r *audit.Result) (n int) {
	for i := range r.Seats {
		if len(r.Seats[i].Includes) > 0 {
			continue // its people hold the seats of its products
		}
		for _, c := range r.Seats[i].Classes {
			if c.Label != seats.NoSeat {
				n += c.Count
			}
		}
	}
	return n
}

// runEstate audits an estate of a world without rules.
func runEstate(t *rapid.T, w *world.World, e *estate.Estate) *audit.Result {
	in := w.Input()
	r, err := audit.Run(context.Background(), &audit.Request{
		Estate: e, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Version: "test", Workers: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
