package report

import (
	"slices"
	"strconv"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/samples"
)

// fillWhatIf makes the model of a filled result agree with itself: one bundle with a
// product that is worked out again and an app that is in no total.
func fillWhatIf(r *audit.Result) {
	r.WhatIf.Bundles = r.WhatIf.Bundles[:1]
	for i := range r.WhatIf.Tiers {
		r.WhatIf.Tiers[i].Line = r.Lines[i].ID
	}
	b := &r.WhatIf.Bundles[0]
	b.Products = b.Products[:1]
	r.WhatIf.Amounts.Entered, r.WhatIf.Amounts.Planned = r.Plan.Totals.AsIs, r.Plan.Totals.Recommended
	b.Products[0].Next.Line = r.Lines[0].ID
	for i := range b.Lines {
		l := &b.Lines[i]
		l.Line, l.Of, l.Movers, l.Agreed = r.Lines[i].ID, []int{0}, []int{0}, false
		l.Today, l.Locked, l.Unread = pricing.Annual, diag.Reason{}, diag.Reason{}
	}
	product, app := &b.Lines[0], &b.Lines[1]
	product.Row, product.Host, product.Binds, product.Plan.Licence = 0, "", nil, audit.QuoteLicence
	app.Row, app.Host, app.Locked = -1, product.Line, r.Lines[1].Reason
	for i := range b.Lines {
		b.Lines[i].Running.Periods = nil
	}
	run := &product.Running
	run.Never, run.Periods, run.Tops = false, []audit.WhatIfPeriod{{Period: date.Period{Start: r.Run.AsOf, End: r.Run.AsOf.AddDays(75)}, Of: 365,
		Prices: run.Tops[0].Prices[:1]}}, nil
	run.Rises[0].Period, run.Rises[0].Added, run.Rises[0].Begins = 0, -1, false
	run.Rises[1].Period, run.Rises[1].Added, run.Rises[1].Date = 0, 0, date.Date{}
	app.Running = audit.WhatIfRunning{}
	app.Binds = app.Binds[:1]
	app.Binds[0].Line = product.Line
	app.Amounts, b.Products[0].Next.Change = audit.WhatIfAmounts{}, b.Products[0].Next.Change.Neg()
}

// whatIfMeanings: the sum of all bundles, the bundle, its product and its app.
func whatIfMeanings(r *audit.Result) []meaning {
	b := &r.WhatIf.Bundles[0]
	l, p, of := &b.Lines[0], &b.Products[0], &r.Lines[0]
	due := func(way audit.WhatIfWay) money.Amount {
		return l.Rows[way][pricing.Monthly][0].Amount.Add(l.Rows[way][pricing.Annual][0].Amount)
	}
	all, sum := &r.WhatIf.Amounts, &b.Amounts
	saving := strconv.Itoa(p.Next.More) + " more removals reach " + money.Count(p.Next.Users) + " and save " + p.Next.Saving().Grouped()
	out := "in no total"
	row := func(product string) func(int) any { return words("", "", product, "") }
	return []meaning{{place: "What-if", rows: 4,
		cols: "Subscription|Site|Type|Users today|Candidates|Remove|Add|From|Cycle|Licence|Quote for|Growth|Extra discount|Price rise|" +
			"Users then|Pays for|As is|What-if|Difference|Before renewal|Together|About your entries|Note|Next step|Plan: remove|Plan: cycle|Plan: licence|Plan: quote for|Plan|" +
			"Cycle then|Licence then|Next: remove|Next: users|Next: change|Next: amount|Before renewal, audited|Price factor|Rate|Quote in force",
		cell: cells{
			"Subscription": words("All subscriptions", b.Title, of.Name, r.Lines[1].Name),
			"Site":         words("", "", of.Site, r.Lines[1].Site),
			"Type":         words("all", "bundle", Label(of.Type), Label(r.Lines[1].Type)),
			"Users today":  words("", "", say(p.Users), say(r.Lines[1].Users)),
			"Candidates":   row(say(p.Candidates)),
			"Remove":       row("0"), "Add": row("0"), "From": row(say(r.Run.AsOf.AddDays(1))),
			"Cycle": words("", "", "today", "as host"), "Licence": row("keep"), "Quote for": row(say(l.Old.Users)),
			"Growth": row("0%"), "Extra discount": row("0%"), "Price rise": row("0%"),
			"Users then": row(say(p.Users)), "Pays for": row(say(l.Rows[audit.Untouched][pricing.Annual][0].Pays)),
			"As is":                   words(say(all.AsIs), say(sum.AsIs), say(l.Amounts.AsIs), out),
			"What-if":                 words(say(all.Entered), say(sum.Entered), say(due(audit.Untouched)), out),
			"Plan":                    words(say(all.Planned), say(sum.Planned), say(due(audit.Planned)), out),
			"Difference":              words(say(all.Change()), say(sum.Change()), say(l.Amounts.Change()), ""),
			"Before renewal":          words(say(all.Running), say(sum.Running), say(l.Amounts.Running), out),
			"Before renewal, audited": row(say(l.Amounts.Running)),
			"Together":                words(say(all.Together()), say(sum.Together()), say(l.Amounts.Together()), ""),
			"About your entries":      words("", "", "", ""), "Next step": row(saving), "Note": words("", "", "quote "+of.QuoteInForce.Number+" is in force", "In no total: "+r.Lines[1].Reason.Text+"."),
			"Plan: remove": row(say(p.Removed)), "Plan: cycle": row(l.Plan.Cycle.String()), "Plan: licence": row("quote"), "Plan: quote for": row(say(l.Plan.Users)),
			"Cycle then": words("", "", "annual", "annual"), "Licence then": row("keep"), "Next: remove": row(say(p.Next.More)), "Next: users": row(say(p.Next.Users)),
			"Next: change": row(say(p.Next.Change)), "Next: amount": row(say(due(audit.NextStep))), "Price factor": row(say(l.Factor)), "Rate": row(say(l.Rate)),
			"Quote in force": row(say(l.Offer.Amount)),
		}}}
}

// billMeanings: the product's bills in both cycles, of which the first is due, and
// the day from which people are added.
func billMeanings(r *audit.Result) []meaning {
	b := &r.WhatIf.Bundles[0]
	l, of := &b.Lines[0], &r.Lines[0]
	out := cells{
		"Subscription": func(int) any { return of.Name }, "Site": func(int) any { return of.Site },
		"Cycle": words("annual", "annual", "monthly", "monthly", "annual"),
		"Day":   words(say(l.Bills[1][0].Date), say(l.Bills[1][1].Date), say(l.Bills[0][0].Date), say(l.Bills[0][1].Date), say(r.Run.AsOf.AddDays(1))),
		"What":  words("renewal", "planned change", "month 1", "month 2", "added to "+b.Products[0].Name),
		"Price list": words(say(l.Bills[1][0].Price), say(l.Bills[1][1].Price), say(l.Bills[0][0].Price), say(l.Bills[0][1].Price),
			say(l.Moves[0].Price)),
		"Bills": words("1", "1", "1", "1", "1"), "From then on": words("", "", "", "", ""),
	}
	for way, title := range map[audit.WhatIfWay]string{audit.Untouched: "What-if: ", audit.Planned: "Plan: ", audit.NextStep: "Next: "} {
		annual, monthly := &l.Rows[way][1][0], &l.Rows[way][0][0]
		first := func(a, m any) func(int) any { return words(say(a), "", say(m), "", "") }
		out[title+"needs"], out[title+"pays for"] = first(annual.Needs, monthly.Needs), first(annual.Pays, monthly.Pays)
		out[title+"list price"], out[title+"bill"] = first(*annual.List, *monthly.List), first(annual.Amount, monthly.Amount)
	}
	return []meaning{{place: "What-if bills", rows: 5, cell: out,
		cols: "Subscription|Site|Cycle|Day|What|Price list|Bills|From then on|What-if: needs|What-if: pays for|What-if: list price|What-if: bill|" +
			"Plan: needs|Plan: pays for|Plan: list price|Plan: bill|Next: needs|Next: pays for|Next: list price|Next: bill"}}
}

// riseMeanings: a day that is known, and the one from which people are added.
func riseMeanings(r *audit.Result) []meaning {
	b := &r.WhatIf.Bundles[0]
	l, of := &b.Lines[0], &r.Lines[0]
	rise, p := &l.Running.Rises[0], &l.Running.Periods[0]
	first := func(a any) func(int) any { return words(say(a), "") }
	return []meaning{{place: "What-if before renewal", rows: 2,
		cols: "Subscription|Site|Day|What|Price list|Days charged|Of days|What-if: needs|What-if: paid for|What-if: due|Anyway: needs|Anyway: paid for|Anyway: due",
		cell: cells{
			"Subscription": func(int) any { return of.Name }, "Site": func(int) any { return of.Site },
			"Day": words(say(rise.Date), say(r.Run.AsOf.AddDays(1))), "What": words("planned change", "added to "+b.Products[0].Name),
			"Price list": words(say(p.Prices[0].Price), say(p.Prices[0].Price)), "Of days": words("365", "365"),
			"Days charged":   words(say(min(max(p.End.Sub(rise.Date), 0), 365)), ""),
			"What-if: needs": first(rise.With.Needs), "What-if: paid for": first(rise.With.Before), "What-if: due": first(rise.With.Amount),
			"Anyway: needs": first(rise.Anyway.Needs), "Anyway: paid for": first(rise.Anyway.Before), "Anyway: due": first(rise.Anyway.Amount),
		}}}
}

// What is renewed as the plan has it is worked out by nobody: its amount is the
// audited one, and no bill tells another beside it. Its users stay, since they bind.
func TestRenewedAsPlannedShowsOneAmount(t *testing.T) {
	r := filled(t)
	l := &r.WhatIf.Bundles[0].Lines[0]
	l.Plan.Cycle = pricing.Annual
	for way := range l.Rows {
		l.Rows[way][pricing.Annual][0].Due = true
	}
	for _, licence := range []audit.Licence{audit.QuoteLicence, audit.AsPlanned} {
		l.Plan.Licence = licence
		w := newWhatIf(r)
		bills := w.billed[l.Line]
		b := bills[slices.IndexFunc(bills, func(b *billRow) bool { return b.cycle == pricing.Annual && b.number() == 0 })]
		for way := range audit.NextStep + 1 {
			blank := licence == audit.AsPlanned && way == audit.Planned
			for _, c := range []struct {
				Cell
				by Term
			}{{b.price(way), asPlanned}, {b.bill(way), Here("price" + wayIDs[way])}} {
				if (c.Kind == Text) != blank || !slices.ContainsFunc(c.Formula.Terms, holds(c.by)) {
					t.Errorf("the plan renews %s, way %d: price or bill is %+v, want it blank %v and so by its formula", licenceWords[licence], way, c, blank)
				}
			}
			if needs, pays := b.needs(way), b.pays(way); needs.Kind == Text || pays.Kind == Text {
				t.Errorf("the plan renews %s, way %d: the users are gone: %+v, %+v", licenceWords[licence], way, needs, pays)
			}
		}
	}
}

// holds returns whether a term is another, or a formula that holds it.
func holds(word Term) func(Term) bool {
	return func(t Term) bool {
		if f, ok := t.(Formula); ok {
			return slices.ContainsFunc(f.Terms, holds(word))
		}
		return t == word
	}
}

// An app whose product alone is as planned says so in its row; a product does not.
func TestOnlyTheProductIsAsPlanned(t *testing.T) {
	acme, err := samples.Folder("acme")
	if err != nil {
		t.Fatal(err)
	}
	r := audited(t, acme)
	apps, products := 0, 0
	for _, row := range newWhatIf(r).rows {
		if !row.live() {
			continue
		}
		says := holds(hostPlanned)(*row.remark().Formula)
		switch {
		case says != (row.line.Host != ""):
			t.Errorf("%s: the row asks for its product's licence %v", row.of.Name, says)
		case says:
			apps++
		default:
			products++
		}
	}
	if apps == 0 || products == 0 {
		t.Errorf("%d apps and %d products were looked at", apps, products)
	}
}

// Months that come about alike are one row, and one for those with people who are
// added; where a change is planned between them another row begins.
func TestMonthsShareRows(t *testing.T) {
	r := filled(t)
	b := &r.WhatIf.Bundles[0]
	l := &b.Lines[0]
	l.Offer = nil
	bills := l.Bills[pricing.Monthly][:1]
	for n := range 9 {
		next := bills[n]
		next.Date = next.Date.AddDays(30)
		bills = append(bills, next)
	}
	l.Bills[pricing.Monthly] = bills
	b.Products[l.Of[0]].Changes = []audit.UserChange{{Date: bills[4].Date, Change: 5}}
	for way := range l.Rows {
		l.Rows[way][pricing.Monthly] = slices.Repeat(l.Rows[way][pricing.Monthly][:1], len(bills))
	}
	var got []string
	for _, row := range newWhatIf(r).billed[l.Line] {
		if row.cycle == pricing.Monthly {
			got = append(got, row.what().Text+": "+strconv.Itoa(row.bills().Count)+" "+row.bill(audit.Untouched).Amount.Grouped())
		}
	}
	one, joins := l.Rows[audit.Untouched][pricing.Monthly][0].Amount, "added to "+b.Products[l.Of[0]].Name+": 0 "+money.Amount{}.Grouped()
	want := []string{"months 1 to 4: 4 " + one.Times(4).Grouped(), joins, "months 5 to 10: 6 " + one.Times(6).Grouped(), joins}
	if !slices.Equal(got, want) {
		t.Errorf("rows are %q, want %q", got, want)
	}
}
