package users

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
)

// List is what one sheet says about users, as [Read] returns it. Rows and the
// arrays of the columns run parallel.
type List struct {
	in       *estate.Input
	source   diag.Source // the file, with the sheet
	rows     []listRow
	spans    spans    // what the spans of rows point into
	keys     prefix   // of the ids in the form in which they are compared
	letters  []uint64 // of the ids behind these, by row; none where they have to be made
	columns  []column
	evidence []evidence
	layout   *Layout
	format   string

	day       date.Date // evidence day; zero is not known
	dayFrom   estate.DayFrom
	ambiguous bool      // the day is not known, since its dates can be read in two ways
	latest    date.Date // the newest date anywhere in it, also after as-of
	groups    groups
	stated    stated
	broken    diag.Reason // why it is not complete, none where nothing says so
	entry     string      // the glob of the entry of audit.yaml that is for it
}

// listRow is one row of a user list.
type listRow struct {
	id, name, email span
	added           date.Date
	line            uint32
	status          estate.Status
	keyDiffers      bool // the id is not written in the form in which ids are compared
	app             bool // an account of type app
	nonbillable     bool // under a policy that is not billed for
}

// column is one product of one site in a user list. Roles or seen is nil
// when the list has no such column.
type column struct {
	site, product string
	roles         []estate.Role
	seen          []estate.LastSeen
	newest        date.Date // not after as-of
	at            diag.Source
	signal        string
	ofNamedRows   bool // about the rows that name the product only, those with a date or never
	billed        bool // roles says who is billed for, whatever the status of the account
}

// evidence is one signal beside the products' own.
type evidence struct {
	name     string
	seen     []estate.LastSeen // nil when the list has no such column
	disabled bool
	cleanUp  bool
}

// Source returns the file of the list, with the sheet.
func (l *List) Source() diag.Source { return l.source }

// empty reports whether the list has no row that could be read.
func (l *List) empty() bool { return len(l.rows) == 0 }

// Format returns the id of the format of the list.
func (l *List) Format() string { return l.format }

// Hosting returns the hosting of the products of a list that does not name its
// site.
func (l *List) Hosting() pricing.Hosting { return l.layout.Hosting }

// Beside reports whether the list stands beside the exports: it grants nothing.
func (l *List) Beside() bool { return l.layout.Beside }

// Workspace returns the product of which the list is one workspace, "" for a
// list of another kind.
func (l *List) Workspace() string { return l.layout.Workspace }

// CountsSeats reports whether the list says who has access to anything.
func (l *List) CountsSeats() bool {
	return slices.ContainsFunc(l.columns, func(c column) bool { return c.roles != nil })
}

// AllIdle reports whether the list counts seats, and the newest use in it lies so
// many days or more before the day that somebody states for it.
func (l *List) AllIdle(days int) bool {
	var newest date.Date
	for i := range l.columns {
		newest = date.Max(newest, l.columns[i].newest)
	}
	stated := l.dayFrom == estate.Stated || l.dayFrom == estate.Fetched
	return stated && l.CountsSeats() && !newest.IsZero() && l.day.Sub(newest) >= days
}

// CountNobody leaves the list what it says of use, and takes away who has access.
func (l *List) CountNobody() {
	for i := range l.columns {
		l.columns[i].roles = nil
	}
}

// ForWholeOrganisation says of which product the columns are that are of the
// whole organisation; "" forgets them.
func (l *List) ForWholeOrganisation(product string) {
	l.columns = slices.DeleteFunc(l.columns, func(c column) bool { return c.site == estate.WholeOrganisation && product == "" })
	for i := range l.columns {
		if c := &l.columns[i]; c.site == estate.WholeOrganisation {
			c.product = product
		}
	}
}

// Place returns the site and the product that the list states for itself, ""
// for what it does not state, and whether it needs one of the two.
func (l *List) Place() (site, product string, unplaced bool) {
	unplaced = slices.ContainsFunc(l.columns, func(c column) bool { return c.site == "" || c.product == "" })
	if len(l.columns) > 0 {
		site, product = l.columns[0].site, l.columns[0].product
	}
	return site, product, unplaced
}

// PlaceAt says on which site the columns of the list are, and of which product
// those that name none.
func (l *List) PlaceAt(site, product string) {
	for i := range l.columns {
		c := &l.columns[i]
		c.site = site
		if c.product == "" {
			c.product = product
		}
	}
}

// Sites lists the sites the columns of the list are on.
func (l *List) Sites() []string {
	var out []string
	for i := range l.columns {
		out = append(out, l.columns[i].site)
	}
	return out
}

// Rename gives the sites of the columns the names they have elsewhere.
func (l *List) Rename(name func(site string) string) {
	for i := range l.columns {
		l.columns[i].site = name(l.columns[i].site)
	}
}

// Places lists site and product of the columns of the list.
func (l *List) Places() [][2]string {
	var out [][2]string
	for i := range l.columns {
		out = append(out, [2]string{l.columns[i].site, l.columns[i].product})
	}
	return out
}

// KeepSites forgets the columns of all other sites and returns how many sites
// these were.
func (l *List) KeepSites(sites []string) int {
	foreign := map[string]bool{}
	l.columns = slices.DeleteFunc(l.columns, func(c column) bool {
		out := !slices.Contains(sites, c.site)
		if out {
			foreign[c.site] = true
		}
		return out
	})
	return len(foreign)
}

// LeaveOut excludes all rows of the list.
func (l *List) LeaveOut(reason diag.Reason) {
	if l.in.Used > 0 {
		l.in.Exclude(reason, l.in.Used)
	}
	l.in.Used = 0
	l.rows, l.letters, l.columns, l.evidence = nil, nil, nil, nil
}

// withdraw takes the access of a row away, but for what it is billed for.
func (l *List) withdraw(row int32) {
	for i := range l.columns {
		if roles := l.columns[i].roles; roles != nil && !l.columns[i].billed {
			roles[row] = estate.NoRole
		}
	}
}

// facts returns what the estate keeps of the list itself.
func (l *List) facts() estate.List {
	return estate.List{Source: l.source, Day: l.day, DayFrom: l.dayFrom, Ambiguous: l.ambiguous,
		Rows: len(l.rows), OneGroup: l.groups.one(), Broken: l.broken, Entry: l.entry}
}

// key returns the id of a row in the form in which ids are compared.
func (l *List) key(u *listRow) string {
	id := l.spans.get(u.id)
	if u.keyDiffers {
		return cell.AccountKey(id)
	}
	return id
}

// account fills in the account of a row.
func (l *List) account(a *estate.Account, u *listRow, list int32) {
	a.ID, a.Name, a.Email = l.spans.get(u.id), l.spans.get(u.name), l.spans.get(u.email)
	a.Added, a.Status, a.App, a.Nonbillable = u.added, u.status, u.app, u.nonbillable
	a.Line, a.List = u.line, uint16(list)
}
