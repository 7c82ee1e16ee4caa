package costing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Licence is how many users an annual subscription may have, whether it has
// them or not.
type Licence struct {
	Stated int  // users as stated; meaningless when Open and nothing is stated
	Covers int  // the top of the tier that holds Stated, in the line's own list of today; meaningless when Open
	Open   bool // no limit
	From   string
	Source diag.Source
}

// Licence returns what the line is licensed for: licensed_users of its row,
// else what a Data Center instance reports as installed; false when neither
// says, or when the line is billed monthly and so follows its users. Where a
// list sells no whole tiers, or none is known, a licence covers what it states.
func (l *Line) Licence() (Licence, bool) {
	out, ok := l.stated()
	if ok && !out.Open {
		out.Covers, out.Open = l.Reaches(out.Stated)
	}
	return out, ok
}

// stated is Licence without what it covers, which takes a price.
func (l *Line) stated() (Licence, bool) {
	out := Licence{}
	switch {
	case l.Sub.Cycle != pricing.Annual:
		return out, false
	case l.Sub.HasLicensed:
		out.Stated, out.From, out.Source = l.Sub.Licensed, "licensed_users", l.Sub.Source
	case l.installed != nil:
		out.Stated, out.From, out.Source, out.Open = l.installed.Users, "installed licence", l.installed.Source, l.installed.Unlimited
	default:
		return out, false
	}
	return out, true
}

// Installed returns the licence a Data Center instance reports for the line,
// nil when no input has one.
func (l *Line) Installed() *estate.Licence { return l.installed }

// installed finds the licence an instance reports for a subscription.
func (b *builder) installed(s *estate.Subscription) *estate.Licence {
	for i := range b.Estate.Licences {
		if x := &b.Estate.Licences[i]; x.Site == s.Site && x.Kind == s.Kind && x.Key == s.Key && x.Hosting == s.Hosting {
			return x
		}
	}
	return nil
}

// HostTier returns the users a linked Data Center app has to be licensed for:
// the largest tier its hosts are licensed for today, of one with several licences
// their sum, or what they pay for where a host's tier has no top (METHOD 8.4),
// and the host that sets it. A
// host without a stated licence counts with the tier of its users; false when
// the licence of a host is not known, so that the largest is not either.
func (l *Line) HostTier() (users int, host *Line, known bool) {
	for _, h := range l.hosts {
		n, known := h.tierOfAll()
		if !known {
			return 0, nil, false
		}
		if host == nil || n > users {
			users, host = n, h
		}
	}
	return users, host, host != nil
}

// tierOfAll returns to how many users the tier of a host reaches; of several
// licences of one product, which add up (METHOD 3.12), the tiers of all.
func (l *Line) tierOfAll() (users int, known bool) {
	for _, x := range l.Licences() {
		n, known := x.tier()
		if !known {
			return 0, false
		}
		users += n
	}
	return users, true
}

// Licences lists the rows of a product on its site: several where it has licences
// under several entitlements, else the line alone.
func (l *Line) Licences() []*Line {
	if len(l.rows) == 0 {
		return []*Line{l}
	}
	return l.rows
}

// tier is tierOfAll of one licence.
func (l *Line) tier() (users int, known bool) {
	licence, stated := l.Licence()
	switch {
	case stated && !licence.Open:
		return licence.Covers, true
	case stated || l.UsersKnown:
		return l.bindingTop(max(l.Users, l.Sub.Licensed), l.asOf), true
	}
	return 0, false
}

// Covered returns what the line is licensed for: its own licence, else for a
// linked app that of its hosts, which it follows; false where nothing is stated.
// A charge over several sites says nothing of one of them.
func (l *Line) Covered() (users int, open, stated bool) {
	if licence, ok := l.stated(); ok {
		return licence.Stated, licence.Open, true
	}
	for _, h := range l.hosts {
		if licence, ok := h.stated(); ok && h.Charge() == nil {
			users, open, stated = max(users, licence.Stated), open || licence.Open, true
		}
	}
	return users, open, stated
}

// licensedToday returns the users that are paid for today, and whether that is
// known (METHOD 3.4): what is licensed, and the users where nothing is, where it
// has no limit, or where a monthly bill follows them.
func (l *Line) licensedToday() (users int, known bool) {
	if l.Sub.Cycle == pricing.Annual && l.Sub.Basis != estate.Fixed {
		if n, open, stated := l.Covered(); stated && !open {
			return n, true
		}
	}
	return l.Users, l.UsersKnown
}

// OverFrom returns from which day on, before its renewal, more users are counted
// or planned than the licence of a line covers, and by how many on that day;
// false where that is never so or not known (METHOD 9.7).
func (l *Line) OverFrom() (over int, from date.Date, ok bool) {
	licence, stated := l.Licence()
	if !stated || licence.Open || !l.UsersKnown || l.StandIn || l.Term.Start.IsZero() {
		return 0, date.Date{}, false
	}
	if l.Users > licence.Covers {
		return l.Users - licence.Covers, l.asOf, true
	}
	for _, d := range l.changes(l.asOf, l.Term.Start) {
		if n := l.UsersOn(d, nil); n > licence.Covers {
			return n - licence.Covers, d, true
		}
	}
	return 0, date.Date{}, false
}
