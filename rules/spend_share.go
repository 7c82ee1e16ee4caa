package rules

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/seats"
)

//go:embed spend-share.md
var spendSharePage string

var spendShare = &audit.Rule{
	ID:          "spend-share",
	Title:       "how much of the spend goes to apps, and what one user costs over the product and all its apps",
	Page:        spendSharePage,
	Remediation: "Weigh each app against its share, and ask for the sum over product and apps before users are approved.",
	Category:    audit.CategoryApps,
	Kind:        audit.Risk,
	Severity:    audit.Info,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedPrices},
	Options: []audit.Option{
		{Name: "share", Type: audit.Percentage, Default: "50%", Min: 1, Max: 100, Doc: "Share of the apps in the spend from which it is a finding."},
	},
	Run: runSpendShare,
}

func runSpendShare(_ context.Context, p *audit.Pass) error {
	all := newSpending(p.Costs.Currency)
	for _, b := range p.Costs.Bundles {
		all.add(b.Lines)
		s := newSpending("")
		s.add(b.Lines)
		if !s.comparable() {
			continue
		}
		subject := b.Subject(b.Site, b.Family)
		p.Examine(subject)
		if s.reaches(p.Number("share")) {
			p.Report(bundleShare(p, b, s, subject))
		}
	}
	if len(p.Costs.Bundles) > 1 && all.comparable() { // of one product the share is said already
		p.Examine("organisation")
		if all.reaches(p.Number("share")) {
			p.Report(organisationShare(p, all))
		}
	}
	return nil
}

// spending adds up what products and apps cost today over twelve months, in one
// currency.
type spending struct {
	currency       money.Currency // "" until the first known product decides
	products, apps money.Amount
	hosts          []*costing.Line
	linked         []*costing.Line // apps of any billing basis with a known cost
	unknown        int             // apps in another currency or without a known cost
	hidden         bool            // a product's cost is not known, or a bundle has apps and no product
}

func newSpending(c money.Currency) *spending {
	s := &spending{currency: c}
	if c != "" {
		s.products, s.apps = money.Zero(c), money.Zero(c)
	}
	return s
}

// add adds the lines of one bundle, whose products come first.
func (s *spending) add(lines []*costing.Line) {
	hosts, apps := 0, 0
	for _, l := range lines {
		c := l.Current.Currency()
		if l.IsHost() && s.currency == "" && c != "" {
			s.currency, s.products, s.apps = c, money.Zero(c), money.Zero(c)
		}
		here := c != "" && c == s.currency
		switch {
		case l.IsHost():
			hosts++
			if !here {
				s.hidden = true
				continue
			}
			s.products, s.hosts = s.products.Add(l.Current), append(s.hosts, l)
		case here:
			apps++
			s.apps, s.linked = s.apps.Add(l.Current), append(s.linked, l)
		default:
			apps++
			s.unknown++
		}
	}
	s.hidden = s.hidden || hosts == 0 && apps > 0
}

func (s *spending) total() money.Amount { return s.products.Add(s.apps) }

// comparable reports whether there is a share to speak of: every product has a
// known cost in the one currency, and so has an app. An app without one makes
// the true share larger, so that what is known is the least it can be.
func (s *spending) comparable() bool {
	return !s.hidden && len(s.linked) > 0 && s.total().Sign() > 0
}

func (s *spending) share() money.Exact { return s.apps.Exact().Div(s.total().Exact()) }

// reaches compares the exact share, not the rounded one, with a percentage.
func (s *spending) reaches(percent int) bool {
	return s.share().Cmp(money.Ratio(int64(percent), 100)) >= 0
}

// shareText writes the share for people: where an app is unknown it is the
// least there can be.
func (s *spending) shareText() string {
	if s.unknown > 0 {
		return "at least " + s.share().Percent()
	}
	return s.share().Percent()
}

// finding says what every finding of this rule says.
func (s *spending) finding(p *audit.Pass, of, subject string) audit.Finding {
	f := audit.Finding{
		Subject:    subject,
		Title:      fmt.Sprintf("Apps are %s of %s today: %s of %s %s a year", s.shareText(), of, s.apps.Grouped(), s.total().Grouped(), s.currency),
		Confidence: audit.Certain, Why: "sum of twelve months at today's prices and quantities",
		Figures: []audit.Figure{
			{Name: "products", Label: "Products", Value: s.products}, {Name: "apps", Label: "Apps", Value: s.apps}, {Name: "total", Label: "Together", Value: s.total()},
			{Name: "share", Label: "Share of the apps", Value: audit.PercentOf(s.share())},
			{Name: "app_lines", Label: "Apps counted", Value: len(s.linked)}, {Name: "unknown", Label: "Apps not counted", Value: s.unknown},
		},
		Action:     p.Rule.Remediation,
		NotCounted: "a share of what is spent, not a saving",
	}
	ordered := slices.Clone(s.linked)
	slices.SortStableFunc(ordered, func(a, b *costing.Line) int {
		return cmp.Or(cmp.Compare(b.Current.MinorUnits(), a.Current.MinorUnits()), strings.Compare(a.ID(), b.ID()))
	})
	for _, l := range append(slices.Clone(s.hosts), ordered...) {
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: l.Current, Of: audit.OfCurrent,
			Note: l.Current.Exact().Div(s.total().Exact()).Percent() + " of the spend"})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	if s.unknown > 0 {
		f.Confidence, f.Why = audit.Probable, "a lower limit: "+money.Plural(s.unknown, "app")+" without a known cost in "+string(s.currency)+" left out"
	}
	return f
}

func organisationShare(p *audit.Pass, s *spending) audit.Finding {
	f := s.finding(p, "the organisation's spend", "organisation")
	largest := slices.MaxFunc(s.linked, func(a, b *costing.Line) int {
		return cmp.Or(cmp.Compare(a.Current.MinorUnits(), b.Current.MinorUnits()), strings.Compare(b.ID(), a.ID()))
	})
	f.Detail = fmt.Sprintf("%s and %s. The largest app is %s on %s with %s. Shares of single products are findings of their own.",
		money.Plural(len(s.hosts), "product"), money.Plural(len(s.linked), "app"), largest.Name(), largest.Sub.Site, largest.Current.Grouped())
	return f
}

func bundleShare(p *audit.Pass, b *costing.Bundle, s *spending, subject string) audit.Finding {
	f := s.finding(p, "what "+b.Title()+" costs", subject)
	f.Bundle = b.ID()
	product := largestProduct(b)
	if product == nil || product.Users == 0 {
		f.Detail = "The number of users is not known, so nothing can be said about one of them."
		return f
	}
	each := func(a money.Amount) money.Amount {
		return a.Exact().Div(money.Int(int64(product.Users))).Round(s.currency, money.HalfUp)
	}
	f.Figures = append(f.Figures,
		audit.Figure{Name: "users", Label: "Users", Value: product.Users},
		audit.Figure{Name: "product_per_user", Label: "Product, per user and year", Value: each(s.products)},
		audit.Figure{Name: "apps_per_user", Label: "Apps, per user and year", Value: each(s.apps)},
		audit.Figure{Name: "per_user", Label: "Together, per user and year", Value: each(s.total())})
	least := ""
	if s.unknown > 0 {
		least = "at least "
	}
	f.Detail = fmt.Sprintf("Each of %s costs %s%s a year on average: %s for %s and %s for %s. ", money.Plural(product.Users, "user"), least,
		each(s.total()).Grouped(), each(s.products).Grouped(), money.Plural(len(s.hosts), "product"), each(s.apps).Grouped(), money.Plural(len(s.linked), "app"))
	next, figures := oneMore(b, product)
	f.Detail += next
	f.Figures = append(f.Figures, figures...)
	return f
}

// largestProduct returns the product of a bundle whose users bill its linked
// apps; nil when a count is missing or licensed_users stand in for it, so that
// the largest is not known.
func largestProduct(b *costing.Bundle) *seats.Product {
	var largest *seats.Product
	for _, product := range b.Products {
		if !product.Known() || product.Origin == seats.FromLicensed {
			return nil
		}
		if largest == nil || product.Users > largest.Users {
			largest = product
		}
	}
	return largest
}

// oneMore says what the next user of a product costs over twelve months on
// every bill that follows it, and what the user does who opens the next tier.
func oneMore(b *costing.Bundle, product *seats.Product) (string, []audit.Figure) {
	var following []*costing.Line
	top := 0
	for _, l := range b.Lines {
		if len(l.Members()) == 0 || l.IsHost() && l.Sub.Key != product.Key {
			continue
		}
		following = append(following, l)
		if pos := l.Position(); pos.Known && pos.Stepped && pos.Tier.To > 0 && (top == 0 || pos.Tier.To < top) {
			top = pos.Tier.To
		}
	}
	if len(following) == 0 {
		return "No bill here follows the number of users.", nil
	}
	next := oneMoreCosts(following, product.Users)
	if !next.Known() {
		return "What one more user costs is not known: not every bill that follows the users has a price for it in one currency.", nil
	}
	figures := []audit.Figure{{Name: "next_user", Label: "One more user, twelve months", Value: next}}
	text := fmt.Sprintf("One more user costs %s over %s that follow the users", next.Grouped(), money.Plural(len(following), "bill"))
	if top == 0 {
		return text + ".", figures
	}
	step := oneMoreCosts(following, top)
	if !step.Known() {
		return text + fmt.Sprintf("; what user %s costs is in no price list.", money.Count(top+1)), figures
	}
	figures = append(figures, audit.Figure{Name: "step_user", Label: "User who opens the next tier", Value: top + 1},
		audit.Figure{Name: "step", Label: "That user, twelve months", Value: step})
	if top == product.Users {
		return text + ", since that user opens the next tier.", figures
	}
	return text + fmt.Sprintf("; user %s, who opens the next tier, costs %s.", money.Count(top+1), step.Grouped()), figures
}

// oneMoreCosts returns what user n+1 adds to twelve months of the lines; unknown when
// one of them has no price.
func oneMoreCosts(lines []*costing.Line, n int) money.Amount {
	var total money.Amount
	for i, l := range lines {
		more := l.YearAt(max(l.Billed, n+1)).Sub(l.YearAt(max(l.Billed, n)))
		if i == 0 {
			total = more
			continue
		}
		total = total.Add(more)
	}
	return total
}
