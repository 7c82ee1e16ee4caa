package ingest

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/table"
)

// tables lists our own tables. Their columns are those of DESIGN section 4.
func tables() []format {
	return []format{
		{id: "subscriptions", title: "subscriptions table",
			required: []string{"type", "key", "site", "cycle", "renewal_date"},
			optional: []string{"name", "vendor", "hosting", "host", "edition", "billing_basis", "price_plan", "licensed_users", "discount", "licence_type",
				"contract_price", "currency", "status", "multi_instance", "auto_renew", "owner", "cost_centre", "entitlement"},
			read: readSubscriptions},
		{id: "prices", title: "prices table",
			required: []string{"plan", "cycle", "currency", "mode", "up_to"},
			optional: []string{"hosting", "unit_price", "flat_price", "valid_from", "valid_to", "source"},
			read:     readPrices},
		{id: "price_changes", title: "price_changes table",
			required: []string{"plan", "effective"},
			optional: []string{"hosting", "announced", "change", "new_plan", "override_days", "source"},
			read:     readChanges},
		{id: "user_counts", title: "user_counts table", required: []string{"date", "site", "product", "users"}, read: readCounts},
		{id: "headcount_plan", title: "headcount_plan table", required: []string{"date", "site", "product", "change"}, optional: []string{"note"}, read: readHeadcount},
		{id: "exceptions", title: "exceptions table", required: []string{"rule", "subject", "reason", "owner"}, optional: []string{"until"}, read: readExceptions},
		{id: "apps", title: "apps table", required: []string{"key"},
			optional: []string{"name", "vendor", "hosting_available", "supported", "archived", "cloud_fortified", "bug_bounty", "security_self_assessment", "partner_level", "checked_on"},
			read:     readApps},
		{id: "app_usage", title: "app_usage table", required: []string{"key", "site", "active_users"}, optional: []string{"period_days", "assigned_users", "as_of"}, read: readUsage},
		{id: "workload", title: "workload table", required: []string{"account"}, optional: []string{"site", "product", "open_items", "last_item_on"}, read: readWorkload},
		{id: "people", title: "people table", required: []string{"email"}, optional: []string{"department", "title", "cost_centre", "needs_access", "leave_until"}, read: readPeople},
	}
}

// rows are the records of one of our own tables, each as a struct of texts,
// with the line it stands on.
type rows[T any] struct {
	*sheet
	records  []T
	lines    []int
	cells    [][]string  // of every record as they stand in the file
	problems []string    // of the record being parsed
	first    diag.Source // where the first of them is
	now      int         // the record being parsed
	failed   bool
}

// readRows reads the records of a table into structs of texts. Blank rows and
// repeated headers are excluded, rows that cannot be split are rejected.
func readRows[T any](s *sheet) *rows[T] {
	r := &rows[T]{sheet: s}
	s.unknown()
	known := append(slices.Clone(s.format.required), s.format.optional...)
	known = slices.DeleteFunc(known, func(c string) bool { return s.column(c) < 0 })
	var cells [][]string
	s.Each(func(row table.Row) bool {
		if row.Line <= s.line {
			return true
		}
		s.in.Read++
		if reason := s.notData(row.Cells); reason != "" {
			exclude(s.in, reason, 1)
			return true
		}
		if surplus(row.Cells, len(s.header)) {
			s.in.Rejected++
			problem := fmt.Sprintf("it has %d cells, the header %d; a separator may be unquoted", len(row.Cells), len(s.header))
			s.diags.Add(diag.Incomplete, s.at(row.Line, len(s.header)+1), "row rejected: "+problem, "quote the cell that holds the separator")
			s.keepRejected(s.at(row.Line, len(s.header)+1), problem, row.Cells)
			return true
		}
		out := make([]string, len(known))
		for i, c := range known {
			out[i] = strings.Clone(strings.TrimSpace(cell(row.Cells, s.columns[c])))
		}
		cells = append(cells, out)
		r.lines = append(r.lines, row.Line)
		r.cells = append(r.cells, slices.Clone(row.Cells))
		return true
	}, s.bad)
	var err error
	if r.records, err = table.Bind[T](known, cells); err != nil {
		s.in.Rejected += len(r.lines)
		s.diags.Add(diag.Incomplete, s.at(0, 0), "the table cannot be read: "+err.Error(), "")
		r.records, r.lines = nil, nil
	}
	return r
}

func surplus(cells []string, columns int) bool {
	for i := columns; i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			return true
		}
	}
	return false
}

// unknown warns of columns the table does not have (ruling I35).
func (s *sheet) unknown() {
	var names []string
	for _, h := range s.header {
		c := s.name(h)
		if c != "" && !slices.Contains(s.format.required, c) && !slices.Contains(s.format.optional, c) {
			names = append(names, h)
		}
	}
	if len(names) > 0 {
		s.diags.Add(diag.Warning, s.at(s.line, 0), fmt.Sprintf("the %s has no column %s; ignored", s.format.title, strings.Join(names, ", ")), "check the spelling")
	}
}

// each parses every record; parse reports what is wrong through refuse. A
// record with a problem is rejected as a whole: a typing error never falls
// back to a default (ruling I6).
func (r *rows[T]) each(parse func(rec T, at diag.Source)) {
	for i, rec := range r.records {
		r.now, r.failed, r.problems = i, false, nil
		r.refuseErrors()
		parse(rec, r.at(r.lines[i], 0))
		if r.failed {
			r.in.Rejected++
			r.keepRejected(r.first, strings.Join(r.problems, "; "), r.cells[i])
		} else {
			r.in.Used++
		}
	}
}

// refuse rejects the record being parsed for a problem in one of its columns.
func (r *rows[T]) refuse(column string, err error) {
	if err == nil {
		return
	}
	at := r.at(r.lines[r.now], r.column(column)+1)
	if !r.failed {
		r.failed, r.first = true, at
	}
	r.problems = append(r.problems, column+": "+err.Error())
	r.diags.Add(diag.Incomplete, at, "row rejected: "+column+": "+err.Error(), "correct the cell and run again")
}

// must rejects the record when a cell that is needed is blank.
func (r *rows[T]) must(column, value string) bool {
	if value == "" {
		r.refuse(column, fmt.Errorf("is blank"))
		return false
	}
	return true
}

// oneOf reads a word of a list; blank is the first. It returns the position.
func oneOf(value string, words ...string) (int, error) {
	v := strings.ToLower(strings.TrimSpace(value))
	if v == "" {
		return 0, nil
	}
	if i := slices.Index(words, v); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("%q: expected %s", value, strings.TrimPrefix(strings.Join(words, ", "), ", "))
}

// plain returns the form in which keys are compared: lower case, without
// surrounding or double spaces.
func plain(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// errorValues are what spreadsheets write into a cell they cannot compute, and
// what stands for a formula whose result a file does not hold.
var errorValues = map[string]bool{
	"#N/A": true, "#VALUE!": true, "#REF!": true, "#DIV/0!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true,
	"#SPILL!": true, "#CALC!": true, "#GETTING_DATA": true, "#FORMULA!": true,
}

// refuseErrors rejects the record when a known cell of it is an error value:
// as a text it would pass for a key or a name.
func (r *rows[T]) refuseErrors() {
	cells := r.cells[r.now]
	for _, column := range slices.Concat(r.format.required, r.format.optional) {
		if v := strings.TrimSpace(cell(cells, r.column(column))); errorValues[v] {
			r.refuse(column, fmt.Errorf("%q is an error value of a spreadsheet", v))
		}
	}
}

// secretColumns hold licence keys, which no output shows.
var secretColumns = map[string]bool{"rawlicense": true, "rawlicence": true, "licensekey": true, "licencekey": true}

// keepRejected keeps a row that could not be used.
func (s *sheet) keepRejected(at diag.Source, problem string, cells []string) {
	cells = slices.Clone(cells)
	for i, h := range s.header {
		if i < len(cells) && secretColumns[strings.ReplaceAll(canonical(h), "_", "")] {
			cells[i] = "(withheld)"
		}
	}
	s.rejected = append(s.rejected, estate.RejectedRow{Source: at, Problem: problem, Cells: cells})
}
