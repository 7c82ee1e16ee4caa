package users

import "tierline/audit/estate"

// Some lists have several rows of one account that say different things: one
// for each directory, or one for each product. Whether such a list is an older
// copy of another is decided by what all its rows of an account say together.

// allAccounts is the number of accounts two lists differ on when they name
// accounts in different ways and cannot be compared.
const allAccounts = 1 << 30

// copyable reports whether two lists can be copies of one another. A list that
// stands beside the exports says the same things otherwise (another day,
// another rounding), so it is compared with its own kind only.
func copyable(a, b *List) bool {
	return a.source.File != b.source.File && a.layout.Beside == b.layout.Beside && (!a.layout.Beside || a.format == b.format)
}

// incomparable reports whether two lists grant seats of one product to accounts
// of different kinds: user names of old and account ids of today. Joined, they
// would count everybody twice.
func incomparable(a, b *List) bool {
	if a.source.File == b.source.File || a.layout.ByName == b.layout.ByName || a.layout.Hosting != b.layout.Hosting {
		return false
	}
	for _, c := range sharedColumns(a, b) {
		if a.columns[c[0]].roles != nil && b.columns[c[1]].roles != nil {
			return true
		}
	}
	return false
}

func (l *List) severalRows() bool { return l.layout.Beside || l.layout.Shadows }

// foldedDifferences counts the accounts two lists disagree on where one has
// several rows of an account.
func (j *joiner) foldedDifferences() map[[2]int32]int {
	out := map[[2]int32]int{}
	var pairs [][2]int32
	for a, la := range j.lists {
		for b := a + 1; b < len(j.lists); b++ {
			if lb := j.lists[b]; copyable(la, lb) && (la.severalRows() || lb.severalRows()) {
				pairs = append(pairs, [2]int32{int32(a), int32(b)})
			}
		}
	}
	var rows []rowRef
	for i := 0; i < len(j.order.numbers) && len(pairs) > 0; {
		end := j.end(j.order.numbers, i)
		rows = j.order.refs(rows[:0], i, end)
		for _, pair := range pairs {
			if end > i+1 && j.foldedDiffer(rows, pair) {
				out[pair]++
			}
		}
		i = end
	}
	return out
}

// folded is what the rows of one account in one list say together.
type folded struct {
	rows   int
	status estate.Status
	roles  map[[2]string]estate.Role
	seen   map[[2]string]estate.LastSeen // by site and product, or by the name of a signal
}

func (j *joiner) fold(rows []rowRef, list int32) folded {
	f := folded{roles: map[[2]string]estate.Role{}, seen: map[[2]string]estate.LastSeen{}}
	l := j.lists[list]
	for _, r := range rows {
		if r.list != list {
			continue
		}
		f.rows++
		f.status = max(f.status, j.row(r).status)
		for i := range l.columns {
			c := &l.columns[i]
			key := [2]string{c.site, c.product}
			if c.roles != nil {
				f.roles[key] = max(f.roles[key], c.roles[r.row])
			}
			if c.seen != nil {
				f.seen[key] = f.seen[key].Newer(c.seen[r.row])
			}
		}
		for i := range l.evidence {
			if e := &l.evidence[i]; e.seen != nil {
				key := [2]string{"", e.name}
				f.seen[key] = f.seen[key].Newer(e.seen[r.row])
			}
		}
	}
	return f
}

// foldedDiffer reports whether two lists of a common product or signal
// disagree on an account.
func (j *joiner) foldedDiffer(rows []rowRef, pair [2]int32) bool {
	a, b := j.fold(rows, pair[0]), j.fold(rows, pair[1])
	if a.rows == 0 || b.rows == 0 {
		return false
	}
	common := false
	for key, seen := range a.seen {
		other, both := b.seen[key]
		common = common || both
		if both && seen != other {
			return true
		}
	}
	for key, role := range a.roles {
		other, both := b.roles[key]
		common = common || both
		if both && role != other {
			return true
		}
	}
	return common && a.status != b.status
}
