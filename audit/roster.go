package audit

import (
	"tierline/audit/estate"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// roster is what the rows of people are made of. They are made while reports are
// written: with no price and no cost in it, these need not stay in memory until then.
type roster struct {
	estate   *estate.Estate
	register *seats.Register
	removals map[*seats.Product]removal // by the product that pays
}

// removal is how many seats of a product the plan removes, and the id of the action
// that does.
type removal struct {
	seats  int
	action string
}

func (w *work) roster() *roster {
	return &roster{w.Estate, w.register, removalsOf(w.plan.Actions)}
}

// removalsOf lists the removals of actions; of a product in several, the first.
func removalsOf(actions []*plan.Action) map[*seats.Product]removal {
	out := map[*seats.Product]removal{}
	for _, a := range actions {
		for _, r := range a.Removals {
			if _, known := out[r.Product]; !known {
				out[r.Product] = removal{r.Seats, a.ID}
			}
		}
	}
	return out
}
