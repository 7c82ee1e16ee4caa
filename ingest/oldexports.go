package ingest

import (
	"strings"

	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// The user exports of a site from the years before the current one. They say
// yes or no for each product and do not name the site (ruling I4).

// siteExport2015 is the first of them, with one row for each group of a user.
// Its rows may have one field more than the header. The dates are of the whole
// site, so they are the signal of every product the user has access to
// (ruling I16).
var siteExport2015 = format{
	id:       "users-g1",
	title:    "site user export of 2015 to 2019",
	required: []string{"group_name", "username", "full_name", "active", "last_login", "last_session"},
	optional: append([]string{"email"}, oldProducts...),
	users:    true,
	read: func(s *sheet) {
		l := s.oldLayout()
		l.byName, l.signal, l.surplus = true, "site login", 1
		for _, p := range l.products {
			p.seen, p.withAccess = s.existing("last_login", "last_session"), true
		}
		s.readUsers(l)
	},
}

// siteExport2020 has one date for all products of a family.
var siteExport2020 = format{
	id:       "users-g2a",
	title:    "site user export of 2020",
	required: []string{"username", "full_name", "active", lastActivePrefix + "*"},
	optional: append([]string{"group_name", "email", "created"}, oldProducts...),
	users:    true,
	read: func(s *sheet) {
		l := s.oldLayout()
		l.byName, l.signal = true, "last activity in any product of the family"
		for at, h := range s.header {
			if app, ok := strings.CutPrefix(s.name(h), lastActivePrefix); ok && !s.skip[at] {
				s.familySeen(l, app, at)
			}
		}
		s.readUsers(l)
	},
}

// siteExport2021 names accounts by their id already.
var siteExport2021 = format{
	id:       "users-g2b",
	title:    "site user export of 2020 to 2021",
	required: []string{"id", "name", "active", lastSeenIn + "*"},
	optional: append([]string{"group_name", "group_id", "email", "created"}, oldProducts...),
	users:    true,
	read: func(s *sheet) {
		l := s.oldLayout()
		for at, h := range s.header {
			if app, ok := strings.CutPrefix(s.name(h), lastSeenIn); ok && !s.skip[at] {
				s.oldProduct(l, app).seen = []int{at}
			}
		}
		s.readUsers(l)
	},
}

// How the names of columns with activity begin, as names are compared.
const (
	lastActivePrefix = "last_active_in_"
	lastSeenIn       = "last_seen_in_"
)

// oldProducts are the products these exports had columns for: a closed list,
// so that a column somebody added is not taken for a product.
var oldProducts = []string{
	"jira", "jira_software", "jira_service_desk", "jira_service_management", "jira_core", "jira_work_management", "jira_ops",
	"confluence", "bitbucket", "trello", "opsgenie", "statuspage", "stride", "hipchat",
}

// oldLayout is what these exports have in common.
func (s *sheet) oldLayout() *userLayout {
	l := &userLayout{
		id: s.column("id|username"), name: s.column("name|full_name"), email: s.column("email"), status: s.column("active"), added: s.column("created"),
		listKind: listKind{hosting: pricing.Cloud, flags: true},
	}
	if s.column("id") < 0 {
		l.key = "user name"
	}
	for at, h := range s.header {
		if name := s.name(h); !s.skip[at] && (&format{optional: oldProducts}).knows(name) {
			p := s.oldProduct(l, name)
			p.access, p.at = at, s.at(s.line, at+1)
		}
	}
	return l
}

// oldProduct returns the layout of a product on the site audit.yaml states, or
// on none yet.
func (s *sheet) oldProduct(l *userLayout, name string) *productLayout {
	return l.product(estate.SiteLabel(s.mapping.Site), estate.ProductKey(strings.ReplaceAll(name, "_", " ")))
}

// familySeen makes a column the activity of every product of a family, or of
// the product itself when no other is there.
func (s *sheet) familySeen(l *userLayout, app string, at int) {
	own := estate.ProductKey(strings.ReplaceAll(app, "_", " "))
	found := false
	for _, p := range l.products {
		if estate.Family(p.product) == estate.Family(own) {
			p.seen = append(p.seen, at)
			found = true
		}
	}
	if !found {
		p := s.oldProduct(l, app)
		p.seen, p.at = []int{at}, s.at(s.line, at+1)
	}
}
