package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit/money"
	"tierline/rules"
	"tierline/samples"
)

// published is the part of result.json whose figures must agree with each
// other. It is read from the file, as any other program would.
type published struct {
	Run struct {
		Currency money.Currency
	}
	Inputs []struct {
		Path     string
		Read     int                  `json:"rows_read"`
		Used     int                  `json:"rows_used"`
		Excluded []struct{ Rows int } `json:"rows_excluded"`
		Rejected int                  `json:"rows_rejected"`
	}
	Coverage struct {
		Subscriptions, Active, Counted int
		Refused                        int                     `json:"subscriptions_refused"`
		LeftOut                        []struct{ Line string } `json:"left_out"`
		Foreign                        []struct {
			Lines             int
			Currency, Current string
			Rate              string
			Date              string `json:"rate_date"`
		} `json:"other_currencies"`
	}
	Trust carries
	Seats []struct {
		Site, Product  string
		Includes       []string
		Collection     string
		Users          *int
		Seats          *int
		Classes, Bands []struct {
			Label string
			Count int
		}
		Candidates int
	}
	Lines []struct {
		ID, Site, Type, Key, State   string
		Reason                       struct{ Text string }
		Current, Volume, Recommended *string
		Currency                     string
		Own                          *struct {
			Currency string
			Current  *string
		} `json:"own_currency"`
		AsIs             *string `json:"as_is"`
		PriceChanges     *string `json:"price_changes"`
		AfterRightSize   *string `json:"after_right_size"`
		AfterCleanUp     *string `json:"after_clean_up"`
		AfterCycle       *string `json:"after_billing_cycle"`
		BeforeQuotes     *string `json:"before_quotes"`
		HardSaving       *string `json:"hard_saving"`
		Avoidance        *string
		Counted          bool
		CurrentSteps     []amountOf `json:"current_steps"`
		Steps            []amountOf
		RecommendedSteps []amountOf `json:"recommended_steps"`
		Quote            *struct {
			From, By string
			Planned  bool
		}
	}
	Positions []struct {
		Bundle string
		Unused *string `json:"unused_capacity"`
		Lines  []struct {
			Bill      *string
			BillSteps []amountOf `json:"bill_steps"`
			Unused    *string    `json:"unused_capacity"`
			Seats     int        `json:"unused_seats"`
			Tier      struct{ From, To int }
			ToDrop    int `json:"to_drop"`
			Users     int
		}
	}
	Changes []struct {
		Line     string
		Old, New *string
		OldSteps []amountOf `json:"old_steps"`
		NewSteps []amountOf `json:"new_steps"`
	} `json:"price_changes"`
	Cycles []struct {
		Bundle, Decided string
		Monthly, Annual *string
		NotWeighed      struct{ Kind string } `json:"not_weighed"`
	}
	Findings []struct {
		ID, Rule, Subject string
		Figures           []struct {
			Name  string
			Value any
		}
		Counted    bool
		PlanAction string `json:"plan_action"`
		Lines      []struct {
			Amount *string
			Line   string
		}
		Amount   *string
		Evidence []struct{ Source struct{ File string } }
	}
	Plan struct {
		Totals    map[string]*string
		Bridge    []struct{ Step, Amount string }
		Actions   []publishedAction
		Scenarios []struct{ ID, Amount string }
	}
	Deadlines []struct{ Date, Kind, Site, ID string }
	Rules     []struct {
		ID, Status string
		Findings   int
	}
	People []seatRow `json:"-"` // of seats.csv
}

// carries is how far the figures of a result carry a decision.
type carries struct {
	Subscriptions struct{ Active, Weighed, Assumed, Held, Unknown int }
	Share         *int
	Counts        []struct{ Site, Product, Day string }
	Open          []struct {
		Bundle        string
		Obstacles     []struct{ Site, Product, Doubt string }
		Subscriptions struct{ Held int }
		NotClaimed    *string `json:"not_claimed"`
	}
}

// seatRow is a seat as it stands in seats.csv.
type seatRow struct {
	Site, Product, Class, Band, Account string
	Candidate, Remove                   bool
}

type amountOf struct{ Amount string }

type publishedAction struct {
	ID, Step, Site, Bundle, Line, Class, Amount, Replaces string
	Number, Seats, People                                 int
	DependsOn                                             []string `json:"depends_on"`
	Rules                                                 []string
	Lines                                                 []struct {
		Line, Before, After string
		BeforeSteps         []amountOf `json:"before_steps"`
		AfterSteps          []amountOf `json:"after_steps"`
	}
}

func read(t testing.TB, o outcome) *published {
	t.Helper()
	var r published
	if err := json.Unmarshal(o.file(t, "result.json"), &r); err != nil {
		t.Fatal(err)
	}
	for _, row := range csvRows(t, o.file(t, "seats.csv")) {
		if row["kind"] == "seat" {
			r.People = append(r.People, seatRow{row["site"], row["product"], row["class"], row["band"], row["account"], row["candidate"] == "yes", row["action"] != ""})
		}
	}
	return &r
}

// csvRows reads a CSV of ours as values by column.
func csvRows(t testing.TB, text []byte) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatal("not a table:", err)
	}
	var out []map[string]string
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, column := range rows[0] {
			row[column] = cells[i]
		}
		out = append(out, row)
	}
	return out
}

func TestFiguresAgree(t *testing.T) {
	t.Parallel()
	runs := map[string]outcome{}
	for _, name := range samples.Names() {
		runs[name] = audited(t, name)
	}
	for _, odd := range oddities(t) {
		runs[odd.name] = auditBy(t, built, base(t, odd.files))
	}
	for name, o := range runs {
		t.Run(name, func(t *testing.T) {
			r := read(t, o)
			r.rowsAddUp(t)
			r.seatsAddUp(t)
			r.findingsRefer(t)
			if r.Run.Currency != "" {
				r.linesAddUp(t)
				r.planAddsUp(t)
			}
		})
	}
}

// sum adds decimal strings exactly; a missing one is a mistake.
func sum(t testing.TB, list ...*string) string {
	t.Helper()
	total := money.Int(0)
	for _, s := range list {
		if s == nil {
			t.Error("an amount in a total is unknown")
			continue
		}
		var e money.Exact
		if err := e.UnmarshalJSON([]byte(strconv.Quote(*s))); err != nil {
			t.Error(err)
		}
		total = total.Add(e)
	}
	return total.Decimal(2)
}

// sameAmount compares decimals whatever their number of digits.
func sameAmount(t testing.TB, what, got, want string) {
	t.Helper()
	if sum(t, &got) != sum(t, &want) {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

func (r *published) rowsAddUp(t *testing.T) {
	for _, in := range r.Inputs {
		excluded := 0
		for _, x := range in.Excluded {
			excluded += x.Rows
		}
		if in.Read != in.Used+excluded+in.Rejected {
			t.Errorf("%s: %d rows read, but %d used + %d excluded + %d rejected", in.Path, in.Read, in.Used, excluded, in.Rejected)
		}
	}
	c := r.Coverage
	counted, foreign := 0, 0
	for _, l := range r.Lines {
		if l.Counted {
			counted++
		} else if l.Reason.Text == "" {
			t.Errorf("line %s is in no total without a reason", l.ID)
		}
	}
	for _, f := range c.Foreign {
		if f.Rate == "" {
			foreign += f.Lines
		}
	}
	switch {
	case c.Active != len(r.Lines):
		t.Errorf("%d active, but %d lines", c.Active, len(r.Lines))
	case c.Counted != counted:
		t.Errorf("coverage counts %d lines, %d are counted", c.Counted, counted)
	case c.Counted+len(c.LeftOut) != c.Active:
		t.Errorf("%d counted + %d left out is not %d active", c.Counted, len(c.LeftOut), c.Active)
	case foreign > len(c.LeftOut):
		t.Errorf("%d lines in currencies without a rate, but only %d left out", foreign, len(c.LeftOut))
	case c.Subscriptions < c.Active+c.Refused:
		t.Errorf("%d subscriptions, but %d active and %d refused", c.Subscriptions, c.Active, c.Refused)
	}
}

func (r *published) seatsAddUp(t *testing.T) {
	for _, s := range r.Seats {
		classes, bands, rows := 0, 0, map[string]int{}
		for _, c := range s.Classes {
			classes += c.Count
		}
		for _, b := range s.Bands {
			bands += b.Count
		}
		holders, asked := map[string]bool{}, map[string]bool{}
		for _, p := range r.People {
			if p.Site != s.Site || p.Product != s.Product && !slices.Contains(s.Includes, p.Product) {
				continue
			}
			rows[p.Class]++
			holders[p.Account] = true
			if p.Candidate && s.Collection == "" {
				asked[p.Account] = true
			}
		}
		if len(s.Classes) > 0 && (classes != *s.Seats || bands != *s.Seats || *s.Users < *s.Seats) {
			t.Errorf("%s on %s: %d users, %d seats, but classes add up to %d and bands to %d", s.Product, s.Site, *s.Users, *s.Seats, classes, bands)
		}
		if s.Seats != nil && len(holders) != *s.Seats {
			t.Errorf("%s on %s: %d seats, but those of %d people", s.Product, s.Site, *s.Seats, len(holders))
		}
		for _, c := range s.Classes {
			if rows[c.Label] != c.Count && len(s.Includes) == 0 { // a person of a collection has seats of several classes
				t.Errorf("%s on %s: %d seats of class %s, but %d people", s.Product, s.Site, c.Count, c.Label, rows[c.Label])
			}
		}
		if len(asked) != s.Candidates {
			t.Errorf("%s on %s: %d candidates, but %d people to ask", s.Product, s.Site, s.Candidates, len(asked))
		}
	}
	seats, removed := 0, 0
	for _, a := range r.Plan.Actions {
		seats += a.Seats
	}
	for _, p := range r.People {
		if p.Remove {
			removed++
		}
	}
	if seats != removed {
		t.Errorf("the actions remove %d seats, the people list %d", seats, removed)
	}
}

func (r *published) linesAddUp(t *testing.T) {
	totals := map[string][]*string{}
	for _, l := range r.Lines {
		if l.Current != nil && l.Volume != nil && l.PriceChanges != nil {
			sameAmount(t, l.ID+": current + volume + price changes", sum(t, l.Current, l.Volume, l.PriceChanges), *l.AsIs)
		}
		if l.Current != nil {
			sameAmount(t, l.ID+": steps of current", sum(t, amounts(l.CurrentSteps)...), *l.Current)
		}
		if l.AsIs != nil {
			sameAmount(t, l.ID+": steps of as is", sum(t, amounts(l.Steps)...), *l.AsIs)
		}
		if !l.Counted {
			continue
		}
		sameAmount(t, l.ID+": recommended steps", sum(t, amounts(l.RecommendedSteps)...), *l.Recommended)
		for name, amount := range map[string]*string{"current": l.Current, "volume": l.Volume, "price_changes": l.PriceChanges, "as_is": l.AsIs, "recommended": l.Recommended} {
			totals[name] = append(totals[name], amount)
		}
	}
	for _, name := range []string{"current", "volume", "price_changes", "as_is", "recommended"} {
		switch total := r.Plan.Totals[name]; {
		case (total == nil) != (len(totals[name]) == 0):
			t.Errorf("the total %s of %d lines is %s", name, len(totals[name]), orUnknown(total))
		case total != nil:
			sameAmount(t, "total "+name, *total, sum(t, totals[name]...))
		}
	}
	for _, c := range r.Changes {
		if c.Old != nil && c.New != nil {
			sameAmount(t, c.Line+": steps of the old bill", sum(t, amounts(c.OldSteps)...), *c.Old)
			sameAmount(t, c.Line+": steps of the new bill", sum(t, amounts(c.NewSteps)...), *c.New)
		}
	}
	for _, p := range r.Positions {
		var unused []*string
		for _, l := range p.Lines {
			if l.Bill != nil {
				sameAmount(t, p.Bundle+": steps of a bill", sum(t, amounts(l.BillSteps)...), *l.Bill)
			}
			if l.Unused != nil {
				unused = append(unused, l.Unused)
			}
		}
		if p.Unused != nil {
			sameAmount(t, "unused capacity of "+p.Bundle, *p.Unused, sum(t, unused...))
		}
	}
}

func amounts(list []amountOf) []*string {
	var out []*string
	for i := range list {
		out = append(out, &list[i].Amount)
	}
	return out
}

// planUnknown holds a plan without a single known amount to saying none.
func (r *published) planUnknown(t *testing.T) {
	if n := len(r.Plan.Actions); n > 0 {
		t.Errorf("%d actions change a total nobody knows", n)
	}
	for _, s := range r.Plan.Bridge {
		if s.Amount != "" {
			t.Errorf("%s of an unknown total is %s", s.Step, s.Amount)
		}
	}
}

// linesWalkTheBridge adds up what the subscriptions cost after each step, and holds the
// savings of each to what it costs before the quotes.
func (r *published) linesWalkTheBridge(t *testing.T) {
	after := map[string][]*string{}
	for _, l := range r.Lines {
		if !l.Counted {
			continue
		}
		for step, cost := range map[string]*string{"as_is": l.AsIs, "right_size": l.AfterRightSize, "clean_up": l.AfterCleanUp,
			"billing_cycle": l.AfterCycle, "multi_instance": l.BeforeQuotes, "quotes": l.Recommended} {
			after[step] = append(after[step], cost)
		}
		sameAmount(t, l.ID+": before quotes + hard saving", sum(t, l.BeforeQuotes, l.HardSaving), *l.AsIs)
		sameAmount(t, l.ID+": recommended + avoidance", sum(t, l.Recommended, l.Avoidance), *l.BeforeQuotes)
	}
	var walk []*string
	for i := range r.Plan.Bridge[:len(r.Plan.Bridge)-1] {
		s := &r.Plan.Bridge[i]
		walk = append(walk, &s.Amount)
		sameAmount(t, "subscriptions after "+s.Step, sum(t, after[s.Step]...), sum(t, walk...))
	}
}

func (r *published) planAddsUp(t *testing.T) {
	p := r.Plan
	if p.Totals["as_is"] == nil {
		r.planUnknown(t)
		return
	}
	last := len(p.Bridge) - 1
	steps := map[string]string{}
	var walk []*string
	for i := range p.Bridge {
		steps[p.Bridge[i].Step] = p.Bridge[i].Amount
		if i < last {
			walk = append(walk, &p.Bridge[i].Amount)
		}
	}
	sameAmount(t, "bridge begins", p.Bridge[0].Amount, *p.Totals["as_is"])
	sameAmount(t, "bridge ends", p.Bridge[last].Amount, *p.Totals["recommended"])
	sameAmount(t, "bridge adds up", sum(t, walk...), p.Bridge[last].Amount)
	r.linesWalkTheBridge(t)
	sameAmount(t, "savings", sum(t, p.Totals["recommended"], p.Totals["hard_saving"], p.Totals["avoidance"]), *p.Totals["as_is"])

	byStep, byClass, ids := map[string][]*string{}, map[string][]*string{}, map[string]bool{}
	for i := range p.Actions {
		a := &p.Actions[i]
		if ids[a.ID] {
			t.Errorf("two actions are called %s", a.ID)
		}
		ids[a.ID] = true
		if a.Number != i+1 {
			t.Errorf("action %s has number %d in place %d", a.ID, a.Number, i+1)
		}
		byStep[a.Step] = append(byStep[a.Step], &a.Amount)
		byClass[a.Class] = append(byClass[a.Class], &a.Amount)
		var before, after []*string
		for n, l := range a.Lines {
			sameAmount(t, a.ID+", "+l.Line+": steps before", sum(t, amounts(l.BeforeSteps)...), l.Before)
			sameAmount(t, a.ID+", "+l.Line+": steps after", sum(t, amounts(l.AfterSteps)...), l.After)
			before, after = append(before, &a.Lines[n].Before), append(after, &a.Lines[n].After)
		}
		fall, less := sum(t, after...), a.Amount
		sameAmount(t, a.ID+": lines after + amount", sum(t, &fall, &less), sum(t, before...))
	}
	for _, step := range []string{"right_size", "clean_up", "billing_cycle", "quotes", "multi_instance"} {
		amount := steps[step]
		saved := sum(t, byStep[step]...)
		sameAmount(t, "actions of step "+step+" and its bar", sum(t, &amount, &saved), "0")
	}
	sameAmount(t, "hard saving and its actions", sum(t, byClass["hard_saving"]...), *p.Totals["hard_saving"])
	sameAmount(t, "avoidance and its actions", sum(t, byClass["avoidance"]...), *p.Totals["avoidance"])
	for _, a := range p.Actions {
		for _, id := range append(a.DependsOn, strings.Fields(a.Replaces)...) {
			if !ids[id] {
				t.Errorf("action %s refers to %q, which is not in the plan", a.ID, id)
			}
		}
	}
	for _, s := range p.Scenarios {
		if s.ID == "as_is" || s.ID == "recommended" {
			sameAmount(t, "scenario "+s.ID, s.Amount, *p.Totals[s.ID])
		}
	}
}

func (r *published) findingsRefer(t *testing.T) {
	answers := map[string]map[string]bool{} // action -> rules of the findings it counts
	for _, a := range r.Plan.Actions {
		answers[a.ID] = map[string]bool{}
	}
	lines, files, perRule, seen := map[string]bool{}, map[string]bool{}, map[string]int{}, map[string]bool{}
	for _, l := range r.Lines {
		lines[l.ID] = true
	}
	for _, in := range r.Inputs {
		files[in.Path] = true
	}
	for _, f := range r.Findings {
		perRule[f.Rule]++
		if seen[f.ID] {
			t.Errorf("two findings are called %s", f.ID)
		}
		seen[f.ID] = true
		if f.PlanAction != "" && answers[f.PlanAction] == nil {
			t.Errorf("finding %s refers to action %q, which is not in the plan", f.ID, f.PlanAction)
			continue
		}
		if f.PlanAction != "" {
			answers[f.PlanAction][f.Rule] = true
		}
		for _, l := range f.Lines {
			if !lines[l.Line] {
				t.Errorf("finding %s refers to line %q, which does not exist", f.ID, l.Line)
			}
		}
		for _, e := range f.Evidence {
			if e.Source.File != "" && !files[e.Source.File] { // none: the rest of a long list
				t.Errorf("finding %s rests on %q, which was not read", f.ID, e.Source.File)
			}
		}
	}
	for _, a := range r.Plan.Actions {
		if fmt.Sprint(sortedTexts(a.Rules)) != fmt.Sprint(keysOf(answers[a.ID])) {
			t.Errorf("action %s says it answers %v, the findings say %v", a.ID, a.Rules, keysOf(answers[a.ID]))
		}
	}
	for _, s := range r.Rules {
		if perRule[s.ID] != s.Findings {
			t.Errorf("rule %s: %d findings, status says %d", s.ID, perRule[s.ID], s.Findings)
		}
	}
}

func keysOf(m map[string]bool) []string {
	out := []string{}
	for k := range m {
		out = append(out, k)
	}
	return sortedTexts(out)
}

// expectation is a file of samples/expected: worked out by other means than
// this program.
type expectation struct {
	Sample   string         `json:"sample"`
	AsOf     string         `json:"as_of"`
	Currency string         `json:"currency"`
	Seats    []expectedSeat `json:"seats"`
	Lines    []expectedLine `json:"lines"`

	Totals    map[string]string `json:"totals"`
	Bridge    []expectedStep    `json:"bridge"`
	Scenarios map[string]string `json:"scenarios"`

	Removals  int               `json:"removals"`
	ByProduct []expectedRemoval `json:"removals_by_product"`
	Cycles    []expectedCycle   `json:"cycles"`
	Quotes    []expectedQuote   `json:"quotes"`

	Next     expectedDeadline `json:"next_deadline"`
	Crossing *struct {
		Users  int    `json:"users"`
		Top    int    `json:"previous_top"`
		ToDrop int    `json:"to_drop"`
		Step   string `json:"step"`
	} `json:"tier_crossing"`
	Unused *struct {
		Users  int    `json:"users"`
		Top    int    `json:"top"`
		Unused int    `json:"unused"`
		Amount string `json:"amount"`
	} `json:"unused_capacity"`
	Findings []expectedFinding `json:"findings"` // those whose figures were worked out

	Rates []expectedRate `json:"rates"`
	Own   []expectedOwn  `json:"own_currency"` // what is paid today in each currency
}

type (
	expectedSeat struct {
		Site       string         `json:"site"`
		Product    string         `json:"product"`
		Users      int            `json:"users"`
		Classes    map[string]int `json:"classes"`
		Candidates int            `json:"candidates"`
	}
	expectedLine struct {
		Site        string `json:"site"`
		Type        string `json:"type"`
		Key         string `json:"key"`
		Current     string `json:"current"`
		AsIs        string `json:"as_is"`
		Recommended string `json:"recommended"`
	}
	expectedStep struct {
		Step   string `json:"step"`
		Amount string `json:"amount"`
	}
	expectedRemoval struct {
		Site    string `json:"site"`
		Product string `json:"product"`
		Seats   int    `json:"seats"`
	}
	expectedCycle struct {
		Site   string `json:"site"`
		Family string `json:"family"`
		Cycle  string `json:"cycle"`
	}
	expectedQuote struct {
		Site   string `json:"site"`
		Key    string `json:"key"`
		From   string `json:"quote_from"`
		By     string `json:"quote_by"`
		Avoids string `json:"avoids"`
	}
	expectedFinding struct {
		Rule    string            `json:"rule"`
		Subject string            `json:"subject"`
		Amount  string            `json:"amount"` // "" is unknown
		Figures map[string]string `json:"figures"`
	}
	expectedRate struct {
		Currency string `json:"currency"`
		Rate     string `json:"rate"`
		Date     string `json:"date"`
	}
	expectedOwn struct {
		Currency string `json:"currency"`
		Current  string `json:"current"`
	}
	expectedDeadline struct {
		Date string `json:"date"`
		Kind string `json:"kind"`
		Site string `json:"site"`
	}
)

// TestSamplesAreAsExpected compares every field of samples/expected.
func TestSamplesAreAsExpected(t *testing.T) {
	t.Parallel()
	for _, name := range samples.Names() {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(sample(t, "expected"), name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want expectation
			decoder := json.NewDecoder(strings.NewReader(string(text)))
			decoder.DisallowUnknownFields() // a field that nobody compares would expect nothing
			if err := decoder.Decode(&want); err != nil {
				t.Fatal(err)
			}
			o := audited(t, name)
			r := read(t, o)
			if want.Crossing != nil {
				checkCrossing(t, o, want)
			}
			want.Crossing, want.Unused = nil, nil
			got := r.expectation(t, want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("expected (-) and audited (+):\n%s", diff)
			}
		})
	}
}

// TestLinesPaidForTogether: the sample has one charge for three sites, apps
// paid for once, and a ladder of the charge.
func TestLinesPaidForTogether(t *testing.T) {
	var r struct {
		Lines []struct {
			ID       string
			PaidWith string `json:"paid_with"`
			Billed   int    `json:"billed_quantity"`
		}
		Positions []struct {
			Title  string
			Users  int `json:"ladder_users"`
			Lines  []struct{ Site string }
			Ladder []struct {
				Here, Target bool
				Tier         struct{ From, To int }
			}
		}
	}
	if err := json.Unmarshal(audited(t, "enterprise").file(t, "result.json"), &r); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, l := range r.Lines {
		if l.PaidWith != "" {
			got[l.ID] = fmt.Sprintf("%d, %s", l.Billed, l.PaidWith)
		}
	}
	want := map[string]string{
		"globex-care/product/jira/E-GLX-JIRA":                    "1200, one charge for globex-care, globex-eng and globex-ops",
		"globex-eng/product/jira/E-GLX-JIRA":                     "0, in the charge of globex-care",
		"globex-ops/product/jira/E-GLX-JIRA":                     "0, in the charge of globex-care",
		"globex-care/app/com.brightwell.timekeeper/E-GLX-TIME-3": "300, recommended: once for globex-care, globex-eng and globex-ops",
		"globex-eng/app/com.brightwell.timekeeper/E-GLX-TIME-1":  "800, recommended: paid for with globex-care",
		"globex-ops/app/com.brightwell.timekeeper/E-GLX-TIME-2":  "500, recommended: paid for with globex-care",
		"globex-eng/app/com.silverpine.testcases/E-GLX-TEST-1":   "800, recommended: once for globex-eng and globex-ops",
		"globex-ops/app/com.silverpine.testcases/E-GLX-TEST-2":   "469, recommended: paid for with globex-eng",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines paid for together (-want +got):\n%s", diff)
	}
	for _, p := range r.Positions {
		if p.Title != "Jira family on globex-care, globex-eng and globex-ops" {
			continue
		}
		ladder := ""
		for _, g := range p.Ladder {
			if g.Here || g.Target {
				ladder += fmt.Sprintf("%d-%d here %v; ", g.Tier.From, g.Tier.To, g.Here)
			}
		}
		if want := "801-1000 here false; 1001-1200 here true; "; p.Users != 1070 || ladder != want || p.Lines[0].Site != "globex-care, globex-eng and globex-ops" {
			t.Errorf("%d users, ladder %q, first line on %q", p.Users, ladder, p.Lines[0].Site)
		}
		return
	}
	t.Error("no position of the three sites")
}

// expectation brings a result into the form of the expected files. Where
// those speak of one kind of deadline, the first of that kind is taken.
func (r *published) expectation(t *testing.T, want expectation) expectation {
	e := expectation{Sample: want.Sample, AsOf: want.AsOf, Currency: string(r.Run.Currency), Totals: map[string]string{}, Scenarios: map[string]string{}, Quotes: []expectedQuote{}}
	for _, s := range r.Seats {
		seat := expectedSeat{s.Site, s.Product, *s.Users, map[string]int{}, s.Candidates}
		for _, c := range s.Classes {
			seat.Classes[c.Label] = c.Count
		}
		e.Seats = append(e.Seats, seat)
	}
	actions := map[string]publishedAction{}
	for _, a := range r.Plan.Actions {
		actions[a.ID] = a
	}
	for _, l := range r.Lines {
		e.Lines = append(e.Lines, expectedLine{l.Site, l.Type, l.Key, *l.Current, *l.AsIs, *l.Recommended})
		if l.Quote != nil && l.Quote.Planned {
			e.Quotes = append(e.Quotes, expectedQuote{l.Site, l.Key, l.Quote.From, l.Quote.By, actions["quote/"+l.ID].Amount})
		}
	}
	for name, amount := range r.Plan.Totals {
		e.Totals[name] = *amount
	}
	for _, b := range r.Plan.Bridge {
		e.Bridge = append(e.Bridge, expectedStep(b))
	}
	for _, s := range r.Plan.Scenarios {
		id := map[string]string{"growth_1": "growth_5", "growth_2": "growth_10"}[s.ID]
		if id == "" {
			id = s.ID
		}
		e.Scenarios[id] = s.Amount
	}
	r.expectedRemovals(&e, want)
	r.expectedFindings(&e, want)
	r.expectedCurrencies(t, &e)
	for _, c := range r.Cycles {
		parts := strings.Split(c.Bundle, "/")
		e.Cycles = append(e.Cycles, expectedCycle{parts[0], parts[1], c.Decided})
	}
	for _, d := range r.Deadlines {
		if d.Kind == want.Next.Kind && d.Date >= want.AsOf {
			e.Next = expectedDeadline{d.Date, d.Kind, d.Site}
			break
		}
	}
	return e
}

// expectedCurrencies adds the rates and what is paid today in each currency,
// where there are several.
func (r *published) expectedCurrencies(t *testing.T, e *expectation) {
	if len(r.Coverage.Foreign) == 0 {
		return
	}
	paid := map[string][]*string{}
	for _, l := range r.Lines {
		currency, amount := l.Currency, l.Current
		if l.Own != nil {
			currency, amount = l.Own.Currency, l.Own.Current
		}
		paid[currency] = append(paid[currency], amount)
	}
	for _, f := range r.Coverage.Foreign {
		e.Rates = append(e.Rates, expectedRate{f.Currency, f.Rate, f.Date})
		sameAmount(t, "paid today in "+f.Currency, f.Current, sum(t, paid[f.Currency]...))
	}
	for _, currency := range slices.Sorted(maps.Keys(paid)) {
		e.Own = append(e.Own, expectedOwn{currency, sum(t, paid[currency]...)})
	}
}

// expectedFindings looks up the findings the file names, and of each the
// figures it names.
func (r *published) expectedFindings(e *expectation, want expectation) {
	for _, w := range want.Findings {
		for _, f := range r.Findings {
			if f.Rule != w.Rule || f.Subject != w.Subject {
				continue
			}
			got := expectedFinding{Rule: f.Rule, Subject: f.Subject, Figures: map[string]string{}}
			if f.Amount != nil {
				got.Amount = *f.Amount
			}
			for _, g := range f.Figures {
				if _, named := w.Figures[g.Name]; named {
					got.Figures[g.Name] = fmt.Sprint(g.Value)
				}
			}
			e.Findings = append(e.Findings, got)
		}
	}
}

// expectedRemovals counts the seats to remove, and of a collection the people, each
// of whom gives up the seats of all its products.
func (r *published) expectedRemovals(e *expectation, want expectation) {
	collections := map[[2]string]string{}
	for _, s := range r.Seats {
		collections[[2]string{s.Site, s.Product}] = s.Collection
	}
	removed, people := map[[2]string]int{}, map[[3]string]bool{}
	for _, p := range r.People {
		payer := [2]string{p.Site, p.Product}
		if collection := collections[payer]; collection != "" {
			payer[1] = collection
		}
		if person := [3]string{payer[0], payer[1], p.Account}; p.Remove && !people[person] {
			people[person] = true
			removed[payer]++
			e.Removals++
		}
	}
	for _, p := range want.ByProduct { // in the order of the file
		e.ByProduct = append(e.ByProduct, expectedRemoval{p.Site, p.Product, removed[[2]string{p.Site, p.Product}]})
	}
}

// checkCrossing compares the one tier of the worked example.
func checkCrossing(t *testing.T, o outcome, want expectation) {
	var full struct {
		Positions []struct {
			Unused string `json:"unused_capacity"`
			Lines  []struct {
				Users    int    `json:"users"`
				ToDrop   int    `json:"to_drop"`
				StepDown string `json:"step_down"`
				Seats    int    `json:"unused_seats"`
				Tier     struct{ From, To int }
			}
		}
		Findings []struct {
			Rule, Amount string
		}
	}
	if err := json.Unmarshal(o.file(t, "result.json"), &full); err != nil {
		t.Fatal(err)
	}
	p := full.Positions[0]
	var steps []*string
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Tier.From != want.Crossing.Top+1 {
			continue // the product itself is in another tier
		}
		steps = append(steps, &l.StepDown)
		if l.Users != want.Crossing.Users || l.ToDrop != want.Crossing.ToDrop || l.Tier.To != want.Unused.Top || l.Seats != want.Unused.Unused {
			t.Errorf("position %d: %+v, want %+v and %+v", i, *l, *want.Crossing, *want.Unused)
		}
	}
	sameAmount(t, "step of the crossing", sum(t, steps...), want.Crossing.Step)
	sameAmount(t, "unused capacity", p.Unused, want.Unused.Amount)
	found := false
	for _, f := range full.Findings {
		found = found || f.Rule == "tier-crossing" && f.Amount == want.Crossing.Step
	}
	if !found {
		t.Errorf("no finding of tier-crossing over %s", want.Crossing.Step)
	}
}

// TestDemoShowsEveryRule: in what make demo publishes, every rule has something
// to say and something it finds in order.
func TestDemoShowsEveryRule(t *testing.T) {
	t.Parallel()
	found, clean := map[string]int{}, map[string]int{}
	for _, name := range []string{"acme", "enterprise", "datacenter", "europe"} {
		var r struct {
			Rules []struct {
				ID              string
				Findings, Clean int
			}
		}
		if err := json.Unmarshal(audited(t, name).file(t, "result.json"), &r); err != nil {
			t.Fatal(err)
		}
		for _, rule := range r.Rules {
			found[rule.ID] += rule.Findings
			clean[rule.ID] += rule.Clean
		}
	}
	for _, rule := range rules.All() {
		if found[rule.ID] == 0 || clean[rule.ID] == 0 {
			t.Errorf("%s: %d findings, %d clean subjects", rule.ID, found[rule.ID], clean[rule.ID])
		}
	}
	demo, err := os.ReadFile(filepath.Join(root(t), "Makefile"))
	for _, name := range []string{"acme", "enterprise", "datacenter", "europe"} {
		if err != nil || !strings.Contains(string(demo), "\tbin/tierline audit samples/"+name+"\n") {
			t.Errorf("make demo does not audit %s (%v)", name, err)
		}
	}
}
