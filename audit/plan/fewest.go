package plan

import (
	"slices"
)

// fewest lowers the removals at a corner as far as the cost stays the same,
// without leaving the cell. Each product can be lowered by itself, but where
// people are counted over several sites: there the products are weighed
// together, or, where that would take too long, lowered one after the other in
// several orders, which may remove more seats than needed.
func (o *optimiser) fewest(ends [][]int, pos []int, c Cycle) []int {
	if len(o.bundle.Sites) == 1 {
		return o.lower(ends, pos, c, 0)
	}
	if k, ok := o.fewestTogether(ends, pos, c); ok {
		return k
	}
	best := o.lower(ends, pos, c, 0)
	for first := 1; first < len(pos); first++ {
		if k := o.lower(ends, pos, c, first); sum(k) < sum(best) {
			best = k
		}
	}
	return best
}

// fewestTogether is exact where people are counted over several sites. What a
// product gives with all the others at the corner is the least it gives at
// all; above that the cost depends on the people left in each charge alone.
func (o *optimiser) fewestTogether(ends [][]int, pos []int, c Cycle) ([]int, bool) {
	corner := pick(ends, pos)
	k := slices.Clone(corner)
	for i := range k {
		k[i] = o.lowest(ends, pos, c, corner, i)
	}
	cost := o.evaluate(corner, c).Total
	for _, l := range o.bundle.Lines {
		if !l.IsHost() || l.Unions() == nil {
			continue
		}
		u := l.Unions()[0]
		var low, high []int
		for _, i := range l.Members() {
			low, high = append(low, k[i]), append(high, corner[i])
		}
		try := slices.Clone(corner)
		removals, ok := u.Fewest(low, high, func(removals []int) bool {
			for n, i := range l.Members() {
				try[i] = removals[n]
			}
			return o.evaluate(try, c).Total == cost
		})
		if !ok {
			return nil, false
		}
		for n, i := range l.Members() {
			k[i] = removals[n]
		}
	}
	return k, true
}

// lower lowers the removals of one product after the other, beginning with
// first.
func (o *optimiser) lower(ends [][]int, pos []int, c Cycle, first int) []int {
	k := pick(ends, pos)
	for n := range k {
		i := (first + n) % len(k)
		k[i] = o.lowest(ends, pos, c, k, i)
	}
	return k
}

// lowest returns the fewest removals from product i, the others staying as
// they are, at which the cost is still that of k, without leaving the cell.
func (o *optimiser) lowest(ends [][]int, pos []int, c Cycle, k []int, i int) int {
	cost := o.evaluate(k, c).Total
	low, high := 0, k[i]
	if pos[i] > 0 {
		low = ends[i][pos[i]-1] + 1
	}
	k = slices.Clone(k)
	for low < high {
		k[i] = (low + high) / 2
		if o.evaluate(k, c).Total == cost {
			high = k[i]
		} else {
			low = k[i] + 1
		}
	}
	return high
}
