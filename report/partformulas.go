package report

import (
	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// partFormulas are how the part of an action comes about from the subscriptions it
// changes: what they cost less after a step of the bridge than before it.
type partFormulas struct {
	from  *lineCells
	first map[*audit.Action][]*audit.Line // the subscriptions of which it is the first action
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

// of adds what the step lowers up over the subscriptions that the action changes first,
// or over all that it changes, where that is the part.
func (f partFormulas) of(a actionRow, step plan.Step) Formula {
	part := partOf(a, step)
	before, after, is := aroundStep(step)
	if !is || part.Kind != Money || part.Unknown {
		return Formula{}
	}
	if audit.SavedIn(step, f.first[a.Action]) == part.Amount {
		first := func(column string) Formula {
			return sumWhere(plainWords, subscriptionsTable, column, pick{"action", Here("number")})
		}
		return F("{}-{}", first(before), first(after))
	}
	saved := func(number Number) Term {
		return F("({}-{})", ofSubscription(before, number), ofSubscription(after, number))
	}
	return f.named(a, step, part.Amount, saved)
}

// named adds a step up over each subscription that an action changes by its number, where
// another action comes first for some of them.
func (f partFormulas) named(a actionRow, step plan.Step, part money.Amount, lowered func(Number) Term) Formula {
	if !f.from.few || len(a.Lines) > mostNamed {
		return Formula{}
	}
	var saved []Term
	var lines []*audit.Line
	for changed := range each(a.Lines) {
		l := f.from.lines[changed.Line]
		if l == nil {
			return Formula{}
		}
		lines, saved = append(lines, l), append(saved, lowered(Number(f.from.numbers[l])))
	}
	if audit.SavedIn(step, lines) != part {
		return Formula{}
	}
	return plus(saved)
}

// mostNamed is of how many subscriptions a formula names each by its number.
const mostNamed = 30
