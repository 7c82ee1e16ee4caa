package exports

import (
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
	"tierline/ingest/users"
)

// Lists of accounts that are no lists of seats: the managed accounts of an
// organisation, the same from the admin API, and the export of an app for user
// management. Their activity is of the whole account and stands beside that of
// the products (METHOD 1.11).

// accountWide is the name of that signal.
const accountWide = "account-wide activity"

// accountList returns the layout of a list of accounts with account-wide activity.
func accountList(s *sheet.Sheet, id, name, status, activity string) *users.Layout {
	return &users.Layout{
		ID: s.Column(id), Name: s.Column(name), Email: s.Column("email"), Status: s.Column(status), Added: -1,
		Evidence: []users.Evidence{{Name: accountWide, Seen: s.Columns(activity), Disabled: true}},
		Kind:     users.Kind{Beside: true},
	}
}

// ManagedAccounts lays out the export of managed accounts, and its form for a
// verified domain. Without account ids, as in 2019, people are found by
// address.
func ManagedAccounts(s *sheet.Sheet) *users.Layout {
	l := accountList(s, "atlassian_id", "name", "status", "last_active_date_[utc]")
	if l.ID < 0 {
		l.ID, l.ByAddress, l.Key = l.Email, true, "address"
	}
	if at := s.Column("policy_type"); at >= 0 {
		l.Nonbillable = users.CellSays{Column: at, Word: "nonbillable"}
	}
	guard(s, l, "billable")
	return l
}

// ExternalUsers lays out the export of users of other organisations' domains, of
// whom Guard bills those under a policy for external users.
func ExternalUsers(s *sheet.Sheet) *users.Layout {
	l := accountList(s, "atlassian_id", "user_name", "status", "last_active_time")
	guard(s, l, "billable_for_atlassian_guard_standard")
	return l
}

// guard makes a column the one that says for whom Guard is billed, whatever their
// use of it: there is none, so nobody is a candidate (METHOD 1.25). Which edition
// of Guard is paid for, ingest says.
func guard(s *sheet.Sheet, l *users.Layout, billable string) {
	if at := s.Column(billable); at >= 0 {
		l.Flags = true
		p := l.Product(estate.WholeOrganisation, estate.GuardStandard)
		p.Access, p.Billed, p.At = at, true, s.At(s.Line, at+1)
	}
}

// ManagedAPI lays out the list people make of the admin API's managed
// accounts, with a row for each product of an account.
func ManagedAPI(s *sheet.Sheet) *users.Layout {
	l := accountList(s, "account_id", "name", "account_status", "last_active")
	l.App = users.CellSays{Column: s.Column("account_type"), Word: "app"}
	productRows(s, l, s.FirstColumn("product_access_key", "product_access_name"), s.Column("product_url"), s.Column("product_access_last_active"))
	guard(s, l, "access_billable")
	return l
}

// UserManagement lays out the sheet of users that the app User Management of
// resolution writes: several rows for a user, one for each product and one for
// each group. Product activity is blank in the rows of groups, which then says
// nothing, so it is read only where a row names product and site.
func UserManagement(s *sheet.Sheet) *users.Layout {
	l := accountList(s, "account_id", "display_name", "status", "last_active_(organization)")
	productRows(s, l, s.Column("product"), s.FirstColumn("site", "site_url"), s.Column("last_active_(product)"))
	return l
}

// productRows adds the products that the rows of a list name, each with the
// use in the rows that name it.
func productRows(s *sheet.Sheet, l *users.Layout, product, site, seen int) {
	if product < 0 || site < 0 || seen < 0 {
		return
	}
	of := func(cells []string) (string, string) {
		url, named := cell.At(cells, site), estate.ParseProduct(cell.At(cells, product))
		if !named.Known || strings.TrimSpace(url) == "" {
			return "", "" // any text may stand in a list of people
		}
		return estate.SiteLabel(url), named.Key
	}
	s.Each(func(row table.Row) bool {
		label, key := of(row.Cells)
		if row.Line <= s.Line || key == "" || s.NotData(row.Cells) != "" {
			return true
		}
		p := l.Product(label, key)
		if p.When == nil {
			p.Seen, p.At = []int{seen}, s.At(s.Line, seen+1)
			p.When = func(cells []string) bool {
				l, k := of(cells)
				return l == label && k == key
			}
		}
		return len(l.Products) <= maxRowProducts
	}, func(table.Problem) {})
	if len(l.Products) > maxRowProducts {
		l.Products = nil
		s.Diags.Add(diag.Warning, s.At(s.Line, product+1), "the rows name too many different products; only account-wide activity is read",
			"check the columns of products and sites")
	}
}

// maxRowProducts is how many products of sites the rows of a list may name.
const maxRowProducts = 200
