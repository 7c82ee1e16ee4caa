package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/beside"
	"tierline/audit/costing"
	"tierline/audit/glob"
	"tierline/audit/money"
	"tierline/audit/seats"
)

//go:embed duplicate-accounts.md
var duplicateAccountsPage string

var duplicateAccounts = &audit.Rule{
	ID:          "duplicate-accounts",
	Title:       "one mailbox or person with several paid accounts",
	Page:        duplicateAccountsPage,
	Remediation: "Check with the person which account is in use, hand over what the other one owns, and remove its seat before the renewal.",
	Category:    audit.CategorySeats,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedAccess},
	Options: []audit.Option{
		{Name: "shared_addresses", Type: audit.Patterns, Default: "admin*, contact, help*, info, it, mail, office, sales, support*, team*, test*",
			Doc: "What stands before the '@' of an address and says nothing about a person."},
		evidenceRows,
	},
	Exceptions: audit.LeavesOut,
	Run:        runDuplicateAccounts,
}

// sameness is what two accounts have in common, the strongest first.
type sameness struct {
	id         string // last part of the subject
	one, many  string // what seats found by it are
	confidence audit.Confidence
	why        string
	key        func(d *duplicates, key []byte, account int32) []byte // appended; nothing when the account has none
	addresses  bool                                                  // whether the accounts must have different addresses
}

// samenesses lists the ways in which accounts are found to be one.
func samenesses() []sameness {
	return []sameness{
		{"same-mailbox", "second seat of a mailbox", "second seats of a mailbox",
			audit.Probable, "the accounts have one address; two people may share a mailbox", (*duplicates).mailbox, false},
		{"same-address", "second seat of an address at another domain", "second seats of an address at another domain",
			audit.Probable, "the accounts have the same words before the '@' and no two different names", (*duplicates).localPart, true},
		{"same-name", "second seat of a name", "second seats of a name",
			audit.Possible, "the accounts have the same full name; two people may share it", (*duplicates).fullName, true},
	}
}

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
	left      map[*seats.Product]map[int32]bool // left out: service accounts and exceptions, true for the latter
	elsewhere []second                          // accounts without a product in common
	groups    int                               // people of elsewhere
}

// second is an account beside another one of the same person.
type second struct{ account, kept int32 }

func runDuplicateAccounts(ctx context.Context, p *audit.Pass) error {
	d := &duplicates{
		Pass: p, shared: glob.NewSet(p.Patterns("shared_addresses")),
		grouped: map[int32]bool{}, surplus: map[*seats.Product]map[int32]bool{}, exempt: map[int32]bool{},
	}
	bundles := bundlesOf(p.Costs)
	p.Examine("organisation")
	for _, product := range p.Register.Paid() {
		if product.Seats != nil {
			p.Examine(product.Site + "/" + product.Key)
			d.surplus[product] = map[int32]bool{}
		}
	}
	d.hold()
	list := samenesses()
	for i, groups := range equal(p.Estate.Accounts, d.keys(list)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := &list[i]
		f := d.search(s, groups)
		for _, product := range p.Register.Paid() {
			if len(f.seats[product]) > 0 {
				p.Report(d.finding(s, f, product, bundles[product]))
			}
		}
		if f.groups > 0 {
			p.Report(d.elsewhere(s, f))
		}
	}
	return nil
}

// bundlesOf finds the first bundle of every product.
func bundlesOf(c *costing.Costs) map[*seats.Product]*costing.Bundle {
	out := map[*seats.Product]*costing.Bundle{}
	for _, b := range c.Bundles {
		for _, product := range b.Products {
			if out[product] == nil {
				out[product] = b
			}
		}
	}
	return out
}

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
	f := &found{seats: map[*seats.Product][]second{}, left: map[*seats.Product]map[int32]bool{}}
	for _, group := range groups {
		if s.addresses && !d.addressesDiffer(group) {
			continue
		}
		if s.id == "same-address" && d.namesDiffer(group) {
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
				if f.left[product] == nil {
					f.left[product] = map[int32]bool{}
				}
				f.left[product][account] = d.exempt[account]
			}
		}
	}
	return people
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

func (d *duplicates) finding(s *sameness, f *found, product *seats.Product, b *costing.Bundle) audit.Finding {
	kept := map[int32]int32{}
	people := map[int32]bool{}
	var accounts []int32
	for _, x := range f.seats[product] {
		kept[x.account] = x.kept
		people[x.kept] = true
		accounts = append(accounts, x.account)
	}
	service, excepted := 0, 0
	for _, byException := range f.left[product] {
		if byException {
			excepted++
		} else {
			service++
		}
	}
	set := newSeatSet(d.Pass, b, product, accounts)
	n := len(accounts)
	out := audit.Finding{
		Subject:    product.Site + "/" + product.Key + "/" + s.id,
		Title:      fmt.Sprintf("%s of %s %s", money.Count(n), seatsOn(product, product.Users, ""), verb(n, "is the "+s.one, "are "+s.many)),
		Confidence: s.confidence,
		Why:        s.why,
		Detail:     count(len(people), "person or mailbox has", "people or mailboxes have") + " two seats or more; the one used last is kept. " + set.text(),
	}
	if service+excepted > 0 {
		out.Detail += fmt.Sprintf(" Left out: %s of service accounts, %s excepted.", money.Count(service), money.Count(excepted))
	}
	set.complete(d.Pass, &out, []audit.Figure{
		{Name: "second_seats", Label: "Second seats", Value: n},
		{Name: "people", Label: "People or mailboxes they belong to", Value: len(people)},
		{Name: "service_accounts", Label: "Left out: service accounts", Value: service},
		{Name: "excepted", Label: "Left out: excepted", Value: excepted},
	}, func(account int32) string {
		other := kept[account]
		return fmt.Sprintf("%s; the other seat, %s, stands in %s", lastUse(product, account), lastUse(product, other), d.Estate.Source(&d.Estate.Accounts[other]))
	})
	if b != nil {
		out.Bundle = b.ID()
	}
	return out
}

// elsewhere reports accounts of one person that have no product in common: both
// seats are needed, but one account would do.
func (d *duplicates) elsewhere(s *sameness, f *found) audit.Finding {
	accounts := make([]int32, 0, len(f.elsewhere))
	kept := map[int32]int32{}
	for _, x := range f.elsewhere {
		accounts = append(accounts, x.account)
		kept[x.account] = x.kept
	}
	slices.Sort(accounts)
	return audit.Finding{
		Subject: "organisation/" + s.id,
		Title:   fmt.Sprintf("%s several accounts with seats on different products or sites", count(f.groups, "person or mailbox has", "people or mailboxes have")),
		Detail: "No seat is paid for twice: each product is charged on its own site, so one account instead of two lowers no bill. " +
			"Where an Enterprise licence counts a person once over its sites, it counts each of these accounts.",
		Severity:   audit.Low,
		Confidence: audit.Possible,
		Why:        s.why,
		Action:     "Let the person use one account for everything before an Enterprise or multi-instance agreement counts people.",
		NotCounted: "every seat is needed; what a count of people over several sites would save is not known here",
		Figures: []audit.Figure{
			{Name: "people", Label: "People or mailboxes with several accounts", Value: f.groups},
			{Name: "further_accounts", Label: "Accounts beyond their first", Value: len(accounts)},
			{Name: "accounts_without_address", Label: "Accounts with a seat and without an address, not compared", Value: d.noAddress},
			{Name: "other_names", Label: "Same address name but different full names, not taken for one person", Value: d.otherNames},
		},
		Evidence: seatRows(d.Pass, accounts, "", func(account int32) string {
			return "the first account stands in " + d.Estate.Source(&d.Estate.Accounts[kept[account]]).String()
		}),
	}
}
