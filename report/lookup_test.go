package report

import (
	"slices"
	"testing"

	"tierline/audit"
	"tierline/audit/estate"
)

// numberIn is the number of a subscription, "" for one that is not listed.
func numberIn(r *audit.Result, id string) any {
	if i := slices.IndexFunc(r.Lines, func(l audit.Line) bool { return l.ID == id }); i >= 0 {
		return i + 1
	}
	return ""
}

// numberOfProduct is that of the first subscription of a product on a site.
func numberOfProduct(r *audit.Result, site, key string) any {
	i := slices.IndexFunc(r.Lines, func(l audit.Line) bool { return l.Type == estate.ProductKind && l.Site == site && l.Key == key })
	if i < 0 {
		return ""
	}
	return i + 1
}

// A figure is looked up where the sheet of subscriptions shows the same, and only there.
func TestLookUps(t *testing.T) {
	r := filled(t)
	from, line := newLineCells(r), func(l *audit.Line) string { return l.ID }
	same := lookedUpIn(from, line, lineUsers, lineUsers)
	if c := same.Show(&r.Lines[1]); c.Formula == nil {
		t.Error("a figure that is there is not looked up")
	}
	for what, c := range map[string]Cell{
		"another figure":       lookedUpIn(from, line, lineUsers, lineBilled).Show(&r.Lines[1]),
		"another subscription": lookedUpIn(from, func(*audit.Line) string { return "x" }, lineUsers, lineUsers).Show(&r.Lines[1]),
		"a word":               lookedUpIn(from, line, lineName, lineName).Show(&r.Lines[1]),
	} {
		if c.Formula != nil {
			t.Errorf("%s is looked up", what)
		}
	}
	jira := func(id string, kind estate.Kind) audit.Line {
		return audit.Line{ID: id, Site: "acme", Key: "jira", Type: kind}
	}
	several := newLineCells(&audit.Result{Lines: []audit.Line{jira("app", estate.AppKind), jira("first", estate.ProductKind), jira("second", estate.ProductKind)}})
	if first, none := several.product("acme", "jira"), several.product("globex", "jira"); first != "first" || none != "" {
		t.Errorf("of several subscriptions of a product %q is found, and of none %q", first, none)
	}
	no := subscriptionNo(from, line).Show(&r.Lines[1])
	if no.Count != 2 || no.Link == nil || no.Link.Row != r.Lines[1].ID {
		t.Errorf("the second subscription is %d, with a link to %v", no.Count, no.Link)
	}
}
