package rules

import (
	"context"
	_ "embed"
	"fmt"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

//go:embed role-without-need.md
var roleWithoutNeedPage string

var roleWithoutNeed = &audit.Rule{
	ID:    "role-without-need",
	Title: "seats of people whose role needs no access",
	Page:  roleWithoutNeedPage,
	Remediation: "Confirm with the department that the role needs no access, then remove the seats before the renewal, " +
		"or correct needs_access in the people table.",
	Category:   audit.CategorySeats,
	Kind:       audit.Saving,
	Severity:   audit.Low,
	Scope:      audit.PerBundle,
	Needs:      []audit.Need{audit.NeedAccess, audit.NeedPeople},
	Options:    []audit.Option{evidenceRows},
	Exceptions: audit.LeavesOut,
	Run:        runRoleWithoutNeed,
}

func runRoleWithoutNeed(ctx context.Context, p *audit.Pass) error {
	return examineSeats(ctx, p, needsOf)
}

// needCounts is what the people table says about the seats of a product.
type needCounts struct {
	yes         int
	unstated    int // in the table, without an answer
	absent      int // not in the table, or an account without an address
	exempt      int
	no          []int32
	departments map[string]bool // of those without need
}

func needsOf(p *audit.Pass, product *seats.Product) *needCounts {
	n := &needCounts{departments: map[string]bool{}}
	for i, class := range product.Seats {
		if class == seats.NoSeat {
			continue
		}
		account := int32(i)
		switch person := p.Register.Person(account); {
		case person == nil:
			n.absent++
		case person.Needs == estate.Unanswered:
			n.unstated++
		case person.Needs == estate.Yes:
			n.yes++
		case p.Exempt(account):
			n.exempt++
		default:
			n.no = append(n.no, account)
			if person.Department != "" {
				n.departments[person.Department] = true
			}
		}
	}
	return n
}

func (n *needCounts) known() int          { return n.yes + len(n.no) + n.exempt }
func (n *needCounts) pointedOut() []int32 { return n.no }

func (n *needCounts) title(product *seats.Product) string {
	all := fmt.Sprintf("%s of %s ", money.Count(len(n.no)), seatsOn(product, product.Users, ""))
	if product.Collects() {
		return all + verb(len(n.no), "has", "have") + " a role that needs no access"
	}
	return all + verb(len(n.no), "belongs", "belong") + " to people whose role needs no access"
}

func (n *needCounts) finding(p *audit.Pass, product *seats.Product) audit.Finding {
	inUse := 0
	for _, account := range n.no {
		if product.Seats[account] == seats.Active {
			inUse++
		}
	}
	set := newSeatSet(p, p.Bundle, product, n.no)
	f := audit.Finding{
		Title:      n.title(product),
		Confidence: audit.Probable,
		Why:        "rests on needs_access in the people table",
		Detail:     set.text(),
	}
	if inUse > 0 {
		f.Detail += fmt.Sprintf(" In use all the same: %s, so ask before removing.", product.Plural(inUse))
	}
	if n.unstated+n.absent > 0 {
		f.Detail += fmt.Sprintf(" Of %s the table states no need: unknown, and not counted here.", product.Plural(n.unstated+n.absent))
	}
	set.complete(p, &f, []audit.Figure{
		{Name: "no_need", Label: "Seats of roles without need", Value: len(n.no)},
		{Name: "no_need_in_use", Label: "Of them in use", Value: inUse},
		{Name: "departments", Label: "Departments of these people", Value: len(n.departments)},
		{Name: "need", Label: "Seats of roles that need access", Value: n.yes},
		{Name: "unstated", Label: "Seats of people without an answer", Value: n.unstated},
		{Name: "not_in_people", Label: "Seats of nobody in the people table", Value: n.absent},
		{Name: "excepted", Label: "Left out: excepted", Value: n.exempt},
	}, func(account int32) string {
		return fmt.Sprintf("%s; needs_access no (%s)", lastUse(product, account), p.Register.Person(account).Source)
	})
	return f
}
