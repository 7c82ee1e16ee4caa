package xlsx

import (
	"fmt"
	"slices"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/report"
)

func usd(minor int64) report.Cell { return report.M(money.Minor(minor, "USD")) }

func day(s string) report.Cell {
	d, err := date.Parse(s)
	if err != nil {
		panic(err)
	}
	return report.D(d)
}

// fixture is a small workbook with every kind of sheet and cell.
func fixture() *report.Document {
	asOf, _ := date.Parse("2026-11-21")
	return &report.Document{
		Title: "Licence audit", Organisation: "Fish & Chips Ltd", AsOf: asOf, Currency: "USD",
		Complete: true, Branding: config.Branding{Accent: "#1F4E79", Footer: "Internal"},
		Workbook: []report.Sheet{readMe(), summary(), actions(), users(40), apps(), exceptions()},
	}
}

func readMe() report.Sheet {
	facts := [][]report.Cell{
		{report.T("Organisation"), report.T("Fish & Chips Ltd")},
		{report.T("As of"), day("2026-11-21")},
		{report.T("Scope"), report.T("Two sites, three products and eleven apps, from seven files. Service management customers, guests and app accounts hold no seat and are left out, each counted under Data quality.")},
	}
	legend := [][]report.Cell{
		{report.T("unknown"), report.T("A figure that the inputs do not give. It is never counted as 0 and lowers the coverage.")},
		{report.T("Hard saving"), report.T("Money that is no longer spent once the action is done.")},
		{report.T("Avoidance"), report.T("An increase that does not happen, because a quote keeps the price of today.")},
	}
	sheets := [][]report.Cell{
		{report.T("Summary"), report.T("one row per figure"), report.N(7)},
		{report.T("Users"), report.T("one row per person, product and site"), report.N(40)},
	}
	two := []report.Column{{Kind: report.Text, Width: 22}, {Kind: report.Text, Width: 80, Wrap: true}}
	return report.Sheet{
		Name: "Read me", Lead: []string{"What this workbook is, how far it goes and how to read it."},
		Blocks: []report.Table{
			{Title: "This run", Columns: two, Rows: slices.Values(facts)},
			{Title: "Words", Columns: []report.Column{{Title: "Word", Width: 22}, {Title: "Meaning", Width: 80}}, Rows: slices.Values(legend)},
			{Title: "Sheets", Columns: []report.Column{{Title: "Sheet", Width: 22}, {Title: "One row per", Width: 50}, {Title: "Rows", Kind: report.Count, Width: 10}}, Rows: slices.Values(sheets)},
		},
	}
}

func summary() report.Sheet {
	totals := [][]report.Cell{
		{report.T("Current cost of the term"), usd(12_345_678_91), report.P(money.Int(1))},
		{report.T("Volume"), usd(120_00), report.P(money.Ratio(1, 3))},
		{report.T("Price changes"), report.M(money.Amount{}), {Kind: report.Percent, Unknown: true}},
		{report.T("As is").Bold(), usd(12_345_798_91).Bold(), report.P(money.Ratio(1983, 10000)).Bold()},
	}
	bridge := [][]report.Cell{
		{report.T("As is"), usd(12_345_798_91)},
		{report.T("Right-size the tier"), usd(-42_000_00)},
		{report.T("Clean up seats"), usd(-400_00)},
		{report.T("Quotes"), usd(-1)},
	}
	money2 := func(title string) report.Column { return report.Column{Title: title, Kind: report.Money, Width: 20} }
	return report.Sheet{
		Name: "Summary", Lead: []string{"Remove 10 of 30 review candidates by 2026-12-01 and pay 42,400.01 USD less in the coming term."},
		Blocks: []report.Table{
			{Title: "Totals", Note: "Sums of rounded lines; equal in the PDF and in result.json.", Columns: []report.Column{{Title: "Figure", Width: 34}, money2("Amount"), {Title: "Share", Kind: report.Percent}}, Rows: slices.Values(totals)},
			{Title: "From as is to recommended", Columns: []report.Column{{Title: "Step", Width: 34}, money2("Amount")}, Rows: slices.Values(bridge), Total: []report.Cell{report.T("Recommended"), usd(12_303_398_90)}},
			{Title: "Left out", Columns: []report.Column{{Title: "Line", Width: 34}, {Title: "Reason", Width: 60}}, Empty: "No active line is left out of the totals."},
		},
	}
}

func actions() report.Sheet {
	rows := [][]report.Cell{
		{report.N(1), report.T("Remove 10 of 30 review candidates"), report.T("Longest idle first; the other 20 save nothing before 480 users. The app licences of the host follow at the same renewal."), report.N(10), usd(-400_00), report.T("hard saving"), day("2026-12-01")},
		{report.N(2), report.T("Ask for a quote"), report.T("Keeps the price before 2026-10-17."), {Kind: report.Count, Unknown: true}, report.M(money.Minor(-8600, "JPY")), report.T("avoidance"), report.D(date.Date{})},
		{report.N(3), report.T("Decide on the app that has no price"), report.T(""), report.N(0), report.M(money.Amount{}), report.T(""), day("2027-01-15")},
	}
	return report.Sheet{
		Name: "Actions", Grain: "One row per action of the plan.",
		Lead: []string{"Amounts are those of the coming term, and no amount is counted twice."},
		Table: report.Table{
			Title: "Actions",
			Columns: []report.Column{
				{Title: "No.", Kind: report.Count, Width: 6}, {Title: "Action", Width: 34, Wrap: true}, {Title: "Detail", Width: 48, Wrap: true},
				{Title: "Seats", Kind: report.Count, Width: 9}, {Title: "Amount", Kind: report.Money, Width: 18, Note: "Difference of two bills of the coming term; negative is less to pay."},
				{Title: "Class", Width: 14}, {Title: "Deadline", Kind: report.Date, Width: 12, Note: "Last day on which the action still has its full effect."},
			},
			Rows:  slices.Values(rows),
			Total: []report.Cell{report.T("Total"), {}, {}, report.N(10), usd(-400_00), {}, {}},
		},
	}
}

func userRow(i int) []report.Cell {
	last := report.D(date.New(2026, 3, 1+i%28))
	if i%7 == 0 {
		last = report.Cell{Kind: report.Date, Unknown: true}
	}
	return []report.Cell{
		report.T(fmt.Sprintf("712020%06d", i)), report.T(fmt.Sprintf("Person %d Example", i)), report.T(fmt.Sprintf("person.%d@example.com", i)),
		report.T("acme-eng"), report.T("jira-service-management"), report.T([]string{"active", "inactive", "never"}[i%3]), last, report.N(i * 37), report.T("no"),
	}
}

func users(n int) report.Sheet {
	return report.Sheet{
		Name: "Users", Grain: "One row per person, product and site.",
		Lead: []string{"Candidates are up for review, longest idle first; they are not to blame for anything."},
		Table: report.Table{
			Columns: []report.Column{
				{Title: "Account", Width: 20}, {Title: "Name", Width: 22}, {Title: "Email", Width: 28}, {Title: "Site", Width: 14}, {Title: "Product", Width: 24},
				{Title: "Class", Width: 11}, {Title: "Last seen", Kind: report.Date, Width: 12, Note: "Newest activity in the product, from any export."}, {Title: "Idle days", Kind: report.Count, Width: 9}, {Title: "Remove", Width: 9},
			},
			Rows: func(yield func([]report.Cell) bool) {
				for i := 1; i <= n; i++ {
					if !yield(userRow(i)) {
						return
					}
				}
			},
		},
	}
}

// hostile holds texts that a spreadsheet program could run.
func hostile() []string {
	return []string{"=1+1", "+1", "-1", "-1.50", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", `=HYPERLINK("http://example.com","x")`,
		"+1-1", "-2+3+cmd|' /C calc'!A0", "  =1+1", "\u200b=1+1", "'=1+1", "1e5", "-1e5", "-", "a=b", "_x0041_", "O'Brien"}
}

func apps() report.Sheet {
	var rows [][]report.Cell
	for _, s := range hostile() {
		rows = append(rows, []report.Cell{report.T(s), usd(100)})
	}
	return report.Sheet{
		Name: "Apps", Grain: "One row per app.",
		Table: report.Table{
			Columns: []report.Column{{Title: "App", Width: 40}, {Title: "Cost", Kind: report.Money}},
			Rows:    slices.Values(rows), Total: []report.Cell{report.T("=Total"), usd(2400)},
		},
	}
}

func exceptions() report.Sheet {
	return report.Sheet{
		Name: "Exceptions", Grain: "One row per exception.",
		Table: report.Table{Columns: []report.Column{{Title: "Rule", Width: 24}, {Title: "Until", Kind: report.Date}}, Empty: "No exceptions were given."},
	}
}
