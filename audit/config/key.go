package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
)

// key is one row of a table of settings: what a mapping of audit.yaml can say
// of a T. Reading the file, the list of effective values, the starter file and
// the documentation follow from the tables; a new setting is a field of T and a
// row.
type key[T any] struct {
	name    string
	kind    kind[T]
	meaning string // lower case, without a full stop
	shown   string // where a reader sees it; "" = where the mapping it stands in is seen
	example string // what the starter file shows where the default says nothing; may have several lines
}

// kind is one type of setting: how it is read into a T and written.
type kind[T any] interface {
	// takes says in words what may be written, such as "a whole number from 0 to 5".
	takes() string
	// reset sets the default.
	reset(*T)
	// read sets what a node says; a mistake leaves the value as it was.
	read(*reader, Node, *T)
	// node writes the effective value as audit.yaml would say it.
	node(*T) Node
}

// parent is a kind that consists of keys of its own.
type parent[T any] interface {
	// walk calls f for every leaf below it.
	walk(at *T, f func(leaf))
}

// table is a kind that is a list of records.
type table interface {
	// fields returns the leaves of one record.
	fields() []leaf
}

// leaf is a key that has a value of its own, bound to what it is a value of.
type leaf struct {
	name    string // with those of the mappings it stands in, joined by '.'
	takes   string
	meaning string
	shown   string
	value   Node
	read    func(*reader, Node)
	fields  []leaf // of the records of a list
}

// reader collects the mistakes of a file, so that all are told at once.
type reader struct {
	terms    Terms
	path     []string // keys around the value being read
	problems []error
}

// fail adds a mistake in a value, which it tells with its key.
func (r *reader) fail(at diag.Source, format string, args ...any) {
	r.failKey(at, strings.Join(r.path, ".")+": "+format, args...)
}

// failKey adds a mistake that is told with its place only.
func (r *reader) failKey(at diag.Source, format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
}

// text returns a scalar as written, "" for a blank one; false, after a mistake,
// for anything else.
func (r *reader) text(n Node) (string, bool) {
	if n.Form == List || n.Form == Mapping {
		r.fail(n.Source, "expected a single value")
		return "", false
	}
	return n.Text, true
}

// list returns the items of a list, none for a blank one.
func (r *reader) list(n Node) []Node {
	if n.Form == Scalar || n.Form == Mapping {
		r.fail(n.Source, "expected a list such as [a, b], or a line for each entry that begins with a dash")
	}
	return n.Items
}

// entries returns the keys and values of a mapping, none for a blank one; what
// names the mapping in the mistake. A key that stands there twice is one.
func (r *reader) entries(what string, n Node) []Entry {
	if n.Form == Scalar || n.Form == List {
		r.failKey(n.Source, "expected keys and values%s", inside(what))
	}
	first := map[string]diag.Source{}
	for _, e := range n.Entries {
		if at, twice := first[e.Key]; twice {
			r.failKey(e.Source, "%q stands a second time%s, first at %s; write it once, with all that both say", e.Key, inside(what), at)
			continue
		}
		first[e.Key] = e.Source
	}
	return n.Entries
}

func inside(what string) string {
	if what == "" {
		return ""
	}
	return " in " + what
}

// reset gives every key its default.
func reset[T any](keys []key[T], at *T) {
	for _, k := range keys {
		k.kind.reset(at)
	}
}

// read reads a mapping. A key nobody knows is a mistake that names the nearest.
func read[T any](r *reader, what string, n Node, keys []key[T], at *T) {
	for _, e := range r.entries(what, n) {
		i := slices.IndexFunc(keys, func(k key[T]) bool { return k.name == e.Key })
		if i < 0 {
			r.failKey(e.Source, "unknown key %q%s%s", e.Key, inside(what), where(e.Key, keys, at))
			continue
		}
		r.path = append(r.path, e.Key)
		keys[i].kind.read(r, e.Value, at)
		r.path = r.path[:len(r.path)-1]
	}
}

// where says which key may be meant by one that a table does not have: one of that
// name below another, else the nearest.
func where[T any](wrong string, keys []key[T], at *T) string {
	below := ""
	for _, k := range keys {
		if p, ok := k.kind.(parent[T]); ok {
			p.walk(at, func(l leaf) {
				if below == "" && (l.name == wrong || strings.HasPrefix(l.name, wrong+".")) {
					below = k.name
				}
			})
		}
	}
	if below != "" {
		return "; it belongs below " + below + ":, indented"
	}
	return Suggest(wrong, slices.Sorted(slices.Values(names(keys))))
}

// mapping writes all keys of a table with their values.
func mapping[T any](keys []key[T], at *T) Node {
	n := Node{Form: Mapping}
	for _, k := range keys {
		n.Entries = append(n.Entries, Entry{Key: k.name, Value: k.kind.node(at)})
	}
	return n
}

// walk calls f for every leaf of a table, in its order.
func walk[T any](keys []key[T], at *T, f func(leaf)) {
	for _, k := range keys {
		if p, ok := k.kind.(parent[T]); ok {
			p.walk(at, func(l leaf) {
				l.name, l.shown = k.name+"."+l.name, cmp.Or(l.shown, k.shown)
				f(l)
			})
			continue
		}
		l := leaf{
			name: k.name, takes: k.kind.takes(), meaning: k.meaning, shown: k.shown, value: k.kind.node(at),
			read: func(r *reader, n Node) { k.kind.read(r, n, at) },
		}
		if t, ok := k.kind.(table); ok {
			l.fields = t.fields()
		}
		f(l)
	}
}

func names[T any](keys []key[T]) []string {
	var out []string
	for _, k := range keys {
		out = append(out, k.name)
	}
	return out
}
