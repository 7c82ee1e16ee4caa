// Package exports knows the lists of users that come from elsewhere: where in
// each of them stand accounts, access, activity and evidence, and what sets
// the list apart. It reads no row; ingest recognises the list by the columns
// in its list of formats and hands the layout to ingest/users.
package exports

import (
	"strings"

	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// lastSeenPrefix begins the name of every activity column.
const lastSeenPrefix = "last seen in "

// IsProductColumn reports whether a column is one of a product of a site:
// "<App> - <site>" or "Last seen in <App> - <site>", as names are compared.
func IsProductColumn(name string) bool { return strings.Contains(name, "___") }

// SameProduct returns what makes two columns of a product the same: its key of
// today and the site; "" for other columns.
func SameProduct(column string) string {
	app, site, ok := splitColumn(column)
	if !ok {
		return ""
	}
	if rest, cut := cutPrefixFold(app, lastSeenPrefix); cut {
		return "seen " + estate.ProductKey(rest) + " " + site
	}
	return "access " + estate.ProductKey(app) + " " + site
}

// splitColumn splits "<App> - <site>" at the last separator, since a host
// label holds no spaces (METHOD 14.18).
func splitColumn(h string) (app, site string, ok bool) {
	i := strings.LastIndex(h, " - ")
	if i <= 0 {
		return "", "", false
	}
	return strings.TrimSpace(h[:i]), estate.SiteLabel(h[i+3:]), true
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// Organisation lays out the user export of an organisation in its current form
// (since September 2021): six fixed columns, and for each product of each site
// an access column "<App> - <site>" and a column "Last seen in <App> - <site>".
// With groups pivoted it has one row for each user and group.
func Organisation(s *sheet.Sheet) *users.Layout {
	l := &users.Layout{
		ID: s.Column("user_id"), Name: s.Column("user_name"), Email: s.Column("email"),
		Status: s.Column("user_status"), Added: s.Column("added_to_org"),
		Kind: users.Kind{AccessOption: true},
	}
	for at, h := range s.Header {
		app, site, ok := splitColumn(h)
		if !ok || s.Skipped(at) {
			continue
		}
		if rest, cut := cutPrefixFold(app, lastSeenPrefix); cut {
			p := l.Product(site, estate.ProductKey(rest))
			p.Seen = append(p.Seen, at)
			if p.Access < 0 {
				p.At = s.At(s.Line, at+1)
			}
		} else {
			p := l.Product(site, estate.ProductKey(app))
			p.Access, p.At = at, s.At(s.Line, at+1)
		}
	}
	return l
}
