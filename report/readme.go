package report

import (
	"fmt"

	"tierline/audit"
)

// The columns of the list of sheets.
var (
	sheetName  = Col[*Sheet]{ID: "name", Title: "Sheet", Width: 34, Show: func(s *Sheet) Cell { return T(s.Name).To(TopOf(s.Name)) }}
	sheetGrain = Col[*Sheet]{ID: "grain", Title: "What it holds", Width: 70, Wrap: true, Show: func(s *Sheet) Cell { return T(s.Grain) }}
)

// readMeSheet says what the workbook is of and what its other sheets hold.
func readMeSheet(r *audit.Result, sheets []Sheet) Sheet {
	return Sheet{Name: "Read me", Grain: "What this workbook holds", Blocks: []Table{
		scope(r),
		questionsTable(),
		TableOf[*Sheet]{Title: "Sheets", Rows: each(sheets), Columns: []Col[*Sheet]{sheetName, sheetGrain}}.Table(),
		pairs("How to read it", legend...),
	}}
}

// scope says what was audited, of which day and how completely.
func scope(r *audit.Result) Table {
	asOf, complete := r.Run.AsOf.Long(), "yes"
	if r.Run.AsOfAssumed {
		asOf += " (assumed: today; set as_of or --as-of to fix it)"
	}
	if !r.Run.Complete {
		complete = "no: see the sheet Data quality for what is missing"
	}
	list := []pair{
		pair{"Organisation", r.Run.Organisation},
		pair{"As of", asOf},
		pair{"Currency of the totals", string(r.Run.Currency) + ", " + r.Run.CurrencyFrom},
		pair{"Complete", complete},
		pair{"Subscriptions in the totals", fmt.Sprintf("%d of %d active", r.Coverage.Counted, r.Coverage.Active)},
		pair{"Program", r.Run.Tool + " " + r.Run.Version},
		pair{"Run", r.Run.Digest},
	}
	if r.Run.Redacted != "" {
		list = append(list, pair{"People", "named by pseudonyms of the key " + r.Run.Redacted + ": the same person is the same word in every run with it"})
	}
	return pairs("Scope", list...)
}

// legend explains the words every sheet uses.
var legend = []pair{
	{"unknown", "not known; never the same as 0"},
	{"Hard saving", "less money spent than on renewing as is, because less is bought"},
	{"Avoidance", "a price rise not suffered, by a quote made in time; never added to hard saving"},
	{"Review candidate", "a seat nobody has used for a while: somebody to ask about, no verdict"},
	{"Planning estimate", "net of tax, at the prices in the price files; not an invoice"},
}
