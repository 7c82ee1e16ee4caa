package rules

import (
	"slices"

	"tierline/audit"
	"tierline/audit/beside"
	"tierline/audit/glob"
	"tierline/audit/seats"
)

// duplicates is the search for accounts that are one person's.
type duplicates struct {
	*audit.Pass
	shared  glob.Set
	holder  []bool         // accounts with a seat
	grouped map[int32]bool // accounts found by a stronger sameness
	surplus map[*seats.Product]map[int32]bool
	exempt  map[int32]bool // answers already given

	otherNames int // groups with one address name and different full names
	noAddress  int
}

// found is what one sameness finds.
type found struct {
	seats     map[*seats.Product][]second
	left      map[*seats.Product]*leftSeats
	elsewhere []second // accounts without a product in common
	groups    int      // people of elsewhere
}

// leftSeats are the accounts whose seat on a product stands beside another one of
// the same person, and is left out.
type leftSeats struct{ service, excepted map[int32]bool }

// second is an account beside another one of the same person.
type second struct{ account, kept int32 }

// hold notes the accounts with a seat.
func (d *duplicates) hold() {
	d.holder = make([]bool, len(d.Estate.Accounts))
	paid := d.Register.Paid()
	beside.Pieces(len(d.holder), func(from, to int) {
		for _, p := range paid {
			if p.Seats == nil {
				continue
			}
			for i, class := range p.Seats[from:to] {
				if class != seats.NoSeat {
					d.holder[from+i] = true
				}
			}
		}
	})
	for account, holds := range d.holder {
		if holds && d.Estate.Accounts[account].Email == "" {
			d.noAddress++
		}
	}
}

func holds(p *seats.Product, account int32) bool {
	return p.Seats != nil && p.Seats[account] != seats.NoSeat
}

// keys are those of the samenesses, for accounts with a seat.
func (d *duplicates) keys(list []sameness) []keyer {
	var out []keyer
	for _, s := range list {
		out = append(out, func(key []byte, account int32) []byte {
			if !d.holder[account] {
				return key
			}
			return s.key(d, key, account)
		})
	}
	return out
}

// search finds, among groups of accounts that are the same by a sameness, the seats
// that are second ones by it and by no stronger.
func (d *duplicates) search(s *sameness, groups [][]int32) *found {
	f := &found{seats: map[*seats.Product][]second{}, left: map[*seats.Product]*leftSeats{}}
	for _, group := range groups {
		if s.addresses && !d.addressesDiffer(group) {
			continue
		}
		if s.names && d.namesDiffer(group) {
			d.otherNames++
			continue
		}
		d.file(f, group)
	}
	return f
}

// addressesDiffer reports whether accounts have different addresses.
func (d *duplicates) addressesDiffer(group []int32) bool {
	first := d.Estate.Accounts[group[0]].Email
	return slices.ContainsFunc(group, func(a int32) bool { return d.Estate.Accounts[a].Email != first })
}

// namesDiffer reports whether accounts have different full names.
func (d *duplicates) namesDiffer(group []int32) bool {
	name := ""
	for _, account := range group {
		switch n := string(d.fullName(nil, account)); {
		case n == "" || n == name:
		case name != "":
			return true
		default:
			name = n
		}
	}
	return false
}

// file notes the seats of one person: on each product all but one are second
// seats; where no product has two, the accounts are only noted.
func (d *duplicates) file(f *found, group []int32) {
	people, again, known := d.people(f, group), false, true
	for _, product := range d.Register.Paid() {
		var here []int32
		for _, account := range people {
			if holds(product, account) {
				again = again || d.surplus[product][account]
				if !d.surplus[product][account] {
					here = append(here, account)
				}
			}
		}
		if len(here) < 2 {
			continue
		}
		again = true
		kept := keep(product, here)
		for _, account := range here {
			if account != kept {
				d.surplus[product][account] = true
				f.seats[product] = append(f.seats[product], second{account, kept})
			}
		}
	}
	for _, account := range people {
		known = known && d.grouped[account]
		d.grouped[account] = true
	}
	if len(people) > 1 && !again && !known {
		f.groups++
		for _, account := range people[1:] {
			f.elsewhere = append(f.elsewhere, second{account, people[0]})
		}
	}
}

// people drops service accounts and excepted ones from a group, and notes on
// which products they stand beside another seat.
func (d *duplicates) people(f *found, group []int32) []int32 {
	var people, dropped []int32
	for _, account := range group {
		if d.leftOut(account) {
			dropped = append(dropped, account)
		} else {
			people = append(people, account)
		}
	}
	for _, product := range d.Register.Paid() {
		n := 0
		for _, account := range group {
			if holds(product, account) {
				n++
			}
		}
		for _, account := range dropped {
			if n > 1 && holds(product, account) {
				f.leaveOut(product, account, d.exempt[account])
			}
		}
	}
	return people
}

// leaveOut notes a seat that is left out: by an exception, or as one of a machine.
func (f *found) leaveOut(product *seats.Product, account int32, excepted bool) {
	left := f.left[product]
	if left == nil {
		left = &leftSeats{map[int32]bool{}, map[int32]bool{}}
		f.left[product] = left
	}
	if excepted {
		left.excepted[account] = true
	} else {
		left.service[account] = true
	}
}

// leftOut reports whether an account is one of a machine or excepted.
func (d *duplicates) leftOut(account int32) bool {
	if d.Register.Service(account) {
		return true
	}
	excepted, asked := d.exempt[account]
	if !asked {
		excepted = d.Exempt(account)
		d.exempt[account] = excepted
	}
	return excepted
}

// keep returns the account whose seat stays: the one used last; without any
// date one of which nothing is known, before one never used.
func keep(product *seats.Product, accounts []int32) int32 {
	sortByLastUse(product, accounts)
	kept := accounts[len(accounts)-1]
	for _, account := range accounts {
		if _, dated := product.Seen(account).Date(); dated {
			kept = account
		}
	}
	return kept
}
