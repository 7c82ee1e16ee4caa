package plan

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
)

// The people of a charge over several sites depend on the removals of all its
// products together, so no grid of their tops cuts the cost into cells; and a
// line that is uneven may cost anything for each removal.
const (
	// everyRemoval is how many combinations of removals of such a bundle are
	// tried one by one.
	everyRemoval = 4096
	// manyCells is how many cells over several sites are tried. Beyond it only
	// removing all candidates is, which is cheapest wherever prices do not fall
	// when users are added.
	manyCells = 20000
)

// cells returns, for each product, the removals at which a cell ends.
func (o *optimiser) cells(c Cycle) [][]int {
	n := len(o.limit)
	ends, all, most, stops := make([][]int, n), make([][]int, n), make([][]int, n), make([][]int, n)
	few := product(o.limit, 1) <= o.every
	for i, limit := range o.limit {
		most[i], stops[i] = []int{limit}, []int{0, limit}
		if few {
			all[i] = upTo(limit)
		}
	}
	for i, limit := range o.limit {
		ends[i] = pieces(o.bundle, i, limit, c, stops)
		if few && uneven(o.bundle, i, c) {
			ends[i] = all[i]
		}
	}
	switch {
	case len(o.bundle.Sites) == 1:
		return ends
	case few:
		return all
	case product(lengths(ends), 0) > manyCells:
		return most
	}
	return ends
}

// corners returns, in order, the removals from product i, up to limit, at
// which a cell of the cost ends: its users are then one more than a tier top
// on some bill date, or all that may be removed are gone. An uneven
// line is not cut into cells: see pieces.
func corners(b *costing.Bundle, i, limit int, c Cycle) []int {
	p := b.Products[i]
	out := []int{limit}
	for _, l := range b.Lines {
		if !follows(l, i) {
			continue
		}
		cycle := c.of(l)
		for _, users := range usersOn(p.On, l.QuantityDates(cycle)) {
			for _, top := range append(l.Tops(cycle, users), 0) {
				out = append(out, users-top-1)
			}
		}
	}
	return within(out, limit)
}

// pieces returns the corners and, where a line is uneven, both ends of
// every piece of removals on which the exact cost is a straight line, so that it
// is cheapest at one of them but for the cents of rounding. others are the
// removals of each other product at which it stands or may stop: a line that
// follows the largest of several products bends where one overtakes another.
func pieces(b *costing.Bundle, i, limit int, c Cycle, others [][]int) []int {
	p, out := b.Products[i], corners(b, i, limit, c)
	for _, l := range b.Lines {
		if !follows(l, i) || !l.Uneven(c.of(l)) {
			continue
		}
		dates := l.QuantityDates(c.of(l))
		levels := append(licences(b), 0)
		for _, j := range driven(l) {
			for _, k := range others[j] {
				levels = append(levels, usersOn(func(d date.Date, _ int) int { return b.Products[j].On(d, k) }, dates)...)
			}
		}
		out = append(out, 0)
		for _, users := range usersOn(p.On, dates) {
			for _, level := range slices.Concat(l.Tops(c.of(l), users), levels) {
				out = append(out, users-level-1, users-level)
			}
		}
	}
	return within(out, limit)
}

// follows reports whether what a line pays for moves with the users of product i;
// a charge over several sites is for people, see cells.
func follows(l *costing.Line, i int) bool {
	return slices.Contains(driven(l), i) && l.Unions() == nil
}

// driven lists the products whose users move what a line pays for: those it is
// billed for, and those of the hosts that bind it, which an app for a stand-in of
// users is bound by as well.
func driven(l *costing.Line) []int {
	out := slices.Clone(l.Members())
	for _, h := range l.Hosts() {
		out = append(out, h.Members()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// within returns removals in order, each once, from nobody up to limit.
func within(removals []int, limit int) []int {
	out := slices.DeleteFunc(removals, func(k int) bool { return k < 0 || k > limit })
	slices.Sort(out)
	return slices.Compact(out)
}

// licences returns the quantities that rows of a bundle are licensed for, are
// quoted for, or may be quoted for at least: below them, fewer users change no bill.
func licences(b *costing.Bundle) []int {
	var out []int
	for _, l := range b.Lines {
		if l.Sub.HasLicensed {
			out = append(out, l.Sub.Licensed)
		}
		if l.Quote.Possible {
			out = append(out, l.Quote.Tier.From)
		}
		if l.Offer != nil {
			out = append(out, l.Offer.Users)
		}
	}
	return out
}

// uneven reports whether a line that follows product i is.
func uneven(b *costing.Bundle, i int, c Cycle) bool {
	return slices.ContainsFunc(b.Lines, func(l *costing.Line) bool {
		return follows(l, i) && l.Uneven(c.of(l))
	})
}

// usersOn returns the different numbers of users on some days.
func usersOn(on func(date.Date, int) int, days []date.Date) []int {
	var out []int
	for _, d := range days {
		out = append(out, on(d, 0))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// product multiplies numbers, each plus more, and stops where the result no
// longer matters.
func product(numbers []int, more int) int {
	out := 1
	for _, n := range numbers {
		if out *= n + more; out > manyCells {
			return out
		}
	}
	return out
}

func lengths(lists [][]int) []int {
	out := make([]int, len(lists))
	for i, l := range lists {
		out[i] = len(l)
	}
	return out
}

// upTo returns 0, 1, ... n.
func upTo(n int) []int {
	out := make([]int, n+1)
	for k := range out {
		out[k] = k
	}
	return out
}
