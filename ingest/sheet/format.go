package sheet

import (
	"slices"
	"strings"

	"tierline/ingest/cell"
)

// Format is a kind of file, recognised by its columns. The name of a column
// may be several separated by '|', of which one is enough, and end in '*',
// which stands for the name of a product.
type Format struct {
	ID       string // as audit.yaml names it
	Title    string // in words
	Required []string
	OneOf    []string            // columns of which it needs at least one
	Optional []string            // further columns it knows
	Written  []string            // how real files write columns, where that is not how we name them
	Dynamic  func(h string) bool // columns whose names depend on the organisation
	Personal bool                // a table of people, of which no message shows a cell
	Telling  bool                // no other format has what it needs, so it is this one whatever columns it has besides
	Users    bool                // a list of users, of which a column nobody can read costs that column only

	// Same returns what makes two columns the same whose names differ, "" for
	// a column of which only the name does.
	Same func(h string) string
	// Agree reports whether a row may hold both cells in two columns that are the
	// same under different names, of which h is one; nil where they must be equal.
	Agree func(h, a, b string) bool
}

// needed returns the columns the format cannot do without.
func (f *Format) needed() []string {
	if len(f.OneOf) == 0 {
		return f.Required
	}
	return append(slices.Clone(f.Required), strings.Join(f.OneOf, "|"))
}

// All returns every column of a table of ours.
func (f *Format) All() []string { return slices.Concat(f.Required, f.Optional) }

// Requires reports whether the format cannot do without a column.
func (f *Format) Requires(name string) bool {
	is := func(names string) bool { return fits(names, name) }
	return slices.ContainsFunc(f.Required, is) || slices.ContainsFunc(f.OneOf, is)
}

// Knows reports whether the format can use a column it can do without.
func (f *Format) Knows(name string) bool {
	return slices.ContainsFunc(f.Optional, func(o string) bool { return fits(o, name) }) || f.Dynamic != nil && f.Dynamic(name)
}

// written returns a column as real files write it.
func (f *Format) written(name string) string {
	if i := slices.IndexFunc(f.Written, func(w string) bool { return cell.Canonical(w) == name }); i >= 0 {
		return f.Written[i]
	}
	return name
}

// aliases returns all names of a column by the first of them.
func (f *Format) aliases(first string) string {
	for _, group := range [][]string{f.Required, f.OneOf, f.Optional} {
		for _, names := range group {
			if rest, ok := strings.CutPrefix(names, first); ok && (rest == "" || rest[0] == '|') {
				return names
			}
		}
	}
	return first
}

// lacks returns the columns that the format cannot do without and that are not among
// some names.
func (f *Format) lacks(names map[string]bool) (missing []string) {
	for _, r := range f.needed() {
		if !anyFits(r, names) {
			missing = append(missing, r)
		}
	}
	return missing
}

func fits(names, name string) bool {
	if names == name || strings.IndexByte(names, '|') < 0 && !strings.HasSuffix(names, "*") {
		return names == name
	}
	for n := range strings.SplitSeq(names, "|") {
		if start, open := strings.CutSuffix(n, "*"); n == name || open && strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

func anyFits(names string, columns map[string]bool) bool {
	for c := range columns {
		if fits(names, c) {
			return true
		}
	}
	return false
}
