package ingest

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/table"
)

// Lists of users are read by one mechanism. A format says where things stand
// (userLayout); the rows are then read here, a long list in several parts side
// by side. What one part needs it keeps to itself, so the outcome does not
// depend on how many there are.

// userLayout says where a list of users has what. Positions are -1 where the
// list has no such column.
type userLayout struct {
	id, name, email, status, added int
	products                       []*productLayout
	evidence                       []evidenceLayout
	signal                         string // what the last-seen dates mean, in words
	surplus                        int    // filled cells a row may have beyond the header
	listKind
}

// listKind is what makes a list other than an organisation export; the zero
// value is one.
type listKind struct {
	key     string          // what names an account, in words; "" is an account id
	hosting pricing.Hosting // of the products, for lists that do not name their site

	byName    bool // accounts are user names of the time before account ids
	beside    bool // stands beside the exports: grants nothing, and its status counts only for accounts no export names
	byAddress bool // names people by address: makes no accounts
	flags     bool // access cells say yes or no instead of a role
	shadows   bool // rows of one account are directories, of which the first where it is active counts

	app, nonbillable *cellIs
	statuses         map[string]estate.Status // further words, in lower case
	slashes          slashOrder               // of dates with slashes that no column decides
	// unfold splits a row that holds several rows of one account.
	unfold func(cells []string) (first []string, others [][]string)
}

// cellIs is a cell that says a certain word.
type cellIs struct {
	column int
	word   string
}

func (c *cellIs) in(cells []string) bool {
	return c != nil && strings.EqualFold(strings.TrimSpace(cell(cells, c.column)), c.word)
}

// productLayout is where a list has access to and use of one product.
type productLayout struct {
	site, product string
	access        int   // cell with a role or a yes or no
	seen          []int // dates of use; the newest counts
	at            diag.Source

	// when says which rows are about the product; nil for all of them.
	when func(cells []string) bool
	// withAccess leaves the use of rows without access unknown: the dates are
	// of the whole site.
	withAccess bool
}

// evidenceLayout is where a list has a signal that stands beside a product's
// own (ruling I16).
type evidenceLayout struct {
	name     string
	seen     []int // the newest counts
	disabled bool  // the list's status says whether the account is disabled there
}

// defaultSignal is what the last-seen date of an organisation export means.
const defaultSignal = "last page view of the product"

// product returns the layout of a product, adding it when it is new.
func (l *userLayout) product(site, product string) *productLayout {
	for _, p := range l.products {
		if p.site == site && p.product == product {
			return p
		}
	}
	p := &productLayout{site: site, product: product, access: -1}
	l.products = append(l.products, p)
	return p
}

// userList is what one sheet says about users. Rows and the arrays of the
// columns run parallel.
type userList struct {
	file     *file
	in       *estate.Input
	name     string // path, with the sheet
	rows     []userRow
	spans    spans  // what the spans of rows point into
	ids      prefix // of the ids as they are compared
	columns  []userColumn
	evidence []userEvidence
	layout   *userLayout
	format   string
}

// userRow is one row of a user list.
type userRow struct {
	id, name, email span
	added           date.Date
	line            uint32
	status          estate.Status
	odd             bool // the id is not written in the form in which ids are compared
	app             bool // an account of type app
	nonbillable     bool // under a policy that is not billed for
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
	some          bool // about some of the rows only, those with a date or never
}

// userEvidence is one signal beside the products' own.
type userEvidence struct {
	name     string
	seen     []estate.LastSeen // nil when the list has no such column
	disabled bool
	newest   date.Date
}

// column returns the position of a column, -1 when the sheet has none. Of
// several names, separated by '|', the first that occurs counts.
func (s *sheet) column(names string) int {
	for name := range strings.SplitSeq(names, "|") {
		if i, ok := s.columns[name]; ok {
			return i
		}
	}
	return -1
}

// existing returns the positions of the columns that the sheet has of several
// groups of names.
func (s *sheet) existing(groups ...string) []int {
	var out []int
	for _, names := range groups {
		if i := s.column(names); i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// bad records a row that could not be split into cells.
func (s *sheet) bad(p table.Problem) {
	if p.Line <= s.line {
		return
	}
	s.in.Read++
	s.in.Rejected++
	s.diags.Add(diag.Incomplete, s.at(p.Line, p.Column), "row rejected: "+p.Message, "correct the row and run again")
	s.keepRejected(s.at(p.Line, p.Column), p.Message, []string{p.Text})
	if p.Lost {
		s.diags.Add(diag.Incomplete, s.at(p.Line, 0), "what follows may be part of this row; it is read as rows of its own", "close the quotation mark")
	}
}

// partsPerProcessor cuts a long list finer than there are processors, so that
// none is idle while another still reads.
const partsPerProcessor = 4

// readUsers reads the rows of a list of users.
func (s *sheet) readUsers(l *userLayout) {
	if l.signal == "" {
		l.signal = defaultSignal
	}
	parts, room, ok := s.readParts(l, s.Split(partsPerProcessor*runtime.GOMAXPROCS(0)))
	if !ok {
		parts, room, _ = s.readParts(l, []*table.Sheet{s.Sheet})
	}
	for _, p := range parts {
		p.account(s)
	}
	s.decideDates(l, parts)
	list := s.merge(l, parts, room)
	s.complain(l, parts, list)
	s.users = append(s.users, list)
}

// readParts reads each part by itself; false when one of several met a row
// that cannot be split, since the parts may then begin in the wrong place.
func (s *sheet) readParts(l *userLayout, sheets []*table.Sheet) ([]*userPart, *userRoom, bool) {
	parts := make([]*userPart, len(sheets))
	rows := make([]int, len(sheets))
	for i, t := range sheets {
		rows[i] = t.Rows(s.line)
	}
	room := s.newRoom(l, rows)
	var wait sync.WaitGroup
	for i, t := range sheets {
		wait.Go(func() {
			// Made here and not before, so that what the parts write all the
			// time does not lie side by side in memory: two processors would
			// fight for it.
			p := newUserPart(s, l, room, i)
			parts[i] = p
			t.Each(p.row, p.problem)
		})
	}
	wait.Wait()
	if len(parts) == 1 {
		return parts, room, true
	}
	return parts, room, !slices.ContainsFunc(parts, func(p *userPart) bool { return len(p.problems) > 0 })
}

// account adds what a part read to the accounting of the sheet.
func (p *userPart) account(s *sheet) {
	s.in.Read += p.read
	s.in.Used += len(p.rows)
	for _, x := range p.excluded {
		exclude(s.in, x.Reason, x.Rows)
	}
	s.in.Rejected += p.read - len(p.rows) - sumRows(p.excluded)
	s.diags = append(s.diags, p.diags...)
	s.rejected = append(s.rejected, p.rejected...)
	for _, problem := range p.problems {
		s.bad(problem)
	}
}

func sumRows(list []estate.Excluded) int {
	n := 0
	for _, x := range list {
		n += x.Rows
	}
	return n
}

// merge joins the parts into one list; a single part is taken as it is.
func (s *sheet) merge(l *userLayout, parts []*userPart, room *userRoom) *userList {
	list := &userList{file: s.file, in: s.in, name: s.at(0, 0).Name(), layout: l, format: s.format.id}
	list.spans.text = s.Text()
	rows := make([][]userRow, len(parts))
	for i, p := range parts {
		list.spans.adopt(&p.spans, p.rows)
		list.ids.join(p.ids)
		rows[i] = p.rows
	}
	list.rows = together(room.rows, rows)
	for n, product := range l.products {
		c := userColumn{site: product.site, product: product.product, at: product.at, signal: l.signal, some: product.when != nil}
		roles, seen := make([][]estate.Role, len(parts)), make([][]estate.LastSeen, len(parts))
		for i, p := range parts {
			roles[i], seen[i] = p.roles[n], p.seen[n]
			for _, d := range p.dates[n] {
				c.newest = date.Max(c.newest, d.newest)
			}
		}
		if product.access >= 0 {
			c.roles = together(room.roles[n], roles)
		}
		if len(product.seen) > 0 {
			c.seen = together(room.seen[n], seen)
		}
		list.columns = append(list.columns, c)
	}
	for n, e := range l.evidence {
		v := userEvidence{name: e.name, disabled: e.disabled}
		seen := make([][]estate.LastSeen, len(parts))
		for i, p := range parts {
			seen[i] = p.evidence[n]
			for _, d := range p.signals[n] {
				v.newest = date.Max(v.newest, d.newest)
			}
		}
		if len(e.seen) > 0 {
			v.seen = together(room.evidence[n], seen)
		}
		list.evidence = append(list.evidence, v)
	}
	return list
}

// shownWords is how many unknown words of access cells are named: a column of
// something else may hold a different one in every row.
const shownWords = 100

// complain reports what is odd about a list as a whole.
func (s *sheet) complain(l *userLayout, parts []*userPart, list *userList) {
	strange := map[string]int{}
	short, first := 0, 0
	for _, p := range parts {
		for word, n := range p.strange {
			strange[word] += n
		}
		if p.short > 0 && short == 0 {
			first = p.shortLine
		}
		short += p.short
	}
	for i, word := range slices.Sorted(maps.Keys(strange)) {
		if i == shownWords {
			s.diags.Add(diag.Incomplete, s.at(0, 0), fmt.Sprintf("access cells say %d more words nobody knows; they are counted as no seat", len(strange)-i), "check that the columns hold roles")
			break
		}
		s.diags.Add(diag.Incomplete, s.at(0, 0), fmt.Sprintf("access cells say %q %d times; it is not known whether that is a paid seat, and it is counted as none", word, strange[word]),
			"replace the word by User, or leave the cell blank")
	}
	if short > 0 {
		s.diags.Add(diag.Incomplete, s.at(first, 0), fmt.Sprintf("%d rows are too short to reach an access column; whether they hold a seat is not known, and none is counted", short), "export the users again")
	}
	if len(list.rows) == 0 && s.in.Rejected == 0 {
		s.diags.Add(diag.Incomplete, s.at(0, 0), "a user list without a single account", "the download may have failed")
	}
	if len(l.products) > 0 && len(list.rows) > 0 && !slices.ContainsFunc(l.products, func(p *productLayout) bool { return p.access >= 0 }) && s.format.id == orgUsers {
		s.diags.Add(diag.Warning, s.at(s.line, 0), "this export has no access columns, so it gives no number of seats", "export again with the option for app access")
	}
}

// statusWords are the words for the status of an account.
var statusWords = map[string]estate.Status{
	"active": estate.Active, "yes": estate.Active, "true": estate.Active, "t": estate.Active, "1": estate.Active,
	"suspended":   estate.Suspended,
	"deactivated": estate.Deactivated, "disabled": estate.Deactivated, "inactive": estate.Deactivated, "closed": estate.Deactivated,
	"no": estate.Deactivated, "false": estate.Deactivated, "f": estate.Deactivated, "0": estate.Deactivated,
}

// statusOf reads a status by the words of all lists and further ones of this.
func statusOf(cell string, further map[string]estate.Status) estate.Status {
	if cell == "Active" {
		return estate.Active
	}
	if s, ok := statusWords[cell]; ok {
		return s
	}
	word := strings.ToLower(strings.TrimSpace(cell))
	if s, ok := further[word]; ok {
		return s
	}
	return statusWords[word]
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

// roleWords are the words of an access cell (ruling I12); lists of flags say
// yes or no.
var roleWords = map[string]estate.Role{
	"user": estate.UserRole, "agent": estate.UserRole, "jsm agent": estate.UserRole,
	"guest": estate.NoRole, "customer": estate.NoRole, "stakeholder": estate.NoRole, "contributor": estate.NoRole,
	"none": estate.NoRole, "no": estate.NoRole, "-": estate.NoRole, "": estate.NoRole,
}
