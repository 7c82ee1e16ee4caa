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

// exception reads what is left alone on purpose. DESIGN section 4 leaves the
// owner open; it is required here, since an exception nobody answers for is
// never ended.
func exception(r *rows[exceptionRow], rec exceptionRow, at diag.Source) estate.Exception {
	r.must("rule", rec.Rule)
	r.must("subject", rec.Subject)
	r.must("reason", rec.Reason)
	r.must("owner", rec.Owner)
	x := estate.Exception{
		Rule: cell.Plain(rec.Rule), Subject: subject(rec.Subject), Reason: rec.Reason, Owner: rec.Owner, Until: r.date("until", rec.Until), Source: at,
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
