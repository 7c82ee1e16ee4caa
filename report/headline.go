package report

import (
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// headline is the recommendation, what of it rests on numbers that are held or
// assumed, and which sites it takes for the same. Where nothing is weighed it is the reason, and holds
// no other amount than that.
func headline(r *audit.Result) string {
	if r.Trust.Subscriptions.None() {
		return nothingWeighed(r) + decidedAllTheSame(r, " ")
	}
	return recommendation(r) + decidedAllTheSame(r, " Of this, ") + taken(r)
}

// decidedAllTheSame says what is asked for on numbers that are held or assumed,
// each sentence after the same words; "" where nothing is.
func decidedAllTheSame(r *audit.Result, after string) string {
	var b strings.Builder
	for d := range each(r.Trust.Decided) {
		b.WriteString(after + decidedWords(d) + ".")
	}
	return b.String()
}

// decidedWords says what the plan asks for in one state, and how far it carries.
func decidedWords(d *audit.Decided) string {
	hold, rest := "hold", "rest"
	if d.Actions == 1 {
		hold, rest = "holds", "rests"
	}
	if d.State == plan.Held { // of which the plan takes quotes alone
		return fmt.Sprintf("%s worth %s of avoidance %s at every known number of users", money.Plural(d.Actions, "quote"), amount(d.Avoidance), hold)
	}
	worth := amount(d.HardSaving) + " of hard saving"
	switch {
	case d.HardSaving.Sign() == 0:
		worth = amount(d.Avoidance) + " of avoidance"
	case d.Avoidance.Sign() != 0:
		worth += " and " + amount(d.Avoidance) + " of avoidance"
	}
	return fmt.Sprintf("%s worth %s %s on assumed numbers of users", money.Plural(d.Actions, "action"), worth, rest)
}

// recommendation is what the coming term then costs, and what each step of the
// bridge does for it.
func recommendation(r *audit.Result) string {
	t := &r.Plan.Totals
	if len(r.Plan.Actions) == 0 && t.AsIs == t.Recommended {
		return nothingCheaper(r)
	}
	text := fmt.Sprintf("Renew for %s instead of %s.", amount(t.Recommended), amount(t.AsIs))
	w := workload(r)
	if saved := w.saved(r); len(saved) > 0 {
		text += " " + upper(andList(saved)) + "."
	}
	switch {
	case w.quotes == 1:
		text += " 1 quote in time avoids " + t.Avoidance.Grouped() + "."
	case w.quotes > 1:
		text += " " + money.Plural(w.quotes, "quote") + " in time avoid " + t.Avoidance.Grouped() + "."
	case t.Avoidance.Sign() != 0: // kept tiers without a quote of their own
		text += " Kept prices avoid " + t.Avoidance.Grouped() + "."
	}
	return text
}

// work is how much there is to do for a plan.
type work struct{ seats, switches, once, quotes int }

func workload(r *audit.Result) work {
	var w work
	quoted := map[string]bool{}
	for l := range each(r.Lines) {
		quoted[l.ID] = l.Quote != nil && l.Quote.Planned
	}
	for a := range each(r.Plan.Actions) {
		w.seats += a.Seats
		switch {
		case a.Step == plan.StepQuotes && quoted[a.Line]:
			w.quotes++
		case a.Step == plan.StepMultiInstance:
			w.once++
		case a.Step == plan.StepCycle:
			w.switches++
		}
	}
	return w
}

// saved says what each step of the bridge saves, quotes apart; seats that go for
// the sake of another step stand last, without an amount of their own.
func (w work) saved(r *audit.Result) []string {
	var out []string
	step := func(doing string, a money.Amount) {
		switch verb := " saves "; {
		case a.Sign() == 0:
		case a.Sign() > 0:
			out = append(out, doing+" adds "+a.Grouped())
		default:
			if len(out) > 0 {
				verb = " " // as before
			}
			out = append(out, doing+verb+size(a))
		}
	}
	removed := false
	for s := range each(r.Plan.Bridge) {
		switch s.Step {
		case plan.StepRightSize:
			step("renewing at the tiers the users need", s.Amount)
		case plan.StepCleanUp:
			step("removing "+money.Plural(w.seats, "long-idle seat"), s.Amount)
			removed = s.Amount.Sign() != 0
		case plan.StepCycle:
			step("changing the billing cycle of "+money.Plural(w.switches, "bundle"), s.Amount)
		case plan.StepMultiInstance:
			step("paying for "+money.Plural(w.once, "app")+" once instead of on each site", s.Amount)
		}
	}
	if w.seats > 0 && !removed {
		out = append(out, money.Plural(w.seats, "long-idle seat")+" have to go for it")
	}
	return out
}

// size writes an amount without its sign.
func size(a money.Amount) string { return strings.TrimPrefix(a.Grouped(), "-") }

// upper begins a sentence.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// andList joins parts of a sentence.
func andList(parts []string) string {
	last := len(parts) - 1
	if last < 1 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// amount writes an amount with its currency.
func amount(a money.Amount) string {
	if !a.Known() {
		return "unknown"
	}
	return a.Grouped() + " " + string(a.Currency())
}

// classTitle names what kind of money an action is worth.
func classTitle(class plan.Class) string {
	switch class {
	case plan.HardSaving:
		return "hard saving"
	case plan.Avoidance:
		return "avoidance"
	}
	return string(class)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
