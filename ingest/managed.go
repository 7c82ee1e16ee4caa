package ingest

import (
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/table"
)

// Lists of accounts that are no lists of seats: the managed accounts of an
// organisation, the same from the admin API, and the export of an app for user
// management. Their activity is of the whole account and stands beside that of
// the products (ruling I16).

// accountWide is the name of that signal.
const accountWide = "account-wide activity"

// managedAccounts is the export of managed accounts, and its form for a
// verified domain. Without account ids, as in 2019, people are found by
// address.
var managedAccounts = format{
	id:       "managed-accounts",
	title:    "managed accounts",
	required: []string{"name", "email", "status", "atlassian_id|" + managedActivity + "|billable|policy_type|" + strings.Join(oldProducts, "|")},
	optional: []string{"claimed", "verified_email", "policy_name", "saml_single_sign_on", "two_step_verification", "two_step_verification_(managed_account)",
		"password_requirements", "idle_session_duration", "confluence_guest", "jira_product_discovery", "loom", "feedback", "compass"},
	users: true,
	read: func(s *sheet) {
		l := &userLayout{
			id: s.column("atlassian_id"), name: s.column("name"), email: s.column("email"), status: s.column("status"), added: -1,
			evidence: []evidenceLayout{{name: accountWide, seen: s.existing(managedActivity), disabled: true}},
			listKind: listKind{beside: true},
		}
		if l.id < 0 {
			l.id, l.byAddress, l.key = l.email, true, "address"
		}
		if at := s.column("policy_type"); at >= 0 {
			l.nonbillable = &cellIs{at, "nonbillable"}
		}
		s.readUsers(l)
	},
}

const managedActivity = "last_active_date_[utc]|last_active_date|last_active_[utc]|last_active"

// managedAPI is the list people make of the admin API's managed accounts, with
// a row for each product of an account.
var managedAPI = format{
	id:       "managed-api",
	title:    "managed accounts of the admin API",
	required: []string{"account_id", "account_type", "account_status"},
	optional: []string{"name", "email", "access_billable", "last_active", "product_access_key", "product_access_name", "product_url", "product_access_last_active", "picture"},
	users:    true,
	read: func(s *sheet) {
		l := &userLayout{
			id: s.column("account_id"), name: s.column("name"), email: s.column("email"), status: s.column("account_status"), added: -1,
			evidence: []evidenceLayout{{name: accountWide, seen: s.existing("last_active"), disabled: true}},
			listKind: listKind{beside: true, app: &cellIs{s.column("account_type"), "app"}},
		}
		s.productRows(l, s.column("product_access_key|product_access_name"), s.column("product_url"), s.column("product_access_last_active"))
		s.readUsers(l)
	},
}

// productRows adds the products that the rows of a list name, each with the
// use in the rows that name it.
func (s *sheet) productRows(l *userLayout, product, site, seen int) {
	if product < 0 || site < 0 || seen < 0 {
		return
	}
	of := func(cells []string) (string, string) {
		url, key := cell(cells, site), strings.TrimSpace(cell(cells, product))
		if key == "" || strings.TrimSpace(url) == "" {
			return "", ""
		}
		return estate.SiteLabel(url), estate.ProductKey(key)
	}
	s.Each(func(row table.Row) bool {
		label, key := of(row.Cells)
		if row.Line <= s.line || key == "" || s.notData(row.Cells) != "" {
			return true
		}
		p := l.product(label, key)
		if p.when == nil {
			p.seen, p.at = []int{seen}, s.at(s.line, seen+1)
			p.when = func(cells []string) bool {
				l, k := of(cells)
				return l == label && k == key
			}
		}
		return len(l.products) <= maxRowProducts
	}, func(table.Problem) {})
	if len(l.products) > maxRowProducts {
		l.products = nil
		s.diags.Add(diag.Warning, s.at(s.line, product+1), "the rows name too many different products; only account-wide activity is read", "check the columns of products and sites")
	}
}

// maxRowProducts is how many products of sites the rows of a list may name.
const maxRowProducts = 200
