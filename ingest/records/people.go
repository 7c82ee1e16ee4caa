package records

import (
	"errors"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
)

// The open work of people, and the company's own list of them.

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
		w.Open = r.count("open_items", rec.Open)
	}
	w.LastItem = r.date("last_item_on", rec.Last)
	return w
}

// personRow is a row of the people table as written.
type personRow struct {
	Email      string `csv:"email"`
	Department string `csv:"department"`
	Title      string `csv:"title"`
	CostCentre string `csv:"cost_centre"`
	Manager    string `csv:"manager"`
	Needs      string `csv:"needs_access"`
	Leave      string `csv:"leave_until"`
}

func person(r *rows[personRow], rec personRow, at diag.Source) estate.Person {
	p := estate.Person{Email: cell.Plain(rec.Email), Department: rec.Department, Title: rec.Title, CostCentre: rec.CostCentre, Manager: rec.Manager, Source: at}
	if r.must("email", rec.Email) && (strings.Count(p.Email, "@") != 1 || strings.ContainsAny(p.Email, " <>,;")) {
		r.refuse("email", errors.New("expected one address such as name@example.com"))
	}
	p.Needs = estate.Answer(r.word("needs_access", rec.Needs, "", "yes", "no"))
	p.LeaveUntil = r.date("leave_until", rec.Leave)
	return p
}
