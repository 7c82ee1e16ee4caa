package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/table"
)

// orgExport is the user export of an organisation in its current form (since
// September 2021): six fixed columns, and for each product of each site an
// access column "<App> - <site>" and a column "Last seen in <App> - <site>".
// With groups pivoted it has one row for each user and group.
var orgExport = format{
	id:       "org-users",
	title:    "organisation user export",
	required: []string{"user_id", "user_status"},
	optional: []string{"user_name", "email", "added_to_org", "org_role", "group_id", "group_name", "group_membership"},
	dynamic:  func(h string) bool { return strings.Contains(h, "___") },
	users:    true,
	read:     readOrgExport,
}

// userList is what one sheet says about users. Rows and the arrays of the
// columns run parallel.
type userList struct {
	file    *file
	in      *estate.Input
	name    string // path, with the sheet
	rows    []userRow
	columns []userColumn
}

// userRow is one row of a user list.
type userRow struct {
	id, name, email string
	added           date.Date
	status          estate.Status
	line            uint32
}

// userColumn is one product of one site in a user list. Roles or seen is nil
// when the list has no such column.
type userColumn struct {
	site, product string
	roles         []estate.Role
	seen          []estate.LastSeen
	newest        date.Date
	at            diag.Source
	signal        string
}

// lastSeenPrefix begins the name of every activity column.
const lastSeenPrefix = "last seen in "

// splitColumn splits "<App> - <site>" at the last separator, since a host
// label holds no spaces (ruling I22).
func splitColumn(h string) (app, site string, ok bool) {
	i := strings.LastIndex(h, " - ")
	if i <= 0 {
		return "", "", false
	}
	return strings.TrimSpace(h[:i]), estate.SiteLabel(h[i+3:]), true
}

// userReader reads the rows of one organisation export.
type userReader struct {
	*sheet
	list    *userList
	access  []int // position of the access column of each list column, -1 when none
	seen    []int // of the last-seen column, likewise
	dates   []dateColumn
	added   dateColumn
	words   map[string]estate.Role
	strange map[string]int // role words nobody knows
	id      int
	nameAt  int
	email   int
	status  int
}

func readOrgExport(s *sheet) {
	r := &userReader{sheet: s, words: map[string]estate.Role{}, strange: map[string]int{}}
	r.list = &userList{file: s.file, in: s.in, name: s.at(0, 0).Name()}
	r.id, r.nameAt, r.email, r.status = r.column("user_id"), r.column("user_name"), r.column("email"), r.column("user_status")
	r.added = dateColumn{column: r.column("added_to_org")}
	r.findColumns()
	s.Each(func(row table.Row) bool { r.row(row); return true }, s.bad)
	r.decideDates()
	r.complain()
	s.users = append(s.users, r.list)
}

// column returns the position of a column, -1 when the sheet has none.
func (s *sheet) column(name string) int {
	if i, ok := s.columns[name]; ok {
		return i
	}
	return -1
}

// bad records a row that could not be split into cells.
func (s *sheet) bad(p table.Problem) {
	if p.Line <= s.line {
		return
	}
	s.in.Read++
	s.in.Rejected++
	s.diags.Add(diag.Incomplete, s.at(p.Line, p.Column), "row rejected: "+p.Message, "correct the row and run again")
	if p.Lost {
		s.diags.Add(diag.Incomplete, s.at(p.Line, 0), "rows after this one may be part of it and are lost", "close the quotation mark")
	}
}

// findColumns pairs the access and last-seen columns of each product.
func (r *userReader) findColumns() {
	index := map[[2]string]int{}
	place := func(app, site string, at int) int {
		key := [2]string{site, estate.ProductKey(app)}
		i, ok := index[key]
		if !ok {
			i = len(r.list.columns)
			index[key] = i
			r.list.columns = append(r.list.columns, userColumn{site: site, product: key[1], at: r.at(r.line, at+1), signal: "last page view of the product"})
			r.access, r.seen = append(r.access, -1), append(r.seen, -1)
		}
		return i
	}
	for at, h := range r.header {
		app, site, ok := splitColumn(h)
		if !ok || r.skip[at] {
			continue
		}
		if rest, cut := cutPrefixFold(app, lastSeenPrefix); cut {
			r.seen[place(rest, site, at)] = at
		} else {
			i := place(app, site, at)
			r.access[i] = at
			r.list.columns[i].at = r.at(r.line, at+1)
		}
	}
	for i := range r.list.columns {
		r.dates = append(r.dates, dateColumn{column: r.seen[i]})
	}
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// statusWords are the words for the status of an account.
var statusWords = map[string]estate.Status{
	"active": estate.Active, "yes": estate.Active, "true": estate.Active, "t": estate.Active, "1": estate.Active,
	"suspended":   estate.Suspended,
	"deactivated": estate.Deactivated, "disabled": estate.Deactivated, "inactive": estate.Deactivated, "closed": estate.Deactivated,
	"no": estate.Deactivated, "false": estate.Deactivated, "f": estate.Deactivated, "0": estate.Deactivated,
}

// row reads one record.
func (r *userReader) row(row table.Row) {
	if row.Line <= r.line {
		return
	}
	r.in.Read++
	cells := row.Cells
	if reason := r.notData(cells); reason != "" {
		exclude(r.in, reason, 1)
		return
	}
	if at, message := r.refusal(cells); message != "" {
		r.in.Rejected++
		r.diags.Add(diag.Incomplete, r.at(row.Line, at+1), "row rejected: "+message, "correct the row and run again")
		return
	}
	r.in.Used++
	user := userRow{
		id: strings.Clone(strings.TrimSpace(cells[r.id])), name: strings.Clone(strings.TrimSpace(cell(cells, r.nameAt))),
		email: strings.ToLower(strings.TrimSpace(cell(cells, r.email))), status: statusOf(cells[r.status]), line: uint32(row.Line),
	}
	n := len(r.list.rows)
	if v, ok := r.added.read(n, cells, row.Line); ok {
		user.added, _ = v.Date()
	}
	r.list.rows = append(r.list.rows, user)
	for i := range r.list.columns {
		r.cells(&r.list.columns[i], i, n, row)
	}
}

func statusOf(cell string) estate.Status {
	if s, ok := statusWords[cell]; ok {
		return s
	}
	return statusWords[strings.ToLower(strings.TrimSpace(cell))]
}

func (r *userReader) cells(c *userColumn, i, n int, row table.Row) {
	if at := r.access[i]; at >= 0 {
		c.roles = append(c.roles, r.role(cell(row.Cells, at)))
	}
	if r.seen[i] >= 0 {
		v, _ := r.dates[i].read(n, row.Cells, row.Line)
		c.seen = append(c.seen, v)
	}
}

// cell returns a cell, "" when the row is too short or there is no column.
func cell(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return cells[at]
}

// notData says why a row is no data: blank, or the header once more.
func (s *sheet) notData(cells []string) string {
	blank, same := true, true
	for i, c := range cells {
		if c != "" && strings.TrimSpace(c) != "" {
			blank = false
		}
		if same && (i >= len(s.header) || !strings.EqualFold(strings.TrimSpace(c), s.header[i])) {
			same = false
		}
		if !blank && !same {
			return ""
		}
	}
	switch {
	case blank:
		return "blank row"
	case same && len(cells) > 1:
		return "repeated header"
	}
	return ""
}

// refusal says why a row cannot be used, and at which position.
func (r *userReader) refusal(cells []string) (int, string) {
	for i := len(r.header); i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			return i, fmt.Sprintf("it has %d cells, the header %d; a comma may be unquoted", len(cells), len(r.header))
		}
	}
	if strings.TrimSpace(cell(cells, r.id)) == "" {
		return r.id, "no account id"
	}
	if status := cell(cells, r.status); statusOf(status) == estate.StatusUnknown {
		return r.status, fmt.Sprintf("user status %q: expected Active, Suspended or Deactivated", status)
	}
	return 0, ""
}

// roleWords are the words of an access cell that grant no paid seat.
var roleWords = map[string]estate.Role{
	"user": estate.UserRole, "agent": estate.UserRole, "jsm agent": estate.UserRole,
	"guest": estate.NoRole, "customer": estate.NoRole, "stakeholder": estate.NoRole, "contributor": estate.NoRole,
	"none": estate.NoRole, "no": estate.NoRole, "-": estate.NoRole, "": estate.NoRole,
}

// role reads an access cell, which may hold several roles (ruling I12).
func (r *userReader) role(cell string) estate.Role {
	if cell == "" {
		return estate.NoRole
	}
	if role, ok := r.words[cell]; ok {
		if role == estate.OtherRole {
			r.strange[strings.TrimSpace(cell)]++
		}
		return role
	}
	best := estate.NoRole
	for _, word := range strings.FieldsFunc(cell, func(c rune) bool { return c == ',' || c == ';' }) {
		role, known := roleWords[strings.ToLower(strings.TrimSpace(word))]
		switch {
		case !known && best == estate.NoRole:
			best = estate.OtherRole
		case role == estate.UserRole:
			best = role
		}
	}
	r.words[strings.Clone(cell)] = best
	return r.role(cell)
}

// complain reports role words nobody knows.
func (r *userReader) complain() {
	for _, word := range slices.Sorted(maps.Keys(r.strange)) {
		r.diags.Add(diag.Incomplete, r.at(0, 0), fmt.Sprintf("access cells say %q %d times; it is not known whether that is a paid seat, and it is counted as none", word, r.strange[word]),
			"tell us the word, or replace it by User or leave it blank")
	}
	if len(r.list.rows) == 0 && r.in.Rejected == 0 {
		r.diags.Add(diag.Incomplete, r.at(0, 0), "a user export without a single account", "the download may have failed")
	}
	for _, c := range r.list.columns {
		if c.roles != nil || len(r.list.rows) == 0 {
			return
		}
	}
	r.diags.Add(diag.Warning, r.at(r.line, 0), "this export has no access columns, so it gives no number of seats", "export again with the option for app access")
}
