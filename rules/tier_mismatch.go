package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

//go:embed tier-mismatch.md
var tierMismatchPage string

var tierMismatch = &audit.Rule{
	ID:          "tier-mismatch",
	Title:       "Data Center apps licensed below or above the tier of their host",
	Page:        tierMismatchPage,
	Remediation: "Bring each app to the tier of its host: up at once where it is below, down at its renewal where it is above.",
	Category:    audit.CategoryTiers,
	Kind:        audit.Risk,
	Severity:    audit.High,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedDataCenter},
	Run:         runTierMismatch,
}

func runTierMismatch(_ context.Context, p *audit.Pass) error {
	if p.Bundle.Hosting != pricing.DataCenter {
		return nil
	}
	for _, l := range p.Bundle.Lines {
		licence, stated := l.Licence()
		need, host, known := l.HostTier()
		if l.IsHost() || l.Sub.Basis == estate.OwnUsers || !stated || !known {
			continue // whether it fits cannot be told
		}
		p.Examine(l.ID())
		switch {
		case !licence.Open && licence.Covers < need:
			p.Report(belowFinding(p, l, licence, need, host))
		case tooLarge(l, licence, need):
			p.Report(largerFinding(p, l, licence, need, host))
		}
	}
	return nil
}

// tooLarge reports whether a smaller tier of the app's own list holds the
// host's tier and all its users.
func tooLarge(l *costing.Line, licence costing.Licence, need int) bool {
	if l.UsersKnown {
		need = max(need, l.Users)
	}
	top, open := l.Reaches(need)
	return !open && (licence.Open || top < licence.Covers)
}

// mismatch fills in what both kinds of finding say.
func mismatch(l *costing.Line, licence costing.Licence, need int, host *costing.Line) audit.Finding {
	f := audit.Finding{
		Subject: l.ID(), Confidence: audit.Certain, Why: "tops of the two licensed tiers, each in its own list",
		Evidence: []audit.Evidence{lineRow(l)},
		Figures: []audit.Figure{
			{Name: "app_tier", Label: "The app's licence covers", Value: tierText(licence)}, {Name: "host_tier", Label: "Its host's tier reaches to", Value: need},
			{Name: "host", Label: "Host with the largest tier", Value: host.Name()},
		},
	}
	for _, x := range host.Licences() {
		f.Evidence = append(f.Evidence, lineRow(x))
	}
	if licence.From != "licensed_users" {
		f.Evidence = append(f.Evidence, audit.Evidence{Source: licence.Source, What: "installed licence"})
	}
	return f
}

func tierText(licence costing.Licence) string {
	if licence.Open {
		return "no limit"
	}
	return money.Count(licence.Covers)
}

func belowFinding(p *audit.Pass, l *costing.Line, licence costing.Licence, need int, host *costing.Line) audit.Finding {
	f := mismatch(l, licence, need, host)
	f.Title = fmt.Sprintf("%s on %s is licensed up to %s, its host %s up to %s: the app stops",
		l.Name(), l.Sub.Site, money.Count(licence.Covers), named(host), money.Count(need))
	amount, note := move{l, licence.Stated, need}.running(p)
	f.Amount, f.By = amount, p.AsOf
	f.Lines = []audit.LineAmount{{Line: l.ID(), Name: l.Name(), Amount: amount, Note: note}}
	f.Figures = append(f.Figures, audit.Figure{Name: "upgrade", Label: "Host's tier for the rest of the running term", Value: amount},
		audit.Figure{Name: "upgrade_year", Label: "Host's tier for a year, at today's prices", Value: l.YearAt(need).Sub(l.YearAt(licence.Stated))})
	f.Detail = "What the host's tier costs until the renewal is not known: " + note + "."
	if amount.Known() {
		f.Detail = fmt.Sprintf("The host's tier costs %s %s more until the renewal on %s.", amount.Grouped(), amount.Currency(), l.Term.Start.Short())
	}
	if l.UsersKnown && l.Users <= licence.Covers {
		f.Detail += fmt.Sprintf(" Its %s users would fit the licence; "+
			"on Data Center the tiers are compared, so a host renewed at the tier of its users frees the app, too.", money.Count(l.Users))
	}
	f.Action = "Upgrade the app to the tier of its host, or ask the vendor why it still runs."
	if x := l.Installed(); x != nil && x.Problem != "" {
		f.Evidence = append(f.Evidence, audit.Evidence{Source: x.Source, What: "the instance reports " + x.Problem})
		f.Detail += " The instance reports the licence as invalid."
	}
	f.NotCounted = "the upgrade belongs to the running term, which is in no total; the coming term is priced at the host's tier already"
	f.Severity = max(p.Rate(amount, f.By), audit.High)
	return f
}

func largerFinding(p *audit.Pass, l *costing.Line, licence costing.Licence, need int, host *costing.Line) audit.Finding {
	f := mismatch(l, licence, need, host)
	f.Title = fmt.Sprintf("%s on %s is licensed for %s, its host %s only up to %s: the rest is paid without need",
		l.Name(), l.Sub.Site, forUsers(licence), named(host), money.Count(need))
	f.Amount, f.Detail = fitting(l)
	f.Lines = []audit.LineAmount{{Line: l.ID(), Name: l.Name(), Amount: f.Amount}}
	f.Figures = append(f.Figures, audit.Figure{Name: "saves", Label: "Renewing at the host's tier saves", Value: f.Amount})
	f.Action = "Renew the app at the tier of its host."
	f.By = firstRenewal(p.Bundle, f.Lines).AddDays(-1)
	f.Severity = p.Rate(f.Amount, f.By)
	switch a := p.Plan.ActionOn(p.Bundle, plan.StepRightSize); {
	case a != nil && slices.ContainsFunc(a.Lines, func(c plan.LineChange) bool { return c.Line == l }):
		f.CountIn(a)
	case !f.Amount.Known():
		f.NotCounted = "no amount is known"
	default:
		f.NotCounted = "a smaller tier lowers no bill of the coming term"
	}
	return f
}

// named names a host, and how many licences of it add up.
func named(host *costing.Line) string {
	if n := len(host.Licences()); n > 1 {
		return fmt.Sprintf("%s with its %d licences", host.Name(), n)
	}
	return host.Name()
}

func forUsers(licence costing.Licence) string {
	if licence.Open {
		return "any number of users"
	}
	return money.Count(licence.Covers) + " users"
}

// fitting returns what the coming term costs less when the app renews at the
// tier of its host, whose own licence stays as it is.
func fitting(l *costing.Line) (money.Amount, string) {
	if !l.Counted() {
		return money.Amount{}, "The amount is not known, since the subscription is in no total."
	}
	least := l.Cost(costing.Choice{Cycle: l.Sub.Cycle, RightSize: true})
	saves := l.AsIs.Sub(least)
	switch {
	case !saves.Known():
		return saves, "The price of the smaller tier is not known."
	case saves.Sign() <= 0 && !l.Sub.HasLicensed:
		return money.Zero(saves.Currency()), "The row states no licence, so the coming term is priced at the host's tier already."
	case saves.Sign() <= 0:
		return money.Zero(saves.Currency()), "At the renewal the smaller tier saves nothing: planned users need the larger one, or it costs no less."
	}
	return saves, fmt.Sprintf("Beside the host as it is, the coming term costs %s %s less at the tier that reaches it. "+
		"A host renewed at the tier of its users may free more.", saves.Grouped(), saves.Currency())
}
