package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/table"
)

// userPart reads one part of a list of users.
type userPart struct {
	sheet  *sheet // read only
	layout *userLayout

	read     int
	rows     []userRow
	spans    spans
	ids      prefix              // of the ids as they are compared
	roles    [][]estate.Role     // per product, parallel to rows
	seen     [][]estate.LastSeen // per product
	evidence [][]estate.LastSeen // per signal
	excluded []estate.Excluded
	diags    diag.List
	problems []table.Problem
	rejected []estate.RejectedRow

	added     dateColumn
	dates     [][]dateColumn // per product, per date of use
	signals   [][]dateColumn // per signal
	words     map[string]estate.Role
	strange   map[string]int // role words nobody knows
	short     int            // rows that do not reach an access column
	shortLine int
}

// newUserPart makes the reader of part i, with its share of the room.
func newUserPart(s *sheet, l *userLayout, room *userRoom, i int) *userPart {
	p := &userPart{
		sheet: s, layout: l, spans: spans{text: s.Text()}, rows: share(room.rows, room.starts, i), words: map[string]estate.Role{}, strange: map[string]int{},
		added: dateColumn{column: l.added},
	}
	for n, product := range l.products {
		p.roles = append(p.roles, share(room.roles[n], room.starts, i))
		p.seen = append(p.seen, share(room.seen[n], room.starts, i))
		p.dates = append(p.dates, dateColumns(product.seen))
	}
	for n, e := range l.evidence {
		p.evidence = append(p.evidence, share(room.evidence[n], room.starts, i))
		p.signals = append(p.signals, dateColumns(e.seen))
	}
	return p
}

func dateColumns(at []int) []dateColumn {
	out := make([]dateColumn, len(at))
	for i, n := range at {
		out[i].column = n
	}
	return out
}

func (p *userPart) problem(problem table.Problem) {
	if problem.Line > p.sheet.line {
		p.problems = append(p.problems, problem)
	}
}

// row reads one record.
func (p *userPart) row(row table.Row) bool {
	if row.Line <= p.sheet.line {
		return true
	}
	p.read++
	cells, l := row.Cells, p.layout
	var others [][]string
	if l.unfold != nil {
		cells, others = l.unfold(cells)
		row.Cells = cells
	}
	id := trim(cell(cells, l.id))
	if id == "" || len(id) == len(p.sheet.header[l.id]) {
		// Only such a row can be blank or the header once more.
		if reason := p.sheet.notData(cells); reason != "" {
			p.exclude(reason)
			return true
		}
	}
	status := estate.Active
	if l.status >= 0 {
		status = statusOf(cell(cells, l.status), l.statuses)
	}
	if at, message := p.refusal(cells, id, status); message != "" {
		p.diags.Add(diag.Incomplete, p.sheet.at(row.Line, at+1), "row rejected: "+message, "correct the row and run again")
		p.rejected = append(p.rejected, estate.RejectedRow{Source: p.sheet.at(row.Line, at+1), Problem: message, Cells: slices.Clone(cells)})
		return true
	}
	n, key := len(p.rows), accountKey(id)
	p.ids.add(key)
	user := userRow{
		id: p.spans.put(id), name: p.spans.put(trim(cell(cells, l.name))), email: p.spans.put(lower(trim(cell(cells, l.email)))),
		status: status, line: uint32(row.Line), odd: key != id,
		app: l.app.in(cells), nonbillable: l.nonbillable.in(cells),
	}
	if v, ok := p.added.read(n, cells, row.Line); ok {
		user.added, _ = v.Date()
	}
	p.rows = append(p.rows, user)
	p.products(n, row, others)
	return true
}

// products reads the access to and use of each product, and the signals
// beside them.
func (p *userPart) products(n int, row table.Row, others [][]string) {
	short := false
	for i, product := range p.layout.products {
		about := product.when == nil || product.when(row.Cells)
		if product.access >= 0 {
			short = short || product.access >= len(row.Cells)
			role := p.role(cell(row.Cells, product.access))
			p.roles[i] = append(p.roles[i], role)
			about = about && (!product.withAccess || role == estate.UserRole)
		}
		if len(product.seen) > 0 {
			var seen estate.LastSeen
			switch {
			case !about:
			case len(p.dates[i]) == 1 && others == nil: // nearly always
				seen, _ = p.dates[i][0].read(n, row.Cells, row.Line)
			default:
				seen = newest(p.dates[i], n, row, others)
			}
			p.seen[i] = append(p.seen[i], seen)
		}
	}
	for i := range p.layout.evidence {
		if len(p.signals[i]) > 0 {
			p.evidence[i] = append(p.evidence[i], newest(p.signals[i], n, row, others))
		}
	}
	if short {
		if p.short == 0 {
			p.shortLine = row.Line
		}
		p.short++
	}
}

// newest reads several dates of one row, and of others folded into it, and
// returns the newest.
func newest(columns []dateColumn, n int, row table.Row, others [][]string) estate.LastSeen {
	v, _ := columns[0].read(n, row.Cells, row.Line)
	for i := 1; i < len(columns); i++ {
		w, _ := columns[i].read(n, row.Cells, row.Line)
		v = v.Newer(w)
	}
	for _, cells := range others {
		v = v.Newer(newest(columns, n, table.Row{Line: row.Line, Cells: cells}, nil))
	}
	return v
}

func (p *userPart) exclude(reason string) {
	for i := range p.excluded {
		if p.excluded[i].Reason == reason {
			p.excluded[i].Rows++
			return
		}
	}
	p.excluded = append(p.excluded, estate.Excluded{Reason: reason, Rows: 1})
}

// refusal says why a row cannot be used, and at which position.
func (p *userPart) refusal(cells []string, id string, status estate.Status) (int, string) {
	columns := len(p.sheet.header)
	for i := columns + p.layout.surplus; i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			return i, fmt.Sprintf("it has %d cells, the header %d; a comma may be unquoted", len(cells), columns)
		}
	}
	switch {
	case id == "":
		return p.layout.id, "no " + cmp.Or(p.layout.key, "account id")
	case id[0] == '#' && errorValues[id]: // a look-up for every id would take longer than reading it
		return p.layout.id, fmt.Sprintf("%s: %q is an error value of a spreadsheet", cmp.Or(p.layout.key, "account id"), id)
	case p.spans.full(len(id) + len(cell(cells, p.layout.name)) + len(cell(cells, p.layout.email))):
		return p.layout.id, fmt.Sprintf("the ids, names and addresses above it are more than %d MiB of text", maxArena>>20)
	case status == estate.StatusUnknown:
		return p.layout.status, fmt.Sprintf("user status %q: expected Active, Suspended or Deactivated", cell(cells, p.layout.status))
	}
	return 0, ""
}

// role reads an access cell, which may hold several roles (ruling I12).
func (p *userPart) role(cell string) estate.Role {
	switch cell {
	case "":
		return estate.NoRole
	case "User":
		return estate.UserRole
	}
	role, known := p.words[cell]
	if !known {
		role = p.layout.roleOf(cell)
		p.words[cell] = role
	}
	if role == estate.OtherRole {
		p.strange[strings.TrimSpace(cell)]++
	}
	return role
}

func (l *userLayout) roleOf(cell string) estate.Role {
	if l.flags && strings.EqualFold(strings.TrimSpace(cell), "yes") {
		return estate.UserRole
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
	return best
}
