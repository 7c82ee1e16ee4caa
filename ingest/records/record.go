// Package records reads our own tables, a struct of texts for each record and
// a value of the estate or the price book for each that holds. A record with a
// problem is rejected as a whole: a typing error never falls back to a default.
// What rows say about each other, over files, ingest settles, which calls it for
// each sheet in a format of ours.
package records

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// Tables is what the tables of one file say, in the order of their rows.
type Tables struct {
	Subscriptions []Subscription
	Refused       int // rows of subscriptions that could not be read
	Prices        []pricing.Row
	Pasted        []PastedPrices
	Changes       []pricing.Change
	Refusals      []pricing.Refusal // plans that have no price, since a row was rejected
	Rates         []Rate
	Quotes        []Quote
	Invoices      []Invoice
	Headcount     []estate.HeadcountChange
	Exceptions    []estate.Exception
	Decisions     []estate.Decision
	UserCounts    []estate.UserCount
	AppUsage      []estate.AppUsage
	Apps          []estate.AppFact
	Ends          []estate.EndOfSupport
	Workload      []estate.Workload
	People        []estate.Person
}

// ReadHeadcount reads the headcount_plan table.
func (t *Tables) ReadHeadcount(s *sheet.Sheet) {
	t.Headcount = collect(s, t.Headcount, headcountChange)
}

// ReadExceptions reads the exceptions table.
func (t *Tables) ReadExceptions(s *sheet.Sheet) { t.Exceptions = collect(s, t.Exceptions, exception) }

// ReadDecisions reads decisions about seats.
func (t *Tables) ReadDecisions(s *sheet.Sheet) { t.Decisions = collect(s, t.Decisions, decision) }

// ReadApps reads the apps table.
func (t *Tables) ReadApps(s *sheet.Sheet) { t.Apps = collect(s, t.Apps, appFact) }

// ReadEnds reads the end_of_support table.
func (t *Tables) ReadEnds(s *sheet.Sheet) { t.Ends = collect(s, t.Ends, endOfSupport) }

// ReadAppUsage reads the app_usage table.
func (t *Tables) ReadAppUsage(s *sheet.Sheet) { t.AppUsage = collect(s, t.AppUsage, appUsage) }

// ReadWorkload reads the workload table.
func (t *Tables) ReadWorkload(s *sheet.Sheet) { t.Workload = collect(s, t.Workload, workload) }

// ReadPeople reads the people table.
func (t *Tables) ReadPeople(s *sheet.Sheet) { t.People = collect(s, t.People, person) }

// collect adds what the records of a table say to values, of those without a
// problem.
func collect[T, V any](s *sheet.Sheet, values []V, read func(r *rows[T], rec T, at diag.Source) V) []V {
	r := readRows[T](s)
	r.each(func(rec T, at diag.Source) {
		if v := read(r, rec, at); !r.failed && !r.nothing.Given() {
			values = append(values, v)
		}
	})
	return values
}

// rows are the records of one of our own tables, each as a struct of texts. They
// are read some at a time, so that a long table is never held whole.
type rows[T any] struct {
	*sheet.Sheet
	known    []string // the columns of the table that the sheet has
	records  []record // read and not yet parsed
	held     int      // their cells
	totals   int
	problems []string             // of the record being parsed
	kind     string               // of the first of them
	first    diag.Source          // where the first of them is
	last     diag.Source          // where the last of them is
	forms    map[string]cell.Form // how the dates of a column are written
	now      record               // being parsed
	failed   bool
	nothing  diag.Reason // why the record being parsed says nothing; none where it says something
}

// record is a row of a table as it stands in the file.
type record struct {
	line  int
	cells []string
	torn  bool // it has more cells than the header, so that any of them may have shifted
}

// How many records are parsed at a time, fewer where they have more cells.
const together, usualCells = 1000, 100

// readRows begins to read a table.
func readRows[T any](s *sheet.Sheet) *rows[T] {
	remarkOnUnknown(s)
	return &rows[T]{Sheet: s, known: slices.DeleteFunc(s.Format.All(), func(c string) bool { return s.Column(c) < 0 })}
}

// each reads every record and parses it; parse reports what is wrong through
// refuse. Blank rows, repeated headers and totals are excluded, rows that cannot
// be split are rejected. A record with a problem is rejected as a whole: a typing
// error never falls back to a default (METHOD 14.8).
func (r *rows[T]) each(parse func(rec T, at diag.Source)) {
	r.Each(func(row table.Row) bool {
		if row.Line > r.Line && !r.leftOut(row) {
			_, torn := sheet.Surplus(row.Cells, len(r.Header))
			r.records = append(r.records, record{row.Line, cloned(row.Cells), torn})
			r.held += len(row.Cells)
		}
		if len(r.records) == together || r.held > together*usualCells {
			r.parse(parse)
		}
		return true
	}, r.Unsplit)
	r.parse(parse)
	r.remarkOnForms()
}

// cloned returns the cells of a row apart from the text of the file.
func cloned(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.Clone(c)
	}
	return out
}

// leftOut excludes a row that is no data.
func (r *rows[T]) leftOut(row table.Row) bool {
	r.Input.Read++
	reason := r.NotData(row.Cells)
	if reason == "" && isTotal(row.Cells) {
		reason = "a total"
		if r.totals++; r.totals <= sheet.ShownRows {
			r.Diags.Add(diag.Note, r.At(row.Line, 0), "the row is a total of those above; left out", "")
		}
	}
	if reason != "" {
		r.Input.Exclude(diag.Reason{Kind: diag.NoData, Text: reason}, 1)
	}
	return reason != ""
}

// parse parses the records that were read.
func (r *rows[T]) parse(parse func(rec T, at diag.Source)) {
	texts := make([][]string, len(r.records))
	for i, rec := range r.records {
		texts[i] = r.texts(rec)
	}
	parsed, err := table.Bind[T](r.known, texts)
	if err != nil {
		r.Input.Rejected += len(r.records)
		r.Diags.Add(diag.Incomplete, r.At(0, 0), "the table cannot be read: "+err.Error(), "")
	}
	for i, rec := range parsed {
		r.now, r.failed, r.problems, r.nothing = r.records[i], false, nil, diag.Reason{}
		r.refuseTorn()
		r.refuseLong()
		r.refuseErrors()
		r.refuseAddresses()
		parse(rec, r.At(r.now.line, 0))
		switch {
		case r.failed:
			r.Input.Rejected++
			r.KeepRejected(r.first, sheet.Fault{Text: strings.Join(r.problems, "; "), Kind: r.kind}, r.now.cells)
		case r.nothing.Given():
			r.Input.Exclude(r.nothing, 1)
		default:
			r.Input.Used++
		}
	}
	r.records, r.held = r.records[:0], 0
}

// maxCell is how long a cell of a table may be, in bytes: nobody calls a thing so
// or writes a reason at greater length, names are compared with each other, and
// remarks quote them.
const maxCell = 2000

// refuseLong rejects the record where a cell of it is too long.
func (r *rows[T]) refuseLong() {
	for _, column := range r.known {
		if n := len(cell.At(r.now.cells, r.Column(column))); n > maxCell {
			r.refuse(column, fmt.Errorf("a cell of %d bytes; expected at most %d", n, maxCell))
		}
	}
}

// texts returns the cells of a record in the order of the known columns. Of one
// that is too long it is the beginning.
func (r *rows[T]) texts(rec record) []string {
	out := make([]string, len(r.known))
	for i, c := range r.known {
		out[i] = cell.At(rec.cells, r.Column(c))
		if len(out[i]) > maxCell {
			out[i] = strings.ToValidUTF8(out[i][:maxCell/20], "")
		}
		out[i] = strings.TrimSpace(out[i])
		if !rec.torn {
			out[i] = r.blankAddress(c, out[i], rec.line)
		}
	}
	return out
}

// columnsShown is how many columns a table does not have are named.
const columnsShown = 20

// remarkOnUnknown warns of columns the table does not have (METHOD 14.22).
func remarkOnUnknown(s *sheet.Sheet) {
	known := s.Format.All()
	var names []string
	for _, h := range s.Header {
		c := s.ColumnName(h)
		if c != "" && !slices.Contains(known, c) {
			names = append(names, h)
		}
	}
	if len(names) == 0 {
		return
	}
	text := strings.Join(names[:min(columnsShown, len(names))], ", ")
	if more := len(names) - columnsShown; more > 0 {
		text += fmt.Sprintf(" and %s more", money.Count(more))
	}
	fix := "check the spelling"
	free := slices.DeleteFunc(slices.Clone(known), func(c string) bool { return s.Column(c) >= 0 })
	if near, ok := config.Nearest(s.ColumnName(names[0]), free); ok && len(names) == 1 {
		fix += fmt.Sprintf("; did you mean %s?", near)
	}
	s.Diags.Add(diag.Warning, s.At(s.Line, 0), fmt.Sprintf("the %s has no column %s; ignored", s.Format.Title, text), fix)
}

// refuseTorn rejects the record being parsed where it has more cells than the
// header. It is parsed all the same: a subscription is missing, and a plan lacks
// a tier, whatever is wrong with the row (METHOD 14.8).
func (r *rows[T]) refuseTorn() {
	if !r.now.torn {
		return
	}
	problem := fmt.Sprintf("it has %d cells, the header %d; a separator may be unquoted", len(r.now.cells), len(r.Header))
	r.failed, r.first, r.problems, r.kind = true, r.At(r.now.line, len(r.Header)+1), []string{problem}, "more cells than the header"
	r.RemarkRejected(r.first, problem, "quote the cell that holds the separator")
}

// refuse rejects the record being parsed for a problem in one of its columns.
func (r *rows[T]) refuse(column string, err error) {
	at := r.At(r.now.line, r.Column(column)+1)
	if err == nil || r.now.torn || r.failed && r.last == at {
		return // one problem of a cell is enough, and of a torn row that it is torn
	}
	r.last = at
	if !r.failed {
		r.failed, r.first, r.kind = true, at, column+": "+unread
	}
	r.problems = append(r.problems, column+": "+r.say(column, r.now, err))
	r.RemarkRejected(at, column+": "+r.say(column, r.now, err), correctCell)
}

// say words a problem with a cell, with the cell only where no name can stand in
// it: not in tables of people nor in what people write about others, not where
// it holds an address, nor in a row whose cells may have shifted (METHOD 18.4).
func (r *rows[T]) say(column string, rec record, err error) string {
	cells := rec.cells
	if r.Format.Personal || aboutPeople[column] || len(cells) != len(r.Header) || cell.HoldsAddress(cell.At(cells, r.Column(column))) {
		return cell.Quiet(err)
	}
	return err.Error()
}

// aboutPeople are columns in which people write what they like.
var aboutPeople = map[string]bool{"owner": true, "cost_centre": true, "note": true, "reason": true}

// shown are columns whose cells stand in reports and messages as the names of
// things.
var shown = []string{"key", "site", "product", "host", "plan", "price_plan", "new_plan", "edition", "licence_type", "entitlement", "number", "includes"}

// words are columns whose cells are shown too, and may be left blank instead.
var words = []string{"name", "vendor", "source", "partner_level"}

// blankAddress leaves the text of a column out that may hold the address of
// somebody.
func (r *rows[T]) blankAddress(column, text string, line int) string {
	if r.Format.Personal || !slices.Contains(words, column) || !cell.HoldsAddress(text) {
		return text
	}
	r.Diags.Add(diag.Warning, r.At(line, r.Column(column)+1), column+": holds an @, and is left out since reports show the cell", "write it without an address")
	return ""
}

// refuseAddresses rejects the record where a name of a thing holds the address
// of somebody, which no report may show.
func (r *rows[T]) refuseAddresses() {
	if r.Format.Personal {
		return
	}
	for _, column := range shown {
		if at := r.Column(column); at >= 0 && cell.HoldsAddress(cell.At(r.now.cells, at)) {
			r.refuse(column, errors.New("holds an @; expected no address of a person, since reports show the cell"))
		}
	}
}

// remarkOnForms warns of columns whose dates are written in several ways.
func (r *rows[T]) remarkOnForms() {
	for _, column := range slices.Sorted(maps.Keys(r.forms)) {
		r.RemarkOnMixed(r.Column(column), r.forms[column])
	}
}

// totalWords begin a row that sums up those above it, in the languages spreadsheets are kept in.
var totalWords = []string{
	"total", "totals", "grand total", "subtotal", "sum", "sums", "summe", "gesamt", "gesamtsumme", "zwischensumme", "somme", "suma", "totale", "totaal",
}

// isTotal reports whether a row says first that it is a total, and otherwise
// holds nothing but numbers.
func isTotal(cells []string) bool {
	first := slices.IndexFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
	if first < 0 || !slices.Contains(totalWords, strings.TrimRight(cell.Plain(cells[first]), ":. ")) {
		return false
	}
	return !slices.ContainsFunc(cells[first+1:], func(c string) bool { return strings.Trim(c, "0123456789.,'-+%€$£ \u00a0\u202f") != "" })
}

// unread is what is wrong with a cell where nobody says it in full.
const unread = "a cell that cannot be used"

// correctCell is what to do about a row one of whose cells is refused.
const correctCell = "correct the cell and run again"

// refuseErrors rejects the record when a known cell of it is an error value:
// as a text it would pass for a key or a name.
func (r *rows[T]) refuseErrors() {
	cells := r.now.cells
	for _, column := range r.Format.All() {
		if v := strings.TrimSpace(cell.At(cells, r.Column(column))); cell.IsError(v) {
			r.refuse(column, &cell.Wrong{Value: v, Expected: "an error value of a spreadsheet"})
		}
	}
}
