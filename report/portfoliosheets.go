package report

import (
	"slices"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/portfolio"
)

// Tables of the workbook of a portfolio.
const (
	estatesTable    = "estates"
	currenciesTable = "totals"
)

// ofAudit shows what the run of an estate says; nothing where it has none.
func ofAudit(show func(*portfolio.Audit) Cell) func(*portfolio.Estate) Cell {
	return func(e *portfolio.Estate) Cell {
		if e.Audit == nil {
			return T("")
		}
		return show(e.Audit)
	}
}

// severities is a column that counts the findings of one severity.
func severities(id, title string, count func(*portfolio.BySeverity) int) Col[*portfolio.Estate] {
	return Col[*portfolio.Estate]{ID: id, Title: title, Kind: Count, Width: 9,
		Show: ofAudit(func(a *portfolio.Audit) Cell { return N(count(&a.Findings)) })}
}

// estateAmount is a column of an amount of each estate.
func estateAmount(id, title string, of func(*portfolio.Audit) money.Amount) Col[*portfolio.Estate] {
	return Col[*portfolio.Estate]{ID: id, Title: title, Kind: Money, Width: 17, Show: ofAudit(func(a *portfolio.Audit) Cell { return M(of(a)) })}
}

// The columns of estates.
var (
	estateName = Col[*portfolio.Estate]{ID: "name", Title: "Estate", Width: 24, Wrap: true, Note: "leads to the workbook of its run",
		Show: func(e *portfolio.Estate) Cell { return T(e.Name) }}
	estateOrganisation = Col[*portfolio.Estate]{ID: "organisation", Title: "Organisation", Width: 26, Wrap: true,
		Show: ofAudit(func(a *portfolio.Audit) Cell { return T(a.Organisation) })}
	estateState = Col[*portfolio.Estate]{ID: "state", Title: "State", Width: 10, Show: func(e *portfolio.Estate) Cell { return T(string(e.State)) }}
	estateCode  = Col[*portfolio.Estate]{ID: "exit_code", Title: "Exit code", Kind: Count, Width: 7,
		Show: func(e *portfolio.Estate) Cell { return N(e.ExitCode) }}
	estateAsOf    = Col[*portfolio.Estate]{ID: "as_of", Title: "As of", Kind: Date, Width: 12, Show: ofAudit(func(a *portfolio.Audit) Cell { return D(a.AsOf) })}
	estateWeighed = Col[*portfolio.Estate]{ID: "weighed", Title: "Weighed", Kind: Count, Width: 9, Note: "subscriptions that the plan has weighed",
		Show: ofAudit(func(a *portfolio.Audit) Cell { return N(a.Subscriptions.Weighed) })}
	estateActive = Col[*portfolio.Estate]{ID: "active", Title: "Active", Kind: Count, Width: 9, Note: "active subscriptions",
		Show: ofAudit(func(a *portfolio.Audit) Cell { return N(a.Subscriptions.Active) })}
	estateCurrency = Col[*portfolio.Estate]{ID: "currency", Title: "Currency", Width: 9,
		Show: ofAudit(func(a *portfolio.Audit) Cell { return T(string(a.Currency)) })}
	estateCounted = Col[*portfolio.Estate]{ID: "counted", Title: "In totals", Width: 8, Note: "whether its amounts are in the totals of its currency",
		Show: ofAudit(func(a *portfolio.Audit) Cell { return T(yesNo(a.Counted())) })}
	estatePartial = Col[*portfolio.Estate]{ID: "partial", Title: "Partial", Width: 8, Note: "whether its amounts lack something",
		Marks: []Mark{{F("{}={}", Here(""), Word("yes")), Alarm}}, Show: ofAudit(func(a *portfolio.Audit) Cell { return T(yesNo(a.Partial())) })}
	estateReason = Col[*portfolio.Estate]{ID: "reason", Title: "Reason", Width: 40, Wrap: true, Note: "why it published no run, or why nothing is due",
		Show: func(e *portfolio.Estate) Cell { return T(e.Reason) }}
	estateRun = Col[*portfolio.Estate]{ID: "run", Title: "Run", Width: 40, Aside: true, Show: func(e *portfolio.Estate) Cell { return T(e.Run) }}
)

// ofNext shows of an estate what comes next from the day of the portfolio on.
func ofNext(p *portfolio.Portfolio, show func(*portfolio.Deadline) Cell) func(*portfolio.Estate) Cell {
	return func(e *portfolio.Estate) Cell {
		if e.Audit != nil {
			if n := e.Next(p.Run.AsOf); n != nil {
				return show(n)
			}
		}
		return T("")
	}
}

func estateNextDay(p *portfolio.Portfolio) Col[*portfolio.Estate] {
	return Col[*portfolio.Estate]{ID: "next", Title: "Next day", Kind: Date, Width: 12,
		Show: ofNext(p, func(d *portfolio.Deadline) Cell { return D(d.Date) })}
}

func estateNextWhat(p *portfolio.Portfolio) Col[*portfolio.Estate] {
	return Col[*portfolio.Estate]{ID: "next_what", Title: "What is next", Width: 44, Wrap: true,
		Show: ofNext(p, func(d *portfolio.Deadline) Cell { return T(DayWhat(d)) })}
}

// estateColumns are those of the sheet Estates.
func estateColumns(p *portfolio.Portfolio) []Col[*portfolio.Estate] {
	return []Col[*portfolio.Estate]{
		estateName.LeadingWhere(workbookOf), estateOrganisation, estateState, estateWeighed, estateActive, estateCurrency,
		estateAmount("as_is", "As is", func(a *portfolio.Audit) money.Amount { return a.Totals.AsIs }),
		estateAmount("recommended", "Recommended", func(a *portfolio.Audit) money.Amount { return a.Totals.Recommended }),
		estateAmount("hard_saving", "Hard saving", func(a *portfolio.Audit) money.Amount { return a.Totals.HardSaving }),
		estateAmount("avoidance", "Avoidance", func(a *portfolio.Audit) money.Amount { return a.Totals.Avoidance }),
		estateCounted, estatePartial, estateNextDay(p).Marked(soon(p.Run.AsOf)), estateNextWhat(p),
		severities("critical", "Critical", func(s *portfolio.BySeverity) int { return s.Critical }),
		severities("high", "High", func(s *portfolio.BySeverity) int { return s.High }),
		estateReason, estateCode.Beside(), estateAsOf.Beside(),
		estateAmount("current", "Current", func(a *portfolio.Audit) money.Amount { return a.Totals.Current }).Beside(),
		estateAmount("not_claimed", "Not claimed", func(a *portfolio.Audit) money.Amount { return a.NotClaimed }).Beside(),
		severities("medium", "Medium", func(s *portfolio.BySeverity) int { return s.Medium }).Beside(),
		severities("low", "Low", func(s *portfolio.BySeverity) int { return s.Low }).Beside(),
		severities("info", "Info", func(s *portfolio.BySeverity) int { return s.Info }).Beside(),
		estateRun,
	}
}

// workbookOf leads to the workbook of the run of an estate.
func workbookOf(e *portfolio.Estate) (Ref, bool) {
	return FileAt("../" + e.Run + "/audit.xlsx"), e.Run != "" && plainPath(e.Run)
}

// plainPath reports whether a path is of letters, digits, dots, dashes, underscores
// and slashes alone: what else a folder is called may mean something in a link.
func plainPath(path string) bool {
	for _, r := range path {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_', r == '/':
		default:
			return false
		}
	}
	return true
}

// The columns of totals by currency.
var (
	currencyWord    = Col[*portfolio.Total]{ID: "currency", Title: "Currency", Width: 9, Show: func(t *portfolio.Total) Cell { return T(string(t.Currency)) }}
	currencyEstates = Col[*portfolio.Total]{ID: "estates", Title: "Estates", Kind: Count, Width: 8, Show: func(t *portfolio.Total) Cell { return N(t.Estates) }}
	currencyPartial = Col[*portfolio.Total]{ID: "partial", Title: "Of these partial", Kind: Count, Width: 9,
		Show: func(t *portfolio.Total) Cell { return N(t.Partial) }}
	currencyBeside = Col[*portfolio.Total]{ID: "not_counted", Title: "Not in them", Kind: Count, Width: 9,
		Show: func(t *portfolio.Total) Cell { return N(t.NotCounted) }}
)

// currencyAmount is a column of a total of each currency.
func currencyAmount(f totalFigure) Col[*portfolio.Total] {
	return Col[*portfolio.Total]{ID: f.name, Title: f.title, Kind: Money, Width: 17, Show: func(t *portfolio.Total) Cell {
		return M(f.of(t)).As(InCurrency(f.name, t.Currency))
	}}
}

// currencyColumns are those of the totals; with their formulas for a workbook.
func currencyColumns() []Col[*portfolio.Total] {
	out := []Col[*portfolio.Total]{currencyWord, currencyEstates, currencyPartial, currencyBeside}
	for _, f := range totalFigures() {
		out = append(out, currencyAmount(f))
	}
	return out
}

func portfolioTotals(p *portfolio.Portfolio) Table {
	columns := currencyColumns()
	if lookable(len(columns)*len(p.Totals), len(p.Estates)) {
		of, in := pick{"currency", Here("currency")}, pick{"counted", Word("yes")}
		for i := range columns {
			switch c := &columns[i]; {
			case c.Kind == Money:
				columns[i] = c.By(func(*portfolio.Total) Formula { return sumWhere(plainWords, estatesTable, c.ID, of, in) })
			case c.ID == "estates":
				columns[i] = c.By(func(*portfolio.Total) Formula { return countWhere(plainWords, estatesTable, of, in) })
			case c.ID == "partial":
				columns[i] = c.By(func(*portfolio.Total) Formula {
					return countWhere(plainWords, estatesTable, of, in, pick{"partial", Word("yes")})
				})
			case c.ID == "not_counted":
				columns[i] = c.By(func(*portfolio.Total) Formula {
					return countWhere(plainWords, estatesTable, of, pick{"counted", Word("no")})
				})
			}
		}
	}
	return TableOf[*portfolio.Total]{ID: currenciesTable, Title: "Totals by currency", Note: "Amounts of different currencies are never added.",
		Empty: "No estate has an amount.", Rows: each(p.Totals), Columns: columns}.Table()
}

// portfolioSheets are the sheets of the workbook of a portfolio.
func portfolioSheets(p *portfolio.Portfolio) []Sheet {
	totals := Sheet{Name: "Totals", Grain: "One row per currency: the estates of the sheet Estates that are in its totals, added up",
		Blocks: []Table{portfolioTotals(p)}}
	if caveats := PortfolioCaveats(p); len(caveats) > 0 {
		var list []pair
		for _, c := range caveats {
			list = append(list, pair{"", c})
		}
		totals.Blocks = append(totals.Blocks, pairs("What the totals leave out", list...))
	}
	sheets := []Sheet{totals, {
		Name: "Estates", Grain: "One row per estate, by name",
		Table: TableOf[*portfolio.Estate]{ID: estatesTable, Title: "Estates", Empty: "There is no estate.", Rows: each(p.Estates), Columns: estateColumns(p)}.Table(),
	}, comingSheet(p), severeSheet(p)}
	complete := "yes"
	if !p.Run.Complete {
		complete = "no: see the sheet Totals for what is missing"
	}
	return append([]Sheet{{Name: "Read me", Grain: "What this workbook holds", Blocks: []Table{
		pairs("Scope", pair{"Estates", money.Count(len(p.Estates))}, pair{"As of", p.Run.AsOf.Long() + ", the latest of the estates"}, pair{"Complete", complete},
			pair{"Program", p.Run.Tool + " " + p.Run.Version}, pair{"Run", p.Run.Digest}),
		TableOf[*Sheet]{Title: "Sheets", Rows: each(sheets), Columns: []Col[*Sheet]{sheetName, sheetGrain}}.Table(),
		pairs("How to read it", legend...),
	}}}, sheets...)
}

// The columns of the days of all estates.
var (
	dayDate   = Col[portfolio.Day]{ID: "date", Title: "Date", Kind: Date, Width: 12, Show: func(d portfolio.Day) Cell { return D(d.Date) }}
	dayEstate = Col[portfolio.Day]{ID: "estate", Title: "Estate", Width: 22, Wrap: true, Show: func(d portfolio.Day) Cell { return T(d.Estate.Name) }}
	dayKind   = Col[portfolio.Day]{ID: "kind", Title: "Kind", Width: 20, Show: func(d portfolio.Day) Cell { return T(string(d.Kind)) }}
	daySite   = Col[portfolio.Day]{ID: "site", Title: "Site", Width: 22, Wrap: true, Show: func(d portfolio.Day) Cell { return place(d.Site) }}
	dayWhat   = Col[portfolio.Day]{ID: "what", Title: "What", Width: 66, Wrap: true, Show: func(d portfolio.Day) Cell { return T(DayWhat(d.Deadline)) }}
)

// dayAway says how far a day is from the day of a portfolio.
func dayAway(p *portfolio.Portfolio) Col[portfolio.Day] {
	return Col[portfolio.Day]{ID: "away", Title: "Away", Width: 14, Show: func(d portfolio.Day) Cell { return T(daysAway(d.Date, p.Run.AsOf)) }}
}

func comingSheet(p *portfolio.Portfolio) Sheet {
	left := Col[portfolio.Day]{ID: "days_left", Title: "Days left", Kind: Count, Width: 10,
		Show: func(d portfolio.Day) Cell { return N(d.Date.Sub(p.Run.AsOf)) }}
	return Sheet{Name: "Deadlines", Grain: "One row per day of an estate on which something ends or has to be done, by date; equal things of one site are one",
		Table: TableOf[portfolio.Day]{Title: "Deadlines", Empty: noDeadlines, Rows: slices.Values(p.Days()),
			Columns: []Col[portfolio.Day]{dayDate.Marked(soon(p.Run.AsOf)), left, dayEstate, dayKind, daySite, dayWhat}}.Table()}
}

// The columns of severe findings of all estates.
var (
	severeWord   = Col[portfolio.Severe]{ID: "severity", Title: "Severity", Width: 10, Show: func(s portfolio.Severe) Cell { return T(s.Severity.String()) }}
	severeEstate = Col[portfolio.Severe]{ID: "estate", Title: "Estate", Width: 22, Wrap: true, Show: func(s portfolio.Severe) Cell { return T(s.Estate.Name) }}
	severeTitle  = Col[portfolio.Severe]{ID: "title", Title: "Finding", Width: 66, Wrap: true, Show: func(s portfolio.Severe) Cell { return T(s.Title) }}
	severeBy     = Col[portfolio.Severe]{ID: "by", Title: "By", Kind: Date, Width: 12, Show: func(s portfolio.Severe) Cell { return dateOrBlank(s.By) }}
	severeAmount = Col[portfolio.Severe]{ID: "amount", Title: "Amount", Kind: Money, Width: 17, Note: "worth on its own; findings overlap and do not add up",
		Show: func(s portfolio.Severe) Cell {
			if !s.Amount.Known() {
				return T("")
			}
			return M(s.Amount)
		}}
	severeRule = Col[portfolio.Severe]{ID: "rule", Title: "Rule", Width: 22, Show: func(s portfolio.Severe) Cell { return T(s.Rule) }}
)

func severeSheet(p *portfolio.Portfolio) Sheet {
	critical := Mark{F("{}={}", Here(""), Word(audit.Critical.String())), Alarm}
	return Sheet{Name: "Findings", Grain: "One row per finding of high or critical severity that no exception marks; the workbook of each estate has all",
		Table: TableOf[portfolio.Severe]{Title: "Findings of high and critical severity", Empty: "No estate has one.", Rows: slices.Values(p.Severe()),
			Columns: []Col[portfolio.Severe]{severeWord.Marked(critical), severeEstate, severeTitle, severeBy, severeAmount, severeRule}}.Table()}
}
