package rules

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

//go:embed renewal-window.md
var renewalWindowPage string

var renewalWindow = &audit.Rule{
	ID:          "renewal-window",
	Title:       "renewals inside or past the days in which to prepare them, and the data they lack",
	Page:        renewalWindowPage,
	Remediation: "Complete the data, decide, and remove seats before the day the renewal names.",
	Category:    audit.CategoryTerms,
	Kind:        audit.Risk,
	Severity:    audit.Info,
	Scope:       audit.PerOrganisation,
	Options: []audit.Option{
		{Name: "auto_renew_days", Type: audit.WholeNumber, Default: "30", Min: 0, Max: 365,
			Doc: "Days left from which a renewal that comes by itself, or does not, is pointed out."},
	},
	Run: runRenewalWindow,
}

func runRenewalWindow(_ context.Context, p *audit.Pass) error {
	groups := map[string]*renewalGroup{}
	var undated, passed, early []*costing.Line
	for _, l := range p.Costs.Lines {
		switch {
		case l.Term.Start.IsZero():
			undated = append(undated, l)
			continue
		case l.Term.Start != l.Sub.Renewal:
			passed = append(passed, l)
		}
		if hostLater(l) != nil {
			early = append(early, l)
		}
		r := newRenewal(p, l)
		if groups[r.subject] == nil {
			groups[r.subject] = r
		}
		groups[r.subject].lines = append(groups[r.subject].lines, l)
	}
	for _, subject := range slices.Sorted(maps.Keys(groups)) {
		r := groups[subject]
		p.Examine(subject)
		if r.state != windowEarly {
			p.Report(r.finding(p))
		}
	}
	reportBySite(p, undated, "no-renewal-date", undatedFinding)
	reportBySite(p, passed, "passed", passedFinding)
	reportBySite(p, early, "before-its-host", earlyFinding)
	return nil
}

// windowState says where as-of lies against the days in which to prepare an
// annual renewal.
type windowState uint8

const (
	windowEarly  windowState = iota // more days left than the window is long: nothing to do yet
	windowInside                    // the first and the last day of the window included
	windowPast                      // fewer days left than the window leaves
	windowFar                       // more than twelve months ahead (METHOD 3.2)
	windowNone                      // billed monthly: no window, the next bill counts
)

// renewalGroup is the lines of one site that renew, or are next billed, on one day.
type renewalGroup struct {
	subject string
	site    string
	day     date.Date
	left    int // days from as-of
	state   windowState
	lines   []*costing.Line
}

func newRenewal(p *audit.Pass, l *costing.Line) *renewalGroup {
	r := &renewalGroup{site: l.Sub.Site, day: l.Term.Start, left: l.Term.Start.Sub(p.AsOf)}
	word := "renewal"
	switch {
	case l.Sub.Cycle == pricing.Monthly:
		r.state, word = windowNone, "bill"
	case l.FarAhead():
		r.state = windowFar
	case r.left > p.Policy.AuditWindow[0]:
		r.state = windowEarly
	case r.left >= p.Policy.AuditWindow[1]:
		r.state = windowInside
	default:
		r.state = windowPast
	}
	r.subject = fmt.Sprintf("%s/%s-%s", r.site, word, r.day)
	return r
}

// renewalStake is what hangs on a renewal.
type renewalStake struct {
	asIs, planned money.Amount // of the counted lines: as is, and what the plan takes off
	counted       int
	lacks         [][]dataLack // what each line lacks
	incomplete    int          // lines that lack something
	auto, stops   int          // lines that renew by themselves, and lines that do not
	once          int          // lines the plan pays for together with other sites
	quotes        int          // lines whose old price a quote can still keep
	quoteBy       date.Date    // the first of their last days
	lastDay       date.Date    // to remove seats; never before as-of (METHOD 9.7)
}

func (r *renewalGroup) stake(p *audit.Pass) *renewalStake {
	s := &renewalStake{asIs: money.Zero(p.Costs.Currency), planned: money.Zero(p.Costs.Currency), lastDay: date.Max(r.day.AddDays(-1), p.AsOf)}
	for _, l := range r.lines {
		if l.Counted() {
			s.counted++
			s.asIs = s.asIs.Add(l.AsIs)
			s.planned = s.planned.Add(planSaving(p, l))
		}
		if p.Plan.Combination(l) != nil {
			s.once++
		}
		switch l.Sub.AutoRenew {
		case estate.Yes:
			s.auto++
		case estate.No:
			s.stops++
		}
		if q := l.Quote; q.Possible && (s.quotes == 0 || q.By.Before(s.quoteBy)) {
			s.quoteBy = q.By
		}
		if l.Quote.Possible {
			s.quotes++
		}
		lacks := lacking(p, l)
		if r.state == windowFar {
			lacks = nil // there is a year to complete them
		}
		if len(lacks) > 0 {
			s.incomplete++
		}
		s.lacks = append(s.lacks, lacks)
	}
	return s
}

// planSaving returns what the plan takes off a counted line.
func planSaving(p *audit.Pass, l *costing.Line) money.Amount {
	return l.AsIs.Sub(p.Plan.Recommended(l))
}

// dataLack is something a decision on a line would need and does not have.
type dataLack struct {
	what string // for the finding as a whole
	note string // for the line
}

// lacking says which data a decision on the line would need and does not have.
func lacking(p *audit.Pass, l *costing.Line) []dataLack {
	var out []dataLack
	if l.Reason.Given() {
		out = append(out, dataLack{lacksCost, "cost not known: " + l.Reason.Text})
	}
	if l.StandIn {
		out = append(out, dataLack{lacksUsers, "users not counted, licensed_users stand in for them"})
	}
	if l.Sub.Cycle == pricing.Annual && l.Sub.Basis != estate.Fixed && !licenceKnown(l) {
		out = append(out, dataLack{lacksLicence, "no licensed_users, so the tier paid for is not known"})
	}
	if i := l.Bundle.Product(l.Sub.Site, l.Sub.Key); i >= 0 && l.IsHost() {
		switch product := l.Bundle.Products[i]; {
		case product.IsStale():
			out = append(out, dataLack{lacksRecent, "user export out of date: " + product.Doubts[0].Reason.Text})
		case l.Sub.Hosting == pricing.Cloud && product.Known() && !product.HasSeen() && !product.Billed() && !l.StandIn:
			out = append(out, dataLack{lacksExport, "no user export says who has used it, so nobody can be named for removal"})
		}
	}
	return out
}

// What a line may lack, in the order in which a finding names it.
const (
	lacksCost    = "a known cost"
	lacksUsers   = "a count of users"
	lacksLicence = "licensed_users"
	lacksRecent  = "a recent user export"
	lacksExport  = "a user export with last use"
)

// namedLines is how many lines a finding names for each thing they lack.
const namedLines = 3

// missing says what the lines lack, kind by kind: "a known cost (Notes)".
func (r *renewalGroup) missing(s *renewalStake) string {
	var out []string
	for _, kind := range []string{lacksCost, lacksUsers, lacksLicence, lacksRecent, lacksExport} {
		var names []string
		for i, l := range r.lines {
			if slices.ContainsFunc(s.lacks[i], func(x dataLack) bool { return x.what == kind }) {
				names = append(names, l.Name())
			}
		}
		if rest := len(names) - namedLines; rest > 0 {
			names = append(names[:namedLines], fmt.Sprintf("%d more", rest))
		}
		if len(names) > 0 {
			out = append(out, kind+" ("+strings.Join(names, ", ")+")")
		}
	}
	return strings.Join(out, "; ")
}

// licenceKnown reports whether the row, or for a linked app an annual row of
// its hosts, says how many users are paid for.
func licenceKnown(l *costing.Line) bool {
	switch charge := l.Charge(); {
	case l.Sub.HasLicensed:
		return true
	case charge != nil && charge != l:
		return licenceKnown(charge) // one charge, one licence
	}
	return l.Sub.Basis == estate.Linked && !l.IsHost() && slices.ContainsFunc(l.Bundle.Lines, func(h *costing.Line) bool {
		return h.IsHost() && h.Sub.Cycle == pricing.Annual && h.Sub.HasLicensed
	})
}

func (r *renewalGroup) finding(p *audit.Pass) audit.Finding {
	s := r.stake(p)
	f := audit.Finding{
		Subject: r.subject, Title: r.title(p, s), Detail: r.detail(p, s), By: s.lastDay,
		Confidence: audit.Certain, Why: "dates of the subscriptions, less the days of policy audit_window_days",
		Figures:    r.figures(p, s),
		Action:     r.action(s),
		NotCounted: "a date; what can be saved by then is counted by the plan's actions on these subscriptions",
	}
	for i, l := range r.lines {
		amount, notes := money.Amount{}, []string(nil)
		if l.Counted() {
			amount = planSaving(p, l)
		}
		for _, x := range s.lacks[i] {
			notes = append(notes, x.note)
		}
		if m := p.Plan.Combination(l); m != nil {
			notes = append(notes, "paid for once on "+costing.Places(m.Sites())+", and booked on one of them")
		}
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: amount, Note: strings.Join(notes, "; "), Of: audit.OfSaving})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	if r.state == windowFar {
		f.By = date.Date{} // nothing is due
	}
	f.Severity = r.severity(p, s)
	return f
}

// severity follows the money the plan takes off these lines and the days that
// are left; missing data are at least medium, since they hide the money.
func (r *renewalGroup) severity(p *audit.Pass, s *renewalStake) audit.Severity {
	out := audit.Info
	switch {
	case r.state == windowPast:
		out = p.Rate(s.planned, s.lastDay)
		if s.incomplete > 0 || r.pressing(p) && (s.stops > 0 || s.auto > 0 && s.planned.Sign() > 0) {
			out = max(out, p.Hasten(audit.Medium, s.lastDay))
		}
	case r.state == windowInside && s.incomplete > 0:
		out = audit.Medium
	case r.state == windowNone && s.incomplete > 0:
		out = audit.Low
	}
	return out
}

// pressing reports whether so few days are left that it matters what happens
// by itself.
func (r *renewalGroup) pressing(p *audit.Pass) bool {
	return r.state != windowNone && r.left <= p.Number("auto_renew_days")
}

func (r *renewalGroup) title(p *audit.Pass, s *renewalStake) string {
	n := len(r.lines)
	text := fmt.Sprintf("%s on %s, in %s", estate.On(linesThat(n, "renews", "renew"), r.site), r.day.Short(), money.Plural(r.left, "day"))
	if r.left == 0 {
		text = fmt.Sprintf("%s today, %s", estate.On(linesThat(n, "renews", "renew"), r.site), r.day.Short())
	}
	switch r.state {
	case windowInside:
		text += ", inside the audit window"
	case windowPast:
		text += fmt.Sprintf(": the audit window ended on %s", r.day.AddDays(-p.Policy.AuditWindow[1]).Short())
	case windowFar:
		text = fmt.Sprintf("%s on %s, more than a year ahead: nothing can be saved before then", estate.On(linesThat(n, "renews", "renew"), r.site), r.day.Short())
	case windowNone:
		text = fmt.Sprintf("%s, billed monthly, next on %s", estate.On(money.Plural(n, "subscription"), r.site), r.day.Short())
	}
	if s.incomplete > 0 {
		text += fmt.Sprintf("; data are missing for %s", money.Plural(s.incomplete, "subscription"))
	}
	return text
}

func linesThat(n int, one, many string) string {
	if n == 1 {
		return "1 subscription " + one
	}
	return money.Plural(n, "subscription") + " " + many
}

// detail says what can still be done, and by when.
func (r *renewalGroup) detail(p *audit.Pass, s *renewalStake) string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	switch {
	case r.state == windowFar:
		say("Seats removed until then lower no bill of these subscriptions; they count at the renewal.")
	case r.left == 0:
		say("The day before has passed: seats removed now count only from the bill after.")
	case r.state == windowNone:
		say("A seat removed by %s is not on the next bill; one removed later costs until the bill after.", s.lastDay.Short())
	default:
		say("Seats can be removed until %s; after that the tier is bought for a year.", s.lastDay.Short())
	}
	if s.incomplete > 0 {
		say("Missing: %s.", r.missing(s))
	}
	if s.quotes > 0 {
		say("The old price of %s can still be kept by a quote, the first until %s.", money.Plural(s.quotes, "subscription"), s.quoteBy.Short())
	}
	if s.planned.Sign() > 0 {
		say("The plan takes %s %s off these subscriptions.", s.planned.Grouped(), s.planned.Currency())
	}
	if s.once > 0 {
		say("It pays for %s of them once with other sites and books that on one site, so only the sites together say what it saves there.", money.Count(s.once))
	}
	if r.pressing(p) && s.auto > 0 {
		say("%s by itself as it is paid for today unless it is changed before.", linesThat(s.auto, "renews", "renew"))
	}
	if r.pressing(p) && s.stops > 0 {
		say("%s not to renew by itself and ends that day unless it is ordered.", linesThat(s.stops, "is set", "are set"))
	}
	return strings.Join(out, " ")
}

func (r *renewalGroup) action(s *renewalStake) string {
	switch after := "what is changed now counts from the bill after."; {
	case r.state == windowFar:
		return "Wait, and audit again in the window before that day."
	case s.incomplete > 0 && r.left == 0:
		return "Complete the data and audit again; " + after
	case s.incomplete > 0:
		return "Complete the data and audit again, then act by " + s.lastDay.Long() + "."
	case s.planned.Sign() <= 0:
		return "Nothing is known that would lower these bills; compare the quantities with the order and let them renew."
	case r.left == 0:
		return "Compare the order with the plan; " + after
	case s.quotes > 0:
		return fmt.Sprintf("Carry out the plan's actions on these subscriptions: seats by %s, the first quote by %s.", s.lastDay.Long(), s.quoteBy.Long())
	}
	return "Carry out the plan's actions on these subscriptions: seats by " + s.lastDay.Long() + "."
}

func (r *renewalGroup) figures(p *audit.Pass, s *renewalStake) []audit.Figure {
	out := []audit.Figure{{Name: "lines", Label: "Subscriptions", Value: len(r.lines)}, {Name: "days_left", Label: "Days left", Value: r.left}}
	if r.state == windowInside || r.state == windowPast {
		out = append(out,
			audit.Figure{Name: "window_opens", Label: "Window opens", Value: r.day.AddDays(-p.Policy.AuditWindow[0])},
			audit.Figure{Name: "window_ends", Label: "Window ends", Value: r.day.AddDays(-p.Policy.AuditWindow[1])})
	}
	out = append(out,
		audit.Figure{Name: "last_day", Label: "Last day to remove seats", Value: s.lastDay},
		audit.Figure{Name: "as_is", Label: "Renews as is", Value: s.asIs}, audit.Figure{Name: "planned", Label: "Of it the plan takes off", Value: s.planned},
		audit.Figure{Name: "in_no_total", Label: "Subscriptions in no total", Value: len(r.lines) - s.counted},
		audit.Figure{Name: "lack_data", Label: "Subscriptions that lack data", Value: s.incomplete},
		audit.Figure{Name: "auto_renew", Label: "Renew by themselves", Value: s.auto},
		audit.Figure{Name: "no_auto_renew", Label: "Do not renew by themselves", Value: s.stops})
	if s.quotes > 0 {
		out = append(out, audit.Figure{Name: "quotes", Label: "Subscriptions a quote can still help", Value: s.quotes},
			audit.Figure{Name: "quote_by", Label: "First quote by", Value: s.quoteBy})
	}
	return out
}
