package seats

import (
	"cmp"
	"math"
	"slices"

	"tierline/audit/date"
)

// Union counts the people who have a seat of one product on any of several
// sites, each once: what Cloud Enterprise and multi-instance pricing charge
// for. It needs access columns on every site, since numbers of users cannot
// tell who is the same person.
type Union struct {
	Products []*Product // one for each site, in the order of removals
	Total    int        // people with a seat on any of the sites; where a count is in doubt, the largest figure known

	least int // where a count is in doubt: so many people are left whatever is removed

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
	for _, p := range products {
		if p.Held() {
			u.least = max(u.least, p.Users)
		}
	}
	if u.least > 0 {
		u.least = max(u.least, u.Total)
		u.Total = u.least
	}
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
	for _, p := range u.Products {
		if p.Held() {
			u.Total = max(u.Total, p.Users) // no fewer than on one of the sites
		}
	}
	for _, counts := range u.alone {
		for k := 1; k < len(counts); k++ {
			counts[k] += counts[k-1]
		}
	}
}

// Users returns the people left after k[i] seats are removed from product i,
// in the order of its candidates; nil removes nobody. Removals beyond the
// candidates take nobody away, since nobody knows whose seats they would be.
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
	return max(n, u.least)
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

// most is how many steps [Union.Fewest] takes.
const most = 20_000_000

// Fewest returns the removals from each product, within low and high, that
// pass a test with the fewest seats removed; of several such ones the first in
// the order of the products. The test may depend on the number of people left
// alone, must pass wherever it passes with more of them, and passes for high.
// The answer is exact; false where finding it would take too long.
//
// All but two products are tried removal by removal. For the two, the more
// seats the one gives the fewer the other has to, so that one walk down a
// staircase meets every pair that cannot be lowered.
func (u *Union) Fewest(low, high []int, test func(k []int) bool) ([]int, bool) {
	f := fewest{union: u, low: low, high: high, test: test, k: slices.Clone(low), fits: u.Users(high), over: math.MaxInt}
	for i := range u.Products {
		f.order = append(f.order, i)
	}
	slices.SortStableFunc(f.order, func(a, b int) int { return cmp.Compare(high[a]-low[a], high[b]-low[b]) })
	if f.steps() > most {
		return nil, false
	}
	f.file()
	f.outer(0)
	return f.best, true
}

// fewest is one search.
type fewest struct {
	union     *Union
	low, high []int
	test      func(k []int) bool
	order     []int       // products, the longest ranges last
	people    [][][]int32 // of each product and removal, the ranks of the person whose seat goes, if they have others
	k         []int       // under consideration
	fits      int         // so many people are known to pass
	over      int         // so many are known not to
	best      []int
}

// steps returns how many steps the search takes at most, or more than most.
func (f *fewest) steps() int {
	out, last := 1, len(f.order)-1
	for n, i := range f.order {
		size := f.high[i] - f.low[i] + 1
		switch {
		case n < last-1:
			out *= size
		case n == last:
			out *= 2 * size // up one side of the stairs and down the other
		}
		if out > most {
			break
		}
	}
	return out
}

// passes asks the test only about numbers nothing is known of.
func (f *fewest) passes(left int) bool {
	switch {
	case left <= f.fits:
		return true
	case left >= f.over:
		return false
	case f.test(f.k):
		f.fits = left
		return true
	}
	f.over = left
	return false
}

// file files the people with several seats under each of their removals.
func (f *fewest) file() {
	for i := range f.k {
		f.people = append(f.people, make([][]int32, len(f.union.alone[i])))
	}
	for _, ranks := range f.union.shared {
		for i, r := range ranks {
			if r > 0 {
				f.people[i][r] = ranks
			}
		}
	}
}

// outer tries every removal of the products up to the last two.
func (f *fewest) outer(n int) {
	if n >= len(f.order)-2 {
		f.staircase()
		return
	}
	i := f.order[n]
	for f.k[i] = f.low[i]; f.k[i] <= f.high[i]; f.k[i]++ {
		f.outer(n + 1)
	}
	f.k[i] = f.low[i]
}

// staircase raises the removals of the product before the last and lowers
// those of the last as far as the test passes.
func (f *fewest) staircase() {
	up, down := f.order[max(0, len(f.order)-2)], f.order[len(f.order)-1]
	f.k[up] = f.low[up]
	f.k[down] = f.high[down]
	left := f.union.Users(f.k)
	for {
		for f.k[down] > f.low[down] {
			more := left + f.goes(down)
			f.k[down]--
			if !f.passes(more) {
				f.k[down]++
				break
			}
			left = more
		}
		if f.passes(left) {
			f.keep()
		}
		if up == down || f.k[up] == f.high[up] {
			break
		}
		f.k[up]++
		left -= f.goes(up)
	}
	f.k[up], f.k[down] = f.low[up], f.low[down]
}

// goes returns how many people the last removal of a product takes away: one
// when it is the last seat of that person, else none. Beyond the candidates
// nobody knows whose seat it would be, so that nobody goes.
func (f *fewest) goes(i int) int {
	k := f.k[i]
	if k >= len(f.union.alone[i]) {
		return 0
	}
	if ranks := f.people[i][k]; ranks != nil {
		if leaves(ranks, f.k) {
			return 1
		}
		return 0
	}
	alone := f.union.alone[i]
	return int(alone[k] - alone[k-1])
}

// keep remembers the removals where they are better than the best so far.
func (f *fewest) keep() {
	sum := func(k []int) (n int) {
		for _, x := range k {
			n += x
		}
		return n
	}
	if f.best == nil || cmp.Or(cmp.Compare(sum(f.k), sum(f.best)), slices.Compare(f.k, f.best)) < 0 {
		f.best = slices.Clone(f.k)
	}
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
