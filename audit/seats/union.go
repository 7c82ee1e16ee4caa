package seats

import (
	"slices"

	"tierline/audit/date"
)

// Union counts the people who have a seat of one product on any of several
// sites, each once: what Cloud Enterprise and multi-instance pricing charge
// for. It needs access columns on every site, since numbers of users cannot
// tell who is the same person.
type Union struct {
	Products []*Product // one for each site, in the order of removals
	Total    int        // people with a seat on any of the sites

	// alone counts, for each product, the people whose only seat it is and who
	// are candidates: alone[i][k] are gone after k removals. The people with
	// seats on several sites who are candidates on all of them stand in shared,
	// with the removals after which each seat is gone; 0 is no seat there.
	alone  [][]int32
	shared [][]int32
}

// NewUnion unites the seats of a product on several sites; false when one of
// them has no access column.
func NewUnion(products []*Product) (*Union, bool) {
	u := &Union{Products: products}
	for _, p := range products {
		if p.Origin != FromAccess {
			return nil, false
		}
		u.alone = append(u.alone, make([]int32, len(p.Candidates)+1))
	}
	if len(products) == 0 {
		return nil, false
	}
	u.count()
	return u, true
}

// count walks the accounts once.
func (u *Union) count() {
	ranks := make([][]int32, len(u.Products)) // account -> place in the order of removal, from 1
	for i, p := range u.Products {
		ranks[i] = make([]int32, len(p.Seats))
		for place, account := range p.Candidates {
			ranks[i][account] = int32(place) + 1
		}
	}
	gone := make([]int32, len(u.Products))
	for account := range u.Products[0].Seats {
		held, leaves, last := 0, true, 0
		for i, p := range u.Products {
			gone[i] = 0
			if p.Seats[account] == NoSeat {
				continue
			}
			held, last = held+1, i
			gone[i] = ranks[i][account]
			leaves = leaves && gone[i] > 0
		}
		switch {
		case held == 0:
			continue
		case !leaves:
		case held == 1:
			u.alone[last][gone[last]]++
		default:
			u.shared = append(u.shared, slices.Clone(gone))
		}
		u.Total++
	}
	for _, counts := range u.alone {
		for k := 1; k < len(counts); k++ {
			counts[k] += counts[k-1]
		}
	}
}

// Users returns the people left after k[i] seats are removed from product i,
// in the order of its candidates; nil removes nobody.
func (u *Union) Users(k []int) int {
	n := u.Total
	if k == nil {
		return n
	}
	for i, counts := range u.alone {
		n -= int(counts[min(k[i], len(counts)-1)])
	}
	for _, ranks := range u.shared {
		if leaves(ranks, k) {
			n--
		}
	}
	return n
}

func leaves(ranks []int32, k []int) bool {
	for i, r := range ranks {
		if int(r) > k[i] {
			return false
		}
	}
	return true
}

// On returns the people on a day: those left after removals, with the planned
// changes of all the sites up to and including it; never below 0. A planned
// joiner counts once for each site that plans for one, since no plan says who.
func (u *Union) On(d date.Date, k []int) int {
	n := u.Users(k)
	for _, p := range u.Products {
		n += p.Planned(d)
	}
	return max(n, 0)
}

// Overlap returns how many seats are held by people who have one on another
// of the sites already: the seats charged more than once where each site pays
// for itself.
func (u *Union) Overlap() int {
	n := -u.Total
	for _, p := range u.Products {
		n += p.Users
	}
	return n
}
