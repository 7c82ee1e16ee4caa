package plan

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Decision is what the plan decides for one bundle, and the outcomes along
// the bridge: each stage is the best cost with the recommended removals and
// cycle that the stage allows (METHOD 4.5).
type Decision struct {
	Bundle  *costing.Bundle
	Removed []int // seats removed from each product
	Cycle   Cycle

	AsIs      *Outcome // nobody removed, licensed tiers, today's cycle
	RightSize *Outcome // the tier of the users where that is cheaper
	CleanUp   *Outcome // with the removals
	Switched  *Outcome // in the decided cycle
	Quoted    *Outcome // with quotes: recommended, before multi-instance

	// Held says why nothing is decided for the bundle but quotes that hold
	// whichever number of users is right; nil where everything is decided.
	Held []diag.Reason
	// NotClaimed is what a held bundle would save, quotes and combinations apart, if
	// its sources were right. It is in no total, and unknown for other bundles or
	// for the reason given.
	NotClaimed       money.Amount
	NotClaimedReason diag.Reason

	// NoSwitch says why no other cycle was weighed; no reason when one was, or
	// when there is none.
	NoSwitch diag.Reason

	barred [AllAnnual + 1]diag.Reason // why a cycle was not weighed
}

// NotWeighed says why a cycle was not weighed; no reason when it was.
func (d *Decision) NotWeighed(c Cycle) diag.Reason { return d.barred[c] }

// optimiser finds the best decision on one bundle.
type optimiser struct {
	bundle   *costing.Bundle
	policy   *config.Policy
	currency money.Currency
	limit    []int // removable seats of each product
	every    int   // combinations of removals up to which each is tried: everyRemoval
	memo     map[string]*Outcome
}

// candidate is a decision with what the objective compares: least cost, then
// fewest removals, today's cycle, fewest quotes, the smallest removals in
// product order, monthly before annual (METHOD 9.1).
type candidate struct {
	removed []int
	cycle   Cycle
	outcome *Outcome
}

func (a *candidate) better(b *candidate) bool {
	if b == nil {
		return true
	}
	if a.outcome.Total != b.outcome.Total {
		return a.outcome.Total.Less(b.outcome.Total)
	}
	if x, y := sum(a.removed), sum(b.removed); x != y {
		return x < y
	}
	if (a.cycle == Keep) != (b.cycle == Keep) {
		return a.cycle == Keep
	}
	if a.outcome.Quotes != b.outcome.Quotes {
		return a.outcome.Quotes < b.outcome.Quotes
	}
	if c := slices.Compare(a.removed, b.removed); c != 0 {
		return c < 0
	}
	return a.cycle < b.cycle
}

func sum(k []int) int {
	total := 0
	for _, n := range k {
		total += n
	}
	return total
}

// Limits returns how many seats may be removed from each product of a bundle:
// nobody's where it is held, or where somebody's number is only assumed.
func Limits(b *costing.Bundle, policy *config.Policy) []int {
	return limits(b, make([]int, len(b.Products)), policy)
}

// limits are those with more candidates than there are.
func limits(b *costing.Bundle, more []int, policy *config.Policy) []int {
	out := make([]int, len(b.Products))
	if assumed(b) || len(b.Held()) > 0 {
		return out
	}
	for i, p := range b.Products {
		out[i] = len(p.Candidates) + more[i]
		if policy.MaxRemovals > 0 {
			out[i] = min(out[i], policy.MaxRemovals)
		}
	}
	return out
}

// decide finds the best decision on a bundle.
func decide(b *costing.Bundle, policy *config.Policy, currency money.Currency) *Decision {
	o := optimiser{bundle: b, policy: policy, currency: currency, limit: Limits(b, policy), every: everyRemoval}
	d := &Decision{Bundle: b}
	cycles := d.cycles(policy)
	var best *candidate
	for _, c := range cycles {
		if found := o.search(c); found != nil && found.better(best) {
			best = found
		}
	}
	none := make([]int, len(b.Products))
	if best == nil {
		// No currency is known, so nothing can be weighed: as is.
		best = &candidate{removed: none, cycle: Keep, outcome: Evaluate(b, nil, Keep, Freedom{}, currency)}
	}
	d.Removed, d.Cycle, d.Quoted = best.removed, best.cycle, best.outcome
	d.AsIs = Evaluate(b, nil, Keep, Freedom{}, currency)
	d.RightSize = Evaluate(b, none, Keep, Freedom{RightSize: true}, currency)
	d.CleanUp = Evaluate(b, d.Removed, Keep, Freedom{RightSize: true}, currency)
	d.Switched = Evaluate(b, d.Removed, d.Cycle, Freedom{RightSize: true}, currency)
	return d
}

// cycles lists the decisions on the cycle that are weighed, and notes why the
// others are not.
func (d *Decision) cycles(policy *config.Policy) []Cycle {
	out := []Cycle{Keep}
	for _, c := range []Cycle{AllMonthly, AllAnnual} {
		changes := slices.ContainsFunc(d.Bundle.Lines, func(l *costing.Line) bool { return c.of(l) != l.Sub.Cycle })
		d.barred[c] = noSwitch(d.Bundle, c, policy)
		if changes && !d.barred[c].Given() {
			out = append(out, c)
		} else if changes {
			d.NoSwitch = d.NoSwitch.Or(d.barred[c])
		}
	}
	if len(out) > 1 {
		d.NoSwitch = diag.Reason{}
	}
	return out
}

// noSwitch says why a bundle cannot be billed in a cycle; no reason when it can.
// Only rows whose own cycle would change stand in the way: one without a price
// there, one in no total, and one whose price is agreed for its cycle (METHOD 5.2).
// What is sold by the year only keeps the whole bundle from monthly billing (METHOD
// 5.5).
func noSwitch(b *costing.Bundle, c Cycle, policy *config.Policy) diag.Reason {
	if b.Hosting == pricing.DataCenter {
		return diag.Why(diag.Bound, "Data Center is annual")
	}
	if policy.KeepCycle {
		return diag.Why(diag.Policy, "policy keep_cycle")
	}
	for _, l := range b.Lines {
		if c == AllMonthly && l.AnnualOnly() {
			return diag.Why(diag.Bound, "%s is of the edition %s, which is sold by the year only", l.Name(), l.Sub.Edition)
		}
		if l.ElsewhereCharged() || c.of(l) == l.Sub.Cycle {
			continue
		}
		if why := unswitchable(l, c.of(l)); why.Given() {
			return why
		}
	}
	return diag.Reason{}
}

// unswitchable says why a row cannot be billed in the other cycle.
func unswitchable(l *costing.Line, to pricing.Cycle) diag.Reason {
	switch {
	case l.Sub.ContractPrice.Known():
		return diag.Why(diag.Bound, "%s has a contract price, which is bound to its cycle", l.Name()).From(l.Sub.Source)
	case l.Foreign:
		return diag.Why(diag.Currency, "%s is priced in another currency", l.Name())
	case l.Reason.Given():
		return l.Reason.After(l.Name() + " has no price: ")
	}
	_, why := l.Timeline(to).At(l.Term.Start)
	return why
}

// search finds the best removals for a cycle.
//
// The cost of a bundle as a function of its users never falls inside a cell,
// that is between two tier tops of any of its lines, so the cheapest point of
// a cell is its lowest corner. Trying every corner is therefore exact; that
// the people removed are as few as possible is then found inside the cheapest
// cells, where the cost only stays or falls as more people leave.
func (o *optimiser) search(c Cycle) *candidate {
	o.memo = map[string]*Outcome{}
	ends := o.cells(c)
	var cheapest money.Amount
	var at [][]int // positions in ends
	walk(ends, func(pos []int) {
		total := o.evaluate(pick(ends, pos), c).Total
		switch {
		case !total.Known() || cheapest.Less(total):
		case total == cheapest:
			at = append(at, slices.Clone(pos))
		default:
			cheapest, at = total, [][]int{slices.Clone(pos)}
		}
	})
	var best *candidate
	for _, pos := range at {
		k := o.fewest(ends, pos, c)
		if found := (&candidate{removed: k, cycle: c, outcome: o.evaluate(k, c)}); found.better(best) {
			best = found
		}
	}
	return best
}

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

// walk calls f with every combination of positions in lists.
func walk(lists [][]int, f func(pos []int)) {
	pos := make([]int, len(lists))
	for {
		f(pos)
		i := len(pos) - 1
		for ; i >= 0; i-- {
			if pos[i]++; pos[i] < len(lists[i]) {
				break
			}
			pos[i] = 0
		}
		if i < 0 {
			return
		}
	}
}

func pick(lists [][]int, pos []int) []int {
	out := make([]int, len(lists))
	for i, p := range pos {
		out[i] = lists[i][p]
	}
	return out
}

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

func (o *optimiser) evaluate(k []int, c Cycle) *Outcome {
	key := make([]byte, 0, 4*len(k))
	for _, n := range k {
		key = append(key, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	if out, ok := o.memo[string(key)]; ok {
		return out
	}
	out := Evaluate(o.bundle, slices.Clone(k), c, Freedom{RightSize: true, Quotes: !o.policy.NoQuotes}, o.currency)
	o.memo[string(key)] = out
	return out
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

// upTo returns 0, 1, ... n.
func upTo(n int) []int {
	out := make([]int, n+1)
	for k := range out {
		out[k] = k
	}
	return out
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
