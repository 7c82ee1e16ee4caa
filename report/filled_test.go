package report

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/history"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// filled is a result in which no two fields hold the same, so that a cell tells
// which field it shows. Every list has two elements; what is true of the first
// is not of the second.
func filled(t *testing.T) *audit.Result {
	t.Helper()
	r := &audit.Result{}
	f := &filler{t: t}
	f.fill(reflect.ValueOf(r).Elem(), "Result", 0)
	first, second := &r.Plan.Actions[0], &r.Plan.Actions[1]
	first.Step, second.Step = r.Plan.Bridge[0].Step, r.Plan.Bridge[1].Step
	first.Parts[0].Step, first.Parts[1].Step, second.Parts = first.Step, second.Step, second.Parts[:1]
	second.Parts[0].Step = second.Step
	r.Plan.Bridge[0].Amount = usd(-r.Plan.Bridge[0].Amount.MinorUnits()) // a step that saves
	second.DependsOn, second.Replaces = []string{first.ID}, second.ID
	second.Seats = 0
	r.Run.Policy.GraceDays, r.Run.Policy.MaxRemovals = 31, 7 // not the usual ones
	for i := range r.Inputs {
		r.Inputs[i].SHA256 = strings.Repeat(string(rune('a'+i)), 64)
	}
	r.Rules[1].ID, r.Rules[1].Kind, r.Findings[1].Severity, r.Findings[1].Excepted = r.Findings[1].Rule, audit.Risk, audit.High, diag.Source{}
	r.Findings[0].PlanAction = second.ID
	for i := range r.Findings {
		r.Findings[i].Lines[0].Of, r.Findings[i].Lines[1].Of = audit.OfAsIs, ""
	}
	r.Findings[0].Excepted = r.Exceptions[0].Source
	r.Deadlines[1].Kind, r.Deadlines[1].ID = audit.DeadlineAction, first.ID
	for i := range r.Removals {
		r.Removals[i].Planned, r.Removals[i].Candidates = r.Removals[i].Rungs[i].Removals, 10_000+f.next()
	}
	r.Cycles[1].NotWeighed = diag.Reason{}
	r.Cycles[0].Monthly, r.Cycles[0].Annual = money.Amount{}, money.Amount{}
	for i := range r.Positions {
		r.Positions[i].Lines[0].Cycle = pricing.Annual
		r.Positions[i].Lines[0].Line, r.Lines[i].Type = r.Lines[i].ID, estate.ProductKind
		r.Positions[i].Lines[i].Tier.From = 1
		r.Positions[i].Ladder[0].Lines[0].Line = r.Lines[i].ID
		r.Positions[i].Lines[1-i].Tier.To = nil
	}
	for i := range r.Lines {
		other := r.Lines[i].Cycle.Other()
		r.Lines[i].RecommendedCycle = &other
		r.Cash.Bills[i].Line, r.Cash.Bills[i].Way = r.Lines[i].ID, []audit.CashWay{audit.BilledAsIs, audit.BilledRecommended}[i]
		r.Cycles[i].Bundle, r.Plan.Actions[i].Lines[0].Line = r.Lines[i].Bundle, r.Lines[i].ID
	}
	r.Sums = make([]audit.Sum, 2*len(sumWays))
	for i := range r.Sums {
		f.fill(reflect.ValueOf(&r.Sums[i]).Elem(), "Sum", i)
		r.Sums[i].By = sumWays[i/2].by
	}
	r.Sums[4].Name = estate.AppKind.String() // the group whose sum is the total of the apps
	r.Peaks[1].Reason = diag.Reason{}
	for i := range r.History.Kept.Promises {
		r.History.Kept.Promises[i].Year = r.History.Kept.Year
	}
	r.History.Kept.Promises[1].Class = history.Avoidance
	for i := range r.History.Changes.Findings {
		r.History.Changes.Findings[i].Severity = [...]string{"high", "medium"}[i%2] // what the PDF lists
	}
	for i := range r.History.Moves {
		m := &r.History.Moves[i]
		m.Never, m.Was.Never = false, false
	}
	var people [2]audit.SeatRow
	f.fill(reflect.ValueOf(&people).Elem(), "People", 0)
	people[0].Never, people[0].Action, people[1].Action = false, r.Plan.Actions[0].ID, ""
	people[0].Kind, people[1].Kind = audit.PaidSeat, audit.PaidSeat
	people[1].Decision.Verdict, r.Decisions.List[1].Verdict = estate.Ask, estate.Remove
	fillWhatIf(r)
	r.People = func(yield func(audit.SeatRow) bool) { _ = yield(people[0]) && yield(people[1]) }
	for i := range people {
		r.Seats[i].Site, r.Seats[i].Product = people[i].Site, people[i].Product
		r.Seats[i].Bands[1].Label = seats.BandNever
		r.Seats[i].Classes, r.Seats[i].Includes = nil, nil
		for _, c := range seats.Classes() {
			r.Seats[i].Classes = append(r.Seats[i].Classes, audit.Counted[seats.Class]{Label: c, Count: f.next()})
		}
	}
	return r
}

// filler gives every field another value.
type filler struct {
	t *testing.T
	n int
}

func (f *filler) next() int {
	f.n++
	return f.n
}

// fill sets a value, which is in the element at of the list it is in.
func (f *filler) fill(v reflect.Value, path string, at int) {
	if f.value(v) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i), path+"."+v.Type().Field(i).Name, at)
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		}
		for i := range v.Len() {
			f.fill(v.Index(i), path, i)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path, at)
	case reflect.String:
		v.SetString(fmt.Sprintf("%s %d", path, f.next()))
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.next()))
	case reflect.Bool:
		v.SetBool(at == 0)
	case reflect.Uint8:
		v.SetUint(uint64(1 - at)) // every enumeration has at least two words
	case reflect.Func, reflect.Interface, reflect.Map:
		// set by hand, or shown nowhere
	default:
		f.t.Fatalf("%s: no value for a %s", path, v.Kind())
	}
}

// value sets a value whose parts cannot be set one by one.
func (f *filler) value(v reflect.Value) bool {
	var x any
	switch v.Interface().(type) {
	case money.Amount:
		x = money.Minor(int64(f.next()), "USD")
	case money.Exact:
		x = money.Ratio(int64(f.next()), 8)
	case money.Currency:
		x = money.Currency(fmt.Sprintf("C%02d", f.next()%100))
	case date.Date:
		x = date.New(2020, 1, 1).AddDays(31 * f.next())
	case []config.Setting: // of a policy, set by hand
		return true
	case config.Policy:
		x = config.DefaultPolicy()
	default:
		return false
	}
	v.Set(reflect.ValueOf(x))
	return true
}
