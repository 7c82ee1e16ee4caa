package seats

import "slices"

// Figures lists the numbers of users that are known of the product, smallest
// first: what each source counts, and what everything is computed with.
func (p *Product) Figures() []int {
	out := []int{p.Users}
	if p.Held() {
		out = append(out, p.Counted)
		for _, f := range p.Measured {
			out = append(out, f.Users)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Recounted returns the register as it would be if some products had other
// numbers of users and nobody doubted them.
func (r *Register) Recounted(products []*Product, users []int) *Register {
	out := *r
	out.Products = slices.Clone(r.Products)
	for i, p := range out.Products {
		if at := slices.Index(products, p); at >= 0 {
			other := *p
			other.Users, other.Counted, other.Doubts = users[at], users[at], nil
			out.Products[i] = &other
		}
	}
	return &out
}
