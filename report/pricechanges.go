package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// The columns of price changes. Old and new are one bill at today's quantity.
var (
	changeEffective = Col[*audit.PriceChange]{ID: "effective", Title: "Effective", Kind: Date, Width: 12,
		Show: func(c *audit.PriceChange) Cell { return D(c.Effective) }}
	changeAnnounced = Col[*audit.PriceChange]{ID: "announced", Title: "Announced", Kind: Date, Width: 12,
		Show: func(c *audit.PriceChange) Cell { return dateOrBlank(c.Announced) }}
	changeSite   = Col[*audit.PriceChange]{ID: "site", Title: "Site", Width: 14, Show: func(c *audit.PriceChange) Cell { return place(c.Site) }}
	changeName   = Col[*audit.PriceChange]{ID: "name", Title: "Subscription", Width: 28, Show: func(c *audit.PriceChange) Cell { return T(c.Name) }}
	changeOld    = Col[*audit.PriceChange]{ID: "old", Title: "Old bill", Kind: Money, Width: 16, Show: func(c *audit.PriceChange) Cell { return M(c.Old) }}
	changeNew    = Col[*audit.PriceChange]{ID: "new", Title: "New bill", Kind: Money, Width: 16, Show: func(c *audit.PriceChange) Cell { return M(c.New) }}
	changeChange = Col[*audit.PriceChange]{ID: "change", Title: "Change", Kind: Change, Width: 10,
		Show: func(c *audit.PriceChange) Cell { return signed(c.Change) }}
	changeRenewal = Col[*audit.PriceChange]{ID: "renewal", Title: "Renewal", Kind: Date, Width: 12,
		Show: func(c *audit.PriceChange) Cell { return dateOrBlank(c.Renewal) }}
	changeQuotable = Col[*audit.PriceChange]{ID: "quotable", Title: "Quote keeps the old price", Width: 30, Wrap: true,
		Show: func(c *audit.PriceChange) Cell { return T(keepsOldPrice(c)) }}
	changeQuoteFrom = Col[*audit.PriceChange]{ID: "quote_from", Title: "Quote from", Kind: Date, Width: 12,
		Show: func(c *audit.PriceChange) Cell { return dateOrBlank(c.QuoteFrom) }}
	changeQuoteBy = Col[*audit.PriceChange]{ID: "quote_by", Title: "Quote by", Kind: Date, Width: 12,
		Show: func(c *audit.PriceChange) Cell { return dateOrBlank(c.QuoteBy) }}
	changeThisTerm = Col[*audit.PriceChange]{ID: "this_term", Title: "This term", Kind: Money, Width: 16, Note: "what it adds to the coming term, as is",
		Show: func(c *audit.PriceChange) Cell { return M(c.ThisTerm) }}
	changeWholeTerm = Col[*audit.PriceChange]{ID: "next_term", Title: "Whole term", Kind: Money, Width: 16, Note: "what it adds to twelve months at the new price",
		Show: func(c *audit.PriceChange) Cell { return M(c.NextTerm) }}
	changeSource = Col[*audit.PriceChange]{ID: "source", Title: "Row", Width: 24, Show: func(c *audit.PriceChange) Cell { return T(c.Source.String()) }}

	changeNameAndSite = Col[*audit.PriceChange]{ID: "name_and_site", Title: "Subscription and site", Width: 24, Wrap: true,
		Show: func(c *audit.PriceChange) Cell { return T(c.Name + ", " + c.Site) }}
	changeWindow = Col[*audit.PriceChange]{ID: "quote_window", Title: "Quote window", Width: 16, Wrap: true,
		Show: func(c *audit.PriceChange) Cell { return T(quoteWindow(c)) }}
)

// changedLine is the subscription whose price changes.
func changedLine(c *audit.PriceChange) string { return c.Line }

// changeOf and wholeTermOf are how a change follows from its two bills; none where
// it does not.
func changeOf(c *audit.PriceChange) Formula {
	if !c.IsOfBills() {
		return Formula{}
	}
	return F("ROUND({}/{}-1,4)", Here("new"), Here("old"))
}

func wholeTermOf(c *audit.PriceChange) Formula {
	bills := c.BillsAYear()
	if bills == 0 {
		return Formula{}
	}
	return F("{}*({}-{})", Number(bills), Here("new"), Here("old"))
}

// changesTable is the id of the table of price changes.
const changesTable = "changes"

func changesSheet(r *audit.Result) Sheet {
	from := newLineCells(r)
	bills := newChangeBills(r, from)
	return Sheet{
		Name: "Price changes", Grain: "One row per price change that meets a coming term; bills at today's quantity",
		Table: TableOf[*audit.PriceChange]{
			ID: changesTable, Title: "Price changes",
			Empty: "No price change meets a coming term. Announced changes are entered in the table price_changes.", Rows: each(r.Changes),
			Columns: []Col[*audit.PriceChange]{subscriptionNo(from, changedLine), changeEffective, changeAnnounced, changeSite, changeName,
				changeOld.By(bills.old), changeNew.By(bills.new),
				changeChange.By(changeOf), lookedUpIn(from, changedLine, changeRenewal, lineRenewal),
				changeQuotable, changeQuoteFrom, changeQuoteBy, changeThisTerm.By(bills.thisTerm), changeWholeTerm.By(wholeTermOf), changeSource.Beside()},
		}.FoldedAway().Table(),
	}
}

func changesSection(r *audit.Result) Section {
	if len(r.Changes) == 0 {
		return Section{Title: "Price changes", Lead: []string{"No price change in the inputs meets a coming term."}}
	}
	return Section{Title: "Price changes", Lead: []string{"A quote made inside its window keeps the old price for the renewal. " +
		"Old and new are one bill at today's quantity. " +
		"This term is what the change adds to the coming term as is, whole term what it adds to twelve months at the new price."},
		Tables: []Table{TableOf[*audit.PriceChange]{
			Rows: each(r.Changes), Foot: whyNoQuote(r),
			Columns: []Col[*audit.PriceChange]{changeEffective.Paper(11), changeNameAndSite, changeOld.Paper(13), changeNew.Paper(13), changeChange.Paper(8),
				changeRenewal.Paper(11), changeWindow, changeThisTerm.Paper(12), changeWholeTerm.Paper(12)},
		}.Folded().Table()}}
}

// keepsOldPrice says whether a quote keeps the price before a change, and why
// not; the days of the window have columns of their own.
func keepsOldPrice(c *audit.PriceChange) string {
	if c.Quotable {
		return "yes"
	}
	return noQuote(c.Reason.Placed())
}

// quoteWindow says when to ask for a quote; why there is no such time stands once
// for all changes.
func quoteWindow(c *audit.PriceChange) string {
	if c.Quotable {
		return c.QuoteFrom.Short() + " to " + c.QuoteBy.Short()
	}
	return "none"
}

// whyNoQuote says why no quote keeps the old price of some subscriptions, each
// reason once.
func whyNoQuote(r *audit.Result) string {
	var reasons []string
	of := map[string][]string{}
	for c := range each(r.Changes) {
		if c.Quotable || c.Reason.Text == "" {
			continue
		}
		if of[c.Reason.Text] == nil {
			reasons = append(reasons, c.Reason.Text)
		}
		of[c.Reason.Text] = append(of[c.Reason.Text], estate.On(c.Name, c.Site))
	}
	var out []string
	for _, reason := range reasons {
		out = append(out, diag.Names(of[reason])+": "+reason)
	}
	if len(out) == 0 {
		return ""
	}
	return "No quote for " + strings.Join(out, "; ") + "."
}

func noQuote(why string) string {
	if why == "" {
		return "no"
	}
	return "no: " + why
}

// signed shows a change, blank where it is not known.
func signed(p *audit.Percent) Cell {
	if p == nil {
		return T("")
	}
	return C(p.Part())
}
