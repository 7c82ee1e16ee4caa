package rules

import (
	"context"
	_ "embed"
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

//go:embed over-tier.md
var overTierPage string

var overTier = &audit.Rule{
	ID:          "over-tier",
	Title:       "more users than an annual licence covers",
	Page:        overTierPage,
	Remediation: "Remove review candidates until the users fit, or buy the larger tier for the rest of the term.",
	Category:    audit.CategoryTiers,
	Kind:        audit.Risk,
	Severity:    audit.High,
	Scope:       audit.PerBundle,
	Run:         runOverTier,
}

func runOverTier(_ context.Context, p *audit.Pass) error {
	reported := map[*costing.Line]bool{}
	for _, l := range p.Bundle.Lines {
		licence, ok := l.Licence()
		if !ok || !l.UsersKnown || l.StandIn || l.Sub.Basis == estate.Fixed || followsTier(l) {
			continue // no licence to exceed, nobody counts, or tier-mismatch looks at it
		}
		p.Examine(l.ID())
		if licence.Open || l.Users <= licence.Covers || reported[l] {
			continue
		}
		moves := []move{{l, licence.Stated, l.Users}}
		for _, m := range followers(p.Bundle, l) {
			if !reported[m.line] { // bought once, whichever host it follows
				moves = append(moves, m)
			}
		}
		for _, m := range moves {
			reported[m.line] = true
		}
		p.Report(overFinding(p, l, licence, moves))
	}
	return nil
}

// followsTier reports whether a line is an app whose tier has to reach its
// host's, as on Data Center: there the tiers are compared, not the users.
func followsTier(l *costing.Line) bool {
	return l.Sub.Hosting == pricing.DataCenter && len(l.Hosts()) > 0
}

func overFinding(p *audit.Pass, l *costing.Line, licence costing.Licence, moves []move) audit.Finding {
	over := l.Users - licence.Covers
	f := audit.Finding{
		Subject: l.ID(),
		Title: fmt.Sprintf("%s has %s users, %s more than its licence covers: %s", estate.On(l.Name(), l.Sub.Site), money.Count(l.Users), money.Count(over),
			consequence(l)),
		Confidence: audit.Certain, Why: "counted users against " + licence.From,
		By:         p.AsOf,
		NotCounted: "an upgrade now belongs to the running term, which is in no total; the coming term is priced at the larger tier already",
		Evidence:   append([]audit.Evidence{lineRow(l)}, countRows(p.Bundle)...),
	}
	if licence.From != "licensed_users" {
		f.Evidence = append(f.Evidence, audit.Evidence{Source: licence.Source, What: "installed licence"})
	}
	f.Figures = []audit.Figure{
		{Name: "users", Label: "Users", Value: l.Users}, {Name: "licensed", Label: "Licensed users", Value: licence.Stated},
		{Name: "covers", Label: "The licence covers", Value: licence.Covers}, {Name: "over", Label: "Users over", Value: over},
	}
	upgrade(p, &f, l, moves)
	f.Detail += removable(p, &f, l, licence.Covers)
	f.Severity = max(p.Rate(f.Amount, f.By), severityOver(l))
	contradicted(&f, l, licence)
	doubted(p, &f, l, licence)
	return f
}

// doubted lowers confidence and severity where the bundle is held and not every
// known number of users is above the licence.
func doubted(p *audit.Pass, f *audit.Finding, l *costing.Line, licence costing.Licence) {
	least := 0
	for _, i := range l.Members() {
		least = max(least, p.Bundle.Products[i].Figures()[0])
	}
	if !p.Held().Given() || len(l.Members()) == 0 || least > licence.Covers {
		return
	}
	f.Confidence, f.Why = audit.Possible, fmt.Sprintf("%s users are known as well, whom the licence covers", money.Count(least))
	f.Detail += fmt.Sprintf(" Another source has %s users, whom the licence covers.", money.Count(least))
	f.Action = "Settle which number of users is right before anything is bought or anybody is removed."
	f.Severity = min(f.Severity, audit.Medium)
}

// consequence says what exceeding a licence does.
func consequence(l *costing.Line) string {
	switch {
	case l.Sub.Hosting == pricing.DataCenter && l.IsHost():
		return "it becomes read-only for everybody"
	case l.Sub.Hosting == pricing.DataCenter:
		return "the app may stop"
	}
	if l.IsHost() {
		return "nobody can be added, and functions degrade"
	}
	return "an app must be licensed for all its users"
}

// severityOver is how bad it is whatever it costs: a read-only product stops
// everybody's work.
func severityOver(l *costing.Line) audit.Severity {
	if l.Sub.Hosting == pricing.DataCenter {
		return audit.Critical
	}
	return audit.High
}

// upgrade fills in what the tier that fits costs for the days left of the
// running term, for the line and for every linked app that must follow, and
// what it adds to a whole year.
func upgrade(p *audit.Pass, f *audit.Finding, l *costing.Line, moves []move) {
	year := money.Zero(p.Costs.Currency)
	f.Amount = year
	days := l.Term.Start.Sub(p.AsOf)
	for _, m := range moves {
		amount, note := m.running(p)
		f.Amount = f.Amount.Add(amount)
		year = year.Add(m.line.YearAt(m.to).Sub(m.line.YearAt(m.from)))
		f.Lines = append(f.Lines, audit.LineAmount{Line: m.line.ID(), Name: m.line.Name(), Amount: amount, Note: note, Of: audit.OfRunning})
	}
	f.Figures = append(f.Figures, audit.Figure{Name: "upgrade", Label: "Larger tier for the rest of the running term", Value: f.Amount},
		audit.Figure{Name: "upgrade_year", Label: "Larger tier for a year, at today's prices", Value: year})
	if !l.Term.Start.IsZero() {
		f.Figures = append(f.Figures, audit.Figure{Name: "renewal", Label: "Renewal", Value: l.Term.Start},
			audit.Figure{Name: "days_left", Label: "Days left of the running term", Value: days})
	}
	switch {
	case f.Amount.Known():
		f.Detail = fmt.Sprintf("The tier that fits costs %s %s until the renewal on %s%s.",
			f.Amount.Grouped(), f.Amount.Currency(), l.Term.Start.Short(), summedOver(len(moves)))
	default:
		f.Detail = "What the tier that fits costs until the renewal is not known; the note on each subscription says why."
	}
}

// move is a line that has to be bought for more users.
type move struct {
	line     *costing.Line
	from, to int
}

// running returns what the move costs until the line renews, or why that is
// not known.
func (m move) running(p *audit.Pass) (money.Amount, string) {
	l := m.line
	switch {
	case l.Term.Start.IsZero():
		return money.Amount{}, "no renewal_date"
	case !buyable(p, l):
		return money.Amount{}, fmt.Sprintf("cannot be bought: Data Center expansions ended on %s", costing.LastExpansion)
	}
	days := l.Term.Start.Sub(p.AsOf)
	amount := l.UpgradeAt(p.AsOf, m.from, m.to, days)
	if !amount.Known() {
		return amount, fmt.Sprintf("no price is known for %s users instead of %s", money.Count(m.to), money.Count(m.from))
	}
	return amount, fmt.Sprintf("%s instead of %s users for %s", money.Count(m.to), money.Count(m.from), money.Plural(days, "day"))
}

// followers lists the linked apps that must grow with a product: those with
// its users on Cloud, and on Data Center those below the tier it then has.
func followers(b *costing.Bundle, l *costing.Line) []move {
	var out []move
	for _, m := range b.Lines {
		if !l.IsHost() || m.IsHost() || m.Sub.Basis != estate.Linked || m.Sub.Cycle != pricing.Annual || !m.UsersKnown {
			continue
		}
		covers, open, _ := m.Covered()
		need := m.Users
		if l.Sub.Hosting == pricing.DataCenter {
			if top, endless := l.Reaches(l.Users); !endless {
				need = max(need, top)
			}
		} else if m.Users != l.Users {
			continue // another product of the family sets its users
		}
		if top, _ := m.Reaches(covers); !open && top < need {
			out = append(out, move{m, covers, need})
		}
	}
	return out
}

// removable says how many seats have to go and whether so many review
// candidates are there.
func removable(p *audit.Pass, f *audit.Finding, l *costing.Line, covers int) string {
	if len(l.Members()) == 0 {
		f.Action = fmt.Sprintf("Take the app away from people who do not need it%s.", orBuy(p, l))
		return " Its users are assigned one by one; who of them is idle is not known here."
	}
	need, have, enough, known := 0, 0, true, true
	for _, i := range l.Members() {
		product := p.Bundle.Products[i]
		over := max(product.Users-covers, 0)
		if over == 0 {
			continue
		}
		need += over
		have += len(product.Candidates)
		enough = enough && len(product.Candidates) >= over
		known = known && product.Seats != nil && product.HasSeen()
	}
	f.Figures = append(f.Figures, audit.Figure{Name: "to_drop", Label: "Seats to remove until the licence covers all", Value: need})
	if !known {
		f.Action = fmt.Sprintf("Take access away from %s%s.", money.Plural(need, "user"), orBuy(p, l))
		return " Who of them is idle is not known: no input has both access and last use." + listed(p, f)
	}
	f.Figures = append(f.Figures, audit.Figure{Name: "candidates", Label: "Review candidates there", Value: have})
	if !enough {
		f.Action = "Buy the larger tier; the review candidates are too few to get below it."
		if !buyable(p, l) {
			f.Action = fmt.Sprintf("Take access away from %s; the review candidates alone are too few.", money.Plural(need, "user"))
		}
		return fmt.Sprintf(" Removing %s would bring it back, but only %s %s there.", money.Plural(need, "seat"), money.Plural(have, "review candidate"), isAre(have))
	}
	f.Action = fmt.Sprintf("Remove %s now, longest idle first, instead of buying the larger tier.", money.Plural(need, "review candidate"))
	text := fmt.Sprintf(" Removing %s of %s brings it back at no cost.", money.Count(need), money.Plural(have, "review candidate"))
	if a := p.Plan.ActionOn(p.Bundle, plan.StepCleanUp); a != nil && sumRemoved(p) >= need {
		text += fmt.Sprintf(" The plan's clean-up removes %s, which lowers the coming term as well.", money.Count(sumRemoved(p)))
	}
	return text
}

// buyable reports whether a larger tier is still sold.
func buyable(p *audit.Pass, l *costing.Line) bool {
	return !costing.EndsWithDataCenter(l.Sub) || !p.AsOf.After(costing.LastExpansion)
}

func orBuy(p *audit.Pass, l *costing.Line) string {
	if buyable(p, l) {
		return ", or buy the larger tier"
	}
	return "; a larger tier is not sold any more"
}

// listed says what a list of accounts that is none of seats tells about use.
func listed(p *audit.Pass, f *audit.Finding) string {
	text := ""
	for _, product := range p.Bundle.Products {
		if !product.ListsAccounts {
			continue
		}
		accounts := 0
		for _, n := range product.AccountBands {
			accounts += n
		}
		idle := accounts - product.AccountsInUse
		f.Figures = append(f.Figures, audit.Figure{Name: "idle_accounts_" + product.Key, Label: "Idle accounts of " + estate.ProductName(product.Key), Value: idle})
		text += fmt.Sprintf(" Of %s listed for %s, %s %s idle or never used; not each of them holds a seat.",
			money.Plural(accounts, "account"), estate.ProductName(product.Key), money.Count(idle), isAre(idle))
	}
	return text
}

// contradicted lowers the confidence where instance and table state different
// licences, and the severity where the instance's holds all users: it enforces
// its own.
func contradicted(f *audit.Finding, l *costing.Line, licence costing.Licence) {
	x := l.Installed()
	if x == nil || licence.From != "licensed_users" || !x.Unlimited && x.Users == licence.Stated {
		return
	}
	has := money.Count(x.Users)
	if x.Unlimited {
		has = "any number of"
	}
	f.Confidence, f.Why = audit.Possible, fmt.Sprintf("the subscriptions table says %s users, the installed licence %s", money.Count(licence.Stated), has)
	f.Evidence = append(f.Evidence, audit.Evidence{Source: x.Source, What: "installed licence for " + has + " users"})
	f.Detail += " Table and instance state different licences; the instance enforces its own, so settle that first."
	if x.Unlimited || x.Users >= l.Users {
		f.Title = fmt.Sprintf("%s has %s users, more than the subscriptions table licenses, but no more than the instance does",
			estate.On(l.Name(), l.Sub.Site), money.Count(l.Users))
		f.Severity = audit.Medium
	}
}
