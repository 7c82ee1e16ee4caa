package pricing

import (
	"testing"

	"tierline/audit/money"
)

// A piece that does not say what its calculation says is an error, not a
// rounding, in every mode.
func TestAMutatedPieceIsNotExplained(t *testing.T) {
	tiers := []Tier{{Top: 10, Flat: money.Int(10), HasFlat: true}, {Top: 100, Unit: money.Ratio(165, 100)}, {Top: 250, Unit: money.Ratio(77, 100)}}
	lists := map[string]*Schedule{}
	for _, mode := range []Mode{Graduated, Volume, Block} {
		lists[mode.String()] = newTable(Table{Mode: mode, Currency: "USD", Tiers: tiers}).schedule
	}
	lists["derived"] = lists["graduated"].annually(10)
	lists["raised"] = lists["derived"].raised(money.Ratio(115, 100))
	for name, s := range lists {
		for i := range s.pieces {
			p := &s.pieces[i]
			steps, err := s.Explain(p.From)
			if err != nil || len(steps) == 0 {
				t.Errorf("%s, before it is mutated: %v, %v", name, steps, err)
			}
			p.Base = p.Base.Add(money.Ratio(1, 1000))
			if steps, err := s.Explain(p.From); err == nil || steps != nil {
				t.Errorf("%s: a piece that costs a thousandth more is explained by %v", name, steps)
			}
			p.Base = p.Base.Sub(money.Ratio(1, 1000))
		}
	}
}
