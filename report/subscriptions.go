package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
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
	lineHardSaving = Col[*audit.Line]{ID: "hard_saving", Title: "Hard saving", Kind: Money, Width: 15, InTotal: true, Figure: "hard_saving",
		Show: func(l *audit.Line) Cell { return M(l.HardSaving) }}
	lineAvoidance = Col[*audit.Line]{ID: "avoidance", Title: "Avoidance", Kind: Money, Width: 14, InTotal: true, Figure: "avoidance",
		Show: func(l *audit.Line) Cell { return M(l.Avoidance) }}
	lineFor = Col[*audit.Line]{ID: "recommended_quantity", Title: "For users", Kind: Count, Width: 10, Note: "recommended quantity, paid for from the renewal on",
		Show: func(l *audit.Line) Cell { return OptN(l.RecommendedFor) }}
	lineCycleThen = Col[*audit.Line]{ID: "recommended_cycle", Title: "Cycle then", Width: 10, Note: "recommended billing cycle",
		Show: func(l *audit.Line) Cell { return wordOrBlank(l.RecommendedCycle) }}
	lineCounted  = Col[*audit.Line]{ID: "counted", Title: "In the totals", Width: 20, Wrap: true, Show: func(l *audit.Line) Cell { return T(inTotals(l)) }}
	lineState    = Col[*audit.Line]{ID: "state", Title: "State", Width: 12, Show: func(l *audit.Line) Cell { return W(l.State) }}
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
	lineID     = Col[*audit.Line]{ID: "id", Title: "Id", Width: 34, Aside: true, Show: func(l *audit.Line) Cell { return T(l.ID) }}
	lineSource = Col[*audit.Line]{ID: "source", Title: "Row", Width: 18, Aside: true, Show: func(l *audit.Line) Cell { return T(l.Source.String()) }}

	lineAndSite = Col[*audit.Line]{ID: "name_and_site", Title: "Subscription and site", Width: 40, Wrap: true,
		Show: func(l *audit.Line) Cell { return T(lineWords(l)) }}
)

func subscriptionsSheet(r *audit.Result) Sheet {
	from, to, numbers := newLineFormulas(r), newLinks(r), lineNumbers(r)
	current := calculation(numbers, wayCurrent, func(l *audit.Line) []audit.Step { return l.CurrentSteps })
	asIs := calculation(numbers, wayAsIs, func(l *audit.Line) []audit.Step { return l.Steps })
	recommended := calculation(numbers, wayRecommended, func(l *audit.Line) []audit.Step { return l.RecommendedSteps })
	return Sheet{
		Name: "Subscriptions", Grain: "One row per active subscription in its coming term of twelve months",
		Table: TableOf[*audit.Line]{
			ID: subscriptionsTable, Title: "Subscriptions", Empty: "No subscription is active.", Rows: each(r.Lines), Key: func(l *audit.Line) string { return l.ID },
			Columns: []Col[*audit.Line]{lineNumber(numbers).Pin(), lineSite.Pin(), lineName.Pin(), lineCycle, lineRenewal,
				lineUsers.By(to.counted).LeadingWhere(to.counts), lineLicensed, lineBilled, lineTier,
				lineCurrent.By(from.current).LeadingWhere(current).Marked(amountMarks()...), lineVolume.By(from.volume), lineChanges.By(from.priceChanges),
				lineAsIs.By(from.asIs).LeadingWhere(asIs).Marked(amountMarks()...),
				lineRecommended.By(from.recommended).LeadingWhere(recommended).Marked(amountMarks()...),
				to.changedBy(), lineFor, lineCycleThen, lineCounted,
				lineState.Beside().Marked(stateMarks()...), lineType.Beside(), lineHardSaving.By(hardSavingOf).Beside(), lineAvoidance.By(avoidanceOf).Beside(),
				linePaidWith.Beside().Wide(40), lineByQuote.Beside().Wide(40),
				lineBundle(r), lineKey, lineVendor, lineHost, lineHosting, lineEdition, lineBasis, lineTermEnd, lineUsersFrom, lineDiscount, lineLicenceType,
				lineOwner, lineCostCentre, lineEntitlement, lineOwnCurrent, lineOwnAsIs, lineOwnRecommended,
				lineRightSized.By(stageOf(1)), lineCleanedUp.By(stageOf(2)), lineSwitched.By(stageOf(3)), lineBeforeQuotes.By(stageOf(4)), lineID, lineSource},
			Adds:  totalOfLines,
			Total: lineTotal(r), Label: "Total of the subscriptions in " + string(r.Run.Currency) + " with known cost",
		}.FoldedAway().Table(),
	}
}

// amountMarks are the tones of amounts that are not known, and of those of a row whose
// bundle is held.
func amountMarks() []Mark {
	return []Mark{unknownAmount, {F("{}={}", Here("state"), Word(plan.Held.String())), Watch}}
}

// unknownAmount stands out where an amount is not known.
var unknownAmount = Mark{F("{}={}", Here(""), Unknown), Alarm}

// subscriptionsTable is the id of the table of subscriptions.
const subscriptionsTable = "subscriptions"

// bundleTitles are what bundles are called, by their ids.
func bundleTitles(r *audit.Result) map[string]string {
	titles := map[string]string{}
	for c := range each(r.Cycles) {
		titles[c.Bundle] = c.Title
	}
	return titles
}

// lineBundle is the column of the product that a subscription is bought with.
func lineBundle(r *audit.Result) Col[*audit.Line] {
	titles := bundleTitles(r)
	return Col[*audit.Line]{ID: "bundle", Title: "Product and its apps", Width: 26, Aside: true, Show: func(l *audit.Line) Cell { return T(titles[l.Bundle]) }}
}

// inTotal picks the subscriptions that are in the totals.
var inTotal = pick{"counted", Word(inTheTotals)}

// totalOfLines adds a column of the subscriptions up as the totals do.
func totalOfLines(column string) Formula {
	return sumWhere(plainWords, subscriptionsTable, column, inTotal)
}

// lineNumber is the column by which other tables know a subscription.
func lineNumber(numbers map[*audit.Line]int) Col[*audit.Line] {
	return Col[*audit.Line]{ID: "number", Title: "No", Kind: Count, Width: 6, Show: func(l *audit.Line) Cell { return N(numbers[l]) }}
}

// lineFormulas are how amounts of a subscription come about: by the steps of their
// calculations, where these make them by themselves.
type lineFormulas struct {
	steps   bool
	changes map[string]money.Amount // what the price changes of a subscription add to the coming term
}

// newLineFormulas leaves the steps out where they are too many to look through
// for each subscription.
func newLineFormulas(r *audit.Result) lineFormulas {
	steps := 0
	for l := range each(r.Lines) {
		steps += len(l.CurrentSteps) + len(l.Steps) + len(l.RecommendedSteps)
	}
	return lineFormulas{lookable(3*len(r.Lines), steps+len(r.Changes)), r.AddedByChanges()}
}

func (f lineFormulas) current(l *audit.Line) Formula {
	return f.ofSteps(wayCurrent, l.CurrentSteps, l.Current)
}

// asIs falls back on the three parts of the amount.
func (f lineFormulas) asIs(l *audit.Line) Formula {
	if steps := f.ofSteps(wayAsIs, l.Steps, l.AsIs); !steps.None() {
		return steps
	}
	if !l.AsIsByParts() {
		return Formula{}
	}
	return F("{}+{}+{}", Here("current"), Here("volume"), Here("price_changes"))
}

// priceChanges are what of as is neither the current cost nor the volume makes,
// where as is comes about without them.
func (f lineFormulas) priceChanges(l *audit.Line) Formula {
	switch {
	case f.ofSteps(wayAsIs, l.Steps, l.AsIs).None() || !l.AsIsByParts():
		return Formula{}
	case f.listed(l):
		return sumWhere(plainWords, changesTable, changeThisTerm.ID, pick{"number", Here("number")})
	}
	return F("{}-{}-{}", Here("as_is"), Here("current"), Here("volume"))
}

// volume is what of as is neither the current cost nor the listed price changes make.
func (f lineFormulas) volume(l *audit.Line) Formula {
	if f.ofSteps(wayAsIs, l.Steps, l.AsIs).None() || !l.AsIsByParts() || !f.listed(l) {
		return Formula{}
	}
	return F("{}-{}-{}", Here("as_is"), Here("current"), Here("price_changes"))
}

// listed reports whether the sheet of price changes lists all that they add, which is
// nothing for a subscription without a row.
func (f lineFormulas) listed(l *audit.Line) bool {
	sum, is := f.changes[l.ID]
	if !is {
		return f.steps && l.PriceChanges.Sign() == 0
	}
	return f.steps && sum.Known() && sum == l.PriceChanges
}

func (f lineFormulas) recommended(l *audit.Line) Formula {
	return f.ofSteps(wayRecommended, l.RecommendedSteps, l.Recommended)
}

// ofSteps adds up the steps that make an amount; none where they do not make it.
func (f lineFormulas) ofSteps(way string, steps []audit.Step, amount money.Amount) Formula {
	if !f.steps || !audit.MadeBy(steps, amount) {
		return Formula{}
	}
	return sumWhere(plainWords, calculationsTable, "amount", pick{"number", Here("number")}, pick{"way", Word(way)})
}

// linesSection lists every subscription, so that the totals can be added up.
func linesSection(r *audit.Result) Section {
	return Section{Title: "Subscriptions",
		Lead: []string{"Every active subscription with its coming term of twelve months. Amounts that are unknown are in no total."},
		Tables: []Table{TableOf[*audit.Line]{
			Rows: each(r.Lines), Empty: "No active subscription.",
			Columns: []Col[*audit.Line]{lineAndSite, lineCycle, lineRenewal, lineBilled.Paper(9), lineCurrent.Paper(14), lineAsIs.Paper(14), lineRecommended.Paper(14)},
			Total:   lineTotal(r), Label: "Total",
		}.Folded().Table()}}
}

// lineTotal is what all subscriptions of the totals cost together.
func lineTotal(r *audit.Result) **audit.Line {
	t := &r.Plan.Totals
	total := &audit.Line{Current: t.Current, Volume: t.Volume, PriceChanges: t.PriceChanges, AsIs: t.AsIs, Recommended: t.Recommended,
		HardSaving: t.HardSaving, Avoidance: t.Avoidance, AfterRightSize: r.Plan.UpTo(plan.StepRightSize), AfterCleanUp: r.Plan.UpTo(plan.StepCleanUp),
		AfterCycle: r.Plan.UpTo(plan.StepCycle), BeforeQuotes: r.Plan.UpTo(plan.StepMultiInstance)}
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

// inTheTotals says that a subscription is.
const inTheTotals = "yes"

func inTotals(l *audit.Line) string {
	if l.Counted {
		return inTheTotals
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
