package report

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// say writes a value of a result as a reader would tell it.
func say(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return money.Count(v)
	case *int:
		return money.Count(*v)
	case money.Amount:
		return v.String() + " " + string(v.Currency())
	case money.Exact:
		return v.Decimal(0)
	case date.Date:
		return v.String()
	case money.Currency:
		return string(v)
	}
	return fmt.Sprint(v)
}

// cells say, by title, what a cell in a row has to show.
type cells map[string]func(row int) any

// of makes cells of the rows of a list.
func of[R any](list []R, byTitle map[string]func(*R) any) cells {
	out := cells{}
	for title, value := range byTitle {
		out[title] = func(row int) any { return value(&list[row]) }
	}
	return out
}

// words makes cells of one title whose rows are known word by word.
func words(list ...string) func(int) any { return func(row int) any { return list[row] } }

// meanings say of every table which field each title names. They are written
// from what the titles say, not from the columns, which they are to guard; those
// of a subject stand in the test file beside its columns.
func meanings(r *audit.Result) []meaning {
	return slices.Concat(listMeanings(r), totalMeanings(r), factMeanings(r), scenarioMeanings(r), coverageMeanings(r), actionMeanings(r), deadlineMeanings(r), findingMeanings(r), riskMeanings(r),
		userMeanings(r), seatMeanings(r), removalMeanings(r), exceptionMeanings(r), decisionMeanings(r), staffMeanings(r), trustMeanings(r), lineMeanings(r), checkMeanings(r), sumMeanings(r), cashMeanings(r), stepMeanings(r),
		tierMeanings(r), changeMeanings(r), cycleMeanings(r), qualityMeanings(r), ruleMeanings(r),
		appMeanings(r), combinationMeanings(r), peakMeanings(r), factSheetMeanings(r),
		historyMeanings(r), chartMeanings(r),
		priceMeanings(r), whatIfMeanings(r), billMeanings(r), riseMeanings(r))
}
