package report

import (
	"tierline/audit"
)

// worths say where else the workbook shows what a finding is worth by itself.
type worths struct {
	plan *audit.Plan
	from *lineCells
	apps map[string]*audit.App // by the id of the subscription
}

func newWorths(r *audit.Result) *worths {
	w := &worths{plan: &r.Plan, from: newLineCells(r), apps: map[string]*audit.App{}}
	for a := range each(r.Apps) {
		w.apps[a.Line] = a
	}
	return w
}

// of looks the amount of a finding up: in the action that counts it, as a whole or the
// one part of it that is so much, or in the one subscription it is about. Of anything
// else no cell holds it, and nothing at all may be equal by chance.
func (w *worths) of(f findingRow) Formula {
	if f.Amount.Sign() == 0 {
		return Formula{}
	}
	if a := w.plan.Action(f.PlanAction); f.Counted && a != nil {
		if a.Amount == f.Amount {
			return ofAction(a, Worth)
		}
		var parts []Formula
		for _, p := range a.Parts {
			if p.Amount == f.Amount {
				parts = append(parts, ofAction(a, partID(p.Step)))
			}
		}
		if len(parts) == 1 {
			return parts[0]
		}
	}
	if len(f.Lines) != 1 || !w.from.few {
		return Formula{}
	}
	return w.ofLine(f.Lines[0].Line, M(f.Amount))
}

// ofLine looks an amount up in the row of a subscription, or of the app it is.
func (w *worths) ofLine(id string, amount Cell) Formula {
	l := w.from.lines[id]
	if l == nil {
		return Formula{}
	}
	number := Number(w.from.numbers[l])
	if a := w.apps[id]; a != nil && a.Without == amount.Amount {
		return numbered(appsTable, appWithout.ID, number)
	}
	for _, c := range []Col[*audit.Line]{lineAsIs, lineRecommended} {
		if sameFigure(c.Show(l), amount) {
			return ofSubscription(c.ID, number)
		}
	}
	return Formula{}
}
