package records

import (
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
)

// Facts about apps: what the Marketplace says about one, and how many people
// use it.

// appRow is a row of the apps table as written.
type appRow struct {
	Key        string `csv:"key"`
	Name       string `csv:"name"`
	Vendor     string `csv:"vendor"`
	Hostings   string `csv:"hosting_available"`
	Supported  string `csv:"supported"`
	Archived   string `csv:"archived"`
	Fortified  string `csv:"cloud_fortified"`
	BugBounty  string `csv:"bug_bounty"`
	Assessment string `csv:"security_self_assessment"`
	Partner    string `csv:"partner_level"`
	Framework  string `csv:"framework"`
	CheckedOn  string `csv:"checked_on"`
}

func appFact(r *rows[appRow], rec appRow, at diag.Source) estate.AppFact {
	yesNo := func(column, text string) estate.Answer { return estate.Answer(r.word(column, text, "", "yes", "no")) }
	r.must("key", rec.Key)
	a := estate.AppFact{
		Key: cell.Plain(rec.Key), Name: rec.Name, Vendor: rec.Vendor, Partner: rec.Partner,
		Hostings:  r.available(rec.Hostings),
		Supported: yesNo("supported", rec.Supported), Archived: yesNo("archived", rec.Archived), Fortified: yesNo("cloud_fortified", rec.Fortified),
		BugBounty: yesNo("bug_bounty", rec.BugBounty), Assessment: yesNo("security_self_assessment", rec.Assessment),
		CheckedOn: r.date("checked_on", rec.CheckedOn), Source: at,
	}
	if rec.Framework != "" {
		a.Framework = estate.Frameworks()[r.word("framework", rec.Framework, estate.Frameworks()...)]
	}
	return a
}

// endRow is a row of the end_of_support table as written.
type endRow struct {
	Key    string `csv:"key"`
	Date   string `csv:"date"`
	Note   string `csv:"note"` // for whoever keeps the table; no report shows it
	Source string `csv:"source"`
}

func endOfSupport(r *rows[endRow], rec endRow, at diag.Source) estate.EndOfSupport {
	r.must("key", rec.Key)
	return estate.EndOfSupport{Key: cell.Plain(rec.Key), Date: r.needDate("date", rec.Date), Origin: rec.Source, Source: at}
}

// available reads a list of hostings such as "cloud, data-center".
func (r *rows[T]) available(text string) []pricing.Hosting {
	var out []pricing.Hosting
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		h, err := pricing.ParseHosting(part)
		r.refuse("hosting_available", cell.Refuse(text, err, cell.Allowed(hostingWords...)+", or both with a comma between them"))
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
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

func appUsage(r *rows[usageRow], rec usageRow, at diag.Source) estate.AppUsage {
	r.must("key", rec.Key)
	r.must("site", rec.Site)
	u := estate.AppUsage{Key: cell.Plain(rec.Key), Site: estate.SiteLabel(rec.Site), AsOf: r.date("as_of", rec.AsOf), Source: at}
	if r.must("active_users", rec.Active) {
		u.Active = r.count("active_users", rec.Active)
	}
	u.PeriodDays = r.count("period_days", rec.Period)
	u.Assigned, u.HasAssigned = r.count("assigned_users", rec.Assigned), rec.Assigned != ""
	return u
}
