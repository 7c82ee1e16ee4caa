package seats

import (
	"cmp"
	"slices"
)

// Ask is a candidate's seat: somebody to ask about it.
type Ask struct {
	Product *Product // whose seat it is; one of a collection stands under each of its products
	Account int32
	Rank    int  // place in the order of removal of the product that is paid for, from 1
	Planned bool // the plan removes it

	idle int64 // orders seats of all products by how long they have been idle
}

// Worklist lists the candidates' seats of all products as one works through
// them (METHOD 1.29): those that the plan removes first, and of these and of the
// others the longest idle first. planned says how many candidates the plan removes
// from a product that is paid for.
func (r *Register) Worklist(planned func(*Product) int) []Ask {
	most := 0
	for _, p := range r.Products {
		most += len(p.Candidates)
	}
	out := make([]Ask, 0, most) // a collection's people stand under several: then it grows
	for _, p := range r.Products {
		if !p.ListsSeats() {
			continue
		}
		payer := p.Payer()
		removed := planned(payer)
		for i, account := range payer.Candidates {
			if p.Seats[account] != NoSeat {
				out = append(out, Ask{Product: p, Account: account, Rank: i + 1, Planned: i < removed, idle: r.idleFor(payer, account)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Ask) int {
		if a.Planned != b.Planned {
			if a.Planned {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.idle, b.idle), cmp.Compare(a.Rank, b.Rank))
	})
	return out
}

// idleFor returns a number that is smaller the longer a candidate has been idle:
// never used comes first, the oldest account first (METHOD 1.16).
func (r *Register) idleFor(p *Product, account int32) int64 {
	day, ok := p.Seen(account).Date()
	if !ok {
		return int64(r.estate.Accounts[account].Added.Number())
	}
	return 1<<32 + int64(day.Number())
}
