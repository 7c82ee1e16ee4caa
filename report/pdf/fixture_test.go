package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/report"
)

// cents returns an amount of a currency in minor units.
func cents(n int64, c money.Currency) money.Amount { return money.Minor(n, c) }

// richDocument is a document of an organisation that is larger and odder than
// most: twelve actions, unknown amounts, letters from elsewhere, long tables.
func richDocument() *report.Document {
	const cur = "USD"
	return &report.Document{
		Title:        "Atlassian renewal audit",
		Organisation: "Übermut & Żółć Fahrzeugbau-Beteiligungsgesellschaft für den Öffentlichen Nahverkehr Ελλάς Каспий SE & Co. KGaA",
		AsOf:         date.New(2026, 9, 1),
		Currency:     cur,
		Branding:     config.Branding{Footer: "Planning estimate from exported data and price lists, not an invoice or a quote. Made with Tierline."},
		Result:       &audit.Result{Run: audit.RunInfo{Digest: strings.Repeat("ab12cd34", 8)}},
		Finance: report.Finance{
			Headline:  "Renew Jira and its 9 apps for 400 users instead of 487 before 21 November 2026: USD 41,310.00 less than as is over the coming term.",
			Facts:     richFacts(cur),
			Decisions: []report.Table{actionTable(12, cur)},
			Caveats: []string{
				"Two subscriptions without a price are in no total: Draw.io 🖌 on acme-eng, ScriptRunner on acme-hr.",
				"Invoices in EUR (EUR 1,200.00 a year) are listed apart: currencies are never added.",
			},
			Bridge:   richBridge(cur),
			Sections: richSections(cur),
		},
	}
}

func richFacts(cur money.Currency) []report.Fact {
	return []report.Fact{
		{Label: "Coming term, as is", Value: report.M(cents(41234550, cur)), Note: "12 months from each renewal"},
		{Label: "Coming term, recommended", Value: report.M(cents(37103550, cur)).Bold(), Note: "after all actions below"},
		{Label: "Hard saving", Value: report.M(cents(3321000, cur)), Note: "against prices paid today"},
		{Label: "Avoidance", Value: report.M(cents(810000, cur)), Note: "rises not suffered; never added to savings"},
		{Label: "Next deadline", Value: report.D(date.New(2026, 10, 22)), Note: "51 days left: quote for Jira Cloud"},
	}
}

func richBridge(cur money.Currency) report.Bridge {
	return report.Bridge{Title: "From as is to recommended", Bars: []report.BridgeBar{
		{Label: "Current term", Amount: cents(39034500, cur), Total: true},
		{Label: "Planned changes", Amount: cents(880050, cur)},
		{Label: "Announced price changes", Amount: cents(1320000, cur)},
		{Label: "As is", Amount: cents(41234550, cur), Total: true},
		{Label: "Right-size tier", Amount: cents(-1200000, cur), Class: "hard_saving"},
		{Label: "Clean-up", Amount: cents(-1921000, cur), Class: "hard_saving"},
		{Label: "Billing cycle", Amount: cents(-200000, cur), Class: "hard_saving"},
		{Label: "Quotes", Amount: cents(-810000, cur), Class: "avoidance"},
		{Label: "Multi-instance pricing", Amount: money.Amount{}, Class: "hard_saving"},
		{Label: "Recommended", Amount: cents(37103550, cur), Total: true},
	}}
}

func actionTable(n int, cur money.Currency) report.Table {
	var rows [][]report.Cell
	for i := range n {
		amount := report.M(cents(int64(i*i*13777+1900), cur))
		if i == 3 {
			amount = report.M(money.Amount{})
		}
		class := "hard saving"
		if i%3 == 2 {
			class = "avoidance"
		}
		rows = append(rows, []report.Cell{
			report.N(i + 1),
			report.T(fmt.Sprintf("Remove %d review candidates from Jira and its linked apps on acme-eng, longest idle first (action %d)", 10+i, i+1)),
			report.T("acme-eng / jira"), report.N(87 + i), amount, report.T(class), report.D(date.New(2026, 11, 3+i)),
		})
	}
	return report.Table{
		Title: "Actions to approve",
		Columns: []report.Column{
			{Title: "#", Kind: report.Count, Width: 3}, {Title: "Action", Width: 50, Wrap: true}, {Title: "Where", Width: 18},
			{Title: "Seats", Kind: report.Count, Width: 6}, {ID: report.Worth, Title: "Amount", Kind: report.Money, Width: 12},
			{Title: "Class", Width: 12}, {Title: "Decide by", Kind: report.Date, Width: 12},
		},
		Rows:  slices.Values(rows),
		Total: []report.Cell{{}, report.T("All actions"), {}, {}, report.M(cents(4131000, cur))},
	}
}

func richSections(cur money.Currency) []report.Section {
	br := richBridge(cur)
	return []report.Section{
		{Title: "How the amounts come about", Lead: []string{
			"Each step of the bridge counts once, in a fixed order, and the steps add up to the cent. A hard saving is a reduction against a price that is paid today; avoidance is a rise that is not suffered. They are never added to one number.",
			"Amounts are net, before taxes, at the list prices of the price book with the discounts of the subscriptions.",
		}, Bridge: &br, Tables: []report.Table{scenarioTable(cur)}},
		{Title: "Tiers", Lead: []string{"What a bill of each bundle costs per tier."}, Ladder: richLadders(cur)},
		{Title: "Seats without activity", Lead: []string{"Review candidates are seats with no activity for 60 days or more."}, Bars: []report.Histogram{
			bands("Jira, acme-eng", 210, 60, 22, 41, 35, 64, 30, 25), bands("Confluence 🚀, acme-eng", 1210, 460, 122, 41, 0, 4, 2, 0), bands("Jira Service Management, acme-hr", 12, 3, 0, 0, 1, 0, 0, 9),
		}},
		{Title: "Price changes by app", Tables: []report.Table{longTable(60, cur)}},
		{Kind: report.ActionSection, Title: "Action plan", Tables: []report.Table{actionTable(12, cur)}},
		{Title: "Cash", Cash: richCash(cur)},
		{Title: "Dates", When: richTimeline()},
		{Title: "Nothing here", Tables: []report.Table{{Title: "Peaks", Columns: []report.Column{{Title: "Day"}}, Empty: "No daily user counts were given, so peaks are not known."}}},
		{Title: "Basis", Tables: []report.Table{basisTable()}},
	}
}

func scenarioTable(cur money.Currency) report.Table {
	row := func(name string, total, change, seat int64, share money.Exact) []report.Cell {
		return []report.Cell{report.T(name), report.M(cents(total, cur)), report.M(cents(change, cur)), report.M(cents(seat, cur)), report.P(share)}
	}
	return report.Table{
		Title: "Scenarios", Note: "The same lines under other decisions.",
		Columns: []report.Column{
			{Title: "Scenario", Width: 30}, {Title: "Total of the coming term", Kind: report.Money}, {Title: "Change against as is", Kind: report.Money},
			{Title: "Per seat", Kind: report.Money, Note: "total by billable users of all products"}, {Title: "Share", Kind: report.Percent},
		},
		Rows: slices.Values([][]report.Cell{
			row("As is", 41234550, 0, 84670, money.Int(1)), row("Clean-up only", 39313550, -1921000, 80725, money.Ratio(9534, 10000)),
			row("Recommended", 37103550, -4131000, 92758, money.Ratio(9, 10)), row("Growth 10 %", 43120005, 1885455, 88542, money.Ratio(10457, 10000)),
			{report.T("Quotes missed"), report.M(money.Amount{}), report.M(money.Amount{}), report.M(cents(120000, "EUR")), report.P(money.Ratio(5, 100))},
		}),
	}
}

func richLadders(cur money.Currency) []report.Ladder {
	tops := []int{100, 200, 300, 400, 500, 600, 800, 1000, 0}
	l := report.Ladder{Title: "Jira and 9 apps on acme-eng", Note: "Annual bill. 87 users over the next lower top.", Users: 487, Paid: 500}
	from := 1
	for i, top := range tops {
		a := cents(int64(i+1)*4812300, cur)
		if i == 8 {
			a = money.Amount{}
		}
		l.Rungs = append(l.Rungs, report.Rung{From: from, To: top, Amount: a, Here: top == 500, Target: top == 400})
		from = top + 1
	}
	near := report.Ladder{Title: "Confluence 🚀 on acme-hr", Users: 41, Paid: 50}
	for i := range 4 {
		near.Rungs = append(near.Rungs, report.Rung{From: 1 + 10*i, To: 10 + 10*i, Amount: cents(int64(1000000+i*9000), cur), Here: i == 2, Target: i == 2})
	}
	return []report.Ladder{l, near, {Title: "Trello", Users: 3}}
}

func richTimeline() *report.Timeline {
	row := func(label string, renewal, decide int) report.TimelineRow {
		r := date.New(2026, 10, 1).AddDays(renewal)
		return report.TimelineRow{Label: label, Days: []report.Moment{{Day: r, Kind: report.RenewalDay}, {Day: r.AddDays(-20), Kind: report.PriceDay}},
			Stretches: []report.Stretch{{From: r.AddDays(-90), To: r.AddDays(-decide)}, {From: r.AddDays(-60), To: r.AddDays(-21), Kind: report.QuoteStretch}}}
	}
	return &report.Timeline{Title: "When to decide", Note: "2 products renew later.", From: date.New(2026, 9, 1), To: date.New(2027, 9, 30), Rows: []report.TimelineRow{
		row("Jira family on acme-eng", 90, 60), row("Confluence 🚀 on acme-hr, acme-eng and on a site with a very long name", 91, 30), row("Trello", 350, 60)}}
}

func richCash(cur money.Currency) *report.CashChart {
	chart := &report.CashChart{Title: "As is and recommended by month"}
	for i := range 24 {
		bar := report.CashBar{Month: date.New(2026, 11, 1).AddMonths(i), AsIs: cents(305300, cur), Recommended: cents(132046, cur)}
		switch i {
		case 2, 14:
			bar.AsIs, bar.Recommended = cents(33489605, cur), cents(27185332, cur)
		case 5:
			bar.Recommended = cents(0, cur)
		case 20:
			bar.AsIs = money.Amount{}
		}
		chart.Months = append(chart.Months, bar)
	}
	return chart
}

func bands(name string, counts ...int) report.Histogram {
	h := report.Histogram{Title: name, Note: "seats by days since the last activity"}
	for i, label := range []string{"0-29", "30-59", "60-89", "90-179", "180 and more", "never", "unknown"} {
		h.Bars = append(h.Bars, report.Bar{Label: label, Count: counts[i], Review: i >= 2 && i <= 5})
	}
	return h
}

func longTable(n int, cur money.Currency) report.Table {
	var rows [][]report.Cell
	for i := range n {
		name := fmt.Sprintf("App number %d", i+1)
		switch i % 10 {
		case 3:
			name = "Zeitplaner 漢字 🗓️ für Öffentliche Aufträge mit einem ziemlich langen Namen, der umbrochen wird"
		case 7:
			name = "com.example.averyveryverylongappkeywithoutanyplacetobreakitatallbecausenobodycaredwhennamingit"
		}
		row := []report.Cell{report.T(name), report.T("acme-eng"), report.M(cents(int64(i*i*1234+99), cur)), report.M(cents(int64(i*i*1434+99), cur)),
			report.M(cents(-int64(i*200), cur)), report.P(money.Ratio(int64(i), 60)), report.D(date.New(2026, 10, 1+i)), report.D(date.Date{})}
		if i%11 == 4 {
			row[2] = report.M(money.Amount{})
		}
		rows = append(rows, row)
	}
	return report.Table{Title: "Announced changes", Note: "Old and new price for the users of today.",
		Columns: []report.Column{{Title: "App", Width: 30, Wrap: true}, {Title: "Site", Width: 10}, {Title: "Old", Kind: report.Money}, {Title: "New", Kind: report.Money},
			{Title: "Change", Kind: report.Money}, {Title: "Share", Kind: report.Percent}, {Title: "Effective", Kind: report.Date}, {Title: "Quote by", Kind: report.Date}},
		Rows:  slices.Values(rows),
		Total: []report.Cell{report.T("Total"), {}, report.M(money.Amount{}), report.M(cents(99999999, cur)), report.M(cents(-354000, cur))},
	}
}

func basisTable() report.Table {
	return report.Table{Title: "Inputs", Columns: []report.Column{{Title: "File", Wrap: true, Width: 40}, {Title: "Format"}, {Title: "Rows", Kind: report.Count}, {Title: "SHA-256", Width: 64}},
		Rows: slices.Values([][]report.Cell{
			{report.T("exports/acme-eng/export-users (20).csv"), report.T("user export"), report.N(12345), report.T(strings.Repeat("0123456789abcdef", 4))},
			{report.T("prices.csv"), report.T("prices"), report.N(77), report.T(strings.Repeat("fedcba9876543210", 4))},
		})}
}

// dressedDocument has everything a branding can say, on Letter.
func dressedDocument() *report.Document {
	d := richDocument()
	logo := image.NewNRGBA(image.Rect(0, 0, 90, 30))
	for x := range 90 {
		for y := range x / 3 {
			logo.SetNRGBA(x, y, color.NRGBA{R: 0xC7, G: 0x73, B: 0x0A, A: uint8(255 - x)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, logo); err != nil {
		panic(err)
	}
	d.Organisation = "株式会社サンプル物流 · 한빛 시스템 주식회사 · חברת הדוגמה בע\"מ (2024) · 🚀 شركة"
	d.Finance.Decisions[0].Rows = slices.Values([][]report.Cell{
		{report.N(1), report.T("購読「時間管理」を2026年11月21日までに更新する、利用者は400人"), report.T("acme-東京"), report.N(400), report.M(cents(123456, "USD")), report.T("hard saving"), report.D(date.New(2026, 11, 21))},
		{report.N(2), report.T("לחדש את Jira עבור 400 משתמשים (במקום 487)"), report.T("acme-ת\"א"), report.N(40), report.M(cents(-1, "USD")), report.T("avoidance"), report.D(date.New(2026, 11, 21))},
		{report.N(3), report.T("앱 구독을 400명으로 갱신"), report.T("acme-서울").Bold(), report.N(4), report.M(money.Amount{}), report.T("avoidance"), report.D(date.New(2026, 11, 21))},
	})
	d.Branding = config.Branding{Accent: "#0B6E4F", Second: "#C7730A", Letter: true, Footer: "For internal use",
		Name: "Asset management of the group, in the name of all its companies and of everybody who has to sign", Logo: config.Logo{Image: b.Bytes()}}
	return d
}

// yenDocument has no decimals, few steps and no sections.
func yenDocument() *report.Document {
	const cur = "JPY"
	d := richDocument()
	d.Currency, d.Complete, d.Organisation, d.Branding.Accent = cur, true, "Kappa K.K.", "#0B6E4F"
	d.Finance = report.Finance{
		Headline:  "Renew as is; only the quote for two apps is worth asking for.",
		Facts:     richFacts(cur)[:4],
		Decisions: []report.Table{actionTable(2, cur)},
		Bridge: report.Bridge{Title: "From as is to recommended", Bars: []report.BridgeBar{
			{Label: "As is", Amount: cents(123456789, cur), Total: true}, {Label: "Quotes", Amount: cents(-56789, cur), Class: "avoidance"},
			{Label: "Recommended", Amount: cents(123400000, cur), Total: true},
		}},
	}
	return d
}
