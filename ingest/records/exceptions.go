package records

import (
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
)

// exceptionRow is a row of the exceptions table as written.
type exceptionRow struct {
	Rule    string `csv:"rule"`
	Subject string `csv:"subject"`
	Reason  string `csv:"reason"`
	Owner   string `csv:"owner"`
	Until   string `csv:"until"`
}

// exception reads what is left alone on purpose. An exception nobody answers
// for protects like any other, and is reported, since it is never ended
// (METHOD 1.15).
func exception(r *rows[exceptionRow], rec exceptionRow, at diag.Source) estate.Exception {
	r.must("rule", rec.Rule)
	r.must("subject", rec.Subject)
	r.must("reason", rec.Reason)
	x := estate.Exception{
		Rule: cell.Plain(rec.Rule), Subject: subject(rec.Subject), Reason: rec.Reason, Owner: rec.Owner, Until: r.date("until", rec.Until), Source: at,
	}
	if rec.Owner == "" && !r.failed {
		r.Diags.Add(diag.Warning, r.At(at.Line, r.Column("owner")+1), "the exception has no owner; it protects all the same", "name who answers for it")
	}
	return x
}

// subject returns the form in which subjects of exceptions are compared: of
// "site/product" the site by its label and the product by its key. What has
// more parts names a finding and keeps them.
func subject(s string) string {
	s = cell.Plain(s)
	_, body, isURL := strings.Cut(s, "://")
	if !isURL {
		body = s
	}
	site, rest, ok := strings.Cut(body, "/")
	if !ok || site == "" || strings.Contains(s, "@") {
		return s
	}
	if !strings.Contains(rest, "/") {
		rest = estate.ProductKey(rest)
	}
	return estate.SiteLabel(site) + "/" + rest
}
