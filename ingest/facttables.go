package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// The tables of facts that come from elsewhere: the Marketplace's pages about
// an app, the open work of people, the company's own list of them. Messages
// about people and their work quote no cell: any cell may hold a person.

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
	CheckedOn  string `csv:"checked_on"`
}

func readApps(s *sheet) {
	r := readRows[appRow](s)
	yesNo := func(column, text string) estate.Answer { return estate.Answer(r.word(column, text, "", "yes", "no")) }
	r.each(func(rec appRow, at diag.Source) {
		r.must("key", rec.Key)
		a := estate.AppFact{
			Key: plain(rec.Key), Name: rec.Name, Vendor: rec.Vendor, Partner: rec.Partner,
			Hostings:  r.available(rec.Hostings),
			Supported: yesNo("supported", rec.Supported), Archived: yesNo("archived", rec.Archived), Fortified: yesNo("cloud_fortified", rec.Fortified),
			BugBounty: yesNo("bug_bounty", rec.BugBounty), Assessment: yesNo("security_self_assessment", rec.Assessment),
			CheckedOn: r.date("checked_on", rec.CheckedOn), Source: at,
		}
		if !r.failed {
			s.apps = append(s.apps, a)
		}
	})
}

// available reads a list of hostings such as "cloud, data-center".
func (r *rows[T]) available(text string) []pricing.Hosting {
	var out []pricing.Hosting
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		h, err := pricing.ParseHosting(part)
		if err != nil {
			err = fmt.Errorf("%w, or both with a comma between them", err)
		}
		r.refuse("hosting_available", err)
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// workloadRow is a row of the workload table as written.
type workloadRow struct {
	Account string `csv:"account"`
	Site    string `csv:"site"`
	Product string `csv:"product"`
	Open    string `csv:"open_items"`
	Last    string `csv:"last_item_on"`
}

func readWorkload(s *sheet) {
	r := readRows[workloadRow](s)
	r.each(func(rec workloadRow, at diag.Source) {
		r.must("account", rec.Account)
		w := estate.Workload{Account: accountKey(rec.Account), Site: estate.SiteLabel(rec.Site), Product: estate.ProductKey(rec.Product), HasOpen: rec.Open != "", Source: at}
		if w.HasOpen {
			n, err := parseCount(rec.Open)
			r.refuseSilently("open_items", err, "expected a whole number of 0 or more")
			w.Open = n
		}
		w.LastItem = r.silentDate("last_item_on", rec.Last)
		if !r.failed {
			s.workload = append(s.workload, w)
		}
	})
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

func readPeople(s *sheet) {
	r := readRows[personRow](s)
	r.each(func(rec personRow, at diag.Source) {
		p := estate.Person{Email: plain(rec.Email), Department: rec.Department, Title: rec.Title, CostCentre: rec.CostCentre, Source: at}
		if r.must("email", rec.Email) && (strings.Count(p.Email, "@") != 1 || strings.ContainsAny(p.Email, " <>,;")) {
			r.refuse("email", errors.New("expected one address such as name@example.com"))
		}
		needs, err := oneOf(rec.Needs, "", "yes", "no")
		r.refuseSilently("needs_access", err, "expected yes or no")
		p.Needs = estate.Answer(needs)
		p.LeaveUntil = r.silentDate("leave_until", rec.Leave)
		if !r.failed {
			s.people = append(s.people, p)
		}
	})
}

// refuseSilently rejects the record being parsed without quoting the cell.
func (r *rows[T]) refuseSilently(column string, err error, expected string) {
	if err != nil {
		r.refuse(column, errors.New(expected))
	}
}

// silentDate reads a date that may be blank, without quoting one that is bad.
func (r *rows[T]) silentDate(column, text string) date.Date {
	if text == "" {
		return date.Date{}
	}
	d, err := r.tableDate(text)
	r.refuseSilently(column, err, "expected a date such as 2026-12-31")
	return d
}

// joinFacts takes the facts of all files together, in the order the estate
// promises. A row that says again what another says is excluded; one that
// says something else about the same is rejected, since nobody knows which
// holds.
func (l *Loaded) joinFacts(files []*file) {
	e := l.Estate
	for _, f := range files {
		e.AppFacts = append(e.AppFacts, f.apps...)
		e.Workload = append(e.Workload, f.workload...)
		e.People = append(e.People, f.people...)
	}
	e.AppFacts = once(l, files, e.AppFacts, "app", func(a *estate.AppFact) (string, *diag.Source) { return a.Key, &a.Source }, func(a, b estate.AppFact) bool { return reflect.DeepEqual(a, b) })
	e.Workload = once(l, files, e.Workload, "account, site and product", func(w *estate.Workload) (string, *diag.Source) {
		return w.Account + "\x00" + w.Site + "\x00" + w.Product, &w.Source
	}, func(a, b estate.Workload) bool { return a == b })
	e.People = once(l, files, e.People, "address", func(p *estate.Person) (string, *diag.Source) { return p.Email, &p.Source }, func(a, b estate.Person) bool { return a == b })
}

// once sorts facts by key and keeps the first of each.
func once[T any](l *Loaded, files []*file, facts []T, subject string, key func(*T) (string, *diag.Source), same func(a, b T) bool) []T {
	slices.SortStableFunc(facts, func(a, b T) int {
		ka, sa := key(&a)
		kb, sb := key(&b)
		return cmp.Or(strings.Compare(ka, kb), sa.Compare(*sb))
	})
	var out []T
	for _, f := range facts {
		k, at := key(&f)
		if len(out) == 0 {
			out = append(out, f)
			continue
		}
		before, first := key(&out[len(out)-1])
		if before != k {
			out = append(out, f)
			continue
		}
		again := f
		_, place := key(&again)
		*place = *first
		if same(out[len(out)-1], again) {
			excludeRow(files, *at, "repeats another row")
			continue
		}
		problem := fmt.Sprintf("a second, different row for this %s; the first is %s", subject, *first)
		rejectRow(files, *at, problem)
		l.Diagnostics.Add(diag.Incomplete, *at, "row rejected: "+problem, "remove one of the two")
	}
	return out
}

// rejectRow moves a row that was used to the rejected ones.
func rejectRow(files []*file, at diag.Source, problem string) {
	for _, f := range files {
		for i := range f.input {
			if in := &f.input[i]; in.Path == at.File && in.Sheet == at.Sheet {
				in.Used--
				in.Rejected++
				f.rejected = append(f.rejected, estate.RejectedRow{Source: at, Problem: problem})
			}
		}
	}
}

// checkFacts excludes facts about apps nobody has (ruling I24) and remarks on
// people and work that belong to no account: in numbers only, since a company
// has more people than accounts, and their addresses belong in no message.
func (l *Loaded) checkFacts(files []*file) {
	e := l.Estate
	var apps []string
	for i := range e.Subscriptions {
		if s := &e.Subscriptions[i]; s.Kind == estate.AppKind {
			apps = append(apps, s.Key)
		}
	}
	for i := range e.Licences {
		if x := &e.Licences[i]; x.Kind == estate.AppKind {
			apps = append(apps, x.Key)
		}
	}
	slices.Sort(apps)
	apps = slices.Compact(apps)
	e.AppFacts = slices.DeleteFunc(e.AppFacts, func(a estate.AppFact) bool {
		if _, found := slices.BinarySearch(apps, a.Key); found {
			return false
		}
		l.Diagnostics.Add(diag.Warning, a.Source, fmt.Sprintf("facts about app %q match no subscription or licence%s", a.Key, config.Suggest(a.Key, apps)), "check the spelling")
		excludeRow(files, a.Source, nothing)
		return true
	})
	if len(e.People)+len(e.Workload) == 0 {
		return
	}
	known := map[string]bool{}
	for i := range e.Accounts {
		known[accountKey(e.Accounts[i].ID)] = true
		if e.Accounts[i].Email != "" {
			known[e.Accounts[i].Email] = true
		}
	}
	people := strangers{what: "people", known: known}
	for i := range e.People {
		people.add(e.People[i].Email, e.People[i].Source)
	}
	people.tell(&l.Diagnostics)
	workload := strangers{what: "rows", known: known}
	for i := range e.Workload {
		workload.add(e.Workload[i].Account, e.Workload[i].Source)
	}
	workload.tell(&l.Diagnostics)
}

// strangers counts, for each table, the rows that match no account.
type strangers struct {
	what   string
	known  map[string]bool
	places []diag.Source
	all    map[diag.Source]int
	none   map[diag.Source]int
}

func (s *strangers) add(key string, at diag.Source) {
	at.Line, at.Column = 0, 0
	if s.all == nil {
		s.all, s.none = map[diag.Source]int{}, map[diag.Source]int{}
	}
	if s.all[at] == 0 {
		s.places = append(s.places, at)
	}
	s.all[at]++
	if !s.known[key] {
		s.none[at]++
	}
}

func (s *strangers) tell(out *diag.List) {
	for _, at := range s.places {
		if n := s.none[at]; n > 0 {
			out.Add(diag.Note, at, fmt.Sprintf("%d of %d %s match no account of the user exports", n, s.all[at], s.what), "")
		}
	}
}
