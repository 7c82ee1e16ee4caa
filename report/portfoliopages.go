package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/portfolio"
)

// Rows of the pages of a portfolio; the workbook has all.
const (
	comingShown  = 12 // days on the first page
	estateDays   = 8  // days on the page of an estate
	estateSevere = 8  // findings there
)

// portfolioPages is the content of the PDF: totals and what comes next, all estates,
// then a page for each. It holds no name of a person or of an input.
func portfolioPages(p *portfolio.Portfolio) Finance {
	out := Finance{
		Weighed: weighedEstates(p), Headline: portfolioHeadline(p), Partial: "Something is missing in the amounts on this page: see what the totals leave out.",
		Caveats: PortfolioCaveats(p),
		Opening: []Section{
			{Title: "Totals by currency", Lead: []string{"Amounts of different currencies are never added."}, Tables: []Table{TableOf[*portfolio.Total]{
				Empty: "No estate has an amount.", Rows: each(p.Totals), Columns: currencyColumns()}.Table()}},
			{Title: "What comes next", Tables: []Table{TableOf[portfolio.Day]{Empty: noDeadlines, Rows: first(slices.Values(p.Days()), comingShown),
				Foot: "The workbook lists all days.", Columns: []Col[portfolio.Day]{dayDate, dayAway(p), dayEstate, dayWhat}}.Table()}},
		},
		Sections: []Section{{Title: "Estates", Tables: []Table{TableOf[*portfolio.Estate]{
			Empty: "There is no estate.", Rows: each(p.Estates), Columns: pageColumns(p)}.Table()}}},
	}
	for e := range each(p.Estates) {
		if e.Audit != nil {
			out.Sections = append(out.Sections, estatePage(p, e))
		}
	}
	return out
}

// pageColumns are those of the list of estates on a page.
func pageColumns(p *portfolio.Portfolio) []Col[*portfolio.Estate] {
	of := func(id, title string, amount func(*portfolio.Audit) money.Amount) Col[*portfolio.Estate] {
		return estateAmount(id, title, amount).Paper(15)
	}
	return []Col[*portfolio.Estate]{
		estateName.Paper(22),
		{ID: "said", Title: "Weighed", Width: 20, Wrap: true, Show: func(e *portfolio.Estate) Cell {
			if e.Audit == nil {
				return T(noRun(e))
			}
			text := fmt.Sprintf("%d of %d", e.Audit.Subscriptions.Weighed, e.Audit.Subscriptions.Active)
			if e.Audit.Partial() {
				text += ", partial"
			}
			return T(text)
		}},
		of("as_is", "Renew as is", func(a *portfolio.Audit) money.Amount { return a.Totals.AsIs }),
		of("recommended", "Recommended", func(a *portfolio.Audit) money.Amount { return a.Totals.Recommended }),
		of("hard_saving", "Hard saving", func(a *portfolio.Audit) money.Amount { return a.Totals.HardSaving }),
		of("avoidance", "Avoidance", func(a *portfolio.Audit) money.Amount { return a.Totals.Avoidance }),
		estateNextDay(p),
	}
}

// weighedEstates is the first sentence: of how many estates there are figures.
func weighedEstates(p *portfolio.Portfolio) string {
	audited, whole := 0, 0
	for e := range each(p.Estates) {
		if e.Audit == nil {
			continue
		}
		audited++
		if !e.Audit.Partial() {
			whole++
		}
	}
	return fmt.Sprintf("%d of %s audited; the amounts of %d lack nothing.", audited, money.PluralIs(len(p.Estates), "estate"), whole)
}

// portfolioHeadline says what all estates renew for, by currency.
func portfolioHeadline(p *portfolio.Portfolio) string {
	var parts []string
	for t := range each(p.Totals) {
		if t.Estates > 0 {
			parts = append(parts, amount(t.Recommended)+" instead of "+amount(t.AsIs))
		}
	}
	if len(parts) == 0 {
		return "No estate has an amount to decide on."
	}
	return "Renew for " + strings.Join(parts, "; for ") + "."
}

// estatePage is page 1 of an estate in short.
func estatePage(p *portfolio.Portfolio, e *portfolio.Estate) Section {
	a := e.Audit
	s := Section{Title: estateTitle(e), Fresh: true, In: a.Currency, Lead: []string{weighedIn(a)}}
	said := "As of " + a.AsOf.Long() + "."
	if a.Currency != "" {
		said = "As of " + a.AsOf.Long() + ", amounts in " + string(a.Currency) + "."
	}
	if e.State == portfolio.NotDue {
		said += " Nothing of it is due; this is its last run."
	}
	if !a.Complete {
		said += " The run is incomplete, so the amounts are partial."
	}
	s.Lead = append(s.Lead, said)
	if a.Counted() {
		s.Bridge = estateBridge(a)
	} else {
		s.Lead = append(s.Lead, "Nothing is weighed, or an amount is not known, so no amount is shown and no total holds any of it.")
	}
	figures := []estateFigure{{"Findings", T(fmt.Sprintf("%d critical, %d high, %d medium, %d low, %d info",
		a.Findings.Critical, a.Findings.High, a.Findings.Medium, a.Findings.Low, a.Findings.Info))}}
	if a.NotClaimed.Known() {
		figures = append(figures, estateFigure{"Held, not claimed", M(a.NotClaimed)})
	}
	s.Tables = []Table{
		TableOf[estateFigure]{Columns: []Col[estateFigure]{figureLabel, figureValue}, Rows: slices.Values(figures)}.Table(),
		TableOf[portfolio.Day]{Title: "What comes next", Empty: noDeadlines, Rows: first(e.Days(p.Run.AsOf), estateDays),
			Columns: []Col[portfolio.Day]{dayDate, daySite.Paper(24), dayWhat}}.Table(),
		TableOf[portfolio.Severe]{Title: "Findings of high and critical severity", Empty: "There is none.",
			Rows:    first(rows(a.Severe, func(f *portfolio.Finding) portfolio.Severe { return portfolio.Severe{Estate: e, Finding: f} }), estateSevere),
			Columns: []Col[portfolio.Severe]{severeWord, severeTitle, severeBy, severeAmount.Paper(15)}}.Table(),
	}
	return s
}

// estateFigure is a figure of an estate beside its amounts.
type estateFigure struct {
	label string
	value Cell
}

var (
	figureLabel = Col[estateFigure]{ID: "label", Width: 24, Show: func(f estateFigure) Cell { return T(f.label) }}
	figureValue = Col[estateFigure]{ID: "value", Width: 70, Show: func(f estateFigure) Cell { return f.value }}
)

// estateBridge leads from what an estate pays today to what is recommended.
func estateBridge(a *portfolio.Audit) *Bridge {
	t := &a.Totals
	hard, avoided := a.Falls()
	bars := []BridgeBar{{Label: "Current", Amount: t.Current, Total: true}}
	for _, b := range []BridgeBar{{Label: "Volume", Amount: t.Volume}, {Label: "Price changes", Amount: t.PriceChanges}} {
		if b.Amount.Sign() != 0 {
			bars = append(bars, b)
		}
	}
	return &Bridge{Bars: append(bars, BridgeBar{Label: "Renew as is", Amount: t.AsIs, Total: true},
		BridgeBar{Label: "Hard saving", Amount: hard, Class: plan.HardSaving},
		BridgeBar{Label: "Avoidance", Amount: avoided, Class: plan.Avoidance},
		BridgeBar{Label: "Recommended", Amount: t.Recommended, Total: true})}
}

// first yields at most so many.
func first[R any](all iter.Seq[R], most int) iter.Seq[R] {
	return func(yield func(R) bool) {
		n := 0
		for row := range all {
			if n++; n > most || !yield(row) {
				return
			}
		}
	}
}
