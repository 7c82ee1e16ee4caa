package audit

import (
	"tierline/audit/money"
	"tierline/audit/plan"
)

// What of a result follows from other figures that stand beside it, so that a
// report can say how.

// IsProduct reports whether the amount of a step is its seats times its unit
// price and nothing else.
func (s *Step) IsProduct() bool {
	return s.Unit != nil && s.Unit.MulInt(s.Seats).Cmp(s.Amount) == 0
}

// MadeBy reports whether steps add up to an amount exactly, without a rounding
// between them.
func MadeBy(steps []Step, amount money.Amount) bool {
	sum := money.Exact{}
	for i := range steps {
		sum = sum.Add(steps[i].Amount)
	}
	return len(steps) > 0 && amount.Known() && sum.Cmp(amount.Exact()) == 0
}

// AsIsByParts reports whether what a line costs as is consists of the current
// cost, the volume and the price changes, all known.
func (l *Line) AsIsByParts() bool {
	return l.AsIs.Known() && l.Current.Add(l.Volume).Add(l.PriceChanges) == l.AsIs
}

// HardSavingIsRest reports whether the hard saving of a line is what of the
// difference to as is no quote avoids.
func (l *Line) HardSavingIsRest() bool {
	return l.HardSaving.Known() && l.AsIs.Sub(l.Recommended).Sub(l.Avoidance) == l.HardSaving
}

// UpTo adds the bridge up from as is to a step, unknown where it has none.
func (p *Plan) UpTo(last plan.Step) money.Amount {
	var sum money.Amount
	for i, b := range p.Bridge {
		if i == 0 {
			sum = b.Amount
		} else {
			sum = sum.Add(b.Amount)
		}
		if b.Step == last {
			return sum
		}
	}
	return money.Amount{}
}
