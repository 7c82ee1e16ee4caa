package records

import (
	"errors"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
)

// The open work of people, and the company's own list of them. Messages about
// either quote no cell: any cell may hold a person.

// workloadRow is a row of the workload table as written.
type workloadRow struct {
	Account string `csv:"account"`
	Site    string `csv:"site"`
	Product string `csv:"product"`
	Open    string `csv:"open_items"`
	Last    string `csv:"last_item_on"`
}

func workload(r *rows[workloadRow], rec workloadRow, at diag.Source) estate.Workload {
	r.must("account", rec.Account)
	w := estate.Workload{
		Account: cell.AccountKey(rec.Account), Site: estate.SiteLabel(rec.Site), Product: estate.ProductKey(rec.Product), HasOpen: rec.Open != "", Source: at,
	}
	if w.HasOpen {
		n, err := cell.Count(rec.Open)
		r.refuseSilently("open_items", err, "expected a whole number of 0 or more")
		w.Open = n
	}
	w.LastItem = r.silentDate("last_item_on", rec.Last)
	return w
}

// personRow is a row of the people table as written.
type personRow struct {
	Email      string `csv:"email"`
	Department string `csv:"department"`
	Title      string `csv:"title"`
	CostCentre string `csv:"cost_centre"`
	Needs      string `csv:"needs_access"`
	Leave      string `csv:"leave_until"`
}

func person(r *rows[personRow], rec personRow, at diag.Source) estate.Person {
	p := estate.Person{Email: cell.Plain(rec.Email), Department: rec.Department, Title: rec.Title, CostCentre: rec.CostCentre, Source: at}
	if r.must("email", rec.Email) && (strings.Count(p.Email, "@") != 1 || strings.ContainsAny(p.Email, " <>,;")) {
		r.refuse("email", errors.New("expected one address such as name@example.com"))
	}
	needs, err := cell.OneOf(rec.Needs, "", "yes", "no")
	r.refuseSilently("needs_access", err, "expected yes or no")
	p.Needs = estate.Answer(needs)
	p.LeaveUntil = r.silentDate("leave_until", rec.Leave)
	return p
}
