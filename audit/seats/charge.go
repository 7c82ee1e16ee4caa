package seats

import (
	"slices"

	"tierline/audit/estate"
)

// charge is what the rows of a product are paid for together: those of one
// site, or of several with one entitlement (METHOD 7.1).
type charge struct {
	products []*Product
	licensed int // that the rows state; 0 where none does
	users    int // people with a seat, each once; meaningless unless counted
	counted  bool
}

// chargesOf returns the charge each product with active rows belongs to. Rows
// of one site add up; of several sites the largest counts, since each states
// the licence of all.
func (r *Register) chargesOf() map[*Product]*charge {
	out, shared := map[*Product]*charge{}, map[string]*charge{}
	sums := map[*Product]int{}
	for i := range r.estate.Subscriptions {
		s := &r.estate.Subscriptions[i]
		p := r.Find(s.Site, s.Key)
		if s.Kind != estate.ProductKind || s.Status != estate.SubActive || p == nil {
			continue
		}
		c := out[p]
		if key := s.Charge(); key != "" && shared[key] != nil {
			c = shared[key]
		} else if c == nil {
			c = &charge{}
		}
		if key := s.Charge(); key != "" {
			shared[key] = c
		}
		if !slices.Contains(c.products, p) {
			c.products = append(c.products, p)
		}
		out[p] = c
		sums[p] += s.Licensed
		c.licensed = max(c.licensed, sums[p])
	}
	counted := map[*charge]bool{}
	for _, c := range out {
		if !counted[c] {
			counted[c] = true
			c.count()
		}
	}
	return out
}

// count counts the people of the charge, where every site has an access column.
func (c *charge) count() {
	if len(c.products) == 1 {
		c.users, c.counted = c.products[0].Counted, true
	} else if u, ok := NewUnion(c.products); ok {
		c.users, c.counted = u.Total, true
	}
}
