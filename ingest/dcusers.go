package ingest

import (
	"strings"

	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Lists of the users of a Data Center product. They name accounts, not seats
// (ruling I5): everybody in the user directory, customers included. They say
// neither site nor product (ruling I4).

const (
	dcName     = "user_name|username|name|lower_user_name"
	dcLogin    = "last_login_millis|lastloginmillis|login.lastloginmillis|lastlogin|last_login|jiralastlogin|successdate"
	dcAuth     = "last_authenticated_millis|lastauthenticatedmillis|lastauth|last_auth|last_authenticated|lastauthenticated|last_authentication_timestamp|lastauthenticationtimestamp"
	dcActivity = dcLogin + "|" + dcAuth
)

// dcUsers is what the usual queries of the database give, under the names
// their columns usually have. A user name in two directories has two rows.
var dcUsers = format{
	id:       "dc-users",
	title:    "Data Center users from the database",
	required: []string{dcName, dcActivity},
	optional: []string{"display_name|displayname|full_name|fullname", "email_address|email", "active", "directory_name|directory|directory_id", "created_date|created", "last_name", "group_name"},
	users:    true,
	read: func(s *sheet) {
		login, auth := s.existing(dcLogin), s.existing(dcAuth)
		signal := "last login"
		switch {
		case len(login) == 0:
			signal = "last authentication, which tokens and scripts move too"
		case len(auth) > 0:
			signal = "last login or authentication, the newer of the two; tokens and scripts move the second"
		}
		s.readDataCenter(&userLayout{
			id: s.column(dcName), name: s.column("display_name|displayname|full_name|fullname"), email: s.column("email_address|email"),
			status: s.column("active"), added: s.column("created_date|created"), signal: signal,
		}, append(login, auth...))
	},
}

// techTime is the export of TechTime's User Management. The form for all
// directories joins the values of a user in each cell.
var techTime = format{
	id:       "dc-techtime",
	title:    "TechTime User Management export",
	required: []string{"username", "full_name", "user_directory", "last_login_date"},
	optional: []string{"email", "status"},
	users:    true,
	read: func(s *sheet) {
		l := &userLayout{
			id: s.column("username"), name: s.column("full_name"), email: s.column("email"), status: s.column("status"), added: -1, signal: "last login",
			listKind: listKind{slashes: dayFirst, unfold: s.unfoldDirectories()},
		}
		s.readDataCenter(l, s.existing("last_login_date"))
	},
}

func (s *sheet) readDataCenter(l *userLayout, seen []int) {
	l.key, l.shadows, l.hosting = "user name", true, pricing.DataCenter
	p := l.product(estate.SiteLabel(s.mapping.Site), estate.ProductKey(s.mapping.Product))
	p.seen, p.at = seen, s.at(s.line, seen[0]+1)
	s.readUsers(l)
}

// unfoldDirectories returns what splits a row whose cells join the values of
// several directories with ';': into a row for each, the first where the
// account is active in front.
func (s *sheet) unfoldDirectories() func([]string) ([]string, [][]string) {
	directory, status := s.column("user_directory"), s.column("status")
	return func(cells []string) ([]string, [][]string) {
		n := 1 + strings.Count(cell(cells, directory), ";")
		if n == 1 {
			return cells, nil
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
		for i, row := range rows {
			if statusOf(cell(row, status), nil) == estate.Active {
				rows[0], rows[i] = rows[i], rows[0]
				break
			}
		}
		return rows[0], rows[1:]
	}
}
