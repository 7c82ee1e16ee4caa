package report

import (
	"fmt"

	"tierline/audit"
)

func subscriptionsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Lines {
		l := &r.Lines[i]
		in := "yes"
		if !l.Counted {
			in = "no: " + l.Reason
		}
		rows = append(rows, []Cell{T(l.Site), T(l.Type), T(l.Name), T(l.Key), T(l.Vendor), T(l.Host), T(l.Hosting), T(l.Edition), T(l.Cycle), T(l.Basis), D(l.Renewal), D(l.TermEnd),
			OptN(l.Users), OptN(l.Licensed), OptN(l.Billed), T(tierText(l.Tier)), M(l.Current), M(l.Volume), M(l.PriceChanges), M(l.AsIs), M(l.Recommended), OptN(l.RecommendedFor),
			T(l.RecommendedCycle), T(in), T(l.UsersFrom), T(l.Discount), T(l.LicenceType), T(l.Owner), T(l.CostCentre), T(l.Entitlement), T(l.Source.String())})
	}
	t := r.Plan.Totals
	total := make([]Cell, 31)
	total[0] = T("Total of the lines in " + string(r.Run.Currency) + " with known cost").Bold()
	total[16], total[17], total[18], total[19], total[20] = M(t.Current).Bold(), M(t.Volume).Bold(), M(t.PriceChanges).Bold(), M(t.AsIs).Bold(), M(t.Recommended).Bold()
	return Sheet{Name: "Subscriptions", Grain: "one row per active subscription in its coming term of twelve months", Table: Table{
		Title: "Subscriptions",
		Columns: []Column{{Title: "Site", Width: 14}, {Title: "Type", Width: 9}, {Title: "Name", Width: 28}, {Title: "Key", Width: 26}, {Title: "Vendor", Width: 18}, {Title: "Host", Width: 16}, {Title: "Hosting", Width: 11}, {Title: "Edition", Width: 11},
			{Title: "Cycle", Width: 10}, {Title: "Billing basis", Width: 12}, {Title: "Renewal", Kind: Date, Width: 12}, {Title: "Term ends", Kind: Date, Width: 12}, {Title: "Users", Kind: Count, Width: 9},
			{Title: "Licensed", Kind: Count, Width: 10}, {Title: "Billed for", Kind: Count, Width: 10, Note: "quantity paid for today"}, {Title: "Tier", Width: 15},
			{Title: "Current", Kind: Money, Width: 16}, {Title: "Volume", Kind: Money, Width: 15}, {Title: "Price changes", Kind: Money, Width: 15}, {Title: "As is", Kind: Money, Width: 16}, {Title: "Recommended", Kind: Money, Width: 16},
			{Title: "Recommended for", Kind: Count, Width: 14, Note: "users paid for from the renewal on"}, {Title: "Recommended cycle", Width: 14}, {Title: "In the totals", Width: 26, Wrap: true}, {Title: "Users known from", Width: 26},
			{Title: "Discount", Width: 10}, {Title: "Licence type", Width: 13}, {Title: "Owner", Width: 16}, {Title: "Cost centre", Width: 13}, {Title: "Entitlement", Width: 14}, {Title: "Row", Width: 24}},
		Rows: Rows(rows), Total: total}}
}

func calculationsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	add := func(l *audit.Line, which string, steps []audit.Step) {
		for i, s := range steps {
			unit, seats := T(""), T("")
			if s.Seats > 0 {
				seats = N(s.Seats)
				unit = T(s.Unit.Decimal(2))
			}
			rows = append(rows, []Cell{T(l.Site), T(l.Name), T(which), N(i + 1), seats, unit, T(s.Amount.Decimal(2)), T(string(l.Currency)), T(s.Note), T(l.ID)})
		}
	}
	for i := range r.Lines {
		add(&r.Lines[i], "as is", r.Lines[i].Steps)
		add(&r.Lines[i], "recommended", r.Lines[i].RecommendedSteps)
	}
	return Sheet{Name: "Calculations", Grain: "one row per step; the steps of a line and way add up to its amount exactly, with every decimal", Table: Table{
		Title: "Calculations",
		Columns: []Column{{Title: "Site", Width: 14}, {Title: "Subscription", Width: 28}, {Title: "Way", Width: 14}, {Title: "Step", Kind: Count, Width: 7}, {Title: "Seats", Kind: Count, Width: 9}, {Title: "Unit price", Width: 14},
			{Title: "Amount", Width: 18}, {Title: "Currency", Width: 9}, {Title: "Note", Width: 70, Wrap: true}, {Title: "Id", Width: 34}},
		Rows: Rows(rows), Empty: "No amount is known."}}
}

func tiersSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Positions {
		p := &r.Positions[i]
		for j := range p.Lines {
			l := &p.Lines[j]
			rows = append(rows, []Cell{T(p.Title), T(l.Name), T(l.Cycle), N(l.Users), N(l.Billed), T(tierText(&l.Tier)), OptN(l.Headroom), N(l.ToDrop), M(l.Bill), stepCell(l, true), stepCell(l, false), unusedSeats(l), unusedCell(l)})
		}
	}
	return Sheet{Name: "Tiers", Grain: "one row per subscription with a known price, at today's users and prices; amounts are of one bill of its cycle", Table: Table{
		Title: "Tiers",
		Columns: []Column{{Title: "Bundle", Width: 26}, {Title: "Subscription", Width: 28}, {Title: "Cycle", Width: 10}, {Title: "Users", Kind: Count, Width: 9}, {Title: "Billed for", Kind: Count, Width: 10}, {Title: "Tier", Width: 15},
			{Title: "Headroom", Kind: Count, Width: 10, Note: "users that still fit below the top"}, {Title: "To drop", Kind: Count, Width: 9, Note: "users to remove to fall below the tier"}, {Title: "Bill", Kind: Money, Width: 16},
			{Title: "Step up", Kind: Money, Width: 15, Note: "what the first user above the top costs"}, {Title: "Step down", Kind: Money, Width: 15, Note: "what falling to the tier below saves"},
			{Title: "Unused seats", Kind: Count, Width: 11}, {Title: "Unused capacity", Kind: Money, Width: 16, Note: "paid for and not used: an opportunity, no saving of the plan"}},
		Rows: Rows(rows), Empty: "No price is known."}}
}

// stepCell shows a step, or why there is none.
func stepCell(l *audit.LinePosition, up bool) Cell {
	switch {
	case up && l.Tier.To == nil:
		return T("no limit")
	case !up && l.Tier.From <= 1:
		return T("first tier")
	case up:
		return M(l.Step)
	}
	return M(l.StepDown)
}

func unusedSeats(l *audit.LinePosition) Cell {
	if !l.Unused.Known() {
		return T("")
	}
	return N(l.UnusedSeats)
}

// unusedCell shows the unused capacity, blank where users are paid for one by one.
func unusedCell(l *audit.LinePosition) Cell {
	if !l.Unused.Known() {
		return T("by the user")
	}
	return M(l.Unused)
}

func changesSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Changes {
		c := &r.Changes[i]
		quote := "no: " + c.Reason
		switch {
		case c.Quotable:
			quote = "yes"
		case c.Reason == "":
			quote = "no"
		}
		rows = append(rows, []Cell{D(c.Effective), dateOrBlank(c.Announced), T(c.Site), T(c.Name), M(c.Old), M(c.New), T(c.Change), dateOrBlank(c.Renewal), T(quote), dateOrBlank(c.QuoteFrom), dateOrBlank(c.QuoteBy), M(c.ThisTerm), M(c.NextTerm), T(c.Source.String())})
	}
	return Sheet{Name: "Price changes", Grain: "one row per price change that meets a coming term; bills at today's quantity", Table: Table{
		Title: "Price changes",
		Columns: []Column{{Title: "Effective", Kind: Date, Width: 12}, {Title: "Announced", Kind: Date, Width: 12}, {Title: "Site", Width: 14}, {Title: "Subscription", Width: 28}, {Title: "Old bill", Kind: Money, Width: 16}, {Title: "New bill", Kind: Money, Width: 16},
			{Title: "Change", Width: 10}, {Title: "Renewal", Kind: Date, Width: 12}, {Title: "Quote keeps the old price", Width: 34, Wrap: true}, {Title: "Quote from", Kind: Date, Width: 12}, {Title: "Quote by", Kind: Date, Width: 12},
			{Title: "This term", Kind: Money, Width: 16, Note: "what it adds to the coming term, as is"}, {Title: "A whole term", Kind: Money, Width: 16, Note: "what it adds to twelve months at the new price"}, {Title: "Row", Width: 24}},
		Rows: Rows(rows), Empty: "No price change meets a coming term."}}
}

func cyclesSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Cycles {
		c := &r.Cycles[i]
		monthly, annual := M(c.Monthly), M(c.Annual)
		if c.NotWeighed != "" {
			monthly, annual = T("not weighed"), T("not weighed")
		}
		rows = append(rows, []Cell{T(c.Title), T(c.Current), M(c.Keep), monthly, annual, T(c.Decided), T(c.NotWeighed)})
	}
	return Sheet{Name: "Billing cycle", Grain: "one row per bundle: a product and its apps change their cycle together", Lead: []string{"Coming term after the removals of the plan, without quotes."}, Table: Table{
		Title: "Billing cycle",
		Columns: []Column{{Title: "Bundle", Width: 34}, {Title: "Billed today", Width: 13}, {Title: "As billed today", Kind: Money, Width: 18}, {Title: "All monthly", Kind: Money, Width: 18}, {Title: "All annual", Kind: Money, Width: 18}, {Title: "Decided", Width: 11},
			{Title: "Why it is not weighed", Width: 60, Wrap: true}},
		Rows: Rows(rows), Empty: "No bundle is known."}}
}

func exceptionsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Exceptions {
		x := &r.Exceptions[i]
		state := "in force"
		switch {
		case x.Ended:
			state = "ended"
		case x.Protected == 0:
			state = "protects no seat"
		}
		rows = append(rows, []Cell{T(x.Rule), T(x.Subject), T(x.Reason), T(x.Owner), dateOrBlank(x.Until), T(state), N(x.Protected), T(x.Source.String())})
	}
	return Sheet{Name: "Exceptions", Grain: "one row per exception", Table: Table{
		Title:   "Exceptions",
		Columns: []Column{{Title: "Rule", Width: 18}, {Title: "Subject", Width: 40}, {Title: "Reason", Width: 40, Wrap: true}, {Title: "Owner", Width: 20}, {Title: "Until", Kind: Date, Width: 12}, {Title: "State", Width: 16}, {Title: "Protected seats", Kind: Count, Width: 12}, {Title: "Row", Width: 28}},
		Rows:    Rows(rows), Empty: "No exceptions table was read."}}
}

func qualitySheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		rows = append(rows, []Cell{T(d.Level.String()), T(d.Source.String()), T(d.Message), T(d.Fix)})
	}
	for i := range r.Inputs {
		in := &r.Inputs[i]
		name := in.Path
		if in.Sheet != "" {
			name += "#" + in.Sheet
		}
		rows = append(rows, []Cell{T("accounting"), T(name), T(accounting(in)), T(in.Title)})
	}
	return Sheet{Name: "Data quality", Grain: "one row per remark on the input, then one per file: rows read = used + excluded + rejected", Table: Table{
		Title:   "Data quality",
		Columns: []Column{{Title: "Level", Width: 12}, {Title: "Place", Width: 38}, {Title: "Remark", Width: 80, Wrap: true}, {Title: "What to do, or what it was read as", Width: 50, Wrap: true}},
		Rows:    Rows(rows), Empty: "Nothing to remark."}}
}

// accounting says what became of the rows of a file.
func accounting(in *audit.Input) string {
	text := fmt.Sprintf("%s read = %s used + %s excluded + %s rejected", count(in.Read), count(in.Used), count(in.ExcludedRows()), count(in.Rejected))
	if in.Joined > 0 {
		text += fmt.Sprintf("; %s joined to an account already named", plural(in.Joined, "row"))
	}
	for _, x := range in.Excluded {
		text += fmt.Sprintf("; %s: %s", x.Reason, count(x.Rows))
	}
	return text
}

func methodSheet(r *audit.Result) Sheet {
	var rules, policy [][]Cell
	for i := range r.Rules {
		s := &r.Rules[i]
		status := s.Status
		if s.Reason != "" {
			status += ": " + s.Reason
		}
		rules = append(rules, []Cell{T(s.ID), T(s.Title), T(status), N(s.Findings), T(s.Remediation)})
	}
	for _, s := range r.Run.Policy {
		policy = append(policy, []Cell{T(s.Name), T(s.Value)})
	}
	var how [][]Cell
	for _, p := range method {
		how = append(how, []Cell{T(p[0]), T(p[1])})
	}
	return Sheet{Name: "Method", Grain: "how the figures come about", Blocks: []Table{
		pairs("How the figures are computed", "", how),
		{Title: "Rules", Columns: []Column{{Title: "Rule", Width: 34}, {Title: "Question", Width: 70, Wrap: true}, {Title: "Status", Width: 30, Wrap: true}, {Title: "Findings", Kind: Count, Width: 10}, {Title: "What to do about a finding", Width: 60, Wrap: true}}, Rows: Rows(rules)},
		{Title: "Policy in force", Columns: []Column{{Title: "Setting", Width: 34}, {Title: "Value", Width: 70, Wrap: true}}, Rows: Rows(policy)},
	}}
}
