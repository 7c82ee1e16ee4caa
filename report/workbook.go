package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// workbook lists the sheets of the workbook, in the order a licence manager
// reads them. It is the only part of a document that names people.
func workbook(r *audit.Result) []Sheet {
	return []Sheet{
		readMeSheet(r), summarySheet(r), actionsSheet(r), deadlinesSheet(r), findingsSheet(r), usersSheet(r), removalsSheet(r), subscriptionsSheet(r), sumsSheet(r), cashSheet(r),
		calculationsSheet(r), tiersSheet(r), changesSheet(r), cyclesSheet(r), exceptionsSheet(r), qualitySheet(r), filesSheet(r), methodSheet(r),
	}
}

// pairs makes a block of labels and values.
func pairs(title, note string, rows [][]Cell) Table {
	return Table{Title: title, Note: note, Columns: []Column{{Width: 34}, {Width: 70, Wrap: true}}, Rows: Rows(rows)}
}

func readMeSheet(r *audit.Result) Sheet {
	run := r.Run
	asOf := run.AsOf.Long()
	if run.AsOfAssumed {
		asOf += " (assumed: today; set as_of or --as-of to fix it)"
	}
	complete := "yes"
	if !run.Complete {
		complete = "no: see the sheet Data quality for what is missing"
	}
	scope := pairs("Scope", "", [][]Cell{
		{T("Organisation"), T(run.Organisation)}, {T("As of"), T(asOf)},
		{T("Currency of the totals"), T(string(run.Currency) + ", " + run.CurrencyFrom)},
		{T("Complete"), T(complete)},
		{T("Subscriptions in the totals"), T(fmt.Sprintf("%d of %d active", r.Coverage.Counted, r.Coverage.Active))},
		{T("Program"), T(run.Tool + " " + run.Version)}, {T("Run"), T(run.Digest)},
	})
	sheets := Table{Title: "Sheets", Columns: []Column{{Title: "Sheet", Width: 34}, {Title: "One row for each", Width: 70, Wrap: true}}, Rows: Rows([][]Cell{
		{T("Summary"), T("the totals, the bridge and the scenarios")},
		{T("Actions"), T("something to do, with its deadline and what it is worth")},
		{T("Deadlines"), T("day on which something begins, ends or has to be done")},
		{T("Findings"), T("finding of a rule; the amounts overlap, so they are not added up")},
		{T("Users"), T("person, product and site, with class, last use and whether the plan removes the seat")},
		{T("Removals"), T("product and number of removals at which the saving changes")},
		{T("Subscriptions"), T("active subscription, with its cost as is and recommended")},
		{T("Sums"), T("bundle, site, vendor, cost centre and owner, with the lines added up")},
		{T("Cash"), T("month, with the bills that fall due")},
		{T("Calculations"), T("step of the calculation behind each amount")},
		{T("Tiers"), T("subscription, with its position in the tier")},
		{T("Price changes"), T("price change that meets a coming term")},
		{T("Billing cycle"), T("bundle: a product and its apps, monthly against annual")},
		{T("Exceptions"), T("exception, with what it protects")},
		{T("Data quality"), T("remark on the input")},
		{T("Files"), T("file read, with the accounting of its rows")},
		{T("Method"), T("definition, rule, setting and check of a figure that comes about in two ways")},
	})}
	legend := pairs("How to read it", "", [][]Cell{
		{T("unknown"), T("not known; never the same as 0")},
		{T("Hard saving"), T("less money spent than on renewing as is, because less is bought")},
		{T("Avoidance"), T("a price rise not suffered, by a quote made in time; never added to hard saving")},
		{T("Review candidate"), T("a seat nobody has used for a while: somebody to ask about, no verdict")},
		{T("Planning estimate"), T("net of tax, at the prices in the price files; not an invoice")},
	})
	return Sheet{Name: "Read me", Grain: "what this workbook holds", Blocks: []Table{scope, sheets, legend}}
}

func summarySheet(r *audit.Result) Sheet {
	t := r.Plan.Totals
	totals := Table{Title: "Totals for the coming term of twelve months", Columns: []Column{{Title: "Figure", Width: 34}, {Title: "Amount", Kind: Money, Width: 20}, {Title: "Meaning", Width: 70, Wrap: true}}, Rows: Rows([][]Cell{
		{T("Current"), M(t.Current), T("twelve months at today's prices and quantities")},
		{T("Volume"), M(t.Volume), T("what the coming term's quantities change, at today's prices")},
		{T("Price changes"), M(t.PriceChanges), T("what announced prices add")},
		{T("Renew as is"), M(t.AsIs).As("as_is").Bold(), T("current + volume + price changes")},
		{T("Hard saving"), M(t.HardSaving).As("hard_saving"), T("less money spent, because less is bought")},
		{T("Avoidance"), M(t.Avoidance).As("avoidance"), T("price rises not suffered, by quotes made in time")},
		{T("Recommended"), M(t.Recommended).As("recommended").Bold(), T("as is - hard saving - avoidance")},
	})}
	var bridge, scenarios [][]Cell
	for i, b := range r.Plan.Bridge {
		c := M(b.Amount)
		c.Strong = i == 0 || i == len(r.Plan.Bridge)-1
		bridge = append(bridge, []Cell{T(b.Title), c})
	}
	for _, s := range r.Plan.Scenarios {
		scenarios = append(scenarios, []Cell{T(s.Title), M(s.Amount), M(s.Amount.Sub(t.AsIs))})
	}
	blocks := []Table{totals,
		{Title: "Bridge", Note: "Changes are cumulative in this order and add up exactly.", Columns: []Column{{Title: "Step", Width: 34}, {Title: "Amount", Kind: Money, Width: 20}}, Rows: Rows(bridge)},
		{Title: "Scenarios", Columns: []Column{{Title: "Scenario", Width: 34, Wrap: true}, {Title: "Total", Kind: Money, Width: 20}, {Title: "Against as is", Kind: Money, Width: 20}}, Rows: Rows(scenarios)},
		seatsBlock(r), leftOutBlock(r), foreignBlock(r),
	}
	if len(r.Plan.Constraints) > 0 {
		blocks = slices.Insert(blocks, 3, constraintsTable(r))
	}
	return Sheet{Name: "Summary", Grain: "the figures to decide on", Lead: caveats(r), Blocks: blocks}
}

// seatsBlock counts seats per product and class.
func seatsBlock(r *audit.Result) Table {
	columns := []Column{{Title: "Product and site", Width: 34, Wrap: true}, {Title: "Users", Kind: Count, Width: 12}}
	for _, c := range classNames {
		columns = append(columns, Column{Title: c, Kind: Count, Width: 11})
	}
	columns = append(columns, Column{Title: "Candidates", Kind: Count, Width: 12}, Column{Title: "Counted from", Width: 30, Wrap: true})
	var rows [][]Cell
	for i := range r.Seats {
		s := &r.Seats[i]
		rows = append(rows, append(seatCells(s), T(s.From)))
	}
	return Table{Title: "Seats", Columns: columns, Rows: Rows(rows), Empty: "No product is known."}
}

func leftOutBlock(r *audit.Result) Table {
	var rows [][]Cell
	for _, l := range r.Coverage.LeftOut {
		rows = append(rows, []Cell{T(l.Name + " on " + l.Site), M(l.Current), T(l.Reason.Placed() + "; row " + l.Source.String())})
	}
	return Table{Title: "In no total", Columns: []Column{{Title: "Subscription", Width: 34, Wrap: true}, {Title: "Known current cost", Kind: Money, Width: 20}, {Title: "Reason", Width: 70, Wrap: true}},
		Rows: Rows(rows), Empty: "Every active subscription is in the totals."}
}

func foreignBlock(r *audit.Result) Table {
	var rows [][]Cell
	for _, f := range r.Coverage.Foreign {
		rows = append(rows, []Cell{T(string(f.Currency)), N(f.Lines), M(f.Current), M(f.AsIs)})
	}
	return Table{Title: "Other currencies", Note: "Currencies are never added or converted.", Columns: []Column{{Title: "Currency", Width: 34}, {Title: "Lines", Kind: Count, Width: 20}, {Title: "Current", Kind: Money, Width: 20}, {Title: "As is", Kind: Money, Width: 20}},
		Rows: Rows(rows), Empty: "Everything is priced in one currency."}
}

func actionsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Plan.Actions {
		a := &r.Plan.Actions[i]
		rows = append(rows, []Cell{N(a.Number), D(a.Deadline), T(a.Title), T(a.Detail), T(a.Site), T(stepTitle(r, a.Step)), T(classTitle(a.Class)), M(a.Amount),
			N(a.Seats), N(a.People), T(string(a.Confidence)), T(a.Owner), T(a.Reversible), T(numbers(r, a.DependsOn)), T(numbers(r, []string{a.Replaces})), T(strings.Join(a.Rules, ", ")), T(a.ID)})
	}
	return Sheet{Name: "Actions", Grain: "one row per action of the plan; their amounts add up to the savings of the summary", Table: Table{
		Title: "Actions",
		Columns: []Column{{Title: "No", Kind: Count, Width: 6}, {Title: "Deadline", Kind: Date, Width: 12, Note: "the last day to act"}, {Title: "Action", Width: 44, Wrap: true}, {Title: "Detail", Width: 60, Wrap: true},
			{Title: "Site", Width: 14, Wrap: true}, {Title: "Step of the bridge", Width: 16}, {Title: "Class", Width: 13}, {Title: "Worth", Kind: Money, Width: 17, Note: "less cost in the coming term"},
			{Title: "Seats", Kind: Count, Width: 8}, {Title: "People", Kind: Count, Width: 8, Note: "people whose access changes"}, {Title: "How sure", Width: 10}, {Title: "Owner", Width: 18, Wrap: true, Note: "of the subscriptions it changes"}, {Title: "Reversible", Width: 26, Wrap: true}, {Title: "Depends on", Width: 11, Note: "numbers of actions that come first"},
			{Title: "Instead of", Width: 11, Note: "number of the action this one replaces for its line"}, {Title: "Findings", Width: 22, Wrap: true, Aside: true}, {Title: "Id", Width: 36, Aside: true}},
		Rows: Rows(rows), Empty: "There is nothing to do: renewing as is costs least."}}
}

func stepTitle(r *audit.Result, step string) string {
	for _, b := range r.Plan.Bridge {
		if b.Step == step {
			return b.Title
		}
	}
	return step
}

// numbers turns ids of actions into their numbers.
func numbers(r *audit.Result, ids []string) string {
	var out []string
	for _, id := range ids {
		for i := range r.Plan.Actions {
			if r.Plan.Actions[i].ID == id {
				out = append(out, money.Count(r.Plan.Actions[i].Number))
			}
		}
	}
	return strings.Join(out, ", ")
}

func findingsSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for i := range r.Findings {
		f := &r.Findings[i]
		counted := "action " + numbers(r, []string{f.PlanAction})
		if !f.Counted {
			counted = "no: " + f.NotCounted
		}
		rows = append(rows, []Cell{T(f.Severity.String()), T(f.Rule), T(f.Subject), T(f.Title), T(f.Detail), M(f.Amount), T(counted), D(f.By), T(string(f.Confidence) + ": " + f.Why), T(f.Action), T(places(f.Evidence)), T(f.Excepted)})
	}
	return Sheet{Name: "Findings", Grain: "one row per finding; what a finding is worth on its own overlaps with others, so this column has no total", Table: Table{
		Title: "Findings",
		Columns: []Column{{Title: "Severity", Width: 10}, {Title: "Rule", Width: 17}, {Title: "Subject", Width: 28, Wrap: true}, {Title: "Finding", Width: 50, Wrap: true}, {Title: "Detail", Width: 50, Wrap: true},
			{Title: "Worth on its own", Kind: Money, Width: 21}, {Title: "Counted in the plan", Width: 26, Wrap: true}, {Title: "By", Kind: Date, Width: 12}, {Title: "How sure", Width: 28, Wrap: true},
			{Title: "What to do", Width: 36, Wrap: true}, {Title: "Rows it rests on", Width: 30, Wrap: true, Aside: true}, {Title: "Excepted", Width: 16, Wrap: true, Aside: true}},
		Rows: Rows(rows), Empty: "No rule has anything to report."}}
}

// places lists the first rows a finding rests on.
func places(evidence []audit.Evidence) string {
	var out []string
	for _, e := range evidence {
		if len(out) == 6 {
			return strings.Join(out, "; ") + "; ..."
		}
		if e.Source.File != "" {
			out = append(out, e.Source.String())
		}
	}
	return strings.Join(out, "; ")
}

func usersSheet(r *audit.Result) Sheet {
	return Sheet{Name: "Users", Grain: "one row per person, product and site that holds a paid seat", Table: Table{
		Title: "Users",
		Columns: []Column{{Title: "Account id", Width: 44}, {Title: "Name", Width: 26}, {Title: "Address", Width: 32}, {Title: "Site", Width: 14}, {Title: "Product", Width: 24},
			{Title: "Class", Width: 10}, {Title: "Last used", Kind: Date, Width: 12, Note: "never: no activity at all; unknown: no signal"}, {Title: "Idle days", Kind: Count, Width: 10}, {Title: "Band", Width: 9},
			{Title: "Added", Kind: Date, Width: 12}, {Title: "Review order", Kind: Count, Width: 10, Note: "place in the order of removal, longest idle first; blank for seats that are no candidates"},
			{Title: "Plan", Width: 10, Note: "what the plan says about the seat"}, {Title: "Protected by", Width: 30, Wrap: true}, {Title: "Evidence beside it", Width: 36, Wrap: true, Note: "account-wide activity and company sign-ins; they change no class"}, {Title: "Signal", Width: 24, Aside: true}, {Title: "Row", Width: 28, Aside: true}},
		Rows: userRows(r), Empty: "No export with access columns was read, so no seat is known by name."}}
}

// userRows makes the rows while they are written, so that a million of them
// are never held at once.
func userRows(r *audit.Result) iter.Seq[[]Cell] {
	return func(yield func([]Cell) bool) {
		if r.People == nil {
			return
		}
		names := map[[2]string]string{}
		for i := range r.Seats {
			names[[2]string{r.Seats[i].Site, r.Seats[i].Product}] = r.Seats[i].Name
		}
		for p := range r.People {
			if !yield(userRow(&p, names[[2]string{p.Site, p.Product}])) {
				return
			}
		}
	}
}

func userRow(p *audit.SeatRow, product string) []Cell {
	seen := Cell{Kind: Date, Unknown: true}
	idle := Cell{Kind: Text}
	switch {
	case p.Never:
		seen = T("never")
	case !p.LastSeen.IsZero():
		seen = D(p.LastSeen)
	}
	if p.Idle != nil {
		idle = N(*p.Idle)
	}
	rank, plan := Cell{Kind: Text}, "keep"
	switch {
	case p.Remove:
		rank, plan = N(p.Rank), "remove"
	case p.Rank > 0:
		rank, plan = N(p.Rank), "leave"
	}
	return []Cell{T(p.Account), T(p.Name), T(p.Email), T(p.Site), T(product), T(p.Class), seen, idle, T(p.Band), dateOrBlank(p.Added), rank, T(plan), T(p.Protected), T(p.Evidence), T(p.Signal), T(p.Source.String())}
}

func dateOrBlank(d date.Date) Cell {
	if d.IsZero() {
		return T("")
	}
	return D(d)
}
