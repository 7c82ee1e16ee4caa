package report

import "slices"

// question is what people open the workbook for, with the sheet that answers it and
// how to read it there.
type question struct{ asks, sheet, how string }

// The columns of questions.
var (
	questionAsks  = Col[question]{ID: "asks", Title: "Question", Width: 34, Wrap: true, Show: func(q question) Cell { return T(q.asks) }}
	questionSheet = Col[question]{ID: "sheet", Title: "Sheet", Width: 16, Show: func(q question) Cell { return T(q.sheet).To(TopOf(q.sheet)) }}
	questionHow   = Col[question]{ID: "how", Title: "How to find it", Width: 62, Wrap: true, Show: func(q question) Cell { return T(q.how) }}
)

// questions are the tasks of a licence manager before a renewal.
var questions = []question{
	{"Whom do we ask first in a department?", "Users",
		"Filter Department. The rows stand in the order in which to ask: whom the plan removes, the longest idle first."},
	{"What if we hire 40 people in March?", "What-if",
		"In the row of the product enter 40 under Add and the day under From. Read Difference there and in the first row."},
	{"Which app is worth dropping?", "Apps",
		"Saved without it is what the coming term costs less without the app. Idle and Use the app say how many would miss it."},
	{"What have we decided?", "Decisions",
		"Each decision stands there with its reason and the run it was made in. The sheet Summary counts what is still open."},
	{"What has to be done before a day?", "Deadlines", "The rows stand by day. What is due within 14 days is red."},
	{"Where does a figure come from?", "Calculations",
		"An underlined figure leads to the rows it follows from. Each step of a subscription stands in Calculations."},
}

// questionsTable leads from a question to the sheet that answers it.
func questionsTable() Table {
	return TableOf[question]{Title: "Where to look", Rows: slices.Values(questions),
		Columns: []Col[question]{questionAsks, questionSheet, questionHow}}.Table()
}
