package pricing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Tier is one row of a price table: its prices hold for users up to and
// including Top.
type Tier struct {
	Top     int         // the last user of the tier; 0 = no limit
	Unit    money.Exact // price of one user
	Flat    money.Exact // price of the tier as such
	HasFlat bool        // a flat price is given, perhaps 0: a known zero, not a blank
	Source  diag.Source
}

// Table is a price list as written down: one version of one plan in one
// cycle. Build it with newTable; it is immutable and safe to share.
type Table struct {
	Mode      Mode
	Currency  money.Currency
	ValidFrom date.Date // zero = always was
	ValidTo   date.Date // last day; zero = no end
	Tiers     []Tier    // by top, the open one last
	Origin    string    // where the list was found, in the words of the file
	Source    diag.Source
	Cells     Cells // of the row at Source

	flatStart bool          // the first tier is a flat price for up to its top
	below     []money.Exact // graduated: what all users of the tiers before i cost
}

func newTable(t Table) *Table {
	t.flatStart = t.Mode == Graduated && len(t.Tiers) > 0 && t.Tiers[0].HasFlat && t.Tiers[0].Unit.Sign() == 0
	if t.Mode == Graduated {
		t.below = make([]money.Exact, len(t.Tiers))
		sum, prev := money.Exact{}, 0
		for i, tier := range t.Tiers {
			t.below[i] = sum
			if i == 0 && t.flatStart {
				// With one user more the flat price no longer applies and the
				// next tier's unit price counts from user 1.
				continue
			}
			sum = sum.Add(tier.Flat).Add(tier.Unit.MulInt(tier.Top - prev))
			prev = tier.Top
		}
	}
	return &t
}

// find returns the index of the tier that holds n > 0.
func (t *Table) find(n int) (int, bool) {
	for i := range t.Tiers {
		if t.Tiers[i].Top == 0 || n <= t.Tiers[i].Top {
			return i, true
		}
	}
	return 0, false
}

// bottom returns the number of users below tier i.
func (t *Table) bottom(i int) int {
	if i == 0 {
		return 0
	}
	return t.Tiers[i-1].Top
}

// counted returns from which user on the unit price of tier i counts: after
// the tiers before it, or from the first user behind a flat start.
func (t *Table) counted(i int) int {
	if i == 1 && t.flatStart {
		return 0
	}
	return t.bottom(i)
}

// price returns the list price for n users; false when the table has none.
func (t *Table) price(n int) (money.Exact, bool) {
	if n <= 0 {
		return money.Exact{}, n == 0
	}
	i, ok := t.find(n)
	if !ok {
		return money.Exact{}, false
	}
	tier := &t.Tiers[i]
	switch t.Mode {
	case Graduated:
		if i == 0 && t.flatStart {
			return tier.Flat, true
		}
		return t.below[i].Add(tier.Flat).Add(tier.Unit.MulInt(n - t.counted(i))), true
	case Block:
		if tier.Top == 0 {
			return money.Exact{}, false // no top, so no capacity to pay for (ruling R32)
		}
		return tier.Flat.Add(tier.Unit.MulInt(tier.Top)), true
	default:
		return tier.Flat.Add(tier.Unit.MulInt(n)), true
	}
}

// steps explains price(n): amounts that add up to it exactly.
func (t *Table) steps(n int) []Step {
	i, ok := t.find(n)
	if n <= 0 || !ok {
		return nil
	}
	tier := &t.Tiers[i]
	switch t.Mode {
	case Graduated:
		return t.graduatedSteps(n, i)
	case Block:
		return append(flatStep(tier, i, t), Step{Seats: tier.Top, Unit: tier.Unit, Amount: tier.Unit.MulInt(tier.Top),
			Note: "capacity of the tier " + t.rangeText(i)})
	default:
		out := flatStep(tier, i, t)
		if tier.Unit.Sign() != 0 || len(out) == 0 {
			out = append(out, Step{Seats: n, Unit: tier.Unit, Amount: tier.Unit.MulInt(n), Note: "all users at the price of tier " + t.rangeText(i)})
		}
		return out
	}
}

func (t *Table) graduatedSteps(n, last int) []Step {
	if last == 0 && t.flatStart {
		return []Step{{Amount: t.Tiers[0].Flat, Note: "flat price for users " + t.rangeText(0)}}
	}
	var out []Step
	for i := 0; i <= last; i++ {
		if i == 0 && t.flatStart {
			continue
		}
		tier := &t.Tiers[i]
		out = append(out, flatStep(tier, i, t)...)
		top := n
		if i < last {
			top = tier.Top
		}
		seats := top - t.counted(i)
		out = append(out, Step{Seats: seats, Unit: tier.Unit, Amount: tier.Unit.MulInt(seats), Note: "users " + rangeText(t.counted(i)+1, tier.Top)})
	}
	return out
}

func flatStep(tier *Tier, i int, t *Table) []Step {
	if tier.Flat.Sign() == 0 && !(tier.HasFlat && tier.Unit.Sign() == 0) {
		return nil
	}
	return []Step{{Amount: tier.Flat, Note: "flat price of tier " + t.rangeText(i)}}
}

func (t *Table) rangeText(i int) string { return rangeText(t.bottom(i)+1, t.Tiers[i].Top) }
