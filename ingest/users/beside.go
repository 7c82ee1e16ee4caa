package users

import (
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/cell"
)

// What stands beside the products' own dates: account-wide activity, joined by
// account id, and sign-ins to the company's directory, joined by address. It
// never makes a seat nor changes a class (METHOD 1.11).

// listed notes which accounts a list names as active in a product it has no
// access column for: accounts to count, but no seats (METHOD 1.4).
func (l *List) listed(a *estate.Access, w spreadWork) {
	if w.column.roles != nil || a.Roles != nil {
		return
	}
	if a.Listed == nil {
		a.Listed = make([]bool, len(a.Seen))
	}
	for row := range l.rows {
		if l.rows[row].status == estate.Active && !(w.column.ofNamedRows && w.column.seen[row].IsUnknown()) {
			a.Listed[w.owner[row]] = true
		}
	}
}

// signals lays the signals of all lists over the accounts. A list of
// addresses makes no accounts: somebody whose address no account has is left
// out.
func (j *joiner) signals(byAddress []*List) {
	s := signals{estate: j.estate}
	book := newAddressBook(j.estate.Accounts, j.lists, byAddress)
	for i, l := range j.lists {
		if l.layout.ByAddress {
			s.ofAddresses(l, book, j.owner[i])
			continue
		}
		for n := range l.evidence {
			s.open(l, &l.evidence[n])
			for row := range l.rows {
				s.add(l, &l.evidence[n], row, j.owner[i][row])
			}
		}
	}
	if len(byAddress) > 0 {
		d := joiner{estate: j.estate, diags: j.diags, lists: byAddress}
		d.sort()
		d.dropOlder()
		for _, l := range byAddress {
			s.byAddress(l, book, j.diags)
		}
	}
	s.close()
}

// addressBook finds the accounts of an address, of which there may be
// several: an exception for it covers all of them, and so does a sign-in.
type addressBook struct {
	last map[string]int32
	ids  map[string]int32 // by id, where a list may have either
	next []int32          // account -> another with its address, -1 for none
}

// newAddressBook returns the book of all accounts, an empty one where no list
// looks anybody up.
func newAddressBook(accounts []estate.Account, lists ...[]*List) *addressBook {
	if !slices.ContainsFunc(slices.Concat(lists...), func(l *List) bool { return l.layout.ByAddress }) {
		return nil
	}
	b := &addressBook{last: make(map[string]int32, len(accounts)), next: make([]int32, len(accounts))}
	for i := range accounts {
		b.next[i] = -1
		if address := accounts[i].Email; address != "" {
			if other, ok := b.last[address]; ok {
				b.next[i] = other
			}
			b.last[address] = int32(i)
		}
	}
	if slices.ContainsFunc(slices.Concat(lists...), func(l *List) bool { return l.layout.Key == EitherKey }) {
		b.ids = make(map[string]int32, len(accounts))
		for i := range accounts {
			b.ids[cell.AccountKey(accounts[i].ID)] = int32(i)
		}
	}
	return b
}

// signals collects what stands beside the products' dates.
type signals struct {
	estate *estate.Estate
	list   []*signal
	at     *signal // the one rows are added to
}

// signal is one of them, with what the rows say about each account: whether
// it is enabled, disabled, or both in different rows.
type signal struct {
	estate.Evidence
	enabled, disabled []bool
	cleanUp           bool
}

func (s *signals) open(l *List, e *evidence) {
	i := slices.IndexFunc(s.list, func(x *signal) bool { return x.Name == e.name })
	if i < 0 {
		i = len(s.list)
		s.list = append(s.list, &signal{Evidence: estate.Evidence{
			Name: e.name, Seen: make([]estate.LastSeen, len(s.estate.Accounts)), Source: l.source, Day: l.day,
		}})
	}
	s.at = s.list[i]
	s.at.cleanUp = e.cleanUp
	if l.day.Before(s.at.Day) {
		s.at.Day = l.day
	}
	if e.disabled && s.at.disabled == nil {
		s.at.enabled, s.at.disabled = make([]bool, len(s.estate.Accounts)), make([]bool, len(s.estate.Accounts))
	}
}

// add lays one row over an account.
func (s *signals) add(l *List, e *evidence, row int, account int32) {
	if e.seen != nil {
		s.at.Seen[account] = s.at.Seen[account].Newer(e.seen[row])
	}
	if e.disabled {
		if l.rows[row].status == estate.Active {
			s.at.enabled[account] = true
		} else {
			s.at.disabled[account] = true
		}
	}
}

// noAccount is why a row of a list of addresses is left out.
const noAccount = "no account with this address"

// EitherKey is the key of lists that name people by account id or by address.
const EitherKey = "account id or address"

func (s *signals) byAddress(l *List, book *addressBook, diags *diag.List) {
	unknown := s.ofAddresses(l, book, nil)
	l.in.Joined += len(l.rows) - unknown
	if unknown == 0 {
		return
	}
	l.in.Used -= unknown
	l.in.Exclude(diag.Reason{Kind: diag.Unrelated, Text: noAccount}, unknown)
	switch {
	case unknown < len(l.rows):
	case len(s.estate.Accounts) == 0:
		diags.Add(diag.Warning, l.source, "it says more about the people of a user export, and there is none; it gives no number of users",
			"add the export of all users with the option for app access")
	default:
		diags.Add(diag.Warning, l.source, "no account has any of its addresses, "+money.Count(unknown)+" in all", "check that it is of the same organisation")
	}
}

// ofAddresses lays the rows of a list of addresses over all accounts of each,
// and over the owner of the row where it has one, and returns how many rows
// belong to nobody.
func (s *signals) ofAddresses(l *List, book *addressBook, owner []int32) (unknown int) {
	for row := range l.rows {
		u := &l.rows[row]
		if account, ok := book.ids[l.key(u)]; ok && l.layout.Key == EitherKey {
			s.ofAddress(l, row, account)
			continue
		}
		account, ok := book.last[l.spans.get(u.email)]
		if !ok {
			account, ok = book.last[l.key(u)]
		}
		if !ok && owner == nil {
			unknown++
			continue
		}
		if !ok {
			s.ofAddress(l, row, owner[row])
			continue
		}
		for ; account >= 0; account = book.next[account] {
			s.ofAddress(l, row, account)
		}
	}
	return unknown
}

// ofAddress lays one row over an account.
func (s *signals) ofAddress(l *List, row int, account int32) {
	if l.rows[row].nonbillable {
		s.estate.Accounts[account].Nonbillable = true
	}
	for n := range l.evidence {
		s.open(l, &l.evidence[n])
		s.add(l, &l.evidence[n], row, account)
	}
}

// close hands over what was collected, by name.
func (s *signals) close() {
	slices.SortFunc(s.list, func(a, b *signal) int { return strings.Compare(a.Name, b.Name) })
	for _, x := range s.list {
		if x.cleanUp {
			s.estate.CleanUp = &estate.CleanUp{Gone: x.disabled, On: x.Seen, Source: x.Source}
			continue
		}
		if x.disabled != nil {
			x.Disabled = x.disabled
			for i := range x.Disabled {
				x.Disabled[i] = x.Disabled[i] && !x.enabled[i]
			}
		}
		s.estate.Evidence = append(s.estate.Evidence, x.Evidence)
	}
}
