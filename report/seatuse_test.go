package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/seats"
)

// Whoever has a seat of a product of a collection is one of the people whom the
// collection counts: they are spared once.
func TestSparedSeatsAreCountedOnce(t *testing.T) {
	spared := func(c seats.Class, n int) []audit.Counted[seats.Class] {
		return []audit.Counted[seats.Class]{{Label: seats.Active, Count: 7}, {Label: c, Count: n}}
	}
	r := &audit.Result{Seats: []audit.ProductSeats{
		{Product: "teamwork-collection", Includes: []string{"jira", "confluence"}, Classes: spared(seats.New, 2)},
		{Product: "jira", Collection: "teamwork-collection", Classes: spared(seats.New, 2)},
		{Product: "jira-service-management", Classes: spared(seats.OnLeave, 1)},
	}}
	if got, want := whoIsSpared(r), "Seats left alone: 2 new and 1 of people on leave. The workbook has them product by product under Summary."; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}
