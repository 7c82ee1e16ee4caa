package report

import (
	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// partFormulas are how the part of an action comes about from the subscriptions of
// which it is the first action.
type partFormulas struct {
	from  *lineCells
	first map[*audit.Action][]*audit.Line
}

func newPartFormulas(r *audit.Result, to *links) partFormulas {
	out := partFormulas{newLineCells(r), map[*audit.Action][]*audit.Line{}}
	if !lookable(len(r.Plan.Actions), len(r.Lines)) {
		return out
	}
	for l := range each(r.Lines) {
		if a := to.actions[l.ID]; a != nil {
			out.first[a] = append(out.first[a], l)
		}
	}
	return out
}

// of adds the savings of the subscriptions up, where they are the part: what quotes
// avoid, or all they save when the action is part of one other step only.
func (f partFormulas) of(a actionRow, step plan.Step) Formula {
	part := partOf(a, step)
	if part.Kind != Money || part.Unknown {
		return Formula{}
	}
	hard, avoidance := audit.Saved(f.first[a.Action])
	saved := func(c Col[*audit.Line]) Formula {
		return sumWhere(plainWords, subscriptionsTable, c.ID, pick{"action", Here("number")})
	}
	switch {
	case step == plan.StepQuotes && part.Amount == avoidance:
		return saved(lineAvoidance)
	case step == plan.StepQuotes:
		return f.avoided(a, part.Amount)
	case part.Amount == hard && onlyStep(a, step):
		return saved(lineHardSaving)
	}
	return Formula{}
}

// onlyStep reports whether an action is part of no other step but that of quotes.
func onlyStep(a actionRow, step plan.Step) bool {
	for _, p := range a.Parts {
		if p.Step != plan.StepQuotes && p.Step != step {
			return false
		}
	}
	return true
}

// avoided adds up what quotes avoid on the subscriptions that an action changes, where
// another comes first for some of them.
func (f partFormulas) avoided(a actionRow, part money.Amount) Formula {
	if !f.from.few || len(a.Lines) > mostNamed {
		return Formula{}
	}
	var avoided []Term
	var lines []*audit.Line
	for changed := range each(a.Lines) {
		l := f.from.lines[changed.Line]
		if l == nil {
			return Formula{}
		}
		lines, avoided = append(lines, l), append(avoided, ofSubscription(lineAvoidance.ID, Number(f.from.numbers[l])))
	}
	if _, sum := audit.Saved(lines); sum != part {
		return Formula{}
	}
	return plus(avoided)
}

// mostNamed is of how many subscriptions a formula names each by its number.
const mostNamed = 30
