package audit

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/money"
)

// What charts draw is worked out here too, so that a report adds nothing up.

// Rising is a bar of a waterfall as it is known: a total, which begins anew, or a
// change of the level before it.
type Rising struct {
	Amount money.Amount
	Total  bool
}

// Standing is a bar of a waterfall as it is drawn.
type Standing struct {
	Base money.Amount // the lower of the levels before and after it; 0 for a total
	Size money.Amount // never negative
}

// Levels says where the bars of a waterfall stand.
func Levels(bars []Rising) []Standing {
	var out []Standing
	var level money.Amount
	for _, b := range bars {
		zero := money.Zero(b.Amount.Currency())
		switch {
		case b.Total:
			level = b.Amount
			out = append(out, Standing{zero, b.Amount})
			continue
		case b.Amount.Sign() < 0:
			out = append(out, Standing{level.Add(b.Amount), zero.Sub(b.Amount)})
		default:
			out = append(out, Standing{level, b.Amount})
		}
		level = level.Add(b.Amount)
	}
	return out
}

// Cost is what a product or app costs on all sites in the coming term.
type Cost struct {
	Name              string
	Products          int // that are in it: several where it holds the rest
	AsIs, Recommended money.Amount
}

// Costs adds the subscriptions of the totals up by product and app, the most
// expensive first. Where there are more than most, the last holds all the rest.
func Costs(lines []Line, most int) []Cost {
	var out []Cost
	at := map[string]int{}
	for i := range lines {
		l := &lines[i]
		if !l.Counted {
			continue
		}
		n, known := at[l.Key]
		if !known {
			at[l.Key] = len(out)
			out = append(out, Cost{l.Name, 1, l.AsIs, l.Recommended})
			continue
		}
		out[n].AsIs, out[n].Recommended = out[n].AsIs.Add(l.AsIs), out[n].Recommended.Add(l.Recommended)
	}
	slices.SortStableFunc(out, func(a, b Cost) int {
		return cmp.Or(cmp.Compare(b.AsIs.MinorUnits(), a.AsIs.MinorUnits()), strings.Compare(a.Name, b.Name))
	})
	if len(out) <= most {
		return out
	}
	rest := &out[most-1]
	for _, c := range out[most:] {
		rest.Products++
		rest.AsIs, rest.Recommended = rest.AsIs.Add(c.AsIs), rest.Recommended.Add(c.Recommended)
	}
	return out[:most]
}
