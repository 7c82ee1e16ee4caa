package audit

import (
	"tierline/audit/money"
	"tierline/audit/seats"
)

// worklist is the candidates' seats as one works through them, and beside each what
// removing it is worth on average.
type worklist struct {
	asks  []seats.Ask
	worth []money.Amount // unknown of a seat that the plan does not remove
}

// worklist lists the candidates. What all planned removals of a bundle save
// together is spread over their seats, so that the parts add up to it to the cent
// (METHOD 1.31): one of them alone saves another amount, mostly nothing.
func (s *roster) worklist(ladders []RemovalLadder) worklist {
	out := worklist{asks: s.register.Worklist(func(p *seats.Product) int { return s.removals[p].seats })}
	out.worth = make([]money.Amount, len(out.asks))
	bundles, savings := bundlesOf(ladders)
	count, n := map[string]int{}, map[string]int{}
	bundle := func(i int) string {
		payer := out.asks[i].Product.Payer()
		return bundles[[2]string{payer.Site, payer.Key}]
	}
	for i := range out.asks {
		if out.asks[i].Planned {
			count[bundle(i)]++
		}
	}
	for i := range out.asks {
		if of := bundle(i); out.asks[i].Planned {
			out.worth[i] = savings[of].Part(n[of], count[of])
			n[of]++
		}
	}
	return out
}

// bundlesOf returns the bundle of each product that removals are weighed for, and
// what the planned removals of a bundle save.
func bundlesOf(ladders []RemovalLadder) (bundles map[[2]string]string, savings map[string]money.Amount) {
	bundles, savings = map[[2]string]string{}, map[string]money.Amount{}
	for i := range ladders {
		l := &ladders[i]
		bundles[[2]string{l.Site, l.Product}] = l.Bundle
		for _, r := range l.Rungs {
			if r.Removals == l.Planned && l.Planned > 0 {
				savings[l.Bundle] = r.Saving
			}
		}
	}
	for i := range ladders {
		if all := ladders[i].OfBundle; all != nil {
			savings[ladders[i].Bundle] = all.Saving
		}
	}
	return bundles, savings
}
