package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

func usd(minor int64) money.Amount { return money.Minor(minor, "USD") }

// personal is everything of a result that may name a person.
var personal = []string{"Jane Doe", "jane@example.com", "712020:jane", "Owner Person", "reason about Bob", "export of Carol.csv", "note on Dave"}

func result() *audit.Result {
	users := 12
	return &audit.Result{
		Run:         audit.RunInfo{Organisation: "Example", AsOf: date.New(2026, time.November, 21), Currency: "USD", Complete: true, Digest: strings.Repeat("ab", 32), Policy: config.DefaultPolicy()},
		Inputs:      []audit.Input{{Path: "export of Carol.csv", Title: "organisation user export", Read: 3, Used: 3}},
		Diagnostics: []diag.Diagnostic{{Level: diag.Incomplete, Source: diag.Source{File: "export of Carol.csv", Line: 3}, Message: "note on Dave"}},
		Seats: []audit.ProductSeats{{Site: "acme", Product: "jira", Name: "Jira", Users: &users, Candidates: 3,
			Classes: []audit.Counted[seats.Class]{{Label: seats.Active, Count: 9}}, Bands: []audit.Counted[seats.Band]{{Label: seats.To29, Count: 9}, {Label: seats.BandNever, Count: 3}}}},
		Cycles: []audit.CycleComparison{{Title: "Jira on acme", NotWeighed: diag.Why(diag.Bound, "contract \"x\" binds 12 users").From(diag.Source{File: "export of Carol.csv", Line: 7})}},
		Trust:  audit.Trust{Subscriptions: audit.ByState{Active: 1, Weighed: 1}},
		Lines:  []audit.Line{{ID: "acme/app/x", Name: "X", Owner: "Owner Person", CostCentre: "Owner Person", Current: usd(100), AsIs: usd(120), Quote: &audit.Quote{Planned: true}}},
		Rules:  []audit.RuleStatus{{ID: "r", Title: "what r asks", Status: "ran"}},
		Exceptions: []audit.Exception{
			{Rule: "r", Subject: "jane@example.com", Reason: "reason about Bob", Owner: "Owner Person", Protected: 2, Cost: usd(700), Source: diag.Source{File: "export of Carol.csv", Line: 2}},
			{Rule: "Jane Doe", Subject: "jane@example.com", Reason: "reason about Bob", Owner: "Owner Person", Cost: usd(0), Source: diag.Source{File: "export of Carol.csv", Line: 3}},
			{Rule: "*", Subject: "712020:jane", Reason: "reason about Bob", Owner: "Owner Person", Ended: true, Cost: usd(0), Source: diag.Source{File: "export of Carol.csv", Line: 4}},
		},
		Findings: []audit.Finding{{Rule: "r", Title: "t", Excepted: diag.Source{File: "export of Carol.csv", Line: 2}}},
		Plan: audit.Plan{
			Totals:  audit.Totals{Current: usd(100), Volume: usd(0), PriceChanges: usd(20), AsIs: usd(120), Recommended: usd(90), HardSaving: usd(20), Avoidance: usd(10)},
			Bridge:  []audit.BridgeStep{{Step: "as_is", Title: "Renew as is", Amount: usd(120)}, {Step: "clean_up", Title: "Clean up", Amount: usd(-20)}, {Step: "billing_cycle", Title: "Cycle", Amount: usd(0)}, {Step: "quotes", Title: "Quotes", Amount: usd(-10)}, {Step: "recommended", Title: "Recommended", Amount: usd(90)}},
			Actions: []audit.Action{{Number: 1, Step: "clean_up", Title: "Remove 3", Seats: 3, People: 3, Amount: usd(20), Class: "hard_saving"}, {Number: 2, Step: "quotes", Line: "acme/app/x", Title: "Quote", Amount: usd(10), Class: "avoidance"}},
		},
		People: func(yield func(audit.SeatRow) bool) {
			yield(audit.SeatRow{Account: "712020:jane", Name: "Jane Doe", Email: "jane@example.com", Site: "acme", Product: "jira", Never: true, Rank: 1, Action: "clean-up"})
		},
	}
}

// texts gathers every text of the finance part.
func texts(f Finance) string {
	var b strings.Builder
	add := func(s ...string) { b.WriteString(strings.Join(s, "\n") + "\n") }
	table := func(t Table) {
		add(t.Title, t.Note, t.Foot, t.Empty)
		if t.Rows != nil {
			for row := range t.Rows {
				for _, c := range row {
					add(c.Text)
				}
			}
		}
		for _, c := range t.Total {
			add(c.Text)
		}
	}
	add(f.Headline)
	add(f.Caveats...)
	for _, x := range f.Facts {
		add(x.Label, x.Note, x.Value.Text)
	}
	for _, t := range f.Decisions {
		table(t)
	}
	for _, s := range f.Sections {
		add(s.Title)
		add(s.Lead...)
		for _, h := range s.Bars {
			add(h.Title, h.Note)
		}
		for _, l := range s.Ladder {
			add(l.Title, l.Note)
		}
		for _, t := range s.Tables {
			table(t)
		}
	}
	return b.String()
}

// METHOD 18.1.
func TestFinanceNamesNobody(t *testing.T) {
	all := texts(Build(result()).Finance)
	for _, p := range personal {
		if strings.Contains(all, p) {
			t.Errorf("the finance part holds %q", p)
		}
	}
	if !strings.Contains(all, "organisation user export") || !strings.Contains(all, "Remove 3") {
		t.Error("the texts of the finance part were not gathered")
	}
}

// TestExceptionsInBothReports: the workbook shows each, the finance part those that
// cost something, without what may name a person.
func TestExceptionsInBothReports(t *testing.T) {
	r := result()
	r.Exceptions[1].Findings, r.Exceptions[1].Cost, r.Exceptions[1].CostUnknown = 1, money.Amount{}, diag.Why(diag.NoPrice, "no price")
	table := exceptionsTable(r, costlyExceptions(r))
	got := told(t, table, "Exception", "Protected seats", "Costs")
	want := []string{"what r asks; 2; 7.00 USD", "a question that is not asked; 0; unknown"}
	if !slices.Equal(got, want) || !strings.HasPrefix(table.Note, "3 exceptions were read, 1 of them ended. Costs: ") {
		t.Errorf("finance: got %q, want %q, under %q", got, want, table.Note)
	}
	got = told(t, exceptionsSheet(r).Table, "Subject", "Owner", "State", "Costs", "Why the cost is not known")
	want = []string{"jane@example.com; Owner Person; in force; 7.00 USD; ", "jane@example.com; Owner Person; in force; unknown; no price", "712020:jane; Owner Person; ended; 0.00 USD; "}
	if !slices.Equal(got, want) {
		t.Errorf("workbook: got %q, want %q", got, want)
	}
	if s := stateOf(&audit.Exception{}); s != "protects nothing" {
		t.Errorf("an exception without effect: %q", s)
	}
}

// told returns the cells of some columns, row by row.
func told(t *testing.T, table Table, titles ...string) []string {
	t.Helper()
	var out []string
	for row := range table.Rows {
		var words []string
		for _, title := range titles {
			i := slices.IndexFunc(table.Columns, func(c Column) bool { return c.Title == title })
			if i < 0 {
				t.Fatalf("%s has no column %q", table.Title, title)
			}
			words = append(words, shownAs(row[i]))
		}
		out = append(out, strings.Join(words, "; "))
	}
	return out
}

// TestHeadline: every step of the bridge that changes something is in it, with its
// amount; saving and avoidance apart.
func TestHeadline(t *testing.T) {
	step := func(r *audit.Result, name plan.Step, minor int64) {
		r.Plan.Bridge = slices.Insert(r.Plan.Bridge, 1, audit.BridgeStep{Step: name, Amount: usd(minor)})
	}
	for want, change := range map[string]func(*audit.Result){
		"Renew for 0.90 USD instead of 1.20 USD. Removing 3 long-idle seats saves 0.20. 1 quote in time avoids 0.10.": func(*audit.Result) {},
		"Renew for 0.90 USD instead of 1.20 USD. Renewing at the tiers the users need saves 5.00 and removing 3 long-idle seats 0.20. 1 quote in time avoids 0.10.": func(r *audit.Result) {
			step(r, plan.StepRightSize, -500)
		},
		"Renew for 0.90 USD instead of 1.20 USD. Changing the billing cycle of 1 bundle saves 7.00 and 3 long-idle seats have to go for it. 1 quote in time avoids 0.10.": func(r *audit.Result) {
			r.Plan.Bridge = slices.DeleteFunc(r.Plan.Bridge, func(b audit.BridgeStep) bool { return b.Step == plan.StepCleanUp })
			step(r, plan.StepCycle, -700)
			r.Plan.Actions[0].Step = plan.StepCycle
		},
		"Renew for 0.90 USD instead of 1.20 USD. Removing 3 long-idle seats saves 0.20. 2 quotes in time avoid 0.10.": func(r *audit.Result) {
			r.Plan.Actions = append(r.Plan.Actions, r.Plan.Actions[1])
		},
		"Renew for 0.90 USD instead of 1.20 USD. Removing 3 long-idle seats saves 0.20. Kept prices avoid 0.10.": func(r *audit.Result) {
			r.Lines[0].Quote = nil // a tier that the quote of another line keeps
		},
		"There is nothing to do: renewing as is costs least.": func(r *audit.Result) {
			r.Plan.Actions, r.Plan.Totals.Recommended = nil, r.Plan.Totals.AsIs
		},
	} {
		r := result()
		change(r)
		if got := headline(r); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// What is paid for once is said, and the list of subscriptions says whose amount
// the line's cost is in.
func TestPaidForOnce(t *testing.T) {
	r := result()
	r.Plan.Actions = append(r.Plan.Actions[:1], audit.Action{Number: 3, Step: "multi_instance", Title: "Once", Amount: usd(1), Class: "hard_saving", Lines: []audit.ActionLine{{Line: "acme/app/x"}}})
	r.Plan.Bridge = slices.Insert(r.Plan.Bridge, 2, audit.BridgeStep{Step: plan.StepMultiInstance, Amount: usd(-1)})
	if got, want := headline(r), "Renew for 0.90 USD instead of 1.20 USD. Removing 3 long-idle seats saves 0.20 and paying for 1 app once instead of on each site 0.01. "+
		"Kept prices avoid 0.10."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	r.Lines[0].Site, r.Lines[0].PaidWith = "acme", "recommended: paid for with beta"
	if all := texts(Build(r).Finance); !strings.Contains(all, "X, acme (recommended: paid for with beta)") {
		t.Error("the line does not say with whom it is paid for")
	}
}

// TestSavingAndAvoidanceAreNeverAdded: the way from as is to recommended, 0.30
// here, stands nowhere as one amount but in the comparison of scenarios.
//
// METHOD 10.3.
func TestSavingAndAvoidanceAreNeverAdded(t *testing.T) {
	f := Build(result()).Finance
	for _, x := range f.Facts {
		if x.Value.Amount == usd(30) {
			t.Errorf("fact %q adds the two", x.Label)
		}
	}
	for _, c := range f.Decisions[0].Total {
		if c.Kind == Money {
			t.Errorf("the actions are summed to %s", c.Amount)
		}
	}
}

func TestBridgeLeavesOutEmptySteps(t *testing.T) {
	var labels []string
	for _, b := range bridge(result()).Bars {
		labels = append(labels, b.Label+" "+string(b.Class))
	}
	if got, want := strings.Join(labels, "; "), "Current ; Price changes ; Renew as is ; Clean up hard_saving; Quotes avoidance; Recommended "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCaveats(t *testing.T) {
	r := result()
	if got := caveats(r); len(got) != 0 {
		t.Errorf("a complete result has caveats: %q", got)
	}
	r.Run.Complete = false
	r.Coverage = audit.Coverage{Subscriptions: 5, SubscriptionsRefused: 1, Active: 4, Counted: 2, LeftOutCurrent: usd(5000),
		Foreign: []audit.ForeignTotal{{Currency: "EUR", Lines: 1, AsIs: money.Minor(700, "EUR")}}}
	want := []string{
		"This audit is incomplete: 1 problem on the input, listed in the workbook under Data quality.",
		"The totals hold 2 of 4 active subscriptions. Those left out cost at least 50.00 USD today.",
		"1 row of the subscriptions table could not be read: 4 of 5 are audited.",
		"1 subscription priced in EUR, 7.00 EUR as is, in no total, since no rate is known.",
	}
	if got := strings.Join(caveats(r), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// TestUnknownIsNeverZero: what a result does not know is unknown in every
// cell.
func TestUnknownIsNeverZero(t *testing.T) {
	r := result()
	r.Lines[0].AsIs, r.Lines[0].Recommended = money.Amount{}, money.Amount{}
	r.Seats[0].Classes, r.Seats[0].Users = nil, nil
	d := Build(r)
	for _, s := range d.Workbook {
		if s.Name != "Subscriptions" {
			continue
		}
		if got := told(t, s.Table, "As is", "Recommended"); !slices.Equal(got, []string{"unknown; unknown"}) {
			t.Errorf("as is and recommended: %q", got)
		}
	}
	if got := told(t, seatsBlock(r), "Users", "Active", "To review"); !slices.Equal(got, []string{"unknown; unknown; unknown"}) {
		t.Errorf("users, a class and candidates without classes: %q", got)
	}
}

// What of the cash view is not known is said with its reason, and its sum does
// not pass for all that will be paid.
func TestCashNamesWhatIsNotKnown(t *testing.T) {
	r := &audit.Result{Run: audit.RunInfo{Currency: "USD"}, Plan: audit.Plan{Totals: audit.Totals{AsIs: usd(1)}}}
	r.Cash.Months = []audit.CashMonth{{Month: date.New(2026, 11, 1), AsIs: usd(100), Recommended: usd(90), Growth1: usd(105), Growth2: usd(110)}}
	if total := cashTable(r).Total; total[0].Text != "24 months" || len(cashLead(r)) != 1 {
		t.Errorf("all is known: %q, %q", total[0].Text, cashLead(r))
	}
	r.Cash.Unknown = []audit.LeftOut{
		{Reason: diag.Why(diag.NoPrice, "no list is valid")}, {Reason: diag.Why(diag.NotSold, "cannot be bought")}, {Reason: diag.Why(diag.NoPrice, "no list is valid")},
	}
	total, lead := cashTable(r).Total, cashLead(r)
	if total[0].Text != "24 months, as far as known" || len(lead) != 2 || !strings.HasPrefix(lead[1], "The second term of 3 subscriptions is not known and is in no month") || strings.Contains(lead[1], "no list") {
		t.Errorf("got %q, %q", total[0].Text, lead)
	}
	r.Plan.Totals.AsIs = money.Amount{}
	for range cashTable(r).Rows {
		t.Error("there is a month of a total in which nothing counts")
	}
	if lead := cashSheet(r).Lead; lead[len(lead)-1] != "Why: no list is valid; cannot be bought." {
		t.Errorf("sheet: %q", lead)
	}
}
