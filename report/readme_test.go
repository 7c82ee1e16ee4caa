package report

import (
	"slices"
	"tierline/audit"
)

// sheetNames are the sheets the workbook has beside Read me, which lists them.
var sheetNames = []string{
	"Summary",
	"Charts",
	"Trust",
	"Not weighed",
	"Actions",
	"Deadlines",
	"Findings",
	"Finding amounts",
	"Changes since last run",
	"People since last run",
	"Promised and kept",
	"Users", "Counts",
	"Decisions",
	"By department",
	"By manager",
	"Removals",
	"Apps",
	"Subscriptions",
	"Sums",
	"Cash",
	"Bills",
	"Calculations",
	"What-if",
	"What-if bills",
	"What-if before renewal",
	"Prices",
	"Tiers",
	"Ladders",
	"Price changes",
	"Billing cycle",
	"Multi-instance",
	"Peaks",
	"Exceptions",
	"Data quality",
	"Files",
	"Method",
	"Facts",
	"Checks",
}

func listMeanings(r *audit.Result) []meaning {
	grain := map[string]string{}
	for _, s := range Build(r).Workbook {
		grain[s.Name] = s.Grain
	}
	sheets := cells{"Sheet": words(sheetNames...), "What it holds": func(i int) any { return grain[sheetNames[i]] }}
	run := &r.Run
	scope := cells{
		"label": words("Organisation", "As of", "Currency of the totals", "Complete", "Subscriptions in the totals", "Program", "Run", "People"),
		"value": words(run.Organisation, run.AsOf.Long()+" (assumed: today; set as_of or --as-of to fix it)", string(run.Currency)+", "+run.CurrencyFrom,
			"yes", say(r.Coverage.Counted)+" of "+say(r.Coverage.Active)+" active", run.Tool+" "+run.Version, run.Digest,
			"named by pseudonyms of the key "+run.Redacted+": the same person is the same word in every run with it"),
	}
	listed := func(list []pair) cells {
		return cells{"label": func(i int) any { return list[i].label }, "value": func(i int) any { return list[i].value }}
	}
	return []meaning{
		{place: "Read me/Scope", cols: "label|value", rows: 8, cell: scope},
		{place: "Read me/Where to look", cols: "Question|Sheet|How to find it", rows: len(questions), cell: cells{
			"Question": func(i int) any { return questions[i].asks }, "Sheet": func(i int) any { return questions[i].sheet },
			"How to find it": func(i int) any { return questions[i].how }}},
		{place: "Read me/Sheets", cols: "Sheet|What it holds", rows: len(sheetNames), cell: sheets},
		{place: "Read me/How to read it", cols: "label|value", rows: len(legend), cell: listed(legend)},
		{place: "PDF/How to read this report/", cols: "label|value", rows: len(reading(r)), cell: listed(reading(r))},
		{place: "PDF/Basis/How the figures are computed", cols: "label|value", rows: len(method) - 4, cell: listed(slices.Concat(method[1:5], method[6:7], method[8:10]))},
		{place: "Method/How the figures are computed", cols: "label|value", rows: len(method), cell: listed(method)},
		{place: "Not weighed/The states", cols: "label|value", rows: len(stateWords), cell: listed(statePairs())},
	}
}
