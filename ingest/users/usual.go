package users

import (
	"tierline/audit/estate"
	"tierline/ingest/cell"
	"tierline/ingest/table"
)

// usual reads the rows of a part that are written as nearly all of a long export
// are, by their filled cells. What is odd in any way it leaves to [part.row], which
// reads every row; both say the same of a row that both read.
type usual struct {
	*part
	text   string  // of the table
	fields []field // by column
	leads  uint32  // so many columns say who it is, those behind them what the account has
	width  int     // how many cells a row needs, so that none is missing
	n      int     // rows so far, those of [part.row] among them
	unread int     // of them, those that the part has not counted yet
	roles  [][]estate.Role
	seen   [][]estate.LastSeen
}

// field is what stands in a column.
type field struct {
	kind
	roles []estate.Role     // of all rows
	seen  []estate.LastSeen // of all rows
	dates *dateColumn
}

type kind uint8

const (
	ignored kind = iota
	idField
	nameField
	emailField
	statusField
	addedField
	accessField
	seenField
)

// from reads the rows of a table into the part.
func (p *part) from(t *table.Sheet) {
	u := p.usual(t)
	if u == nil {
		t.Each(p.row, p.problem)
		return
	}
	t.EachFilled(u.read, func(r table.Row) bool {
		u.hand()
		p.row(r)
		u.n = len(p.rows)
		return true
	}, p.problem)
	u.hand()
}

// usual returns the reader of usual rows of a table, nil where the layout says
// more than what most exports say, and where text has to be copied.
func (p *part) usual(t *table.Sheet) *usual {
	l := p.layout
	if p.sheet.Copy || l.Unfold != nil || l.StatusOf != nil || len(l.Groups) > 0 || len(l.Evidence) > 0 || l.App.Word != "" || l.Nonbillable.Word != "" {
		return nil
	}
	u := &usual{part: p, text: t.Text(), fields: make([]field, len(p.sheet.Header))}
	once := u.put(l.ID, field{kind: idField}) && u.put(l.Name, field{kind: nameField}) && u.put(l.Email, field{kind: emailField}) &&
		u.put(l.Status, field{kind: statusField})
	u.leads = uint32(u.width)
	once = once && u.put(l.Added, field{kind: addedField, dates: &p.added})
	for i, product := range l.Products {
		if product.When != nil || product.WithAccess || len(product.More) > 0 || len(product.Seen) > 1 {
			return nil
		}
		if product.Access >= 0 {
			roles := p.roles[i][:cap(p.roles[i])]
			u.roles = append(u.roles, roles)
			once = once && u.put(product.Access, field{kind: accessField, roles: roles})
		}
		for n, column := range product.Seen {
			seen := p.seen[i][:cap(p.seen[i])]
			u.seen = append(u.seen, seen)
			once = once && u.put(column, field{kind: seenField, seen: seen, dates: &p.dates[i][n]})
		}
	}
	if !once {
		return nil
	}
	return u
}

// put notes what stands in a column; false where something else stands there too,
// or where who it is stands behind what the account has.
func (u *usual) put(column int, f field) bool {
	if column < 0 {
		return true
	}
	if u.fields[column].kind != ignored || f.kind > statusField && column < int(u.leads) {
		return false
	}
	u.fields[column] = f
	u.width = max(u.width, column+1)
	return true
}

// read reads a row if it is a usual one. Who it is comes first: a row that is
// refused may say nothing of the days on which anybody was seen.
func (u *usual) read(r *table.Filled) bool {
	if r.Line <= u.sheet.Line || r.Width < u.width || r.Width > len(u.fields) || u.n >= cap(u.rows) {
		return false
	}
	user := &u.rows[:u.n+1][u.n]
	*user = listRow{line: uint32(r.Line)}
	cells, ok := u.who(user, r.Cells)
	if !ok || !u.has(user, cells) {
		return false
	}
	u.n++
	u.unread++
	return true
}

// who reads the cells that say who it is and returns the others; false for a row
// that may be blank, the header once more or refused.
func (u *usual) who(user *listRow, cells []table.Piece) (rest []table.Piece, ok bool) {
	if u.layout.Status < 0 {
		user.status = estate.Active
	}
	var id, name, email string
	for len(cells) > 0 && cells[0].Column < u.leads {
		text := u.text[cells[0].From:cells[0].To]
		switch u.fields[cells[0].Column].kind {
		case idField:
			id = cell.Trim(text)
		case nameField:
			name = cell.Trim(text)
		case emailField:
			email = cell.Trim(text)
		case statusField:
			user.status = statusOf(text, u.layout.Statuses)
		}
		cells = cells[1:]
	}
	if id == "" || len(id) == len(u.sheet.Header[u.layout.ID]) || cell.IsError(id) ||
		user.status == estate.StatusUnknown || u.spans.full(len(id)+len(name)+len(email)) {
		return nil, false
	}
	key := cell.AccountKey(id)
	u.letters[:u.n+1][u.n] = u.lettersOf(u.n, key)
	user.id, user.name, user.email = u.spans.put(id), u.spans.put(name), u.spans.put(cell.Lower(email))
	user.keyDiffers = key != id
	return cells, true
}

// has reads the cells that say what an account has; false where one is odd. Roles
// are none until something else is read, also where a row is refused.
func (u *usual) has(user *listRow, cells []table.Piece) bool {
	n := u.n
	for _, seen := range u.seen {
		seen[n] = estate.Never()
	}
	for _, c := range cells {
		text, f, ok := u.text[c.From:c.To], &u.fields[c.Column], true
		switch f.kind {
		case accessField:
			f.roles[n] = u.role(text)
			ok = f.roles[n] != estate.OtherRole
		case seenField:
			f.seen[n], ok = f.dates.day(text)
		case addedField:
			var day estate.LastSeen
			day, ok = f.dates.day(text)
			user.added, _ = day.Date()
		}
		if !ok {
			for _, roles := range u.roles {
				roles[n] = estate.NoRole
			}
			return false
		}
	}
	return true
}

// hand hands the rows that were read over to the part.
func (u *usual) hand() {
	p := u.part
	p.read += u.unread
	u.unread, p.rows, p.letters = 0, p.rows[:u.n], p.letters[:u.n]
	for i := range p.roles {
		if p.roles[i] != nil {
			p.roles[i] = p.roles[i][:u.n]
		}
	}
	for i := range p.seen {
		if p.seen[i] != nil {
			p.seen[i] = p.seen[i][:u.n]
		}
	}
}
