package report

import (
	"cmp"
	"slices"

	"tierline/audit"
)

// Build makes the document of a result.
func Build(r *audit.Result) *Document {
	d := WithoutWorkbook(r)
	d.Workbook = workbook(r)
	return d
}

// WithoutWorkbook makes the document for whoever writes no workbook, which is most
// of the work.
func WithoutWorkbook(r *audit.Result) *Document {
	return &Document{
		Title:        cmp.Or(r.Branding.Title, "Licence audit"),
		Organisation: r.Run.Organisation,
		AsOf:         r.Run.AsOf,
		Currency:     r.Run.Currency,
		Complete:     r.Run.Complete,
		Branding:     r.Branding,
		Result:       r,
		Finance:      finance(r),
		Findings:     findingsList(r),
		Seats:        seatsList(r),
		Removals:     removalsList(r),
	}
}

// workbook lists the sheets of the workbook, in the order a licence manager
// reads them. It is the only part of a document that names people.
func workbook(r *audit.Result) []Sheet {
	sheets := slices.Concat([]Sheet{
		summarySheet(r), chartsSheet(r), trustSheet(r), openSheet(r), actionsSheet(r), deadlinesSheet(r), findingsSheet(r), findingLinesSheet(r),
	}, historySheets(r), []Sheet{
		usersSheet(r), countsSheet(r), decisionsSheet(r), departmentsSheet(r), managersSheet(r), removalsSheet(r), appsSheet(r),
		subscriptionsSheet(r), sumsSheet(r), cashSheet(r), dueSheet(r), calculationsSheet(r),
	}, whatIfSheets(r), []Sheet{
		tiersSheet(r), laddersSheet(r), changesSheet(r), cyclesSheet(r), combinationsSheet(r),
		peaksSheet(r), exceptionsSheet(r), qualitySheet(r), filesSheet(r), methodSheet(r), factsSheet(r),
	})
	checks := checksOf(r)
	sheets[0].Status = checkStatus(checks) // of the summary
	sheets = append(sheets, figureChecks(checks))
	return append([]Sheet{readMeSheet(r, sheets)}, sheets...)
}

// finance makes the content of the PDF. Nothing of it comes from a field that
// may hold a person: no account, exception, owner, reason, note, file name or
// diagnostic is used, and the rules that name people in their evidence give
// only their counts.
func finance(r *audit.Result) Finance {
	return Finance{
		Weighed:   weighedSentence(r),
		Headline:  headline(r),
		Partial:   partial(r),
		Facts:     facts(r),
		Decisions: []Table{decisions(r)},
		Counts:    shortCounts(r),
		Caveats:   slices.Concat(caveats(r), siteCaveats(r), openCaveats(r)),
		Bridge:    bridge(r),
		Sections: slices.Concat(
			[]Section{readingSection(r), actionsSection(r), scenariosSection(r), risksSection(r), deadlinesSection(r)}, historySection(r),
			[]Section{changesSection(r), cyclesSection(r), cashSection(r), sumsSection(r), trustSection(r), laddersSection(r), seatsSection(r),
				linesSection(r), basisSection(r)}),
	}
}
