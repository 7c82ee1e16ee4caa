package seats

import (
	"slices"

	"tierline/audit/beside"
	"tierline/audit/config"
	"tierline/audit/estate"
)

// judged reports whether an access column says who holds a seat of the product.
func (p *Product) judged() bool { return !p.Collects() && p.access != nil && p.access.Roles != nil }

// judgeAll judges the seats of the products that an access column knows, beside
// each other: each writes to its own product only.
func (r *Register) judgeAll(policy *config.Policy) {
	beside.Each(len(r.Products), func(i int) {
		if p := r.Products[i]; p.judged() {
			r.judge(p, policy)
		}
	})
}

// judge classifies every seat of a product.
func (r *Register) judge(p *Product, policy *config.Policy) {
	p.Seats = make([]Class, len(r.estate.Accounts))
	p.signal()
	for i := range r.estate.Accounts {
		a := &r.estate.Accounts[i]
		switch roleOf(p.access, int32(i), a) {
		case estate.NoRole:
			continue
		case estate.OtherRole:
			p.Unread++
			continue
		}
		seen := p.Seen(int32(i))
		p.tellAhead(seen)
		c := p.clock(int32(i))
		r.seat(p, int32(i), c.classify(a, seen, policy), c.band(seen), policy)
	}
	p.Origin = FromAccess
	r.order(p)
}

// roleOf returns the role of an account that may hold a seat: it is active and
// no app, or somebody says it is billed for. Others have none.
func roleOf(access *estate.Access, account int32, a *estate.Account) estate.Role {
	if access.Billed || a.Status == estate.Active && !a.App {
		return access.Roles[account]
	}
	return estate.NoRole
}

// seat counts a seat by its class and its band. A long-idle one may be protected.
func (r *Register) seat(p *Product, account int32, class Class, band Band, policy *config.Policy) {
	if class == Inactive || class == NeverUsed {
		class = r.protect(p, account, class, policy)
	}
	p.Seats[account] = class
	p.Classes[class]++
	p.Bands[band]++
	p.Users++
}

// protect gives a seat the class of what protects it where an exception, leave
// or pattern does, and files it as a candidate otherwise.
func (r *Register) protect(p *Product, account int32, class Class, policy *config.Policy) Class {
	if by, ok := r.guard.protects(p, account); ok {
		if p.Collection == nil {
			_, besides := r.guard.besides(account)
			p.keep(by, len(r.estate.Exceptions), !besides && !r.undated(account, class, policy))
		}
		return by.class()
	}
	if p.Collection != nil {
		return class // who is a candidate is said of the people of the collection
	}
	if r.undated(account, class, policy) {
		p.NoAdded++
		return class
	}
	p.Candidates = append(p.Candidates, account)
	return class
}

// keep counts a seat that something protects: of so many exceptions the one that
// does, and whether the seat would be a candidate without it.
func (p *Product) keep(by protection, exceptions int, candidate bool) {
	switch {
	case by.Exception >= 0:
		if p.protected == nil {
			p.protected = make([]int, exceptions)
		}
		p.protected[by.Exception]++
		if !candidate {
			return
		}
		if p.Kept == nil {
			p.Kept = map[int]int{}
		}
		p.Kept[by.Exception]++
	case by.Decision != nil && candidate:
		p.Decided++
	}
}

// undated reports whether a seat is no candidate for want of an added date.
func (r *Register) undated(account int32, class Class, policy *config.Policy) bool {
	return class == NeverUsed && r.estate.Accounts[account].Added.IsZero() && !policy.NeverWithoutAdded
}

// order puts candidates into the order of removal (METHOD 1.16): never used
// first, the oldest account first; then by the oldest last use; ties by id,
// which is the order of the accounts. All three are sorted as one number, in
// which the account stands last.
func (r *Register) order(p *Product) {
	keys := make([]uint64, len(p.Candidates))
	for i, account := range p.Candidates {
		used, day := uint64(1), r.estate.Accounts[account].Added
		if seen := p.Seen(account); seen.IsNever() {
			used = 0
		} else {
			day, _ = seen.Date()
		}
		keys[i] = used<<63 | uint64(uint32(day.Number()))<<32 | uint64(uint32(account))
	}
	slices.Sort(keys)
	for i, key := range keys {
		p.Candidates[i] = int32(uint32(key))
	}
}
