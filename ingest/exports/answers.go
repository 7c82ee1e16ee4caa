package exports

import (
	"strings"

	"tierline/audit/estate"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// Accounts that the Organizations API answered, as tables (see package answers).
// A product stands in a row only where somebody used it: of whoever has access
// and never did, the answer says nothing, so it counts no seats (METHOD 1.27).

// UserSearch lays out a page of the search for users.
func UserSearch(s *sheet.Sheet) *users.Layout {
	l := &users.Layout{
		ID: s.Column("user_id"), Name: s.Column("user_name"), Email: s.Column("email"), Status: s.Column("user_status"), Added: s.Column("added_to_org"),
		Kind: users.Kind{App: users.CellSays{Column: s.Column("account_type"), Word: "app"}},
	}
	seenInColumns(s, l)
	return l
}

// ManagedUsers lays out a page of managed accounts.
func ManagedUsers(s *sheet.Sheet) *users.Layout {
	l := accountList(s, "account_id", "name", "account_status", "last_active")
	l.App = users.CellSays{Column: s.Column("account_type"), Word: "app"}
	seenInColumns(s, l)
	guard(s, l, "access_billable")
	return l
}

// seenInColumns reads the use of products in columns of their own, in the rows
// that say anything of it.
func seenInColumns(s *sheet.Sheet, l *users.Layout) {
	for at, h := range s.Header {
		app, site, ok := splitColumn(h)
		product, seen := cutSeen(app)
		if !ok || !seen {
			continue
		}
		p := l.Product(site, estate.ProductKey(product))
		p.Seen, p.At = append(p.Seen, at), s.At(0, 0)
		columns := p.Seen
		p.When = func(cells []string) bool {
			for _, c := range columns {
				if strings.TrimSpace(cell.At(cells, c)) != "" {
					return true
				}
			}
			return false
		}
	}
}
