package seats

import (
	"tierline/audit/config"
	"tierline/audit/estate"
)

// Lists reports whether a list without access column names an account of e as an
// active one of the product.
func (p *Product) Lists(account int32, e *estate.Estate) bool {
	if p.access == nil || !p.ListsAccounts || !p.access.Listed[account] {
		return false
	}
	a := &e.Accounts[account]
	return !a.App && a.Status == estate.Active
}

// bandAccounts counts the accounts a list names as active by when they last
// used the product.
func (r *Register) bandAccounts(p *Product, policy *config.Policy) {
	p.signal()
	for i, listed := range p.access.Listed {
		if a := &r.estate.Accounts[i]; !listed || a.App || a.Status != estate.Active {
			continue
		}
		p.ListsAccounts = true
		seen := p.Seen(int32(i))
		p.tellAhead(seen)
		p.AccountBands[p.clock(int32(i)).band(seen)]++
		if r.inUse(p, int32(i), seen, policy) {
			p.AccountsInUse++
		}
	}
	if p.ListsAccounts && p.counts {
		r.remarks(p)
	}
}

// inUse reports whether a listed account is none to review: neither inactive
// nor never used, or protected.
func (r *Register) inUse(p *Product, account int32, seen estate.LastSeen, policy *config.Policy) bool {
	switch p.clock(account).classify(&r.estate.Accounts[account], seen, policy) {
	case Inactive, NeverUsed:
		_, protected := r.guard.protects(p, account)
		return protected
	}
	return true
}
