package exports

import (
	"strings"

	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// Lists of the users of a Data Center product. They name accounts, not seats
// (METHOD 1.4): everybody in the user directory, customers included. They say
// neither site nor product (METHOD 14.17).

// DataCenter lays out what the usual queries of the database give, under the
// names their columns usually have. A user name in two directories has two
// rows.
func DataCenter(s *sheet.Sheet) *users.Layout {
	login, auth := s.Columns("last_login_millis"), s.Columns("last_authenticated_millis")
	signal := "last login"
	switch {
	case len(login) == 0:
		signal = "last authentication, which tokens and scripts move too"
	case len(auth) > 0:
		signal = "last login or authentication, the newer of the two; tokens and scripts move the second"
	}
	l := &users.Layout{
		ID: s.Column("user_name"), Name: s.Column("display_name"), Email: s.Column("email_address"),
		Status: s.Column("active"), Added: s.Column("created_date"), Signal: signal,
	}
	return dataCenter(s, l, append(login, auth...))
}

// TechTime lays out the export of TechTime's User Management. The form for all
// directories joins the values of a user in each cell.
func TechTime(s *sheet.Sheet) *users.Layout {
	l := &users.Layout{
		ID: s.Column("username"), Name: s.Column("full_name"), Email: s.Column("email"), Status: s.Column("status"), Added: -1, Signal: "last login",
		Kind: users.Kind{Slashes: cell.DayFirst, Unfold: unfoldDirectories(s.Column("user_directory"))},
	}
	return dataCenter(s, l, s.Columns("last_login_date"))
}

func dataCenter(s *sheet.Sheet, l *users.Layout, seen []int) *users.Layout {
	l.Key, l.Shadows, l.Hosting = "user name", true, pricing.DataCenter
	p := l.Product(estate.SiteLabel(s.Mapping.Site), estate.ProductKey(s.Mapping.Product))
	p.Seen, p.At = seen, s.At(s.Line, seen[0]+1)
	return l
}

// unfoldDirectories returns what splits a row whose cells join the values of
// several directories with ';' into a row for each.
func unfoldDirectories(directory int) func([]string) [][]string {
	return func(cells []string) [][]string {
		n := 1 + strings.Count(cell.At(cells, directory), ";")
		if n == 1 {
			return nil
		}
		rows := make([][]string, n)
		for _, c := range cells {
			parts := strings.Split(c, ";")
			for i := range rows {
				part := c
				if len(parts) == n {
					part = strings.TrimSpace(parts[i])
				}
				rows[i] = append(rows[i], part)
			}
		}
		return rows
	}
}
