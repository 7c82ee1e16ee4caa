package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"tierline/audit"
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
	if left := f.left[product]; left != nil {
		service, excepted = len(left.service), len(left.excepted)
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
