package seats

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/estate"
)

// count fills in the users of a product without access columns from the next
// best source, and says so.
func (r *Register) count(p *Product, policy *config.Policy) {
	rows, cancelled := 0, 0
	licensed, hasLicensed := 0, false
	for i := range r.estate.Subscriptions {
		s := &r.estate.Subscriptions[i]
		if s.Kind != estate.ProductKind || s.Site != p.Site || s.Key != p.Key {
			continue
		}
		rows++
		if s.Status == estate.SubCancelled {
			cancelled++
		} else if s.HasLicensed && s.Licensed >= licensed {
			licensed, hasLicensed = s.Licensed, true
			p.CountedAt = s.Source
		}
	}
	p.cancelled = rows > 0 && cancelled == rows
	p.counts = (p.Origin == FromAccess || rows > 0) && !p.cancelled
	if p.Origin == FromAccess {
		p.CountedOn, p.CountedAt = p.access.Day, p.access.Source
		return
	}
	if c, ok := r.newestCount(p, policy.UserCountsMaxAge); ok {
		p.Users, p.Origin, p.CountedOn, p.CountedAt = c.Users, FromCounts, c.Date, c.Source
		return
	}
	if l := r.licence(p); l != nil {
		p.Users, p.Origin, p.CountedOn, p.CountedAt = l.Current, FromLicence, l.Day, l.Source
		return
	}
	if c := r.siteCount(p); c != nil {
		p.Users, p.Origin, p.CountedOn, p.CountedAt = c.Users, fromSite(c), c.Day, c.Source
		return
	}
	if hasLicensed {
		p.Users, p.Origin = licensed, FromLicensed
	}
}

// licence returns the installed licence of a product that says how many users
// count against it, nil when there is none.
func (r *Register) licence(p *Product) *estate.Licence {
	for i := range r.estate.Licences {
		if l := &r.estate.Licences[i]; l.Kind == estate.ProductKind && l.Site == p.Site && l.Key == p.Key && l.HasCurrent {
			return l
		}
	}
	return nil
}

// siteCount returns what the site answers about the users of a product: a count
// of the last days before any other, then an exact one before an approximate one,
// then the newest; nil when there is none.
func (r *Register) siteCount(p *Product) *estate.SiteCount {
	var best *estate.SiteCount
	for i := range r.estate.SiteCounts {
		c := &r.estate.SiteCounts[i]
		if c.Site == p.Site && c.Product == p.Key && !c.Day.After(r.asOf) && (best == nil || r.recent(c.Day) && !r.recent(best.Day)) {
			best = c
		}
	}
	return best
}

// recent reports whether a day is known and not too long before as-of for a
// figure that something is held against.
func (r *Register) recent(day date.Date) bool {
	return !day.IsZero() && !day.After(r.asOf) && r.asOf.Sub(day) <= figureDays
}

// daily files daily counts up to as-of under the site and product they are
// of, each list by date.
func (r *Register) daily(counts []estate.UserCount) map[[2]string][]estate.UserCount {
	out := map[[2]string][]estate.UserCount{}
	for _, c := range counts {
		if key := [2]string{c.Site, c.Product}; !c.Date.After(r.asOf) {
			out[key] = append(out[key], c)
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b estate.UserCount) int { return a.Date.Compare(b.Date) })
	}
	return out
}

// newestCount returns the newest daily count not older than maxAge days.
func (r *Register) newestCount(p *Product, maxAge int) (estate.UserCount, bool) {
	if len(p.daily) == 0 {
		return estate.UserCount{}, false
	}
	newest := p.daily[len(p.daily)-1]
	return newest, r.asOf.Sub(newest.Date) <= maxAge
}
