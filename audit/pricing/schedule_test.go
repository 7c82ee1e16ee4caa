package pricing_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 2.1.
func TestGraduatedNeverFallsAndIsContinuous(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tiers, tops, flat := drawGraduated(t)
		v := build(t, pricing.Monthly, pricing.Graduated, tiers)
		units := map[int]money.Exact{} // unit price of the tier above each top
		for i := range tops {
			if i > 0 {
				units[tops[i-1]] = world.Dec(tiers[i][len(text(tops[i]))+1:]).Mul(v.Factor)
			}
		}
		for n := range limit(tops) {
			a, b := price(t, v, n), price(t, v, n+1)
			start := flat && (n == tops[0] || n == 0)
			if !start && b.Cmp(a) < 0 {
				t.Fatalf("%v: %d users cost %s, %d users %s", tiers, n, a.Decimal(2), n+1, b.Decimal(2))
			}
			// Continuous: one user above a top costs one unit of the next tier,
			// but at the flat start.
			if unit, isTop := units[n]; isTop && !start && b.Sub(a).Cmp(unit) != 0 {
				t.Fatalf("%v: step at top %d: got %s, want %s", tiers, n, b.Sub(a).Decimal(2), unit.Decimal(2))
			}
		}
	})
}

// METHOD 2.4.
func TestBlockIsUnitTimesTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tops := drawTops(t, false)
		var tiers []string
		units := make([]int, len(tops))
		for i, top := range tops {
			units[i] = rapid.IntRange(0, 900).Draw(t, "unit")
			tiers = append(tiers, text(top)+":"+cents(units[i]))
		}
		v := build(t, pricing.Annual, pricing.Block, tiers)
		bottom := 0
		for i, top := range tops {
			want := money.Ratio(int64(units[i]*top), 100).Mul(v.Factor)
			for _, n := range []int{bottom + 1, top} {
				if got := price(t, v, n); got.Cmp(want) != 0 {
					t.Fatalf("%v: %d users: got %s, want %s", tiers, n, got.Decimal(2), want.Decimal(2))
				}
			}
			bottom = top
		}
	})
}

// At every top n and n + 1: the tier that holds the users decides for all of
// them, flat + unit x n; a tier without unit price costs the same throughout.
//
// METHOD 2.3.
func TestVolumeAtEveryTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tops := drawTops(t, true)
		var tiers []string
		units, flats := make([]int, len(tops)), make([]int, len(tops))
		stepped := rapid.Bool().Draw(t, "flat only")
		for i, top := range tops {
			flats[i] = rapid.IntRange(0, 9000).Draw(t, "flat")
			price := "=" + cents(flats[i])
			if !stepped {
				units[i] = rapid.IntRange(1, 900).Draw(t, "unit")
				price = cents(units[i]) + "+" + cents(flats[i])
			}
			tiers = append(tiers, text(top)+":"+price)
		}
		v := build(t, pricing.Annual, pricing.Volume, tiers)
		if v.Stepped() != stepped {
			t.Fatalf("%v: stepped %v", tiers, v.Stepped())
		}
		bottom := 0
		for i, top := range tops {
			if top == 0 {
				top = bottom + 100
			}
			for _, n := range []int{bottom + 1, top} {
				want := money.Ratio(int64(flats[i]+units[i]*n), 100).Mul(v.Factor)
				if got := price(t, v, n); got.Cmp(want) != 0 {
					t.Fatalf("%v: %d users: got %s, want %s", tiers, n, got.Decimal(2), want.Decimal(2))
				}
			}
			bottom = top
		}
		if _, ok := v.Price(bottom + 1); tops[len(tops)-1] != 0 && ok {
			t.Fatalf("%v: a price for %d users, above the last top", tiers, bottom+1)
		}
	})
}

// METHOD 2.2, 2.4.
func TestOddTiers(t *testing.T) {
	free := []string{"10:0", "100:1.00"}
	expect(t, monthly(t, free), map[int]string{10: "0.00", 11: "1.00", 100: "90.00"}) // an allowance that stays
	flats := []string{"10:1.00", "20:0.50+7", "30:0.25+3"}
	expect(t, monthly(t, flats), map[int]string{10: "10.00", 11: "17.50", 20: "22.00", 21: "25.25", 30: "27.50"}) // each flat reached is added
	zero := []string{"10:0+5", "100:1.00"}
	expect(t, monthly(t, zero), map[int]string{10: "5.00", 11: "11.00"}) // unit 0 and a flat price: a flat start
	block := []string{"10:2.00+5", ":1.00"}
	expect(t, written(t, pricing.Cloud, pricing.Annual, pricing.Block, block), map[int]string{1: "25.00", 10: "25.00", 11: "unknown"})
	volume := []string{"100:1.65", "250:0.77"}
	expect(t, written(t, pricing.Cloud, pricing.Monthly, pricing.Volume, volume), map[int]string{100: "165.00", 101: "77.77"})
}

// METHOD 2.5.
func TestTiersAndCapacity(t *testing.T) {
	m, a := monthly(t, world.G1), annual(t, world.G1)
	for _, c := range []struct {
		v        *pricing.Version
		n        int
		tier     pricing.Range
		ok       bool
		capacity int
	}{
		{m, 0, pricing.Range{}, true, 0},
		{m, -1, pricing.Range{}, false, -1},
		{m, 10, pricing.Range{From: 1, To: 10}, true, 10},
		{m, 11, pricing.Range{From: 11, To: 100}, true, 11},
		{m, 2501, pricing.Range{}, false, 2501},
		{a, 11, pricing.Range{From: 11, To: 15}, true, 15},
		{a, 501, pricing.Range{From: 501, To: 600}, true, 600},
	} {
		if got, ok := c.v.Tier(c.n); got != c.tier || ok != c.ok {
			t.Errorf("tier of %d (%s): got %v %v, want %v %v", c.n, c.v.Mode(), got, ok, c.tier, c.ok)
		}
		if got := c.v.Capacity(c.n); got != c.capacity {
			t.Errorf("capacity at %d (%s): got %d, want %d", c.n, c.v.Mode(), got, c.capacity)
		}
	}
	if m.Stepped() || !a.Stepped() {
		t.Errorf("stepped: graduated %v, derived annual %v; want false, true", m.Stepped(), a.Stepped())
	}
}

// tierOf is one tier of a drawn list, prices in cents; without a price of a
// kind it is -1.
type tierOf struct{ top, unit, flat int }

// list is a drawn list of any mode.
type list struct {
	Mode    pricing.Mode
	Tiers   []tierOf
	Percent int // announced
}

func drawList(t *rapid.T) list {
	l := list{Mode: rapid.SampledFrom([]pricing.Mode{pricing.Graduated, pricing.Volume, pricing.Block, pricing.FromMonthly}).Draw(t, "mode")}
	for _, top := range drawTops(t, true) {
		x := tierOf{top, rapid.IntRange(0, 900).Draw(t, "unit"), rapid.IntRange(0, 9000).Draw(t, "flat")}
		switch rapid.IntRange(0, 2).Draw(t, "prices") {
		case 0:
			x.flat = -1
		case 1:
			x.unit = -1
		}
		l.Tiers = append(l.Tiers, x)
	}
	if rapid.Bool().Draw(t, "raised") {
		l.Percent = rapid.IntRange(-100, 40).Draw(t, "percent")
	}
	return l
}

// limit is the number of users to look at: past the last top, and past the
// tiers of an endless derived list that are compiled.
func (l list) limit() int {
	last := l.Tiers[len(l.Tiers)-1].top
	switch {
	case last == 0 && l.Mode == pricing.FromMonthly:
		return 70_500
	case last == 0 && len(l.Tiers) == 1:
		return 150
	case last == 0:
		return l.Tiers[len(l.Tiers)-2].top + 150
	}
	return last + 2
}

// schedule builds the list the way the program does.
func (l list) schedule(t *rapid.T) *pricing.Schedule {
	var tiers []string
	for _, x := range l.Tiers {
		price := ""
		if x.unit >= 0 {
			price = cents(x.unit)
		}
		switch {
		case x.flat >= 0 && x.unit >= 0:
			price += "+" + cents(x.flat)
		case x.flat >= 0:
			price = "=" + cents(x.flat)
		}
		tiers = append(tiers, text(x.top)+":"+price)
	}
	cycle, mode := pricing.Annual, l.Mode
	in := world.List{Cycle: cycle, Mode: mode, Tiers: tiers}
	if mode == pricing.FromMonthly {
		in.Cycle, in.Mode = pricing.Monthly, pricing.Graduated
	}
	var changes []pricing.Change
	if l.Percent != 0 {
		changes = append(changes, percent("app", "2026-01-01", fmt.Sprintf("%d", l.Percent)))
		changes[0].Percent = money.Ratio(int64(l.Percent), 100)
	}
	v, why := book(rows(in), changes...).Timeline("app", pricing.Cloud, cycle, true).Newest()
	if v == nil {
		t.Fatal(why)
	}
	return v.Schedule
}

// naive is the price in hundredths of a cent as METHOD 2.1 to 2.4 word it,
// user by user; -1 where there is none. It shares nothing with the program.
func (l list) naive(n int) int {
	if n == 0 {
		return 0
	}
	price := -1
	switch l.Mode {
	case pricing.FromMonthly:
		if price = l.graduated(naiveTop(n)); price >= 0 {
			price *= 10
		}
	case pricing.Graduated:
		price = l.graduated(n)
	default:
		for _, x := range l.Tiers {
			if x.top != 0 && n > x.top {
				continue
			}
			users := n
			if l.Mode == pricing.Block {
				users = x.top
			}
			if users > 0 {
				price = max(x.flat, 0) + max(x.unit, 0)*users
			}
			break
		}
	}
	if price < 0 {
		return -1
	}
	return price * (100 + l.Percent)
}

// graduated adds the users up one by one, in cents.
func (l list) graduated(n int) int {
	tiers := l.Tiers
	if first := tiers[0]; first.flat >= 0 && first.unit <= 0 {
		if first.top == 0 || n <= first.top {
			return first.flat
		}
		tiers = tiers[1:]
	}
	sum, user := 0, 1
	for _, x := range tiers {
		if user <= n {
			sum += max(x.flat, 0)
		}
		for ; user <= n && (x.top == 0 || user <= x.top); user++ {
			sum += max(x.unit, 0)
		}
	}
	if user <= n {
		return -1
	}
	return sum
}

// naiveTop climbs the annual tiers from the bottom.
func naiveTop(n int) int {
	top := 0
	for _, step := range []struct{ until, by int }{{10, 10}, {15, 5}, {25, 10}, {50, 25}, {100, 50}, {600, 100}, {1000, 200}, {2000, 200},
		{5000, 250}, {10000, 500}, {50000, 1000}, {1 << 40, 10000}} {
		for top < step.until && top < n {
			top += step.by
		}
	}
	return top
}

// lookUp finds a price as the formula of a spreadsheet does: the last From up
// to n, then Base + Unit x n.
func lookUp(pieces []pricing.Piece, n int) (money.Exact, bool) {
	at := -1
	for i, p := range pieces {
		if p.From <= n {
			at = i
		}
	}
	if n == 0 {
		return money.Exact{}, true
	}
	if at < 0 || pieces[at].To != 0 && n > pieces[at].To {
		return money.Exact{}, false
	}
	return pieces[at].Base.Add(pieces[at].Unit.MulInt(n)), true
}

// agrees compares the pieces with the naive evaluator at both sides of every
// boundary; "" when they agree.
func (l list) agrees(pieces []pricing.Piece, more ...int) string {
	limit := l.limit()
	numbers := append([]int{0, 1, limit}, more...)
	for _, x := range l.Tiers {
		numbers = append(numbers, x.top-1, x.top, x.top+1)
	}
	for _, p := range pieces {
		numbers = append(numbers, p.From-1, p.From, p.To, p.To+1)
	}
	for _, n := range numbers {
		if n < 0 || n > limit {
			continue
		}
		got, ok := lookUp(pieces, n)
		want := l.naive(n)
		if ok != (want >= 0) || ok && got.Cmp(money.Ratio(int64(want), 10000)) != 0 {
			return fmt.Sprintf("%+v, %d users: the pieces say %s (%v), one by one it is %d hundredths of a cent", l, n, got.Decimal(4), ok, want)
		}
	}
	return ""
}

func TestPiecesArePricesOfEveryMode(t *testing.T) {
	priced := map[pricing.Mode]int{}
	rapid.Check(t, func(t *rapid.T) {
		l := drawList(t)
		if l.Mode == pricing.Block && l.Tiers[0].top == 0 {
			return // one open tier, no price at all
		}
		s := l.schedule(t)
		pieces := s.Pieces(l.limit())
		n := rapid.IntRange(0, l.limit()).Draw(t, "users")
		if problem := l.agrees(pieces, n); problem != "" {
			t.Fatal(problem)
		}
		byPieces, ok1 := lookUp(pieces, n)
		price, ok2 := s.Price(n)
		if ok1 != ok2 || price.Cmp(byPieces) != 0 {
			t.Fatalf("%+v, %d users: Price says %s (%v), the pieces %s (%v)", l, n, price.Decimal(4), ok2, byPieces.Decimal(4), ok1)
		}
		tier, ok := s.Tier(n)
		if ok != ok2 || ok && n > 0 && (n < tier.From || tier.To != 0 && n > tier.To) {
			t.Fatalf("%+v, %d users: tier %v (%v)", l, n, tier, ok)
		}
		priced[l.Mode]++
	})
	for _, mode := range []pricing.Mode{pricing.Graduated, pricing.Volume, pricing.Block, pricing.FromMonthly} {
		if priced[mode] == 0 {
			t.Errorf("no list of mode %s was drawn", mode)
		}
	}
}

// A piece that is off by a hundredth of a cent or by a user is found.
func TestAMutatedPieceIsFound(t *testing.T) {
	l := list{Tiers: []tierOf{{10, -1, 1000}, {100, 165, -1}, {250, 77, 300}}}
	rapid.Check(t, func(t *rapid.T) {
		l.Mode = rapid.SampledFrom([]pricing.Mode{pricing.Graduated, pricing.Volume, pricing.Block, pricing.FromMonthly}).Draw(t, "mode")
		pieces := l.schedule(t).Pieces(l.limit())
		if problem := l.agrees(pieces); problem != "" {
			t.Fatal("before it is mutated: " + problem)
		}
		p := &pieces[rapid.IntRange(0, len(pieces)-1).Draw(t, "piece")]
		for _, mutate := range []func(){
			func() { p.Base = p.Base.Add(money.Ratio(1, 10000)) },
			func() { p.Unit = p.Unit.Sub(money.Ratio(1, 10000)) },
			func() { p.From++ },
			func() { p.To-- },
		} {
			was := *p
			if mutate(); l.agrees(pieces) == "" {
				t.Fatalf("%s: the mutated piece %+v, before %+v, was not found", l.Mode, *p, was)
			}
			*p = was
		}
	})
}

func TestUnused(t *testing.T) {
	for _, c := range []struct {
		name        string
		list        *pricing.Version
		paid, users int
		price       string
		seats       int
		ok          bool
	}{
		{"derived, 80 of tier 400-500", annual(t, world.G1), 500, 420, "608.80", 80, true}, // 80 x 3,805 / 500
		{"at the top", annual(t, world.G1), 500, 500, "0.00", 0, true},
		{"block", written(t, pricing.Cloud, pricing.Annual, pricing.Block, []string{"500:8", "800:8"}), 501, 501, "2392.00", 299, true},
		{"by the user", monthly(t, world.G1), 500, 420, "0.00", 0, false},
		{"no top", written(t, pricing.DataCenter, pricing.Annual, pricing.Volume, world.DC), 15001, 15001, "0.00", 0, false},
		{"no price", written(t, pricing.Cloud, pricing.Annual, pricing.Block, []string{"500:8"}), 501, 501, "0.00", 0, false},
	} {
		price, seats, ok := c.list.Unused(c.paid, c.users)
		if price.Decimal(2) != c.price || seats != c.seats || ok != c.ok {
			t.Errorf("%s: got %s for %d seats (%v), want %s for %d (%v)", c.name, price.Decimal(2), seats, ok, c.price, c.seats, c.ok)
		}
	}
}
