package rules

import (
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// The second half of data-center-end-of-life: what the products and apps that
// end with Data Center would cost on Cloud, with the users in use only.

// reportMigrations reports the estimate of every bundle, and where there are
// several their sum.
func reportMigrations(p *audit.Pass) {
	cloud := costing.Cloud{Estate: p.Estate, Book: p.Book, Policy: p.Policy, AsOf: p.AsOf, Currency: p.Costs.Currency}
	var all []*costing.Migration
	for _, b := range p.Costs.Bundles {
		if b.Hosting == pricing.DataCenter && costing.EndsWithDataCenter(b.Lines[0].Sub) {
			subject := b.Subject(b.Site, b.Family)
			p.Examine(subject)
			m := cloud.Migrate(b)
			all = append(all, m)
			p.Report(migrationFinding(subject, m))
		}
	}
	if len(all) > 1 {
		p.Examine("organisation")
		p.Report(migrationTotal(p, all))
	}
}

func migrationFinding(subject string, m *costing.Migration) audit.Finding {
	f := migrationBase(subject + "/migration")
	b := m.Bundle
	f.Bundle = b.ID()
	var last date.Date
	for i := range m.Lines {
		x := &m.Lines[i]
		last = date.Max(last, lastRenewal(x.Line))
		f.Lines = append(f.Lines, audit.LineAmount{Line: x.Line.ID(), Name: x.Line.Name(), Amount: x.WithActive.Cheaper(), Note: migrationNote(x)})
		f.Evidence = append(f.Evidence, lineRow(x.Line))
	}
	f.Evidence = append(f.Evidence, countRows(b)...)
	unpriced := len(m.Lines) - m.Priced
	f.Amount = m.Inactive
	f.Title = migrationTitle(b.Title(), m)
	f.Detail = migrationDetail(m, unpriced)
	f.Figures = append(usersFigures(b), costFigures(m.Today, m.Active.Cheaper(), m.All.Cheaper(), m.Inactive)...)
	f.Figures = append(f.Figures,
		audit.Figure{Name: "active_monthly", Label: "Users in use, billed monthly", Value: m.Active.Monthly},
		audit.Figure{Name: "active_annual", Label: "Users in use, billed annually", Value: m.Active.Annual},
		audit.Figure{Name: "all_monthly", Label: "All users, billed monthly", Value: m.All.Monthly},
		audit.Figure{Name: "all_annual", Label: "All users, billed annually", Value: m.All.Annual},
		audit.Figure{Name: "priced", Label: "Subscriptions with a Cloud price", Value: m.Priced},
		audit.Figure{Name: "unpriced", Label: "Subscriptions without", Value: unpriced},
		audit.Figure{Name: "end_of_life", Label: "Data Center ends", Value: costing.EndOfLife})
	if !last.IsZero() {
		f.Figures = append(f.Figures, audit.Figure{Name: "last_renewal", Label: "Last renewal before the end", Value: last})
		f.By = last
	}
	f.Confidence, f.Why = confidenceOf(m)
	return f
}

func migrationBase(subject string) audit.Finding {
	return audit.Finding{
		Subject: subject, Severity: audit.Low, // an estimate of a choice that is not made yet
		Action:     "Remove the users not in use before migrating, and get a quote for what has no Cloud price here.",
		NotCounted: "an estimate of another hosting; the plan renews Data Center",
	}
}

func costFigures(today, active, all, inactive money.Amount) []audit.Figure {
	return []audit.Figure{
		{Name: "data_center", Label: "The same subscriptions on Data Center, twelve months as of today", Value: today},
		{Name: "cloud_active", Label: "On Cloud with the users in use", Value: active}, {Name: "cloud_all", Label: "On Cloud with all users", Value: all},
		{Name: "inactive", Label: "What the users not in use would cost there", Value: inactive},
	}
}

func migrationTitle(name string, m *costing.Migration) string {
	switch {
	case m.Priced == 0:
		return fmt.Sprintf("What %s would cost on Cloud is not known: no subscription has a Cloud price", name)
	case !m.Inactive.Known():
		return fmt.Sprintf("%s on Cloud would cost %s %s a year with all users; how many are in use is not known",
			name, m.All.Cheaper().Grouped(), m.All.Cheaper().Currency())
	}
	if m.Inactive.Sign() == 0 {
		return fmt.Sprintf("%s on Cloud would cost %s %s a year; leaving out users not in use makes no difference",
			name, m.All.Cheaper().Grouped(), m.All.Cheaper().Currency())
	}
	return fmt.Sprintf("%s on Cloud would cost %s %s a year right-sized; carrying the users not in use along costs %s more",
		name, m.Active.Cheaper().Grouped(), m.Active.Cheaper().Currency(), m.Inactive.Grouped())
}

func migrationDetail(m *costing.Migration, unpriced int) string {
	if m.Priced == 0 {
		return "The note on each subscription says what is missing. Add Cloud prices under the same plan name to estimate it."
	}
	text := fmt.Sprintf("Twelve months at the Cloud list prices in force today%s.", summedOver(m.Priced))
	if m.Inactive.Known() {
		text += fmt.Sprintf(" Users in use: cheapest billed %s. All users: cheapest billed %s.", adverbOf(m.Active.Cycle), adverbOf(m.All.Cycle))
	}
	if unpriced > 0 {
		text += fmt.Sprintf(" In no sum: %s without a Cloud price.", money.Plural(unpriced, "subscription"))
	}
	if m.Bounds {
		text += " The users in use are at most this many, read off a list of accounts: " +
			"of the users counted no more can be in use than accounts are. What those not in use cost is therefore at least this much."
	}
	return text
}

func adverbOf(c pricing.Cycle) string {
	if c == pricing.Annual {
		return "annually"
	}
	return "monthly"
}

// migrationNote says what a line is charged for on Cloud, or why that is not
// known. Its amount is that of the cycle that is cheapest for the bundle.
func migrationNote(x *costing.MigrationLine) string {
	switch {
	case x.Reason.Given():
		return x.Reason.Text
	case !x.ActiveKnown:
		return fmt.Sprintf("users in use not known; %s with all %s", x.WithAll.Cheaper().Grouped(), money.Plural(x.All, "user"))
	}
	return fmt.Sprintf("%s in use; %s with all %s", money.Plural(x.Active, "user"), x.WithAll.Cheaper().Grouped(), money.Count(x.All))
}

// usersFigures states the users of each product, all and in use.
func usersFigures(b *costing.Bundle) []audit.Figure {
	var out []audit.Figure
	for _, product := range b.Products {
		name := estate.ProductName(product.Key)
		if !product.Known() {
			continue
		}
		out = append(out, audit.Figure{Name: "users_" + product.Key, Label: name + " users", Value: product.Users})
		if n, bound, known := costing.InUse(product); known {
			label := name + " users in use"
			if bound {
				label += ", at most"
			}
			out = append(out, audit.Figure{Name: "in_use_" + product.Key, Label: label, Value: n})
		}
	}
	return out
}

// lastRenewal returns the last renewal of a line before Data Center ends; no
// date when it has none.
func lastRenewal(l *costing.Line) date.Date {
	d := l.Term.Start
	for k := 12; !d.IsZero() && !l.Term.Start.AddMonths(k).After(costing.EndOfLife); k += 12 {
		d = l.Term.Start.AddMonths(k)
	}
	return d
}

// confidenceOf is how sure an estimate is: list prices, and what is known of
// use.
func confidenceOf(m *costing.Migration) (audit.Confidence, string) {
	why := "list prices without discounts, today's users"
	for _, product := range m.Bundle.Products {
		if product.Origin == seats.FromLicensed {
			why += "; " + estate.ProductName(product.Key) + " is not counted, licensed_users stand in"
		}
	}
	if !m.Inactive.Known() {
		return audit.Possible, why
	}
	return audit.Probable, why
}

// migrationTotal adds up the estimates of all bundles.
func migrationTotal(p *audit.Pass, all []*costing.Migration) audit.Finding {
	f := migrationBase("organisation/migration")
	f.Confidence, f.Why = audit.Probable, "sum of the estimates of each product and its apps"
	zero := money.Zero(p.Costs.Currency)
	today, active, everybody, inactive := zero, zero, zero, zero
	priced, unpriced := 0, 0
	for _, m := range all {
		priced += m.Priced
		unpriced += len(m.Lines) - m.Priced
		if m.Priced > 0 {
			today, active, everybody, inactive = today.Add(m.Today), active.Add(m.Active.Cheaper()), everybody.Add(m.All.Cheaper()), inactive.Add(m.Inactive)
		}
		for i := range m.Lines {
			f.Evidence = append(f.Evidence, lineRow(m.Lines[i].Line))
		}
	}
	f.Amount = inactive
	f.Title = fmt.Sprintf("Everything on Cloud would cost %s %s a year right-sized; carrying the users not in use along costs %s more",
		active.Grouped(), p.Costs.Currency, inactive.Grouped())
	f.Detail = fmt.Sprintf("Sum of %s with a Cloud price.", money.Plural(priced, "subscription"))
	if unpriced > 0 {
		f.Detail += fmt.Sprintf(" Left out: %s without one.", money.Plural(unpriced, "subscription"))
	}
	switch {
	case priced == 0:
		f.Amount = money.Amount{}
		f.Title = "What everything would cost on Cloud is not known: no subscription has a Cloud price"
		today, active, everybody, inactive = money.Amount{}, money.Amount{}, money.Amount{}, money.Amount{}
	case !inactive.Known():
		f.Confidence = audit.Possible
		f.Title = fmt.Sprintf("Everything on Cloud would cost %s %s a year with all users; how many are in use is not known for all of it",
			everybody.Grouped(), p.Costs.Currency)
	}
	f.Figures = append(costFigures(today, active, everybody, inactive),
		audit.Figure{Name: "priced", Label: "Subscriptions with a Cloud price", Value: priced},
		audit.Figure{Name: "unpriced", Label: "Subscriptions without", Value: unpriced},
		audit.Figure{Name: "end_of_life", Label: "Data Center ends", Value: costing.EndOfLife},
		audit.Figure{Name: "last_expansion", Label: "Last day to expand", Value: costing.LastExpansion})
	return f
}
