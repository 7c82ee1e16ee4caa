package users

import (
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
)

// Layout says where a list of users has what. Positions are -1 where the
// list has no such column.
type Layout struct {
	ID, Name, Email, Status, Added int
	Products                       []*Product
	Evidence                       []Evidence
	Groups                         []int  // cells with the groups of the row; the first that is filled counts
	Signal                         string // what the last-seen dates mean, in words; "" is a page view
	Surplus                        int    // filled cells a row may have beyond the header
	Kind
}

// Kind is what makes a list other than an organisation export; the zero
// value is one.
type Kind struct {
	Key     string          // what names an account, in words; "" is an account id
	Hosting pricing.Hosting // of the products, for lists that do not name their site

	ByName       bool // accounts are user names of the time before account ids
	Beside       bool // stands beside the exports: grants nothing, and its status counts only for accounts no export names
	ByAddress    bool // names people by address: makes accounts only where it counts seats and no other list has the address
	Flags        bool // access cells say yes or no instead of a role
	Shadows      bool // rows of one account are directories, of which the first where it is active counts
	AccessOption bool // access columns are there only if somebody asked for them

	// Workspace is the product of which the list is one workspace, that it does not
	// name: its site. "" for other lists.
	Workspace string

	App         CellSays                 // what marks an account of type app
	Nonbillable CellSays                 // what marks an account that is not billed for
	Statuses    map[string]estate.Status // further words, in lower case

	// StatusOf reads the status from several cells of a row; nil where one says it.
	StatusOf func(cells []string) estate.Status
	Slashes  cell.Order // of dates with slashes that no column decides

	// Unfold splits a row that holds several rows of one account, of which the
	// first where it is active leads; it returns nil for any other row. Nil
	// where no row does.
	Unfold func(cells []string) [][]string
}

// CellSays is a cell that says a certain word, in any case; the zero value is
// none.
type CellSays struct {
	Column int
	Word   string
}

func (c CellSays) in(cells []string) bool {
	return c.Word != "" && strings.EqualFold(strings.TrimSpace(cell.At(cells, c.Column)), c.Word)
}

// Product is where a list has access to and use of one product.
type Product struct {
	Site, Product string      // "" when the list does not name it
	Access        int         // cell with a role or a yes or no
	More          []int       // further such cells, under another name of the product; the first that is not blank counts
	Seen          []int       // dates of use; the newest counts
	At            diag.Source // of its columns
	Billed        bool        // the cell says who is billed for, whatever the status of the account (METHOD 1.24)

	// When says which rows are about the product; nil for all of them.
	When func(cells []string) bool
	// WithAccess leaves the use of rows without access unknown: the dates are
	// of the whole site.
	WithAccess bool
}

// access returns the cell that says who has access.
func (p *Product) access(cells []string) string {
	text := cell.At(cells, p.Access)
	for i := 0; i < len(p.More) && strings.TrimSpace(text) == ""; i++ {
		text = cell.At(cells, p.More[i])
	}
	return text
}

// Evidence is where a list has a signal that stands beside a product's own
// (METHOD 1.11).
type Evidence struct {
	Name     string
	Seen     []int // the newest counts
	Disabled bool  // the list's status says whether the account is disabled there
	CleanUp  bool  // the list says whom a clean-up has removed, by their status, and when
}

// defaultSignal is what the last-seen date of an organisation export means.
const defaultSignal = "last page view of the product"

// Product returns the layout of a product, adding it when it is new.
func (l *Layout) Product(site, product string) *Product {
	for _, p := range l.Products {
		if p.Site == site && p.Product == product {
			return p
		}
	}
	p := &Product{Site: site, Product: product, Access: -1}
	l.Products = append(l.Products, p)
	return p
}

// CountsSeats reports whether the list says who has access to anything.
func (l *Layout) CountsSeats() bool {
	for _, p := range l.Products {
		if p.Access >= 0 {
			return true
		}
	}
	return false
}

// secondary reports whether other lists know better which status an account has.
func (l *Layout) secondary() bool { return l.Beside || l.ByAddress }

// keyName returns what names an account, in words.
func (l *Layout) keyName() string {
	if l.Key == "" {
		return "account id"
	}
	return l.Key
}

// unfold returns the row that leads and the others that stand in the same one.
func (l *Layout) unfold(cells []string) (lead []string, others [][]string) {
	rows := l.Unfold(cells)
	if rows == nil {
		return cells, nil
	}
	for i, row := range rows {
		if statusOf(cell.At(row, l.Status), l.Statuses) == estate.Active {
			rows[0], rows[i] = rows[i], rows[0]
			break
		}
	}
	return rows[0], rows[1:]
}
