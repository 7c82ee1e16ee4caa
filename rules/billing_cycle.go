package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"sort"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

//go:embed billing-cycle.md
var billingCyclePage string

var billingCycle = &audit.Rule{
	ID:          "billing-cycle",
	Title:       "monthly against annual billing, for a product and all its apps together",
	Page:        billingCyclePage,
	Remediation: "Change the cycle of the whole bundle at its renewal where the comparison says so, and keep it where users are about to change.",
	Category:    audit.CategoryPrices,
	Kind:        audit.Saving,
	Severity:    audit.Info, // of what only informs; money is rated
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedPrices},
	Options: []audit.Option{
		{Name: "near_users", Type: audit.WholeNumber, Default: "20", Min: 0, Max: 100000,
			Doc: "So many users or fewer, whose leaving would make monthly billing the cheaper one, are a finding."},
	},
	Run: runBillingCycle,
}

func runBillingCycle(_ context.Context, p *audit.Pass) error {
	d := p.Plan.Decision(p.Bundle)
	if p.Bundle.Hosting == pricing.DataCenter || p.Policy.KeepCycle || costMissing(p.Bundle) {
		return nil // there is no choice, it is ruled out, or coverage says what is missing
	}
	p.Examine(p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family))
	if d.NoSwitch.Given() {
		p.Report(notCompared(p, d.NoSwitch.Text))
		return nil
	}
	c := compareCycles(p, d)
	switch {
	case !c.compared():
		p.Report(notCompared(p, "a list has no price for these users in the other cycle"))
	case c.best().Less(c.keep):
		p.Report(switchFinding(p, d, c))
	case c.today == "monthly":
		p.Report(stayFinding(p, c, "monthly"))
	case c.today == "annual" && c.tips && c.users >= c.from && c.users-c.from < p.Number("near_users") && c.from > c.tier.From:
		p.Report(stayFinding(p, c, "annual"))
	}
	return nil
}

func costMissing(b *costing.Bundle) bool {
	return slices.ContainsFunc(b.Lines, func(l *costing.Line) bool { return l.Reason.Given() })
}

// cycleComparison is what a bundle costs in either cycle, after the removals of the
// plan and without quotes, and where it tips.
type cycleComparison struct {
	keep, monthly, annual money.Amount
	today                 string // the cycle of all rows, "" where they differ
	product               int    // whose users set most of the bundle; -1 for none
	users                 int    // of it, under the plan
	tier                  pricing.Range
	tips                  bool // whether annual billing costs no more anywhere in the tier
	stretch                    // the users for whom it does
}

func compareCycles(p *audit.Pass, d *plan.Decision) *cycleComparison {
	cost := func(cycle plan.Cycle) money.Amount {
		if d.NotWeighed(cycle).Given() {
			return money.Amount{}
		}
		return plan.Evaluate(p.Bundle, d.Removed, cycle, plan.Freedom{RightSize: true}, p.Costs.Currency).Total
	}
	c := &cycleComparison{keep: cost(plan.Keep), monthly: cost(plan.AllMonthly), annual: cost(plan.AllAnnual), today: p.Bundle.Lines[0].Sub.Cycle.String()}
	for _, l := range p.Bundle.Lines {
		if l.Sub.Cycle.String() != c.today {
			c.today = ""
			break
		}
	}
	c.product, c.users = driver(p, d)
	if c.product >= 0 {
		if tier, ok := annualTier(p, p.Bundle.Products[c.product], c.users); ok {
			c.tier = tier
			c.stretch, c.tips = breakEven(p, d, c.product, c.users, tier)
		}
	}
	return c
}

// compared reports whether another cycle than today's has a known cost.
func (c *cycleComparison) compared() bool {
	return c.monthly.Known() && c.today != "monthly" || c.annual.Known() && c.today != "annual"
}

// annualWins reports whether annual billing is the cheaper one of the two, or the
// only one that is weighed.
func (c *cycleComparison) annualWins() bool {
	return c.annual.Known() && (!c.monthly.Known() || c.annual.Less(c.monthly))
}

func (c *cycleComparison) best() money.Amount {
	if c.annualWins() {
		return c.annual
	}
	return c.monthly
}

// finding says what every comparison says.
func (c *cycleComparison) finding(p *audit.Pass) audit.Finding {
	f := audit.Finding{
		Subject:    p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family),
		Confidence: audit.Certain, Why: "both cycles computed at the planned users and announced prices",
		Figures: []audit.Figure{
			{Name: "monthly", Label: "Coming term billed monthly", Value: c.monthly}, {Name: "annual", Label: "Coming term billed annually", Value: c.annual},
			{Name: "keep", Label: "Coming term as billed today", Value: c.keep},
		},
	}
	if slices.ContainsFunc(p.Bundle.Lines, func(l *costing.Line) bool { return l.StandIn }) {
		f.Confidence, f.Why = audit.Probable, f.Why+"; nobody counts the users of every subscription, and licensed_users stand in for them"
	}
	if c.tips {
		f.Figures = append(f.Figures, audit.Figure{Name: "break_even_users", Label: "Annual is cheaper from users", Value: c.from},
			audit.Figure{Name: "break_even_to", Label: "Up to users", Value: c.to})
	}
	for _, l := range p.Bundle.Lines {
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	return f
}

func switchFinding(p *audit.Pass, d *plan.Decision, c *cycleComparison) audit.Finding {
	better, word := plan.AllMonthly, "Monthly"
	if c.annualWins() {
		better, word = plan.AllAnnual, "Annual"
	}
	f := c.finding(p)
	f.Amount, f.By = c.keep.Sub(c.best()), firstRenewal(p.Bundle, nil).AddDays(-1)
	f.Title = fmt.Sprintf("%s billing of %s costs %s %s less than today's", word, p.Bundle.Title(), f.Amount.Grouped(), f.Amount.Currency())
	f.Detail = "An app is billed in its host's cycle, so the whole bundle changes together. " + c.tipping(p) + cycleArgument(better)
	f.Action = p.Rule.Remediation
	f.Severity = p.Rate(f.Amount, f.By)
	if change := p.Plan.ActionOn(p.Bundle, plan.StepCycle); change != nil && d.Cycle == better {
		f.CountIn(change)
	} else {
		f.NotCounted = "with quotes counted, keeping today's cycle is cheaper"
	}
	return f
}

// stayFinding argues for the cycle of today where the other one looks
// tempting: annual billing is sold as the cheaper one, and a few leavers can
// make monthly billing it.
func stayFinding(p *audit.Pass, c *cycleComparison, word string) audit.Finding {
	f := c.finding(p)
	more := c.annual.Sub(c.monthly)
	if word == "annual" {
		more = more.Neg()
		f.Title = fmt.Sprintf("Annual billing of %s stays the cheaper one, by %s %s, only while %s users stay",
			p.Bundle.Title(), more.Grouped(), more.Currency(), money.Count(c.from))
		f.Detail = c.tipping(p) + cycleArgument(plan.AllAnnual)
		f.Action = "Keep annual billing unless more people leave before the renewal than the break-even allows."
	} else {
		f.Title = fmt.Sprintf("Monthly billing of %s stays the cheaper one: annual would cost %s %s more", p.Bundle.Title(), more.Grouped(), more.Currency())
		f.Detail = c.temptation(p) + c.tipping(p) + cycleArgument(plan.AllMonthly)
		f.Action = "Keep monthly billing, and compare again when users reach the break-even."
	}
	f.Figures = append(f.Figures, audit.Figure{Name: "other_costs_more", Label: "The other cycle costs more by", Value: more})
	f.NotCounted = "nothing changes: today's cycle is the cheaper one"
	return f
}

// temptation says why annual billing looks cheaper than it is.
func (c *cycleComparison) temptation(p *audit.Pass) string {
	looks := c.monthly.Exact().Mul(money.Ratio(int64(p.Policy.AnnualFactor), 12)).Round(c.monthly.Currency(), money.HalfUp)
	return fmt.Sprintf("Twelve months for the price of %d would be %s; but annual tiers are paid up to their top, so it is %s. ",
		p.Policy.AnnualFactor, looks.Grouped(), c.annual.Grouped())
}

// tipping says for how many users of the present annual tier which cycle is
// cheaper, and what planned changes mean for a commitment of a year.
func (c *cycleComparison) tipping(p *audit.Pass) string {
	if c.product < 0 {
		return ""
	}
	text := ""
	left := fmt.Sprintf("the plan leaves %s. ", money.Count(c.users))
	switch {
	case c.tier.To == 0:
	case !c.tips:
		text = fmt.Sprintf("In the annual tier %s monthly billing is cheaper for any number of users; %s", c.tier, left)
	case c.from == c.tier.From && c.to == c.tier.To:
		text = fmt.Sprintf("In the annual tier %s annual billing is cheaper for any number of users; %s", c.tier, left)
	default:
		text = fmt.Sprintf("In the annual tier %s annual billing is cheaper from %s to %s users; %s", c.tier, money.Count(c.from), money.Count(c.to), left)
	}
	if len(p.Bundle.Products[c.product].Changes()) > 0 {
		text += "Planned changes of users are in both figures; if they are uncertain, monthly billing can follow them and annual billing cannot. "
	}
	return text
}

// cycleArgument says what speaks for the cheaper cycle besides the price, and what
// it commits to.
func cycleArgument(better plan.Cycle) string {
	if better == plan.AllMonthly {
		return "Monthly bills follow every added user, prorated; annual billing fixes the tier for a year."
	}
	return "Annual billing also ends the exposure to short peaks; a fall in users frees money only at the next renewal."
}

// notCompared says that a bundle could not be weighed and what is missing.
func notCompared(p *audit.Pass, why string) audit.Finding {
	f := audit.Finding{
		Subject: p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family),
		Title:   fmt.Sprintf("Monthly and annual billing of %s cannot be compared", p.Bundle.Title()),
		Detail: "An app is billed in its host's cycle, so a change is weighed only when every member has a known price in both cycles and in one currency. " +
			"Here " + why + ".",
		Confidence: audit.Certain, Why: "stated by the inputs",
		Action:     "Ask for the missing price and enter it, if a change of the cycle is of interest.",
		NotCounted: "not known: a price is missing",
	}
	if slices.ContainsFunc(p.Bundle.Lines, func(l *costing.Line) bool { return l.Foreign }) {
		f.Action = "State the rate of its currency in a table of rates."
		f.NotCounted = "not known: the prices are not in the currency of the totals"
	} else if held := p.Held(); held.Given() {
		f.Detail = "A change of the cycle is weighed only where every number of users is beyond doubt. Here nothing is decided for the bundle: " +
			audit.Because(held) + "."
		f.Action = "Settle the number of users first."
	}
	for _, l := range p.Bundle.Lines {
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	return f
}

// driver returns the product whose users set most of the bundle, and its
// users under the plan; -1 when none has users.
func driver(p *audit.Pass, d *plan.Decision) (int, int) {
	best, users := -1, 0
	for i, product := range p.Bundle.Products {
		if n := product.Users - d.Removed[i]; product.Known() && n > users {
			best, users = i, n
		}
	}
	return best, users
}

// stretch is a run of users for which annual billing costs no more than
// monthly.
type stretch struct{ from, to int }

// breakEven returns the stretch of an annual tier that matters for some users:
// the one they are in, else the next above them, else the first; false when
// there is none.
func breakEven(p *audit.Pass, d *plan.Decision, i, users int, tier pricing.Range) (stretch, bool) {
	all := stretches(p, d, i, tier)
	for _, s := range all {
		if users <= s.to {
			return s, true
		}
	}
	if len(all) == 0 {
		return stretch{}, false
	}
	return all[0], true
}

// stretches returns every stretch of an annual tier, in order.
//
// Inside a cell, that is between two tops of any list of the bundle, annual
// bills are constant and monthly ones do not fall. So the first user of a cell
// for whom it tips is found by halving, and from there on the whole cell holds.
func stretches(p *audit.Pass, d *plan.Decision, i int, tier pricing.Range) []stretch {
	tips := func(n int) bool {
		k := slices.Clone(d.Removed)
		k[i] = p.Bundle.Products[i].Users - n
		free := plan.Freedom{RightSize: true}
		monthly := plan.Evaluate(p.Bundle, k, plan.AllMonthly, free, p.Costs.Currency).Total
		annual := plan.Evaluate(p.Bundle, k, plan.AllAnnual, free, p.Costs.Currency).Total
		return monthly.Known() && annual.Known() && !monthly.Less(annual)
	}
	var out []stretch
	low := tier.From
	for _, high := range cycleCells(p.Bundle, i, tier) {
		n := low + sort.Search(high-low+1, func(x int) bool { return tips(low + x) })
		switch last := len(out) - 1; {
		case n > high:
		case last >= 0 && out[last].to == n-1:
			out[last].to = high
		default:
			out = append(out, stretch{n, high})
		}
		low = high + 1
	}
	return out
}

// cycleCells returns the last users of every cell of a tier, in order. Where a list
// charges the single user on annual billing, every user is a cell.
func cycleCells(b *costing.Bundle, i int, tier pricing.Range) []int {
	shift, shifts := 0, []int{0} // planned changes move the users of a later bill
	for _, c := range b.Products[i].Changes() {
		shift += c.Change
		shifts = append(shifts, shift)
	}
	out := []int{tier.To}
	for _, l := range b.Lines {
		if !slices.Contains(l.Members(), i) {
			continue
		}
		if slices.ContainsFunc(l.Timeline(pricing.Annual).Versions(), func(v pricing.Version) bool { return !v.Stepped() }) {
			return everyUser(tier)
		}
		for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
			for _, s := range shifts {
				for _, top := range l.Tops(c, tier.To+max(s, 0)) {
					if n := top - s; n >= tier.From && n < tier.To {
						out = append(out, n)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func everyUser(tier pricing.Range) []int {
	var out []int
	for n := tier.From; n <= tier.To; n++ {
		out = append(out, n)
	}
	return out
}

// annualTier returns the annual tier of the product's own line; false when it
// has none or no top.
func annualTier(p *audit.Pass, product *seats.Product, users int) (pricing.Range, bool) {
	for _, l := range p.Bundle.Lines {
		if l.Sub.Key != product.Key || !l.IsHost() {
			continue
		}
		if v, _ := l.Timeline(pricing.Annual).At(l.Term.Start); v != nil {
			tier, ok := v.Tier(users)
			return tier, ok && tier.To > 0
		}
	}
	return pricing.Range{}, false
}
