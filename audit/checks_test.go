package audit

import (
	"strings"
	"testing"

	"tierline/audit/money"
	"tierline/audit/plan"
)

func usd(minor int64) money.Amount { return money.Minor(minor, "USD") }

// sound is a result of two lines whose figures add up.
func sound() *Result {
	line := func(id string, current, asIs, recommended, hard, avoidance int64) Line {
		return Line{ID: id, Counted: true, Current: usd(current), Volume: usd(0), PriceChanges: usd(asIs - current), AsIs: usd(asIs),
			Recommended: usd(recommended), HardSaving: usd(hard), Avoidance: usd(avoidance)}
	}
	r := &Result{Lines: []Line{line("a", 1000, 1100, 900, 200, 0), line("b", 500, 600, 550, 0, 50)}}
	r.Run.Currency = "USD"
	r.Plan.Totals = Totals{Current: usd(1500), Volume: usd(0), PriceChanges: usd(200), AsIs: usd(1700), Recommended: usd(1450), HardSaving: usd(200), Avoidance: usd(50)}
	for _, s := range []struct {
		step   plan.Step
		amount int64
	}{{"as_is", 1700}, {"right_size", 0}, {"clean_up", -200}, {"multi_instance", 0}, {"quotes", -50}, {"recommended", 1450}} {
		r.Plan.Bridge = append(r.Plan.Bridge, BridgeStep{Step: s.step, Amount: usd(s.amount)})
	}
	r.Plan.Actions = []Action{
		{ID: "clean-up", Step: "clean_up", Amount: usd(200), Parts: []ActionPart{{"clean_up", usd(200)}}},
		{ID: "quote", Step: "quotes", Amount: usd(50), Parts: []ActionPart{{"quotes", usd(50)}}},
	}
	r.Sums = []Sum{{By: "site", Name: "x", AsIs: usd(1100), Recommended: usd(900)}, {By: "site", Name: "y", AsIs: usd(600), Recommended: usd(550)}}
	r.Findings = []Finding{{PlanAction: "clean-up"}, {PlanAction: "clean-up"}}
	return r
}

func TestChecksHold(t *testing.T) {
	r := sound()
	checks := r.check()
	if len(checks) < 15 {
		t.Errorf("%d checks", len(checks))
	}
	if err := failed(checks); err != nil {
		t.Error(err)
	}
	if got := (&Result{}).check(); got == nil || len(got) != 0 {
		t.Errorf("without a currency: %v", got)
	}
}

// Each kind of mistake makes the check fail that is there to find it.
func TestChecksFail(t *testing.T) {
	for want, spoil := range map[string]func(*Result){
		"subscriptions: current":                        func(r *Result) { r.Lines[0].Current = usd(1001) },
		"subscriptions: volume":                         func(r *Result) { r.Lines[0].Volume = usd(1) },
		"subscriptions: as is":                          func(r *Result) { r.Lines = r.Lines[:1] },
		"subscriptions: recommended":                    func(r *Result) { r.Plan.Totals.Recommended = usd(1449) },
		"subscriptions: hard saving":                    func(r *Result) { r.Lines[1].HardSaving = usd(5) },
		"subscriptions: avoidance":                      func(r *Result) { r.Lines[1].Avoidance = money.Amount{} },
		"current + volume + price changes = as is":      func(r *Result) { r.Plan.Totals.PriceChanges = usd(199) },
		"as is - hard saving - avoidance = recommended": func(r *Result) { r.Plan.Totals.HardSaving = usd(201) },
		"actions: clean_up":                             func(r *Result) { r.Plan.Actions[0].Parts[0].Amount = usd(199) },
		"actions: right_size":                           func(r *Result) { r.Plan.Actions[0].Parts[0].Step = "right_size" },
		"parts of clean-up":                             func(r *Result) { r.Plan.Actions[0].Amount = usd(199) },
		"bridge: as is + steps = recommended":           func(r *Result) { r.Plan.Bridge[2].Amount = usd(-199) },
		"sums by site: as is":                           func(r *Result) { r.Sums = r.Sums[1:] },
		"sums by site: recommended":                     func(r *Result) { r.Sums[0].Recommended = usd(901) },
		"actions, each once = as is - recommended":      func(r *Result) { r.Plan.Actions = append(r.Plan.Actions, r.Plan.Actions[1]) },
	} {
		r := sound()
		spoil(r)
		if err := failed(r.check()); err == nil || !strings.Contains(err.Error(), `check "`+want+`"`) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}

// A calculation that leaves something unexplained is an error, however small
// the rest, and wherever it stands; an unknown amount needs none.
func TestEveryAmountIsExplained(t *testing.T) {
	steps := func(minor ...int64) []Step {
		var out []Step
		for _, m := range minor {
			out = append(out, Step{Amount: usd(m).Exact()})
		}
		return out
	}
	r := &Result{
		Lines: []Line{{ID: "x", Counted: true, Current: usd(100), AsIs: usd(150), Recommended: usd(120),
			CurrentSteps: steps(100), Steps: steps(100, 50), RecommendedSteps: steps(120)}, {ID: "unknown"}},
		Positions: []Position{{Lines: []LinePosition{{Line: "x", Bill: usd(10), BillSteps: steps(7, 3)}}}},
		Changes:   []PriceChange{{Line: "x", Old: usd(10), New: usd(11), OldSteps: steps(10), NewSteps: steps(10, 1)}},
	}
	r.Plan.Actions = []Action{{ID: "a", Lines: []ActionLine{{Line: "x", Before: usd(150), After: usd(120), BeforeSteps: steps(150), AfterSteps: steps(120)}}}}
	if err := r.explained(); err != nil {
		t.Errorf("before anything is changed: %v", err)
	}
	line, change, action := &r.Lines[0], &r.Changes[0], &r.Plan.Actions[0].Lines[0]
	for what, list := range map[string]*[]Step{
		"x, current": &line.CurrentSteps, "x, as is": &line.Steps, "x, recommended": &line.RecommendedSteps, "x, its bill": &r.Positions[0].Lines[0].BillSteps,
		"x, before its price changes": &change.OldSteps, "x, after its price changes": &change.NewSteps,
		"a, before: x": &action.BeforeSteps, "a, after: x": &action.AfterSteps,
	} {
		was := (*list)[0].Amount
		(*list)[0].Amount = was.Add(money.Ratio(1, 1000))
		if err := r.explained(); err == nil || !strings.HasPrefix(err.Error(), what+": -0.001 of ") {
			t.Errorf("%s is off by a thousandth: got %v", what, err)
		}
		(*list)[0].Amount = was
	}
}
