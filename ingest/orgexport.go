package ingest

import (
	"strings"

	"tierline/audit/estate"
)

// orgUsers is the id of the current export.
const orgUsers = "org-users"

// orgExport is the user export of an organisation in its current form (since
// September 2021): six fixed columns, and for each product of each site an
// access column "<App> - <site>" and a column "Last seen in <App> - <site>".
// With groups pivoted it has one row for each user and group.
var orgExport = format{
	id:       orgUsers,
	title:    "organisation user export",
	required: []string{"user_id", "user_status"},
	optional: []string{"user_name", "email", "added_to_org", "org_role", "group_id", "group_name", "group_membership"},
	dynamic:  func(h string) bool { return strings.Contains(h, "___") },
	users:    true,
	read:     readOrgExport,
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

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

func readOrgExport(s *sheet) {
	l := &userLayout{
		id: s.column("user_id"), name: s.column("user_name"), email: s.column("email"),
		status: s.column("user_status"), added: s.column("added_to_org"),
	}
	for at, h := range s.header {
		app, site, ok := splitColumn(h)
		if !ok || s.skip[at] {
			continue
		}
		if rest, cut := cutPrefixFold(app, lastSeenPrefix); cut {
			p := l.product(site, estate.ProductKey(rest))
			p.seen = append(p.seen, at)
			if p.access < 0 {
				p.at = s.at(s.line, at+1)
			}
		} else {
			p := l.product(site, estate.ProductKey(app))
			p.access, p.at = at, s.at(s.line, at+1)
		}
	}
	s.readUsers(l)
}
