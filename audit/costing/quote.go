package costing

import (
	"cmp"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Quote is the chance to keep the price before the latest change of a line's
// annual price (METHOD 4.1 to 4.4).
type Quote struct {
	Change   date.Date        // E: the day the price changes, not after the renewal; zero when it does not
	Old, New *pricing.Version // before and from E; nil for a contract price without a list
	From     date.Date        // first day a quote for the renewal can be made
	By       date.Date        // last day a quote keeps the old price
	Possible bool             // From <= By
	Reason   diag.Reason      // why it is not possible; none when it is, or when there is no change
	Tier     pricing.Range    // the tier it is for, on the old list
	same     bool             // policy override_same_tier
}

// quote works out the quote window of a line. Only rows that are annual today
// can be renewed by quote.
func (l *Line) quote() Quote {
	if l.Sub.Cycle != pricing.Annual {
		return Quote{}
	}
	q := Quote{same: l.policy.OverrideSameTier}
	var own *int
	if l.held() {
		own = l.heldChange(&q)
	} else {
		var since date.Date
		if l.Sub.ContractPrice.Known() {
			since = l.asOf // the agreed price is already today's
		}
		before, after, ok := l.Timeline(pricing.Annual).LastChange(since, l.Term.Start)
		if !ok {
			return Quote{}
		}
		q.Change, q.Old, q.New, own = after.From, before, after, after.OverrideDays
		q.Tier, _ = before.Tier(l.quoteQuantity())
	}
	if q.Change.IsZero() {
		return Quote{}
	}
	q.window(l, own)
	if l.Offer != nil {
		q.Possible, q.Reason = false, diag.Why(diag.Bound, "%s is in force", l.Offer.Name())
	}
	return q
}

// heldChange finds the latest announced percentage a contract price without a
// list can still escape.
func (l *Line) heldChange(q *Quote) *int {
	var own *int
	for _, c := range l.announced {
		if c.Effective.After(l.asOf) && !c.Effective.After(l.Term.Start) && c.NewPlan == "" {
			q.Change, own = c.Effective, c.OverrideDays
		}
	}
	return own
}

func (q *Quote) window(l *Line, own *int) {
	days := l.policy.OverrideDays
	if l.Sub.Kind == estate.ProductKind {
		days = l.policy.ProductOverrideDays
	}
	if own != nil {
		days = *own
	}
	q.From = date.Max(l.asOf, l.Term.Start.AddDays(-l.policy.QuoteValidDays))
	q.By = date.Min(l.Term.Start, q.Change.AddDays(days-1))
	q.Possible = !q.From.After(q.By)
	if !q.Possible {
		q.Reason = diag.Why(diag.TooLate, "a quote can first be made on %s, but keeps the old price only until %s", q.From.Short(), q.By.Short())
	}
}

// quoteQuantity returns the quantity of the licensed tier for the quote rule
// (METHOD 4.3): what the row is licensed for, else the largest licence of its
// hosts, else today's users.
func (l *Line) quoteQuantity() int {
	if l.Sub.HasLicensed {
		return l.Sub.Licensed
	}
	largest := 0
	for _, h := range l.hosts {
		if h.Sub.Cycle == pricing.Annual && h.Sub.HasLicensed {
			largest = max(largest, h.Sub.Licensed)
		}
	}
	if largest > 0 {
		return largest
	}
	return l.Users
}

// CanLock reports whether a choice can be had at the old price: the window is
// open, and the tier stays the licensed one where the policy asks for that.
func (l *Line) CanLock(c Choice) bool {
	q := &l.Quote
	if !q.Possible || c.Cycle != pricing.Annual || l.Sub.Cycle != pricing.Annual {
		return false
	}
	if l.held() || !q.same {
		return true
	}
	c.Locked = true
	bought, ok := q.Old.Tier(l.path(c)[0].quantity)
	return ok && bought == q.Tier
}

// QuoteQuantities returns the numbers of users worth asking a quote for under a
// choice, largest first; none where no quote can be had. A vendor sells any
// number inside the licensed tier at the old price. Fewer bind the apps of a host
// to less, more need no upgrade at the new price later, so these are enough: what
// the renewal needs, what each planned change needs that stays inside the tier,
// and what is licensed (METHOD 4.6).
func (l *Line) QuoteQuantities(c Choice) []int {
	q := &l.Quote
	if !q.Possible || c.Cycle != pricing.Annual || l.Sub.Cycle != pricing.Annual {
		return nil
	}
	c.Locked, c.RightSize = true, true
	need, licensed := l.path(c)[0].quantity, l.quoteQuantity()
	var out []int
	switch {
	case l.held() || !q.same:
		out = []int{need, max(need, licensed)}
	default:
		out = []int{max(need, q.Tier.From), licensed}
		for _, d := range l.changeDates() {
			out = append(out, max(l.UsersOn(d, c.Removed), l.floor(c, l.Term.Start)))
		}
		out = slices.DeleteFunc(out, func(n int) bool {
			tier, ok := q.Old.Tier(n)
			return n < need || !ok || tier != q.Tier
		})
	}
	if l.Sub.Basis != estate.Fixed {
		out = slices.DeleteFunc(out, func(n int) bool { return n == 0 }) // nobody quotes for nobody
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(b, a) })
	return slices.Compact(out)
}

// PriceMoves reports whether the line's price changes after as-of and before
// its term ends.
func (l *Line) PriceMoves() bool { return l.movesIn(l.Term) }
