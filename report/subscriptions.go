package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/money"
)

// The columns of subscriptions. Amounts are of the coming term of twelve months.
var (
	lineSite     = Col[*audit.Line]{ID: "site", Title: "Site", Width: 12, Show: func(l *audit.Line) Cell { return place(l.Site) }}
	lineType     = Col[*audit.Line]{ID: "type", Title: "Type", Width: 9, Show: func(l *audit.Line) Cell { return W(l.Type) }}
	lineName     = Col[*audit.Line]{ID: "name", Title: "Name", Width: 28, Show: func(l *audit.Line) Cell { return T(l.Name) }}
	lineCycle    = Col[*audit.Line]{ID: "cycle", Title: "Cycle", Width: 9, Show: func(l *audit.Line) Cell { return W(l.Cycle) }}
	lineRenewal  = Col[*audit.Line]{ID: "renewal", Title: "Renewal", Kind: Date, Width: 12, Show: func(l *audit.Line) Cell { return D(l.Renewal) }}
	lineUsers    = Col[*audit.Line]{ID: "users", Title: "Users", Kind: Count, Width: 9, Show: func(l *audit.Line) Cell { return OptN(l.Users) }}
	lineLicensed = Col[*audit.Line]{ID: "licensed_users", Title: "Licensed", Kind: Count, Width: 10, Note: "users paid for today, whom current is for",
		Show: func(l *audit.Line) Cell { return given(l.Licensed) }}
	lineBilled = Col[*audit.Line]{ID: "billed_quantity", Title: "Billed for", Kind: Count, Width: 10,
		Note: "users, annually no less than what is licensed or binds it",
		Show: func(l *audit.Line) Cell { return OptN(l.Billed) }}
	lineTier    = Col[*audit.Line]{ID: "tier", Title: "Tier", Width: 13, Show: func(l *audit.Line) Cell { return T(tierText(l.Tier)) }}
	lineCurrent = Col[*audit.Line]{ID: "current", Title: "Current", Kind: Money, Width: 16, InTotal: true,
		Show: func(l *audit.Line) Cell { return M(l.Current) }}
	lineVolume  = Col[*audit.Line]{ID: "volume", Title: "Volume", Kind: Money, Width: 15, InTotal: true, Show: func(l *audit.Line) Cell { return M(l.Volume) }}
	lineChanges = Col[*audit.Line]{ID: "price_changes", Title: "Price changes", Kind: Money, Width: 15, InTotal: true,
		Show: func(l *audit.Line) Cell { return M(l.PriceChanges) }}
	lineAsIs = Col[*audit.Line]{ID: "as_is", Title: "As is", Kind: Money, Width: 16, InTotal: true, Figure: "as_is",
		Show: func(l *audit.Line) Cell { return M(l.AsIs) }}
	lineRecommended = Col[*audit.Line]{ID: "recommended", Title: "Recommended", Kind: Money, Width: 16, InTotal: true, Figure: "recommended",
		Show: func(l *audit.Line) Cell { return M(l.Recommended) }}
	lineFor = Col[*audit.Line]{ID: "recommended_quantity", Title: "For users", Kind: Count, Width: 10, Note: "recommended quantity, paid for from the renewal on",
		Show: func(l *audit.Line) Cell { return OptN(l.RecommendedFor) }}
	lineCycleThen = Col[*audit.Line]{ID: "recommended_cycle", Title: "Cycle then", Width: 10, Note: "recommended billing cycle",
		Show: func(l *audit.Line) Cell { return wordOrBlank(l.RecommendedCycle) }}
	lineCounted  = Col[*audit.Line]{ID: "counted", Title: "In the totals", Width: 20, Wrap: true, Show: func(l *audit.Line) Cell { return T(inTotals(l)) }}
	linePaidWith = Col[*audit.Line]{ID: "paid_with", Title: "Paid with", Width: 22, Wrap: true, Note: "how it is paid for with other sites",
		Show: func(l *audit.Line) Cell { return T(l.PaidWith) }}
	lineByQuote = Col[*audit.Line]{ID: "by_quote", Title: "By quote", Width: 24, Wrap: true,
		Note: "the quote whose amount is the first bill, in place of a list price",
		Show: func(l *audit.Line) Cell { return T(byQuote(l.QuoteInForce)) }}

	lineKey     = Col[*audit.Line]{ID: "key", Title: "Key", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return T(l.Key) }}
	lineVendor  = Col[*audit.Line]{ID: "vendor", Title: "Vendor", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return T(l.Vendor) }}
	lineHost    = Col[*audit.Line]{ID: "host", Title: "Host", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return T(l.Host) }}
	lineHosting = Col[*audit.Line]{ID: "hosting", Title: "Hosting", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return W(l.Hosting) }}
	lineEdition = Col[*audit.Line]{ID: "edition", Title: "Edition", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return T(l.Edition) }}
	lineBasis   = Col[*audit.Line]{ID: "billing_basis", Title: "Billing basis", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return W(l.Basis) }}
	lineTermEnd = Col[*audit.Line]{ID: "term_end", Title: "Term ends", Kind: Date, Width: 18, Aside: true,
		Show: func(l *audit.Line) Cell { return D(l.TermEnd) }}
	lineUsersFrom = Col[*audit.Line]{ID: "users_from", Title: "Users known from", Width: 18, Aside: true,
		Show: func(l *audit.Line) Cell { return T(l.UsersFrom) }}
	lineDiscount = Col[*audit.Line]{ID: "discount", Title: "Discount", Kind: Percent, Width: 18, Aside: true,
		Show: func(l *audit.Line) Cell { return discount(l) }}
	lineLicenceType = Col[*audit.Line]{ID: "licence_type", Title: "Licence type", Width: 18, Aside: true,
		Show: func(l *audit.Line) Cell { return T(l.LicenceType) }}
	lineOwner      = Col[*audit.Line]{ID: "owner", Title: "Owner", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return T(l.Owner) }}
	lineCostCentre = Col[*audit.Line]{ID: "cost_centre", Title: "Cost centre", Width: 18, Aside: true,
		Show: func(l *audit.Line) Cell { return T(l.CostCentre) }}
	lineEntitlement = Col[*audit.Line]{ID: "entitlement", Title: "Entitlement", Width: 18, Aside: true,
		Show: func(l *audit.Line) Cell { return T(l.Entitlement) }}
	lineOwnCurrent = Col[*audit.Line]{ID: "own_current", Title: "Current, unconverted", Kind: Money, Width: 20, Aside: true,
		Note: "in the currency of its price; blank where no rate was applied", Show: unconverted(func(o *audit.OwnCurrency) money.Amount { return o.Current })}
	lineOwnAsIs = Col[*audit.Line]{ID: "own_as_is", Title: "As is, unconverted", Kind: Money, Width: 20, Aside: true,
		Show: unconverted(func(o *audit.OwnCurrency) money.Amount { return o.AsIs })}
	lineOwnRecommended = Col[*audit.Line]{ID: "own_recommended", Title: "Recommended, unconverted", Kind: Money, Width: 20, Aside: true,
		Show: unconverted(func(o *audit.OwnCurrency) money.Amount { return o.Recommended })}
	lineSource = Col[*audit.Line]{ID: "source", Title: "Row", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return T(l.Source.String()) }}

	lineAndSite = Col[*audit.Line]{ID: "name_and_site", Title: "Subscription and site", Width: 40, Wrap: true,
		Show: func(l *audit.Line) Cell { return T(lineWords(l)) }}
)

func subscriptionsSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Subscriptions", Grain: "one row per active subscription in its coming term of twelve months",
		Table: TableOf[*audit.Line]{
			Title: "Subscriptions", Rows: each(r.Lines),
			Columns: []Col[*audit.Line]{lineSite, lineType, lineName, lineCycle, lineRenewal, lineUsers, lineLicensed, lineBilled, lineTier,
				lineCurrent, lineVolume, lineChanges, lineAsIs, lineRecommended, lineFor, lineCycleThen, lineCounted, linePaidWith, lineByQuote,
				lineKey, lineVendor, lineHost, lineHosting, lineEdition, lineBasis, lineTermEnd, lineUsersFrom, lineDiscount, lineLicenceType,
				lineOwner, lineCostCentre, lineEntitlement, lineOwnCurrent, lineOwnAsIs, lineOwnRecommended, lineSource},
			Total: lineTotal(r), Label: "Total of the subscriptions in " + string(r.Run.Currency) + " with known cost",
		}.Table(),
	}
}

// linesSection lists every subscription, so that the totals can be added up.
func linesSection(r *audit.Result) Section {
	return Section{Title: "Subscriptions",
		Lead: []string{"Every active subscription with its coming term of twelve months. Amounts that are unknown are in no total."},
		Tables: []Table{TableOf[*audit.Line]{
			Rows: each(r.Lines), Empty: "No active subscription.",
			Columns: []Col[*audit.Line]{lineAndSite, lineCycle, lineRenewal, lineBilled.Paper(9), lineCurrent.Paper(14), lineAsIs.Paper(14), lineRecommended.Paper(14)},
			Total:   lineTotal(r), Label: "Total",
		}.Table()}}
}

// lineTotal is what all subscriptions of the totals cost together.
func lineTotal(r *audit.Result) **audit.Line {
	t := &r.Plan.Totals
	total := &audit.Line{Current: t.Current, Volume: t.Volume, PriceChanges: t.PriceChanges, AsIs: t.AsIs, Recommended: t.Recommended}
	return &total
}

// unconverted shows a sum in the currency of the price, blank where no rate was
// applied.
func unconverted(sum func(*audit.OwnCurrency) money.Amount) func(*audit.Line) Cell {
	return func(l *audit.Line) Cell {
		if l.Own == nil {
			return T("")
		}
		return M(sum(l.Own))
	}
}

func inTotals(l *audit.Line) string {
	if l.Counted {
		return "yes"
	}
	return "no: " + l.Reason.Placed()
}

func lineWords(l *audit.Line) string {
	text := l.Name + ", " + l.Site
	var notes []string
	for _, note := range []string{l.PaidWith, byQuote(l.QuoteInForce)} {
		if note != "" {
			notes = append(notes, note)
		}
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// byQuote says which amounts of a subscription are those of a quote in force; ""
// where none is.
func byQuote(q *audit.QuoteInForce) string {
	switch {
	case q == nil:
		return ""
	case !q.AsIs:
		return "recommended by quote " + q.Number
	case !q.Recommended:
		return "as is by quote " + q.Number
	}
	return "by quote " + q.Number
}

// discount shows the discount of a subscription, blank where it has none.
func discount(l *audit.Line) Cell {
	if l.Discount == nil {
		return T("")
	}
	return P(*l.Discount)
}
