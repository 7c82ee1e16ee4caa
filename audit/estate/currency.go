package estate

import (
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// CommonCurrency returns the currency most active subscriptions are priced in,
// ties by name: what the totals are in when audit.yaml does not say.
func CommonCurrency(subs []Subscription, book *pricing.Book) money.Currency {
	votes := map[money.Currency]int{}
	for i := range subs {
		s := &subs[i]
		if s.Status != SubActive {
			continue
		}
		c := s.ContractPrice.Currency()
		if c == "" {
			if v, _ := book.Timeline(s.PricePlan, s.Hosting, s.Cycle, s.Kind == AppKind).Newest(); v != nil {
				c = v.Currency()
			}
		}
		if c != "" {
			votes[c]++
		}
	}
	best := money.Currency("")
	for c, n := range votes {
		if best == "" || n > votes[best] || n == votes[best] && c < best {
			best = c
		}
	}
	return best
}
