package report

import (
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
)

func subscriptionsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Lines {
		l := &r.Lines[i]
		in := "yes"
		if !l.Counted {
			in = "no: " + l.Reason.Placed()
		}
		rows = append(rows, []Cell{T(l.Site), T(l.Type), T(l.Name), T(l.Cycle), D(l.Renewal), OptN(l.Users), given(l.Licensed), OptN(l.Billed), T(tierText(l.Tier)),
			M(l.Current), M(l.Volume), M(l.PriceChanges), M(l.AsIs), M(l.Recommended), OptN(l.RecommendedFor), T(l.RecommendedCycle), T(in), T(l.Together),
			T(l.Key), T(l.Vendor), T(l.Host), T(l.Hosting), T(l.Edition), T(l.Basis), D(l.TermEnd), T(l.UsersFrom), T(l.Discount), T(l.LicenceType), T(l.Owner), T(l.CostCentre), T(l.Entitlement), T(l.Source.String())})
	}
	t := r.Plan.Totals
	total := make([]Cell, 18)
	total[0] = T("Total of the lines in " + string(r.Run.Currency) + " with known cost").Bold()
	for i, a := range []money.Amount{t.Current, t.Volume, t.PriceChanges, t.AsIs, t.Recommended} {
		total[9+i] = M(a).As([...]string{"", "", "", "as_is", "recommended"}[i]).Bold()
	}
	return Sheet{Name: "Subscriptions", Grain: "one row per active subscription in its coming term of twelve months", Table: Table{
		Title: "Subscriptions",
		Columns: append([]Column{{Title: "Site", Width: 12}, {Title: "Type", Width: 9}, {Title: "Name", Width: 28}, {Title: "Cycle", Width: 9}, {Title: "Renewal", Kind: Date, Width: 12}, {Title: "Users", Kind: Count, Width: 9},
			{Title: "Licensed", Kind: Count, Width: 10}, {Title: "Billed for", Kind: Count, Width: 10, Note: "quantity paid for today"}, {Title: "Tier", Width: 13},
			{Title: "Current", Kind: Money, Width: 16}, {Title: "Volume", Kind: Money, Width: 15}, {Title: "Price changes", Kind: Money, Width: 15}, {Title: "As is", Kind: Money, Width: 16}, {Title: "Recommended", Kind: Money, Width: 16},
			{Title: "For users", Kind: Count, Width: 10, Note: "recommended quantity, paid for from the renewal on"}, {Title: "Cycle then", Width: 10, Note: "recommended billing cycle"}, {Title: "In the totals", Width: 20, Wrap: true},
			{Title: "Together", Width: 22, Wrap: true, Note: "how it is paid for with other sites"}},
			aside("Key", "Vendor", "Host", "Hosting", "Edition", "Billing basis", "Term ends", "Users known from", "Discount", "Licence type", "Owner", "Cost centre", "Entitlement", "Row")...),
		Rows: Rows(rows), Total: total}}
}

// aside makes columns that stay off paper.
func aside(titles ...string) []Column {
	var out []Column
	for _, t := range titles {
		c := Column{Title: t, Width: 18, Aside: true}
		if t == "Term ends" {
			c.Kind = Date
		}
		out = append(out, c)
	}
	return out
}

func calculationsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	add := func(l *audit.Line, which string, steps []audit.Step) {
		for i, s := range steps {
			unit, seats := T(""), T("")
			if s.Seats > 0 {
				seats = N(s.Seats)
				unit = X(*s.Unit)
			}
			rows = append(rows, []Cell{T(l.Site), T(l.Name), T(which), N(i + 1), seats, unit, X(s.Amount), T(string(l.Currency)), T(s.Note), T(l.ID)})
		}
	}
	for i := range r.Lines {
		add(&r.Lines[i], "current", r.Lines[i].CurrentSteps)
		add(&r.Lines[i], "as is", r.Lines[i].Steps)
		add(&r.Lines[i], "recommended", r.Lines[i].RecommendedSteps)
	}
	return Sheet{Name: "Calculations", Grain: "one row per step; the steps of a line and way add up to its amount exactly, with every decimal", Table: Table{
		Title: "Calculations",
		Columns: []Column{{Title: "Site", Width: 14}, {Title: "Subscription", Width: 28}, {Title: "Way", Width: 14}, {Title: "Step", Kind: Count, Width: 7}, {Title: "Seats", Kind: Count, Width: 9}, {Title: "Unit price", Kind: Decimal, Width: 14},
			{Title: "Amount", Kind: Decimal, Width: 18}, {Title: "Currency", Width: 9}, {Title: "Note", Width: 70, Wrap: true}, {Title: "Id", Width: 34, Aside: true}},
		Rows: Rows(rows), Empty: "No amount is known."}}
}

func tiersSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Positions {
		p := &r.Positions[i]
		for j := range p.Lines {
			l := &p.Lines[j]
			rows = append(rows, []Cell{T(p.Title), T(l.Site), T(l.Name), T(l.Cycle), N(l.Users), N(l.Billed), T(tierText(&l.Tier)), OptN(l.Headroom), N(l.ToDrop), M(l.Bill), stepCell(l, true), stepCell(l, false), unusedSeats(l), unusedCell(l)})
		}
	}
	return Sheet{Name: "Tiers", Grain: "one row per subscription with a known price, at today's users and prices; amounts are of one bill of its cycle", Table: Table{
		Title: "Tiers",
		Columns: []Column{{Title: "Bundle", Width: 26, Wrap: true}, {Title: "Site", Width: 14, Wrap: true}, {Title: "Subscription", Width: 28}, {Title: "Cycle", Width: 10}, {Title: "Users", Kind: Count, Width: 9}, {Title: "Billed for", Kind: Count, Width: 10}, {Title: "Tier", Width: 15},
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
		quote := "no: " + c.Reason.Placed()
		switch {
		case c.Quotable:
			quote = "yes"
		case !c.Reason.Given():
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
		if c.NotWeighed.Given() {
			monthly, annual = T("not weighed"), T("not weighed")
		}
		rows = append(rows, []Cell{T(c.Title), T(c.Current), M(c.Keep), monthly, annual, T(c.Decided), T(c.NotWeighed.Placed())})
	}
	return Sheet{Name: "Billing cycle", Grain: "one row per bundle: a product and its apps change their cycle together", Lead: []string{"Coming term after the removals of the plan, without quotes."}, Table: Table{
		Title: "Billing cycle",
		Columns: []Column{{Title: "Bundle", Width: 34}, {Title: "Billed today", Width: 13}, {Title: "As billed today", Kind: Money, Width: 18}, {Title: "All monthly", Kind: Money, Width: 18}, {Title: "All annual", Kind: Money, Width: 18}, {Title: "Decided", Width: 11},
			{Title: "Why it is not weighed", Width: 60, Wrap: true}},
		Rows: Rows(rows), Empty: "No bundle is known."}}
}

// exceptionsCost says what the cost of an exception means.
const exceptionsCost = "Costs: what the plan would save more in the coming term if the protected seats were review candidates too. Each exception is on its own: two together may cost more than their sum, where a tier top needs both, or less, where each reaches it alone."

func exceptionState(x *audit.Exception) string {
	switch {
	case x.Ended:
		return "ended"
	case x.Protected+x.Findings+x.LeftOut == 0:
		return "protects nothing"
	}
	return "in force"
}

func exceptionsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Exceptions {
		x := &r.Exceptions[i]
		rows = append(rows, []Cell{T(x.Rule), T(x.Subject), T(x.Reason), T(x.Owner), dateOrBlank(x.Until), T(exceptionState(x)), N(x.Protected), N(x.LeftOut), N(x.Findings), M(x.Cost), T(x.CostUnknown.Placed()), T(x.Source.String())})
	}
	return Sheet{Name: "Exceptions", Grain: "one row per exception", Lead: []string{exceptionsCost}, Table: Table{
		Title: "Exceptions",
		Columns: []Column{{Title: "Rule", Width: 18}, {Title: "Subject", Width: 40}, {Title: "Reason", Width: 40, Wrap: true}, {Title: "Owner", Width: 20}, {Title: "Until", Kind: Date, Width: 12}, {Title: "State", Width: 16}, {Title: "Protected seats", Kind: Count, Width: 12}, {Title: "Left out of its rule", Kind: Count, Width: 12}, {Title: "Findings marked", Kind: Count, Width: 12},
			{Title: "Costs", Kind: Money, Width: 16}, {Title: "Why the cost is not known", Width: 30, Wrap: true}, {Title: "Row", Width: 28}},
		Rows: Rows(rows), Empty: "No exceptions table was read."}}
}

func qualitySheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		rows = append(rows, []Cell{T(d.Level.String()), T(d.Source.String()), T(d.Message), T(d.Fix)})
	}
	return Sheet{Name: "Data quality", Grain: "one row per remark on the input; incomplete: something is missing from the figures", Table: Table{
		Title:   "Data quality",
		Columns: []Column{{Title: "Level", Width: 12}, {Title: "Place", Width: 38}, {Title: "Remark", Width: 80, Wrap: true}, {Title: "What to do", Width: 50, Wrap: true}},
		Rows:    Rows(rows), Empty: "Nothing to remark."}}
}

func filesSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Inputs {
		in := &r.Inputs[i]
		name := in.Path
		if in.Sheet != "" {
			name += "#" + in.Sheet
		}
		rows = append(rows, []Cell{T(name), T(in.Title), N(in.Read), N(in.Used), N(in.ExcludedRows()), N(in.Rejected), N(in.Joined), T(reasons(in)), T(in.Encoding), T(in.Delimiter), T(in.SHA256)})
	}
	return Sheet{Name: "Files", Grain: "one row per file read: rows read = used + excluded + rejected", Table: Table{
		Title: "Files",
		Columns: []Column{{Title: "File", Width: 38}, {Title: "Read as", Width: 28}, {Title: "Rows read", Kind: Count, Width: 10}, {Title: "Used", Kind: Count, Width: 10}, {Title: "Excluded", Kind: Count, Width: 10}, {Title: "Rejected", Kind: Count, Width: 10},
			{Title: "Joined", Kind: Count, Width: 10, Note: "of the used: rows of an account that another row names too"}, {Title: "Why excluded", Width: 34, Wrap: true}, {Title: "Encoding", Width: 16}, {Title: "Delimiter", Width: 10}, {Title: "SHA-256", Width: 66, Aside: true}},
		Rows: Rows(rows), Empty: "No file was read."}}
}

// reasons lists why rows of a file were left out.
func reasons(in *audit.Input) string {
	var out []string
	for _, x := range in.Excluded {
		out = append(out, fmt.Sprintf("%s: %s", x.Reason, money.Count(x.Rows)))
	}
	return strings.Join(out, "; ")
}

func methodSheet(r *audit.Result) Sheet {
	var rules, policy [][]Cell
	for i := range r.Rules {
		s := &r.Rules[i]
		status := s.Status
		if s.Reason.Given() {
			status += ": " + s.Reason.Placed()
		}
		rules = append(rules, []Cell{T(s.ID), T(s.Title), T(status), N(s.Findings), N(s.Subjects), N(s.Clean), T(s.Remediation)})
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
		{Title: "Rules", Columns: []Column{{Title: "Rule", Width: 34}, {Title: "Question", Width: 70, Wrap: true}, {Title: "Status", Width: 30, Wrap: true}, {Title: "Findings", Kind: Count, Width: 10}, {Title: "Looked at", Kind: Count, Width: 10, Note: "products, bundles, subscriptions or apps, as the rule goes"}, {Title: "Clean", Kind: Count, Width: 10, Note: "of them without a finding"}, {Title: "What to do about a finding", Width: 60, Wrap: true}}, Rows: Rows(rules)},
		{Title: "Policy in force", Columns: []Column{{Title: "Setting", Width: 34}, {Title: "Value", Width: 70, Wrap: true}}, Rows: Rows(policy)},
		checksTable(r),
	}}
}

// given shows a number an input may leave out: blank, since nobody needs to
// know it.
func given(n *int) Cell {
	if n == nil {
		return T("")
	}
	return N(*n)
}
