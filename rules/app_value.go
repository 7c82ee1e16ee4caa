package rules

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

//go:embed app-value.md
var appValuePage string

var appValue = &audit.Rule{
	ID:          "app-value",
	Title:       "paid users against active users of an app, and the price of an active one",
	Page:        appValuePage,
	Remediation: "Ask those who use the app what it is worth to them, and drop it at the renewal where that is less than its price.",
	Category:    audit.CategoryApps,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedAppUsage},
	Options: []audit.Option{
		{Name: "min_active_share", Type: audit.Percentage, Default: "25%", Min: 0, Max: 100,
			Doc: "Share of the paid users below which an app counts as little used."},
		{Name: "max_usage_age_days", Type: audit.WholeNumber, Default: "90", Min: 1, Max: 3650, Doc: "How many days old a usage row may be before it counts as old."},
		{Name: "min_period_days", Type: audit.WholeNumber, Default: "28", Min: 1, Max: 366,
			Doc: "How many days of use a usage row must cover to tell those who use the app from those who do not."},
	},
	Run: runAppValue,
}

func runAppValue(_ context.Context, p *audit.Pass) error {
	apps, open := appsInUse(p), gaps{}
	for _, a := range apps {
		for _, l := range a.lines {
			valueOf(p, a, l, &open)
		}
	}
	open.report(p, apps, "how many people use them", "Read the use of each app from its own reports or the site's analytics, into app_usage.")
	return nil
}

// valueOf looks at one subscription of an app. It counts as looked at unless
// nothing can be said about it.
func valueOf(p *audit.Pass, a app, l *costing.Line, open *gaps) {
	name := estate.On(l.Name(), l.Sub.Site)
	u := useOf(p, l)
	if u == nil {
		open.add("no row in app_usage", a.key, name, diag.Source{}, l)
		return
	}
	if u.known && u.Active > u.paid {
		open.add("more active users than paid ones", a.key, name, u.Source, l)
		return
	}
	free := l.Current.Known() && l.Current.Sign() == 0 && (!l.AsIs.Known() || l.AsIs.Sign() == 0)
	returned := giveBack(p, l, u)
	switch {
	case free:
		p.Examine(l.ID())
	case u.Active == 0, u.paid > 0 && u.Active*100 < p.Number("min_active_share")*u.paid, returned.Sign() > 0:
		p.Examine(l.ID())
		p.Report(valueFinding(p, l, u, returned))
	case !u.known:
		open.add("paid users not known", a.key, name, u.Source, l)
	case u.old:
		open.add("the row in app_usage is old", a.key, name, u.Source, l)
	default:
		p.Examine(l.ID())
	}
}

// use is how many people use an app, of how many it is paid for.
type use struct {
	*estate.AppUsage
	paid  int      // users it is charged for; 0 when not known
	known bool     // whether paid is
	of    string   // what the paid users are
	weak  []string // why the row says less than it seems to
	old   bool
}

// useOf returns the use of a subscription, nil without a row.
func useOf(p *audit.Pass, l *costing.Line) *use {
	row := p.Estate.FindUsage(l.Sub.Key, l.Sub.Site)
	if row == nil {
		return nil
	}
	u := &use{AppUsage: row}
	u.paid, u.known, u.of = paidUsers(l)
	limit, period := p.Number("max_usage_age_days"), p.Number("min_period_days")
	switch age := p.AsOf.Sub(row.AsOf); {
	case row.AsOf.IsZero():
		u.weak = append(u.weak, "the row in app_usage is not dated")
	case age > limit:
		u.old = true
		u.weak = append(u.weak, fmt.Sprintf("the row in app_usage is %s old, more than %s", money.Plural(age, "day"), money.Count(limit)))
	}
	switch {
	case row.PeriodDays == 0:
		u.weak = append(u.weak, "the row does not say how many days it covers")
	case row.PeriodDays < period:
		u.weak = append(u.weak, fmt.Sprintf("it covers %s, less than %s: whoever uses the app now and then does not show",
			money.Plural(row.PeriodDays, "day"), money.Count(period)))
	}
	if l.Sub.Basis == estate.OwnUsers && !row.HasAssigned {
		u.weak = append(u.weak, "assigned users are not known, licensed_users stand for them")
	}
	return u
}

// paidUsers returns the users an app is charged for today, and what they are.
// A fixed price counts nobody: there it is the licence, else the users of the
// largest product of its host's family.
func paidUsers(l *costing.Line) (n int, known bool, what string) {
	switch {
	case l.Sub.Basis == estate.Fixed && l.Sub.HasLicensed:
		return l.Sub.Licensed, true, "licensed users"
	case l.Sub.Basis == estate.Fixed:
		for _, p := range l.Bundle.Products {
			if p.Known() {
				n, known = max(n, p.Users), true
			}
		}
		return n, known, "users of the host"
	case l.Sub.Basis == estate.OwnUsers && l.StandIn:
		return l.Users, l.UsersKnown, "licensed users"
	case l.Sub.Basis == estate.OwnUsers:
		return l.Users, l.UsersKnown, "assigned users"
	}
	return l.Users, l.UsersKnown, "paid users"
}

// giveBack returns what an app charged for its own users costs less in the
// coming term when only the active ones keep a seat; unknown for every other
// app, whose users are those of the host.
func giveBack(p *audit.Pass, l *costing.Line, u *use) money.Amount {
	recommended := p.Plan.Recommended(l)
	if l.Sub.Basis != estate.OwnUsers || !recommended.Known() || u.Active >= l.Users {
		return money.Amount{}
	}
	choice := p.Plan.Choice(l)
	least := l.CostFor(u.Active, choice)
	choice.Locked, choice.RightSize = false, true
	if c := l.CostFor(u.Active, choice); c.Less(least) || !least.Known() {
		least = c
	}
	return recommended.Sub(least)
}

func valueFinding(p *audit.Pass, l *costing.Line, u *use, returned money.Amount) audit.Finding {
	f := audit.Finding{
		Subject: l.ID(), Bundle: l.Bundle.ID(), By: dueBefore(p, l),
		Confidence: audit.Probable, Why: "rests on app_usage; who is active is the source's own notion",
		Evidence:   []audit.Evidence{{Source: u.Source, What: "use of the app"}, lineRow(l)},
		Amount:     p.Plan.Without(l),
		Action:     "Ask those who use it what it is worth, and do not renew it where that is less than its price.",
		NotCounted: "the plan cancels no app; it is what the coming term costs less if this one is cancelled",
	}
	if len(u.weak) > 0 {
		f.Confidence, f.Why = audit.Possible, sentence(u.weak)
	}
	name := estate.On(l.Name(), l.Sub.Site)
	f.Title = fmt.Sprintf("%s: %s of %s %s are active, %s", name, money.Count(u.Active), money.Count(u.paid), u.of, activePercent(u))
	switch {
	case u.Active == 0 && u.paid > 0:
		f.Title = fmt.Sprintf("Nobody uses %s: 0 active of %s %s", name, money.Count(u.paid), u.of)
	case u.Active == 0:
		f.Title = fmt.Sprintf("Nobody uses %s", name)
	}
	seatsOnly := returned.Known() && u.Active > 0
	if seatsOnly {
		f.Amount = returned
		f.Action = fmt.Sprintf("Ask the %s who are not active, and unassign them before the renewal.", money.Plural(u.paid-u.Active, "user"))
		if !u.HasAssigned {
			f.Action = "Find out who is assigned, and renew for those who use it."
		}
		f.NotCounted = "the plan removes no assigned users of apps"
	}
	f.Figures = valueFigures(p, l, u, returned)
	f.Detail = valueDetail(p, l, u, seatsOnly, f.Amount)
	if f.Amount.Known() {
		f.Severity = p.Rate(f.Amount, f.By)
		f.Lines = []audit.LineAmount{{Line: l.ID(), Name: l.Name(), Amount: f.Amount}}
		if !seatsOnly {
			f.Lines[0].Of = audit.OfWithout
		}
	}
	return f
}

// activePercent returns the active users over the paid ones; 0 when nobody is paid for.
func activePercent(u *use) audit.Percent {
	if u.paid == 0 {
		return 0
	}
	return audit.PercentOf(money.Ratio(int64(u.Active), int64(u.paid)))
}

func valueFigures(p *audit.Pass, l *costing.Line, u *use, returned money.Amount) []audit.Figure {
	out := []audit.Figure{{Name: "active_users", Label: "Active users", Value: u.Active}}
	if u.paid > 0 {
		out = append(out, audit.Figure{Name: "paid_users", Label: "Users it is paid for", Value: u.paid},
			audit.Figure{Name: "active_share", Label: "Active share", Value: activePercent(u)})
	}
	if u.HasAssigned {
		out = append(out, audit.Figure{Name: "assigned_users", Label: "Assigned users", Value: u.Assigned})
	}
	if u.PeriodDays > 0 {
		out = append(out, audit.Figure{Name: "period_days", Label: "Days the use covers", Value: u.PeriodDays})
	}
	if !u.AsOf.IsZero() {
		out = append(out, audit.Figure{Name: "usage_as_of", Label: "Use as of", Value: u.AsOf})
	}
	out = append(out, audit.Figure{Name: "current", Label: "Paid for it today, over twelve months", Value: l.Current})
	if u.paid > 0 {
		out = append(out, audit.Figure{Name: "per_paid_user", Label: "Price of a paid user and year", Value: each(l.Current, u.paid)})
	}
	if u.Active > 0 {
		out = append(out, audit.Figure{Name: "per_active_user", Label: "Price of an active user and year", Value: each(l.Current, u.Active)})
	}
	if l.Sub.Basis == estate.OwnUsers {
		out = append(out, audit.Figure{Name: "if_unassigned", Label: "Coming term, less if only active users are assigned", Value: returned})
	}
	return append(out, audit.Figure{Name: "if_cancelled", Label: "Coming term, less if it is cancelled", Value: p.Plan.Without(l)})
}

// each returns an amount for each of n, rounded: a price to compare, never one
// to multiply.
func each(a money.Amount, n int) money.Amount {
	if !a.Known() {
		return a
	}
	return a.Exact().Div(money.Int(int64(n))).Round(a.Currency(), money.HalfUp)
}

// valueDetail says what could be saved and by what.
func valueDetail(p *audit.Pass, l *costing.Line, u *use, seatsOnly bool, worth money.Amount) string {
	var out []string
	if u.Active > 0 && l.Current.Known() {
		out = append(out, fmt.Sprintf("An active user costs %s %s a year.", each(l.Current, u.Active).Grouped(), l.Current.Currency()))
	}
	switch {
	case !worth.Known():
		out = append(out, "What dropping it saves is not known: "+noCost(p, l)+".")
	case seatsOnly && worth.Sign() > 0:
		out = append(out, fmt.Sprintf("It is charged for its own users: with only the active ones assigned, the coming term costs %s %s less.",
			worth.Grouped(), worth.Currency()))
	case seatsOnly:
		out = append(out, "It is charged for its own users, but with only the active ones assigned the coming term costs the same.")
	default:
		out = append(out, fmt.Sprintf("Without it the coming term costs %s %s less.", worth.Grouped(), worth.Currency()))
	}
	switch {
	case l.Sub.Basis == estate.OwnUsers && !seatsOnly && u.Active > 0:
		out = append(out, "What it costs with only the active users assigned is not known.")
	case l.Sub.Basis == estate.Fixed:
		out = append(out, "Its price is fixed: fewer users save nothing.")
	case l.Sub.Basis == estate.Linked:
		out = append(out, fmt.Sprintf("It is charged for every user of %s, so only dropping it wholly saves something.", estate.ProductName(l.Sub.Host)))
		if l.Sub.Hosting == pricing.Cloud && u.Active > 0 {
			out = append(out, "Where few cannot do without it, a separate smaller site for them is the other way; "+
				"charging for the app's own users is the vendor's choice, not the customer's.")
		}
	}
	return strings.Join(out, " ")
}
