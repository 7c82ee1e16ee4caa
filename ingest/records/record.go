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

	"tierline/audit/diag"
	"tierline/audit/estate"
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
	Changes       []pricing.Change
	Refusals      []pricing.Refusal // plans that have no price, since a row was rejected
	Rates         []Rate
	Quotes        []Quote
	Invoices      []Invoice
	Headcount     []estate.HeadcountChange
	Exceptions    []estate.Exception
	UserCounts    []estate.UserCount
	AppUsage      []estate.AppUsage
	Apps          []estate.AppFact
	Workload      []estate.Workload
	People        []estate.Person
}

// ReadHeadcount reads the headcount_plan table.
func (t *Tables) ReadHeadcount(s *sheet.Sheet) {
	t.Headcount = collect(s, t.Headcount, headcountChange)
}

// ReadExceptions reads the exceptions table.
func (t *Tables) ReadExceptions(s *sheet.Sheet) { t.Exceptions = collect(s, t.Exceptions, exception) }

// ReadApps reads the apps table.
func (t *Tables) ReadApps(s *sheet.Sheet) { t.Apps = collect(s, t.Apps, appFact) }

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
		if v := read(r, rec, at); !r.failed {
			values = append(values, v)
		}
	})
	return values
}

// rows are the records of one of our own tables, each as a struct of texts,
// with the line it stands on.
type rows[T any] struct {
	*sheet.Sheet
	records  []T
	lines    []int
	cells    [][]string           // of every record as they stand in the file
	torn     []bool               // of every record, whether it has more cells than the header, so that any of them may have shifted
	problems []string             // of the record being parsed
	first    diag.Source          // where the first of them is
	last     diag.Source          // where the last of them is
	forms    map[string]cell.Form // how the dates of a column are written
	now      int                  // the record being parsed
	failed   bool
}

// readRows reads the records of a table into structs of texts. Blank rows,
// repeated headers and totals are excluded, rows that cannot be split are rejected.
func readRows[T any](s *sheet.Sheet) *rows[T] {
	r := &rows[T]{Sheet: s}
	remarkOnUnknown(s)
	known := slices.DeleteFunc(s.Format.All(), func(c string) bool { return s.Column(c) < 0 })
	var cells [][]string
	s.Each(func(row table.Row) bool {
		if row.Line <= s.Line {
			return true
		}
		s.Input.Read++
		if reason := s.NotData(row.Cells); reason != "" {
			s.Input.Exclude(diag.Reason{Kind: diag.NoData, Text: reason}, 1)
			return true
		}
		if isTotal(row.Cells) {
			s.Input.Exclude(diag.Reason{Kind: diag.NoData, Text: "a total"}, 1)
			s.Diags.Add(diag.Note, s.At(row.Line, 0), "the row is a total of those above; left out", "")
			return true
		}
		_, torn := sheet.Surplus(row.Cells, len(s.Header))
		out := make([]string, len(known))
		for i, c := range known {
			out[i] = strings.Clone(strings.TrimSpace(cell.At(row.Cells, s.Column(c))))
			if !torn {
				out[i] = r.blankAddress(c, out[i], row.Line)
			}
		}
		r.torn = append(r.torn, torn)
		cells = append(cells, out)
		r.lines = append(r.lines, row.Line)
		r.cells = append(r.cells, slices.Clone(row.Cells))
		return true
	}, s.Unsplit)
	var err error
	if r.records, err = table.Bind[T](known, cells); err != nil {
		s.Input.Rejected += len(r.lines)
		s.Diags.Add(diag.Incomplete, s.At(0, 0), "the table cannot be read: "+err.Error(), "")
		r.records, r.lines = nil, nil
	}
	return r
}

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
	if len(names) > 0 {
		s.Diags.Add(diag.Warning, s.At(s.Line, 0), fmt.Sprintf("the %s has no column %s; ignored", s.Format.Title, strings.Join(names, ", ")), "check the spelling")
	}
}

// each parses every record; parse reports what is wrong through refuse. A
// record with a problem is rejected as a whole: a typing error never falls
// back to a default (METHOD 14.8).
func (r *rows[T]) each(parse func(rec T, at diag.Source)) {
	defer r.remarkOnForms()
	for i, rec := range r.records {
		r.now, r.failed, r.problems = i, false, nil
		r.refuseTorn()
		r.refuseErrors()
		r.refuseAddresses()
		parse(rec, r.At(r.lines[i], 0))
		if r.failed {
			r.Input.Rejected++
			r.KeepRejected(r.first, strings.Join(r.problems, "; "), r.cells[i])
		} else {
			r.Input.Used++
		}
	}
}

// refuseTorn rejects the record being parsed where it has more cells than the
// header. It is parsed all the same: a subscription is missing, and a plan lacks
// a tier, whatever is wrong with the row (METHOD 14.8).
func (r *rows[T]) refuseTorn() {
	if !r.torn[r.now] {
		return
	}
	problem := fmt.Sprintf("it has %d cells, the header %d; a separator may be unquoted", len(r.cells[r.now]), len(r.Header))
	r.failed, r.first, r.problems = true, r.At(r.lines[r.now], len(r.Header)+1), []string{problem}
	r.RemarkRejected(r.first, problem, "quote the cell that holds the separator")
}

// refuse rejects the record being parsed for a problem in one of its columns.
func (r *rows[T]) refuse(column string, err error) {
	at := r.At(r.lines[r.now], r.Column(column)+1)
	if err == nil || r.torn[r.now] || r.failed && r.last == at {
		return // one problem of a cell is enough, and of a torn row that it is torn
	}
	r.last = at
	if !r.failed {
		r.failed, r.first = true, at
	}
	r.problems = append(r.problems, column+": "+r.say(column, r.now, err))
	r.RemarkRejected(at, column+": "+r.say(column, r.now, err), correctCell)
}

// say words a problem with a cell, with the cell only where no name can stand in
// it: not in tables of people nor in what people write about others, not where
// it holds an address, nor in a row whose cells may have shifted (METHOD 18.4).
func (r *rows[T]) say(column string, record int, err error) string {
	cells := r.cells[record]
	if r.Format.Personal || aboutPeople[column] || len(cells) != len(r.Header) || cell.HoldsAddress(cell.At(cells, r.Column(column))) {
		return cell.Quiet(err)
	}
	return err.Error()
}

// aboutPeople are columns in which people write what they like.
var aboutPeople = map[string]bool{"owner": true, "cost_centre": true, "note": true, "reason": true}

// shown are columns whose cells stand in reports and messages as the names of
// things.
var shown = []string{"key", "site", "product", "host", "plan", "price_plan", "new_plan", "edition", "licence_type", "entitlement", "number"}

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
		if at := r.Column(column); at >= 0 && cell.HoldsAddress(cell.At(r.cells[r.now], at)) {
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

// correctCell is what to do about a row one of whose cells is refused.
const correctCell = "correct the cell and run again"

// refuseErrors rejects the record when a known cell of it is an error value:
// as a text it would pass for a key or a name.
func (r *rows[T]) refuseErrors() {
	cells := r.cells[r.now]
	for _, column := range r.Format.All() {
		if v := strings.TrimSpace(cell.At(cells, r.Column(column))); cell.IsError(v) {
			r.refuse(column, &cell.Wrong{Value: v, Expected: "an error value of a spreadsheet"})
		}
	}
}
