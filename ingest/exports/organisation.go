// Package exports knows the lists of users that come from elsewhere: where in
// each of them stand accounts, access, activity and evidence, and what sets
// the list apart. It reads no row; ingest recognises the list by the columns
// in its list of formats and hands the layout to ingest/users.
package exports

import (
	"fmt"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// seenPrefixes begin the names of activity columns: of today's export, and of
// what people and older exports call them.
var seenPrefixes = []string{"last seen in ", "last active in ", "last activity in "}

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
	if rest, cut := cutSeen(app); cut {
		return "seen " + estate.ProductKey(rest) + " " + site
	}
	return "access " + estate.ProductKey(app) + " " + site
}

// AgreeOnProduct reports whether a row may say a in a column of a product and b
// in another of the same product, which was renamed meanwhile: a blank says
// nothing, and of two days of use the newest counts.
func AgreeOnProduct(column, a, b string) bool {
	app, _, _ := splitColumn(column)
	if _, seen := cutSeen(app); seen {
		return true
	}
	return a == "" || b == "" || strings.EqualFold(a, b)
}

// splitColumn splits "<App> - <site>" at the last separator. A host label holds
// no spaces: what does, somebody added by hand (METHOD 14.18).
func splitColumn(h string) (app, site string, ok bool) {
	i := strings.LastIndex(h, " - ")
	if i <= 0 {
		return "", "", false
	}
	site = estate.SiteLabel(h[i+3:])
	return strings.TrimSpace(h[:i]), site, site != "" && !strings.ContainsAny(site, " \t")
}

// cutSeen cuts off what begins the name of an activity column.
func cutSeen(app string) (product string, ok bool) {
	for _, prefix := range seenPrefixes {
		if len(app) > len(prefix) && strings.EqualFold(app[:len(prefix)], prefix) {
			return app[len(prefix):], true
		}
	}
	return app, false
}

// Organisation lays out the user export of an organisation in its current form
// (since September 2021): six fixed columns, and for each product of each site
// an access column "<App> - <site>" and a column "Last seen in <App> - <site>".
// With groups pivoted it has one row for each user and group.
func Organisation(s *sheet.Sheet) *users.Layout {
	l := &users.Layout{
		ID: s.Column("user_id"), Name: s.Column("user_name"), Email: s.Column("email"),
		Status: s.Column("user_status"), Added: s.Column("added_to_org"), Groups: s.Columns("group_name", "group_membership"),
		Kind: users.Kind{AccessOption: true},
	}
	for at, h := range s.Header {
		app, site, ok := splitColumn(h)
		if !ok && app != "" {
			s.Diags.Add(diag.Warning, s.At(s.Line, at+1), fmt.Sprintf("the column %q ends in no name of a site; ignored", h), "")
		}
		if !ok || s.Skipped(at) {
			continue
		}
		if rest, cut := cutSeen(app); cut {
			p := l.Product(site, estate.ProductKey(rest))
			p.Seen = append(p.Seen, at)
			if p.Access < 0 {
				p.At = s.At(s.Line, at+1)
			}
		} else {
			p := l.Product(site, estate.ProductKey(app))
			if p.Access >= 0 {
				p.More = append(p.More, at)
				continue
			}
			p.Access, p.At = at, s.At(s.Line, at+1)
		}
	}
	return l
}
