package answers

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// Accounts as the Organizations API answers them, page by page: the search for
// users (v2) and the managed accounts (v1). Each page becomes a table with a row
// for each account, and columns named as exports name them, so that it is read
// as any list of users is. Neither says who has a seat: the products in them are
// those somebody has used (METHOD 1.27).

// Page is one page of accounts.
type Page struct {
	Sheet      *sheet.Sheet
	Managed    bool   // of managed accounts, else of a search for users
	Accounts   int    // in it, those that could not be read too
	Next, Self string // cursors of the next page and of this one; "" for none
	Prev       string // cursor of the page before
	Total      int    // accounts on all pages, 0 where it is not said
	At         diag.Source
}

// IsUserSearch reports whether an answer is a page of the search for users.
func IsUserSearch(v *Value) bool {
	data := v.list("data")
	return len(data) > 0 && data[0].get("accountId") != nil && data[0].hasAny([]string{"accountStatus", "membershipStatus", "status", "productAccess"})
}

// IsManagedPage reports whether an answer is a page of managed accounts. One
// without any is what an organisation gets that has claimed no domain.
func IsManagedPage(v *Value) bool {
	data := v.get("data")
	if data == nil || data.kind != '[' {
		return false
	}
	if len(data.items) == 0 {
		return !slices.ContainsFunc(v.keys, func(key string) bool { return key != "data" && key != "links" && key != "meta" })
	}
	return data.items[0].get("account_id") != nil && data.items[0].hasAny([]string{"account_status", "access_billable"})
}

// ReadUserSearch reads a page of the search for users.
func (j *File) ReadUserSearch(v *Value) {
	const title = "users of the Organizations API (JSON)"
	p := j.people(v, "directory-users", title, []string{"User id", "User name", "email", "User status", "Account type", "Added to org"})
	expanded := false
	for _, account := range v.list("data") {
		expanded = expanded || account.get("productAccess") != nil
		p.add(account, []string{account.string("accountId"), account.string("name"), account.string("email"), searchStatus(account),
			account.string("accountType"), account.string("addedToOrg")}, productsOf(account.list("productAccess"), "id", "lastActiveTimestamp"))
	}
	if !expanded {
		j.Diags.Add(diag.Warning, j.At(v.offset), "the answer says nothing of the use of products", "ask again with productAccess under expand")
	}
	p.keep(false)
}

// ReadManagedPage reads a page of managed accounts.
func (j *File) ReadManagedPage(v *Value) {
	const title = "managed accounts of the Organizations API (JSON)"
	p := j.people(v, "managed-users", title,
		[]string{"account_id", "name", "email", "account_status", "account_type", "access_billable", "last_active"})
	for _, account := range v.list("data") {
		billable := ""
		if b := account.get("access_billable"); b != nil {
			billable = [...]string{"no", "yes"}[b2i(account.is("access_billable", false))]
		}
		p.add(account, []string{account.string("account_id"), account.string("name"), account.string("email"), account.string("account_status"),
			account.string("account_type"), billable, account.string("last_active")}, productsOf(account.list("product_access"), "url", "last_active"))
	}
	if len(v.list("data")) == 0 {
		j.Diags.Add(diag.Note, j.At(v.offset), "no managed accounts: the organisation has claimed no domain, or the answer is of another one", "")
	}
	p.keep(true)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// searchStatus returns the status of an account as an export words it; "" where
// its words are not known. The status of the account alone is active for
// suspended people as well.
func searchStatus(v *Value) string {
	status, membership, account := v.string("status"), v.string("membershipStatus"), v.string("accountStatus")
	switch {
	case status == "suspended" || membership == "suspended":
		return "Suspended"
	case slices.Contains([]string{"deactivated", "for_deletion", "not_invited"}, status), membership == "no_membership",
		slices.Contains([]string{"inactive", "closed"}, account):
		return "Deactivated"
	case status == "active" || status == "" && (membership == "active" || account == "active"):
		return "Active"
	}
	return ""
}

// use is when somebody used a product, by the name of its column.
type use struct{ column, on string }

// productsOf returns the use of products that an account lists, with the site at
// the end of their address: a host, or the id of a resource.
func productsOf(list []*Value, address, on string) (out []use) {
	for _, p := range list {
		at := p.string(address)
		if strings.HasPrefix(at, "ari:") {
			at = at[strings.LastIndexAny(at, "/:")+1:]
		}
		named := estate.ParseProduct(p.string("key"))
		if !named.Known {
			named = estate.ParseProduct(p.string("name"))
		}
		if site := estate.SiteLabel(at); named.Known && site != "" && !strings.ContainsAny(site, " \t") {
			out = append(out, use{"Last seen in " + named.Key + " - " + site, p.string(on)})
		}
	}
	return out
}

// people is a page while it becomes a table.
type people struct {
	file   *File
	page   *Value
	format sheet.Format
	header []string
	fixed  int            // columns that each account has
	at     map[string]int // further columns by name
	rows   []table.Row
}

func (j *File) people(v *Value, id, title string, header []string) *people {
	return &people{file: j, page: v, format: sheet.Format{ID: id, Title: title, Users: true}, header: header, fixed: len(header), at: map[string]int{}}
}

// add adds an account; one without an id or a status is rejected.
func (p *people) add(v *Value, cells []string, uses []use) {
	j := p.file
	var err error
	switch {
	case v.twice() != "":
		err = saidTwice(v.twice())
	case strings.TrimSpace(cells[0]) == "":
		err = fmt.Errorf("the account has no id")
	case !slices.Contains([]string{"active", "suspended", "deactivated", "inactive", "closed"}, strings.ToLower(cells[3])):
		err = fmt.Errorf("the status of the account is none we know")
	}
	if err != nil {
		j.Input.Read++
		j.reject(v, err)
		return
	}
	line, _ := j.place(v.offset)
	for _, u := range uses {
		at, known := p.at[u.column]
		if !known {
			at = len(p.header)
			p.at[u.column] = at
			p.header = append(p.header, u.column)
		}
		for len(cells) <= at {
			cells = append(cells, "")
		}
		cells[at] = u.on
		if u.on == "" {
			cells[at] = "never"
		}
	}
	p.rows = append(p.rows, table.Row{Line: line, Cells: cells})
}

// keep files the page.
func (p *people) keep(managed bool) {
	j := p.file
	for i := range p.rows {
		for len(p.rows[i].Cells) < len(p.header) {
			p.rows[i].Cells = append(p.rows[i].Cells, "")
		}
	}
	out := Page{
		Sheet: sheet.Made(j.File, j.Input, &p.format, p.header, p.rows), Managed: managed, Accounts: len(p.page.list("data")),
		Next: cursor(p.page.string("links", "next")), Self: cursor(p.page.string("links", "self")),
		Prev: cursor(p.page.string("links", "prev")), At: j.At(p.page.offset),
	}
	if n, err := p.page.get("meta").total(); err == nil {
		out.Total = n
	}
	j.Tables.Pages = append(j.Tables.Pages, out)
}

// total returns how many accounts all pages have.
func (v *Value) total() (int, error) {
	if v == nil {
		return 0, nil
	}
	return natural(v, "total")
}

// cursor returns what names a page: the answer of the search gives it as it is,
// that of managed accounts in an address. An address without one is that of a
// first page.
func cursor(link string) string {
	if !strings.Contains(link, "://") {
		return link
	}
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	return u.Query().Get("cursor")
}
