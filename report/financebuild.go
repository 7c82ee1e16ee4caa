package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
)

// finance makes the content of the PDF. Nothing of it comes from a field that
// may hold a person: no account, exception, owner, reason, note, file name or
// diagnostic is used, and the rules that name people in their evidence give
// only their counts.
func finance(r *audit.Result) Finance {
	return Finance{
		Headline:  headline(r),
		Facts:     facts(r),
		Decisions: []Table{decisions(r)},
		Caveats:   caveats(r),
		Bridge:    bridge(r),
		Sections: []Section{
			actionsSection(r), deadlinesSection(r), scenariosSection(r), sumsSection(r), linesSection(r), cashSection(r), laddersSection(r), changesSection(r), cyclesSection(r), seatsSection(r), basisSection(r),
		},
	}
}

// headline is the recommendation in one sentence.
func headline(r *audit.Result) string {
	t := r.Plan.Totals
	seats, quotes, switches, once, smaller := 0, 0, 0, 0, 0
	for i := range r.Plan.Actions {
		a := &r.Plan.Actions[i]
		seats += a.Seats
		switch a.Step {
		case "quotes":
			if !paidOnce(r, a.Line) {
				quotes++
			}
		case "multi_instance":
			once++
		case "billing_cycle":
			switches++
		case "right_size":
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
	if len(how) == 0 {
		if t.AsIs == t.Recommended {
			return fmt.Sprintf("Renew as is for %s: nothing in the inputs makes a cheaper renewal.", amount(t.AsIs))
		}
		how = append(how, "renew at the tiers the users need")
	}
	text := strings.ToUpper(how[0][:1]) + how[0][1:]
	if len(how) > 1 {
		text += ", " + strings.Join(how[1:], ", ")
		text = strings.Replace(text, ", "+how[len(how)-1], " and "+how[len(how)-1], 1)
	}
	return fmt.Sprintf("%s: the coming term then costs %s instead of %s.", text, amount(t.Recommended), amount(t.AsIs))
}

// paidOnce reports whether the plan pays for a line together with other sites,
// so that no quote of its own is needed.
func paidOnce(r *audit.Result, line string) bool {
	return slices.ContainsFunc(r.Plan.Actions, func(a audit.Action) bool {
		return a.Step == "multi_instance" && slices.ContainsFunc(a.Lines, func(l audit.ActionLine) bool { return l.Line == line })
	})
}

func facts(r *audit.Result) []Fact {
	t := r.Plan.Totals
	out := []Fact{
		{"Renew as is", M(t.AsIs).As("as_is"), "the coming twelve months, same tiers and cycles"},
		{"Recommended", M(t.Recommended).As("recommended").Bold(), "the same needs, bought for the users there are"},
		{"Hard saving", M(t.HardSaving).As("hard_saving"), "less money spent, because less is bought"},
		{"Avoidance", M(t.Avoidance).As("avoidance"), "price rises not suffered, by quotes in time"},
	}
	if d, ok := r.NextDeadline(); ok {
		out = append(out, Fact{"Next deadline", D(d.Date), daysAway(d.Date, r.Run.AsOf) + ": " + d.What})
	}
	return out
}

// caveats say what the totals leave out or take for granted.
func caveats(r *audit.Result) []string {
	var out []string
	if !r.Run.Complete {
		n := 0
		for i := range r.Diagnostics {
			if r.Diagnostics[i].Level.String() == "incomplete" {
				n++
			}
		}
		out = append(out, fmt.Sprintf("This audit is incomplete: %s on the input, listed in the workbook under Data quality.", money.Plural(n, "problem")))
	}
	c := r.Coverage
	if c.Counted < c.Active {
		text := fmt.Sprintf("The totals hold %d of %d active subscriptions.", c.Counted, c.Active)
		if c.LeftOutCurrent.Sign() > 0 {
			text += fmt.Sprintf(" Those left out cost at least %s today.", amount(c.LeftOutCurrent))
		}
		out = append(out, text)
	}
	if c.SubscriptionsRefused > 0 {
		out = append(out, fmt.Sprintf("%s of the subscriptions table could not be read: %d of %d are audited.", money.Plural(c.SubscriptionsRefused, "row"), c.Subscriptions-c.SubscriptionsRefused, c.Subscriptions))
	}
	for _, f := range c.Foreign {
		out = append(out, fmt.Sprintf("%s priced in %s, %s as is, in no total: currencies are never converted.", money.Plural(f.Lines, "subscription"), f.Currency, amount(f.AsIs)))
	}
	return out
}

// decisions is the short table of the first page.
func decisions(r *audit.Result) Table {
	var rows [][]Cell
	for i := range r.Plan.Actions {
		a := &r.Plan.Actions[i]
		rows = append(rows, []Cell{N(a.Number), T(a.Title), D(a.Deadline), T(classTitle(a.Class)), M(a.Amount)})
	}
	t := r.Plan.Totals
	return Table{Title: "Actions to approve", Columns: []Column{{Title: "No", Kind: Count, Width: 4}, {Title: "Action", Width: 60, Wrap: true}, {Title: "By", Kind: Date, Width: 12}, {Title: "Class", Width: 12}, {Title: "Worth", Kind: Money, Width: 16}},
		Rows: Rows(rows), Total: []Cell{T(""), T("Hard saving " + t.HardSaving.Grouped() + " and avoidance " + t.Avoidance.Grouped()).Bold()},
		Empty: "There is nothing to do: renewing as is costs least."}
}

func bridge(r *audit.Result) Bridge {
	b := Bridge{Title: "From renewing as is to the recommendation, " + string(r.Run.Currency)}
	last := len(r.Plan.Bridge) - 1
	for i, s := range r.Plan.Bridge {
		bar := BridgeBar{Label: s.Title, Amount: s.Amount, Total: i == 0 || i == last}
		if !bar.Total {
			if s.Amount.Sign() == 0 {
				continue
			}
			bar.Class = "hard_saving"
			if s.Step == "quotes" {
				bar.Class = "avoidance"
			}
			if s.Amount.Sign() > 0 {
				bar.Class = ""
			}
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

func actionsSection(r *audit.Result) Section {
	var rows [][]Cell
	for i := range r.Plan.Actions {
		a := &r.Plan.Actions[i]
		touch := "-"
		if a.Seats > 0 {
			touch = people(a.People)
		}
		detail := a.Detail
		if deps := numbers(r, a.DependsOn); deps != "" {
			detail += " After action " + deps + "."
		}
		if instead := numbers(r, []string{a.Replaces}); instead != "" {
			detail += " For this line it takes the place of action " + instead + "."
		}
		rows = append(rows, []Cell{N(a.Number), D(a.Deadline), T(a.Title + ". " + detail), T(touch), T(a.Reversible), T(classTitle(a.Class)), M(a.Amount)})
	}
	return Section{Title: "Actions and dates", Lead: []string{"An action's worth is its part of the bridge; the parts add up. Hard saving is money not spent because less is bought; avoidance is a price rise not suffered. The two are not the same and are not added in the totals."},
		Tables: []Table{{Columns: []Column{{Title: "No", Kind: Count, Width: 4}, {Title: "By", Kind: Date, Width: 11}, {Title: "Action", Width: 74, Wrap: true}, {Title: "Touches", Width: 9, Wrap: true}, {Title: "Reversible", Width: 13, Wrap: true}, {Title: "Class", Width: 11}, {Title: "Worth", Kind: Money, Width: 14}},
			Rows: Rows(rows), Empty: "There is nothing to do: renewing as is costs least."}}}
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return money.Count(n) + " people"
}

func scenariosSection(r *audit.Result) Section {
	t := r.Plan.Totals
	var rows [][]Cell
	for _, s := range r.Plan.Scenarios {
		name := T(s.Title)
		name.Strong = s.ID == "recommended"
		rows = append(rows, []Cell{name, M(s.Amount), M(s.Amount.Sub(t.AsIs))})
	}
	build := [][]Cell{
		{T("Current: twelve months at today's prices and quantities"), M(t.Current)},
		{T("Volume: what the coming term's quantities change"), M(t.Volume)},
		{T("Price changes announced in the inputs"), M(t.PriceChanges)},
	}
	s := Section{Title: "Baseline and scenarios", Lead: []string{"The baseline is what the same subscriptions cost if they renew as they are, with planned users and announced prices. Each subscription counts with its own term of twelve months from its renewal."},
		Tables: []Table{
			{Title: "How the baseline comes about", Columns: []Column{{Title: "Part", Width: 60, Wrap: true}, {Title: "Amount", Kind: Money, Width: 18}}, Rows: Rows(build), Total: []Cell{T("Renew as is").Bold(), M(t.AsIs).Bold()}},
			{Title: "Scenarios", Columns: []Column{{Title: "Scenario", Width: 60, Wrap: true}, {Title: "Total", Kind: Money, Width: 18}, {Title: "Against as is", Kind: Money, Width: 18}}, Rows: Rows(rows)},
		}}
	if len(r.Plan.Constraints) > 0 {
		s.Tables = append(s.Tables, constraintsTable(r))
	}
	return s
}

func deadlinesSection(r *audit.Result) Section {
	return Section{Title: "Dates", Tables: []Table{deadlinesTable(r)}}
}

// sumsSection adds up what finance plans by. Vendors are companies; cost
// centres and owners are free text that may hold a person, so they stay in the
// workbook, but for owners where policy says that they are teams.
func sumsSection(r *audit.Result) Section {
	s := Section{Title: "Where the money goes", Lead: []string{"Each table holds every subscription of the totals once, so each adds up to them."}}
	for _, w := range sumWays {
		switch {
		case w.by == "cost_centre", w.by == "owner" && setting(r, "print_owners") != "yes":
			continue
		}
		s.Tables = append(s.Tables, sumTable(r, w.by, w.title))
	}
	return s
}

func cashSection(r *audit.Result) Section {
	return Section{Title: "Cash in the coming 24 months", Lead: cashLead(r), Cash: cashChart(r), Tables: []Table{cashTable(r)}}
}

// linesSection lists every subscription, so that the totals can be added up.
func linesSection(r *audit.Result) Section {
	var rows [][]Cell
	for i := range r.Lines {
		l := &r.Lines[i]
		name := l.Name + ", " + l.Site
		if l.Together != "" {
			name += " (" + l.Together + ")"
		}
		rows = append(rows, []Cell{T(name), T(l.Cycle), D(l.Renewal), OptN(l.Billed), M(l.Current), M(l.AsIs), M(l.Recommended)})
	}
	t := r.Plan.Totals
	return Section{Title: "Subscriptions", Lead: []string{"Every active subscription with its coming term of twelve months. Amounts that are unknown are in no total."},
		Tables: []Table{{Columns: []Column{{Title: "Subscription", Width: 40, Wrap: true}, {Title: "Cycle", Width: 9}, {Title: "Renewal", Kind: Date, Width: 12}, {Title: "Paid for", Kind: Count, Width: 9}, {Title: "Current", Kind: Money, Width: 14}, {Title: "As is", Kind: Money, Width: 14}, {Title: "Recommended", Kind: Money, Width: 14}},
			Rows: Rows(rows), Total: []Cell{T("Total").Bold(), T(""), T(""), T(""), M(t.Current).Bold(), M(t.AsIs).As("as_is").Bold(), M(t.Recommended).As("recommended").Bold()}, Empty: "No active subscription."}}}
}

func laddersSection(r *audit.Result) Section {
	s := Section{Title: "Where the user counts stand", Lead: []string{"Annual prices climb in steps, and every linked app climbs with its product. Each rung is twelve months of the product and its linked apps at today's prices."}}
	for i := range r.Positions {
		p := &r.Positions[i]
		if len(p.Ladder) < 2 {
			continue
		}
		l := Ladder{Title: p.Title, Users: p.LadderUsers, Paid: p.LadderPaid, Note: p.LadderNote}
		for _, g := range p.Ladder {
			rung := Rung{From: g.Tier.From, Amount: g.Amount, Here: g.Here, Target: g.Target}
			if g.Tier.To != nil {
				rung.To = *g.Tier.To
			}
			l.Rungs = append(l.Rungs, rung)
		}
		s.Ladder = append(s.Ladder, l)
	}
	s.Tables = []Table{positionsTable(r)}
	return s
}

func positionsTable(r *audit.Result) Table {
	var rows [][]Cell
	for i := range r.Positions {
		p := &r.Positions[i]
		for j := range p.Lines {
			l := &p.Lines[j]
			if l.Cycle != "annual" {
				continue
			}
			rows = append(rows, []Cell{T(l.Name + ", " + l.Site), N(l.Users), T(tierText(&l.Tier)), OptN(l.Headroom), N(l.ToDrop), stepCell(l, true), unusedCell(l)})
		}
	}
	return Table{Title: "Annual subscriptions in their tiers", Note: "Step up is what the first user above the top costs. Unused capacity is paid for and not used: an opportunity, not a saving of the plan.",
		Columns: []Column{{Title: "Subscription", Width: 36, Wrap: true}, {Title: "Users", Kind: Count, Width: 8}, {Title: "Tier", Width: 13}, {Title: "Headroom", Kind: Count, Width: 10}, {Title: "To drop", Kind: Count, Width: 8}, {Title: "Step up", Kind: Money, Width: 14}, {Title: "Unused capacity", Kind: Money, Width: 15}},
		Rows:    Rows(rows), Empty: "No annual subscription has a known price."}
}

func changesSection(r *audit.Result) Section {
	var rows [][]Cell
	for i := range r.Changes {
		c := &r.Changes[i]
		quote := T("no")
		if c.Quotable {
			quote = T(c.QuoteFrom.Short() + " to " + c.QuoteBy.Short())
		} else if c.Reason.Given() {
			quote = T("no: " + c.Reason.Text)
		}
		rows = append(rows, []Cell{D(c.Effective), T(c.Name + ", " + c.Site), M(c.Old), M(c.New), T(c.Change), dateOrBlank(c.Renewal), quote, M(c.ThisTerm), M(c.NextTerm)})
	}
	return Section{Title: "Price changes", Lead: []string{"A quote made inside its window keeps the old price for the renewal. Old and new are one bill at today's quantity; exposure is what the change adds to the coming term as is, and to a whole term."},
		Tables: []Table{{Columns: []Column{{Title: "From", Kind: Date, Width: 11}, {Title: "Subscription", Width: 24, Wrap: true}, {Title: "Old bill", Kind: Money, Width: 13}, {Title: "New bill", Kind: Money, Width: 13}, {Title: "Change", Width: 8}, {Title: "Renewal", Kind: Date, Width: 11}, {Title: "Quote window", Width: 16, Wrap: true}, {Title: "This term", Kind: Money, Width: 12}, {Title: "Whole term", Kind: Money, Width: 12}},
			Rows: Rows(rows), Empty: "No price change in the inputs meets a coming term."}}}
}

func cyclesSection(r *audit.Result) Section {
	var rows [][]Cell
	for i := range r.Cycles {
		c := &r.Cycles[i]
		monthly, annual, decided := M(c.Monthly), M(c.Annual), T(c.Decided)
		if c.NotWeighed.Given() {
			monthly, annual, decided = T("not weighed"), T("not weighed"), T("keep: "+c.NotWeighed.Text)
		}
		rows = append(rows, []Cell{T(c.Title), T(c.Current), M(c.Keep), monthly, annual, decided})
	}
	return Section{Title: "Billing cycle", Lead: []string{"An app is billed in the cycle of its product, so they change together. Annual billing costs ten months of the price at the top of the tier; just above a top, twelve monthly bills can cost less. Figures are the coming term after the planned removals, without quotes."},
		Tables: []Table{{Columns: []Column{{Title: "Product and its apps", Width: 28, Wrap: true}, {Title: "Today", Width: 9}, {Title: "As billed today", Kind: Money, Width: 15}, {Title: "All monthly", Kind: Money, Width: 15}, {Title: "All annual", Kind: Money, Width: 15}, {Title: "Decided", Width: 24, Wrap: true}},
			Rows: Rows(rows), Empty: "No product is known."}}}
}

// seatsSection shows idle bands without any name.
func seatsSection(r *audit.Result) Section {
	limit := setting(r, "inactive_after_days")
	s := Section{Title: "Use of seats", Lead: []string{
		fmt.Sprintf("Days since the last page view of the product, per paid seat. Seats idle for %s days or more and seats never used are review candidates: people to ask about, since work through the API, by mail or in a client does not show. Seats that are new or unknown are never candidates, nor are those protected by an exception, of people on leave or of service accounts.", limit),
	}}
	days, _ := strconv.Atoi(limit)
	var rows [][]Cell
	for i := range r.Seats {
		p := &r.Seats[i]
		rows = append(rows, seatCells(p))
		switch {
		case len(p.Bands) > 0 && p.Users != nil && *p.Users > 0:
			s.Bars = append(s.Bars, histogram(p, p.Bands, days, money.Plural(*p.Users, "seat")+", "+money.Plural(p.Candidates, "review candidate")))
		case len(p.AccountBands) > 0:
			s.Bars = append(s.Bars, histogram(p, p.AccountBands, days, "accounts of a list without access: how many of them are seats is not known"))
		}
	}
	s.Tables = []Table{{Title: "Seats by class", Columns: []Column{{Title: "Product", Width: 34, Wrap: true}, {Title: "Users", Kind: Count, Width: 8}, {Title: "Active", Kind: Count, Width: 8}, {Title: "New", Kind: Count, Width: 7}, {Title: "Inactive", Kind: Count, Width: 8}, {Title: "Never", Kind: Count, Width: 7}, {Title: "Excepted", Kind: Count, Width: 8}, {Title: "On leave", Kind: Count, Width: 8}, {Title: "Service", Kind: Count, Width: 8}, {Title: "Unknown", Kind: Count, Width: 8}, {Title: "Review", Kind: Count, Width: 8}},
		Rows: Rows(rows), Empty: "No user export was read."},
		{Title: "What removals are worth", Note: "Review candidates of one product, longest idle first, in the coming term; everything else as planned, before anything is paid once for several sites.", Columns: removalColumns, Rows: Rows(removalRows(r)), Empty: removalEmpty}}
	if len(r.Exceptions) > 0 {
		s.Tables = append(s.Tables, exceptionsTable(r))
	}
	return s
}

// exceptionsTable shows what is left alone on purpose and what that costs. The
// subject, reason and owner of an exception may name a person, so a row is named
// by its line in the table.
func exceptionsTable(r *audit.Result) Table {
	var rows [][]Cell
	for i := range r.Exceptions {
		x := &r.Exceptions[i]
		rule := "unknown rule"
		if x.Rule == "*" {
			rule = "every rule"
		} else if slices.ContainsFunc(r.Rules, func(s audit.RuleStatus) bool { return s.ID == x.Rule }) {
			rule = x.Rule
		}
		rows = append(rows, []Cell{T(fmt.Sprintf("line %d, %s", x.Source.Line, rule)), dateOrBlank(x.Until), T(exceptionState(x)), N(x.Protected), N(x.LeftOut), N(x.Findings), M(x.Cost)})
	}
	return Table{Title: "Exceptions", Note: exceptionsCost, Columns: []Column{{Title: "Exception", Width: 30, Wrap: true}, {Title: "Until", Kind: Date, Width: 11}, {Title: "State", Width: 14, Wrap: true}, {Title: "Protected seats", Kind: Count, Width: 9},
		{Title: "Left out", Kind: Count, Width: 8}, {Title: "Findings marked", Kind: Count, Width: 9}, {Title: "Costs", Kind: Money, Width: 14}}, Rows: Rows(rows)}
}

// bandStarts are the first days of the bands, in their order.
var bandStarts = []int{0, 30, 60, 90, 180}

func histogram(p *audit.ProductSeats, bands []audit.Counted, limit int, note string) Histogram {
	h := Histogram{Title: p.Name + " on " + p.Site, Note: note}
	for i, b := range bands {
		review := b.Label == "never" || i < len(bandStarts) && bandStarts[i] >= limit
		h.Bars = append(h.Bars, Bar{Label: b.Label, Count: b.Count, Review: review})
	}
	return h
}

func setting(r *audit.Result, name string) string {
	i := slices.IndexFunc(r.Run.Policy, func(s audit.Setting) bool { return s.Name == name })
	if i < 0 {
		return ""
	}
	return r.Run.Policy[i].Value
}

// basisSection says what the figures rest on: method, settings, input. Files
// are named by their format, since a file's name may hold a person's.
func basisSection(r *audit.Result) Section {
	s := Section{Title: "Basis"}
	for _, m := range method {
		s.Lead = append(s.Lead, m[0]+": "+m[1])
	}
	var inputs, rules, policy [][]Cell
	for i := range r.Inputs {
		in := &r.Inputs[i]
		inputs = append(inputs, []Cell{T(in.Title), N(in.Read), N(in.Used), N(in.ExcludedRows()), N(in.Rejected), T(short(in.SHA256))})
	}
	for i := range r.Rules {
		status := r.Rules[i].Status
		if r.Rules[i].Reason.Given() {
			status += ": " + r.Rules[i].Reason.Text
		}
		rules = append(rules, []Cell{T(r.Rules[i].ID), T(r.Rules[i].Title), T(status), N(r.Rules[i].Findings), N(r.Rules[i].Subjects), N(r.Rules[i].Clean)})
	}
	for _, p := range r.Run.Policy {
		policy = append(policy, []Cell{T(p.Name), T(p.Value)})
	}
	s.Tables = []Table{
		{Title: "Input", Columns: []Column{{Title: "What", Width: 36, Wrap: true}, {Title: "Rows read", Kind: Count, Width: 10}, {Title: "Used", Kind: Count, Width: 9}, {Title: "Excluded", Kind: Count, Width: 9}, {Title: "Rejected", Kind: Count, Width: 9}, {Title: "Fingerprint", Width: 14}}, Rows: Rows(inputs)},
		{Title: "Questions asked", Columns: []Column{{Title: "Rule", Width: 18}, {Title: "Question", Width: 50, Wrap: true}, {Title: "Status", Width: 20, Wrap: true}, {Title: "Findings", Kind: Count, Width: 9}, {Title: "Looked at", Kind: Count, Width: 9}, {Title: "Clean", Kind: Count, Width: 8}}, Rows: Rows(rules)},
		{Title: "Settings in force", Columns: []Column{{Title: "Setting", Width: 28}, {Title: "Value", Width: 70, Wrap: true}}, Rows: Rows(policy)},
	}
	return s
}

func short(sum string) string { return sum[:min(len(sum), 12)] }
