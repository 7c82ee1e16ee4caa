package ingest

import (
	"fmt"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/ingest/answers"
	"tierline/ingest/exports"
	"tierline/ingest/users"
)

// page is a page of accounts and the list of users that it is.
type page struct {
	*answers.Page
	list *users.List // nil for one without accounts
}

// readPages reads the pages of accounts among the answers of a file. One without
// accounts is no list whose download failed.
func (f *file) readPages() {
	for i := range f.answers.Pages {
		p := &f.answers.Pages[i]
		layout := exports.UserSearch
		if p.Managed {
			layout = exports.ManagedUsers
		}
		out := page{Page: p}
		if p.Accounts > 0 {
			out.list = users.Read(p.Sheet, layout(p.Sheet))
			f.users = append(f.users, out.list)
		}
		f.pages = append(f.pages, out)
	}
}

// joinPages finds out which pages are all of an answer. What is a part is never a
// count (METHOD 1.27).
func (l *Loaded) joinPages(files []*file) {
	for _, managed := range []bool{false, true} {
		var pages []page
		var lists []*users.List
		for _, f := range files {
			for _, p := range f.pages {
				if p.Managed == managed {
					pages = append(pages, p)
				}
				if p.Managed == managed && p.list != nil {
					lists = append(lists, p.list)
				}
			}
		}
		if whole := l.tellMissing(pages); !whole {
			for _, list := range lists {
				list.ForWholeOrganisation("")
			}
		} else if slices.ContainsFunc(pages, func(p page) bool { return p.Next != "" }) {
			users.SameDay(lists)
		}
	}
}

// tellMissing says which pages are missing of an answer, and reports whether it
// is whole: every page is there that another names, and as many accounts as it
// has in total.
func (l *Loaded) tellMissing(pages []page) (whole bool) {
	whole = true
	accounts, total := 0, 0
	tell := func(p page, format string, args ...any) {
		whole = false
		l.Diagnostics.Add(diag.Incomplete, p.At, fmt.Sprintf("one page of several, and no count: "+format, args...), "save every page, each with its links")
	}
	for _, p := range pages {
		accounts, total = accounts+p.Accounts, max(total, p.Total)
		switch {
		case p.Next != "" && !p.beside(pages, func(q page) bool { return q.Self == p.Next || q.Prev != "" && q.Prev == p.Self }):
			tell(p, "with %s, followed by a page that is not there", money.Plural(p.Accounts, "account"))
		case p.Prev != "" && !p.beside(pages, func(q page) bool { return q.Self == p.Prev || q.Next != "" && q.Next == p.Self }):
			tell(p, "with %s, behind a page that is not there", money.Plural(p.Accounts, "account"))
		}
	}
	if whole && accounts < total {
		tell(pages[0], "%d of %d accounts in total are there", accounts, total)
	}
	return whole
}

// beside reports whether another page is there that fits.
func (p page) beside(pages []page, fits func(page) bool) bool {
	return slices.ContainsFunc(pages, func(q page) bool { return q.Page != p.Page && fits(q) })
}
