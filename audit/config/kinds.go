package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/money"
)

// whole is a whole number from low to high. zero, if it is not "", is the word
// that stands for 0.
type whole[T any] struct {
	at        func(*T) *int
	value     int // the default
	low, high int
	zero      string
}

func (k whole[T]) takes() string {
	text := fmt.Sprintf("a whole number from %d to %d", k.low, k.high)
	if k.zero != "" {
		text = k.zero + " or " + text
	}
	return text
}

func (k whole[T]) reset(t *T) { *k.at(t) = k.value }

func (k whole[T]) node(t *T) Node {
	if n := *k.at(t); n != 0 || k.zero == "" {
		return scalar(strconv.Itoa(n))
	}
	return scalar(k.zero)
}

func (k whole[T]) read(r *reader, n Node, t *T) {
	text, ok := r.text(n)
	if !ok {
		return
	}
	if k.zero != "" && strings.EqualFold(text, k.zero) {
		*k.at(t) = 0
		return
	}
	v, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || v < k.low || v > k.high {
		r.fail(n.Source, "%q: expected %s", text, k.takes())
		return
	}
	*k.at(t) = v
}

// percent is a percentage from 0% to 100%. It needs its sign, since 15 and 0.15
// could both be meant. A comma can only be a decimal one, since groups of three
// digits would be too much.
type percent[T any] struct {
	at    func(*T) *money.Exact
	value int64 // the default, in hundredths
}

func (percent[T]) takes() string { return "a percentage from 0% to 100%" }
func (k percent[T]) reset(t *T)  { *k.at(t) = money.Ratio(k.value, 100) }

// node writes all digits, so that values that differ have texts that differ.
func (k percent[T]) node(t *T) Node { return scalar(k.at(t).MulInt(100).Decimal(0) + "%") }

func (k percent[T]) read(r *reader, n Node, t *T) {
	text, ok := r.text(n)
	if !ok {
		return
	}
	digits, signed := strings.CutSuffix(strings.TrimSpace(text), "%")
	v, err := money.ParseExact(strings.Replace(strings.TrimPrefix(strings.TrimSpace(digits), "+"), ",", ".", 1))
	switch {
	case !signed:
		r.fail(n.Source, "%q: expected a percentage with its sign, such as 15%%", text)
	case err != nil || v.Sign() < 0 || v.Cmp(money.Int(100)) > 0:
		r.fail(n.Source, "%q: expected %s", text, k.takes())
	default:
		*k.at(t) = v.Div(money.Int(100))
	}
}

// choice is one of two words; each may have other spellings behind it.
type choice[T any] struct {
	at      func(*T) *bool
	value   bool // the default
	yes, no []string
}

// yesNo is a choice that versions of YAML write differently (METHOD 14.24).
func yesNo[T any](at func(*T) *bool, value bool) choice[T] {
	return choice[T]{at, value, []string{"yes", "true", "on"}, []string{"no", "false", "off"}}
}

func (k choice[T]) takes() string { return k.yes[0] + " or " + k.no[0] }
func (k choice[T]) reset(t *T)    { *k.at(t) = k.value }

func (k choice[T]) node(t *T) Node {
	if *k.at(t) {
		return scalar(k.yes[0])
	}
	return scalar(k.no[0])
}

func (k choice[T]) read(r *reader, n Node, t *T) {
	text, ok := r.text(n)
	switch written := strings.ToLower(text); {
	case !ok:
	case slices.Contains(k.yes, written):
		*k.at(t) = true
	case slices.Contains(k.no, written):
		*k.at(t) = false
	default:
		r.fail(n.Source, "%q: expected %s", text, k.takes())
	}
}

// word is a text; check, where there is one, says what is wrong with it.
type word[T any] struct {
	at    func(*T) *string
	what  string // such as "a pattern of paths"
	value string // the default
	check func(Terms, string) error
}

func (k word[T]) takes() string  { return k.what }
func (k word[T]) reset(t *T)     { *k.at(t) = k.value }
func (k word[T]) node(t *T) Node { return scalar(*k.at(t)) }

func (k word[T]) read(r *reader, n Node, t *T) {
	text, ok := r.text(n)
	if ok && k.check != nil {
		if err := k.check(r.terms, text); err != nil {
			r.fail(n.Source, "%s", err)
			return
		}
	}
	if ok {
		*k.at(t) = text
	}
}

// unshown is a text that reports do not show, as it may name a person.
type unshown[T any] struct{ word[T] }

func (k unshown[T]) node(t *T) Node {
	if *k.at(t) == "" {
		return scalar("")
	}
	return scalar("stated")
}

// parsed is a text that is read into a type of its own; by default it is not
// given.
type parsed[T any, V comparable] struct {
	at   func(*T) *V
	what string
	from func(string) (V, error)
}

func (k parsed[T, V]) takes() string { return k.what }
func (k parsed[T, V]) reset(t *T)    { *k.at(t) = *new(V) }

func (k parsed[T, V]) node(t *T) Node {
	if v := *k.at(t); v != *new(V) {
		return scalar(fmt.Sprint(v))
	}
	return Node{}
}

func (k parsed[T, V]) read(r *reader, n Node, t *T) {
	text, ok := r.text(n)
	if !ok {
		return
	}
	v, err := k.from(text)
	if err != nil {
		r.fail(n.Source, "%s", err)
		return
	}
	*k.at(t) = v
}

// patterns is a list of patterns.
type patterns[T any] struct {
	at    func(*T) *[]string
	value []string // the default
}

func (patterns[T]) takes() string { return "a list of patterns" }
func (k patterns[T]) reset(t *T)  { *k.at(t) = slices.Clone(k.value) }

func (k patterns[T]) node(t *T) Node {
	n := list()
	for _, s := range *k.at(t) {
		n.Items = append(n.Items, scalar(s))
	}
	return n
}

func (k patterns[T]) read(r *reader, n Node, t *T) {
	out := []string{}
	for _, item := range r.list(n) {
		if text, ok := r.text(item); ok {
			out = append(out, text)
		}
	}
	*k.at(t) = out
}

// pair is a list of two values of one kind.
type pair[T any] struct {
	first, second kind[T]
	what          string          // such as "two percentages such as [5%, 10%]"
	wrong         func(*T) string // what is wrong with the two; nil: nothing can be
}

func (k pair[T]) takes() string  { return k.what }
func (k pair[T]) reset(t *T)     { k.first.reset(t); k.second.reset(t) }
func (k pair[T]) node(t *T) Node { return list(k.first.node(t), k.second.node(t)) }

func (k pair[T]) read(r *reader, n Node, t *T) {
	if n.Form != List || len(n.Items) != 2 {
		r.fail(n.Source, "expected %s", k.what)
		return
	}
	k.first.read(r, n.Items[0], t)
	k.second.read(r, n.Items[1], t)
	checkWhole(r, n.Source, k.wrong, t)
}

// group is a mapping with keys of its own.
type group[T, U any] struct {
	name  string
	at    func(*T) *U
	keys  []key[U]
	wrong func(*U) string // what is wrong with them as a whole; nil: nothing can be
}

func (group[T, U]) takes() string             { return "keys and values" }
func (k group[T, U]) reset(t *T)              { reset(k.keys, k.at(t)) }
func (k group[T, U]) node(t *T) Node          { return mapping(k.keys, k.at(t)) }
func (k group[T, U]) walk(t *T, f func(leaf)) { walk(k.keys, k.at(t), f) }

func (k group[T, U]) read(r *reader, n Node, t *T) {
	read(r, k.name, n, k.keys, k.at(t))
	checkWhole(r, n.Source, k.wrong, k.at(t))
}

// records is a list of mappings that have the same keys; by default it is
// empty. begin makes a record of the place it stands at.
type records[T, U any] struct {
	name  string
	at    func(*T) *[]U
	keys  []key[U]
	begin func(diag.Source) U
	wrong func(*U) string // what is wrong with a record; nil: nothing can be

	complete bool // a record must have all keys
}

func (k records[T, U]) takes() string { return "a list of {" + strings.Join(names(k.keys), ", ") + "}" }
func (k records[T, U]) reset(t *T)    { *k.at(t) = nil }

func (k records[T, U]) fields() []leaf {
	record := k.begin(diag.Source{})
	reset(k.keys, &record)
	var out []leaf
	walk(k.keys, &record, func(l leaf) { out = append(out, l) })
	return out
}

func (k records[T, U]) node(t *T) Node {
	n := list()
	for i := range *k.at(t) {
		n.Items = append(n.Items, mapping(k.keys, &(*k.at(t))[i]))
	}
	return n
}

func (k records[T, U]) read(r *reader, n Node, t *T) {
	for _, item := range r.list(n) {
		record := k.begin(item.Source)
		reset(k.keys, &record)
		read(r, k.name, item, k.keys, &record)
		k.checkComplete(r, item)
		checkWhole(r, item.Source, k.wrong, &record)
		*k.at(t) = append(*k.at(t), record)
	}
}

// checkComplete reports the keys that a record lacks.
func (k records[T, U]) checkComplete(r *reader, n Node) {
	if !k.complete || n.Form != Mapping {
		return
	}
	var missing []string
	for _, name := range names(k.keys) {
		if !slices.ContainsFunc(n.Entries, func(e Entry) bool { return e.Key == name }) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		r.fail(n.Source, "an entry of %s lacks %s; expected %s", k.name, strings.Join(missing, " and "), strings.Join(names(k.keys), ", "))
	}
}

// checkWhole reports what is wrong with values that are each right.
func checkWhole[T any](r *reader, at diag.Source, wrong func(*T) string, t *T) {
	if wrong == nil {
		return
	}
	if text := wrong(t); text != "" {
		r.fail(at, "%s", text)
	}
}
