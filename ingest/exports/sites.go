package exports

import (
	"slices"
	"strings"

	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// The user exports of a site from the years before the current one. They say
// yes or no for each product and do not name the site (METHOD 14.17).

// OldProducts are the products these exports had columns for: a closed list,
// so that a column somebody added is not taken for a product.
var OldProducts = []string{
	"jira", "jira_software", "jira_service_desk", "jira_service_management", "jira_core", "jira_work_management", "jira_ops",
	"confluence", "bitbucket", "trello", "opsgenie", "statuspage", "stride", "hipchat",
}

// How the names of columns with activity begin, as names are compared.
const (
	LastActiveIn = "last_active_in_"
	LastSeenIn   = "last_seen_in_"
)

// Site2015 lays out the first of them, with one row for each group of a user.
// Its rows may have one field more than the header. The dates are of the whole
// site, so they are the signal of every product the user has access to
// (METHOD 1.11).
func Site2015(s *sheet.Sheet) *users.Layout {
	l := oldLayout(s)
	l.ByName, l.Signal, l.Surplus = true, "site login", 1
	for _, p := range l.Products {
		p.Seen, p.WithAccess = s.Columns("last_login", "last_session"), true
	}
	return l
}

// Site2020 lays out the export with one date for all products of a family.
func Site2020(s *sheet.Sheet) *users.Layout {
	l := oldLayout(s)
	l.ByName, l.Signal = true, "last activity in any product of the family"
	for at, h := range s.Header {
		if app, ok := strings.CutPrefix(s.ColumnName(h), LastActiveIn); ok && !s.Skipped(at) {
			familySeen(s, l, app, at)
		}
	}
	return l
}

// Site2021 lays out the export that names accounts by their id already.
func Site2021(s *sheet.Sheet) *users.Layout {
	l := oldLayout(s)
	for at, h := range s.Header {
		if app, ok := strings.CutPrefix(s.ColumnName(h), LastSeenIn); ok && !s.Skipped(at) {
			oldProduct(s, l, app).Seen = []int{at}
		}
	}
	return l
}

// oldLayout is what these exports have in common.
func oldLayout(s *sheet.Sheet) *users.Layout {
	l := &users.Layout{
		ID: s.FirstColumn("id", "username"), Name: s.FirstColumn("name", "full_name"), Email: s.Column("email"), Status: s.Column("active"),
		Added: s.Column("created"), Groups: s.Columns("group_name"),
		Kind: users.Kind{Hosting: pricing.Cloud, Flags: true},
	}
	if s.Column("id") < 0 {
		l.Key = "user name"
	}
	for at, h := range s.Header {
		if name := s.ColumnName(h); !s.Skipped(at) && slices.Contains(OldProducts, name) {
			p := oldProduct(s, l, name)
			p.Access, p.At = at, s.At(s.Line, at+1)
		}
	}
	return l
}

// oldProduct returns the layout of a product on the site audit.yaml states, or
// on none yet.
func oldProduct(s *sheet.Sheet, l *users.Layout, name string) *users.Product {
	return l.Product(estate.SiteLabel(s.Mapping.Site), oldKey(name))
}

func oldKey(name string) string { return estate.ProductKey(strings.ReplaceAll(name, "_", " ")) }

// familySeen makes a column the activity of every product of a family, or of
// the product itself when no other is there.
func familySeen(s *sheet.Sheet, l *users.Layout, app string, at int) {
	own := estate.Family(oldKey(app))
	found := false
	for _, p := range l.Products {
		if estate.Family(p.Product) == own {
			p.Seen = append(p.Seen, at)
			found = true
		}
	}
	if !found {
		p := oldProduct(s, l, app)
		p.Seen, p.At = []int{at}, s.At(s.Line, at+1)
	}
}
