package report

import (
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// headline is the recommendation in one sentence, what of it rests on numbers that
// are held or assumed, and which sites it takes for the same. Where nothing is weighed it is the reason, and holds
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

// recommendation is what to do and what the coming term then costs.
func recommendation(r *audit.Result) string {
	t := r.Plan.Totals
	how := proposals(r)
	if len(how) == 0 {
		if t.AsIs == t.Recommended {
			return nothingCheaper(r)
		}
		how = append(how, "renew at the tiers the users need")
	}
	last := len(how) - 1
	text := how[last]
	if last > 0 {
		text = strings.Join(how[:last], ", ") + " and " + text
	}
	return fmt.Sprintf("%s: the coming term then costs %s instead of %s.", strings.ToUpper(text[:1])+text[1:], amount(t.Recommended), amount(t.AsIs))
}

// proposals say what the actions of the plan come to, kind by kind.
func proposals(r *audit.Result) []string {
	seats, quotes, switches, once, smaller := 0, 0, 0, 0, 0
	for a := range each(r.Plan.Actions) {
		seats += a.Seats
		switch a.Step {
		case plan.StepQuotes:
			quotes++
		case plan.StepMultiInstance:
			once++
		case plan.StepCycle:
			switches++
		case plan.StepRightSize:
			smaller++
		}
	}
	var how []string
	if seats > 0 {
		how = append(how, "remove "+money.Plural(seats, "long-idle seat")+" before the renewals")
	}
	if switches > 0 {
		how = append(how, "change the billing cycle of "+money.Plural(switches, "bundle"))
	}
	if once > 0 {
		how = append(how, "pay for "+money.Plural(once, "app")+" once instead of on each site")
	}
	if quotes > 0 {
		if len(how) == 0 && smaller > 0 {
			how = append(how, "renew at the tiers the users need") // else the quotes would seem to save it all
		}
		how = append(how, "ask for "+money.Plural(quotes, "quote")+" in time")
	}
	return how
}

// facts are the few figures of the first page; no amount where nothing is
// weighed.
func facts(r *audit.Result) []Fact {
	t := r.Plan.Totals
	var out []Fact
	if !r.Trust.Subscriptions.None() {
		out = append(out,
			Fact{"Renew as is", M(t.AsIs).As("as_is"), "the coming twelve months, same tiers and cycles"},
			Fact{"Recommended", M(t.Recommended).As("recommended").Bold(), "the same needs, bought for the users there are"},
			Fact{"Hard saving", M(t.HardSaving).As("hard_saving"), "less money spent, because less is bought"},
			Fact{"Avoidance", M(t.Avoidance).As("avoidance"), "price rises not suffered, by quotes in time"})
	}
	if d, ok := r.NextDeadline(); ok {
		out = append(out, Fact{"Next deadline", D(d.Date), daysAway(d.Date, r.Run.AsOf) + ": " + d.What})
	}
	return out
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
