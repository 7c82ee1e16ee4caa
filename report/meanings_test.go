package report

import (
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// say writes a value of a result as a reader would tell it.
func say(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return money.Count(v)
	case *int:
		return money.Count(*v)
	case money.Amount:
		return v.String() + " " + string(v.Currency())
	case money.Exact:
		return v.Decimal(0)
	case date.Date:
		return v.String()
	case money.Currency:
		return string(v)
	}
	return fmt.Sprint(v)
}

// cells say, by title, what a cell in a row has to show.
type cells map[string]func(row int) any

// of makes cells of the rows of a list.
func of[R any](list []R, byTitle map[string]func(*R) any) cells {
	out := cells{}
	for title, value := range byTitle {
		out[title] = func(row int) any { return value(&list[row]) }
	}
	return out
}

// texts makes cells of one title whose rows are known word by word.
func words(list ...string) func(int) any { return func(row int) any { return list[row] } }

// meanings say of every table which field each title names. They are written
// from what the titles say, not from the columns, which they are to guard.
func meanings(r *audit.Result) []meaning {
	var out []meaning
	out = append(out, planMeanings(r)...)
	out = append(out, moneyMeanings(r)...)
	out = append(out, positionMeanings(r)...)
	out = append(out, seatMeanings(r)...)
	return append(out, basisMeanings(r)...)
}

func planMeanings(r *audit.Result) []meaning {
	first, second := &r.Plan.Actions[0], &r.Plan.Actions[1]
	action := of(r.Plan.Actions, map[string]func(*audit.Action) any{
		"No": func(a *audit.Action) any { return a.Number }, "Deadline": func(a *audit.Action) any { return a.Deadline },
		"Action": func(a *audit.Action) any { return a.Title }, "Detail": func(a *audit.Action) any { return a.Detail },
		"Site": func(a *audit.Action) any { return a.Site }, "Class": func(a *audit.Action) any { return a.Class },
		"Worth": func(a *audit.Action) any { return a.Amount }, "Seats": func(a *audit.Action) any { return a.Seats },
		"People": func(a *audit.Action) any { return a.People }, "How sure": func(a *audit.Action) any { return string(a.Confidence) },
		"Owner": func(a *audit.Action) any { return a.Owner }, "Reversible": func(a *audit.Action) any { return a.Reversible },
		"Findings": func(a *audit.Action) any { return strings.Join(a.Rules, ", ") }, "Id": func(a *audit.Action) any { return a.ID },
		"Touches": func(a *audit.Action) any { return say(a.People) + " people" },
	})
	action["Step of the bridge"] = words(r.Plan.Bridge[0].Title, r.Plan.Bridge[1].Title)
	action["Depends on"] = words("", say(first.Number))
	action["Instead of"] = words("", say(second.Number))
	action["Action in full"] = words(first.Title+". "+first.Detail,
		second.Title+". "+second.Detail+" After action "+say(first.Number)+". For this subscription it takes the place of action "+say(second.Number)+".")
	deadline := of(r.Deadlines, map[string]func(*audit.Deadline) any{
		"Date": func(d *audit.Deadline) any { return d.Date }, "Days left": func(d *audit.Deadline) any { return d.Date.Sub(r.Run.AsOf) },
		"Away": func(d *audit.Deadline) any { return fmt.Sprintf("in %d days", d.Date.Sub(r.Run.AsOf)) },
		"Kind": func(d *audit.Deadline) any { return d.Kind }, "Site": func(d *audit.Deadline) any { return d.Site },
		"What": func(d *audit.Deadline) any { return d.What }, "Id": func(d *audit.Deadline) any { return d.ID },
	})
	finding := of(r.Findings, map[string]func(*audit.Finding) any{
		"Severity": func(f *audit.Finding) any { return f.Severity }, "Rule": func(f *audit.Finding) any { return f.Rule },
		"Subject": func(f *audit.Finding) any { return f.Subject }, "Finding": func(f *audit.Finding) any { return f.Title },
		"Detail": func(f *audit.Finding) any { return f.Detail }, "Worth on its own": func(f *audit.Finding) any { return f.Amount },
		"By": func(f *audit.Finding) any { return f.By }, "How sure": func(f *audit.Finding) any { return string(f.Confidence) + ": " + f.Why },
		"What to do": func(f *audit.Finding) any { return f.Action },
		"Rows it rests on": func(f *audit.Finding) any {
			return f.Evidence[0].Source.String() + "; " + f.Evidence[1].Source.String()
		},
		"Excepted": func(f *audit.Finding) any { return f.Excepted }, "Currency": func(f *audit.Finding) any { return f.Currency },
		"Action of the plan": func(f *audit.Finding) any { return f.PlanAction }, "Why not counted": func(f *audit.Finding) any { return f.NotCounted },
		"Confidence": func(f *audit.Finding) any { return string(f.Confidence) }, "Id": func(f *audit.Finding) any { return f.ID },
	})
	finding["Counted in the plan"] = words("action "+say(second.Number), "no: "+r.Findings[1].NotCounted)
	finding["Counted"] = words("yes", "no")
	t := &r.Plan.Totals
	approved := map[string]string{"Action": "Hard saving " + t.HardSaving.Grouped() + " and avoidance " + t.Avoidance.Grouped()}
	return []meaning{
		{"Actions", "No|Deadline|Action|Detail|Site|Step of the bridge|Class|Worth|Seats|People|How sure|Owner|Reversible|Depends on|Instead of|Findings|Id", 2, action, nil},
		{"PDF/Actions to approve", "No|Action|Deadline|Class|Worth", 2, action, approved},
		{"PDF/Actions and dates/", "No|Deadline|Action in full|Touches|Reversible|Class|Worth", 2, action, nil},
		{"Deadlines", "Date|Days left|Kind|Site|What|Id", 2, deadline, nil},
		{"PDF/Dates/Every date", "Date|Away|Kind|Site|What", 2, deadline, nil},
		{"Findings", "Severity|Rule|Subject|Finding|Detail|Worth on its own|Counted in the plan|By|How sure|What to do|Rows it rests on|Excepted", 2, finding, nil},
		{"findings.csv", "Rule|Severity|Subject|Finding|Worth on its own|Currency|Counted|Action of the plan|Why not counted|By|Confidence|What to do|Detail|Excepted|Id", 2, finding, nil},
	}
}

func moneyMeanings(r *audit.Result) []meaning {
	t := &r.Plan.Totals
	totals := []audit.Scenario{{Title: "Current", Amount: t.Current}, {Title: "Volume", Amount: t.Volume}, {Title: "Price changes", Amount: t.PriceChanges},
		{Title: "Renew as is", Amount: t.AsIs}, {Title: "Hard saving", Amount: t.HardSaving}, {Title: "Avoidance", Amount: t.Avoidance}, {Title: "Recommended", Amount: t.Recommended}}
	named := func(title string) cells {
		return of(totals, map[string]func(*audit.Scenario) any{title: func(s *audit.Scenario) any { return s.Title }, "Amount": func(s *audit.Scenario) any { return s.Amount }})
	}
	figure, part := named("Figure"), named("Part")
	figure["Meaning"] = words("twelve months at today's prices and quantities", "what the coming term's quantities change, at today's prices", "what announced prices add",
		"current + volume + price changes", "less money spent, because less is bought", "price rises not suffered, by quotes made in time", "as is - hard saving - avoidance")
	part["Part"] = words("Current: twelve months at today's prices and quantities", "Volume: what the coming term's quantities change", "Price changes announced in the inputs")
	step := of(r.Plan.Bridge, map[string]func(*audit.BridgeStep) any{
		"Step": func(b *audit.BridgeStep) any { return b.Title }, "Bar": func(b *audit.BridgeStep) any { return b.Title }, "Amount": func(b *audit.BridgeStep) any { return b.Amount }})
	scenario := of(r.Plan.Scenarios, map[string]func(*audit.Scenario) any{
		"Scenario": func(s *audit.Scenario) any { return s.Title }, "Total": func(s *audit.Scenario) any { return s.Amount }, "Against as is": func(s *audit.Scenario) any { return s.Change }})
	constraint := of(r.Plan.Constraints, map[string]func(*audit.Constraint) any{
		"Setting": func(c *audit.Constraint) any { return c.Setting + ": " + c.Value }, "Costs": func(c *audit.Constraint) any { return c.Cost }})
	fact := cells{"Fact": words("Renew as is", "Recommended", "Hard saving", "Avoidance", "Next deadline"),
		"Value": words(say(t.AsIs), say(t.Recommended), say(t.HardSaving), say(t.Avoidance), say(r.Deadlines[1].Date)),
		"Note": words("the coming twelve months, same tiers and cycles", "the same needs, bought for the users there are", "less money spent, because less is bought",
			"price rises not suffered, by quotes in time", fmt.Sprintf("in %d days: %s", r.Deadlines[1].Date.Sub(r.Run.AsOf), r.Deadlines[1].What))}
	month := of(r.Cash.Months, map[string]func(*audit.CashMonth) any{
		"Month": func(m *audit.CashMonth) any { return m.Month.Time().Format("Jan 2006") }, "As is": func(m *audit.CashMonth) any { return m.AsIs },
		"Recommended": func(m *audit.CashMonth) any { return m.Recommended }, "Difference": func(m *audit.CashMonth) any { return m.Change },
		"As is, apps +5%": func(m *audit.CashMonth) any { return m.Growth1 }, "As is, apps +10%": func(m *audit.CashMonth) any { return m.Growth2 }})
	c := &r.Cash.Total
	months := map[string]string{"Month": "24 months, as far as known", "As is": say(c.AsIs), "Recommended": say(c.Recommended), "Difference": say(c.Change),
		"As is, apps +5%": say(c.Growth1), "As is, apps +10%": say(c.Growth2)}
	bars := of(r.Cash.Months, map[string]func(*audit.CashMonth) any{
		"Month": func(m *audit.CashMonth) any { return m.Month }, "As is": func(m *audit.CashMonth) any { return m.AsIs }, "Recommended": func(m *audit.CashMonth) any { return m.Recommended }})
	cash := "Month|As is|Recommended|Difference|As is, apps +5%|As is, apps +10%"
	out := []meaning{
		{"Summary/Totals for the coming term of twelve months", "Figure|Amount|Meaning", 7, figure, nil},
		{"PDF/Baseline and scenarios/How the baseline comes about", "Part|Amount", 3, part, map[string]string{"Part": "Renew as is", "Amount": say(t.AsIs)}},
		{"Summary/Bridge", "Step|Amount", 2, step, nil}, {"PDF/bridge", "Bar|Amount", 2, step, nil},
		{"Summary/Scenarios", "Scenario|Total|Against as is", 2, scenario, nil}, {"PDF/Baseline and scenarios/Scenarios", "Scenario|Total|Against as is", 2, scenario, nil},
		{"Summary/What the limits on the plan cost", "Setting|Costs", 2, constraint, nil},
		{"PDF/Baseline and scenarios/What the limits on the plan cost", "Setting|Costs", 2, constraint, nil},
		{"PDF/facts", "Fact|Value|Note", 5, fact, nil},
		{"Cash", cash, 2, month, months}, {"PDF/Cash in the coming 24 months/Bills by month", cash, 2, month, months},
		{"PDF/Cash in the coming 24 months/chart", "Month|As is|Recommended", 2, bars, nil},
	}
	return append(out, sumMeanings(r)...)
}

func sumMeanings(r *audit.Result) []meaning {
	t := &r.Plan.Totals
	total := map[string]string{"Subscriptions": say(r.Coverage.Counted), "Current": say(t.Current), "As is": say(t.AsIs), "Recommended": say(t.Recommended),
		"Hard saving": say(t.HardSaving), "Avoidance": say(t.Avoidance)}
	var out []meaning
	for i, title := range []string{"Product and its apps", "Site", "Products and apps", "Vendor", "Cost centre", "Owner"} {
		sum := of(r.Sums[i:i+1], map[string]func(*audit.Sum) any{
			title: func(s *audit.Sum) any { return s.Name }, "Subscriptions": func(s *audit.Sum) any { return s.Lines }, "Current": func(s *audit.Sum) any { return s.Current },
			"As is": func(s *audit.Sum) any { return s.AsIs }, "Recommended": func(s *audit.Sum) any { return s.Recommended },
			"Hard saving": func(s *audit.Sum) any { return s.HardSaving }, "Avoidance": func(s *audit.Sum) any { return s.Avoidance }})
		ends := map[string]string{title: "Total"}
		for k, v := range total {
			ends[k] = v
		}
		titles := title + "|Subscriptions|Current|As is|Recommended|Hard saving|Avoidance"
		out = append(out, meaning{"Sums/" + title, titles, 1, sum, ends})
		if i < 4 { // cost centres and owners may name a person
			out = append(out, meaning{"PDF/Where the money goes/" + title, titles, 1, sum, ends})
		}
	}
	return out
}

func positionMeanings(r *audit.Result) []meaning {
	line := of(r.Lines, map[string]func(*audit.Line) any{
		"Site": func(l *audit.Line) any { return l.Site }, "Type": func(l *audit.Line) any { return l.Type }, "Name": func(l *audit.Line) any { return l.Name },
		"Cycle": func(l *audit.Line) any { return l.Cycle }, "Renewal": func(l *audit.Line) any { return l.Renewal }, "Users": func(l *audit.Line) any { return l.Users },
		"Licensed": func(l *audit.Line) any { return l.Licensed }, "Billed for": func(l *audit.Line) any { return l.Billed },
		"Tier":    func(l *audit.Line) any { return say(l.Tier.From) + "-" + say(l.Tier.To) },
		"Current": func(l *audit.Line) any { return l.Current }, "Volume": func(l *audit.Line) any { return l.Volume },
		"Price changes": func(l *audit.Line) any { return l.PriceChanges }, "As is": func(l *audit.Line) any { return l.AsIs },
		"Recommended": func(l *audit.Line) any { return l.Recommended }, "For users": func(l *audit.Line) any { return l.RecommendedFor },
		"Cycle then": func(l *audit.Line) any { return l.RecommendedCycle }, "Together": func(l *audit.Line) any { return l.Together },
		"Key": func(l *audit.Line) any { return l.Key }, "Vendor": func(l *audit.Line) any { return l.Vendor }, "Host": func(l *audit.Line) any { return l.Host },
		"Hosting": func(l *audit.Line) any { return l.Hosting }, "Edition": func(l *audit.Line) any { return l.Edition },
		"Billing basis": func(l *audit.Line) any { return l.Basis }, "Term ends": func(l *audit.Line) any { return l.TermEnd },
		"Users known from": func(l *audit.Line) any { return l.UsersFrom }, "Discount": func(l *audit.Line) any { return l.Discount.Percent() },
		"Licence type": func(l *audit.Line) any { return l.LicenceType }, "Owner": func(l *audit.Line) any { return l.Owner },
		"Cost centre": func(l *audit.Line) any { return l.CostCentre }, "Entitlement": func(l *audit.Line) any { return l.Entitlement },
		"Row": func(l *audit.Line) any { return l.Source }, "Subscription and site": func(l *audit.Line) any { return l.Name + ", " + l.Site + " (" + l.Together + ")" },
	})
	line["In the totals"] = words("yes", "no: "+r.Lines[1].Reason.Placed())
	t := &r.Plan.Totals
	total := func(label, title string) map[string]string {
		return map[string]string{title: label, "Current": say(t.Current), "Volume": say(t.Volume), "Price changes": say(t.PriceChanges), "As is": say(t.AsIs), "Recommended": say(t.Recommended)}
	}
	change := of(r.Changes, map[string]func(*audit.PriceChange) any{
		"Effective": func(c *audit.PriceChange) any { return c.Effective }, "Announced": func(c *audit.PriceChange) any { return c.Announced },
		"Site": func(c *audit.PriceChange) any { return c.Site }, "Subscription": func(c *audit.PriceChange) any { return c.Name },
		"Old bill": func(c *audit.PriceChange) any { return c.Old }, "New bill": func(c *audit.PriceChange) any { return c.New },
		"Change": func(c *audit.PriceChange) any { return c.Change.Signed() }, "Renewal": func(c *audit.PriceChange) any { return c.Renewal },
		"Quote from": func(c *audit.PriceChange) any { return c.QuoteFrom }, "Quote by": func(c *audit.PriceChange) any { return c.QuoteBy },
		"This term": func(c *audit.PriceChange) any { return c.ThisTerm }, "Whole term": func(c *audit.PriceChange) any { return c.NextTerm },
		"Row": func(c *audit.PriceChange) any { return c.Source }, "Subscription and site": func(c *audit.PriceChange) any { return c.Name + ", " + c.Site },
	})
	yes, no := &r.Changes[0], &r.Changes[1]
	change["Quote keeps the old price"] = words("yes", "no: "+no.Reason.Placed())
	change["Quote window"] = words(yes.QuoteFrom.Short()+" to "+yes.QuoteBy.Short(), "no: "+no.Reason.Text)
	cycle := of(r.Cycles, map[string]func(*audit.CycleComparison) any{
		"Product and its apps": func(c *audit.CycleComparison) any { return c.Title }, "Billed today": func(c *audit.CycleComparison) any { return c.Current },
		"As billed today": func(c *audit.CycleComparison) any { return c.Keep }, "Decided": func(c *audit.CycleComparison) any { return c.Decided },
	})
	not := r.Cycles[0].NotWeighed
	cycle["All monthly"], cycle["All annual"] = words("not weighed", say(r.Cycles[1].Monthly)), words("not weighed", say(r.Cycles[1].Annual))
	cycle["Why it is not weighed"], cycle["Decision"] = words(not.Placed(), ""), words("keep: "+not.Text, say(r.Cycles[1].Decided))
	out := []meaning{
		{"Subscriptions", "Site|Type|Name|Cycle|Renewal|Users|Licensed|Billed for|Tier|Current|Volume|Price changes|As is|Recommended|For users|Cycle then|In the totals|Together|" +
			"Key|Vendor|Host|Hosting|Edition|Billing basis|Term ends|Users known from|Discount|Licence type|Owner|Cost centre|Entitlement|Row", 2, line,
			total("Total of the subscriptions in "+string(r.Run.Currency)+" with known cost", "Site")},
		{"PDF/Subscriptions/", "Subscription and site|Cycle|Renewal|Billed for|Current|As is|Recommended", 2, line, total("Total", "Subscription and site")},
		{"Price changes", "Effective|Announced|Site|Subscription|Old bill|New bill|Change|Renewal|Quote keeps the old price|Quote from|Quote by|This term|Whole term|Row", 2, change, nil},
		{"PDF/Price changes/", "Effective|Subscription and site|Old bill|New bill|Change|Renewal|Quote window|This term|Whole term", 2, change, nil},
		{"Billing cycle", "Product and its apps|Billed today|As billed today|All monthly|All annual|Decided|Why it is not weighed", 2, cycle, nil},
		{"PDF/Billing cycle/", "Product and its apps|Billed today|As billed today|All monthly|All annual|Decision", 2, cycle, nil},
	}
	out = append(out, tierMeanings(r)...)
	return append(out, stepMeanings(r))
}

func tierMeanings(r *audit.Result) []meaning {
	type placed struct {
		*audit.Position
		*audit.LinePosition
	}
	var all, annual []placed
	for i := range r.Positions {
		for j := range r.Positions[i].Lines {
			all = append(all, placed{&r.Positions[i], &r.Positions[i].Lines[j]})
		}
		annual = append(annual, all[len(all)-2])
	}
	tier := func(list []placed) cells {
		return of(list, map[string]func(*placed) any{
			"Product and its apps": func(p *placed) any { return p.Title }, "Site": func(p *placed) any { return p.LinePosition.Site }, "Subscription": func(p *placed) any { return p.Name },
			"Cycle": func(p *placed) any { return p.Cycle }, "Users": func(p *placed) any { return p.LinePosition.Users }, "Billed for": func(p *placed) any { return p.Billed },
			"Tier": func(p *placed) any {
				if p.Tier.To == nil {
					return say(p.Tier.From) + " and more"
				}
				return say(p.Tier.From) + "-" + say(p.Tier.To)
			},
			"Headroom": func(p *placed) any { return p.Headroom }, "To drop": func(p *placed) any { return p.ToDrop }, "Bill": func(p *placed) any { return p.Bill },
			"Step up": func(p *placed) any {
				if p.Tier.To == nil {
					return "no limit"
				}
				return p.Step
			},
			"Step down": func(p *placed) any {
				if p.Tier.From == 1 {
					return "first tier"
				}
				return p.StepDown
			},
			"Unused seats": func(p *placed) any { return p.UnusedSeats }, "Unused capacity": func(p *placed) any { return p.LinePosition.Unused },
			"Subscription and site": func(p *placed) any { return p.Name + ", " + p.LinePosition.Site },
		})
	}
	out := []meaning{
		{"Tiers", "Product and its apps|Site|Subscription|Cycle|Users|Billed for|Tier|Headroom|To drop|Bill|Step up|Step down|Unused seats|Unused capacity", 4, tier(all), nil},
		{"PDF/Where the user counts stand/Annual subscriptions in their tiers", "Subscription and site|Users|Tier|Headroom|To drop|Step up|Unused capacity", 2, tier(annual), nil},
	}
	for i := range r.Positions {
		p := &r.Positions[i]
		out = append(out, meaning{"PDF/Where the user counts stand/ladder " + p.Title, "From|To|Amount|Here|Target", 2, of(p.Ladder, map[string]func(*audit.LadderRung) any{
			"From": func(g *audit.LadderRung) any { return g.Tier.From }, "To": func(g *audit.LadderRung) any { return g.Tier.To }, "Amount": func(g *audit.LadderRung) any { return g.Amount },
			"Here": func(g *audit.LadderRung) any { return yesNo(g.Here) }, "Target": func(g *audit.LadderRung) any { return yesNo(g.Target) },
		}), map[string]string{"Here": say(p.LadderPaid), "Target": say(p.LadderUsers)}})
	}
	return out
}

func stepMeanings(r *audit.Result) meaning {
	type step struct {
		*audit.Step
		*audit.Line
		way    string
		number int
	}
	var list []step
	for i := range r.Lines {
		l := &r.Lines[i]
		for j := range 2 {
			list = append(list, step{&l.CurrentSteps[j], l, "current", j + 1})
		}
		for j := range 2 {
			list = append(list, step{&l.Steps[j], l, "as is", j + 1})
		}
		for j := range 2 {
			list = append(list, step{&l.RecommendedSteps[j], l, "recommended", j + 1})
		}
	}
	return meaning{"Calculations", "Site|Subscription|Way|Step|Seats|Unit price|Amount|Currency|Note|Id", 12, of(list, map[string]func(*step) any{
		"Site": func(s *step) any { return s.Site }, "Subscription": func(s *step) any { return s.Name }, "Way": func(s *step) any { return s.way }, "Step": func(s *step) any { return s.number },
		"Seats": func(s *step) any { return s.Seats }, "Unit price": func(s *step) any { return *s.Unit }, "Amount": func(s *step) any { return s.Step.Amount },
		"Currency": func(s *step) any { return s.Currency }, "Note": func(s *step) any { return s.Note }, "Id": func(s *step) any { return s.ID },
	}), nil}
}

func seatMeanings(r *audit.Result) []meaning {
	var people []audit.SeatRow
	for p := range r.People {
		people = append(people, p)
	}
	user := of(people, map[string]func(*audit.SeatRow) any{
		"Account id": func(u *audit.SeatRow) any { return u.Account }, "Name": func(u *audit.SeatRow) any { return u.Name }, "Address": func(u *audit.SeatRow) any { return u.Email },
		"Site": func(u *audit.SeatRow) any { return u.Site }, "Class": func(u *audit.SeatRow) any { return u.Class }, "Idle days": func(u *audit.SeatRow) any { return u.Idle },
		"Band": func(u *audit.SeatRow) any { return u.Band }, "Added": func(u *audit.SeatRow) any { return u.Added }, "Review order": func(u *audit.SeatRow) any { return u.Rank },
		"Last used": func(u *audit.SeatRow) any { return u.LastSeen }, "Protected by": func(u *audit.SeatRow) any { return u.Protected },
		"Evidence beside it": func(u *audit.SeatRow) any { return u.Evidence }, "Signal": func(u *audit.SeatRow) any { return u.Signal }, "Row": func(u *audit.SeatRow) any { return u.Source },
	})
	user["Product"], user["Plan"] = words(r.Seats[0].Name, r.Seats[1].Name), words("remove", "leave")
	product := of(r.Seats, map[string]func(*audit.ProductSeats) any{
		"Product and site": func(p *audit.ProductSeats) any { return p.Name + " on " + p.Site }, "Users": func(p *audit.ProductSeats) any { return p.Users },
		"To review": func(p *audit.ProductSeats) any { return p.Candidates }, "Counted from": func(p *audit.ProductSeats) any { return p.From },
	})
	for title, class := range map[string]seats.Class{"Active": seats.Active, "New": seats.New, "Inactive": seats.Inactive, "Never": seats.NeverUsed, "Excepted": seats.Excepted,
		"On leave": seats.OnLeave, "Service account": seats.ServiceAccount, "Unknown": seats.Unknown} {
		product[title] = func(row int) any { return r.Seats[row].Class(class) }
	}
	type rung struct {
		*audit.RemovalLadder
		*audit.RemovalRung
	}
	var rungs []rung
	for i := range r.Removals {
		for j := range r.Removals[i].Rungs {
			rungs = append(rungs, rung{&r.Removals[i], &r.Removals[i].Rungs[j]})
		}
	}
	removal := of(rungs, map[string]func(*rung) any{
		"Product and site": func(g *rung) any { return g.Product + " on " + g.Site }, "Remove": func(g *rung) any { return g.Removals }, "Users left": func(g *rung) any { return g.Users },
		"Saves": func(g *rung) any { return g.Saving },
	})
	each := func(i int) string { return "each further one saves " + r.Removals[i].Rungs[0].Each.Grouped() }
	removal["After that"], removal["Planned"] = words(each(0), "these are all", each(1), "these are all"), words("the plan", "", "", "the plan")
	exception := of(r.Exceptions, map[string]func(*audit.Exception) any{
		"Rule": func(x *audit.Exception) any { return x.Rule }, "Subject": func(x *audit.Exception) any { return x.Subject }, "Reason": func(x *audit.Exception) any { return x.Reason },
		"Owner": func(x *audit.Exception) any { return x.Owner }, "Until": func(x *audit.Exception) any { return x.Until }, "Protected seats": func(x *audit.Exception) any { return x.Protected },
		"Left out of its rule": func(x *audit.Exception) any { return x.LeftOut }, "Findings marked": func(x *audit.Exception) any { return x.Findings },
		"Costs": func(x *audit.Exception) any { return x.Cost }, "Why the cost is not known": func(x *audit.Exception) any { return x.CostUnknown.Placed() },
		"Row": func(x *audit.Exception) any { return x.Source }, "Exception": func(x *audit.Exception) any { return "row " + say(x.Source.Line) + ", unknown rule" },
	})
	exception["State"] = words("ended", "in force")
	byClass := "Product and site|Users|Active|New|Inactive|Never|Excepted|On leave|Service account|Unknown|To review"
	removals := "Product and site|Remove|Users left|Saves|After that|Planned"
	out := []meaning{
		{"Users", "Account id|Name|Address|Site|Product|Class|Last used|Idle days|Band|Added|Review order|Plan|Protected by|Evidence beside it|Signal|Row", 2, user, nil},
		{"Summary/Seats", byClass + "|Counted from", 2, product, nil}, {"PDF/Use of seats/Seats by class", byClass, 2, product, nil},
		{"Removals", removals, 4, removal, nil}, {"PDF/Use of seats/What removals are worth", removals, 4, removal, nil},
		{"Exceptions", "Rule|Subject|Reason|Owner|Until|State|Protected seats|Left out of its rule|Findings marked|Costs|Why the cost is not known|Row", 2, exception, nil},
		{"PDF/Use of seats/Exceptions", "Exception|Until|State|Protected seats|Left out of its rule|Findings marked|Costs", 2, exception, nil},
	}
	for i := range r.Seats {
		p := &r.Seats[i]
		out = append(out, meaning{"PDF/Use of seats/histogram " + p.Name + " on " + p.Site, "Band|Seats", 2, of(p.Bands, map[string]func(*audit.Counted[seats.Band]) any{
			"Band": func(b *audit.Counted[seats.Band]) any { return b.Label }, "Seats": func(b *audit.Counted[seats.Band]) any { return b.Count }}), nil})
	}
	return out
}

func basisMeanings(r *audit.Result) []meaning {
	remark := cells{
		"Level": func(i int) any { return r.Diagnostics[i].Level }, "Place": func(i int) any { return r.Diagnostics[i].Source },
		"Remark": func(i int) any { return r.Diagnostics[i].Message }, "What to do": func(i int) any { return r.Diagnostics[i].Fix },
	}
	file := of(r.Inputs, map[string]func(*audit.Input) any{
		"File": func(in *audit.Input) any { return in.Path + "#" + in.Sheet }, "Read as": func(in *audit.Input) any { return in.Title }, "Rows read": func(in *audit.Input) any { return in.Read },
		"Used": func(in *audit.Input) any { return in.Used }, "Excluded": func(in *audit.Input) any { return in.Excluded[0].Rows + in.Excluded[1].Rows },
		"Rejected": func(in *audit.Input) any { return in.Rejected }, "Joined": func(in *audit.Input) any { return in.Joined },
		"Why excluded": func(in *audit.Input) any {
			return say(in.Excluded[0].Reason) + ": " + say(in.Excluded[0].Rows) + "; " + say(in.Excluded[1].Reason) + ": " + say(in.Excluded[1].Rows)
		},
		"Encoding": func(in *audit.Input) any { return in.Encoding }, "Delimiter": func(in *audit.Input) any { return in.Delimiter }, "SHA-256": func(in *audit.Input) any { return in.SHA256 },
		"Fingerprint": func(in *audit.Input) any { return in.SHA256[:12] },
	})
	rule := of(r.Rules, map[string]func(*audit.RuleStatus) any{
		"Rule": func(s *audit.RuleStatus) any { return s.ID }, "Question": func(s *audit.RuleStatus) any { return s.Title }, "Findings": func(s *audit.RuleStatus) any { return s.Findings },
		"Status":  func(s *audit.RuleStatus) any { return say(s.Status) + ": " + s.Reason.Placed() },
		"Outcome": func(s *audit.RuleStatus) any { return say(s.Status) + ": " + s.Reason.Text }, "Looked at": func(s *audit.RuleStatus) any { return s.Subjects },
		"Clean": func(s *audit.RuleStatus) any { return s.Clean }, "What to do about a finding": func(s *audit.RuleStatus) any { return s.Remediation },
	})
	check := of(r.Checks, map[string]func(*audit.Check) any{
		"Check": func(c *audit.Check) any { return c.What }, "One way": func(c *audit.Check) any { return c.Left }, "The other": func(c *audit.Check) any { return c.Right }})
	check["Outcome"] = words("holds", "fails")
	leftOut := of(r.Coverage.LeftOut, map[string]func(*audit.LeftOut) any{
		"Subscription and site": func(l *audit.LeftOut) any { return l.Name + " on " + l.Site }, "Known current cost": func(l *audit.LeftOut) any { return l.Current },
		"Reason": func(l *audit.LeftOut) any { return l.Reason.Placed() + "; row " + l.Source.String() }})
	foreign := of(r.Coverage.Foreign, map[string]func(*audit.ForeignTotal) any{
		"Currency": func(f *audit.ForeignTotal) any { return f.Currency }, "Subscriptions": func(f *audit.ForeignTotal) any { return f.Lines },
		"Current": func(f *audit.ForeignTotal) any { return f.Current }, "As is": func(f *audit.ForeignTotal) any { return f.AsIs }})
	settings := r.Run.Policy.Settings()
	setting := cells{"Setting": func(i int) any { return settings[i].Name }, "Value": func(i int) any { return settings[i].Value }}
	n := len(settings)
	out := []meaning{
		{"Data quality", "Level|Place|Remark|What to do", 2, remark, nil},
		{"Files", "File|Read as|Rows read|Used|Excluded|Rejected|Joined|Why excluded|Encoding|Delimiter|SHA-256", 2, file, nil},
		{"PDF/Basis/Input", "Read as|Rows read|Used|Excluded|Rejected|Fingerprint", 2, file, nil},
		{"Method/Rules", "Rule|Question|Status|Findings|Looked at|Clean|What to do about a finding", 2, rule, nil},
		{"PDF/Basis/Questions asked", "Rule|Question|Outcome|Findings|Looked at|Clean", 2, rule, nil},
		{"Method/Policy in force", "Setting|Value", n, setting, nil}, {"PDF/Basis/Settings in force", "Setting|Value", n, setting, nil},
		{"Method/Checks", "Check|One way|The other|Outcome", 2, check, nil},
		{"Summary/In no total", "Subscription and site|Known current cost|Reason", 2, leftOut, nil},
		{"Summary/Other currencies", "Currency|Subscriptions|Current|As is", 2, foreign, nil},
	}
	return append(out, listMeanings(r)...)
}

// sheetNames are the sheets the workbook has beside Read me, which lists them.
var sheetNames = []string{"Summary", "Actions", "Deadlines", "Findings", "Users", "Removals", "Subscriptions", "Sums", "Cash", "Calculations", "Tiers",
	"Price changes", "Billing cycle", "Exceptions", "Data quality", "Files", "Method"}

func listMeanings(r *audit.Result) []meaning {
	grain := map[string]string{}
	for _, s := range Build(r).Workbook {
		grain[s.Name] = s.Grain
	}
	sheets := cells{"Sheet": words(sheetNames...), "What it holds": func(i int) any { return grain[sheetNames[i]] }}
	run := &r.Run
	scope := cells{"label": words("Organisation", "As of", "Currency of the totals", "Complete", "Subscriptions in the totals", "Program", "Run"),
		"value": words(run.Organisation, run.AsOf.Long()+" (assumed: today; set as_of or --as-of to fix it)", string(run.Currency)+", "+run.CurrencyFrom, "yes",
			say(r.Coverage.Counted)+" of "+say(r.Coverage.Active)+" active", run.Tool+" "+run.Version, run.Digest)}
	listed := func(list []pair) cells {
		return cells{"label": func(i int) any { return list[i].label }, "value": func(i int) any { return list[i].value }}
	}
	return []meaning{
		{"Read me/Scope", "label|value", 7, scope, nil},
		{"Read me/Sheets", "Sheet|What it holds", len(sheetNames), sheets, nil},
		{"Read me/How to read it", "label|value", len(legend), listed(legend), nil},
		{"Method/How the figures are computed", "label|value", len(method), listed(method), nil},
	}
}
