package ingest

import (
	"fmt"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
)

// countRow is a row of the user_counts table as written.
type countRow struct {
	Date    string `csv:"date"`
	Site    string `csv:"site"`
	Product string `csv:"product"`
	Users   string `csv:"users"`
}

func readCounts(s *sheet) {
	r := readRows[countRow](s)
	seen := map[string]diag.Source{}
	r.each(func(rec countRow, at diag.Source) {
		c := estate.UserCount{Date: r.needDate("date", rec.Date), Source: at}
		c.Site, c.Product = r.product(rec.Site, rec.Product)
		if r.must("users", rec.Users) {
			n, err := parseCount(rec.Users)
			r.refuse("users", err)
			c.Users = n
		}
		key := c.Date.String() + " " + c.Site + " " + c.Product
		if first, twice := seen[key]; twice && !r.failed {
			r.refuse("date", fmt.Errorf("a second count of the same day; the first is %s", first))
		}
		if !r.failed {
			seen[key] = at
			s.counts = append(s.counts, c)
		}
	})
}

// product reads the site and product a row is about.
func (r *rows[T]) product(site, product string) (string, string) {
	r.must("site", site)
	r.must("product", product)
	return estate.SiteLabel(site), estate.ProductKey(product)
}

// headcountRow is a row of the headcount_plan table as written.
type headcountRow struct {
	Date    string `csv:"date"`
	Site    string `csv:"site"`
	Product string `csv:"product"`
	Change  string `csv:"change"`
	Note    string `csv:"note"`
}

func readHeadcount(s *sheet) {
	r := readRows[headcountRow](s)
	r.each(func(rec headcountRow, at diag.Source) {
		c := estate.HeadcountChange{Date: r.needDate("date", rec.Date), Note: rec.Note, Source: at}
		c.Site, c.Product = r.product(rec.Site, rec.Product)
		if r.must("change", rec.Change) {
			n, err := parseChange(rec.Change)
			r.refuse("change", err)
			c.Change = n
		}
		if !r.failed {
			s.headcount = append(s.headcount, c)
		}
	})
}

// exceptionRow is a row of the exceptions table as written.
type exceptionRow struct {
	Rule    string `csv:"rule"`
	Subject string `csv:"subject"`
	Reason  string `csv:"reason"`
	Owner   string `csv:"owner"`
	Until   string `csv:"until"`
}

// readExceptions reads what is left alone on purpose. DESIGN section 4 leaves the
// owner open; it is required here, since an exception nobody answers for is
// never ended.
func readExceptions(s *sheet) {
	r := readRows[exceptionRow](s)
	r.each(func(rec exceptionRow, at diag.Source) {
		r.must("rule", rec.Rule)
		r.must("subject", rec.Subject)
		r.must("reason", rec.Reason)
		r.must("owner", rec.Owner)
		x := estate.Exception{Rule: plain(rec.Rule), Subject: subject(rec.Subject), Reason: rec.Reason, Owner: rec.Owner, Until: r.date("until", rec.Until), Source: at}
		if !r.failed {
			s.exceptions = append(s.exceptions, x)
		}
	})
}

// subject returns the form in which subjects of exceptions are compared: of
// "site/product" the site by its label and the product by its key. What has
// more parts names a finding and keeps them.
func subject(s string) string {
	s = plain(s)
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

// usageRow is a row of the app_usage table as written.
type usageRow struct {
	Key      string `csv:"key"`
	Site     string `csv:"site"`
	Active   string `csv:"active_users"`
	Period   string `csv:"period_days"`
	Assigned string `csv:"assigned_users"`
	AsOf     string `csv:"as_of"`
}

func readUsage(s *sheet) {
	r := readRows[usageRow](s)
	r.each(func(rec usageRow, at diag.Source) {
		r.must("key", rec.Key)
		r.must("site", rec.Site)
		u := estate.AppUsage{Key: plain(rec.Key), Site: estate.SiteLabel(rec.Site), AsOf: r.date("as_of", rec.AsOf), Source: at}
		if r.must("active_users", rec.Active) {
			u.Active = r.count("active_users", rec.Active)
		}
		u.PeriodDays = r.count("period_days", rec.Period)
		u.Assigned, u.HasAssigned = r.count("assigned_users", rec.Assigned), rec.Assigned != ""
		if !r.failed {
			s.usage = append(s.usage, u)
		}
	})
}

// count reads a number that may be blank.
func (r *rows[T]) count(column, text string) int {
	if text == "" {
		return 0
	}
	n, err := parseCount(text)
	r.refuse(column, err)
	return n
}
