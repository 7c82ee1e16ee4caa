package users

import (
	"fmt"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// part reads one part of a list of users.
type part struct {
	sheet  *sheet.Sheet // read only
	layout *Layout
	sheet.Log

	read     int
	rows     []listRow
	spans    spans
	keys     prefix              // of the ids in the form in which they are compared
	letters  []uint64            // of the ids, see lettersOf; parallel to rows
	lettered int                 // the first row whose letters are of the place that keys says
	roles    [][]estate.Role     // per product, parallel to rows
	seen     [][]estate.LastSeen // per product
	evidence [][]estate.LastSeen // per signal
	excluded []estate.Excluded
	problems []table.Problem // the first of them
	further  int             // how many more there are

	added     dateColumn
	dates     [][]dateColumn // per product, per date of use
	signals   [][]dateColumn // per signal
	words     map[string]estate.Role
	strange   []oddCells // per product, access cells with words nobody knows as a role
	short     int        // rows that do not reach an access column
	shortLine int
	groups    groups
	stated    stated
}

// newPart makes the reader of part i, with its stretch of the room.
func newPart(r *reader, room *room, i int) *part {
	l := r.layout
	p := &part{
		sheet: r.Sheet, layout: l, spans: spans{text: r.kept()}, rows: stretch(room.rows, room.starts, i), letters: stretch(room.letters, room.starts, i),
		words: map[string]estate.Role{}, strange: make([]oddCells, len(l.Products)),
		added: dateColumn{column: l.Added, span: dateSpan{asOf: r.AsOf}},
	}
	for n, product := range l.Products {
		p.roles = append(p.roles, stretch(room.roles[n], room.starts, i))
		p.seen = append(p.seen, stretch(room.seen[n], room.starts, i))
		p.dates = append(p.dates, dateColumns(product.Seen, r.AsOf))
	}
	for n, e := range l.Evidence {
		p.evidence = append(p.evidence, stretch(room.evidence[n], room.starts, i))
		p.signals = append(p.signals, dateColumns(e.Seen, r.AsOf))
	}
	return p
}

func dateColumns(at []int, asOf date.Date) []dateColumn {
	out := make([]dateColumn, len(at))
	for i, n := range at {
		out[i].column, out[i].span.asOf = n, asOf
	}
	return out
}

func (p *part) problem(problem table.Problem) {
	if problem.Line <= p.sheet.Line {
		return
	}
	if len(p.problems) == sheet.KeptRows {
		p.further++
		return
	}
	p.problems = append(p.problems, problem)
}

// row reads one record.
func (p *part) row(row table.Row) bool {
	if row.Line <= p.sheet.Line {
		return true
	}
	p.read++
	cells, l := row.Cells, p.layout
	var others [][]string
	if l.Unfold != nil {
		cells, others = l.unfold(cells)
		row.Cells = cells
	}
	id := cell.Trim(cell.At(cells, l.ID))
	if id == "" || len(id) == len(p.sheet.Header[l.ID]) {
		// Only such a row can be blank or the header once more.
		if reason := p.sheet.NotData(cells); reason != "" {
			p.exclude(diag.Reason{Kind: diag.NoData, Text: reason})
			return true
		}
	}
	status := estate.Active
	switch {
	case l.StatusOf != nil:
		status = l.StatusOf(cells)
	case l.Status >= 0:
		status = statusOf(cell.At(cells, l.Status), l.Statuses)
	}
	if at, fault := p.refusal(cells, id, status); fault.Text != "" {
		p.Reject(p.sheet.At(row.Line, at+1), fault, "correct the row and run again", cells)
		return true
	}
	n, key := len(p.rows), cell.AccountKey(id)
	p.letters = append(p.letters, p.lettersOf(n, key))
	user := listRow{
		id: p.spans.put(id), name: p.spans.put(cell.Trim(cell.At(cells, l.Name))), email: p.spans.put(cell.Lower(cell.Trim(cell.At(cells, l.Email)))),
		status: status, line: uint32(row.Line), keyDiffers: key != id,
		app: l.App.in(cells), nonbillable: l.Nonbillable.in(cells),
	}
	if v, ok := p.added.read(n, cells, row.Line); ok {
		user.added, _ = v.Date()
	}
	p.rows = append(p.rows, user)
	if text := groupsIn(cells, l.Groups); text != "" {
		p.groups.join(groups{text: text, rows: 1})
		p.stated.add(n, text)
	}
	p.products(n, row, others)
	return true
}

// products reads the access to and use of each product, and the signals
// beside them.
func (p *part) products(n int, row table.Row, others [][]string) {
	short := false
	for i, product := range p.layout.Products {
		about := product.When == nil || product.When(row.Cells)
		if product.Access >= 0 {
			text := product.access(row.Cells)
			role := p.role(text)
			switch {
			case text == "" && product.Access >= len(row.Cells):
				short, role = true, estate.OtherRole
			case role == estate.OtherRole:
				p.strange[i].addWord(row.Line, strings.TrimSpace(text))
			}
			p.roles[i] = append(p.roles[i], role)
			about = about && (!product.WithAccess || role == estate.UserRole)
		}
		if len(product.Seen) > 0 {
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
	for i := range p.layout.Evidence {
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

func (p *part) exclude(reason diag.Reason) {
	for i := range p.excluded {
		if p.excluded[i].Reason == reason {
			p.excluded[i].Rows++
			return
		}
	}
	p.excluded = append(p.excluded, estate.Excluded{Reason: reason, Rows: 1})
}

// refusal says why a row cannot be used, and at which position.
func (p *part) refusal(cells []string, id string, status estate.Status) (int, sheet.Fault) {
	always := func(text string) sheet.Fault { return sheet.Fault{Text: text, Kind: text} }
	columns := len(p.sheet.Header)
	if i, filled := sheet.Surplus(cells, columns+p.layout.Surplus); filled {
		return i, sheet.Fault{Text: fmt.Sprintf("it has %d cells, the header %d; a comma may be unquoted", len(cells), columns), Kind: "more cells than the header"}
	}
	switch {
	case id == "":
		return p.layout.ID, always("no " + p.layout.keyName())
	case cell.IsError(id):
		const kind = "an error value of a spreadsheet"
		return p.layout.ID, sheet.Fault{Text: fmt.Sprintf("%s: %q is %s", p.layout.keyName(), id, kind), Kind: kind}
	case p.spans.full(len(id) + len(cell.At(cells, p.layout.Name)) + len(cell.At(cells, p.layout.Email))):
		return p.layout.ID, always(fmt.Sprintf("the ids, names and addresses above it are more than %d MiB of text", maxArena>>20))
	case status == estate.StatusUnknown && p.layout.StatusOf != nil:
		return p.layout.Status, always("what was done, and whether it succeeded: expected words such as removed, deactivated, success, skipped, failed")
	case status == estate.StatusUnknown:
		return p.layout.Status, always("user status: allowed: Active, Suspended, Deactivated")
	}
	return 0, sheet.Fault{}
}

// rememberedWords is how many different access cells are remembered; those of a
// real list are some dozens.
const rememberedWords = 10_000

// role reads an access cell, which may hold several roles (METHOD 14.12).
func (p *part) role(cell string) estate.Role {
	switch cell {
	case "":
		return estate.NoRole
	case "User":
		return estate.UserRole
	}
	role, known := p.words[cell]
	if !known {
		role = p.layout.roleOf(cell)
		if len(p.words) < rememberedWords {
			p.words[cell] = role
		}
	}
	return role
}
