package estate

import (
	"cmp"
	"slices"
)

// Groups is what one list says of the groups that its accounts are in. A text is as
// the list writes it: one group, or several in one cell, which cannot be told apart.
type Groups struct {
	Places  [][2]string // site and product of its columns
	Texts   []string    // each once
	Members []Member    // by account, then text
}

// Member is an account beside a text of groups, both by their place.
type Member struct{ Account, Text int32 }

// GroupsOf returns the groups of an account as the lists with a column of a product
// write them, each once and in order; nil where none states any. One of them gives
// the access: no export says which.
func (e *Estate) GroupsOf(account int32, site, product string) []string {
	var out []string
	for i := range e.Groups {
		g := &e.Groups[i]
		if !slices.Contains(g.Places, [2]string{site, product}) {
			continue
		}
		at, _ := slices.BinarySearchFunc(g.Members, account, func(m Member, account int32) int { return cmp.Compare(m.Account, account) })
		for ; at < len(g.Members) && g.Members[at].Account == account; at++ {
			out = append(out, g.Texts[g.Members[at].Text])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
