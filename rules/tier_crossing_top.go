package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// tierTop is the top of a tier for the users of one site, or for the people of
// a charge over several sites, who have no site.
type tierTop struct {
	site string
	top  int
}

func topOf(l *costing.Line, top int) tierTop {
	if l.Charge() == l {
		return tierTop{"", top}
	}
	return tierTop{l.Sub.Site, top}
}

// subject names the top of a bundle.
func (t tierTop) subject(b *costing.Bundle, what string) string {
	if t.site == "" {
		return fmt.Sprintf("%s/all-sites/%s-%d", b.Subject(b.Site, b.Family), what, t.top)
	}
	return fmt.Sprintf("%s/%s-%d", b.Subject(t.site, b.Family), what, t.top)
}

// place names where the users are.
func (t tierTop) place(b *costing.Bundle) string {
	if t.site == "" {
		return b.Place()
	}
	return t.site
}

// leftOut says which apps follow the same users and are not in the sum, since
// nobody knows their cost or it is in another currency.
func (t tierTop) leftOut(p *audit.Pass) string {
	n := 0
	for _, l := range p.Bundle.Lines {
		if !l.IsHost() && l.Sub.Basis == estate.Linked && !l.Counted() && (t.site == "" || l.Sub.Site == t.site) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" Not in it: %s of these users without a known cost in %s.", money.Plural(n, "app"), p.Costs.Currency)
}

// tops returns the tops something was found for, by site.
func tops[T any](m map[tierTop][]T) []tierTop {
	return slices.SortedFunc(maps.Keys(m), func(a, b tierTop) int { return cmp.Or(strings.Compare(a.site, b.site), cmp.Compare(a.top, b.top)) })
}
