package ingest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
)

// joinFacts takes the facts of all files together, in the order the estate
// promises. A row that says again what another says is excluded; one that
// says something else about the same is rejected, since nobody knows which
// holds.
func (l *Loaded) joinFacts(files []*file) {
	e := l.Estate
	for _, f := range files {
		e.AppFacts = append(e.AppFacts, f.tables.Apps...)
		e.Workload = append(e.Workload, f.tables.Workload...)
		e.People = append(e.People, f.tables.People...)
	}
	e.AppFacts = once(l, files, e.AppFacts, "app", func(a *estate.AppFact) (string, *diag.Source) { return a.Key, &a.Source },
		func(a, b estate.AppFact) bool { return reflect.DeepEqual(a, b) })
	e.Workload = once(l, files, e.Workload, "account, site and product", func(w *estate.Workload) (string, *diag.Source) {
		return w.Account + "\x00" + w.Site + "\x00" + w.Product, &w.Source
	}, func(a, b estate.Workload) bool { return a == b })
	e.People = once(l, files, e.People, "address", func(p *estate.Person) (string, *diag.Source) { return p.Email, &p.Source },
		func(a, b estate.Person) bool { return a == b })
	l.joinBills(files)
	l.joinEnds(files)
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
			excludeRow(files, *at, repeats())
			continue
		}
		problem := fmt.Sprintf("a second, different row for this %s; the first is %s", subject, *first)
		rejectRow(files, *at, problem, "remove one of the two")
	}
	return out
}

// checkFacts excludes facts about apps nobody has (METHOD 14.20) and remarks on
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
		l.Diagnostics.Add(diag.Warning, a.Source, fmt.Sprintf("facts about app %q match no subscription or licence%s", a.Key, config.Suggest(a.Key, apps)),
			"check the spelling")
		excludeRow(files, a.Source, unrelated())
		return true
	})
	if len(e.People)+len(e.Workload) == 0 {
		return
	}
	known := map[string]bool{}
	for i := range e.Accounts {
		known[cell.AccountKey(e.Accounts[i].ID)] = true
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
