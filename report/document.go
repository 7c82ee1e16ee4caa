// Package report turns an audit result, or a portfolio of several, into a
// document: tables, charts and wording, the same for every format. cmd calls
// [Build] and [BuildPortfolio]; renderers (xlsx, pdf, csv, ics, json, text)
// import it and lay it out. It imports none of them and decides nothing about
// paper, fonts or cells.
//
// Each subject has a file: actions.go, deadlines.go, subscriptions.go and so on.
// It declares the columns of its subject, each once and with the field it shows
// ([Col]), and lists them in the sheet, the section and the chart it makes; so
// a figure stands under the same title in every report. Build puts the sheets
// and sections in their order.
//
// A cell of the workbook may say what its value follows from ([Cell.By]) and
// where a click leads ([Cell.To]); columns may be inputs and take tones ([Input],
// [Mark]). All of it is data: a [Ref] names a table, the key of a row and a
// column, and the workbook finds out where they stand. The value in the cell is
// the audited one, which a recalculation has to meet to the cent. Excel keeps a
// reference to a cell in its place when a table is sorted, so what follows from
// rows of a table that people sort finds them by their content.
//
// Two rules hold for all of it. An amount in a document is an amount of the
// result: nothing is computed here that a reader could not find there. And
// what goes to finance never names a person: only [Document.Workbook],
// [Document.Seats] and [Document.Removals] do.
package report

import (
	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/portfolio"
)

// Document is one audit or one portfolio, ready to be laid out.
type Document struct {
	Title        string
	Organisation string
	AsOf         date.Date
	Currency     money.Currency
	Complete     bool
	Branding     config.Branding      // but for its title, which Title has or replaces
	Finance      Finance              // the PDF
	Workbook     []Sheet              // the workbook, in order
	Names        []Name               // of places in the workbook, for formulas of readers
	Findings     Table                // for programs: findings.csv
	Seats        Table                // for programs: seats.csv, which names people
	Removals     Table                // for whoever removes people: removals.csv, which names them
	Result       *audit.Result        // of an audit
	Portfolio    *portfolio.Portfolio // of a portfolio, which has no result
}

// Made says what a document was made of, and by what.
type Made struct{ Schema, Tool, Version, Digest string }

// Made returns where the document comes from.
func (d *Document) Made() Made {
	switch {
	case d.Result != nil:
		r := &d.Result.Run
		return Made{r.Schema, r.Tool, r.Version, r.Digest}
	case d.Portfolio != nil:
		r := &d.Portfolio.Run
		return Made{r.Schema, r.Tool, r.Version, r.Digest}
	}
	return Made{}
}

// RunName names the run: its as-of date and the first eight digits of its
// digest. It is how its folder is called.
func (d *Document) RunName() string {
	digest := d.Made().Digest
	return d.AsOf.String() + "-" + digest[:min(8, len(digest))]
}

// Sheet is one sheet of the workbook: a grain of its own, said in Grain.
type Sheet struct {
	Name   string   // at most 31 characters, never from data
	Grain  string   // "One row per ..."
	Status *Status  // a line that is a formula, under the title; nil for none
	Lead   []string // sentences above the table
	Table  Table
	Charts []Chart // above the blocks, two beside each other
	Blocks []Table // for sheets of several small tables (Read me, Summary, Method); Table is then empty

	Protected bool // only inputs can be changed; no password, so that whoever knows what they do lifts it
}
