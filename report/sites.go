package report

import (
	"slices"

	"tierline/audit"
)

// SiteWords says of a site with two names how far both are taken for one.
func SiteWords(s *audit.SiteName) string {
	if s.Taken {
		return "Taken for the same site, each being the only one: " + s.Exported + " in the exports and " + s.Subscribed + " in the subscriptions."
	}
	return "The exports count users on " + s.Exported + ", which no subscription is on, and nobody on " + s.Subscribed + "; it may be the same site."
}

// siteCaveats say which sites have two names.
func siteCaveats(r *audit.Result) []string {
	var out []string
	for s := range each(r.Trust.Sites) {
		out = append(out, SiteWords(s))
	}
	return out
}

// taken says in the headline which sites the figures take for the same; "" where
// none.
func taken(r *audit.Result) string {
	text := ""
	for s := range each(r.Trust.Sites) {
		if s.Taken {
			text += " This takes the site " + s.Exported + " of the exports for " + s.Subscribed + " of the subscriptions."
		}
	}
	return text
}

// assumesSites reports whether a figure rests on two names being of one site.
func assumesSites(r *audit.Result) bool {
	return slices.ContainsFunc(r.Trust.Sites, func(s audit.SiteName) bool { return s.Taken })
}

// Lines lists the lines of audit.yaml that would settle what is assumed, held or
// unknown, each once: those of sites first.
func Lines(r *audit.Result) []string {
	var out []string
	add := func(line string) {
		if line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	for s := range each(r.Trust.Sites) {
		add(s.Line)
	}
	for o := range each(r.Trust.Open) {
		for x := range each(o.Obstacles) {
			add(x.Lift)
		}
	}
	return out
}

// The columns of sites with two names.
var (
	siteSubscribed = Col[*audit.SiteName]{ID: "subscribed", Title: "In the subscriptions", Width: 34, Wrap: true,
		Show: func(s *audit.SiteName) Cell { return T(s.Subscribed) }}
	siteExported = Col[*audit.SiteName]{ID: "exported", Title: "In the exports", Width: 18, Show: func(s *audit.SiteName) Cell { return T(s.Exported) }}
	siteTaken    = Col[*audit.SiteName]{ID: "taken", Title: "Taken for the same", Width: 18, Show: func(s *audit.SiteName) Cell { return T(yesNo(s.Taken)) }}
	siteLine     = Col[*audit.SiteName]{ID: "line", Title: "Line for audit.yaml", Width: 50, Wrap: true, Show: func(s *audit.SiteName) Cell { return T(s.Line) }}
)

func sitesTable(r *audit.Result, columns ...Col[*audit.SiteName]) Table {
	return TableOf[*audit.SiteName]{Title: "Sites with two names", Empty: "Exports and subscriptions name the same sites.", Rows: each(r.Trust.Sites),
		Columns: columns}.Table()
}
