package text

import (
	"fmt"
	"io"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// Simulation writes what users cost, line by line, with the calculation behind every
// line that changes.
func Simulation(w io.Writer, q plan.Question, s *plan.Simulation) error {
	p := &printer{w: w}
	for _, b := range s.Blocked {
		p.print("%s\n", blockedText(b))
	}
	p.print("%+d %s on %s: %s over the coming term%s\n", q.Add, whoseUsers(q, s), q.Site, changeText(s), without(s))
	p.print("Until the renewals: %s. Together: %s.\n\n", signedOr(s.RunningTerm), signedOr(s.Together()))
	p.simulatedLines(s)
	p.crossings(s)
	if q.Add > 0 {
		p.print("%s\n", removeText(s))
	} else {
		p.print("licences renewed as they are: %s; renewed at the tier of the users: %s\n", signedOr(s.Kept), signedOr(s.RightSized))
	}
	p.changed(s)
	return p.err
}

// simulatedLines writes what each subscription costs before and after.
func (p *printer) simulatedLines(s *plan.Simulation) {
	p.columns(func(p *printer) {
		p.print("before\tafter\tchange\t  subscription\n")
		for _, l := range s.Lines {
			name := estate.On(l.Line.Name(), l.Line.Sub.Site)
			if l.Reason.Given() {
				p.print("%s\t%s\t\t  %s: %s\n", l.Before.Grouped(), l.After.Grouped(), name, l.Reason.Placed())
				continue
			}
			p.print("%s\t%s\t%s\t  %s\n", l.Before.Grouped(), l.After.Grouped(), signed(l.Change()), name)
		}
		p.print("%s\t%s\t%s\t  together\n", s.Before.Grouped(), s.After.Grouped(), signed(s.Change()))
	})
}

// crossings writes which tiers are crossed, and what is due before the renewals.
func (p *printer) crossings(s *plan.Simulation) {
	for _, c := range s.Crossings {
		how := "crosses"
		if c.Planned {
			how = "crosses without these users too,"
		}
		p.print("%s %s from the tier %s to the one %s: %s for one bill\n", c.Line.Name(), how, topText(c.From), topText(c.To), signed(c.Step))
	}
	for _, r := range s.Running {
		p.print("before that, %s goes from %s to %s users within %d days until it renews: %s\n",
			r.Line.Name(), money.Count(r.From), money.Count(r.To), r.Days, signed(r.Amount))
	}
}

// whoseUsers names the users asked about. A new user of a product that a collection
// pays for is one more person of the collection.
func whoseUsers(q plan.Question, s *plan.Simulation) string {
	one := q.Add == 1 || q.Add == -1
	switch collects := s.Product != nil && s.Product.Collects(); {
	case collects && one:
		return "person of " + s.Product.Title()
	case collects:
		return "people of " + s.Product.Title()
	case one:
		return "user of " + estate.ProductName(q.Product)
	}
	return "users of " + estate.ProductName(q.Product)
}

// blockedText says what stands against more users before anything else.
func blockedText(b plan.Blocked) string {
	what := "nobody can be added before the licence is raised"
	if b.Line.Sub.Hosting == pricing.DataCenter {
		what = "it becomes read-only for everybody until the licence is raised"
	}
	said := fmt.Sprintf("%s is licensed for %s and has %s: %s, which costs %s until its renewal", estate.On(b.Line.Name(), b.Line.Sub.Site),
		money.Plural(b.Licensed, "user"), money.Count(b.Users), what, amountOr(b.Upgrade))
	if b.Due.Known() && b.Due.Sign() > 0 {
		said += fmt.Sprintf("; %s of it is due without these users too", b.Due.Grouped())
	}
	return said + "."
}

func amountOr(a money.Amount) string {
	if !a.Known() {
		return "an unknown amount"
	}
	return a.Grouped()
}

func signedOr(a money.Amount) string {
	if !a.Known() {
		return "unknown"
	}
	return signed(a)
}

// changed shows the calculation behind every line that changes.
func (p *printer) changed(s *plan.Simulation) {
	for _, l := range s.Lines {
		if l.Before == l.After || l.Reason.Given() {
			continue
		}
		for _, way := range []struct {
			name   string
			amount money.Amount
			steps  []pricing.Step
		}{{"before", l.Before, l.BeforeSteps}, {"after", l.After, l.AfterSteps}} {
			p.print("\n%s, %s: %s\n", l.Line.Name(), way.name, way.amount.Grouped())
			p.steps(audit.Steps(way.steps))
		}
	}
}

// removeText says how many candidates to remove first.
func removeText(s *plan.Simulation) string {
	switch r := s.RemoveFirst; {
	case s.Held != nil:
		return "whom to remove first is not decided: " + s.Held[0].Text
	case !r.Change.Known():
		return "what they cost is not known, and so is what removing review candidates first would change"
	case s.Incomplete() && r.Removals == 0 && r.Change.Sign() == 0:
		return "they change nothing on the subscriptions in the sums, and nobody knows what on the others"
	case r.Removals == 0 && r.Change.Sign() == 0:
		return "they cost nothing in the coming term, and nobody need be removed first"
	case r.Removals == 0:
		return "removing review candidates first would not make them cheaper"
	case r.Change.Sign() <= 0:
		return fmt.Sprintf("remove %d of the review candidates first, and they cost nothing%s", r.Removals, without(s))
	default:
		return fmt.Sprintf("remove %d of the review candidates first, and they cost %s%s", r.Removals, r.Change.Grouped(), without(s))
	}
}

// changeText is what the users cost, with the currency.
func changeText(s *plan.Simulation) string {
	change := s.Change()
	if !change.Known() {
		return "unknown"
	}
	return signed(change) + " " + string(s.Currency)
}

// without says how many subscriptions are in no sum, "" when all or none are.
func without(s *plan.Simulation) string {
	if !s.Incomplete() || !s.After.Known() {
		return ""
	}
	return ", without " + money.Plural(s.Unknown, "subscription") + " in neither sum"
}

func topText(tier pricing.Range) string {
	if tier.Endless() {
		return "without limit"
	}
	return "up to " + money.Group(fmt.Sprint(tier.To))
}

func signed(a money.Amount) string {
	if a.Sign() > 0 {
		return "+" + a.Grouped()
	}
	return a.Grouped()
}
