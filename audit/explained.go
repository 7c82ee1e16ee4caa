package audit

import (
	"errors"
	"fmt"

	"tierline/audit/money"
)

// explained checks that the steps of every calculation add up to the amount
// they stand beside. A remainder is no rounding to be named: it is a fault of
// the program, and so an error.
func (r *Result) explained() error {
	var out []error
	check := func(what string, amount money.Amount, steps []Step) {
		if err := addsUp(amount, steps); err != nil {
			out = append(out, fmt.Errorf("%s: %w", what, err))
		}
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		check(l.ID+", current", l.Current, l.CurrentSteps)
		check(l.ID+", as is", l.AsIs, l.Steps)
		if l.Counted {
			check(l.ID+", recommended", l.Recommended, l.RecommendedSteps)
		}
	}
	for i := range r.Positions {
		for j := range r.Positions[i].Lines {
			p := &r.Positions[i].Lines[j]
			check(p.Line+", its bill", p.Bill, p.BillSteps)
		}
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		check(c.Line+", before its price changes", c.Old, c.OldSteps)
		check(c.Line+", after its price changes", c.New, c.NewSteps)
	}
	for i := range r.Plan.Actions {
		a := &r.Plan.Actions[i]
		for j := range a.Lines {
			l := &a.Lines[j]
			check(a.ID+", before: "+l.Line, l.Before, l.BeforeSteps)
			check(a.ID+", after: "+l.Line, l.After, l.AfterSteps)
		}
	}
	return errors.Join(out...)
}

// addsUp says what the steps of a known amount leave unexplained.
func addsUp(amount money.Amount, steps []Step) error {
	if !amount.Known() {
		return nil
	}
	rest := amount.Exact()
	for i := range steps {
		rest = rest.Sub(steps[i].Amount)
	}
	if rest.Sign() != 0 {
		return fmt.Errorf("%s of %s is not explained by its steps", rest.Decimal(2), amount)
	}
	return nil
}
