package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/glob"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

//go:embed environment-licensing.md
var environmentLicensingPage string

// sandboxSites are the usual names of sites that are no production site.
const sandboxSites = "*-sandbox*, sandbox-*, *-test, *-test-*, test-*, *-uat, *-uat-*, *-staging, *-staging-*, *-dev, *-dev-*"

var environmentLicensing = &audit.Rule{
	ID:          "environment-licensing",
	Title:       "the same app or product paid for in several environments or sandboxes of one host",
	Page:        environmentLicensingPage,
	Remediation: "Find out what the other environment is for, and stop paying for it in full where it only serves tests.",
	Category:    audit.CategoryApps,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedPrices},
	Options: []audit.Option{
		{Name: "sandbox_sites", Type: audit.Patterns, Default: sandboxSites,
			Doc: "Sites that look like a sandbox or test environment. " +
				"What a star stands for, by itself or together, is looked for among the sites as the production site."},
	},
	Run: runEnvironmentLicensing,
}

func runEnvironmentLicensing(ctx context.Context, p *audit.Pass) error {
	taken := map[string]bool{}
	homes := productionSites(p)
	shared := overlaps{}
	for _, l := range p.Costs.Lines {
		if err := ctx.Err(); err != nil {
			return err
		}
		if home := homes[l.Sub.Site]; home != "" {
			if twin := sameOn(p, l, home); twin != nil {
				p.Examine(l.ID())
				if paidInFull(l) {
					taken[l.ID()] = true
					p.Report(sandboxFinding(p, l, twin, shared))
				}
			}
		}
	}
	for _, group := range licenceGroups(p) {
		reportLicences(p, group, taken)
	}
	return nil
}

// productionSites gives the production site of every site that looks like a
// sandbox of one.
func productionSites(p *audit.Pass) map[string]string {
	sites := p.Estate.Sites()
	patterns := p.Patterns("sandbox_sites")
	home := map[string]string{}
	for _, s := range sites {
		for _, pattern := range patterns {
			if of := productionOf(s, pattern, sites); of != "" {
				home[s] = of
				break
			}
		}
	}
	for s, of := range home {
		// A test site of a staging site belongs to the production site of that.
		// Names only get shorter on the way, so it ends.
		for home[of] != "" {
			of = home[of]
		}
		home[s] = of
	}
	return home
}

// productionOf returns the site a sandbox site is of by one pattern: what its
// stars stand for, together or one of them, is the name of another site.
func productionOf(site, pattern string, sites []string) string {
	stars, ok := glob.Stars(pattern, site)
	if !ok {
		return ""
	}
	for _, name := range append([]string{strings.Join(stars, "")}, stars...) {
		name = strings.Trim(name, "-_.")
		if _, found := slices.BinarySearch(sites, name); found && name != site {
			return name
		}
	}
	return ""
}

// sameOn returns an active subscription for the same on another site, nil when
// there is none.
func sameOn(p *audit.Pass, l *costing.Line, site string) *costing.Line {
	i := slices.IndexFunc(p.Costs.Lines, func(x *costing.Line) bool {
		return x.Sub.Site == site && x.Sub.Kind == l.Sub.Kind && x.Sub.Key == l.Sub.Key && x.Sub.Hosting == l.Sub.Hosting
	})
	if i < 0 {
		return nil
	}
	return p.Costs.Lines[i]
}

// paidInFull reports whether a subscription costs something, or may: its row
// does not say that it is a licence for tests, and its price is not 0.
func paidInFull(l *costing.Line) bool {
	if slices.Contains([]string{"sandbox", "developer"}, l.Sub.LicenceType) {
		return false
	}
	return l.Reason.Given() || l.AsIs.Sign() > 0
}

func sandboxFinding(p *audit.Pass, l, twin *costing.Line, shared overlaps) audit.Finding {
	amount := p.Plan.Without(l)
	f := audit.Finding{
		Subject: l.ID(), Bundle: l.Bundle.ID(), By: dueBefore(p, l),
		Title:      fmt.Sprintf("%s is paid for on %s as well, which looks like a test environment of %s", l.Name(), l.Sub.Site, twin.Sub.Site),
		Confidence: audit.Possible, Why: "rests on the names of the sites",
		Figures:    sandboxFigures(p, l, twin, shared),
		Evidence:   []audit.Evidence{lineRow(l), lineRow(twin)},
		Amount:     amount,
		NotCounted: "the plan closes no environment; it is what the coming term costs less without this subscription",
	}
	f.Detail = sandboxDetail(p, l, amount)
	f.Action = "Find out what the site is for. If it only serves tests, have it licensed as a sandbox or stop paying for it there."
	if l.Sub.Hosting == pricing.DataCenter {
		f.Action = "Find out what the environment is for, ask the vendor what a licence for tests costs, and drop it where nobody tests."
	}
	if amount.Known() {
		f.Severity = p.Rate(amount, f.By)
		f.Lines = []audit.LineAmount{{Line: l.ID(), Name: l.Name(), Amount: amount, Of: audit.OfWithout}}
	}
	return f
}

func sandboxDetail(p *audit.Pass, l *costing.Line, amount money.Amount) string {
	text := "What it costs there is not known: " + noCost(p, l) + "."
	if amount.Known() {
		text = fmt.Sprintf("Without it the coming term costs %s %s less.", amount.Grouped(), amount.Currency())
	}
	switch {
	case l.Sub.Hosting == pricing.DataCenter:
		return text + " On Data Center every environment needs a licence of its own, however many nodes it has."
	case l.IsHost():
		return text + " Its apps are charged for its users as well."
	}
	return text + " Vendors report that a sandbox licence of a Cloud app costs nothing; a sandbox may not be used for production."
}

func sandboxFigures(p *audit.Pass, l, twin *costing.Line, shared overlaps) []audit.Figure {
	out := []audit.Figure{
		{Name: "site", Label: "Site that looks like a test environment", Value: l.Sub.Site},
		{Name: "production_site", Label: "Of the site", Value: twin.Sub.Site},
	}
	if counted(l) && counted(twin) {
		out = append(out, audit.Figure{Name: "users", Label: "Users there", Value: l.Users},
			audit.Figure{Name: "production_users", Label: "Users in production", Value: twin.Users})
	}
	if n, ok := shared.of(p, l.Sub.HostProduct(), l.Sub.Site, twin.Sub.Site); ok {
		out = append(out, audit.Figure{Name: "users_in_both", Label: "Seats of the host held by the same accounts", Value: n})
	}
	return append(out,
		audit.Figure{Name: "current", Label: "Paid there today, over twelve months", Value: l.Current},
		audit.Figure{Name: "production_current", Label: "Paid in production today", Value: twin.Current})
}

// counted reports whether a line has users: a fixed price counts nobody.
func counted(l *costing.Line) bool { return l.UsersKnown && l.Sub.Basis != estate.Fixed }

// overlaps remembers how many accounts have a seat of a product on two sites:
// every app of a host asks the same.
type overlaps map[[3]string]int

func (o overlaps) of(p *audit.Pass, product, a, b string) (int, bool) {
	x, y := p.Register.Find(a, product), p.Register.Find(b, product)
	if x == nil || y == nil {
		return 0, false
	}
	if x, y = x.Payer(), y.Payer(); x.Seats == nil || y.Seats == nil {
		return 0, false
	}
	key := [3]string{product, a, b}
	n, counted := o[key]
	if !counted {
		for i, class := range x.Seats {
			if class != seats.NoSeat && y.Seats[i] != seats.NoSeat {
				n++
			}
		}
		o[key] = n
	}
	return n, true
}

// licenceGroups returns the Data Center subscriptions for the same on one site
// that stand for several licences, in the order of the lines.
func licenceGroups(p *audit.Pass) [][]*costing.Line {
	var out [][]*costing.Line
	at := map[string]int{}
	for _, l := range p.Costs.Lines {
		if l.Sub.Hosting != pricing.DataCenter {
			continue
		}
		id := licenceSubject(l)
		i, seen := at[id]
		if !seen {
			i = len(out)
			at[id] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], l)
	}
	return out
}

// licenceSubject names a product or app on a site, whatever the entitlement.
func licenceSubject(l *costing.Line) string {
	return l.Sub.Site + "/" + l.Sub.Kind.String() + "/" + l.Sub.Key
}

// reportLicences reports several licences for the same on one Data Center
// site: one is needed for each environment, not for each node.
func reportLicences(p *audit.Pass, lines []*costing.Line, taken map[string]bool) {
	subject := licenceSubject(lines[0])
	p.Examine(subject)
	if len(lines) == 1 {
		return
	}
	amount := allButDearest(p, lines)
	if amount.Known() && amount.Sign() == 0 {
		return // the others cost nothing
	}
	f := audit.Finding{
		Subject: distinct(taken, subject), By: dueBefore(p, lines...), Bundle: lines[0].Bundle.ID(),
		Title:      fmt.Sprintf("%s has %s on %s, where one for the environment is enough", lines[0].Name(), money.Plural(len(lines), "licence"), lines[0].Sub.Site),
		Confidence: audit.Possible, Why: "another environment may stand behind the second entitlement",
		Figures: []audit.Figure{{Name: "licences", Label: "Licences", Value: len(lines)},
			{Name: "current", Label: "Paid for them today, over twelve months", Value: yearToday(p, lines)}},
		Amount: amount, Action: "Find out which environment each entitlement is for, and let the one lapse that stands for a node only.",
		NotCounted: "whether another environment needs it is not in the inputs",
	}
	f.Detail = "Data Center is licensed by environment, and several nodes are one environment."
	if amount.Known() {
		f.Detail += fmt.Sprintf(" If the dearest stays, the coming term costs %s %s less.", amount.Grouped(), amount.Currency())
		f.Severity = p.Rate(amount, f.By)
	} else {
		f.Detail += " What one of them costs is not known, so there is no amount."
	}
	for _, l := range lines {
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	p.Report(f)
}

// allButDearest returns what lines cost in the coming term without the dearest
// of them; unknown when one of them is.
func allButDearest(p *audit.Pass, lines []*costing.Line) money.Amount {
	sum, most := money.Zero(p.Costs.Currency), money.Zero(p.Costs.Currency)
	for _, l := range lines {
		cost := p.Plan.Without(l)
		sum = sum.Add(cost)
		if most.Less(cost) {
			most = cost
		}
	}
	return sum.Sub(most)
}
