package rules

import (
	"context"
	_ "embed"
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

//go:embed price-increase.md
var priceIncreasePage string

var priceIncrease = &audit.Rule{
	ID:          "price-increase",
	Title:       "price changes that meet the coming term, and the days on which a quote escapes them",
	Page:        priceIncreasePage,
	Remediation: "Ask for the quote between the two dates where one is possible, and budget the rise where none is.",
	Category:    audit.CategoryPrices,
	Kind:        audit.Risk,
	Severity:    audit.Medium,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedPriceChanges},
	Run:         runPriceIncrease,
}

func runPriceIncrease(_ context.Context, p *audit.Pass) error {
	for _, l := range p.Bundle.Lines {
		p.Examine(l.ID())
		for _, m := range l.Moves() {
			if !l.Reason.Given() && m.Old != m.New {
				p.Report(increaseFinding(p, l, m))
			}
		}
	}
	return nil
}

func increaseFinding(p *audit.Pass, l *costing.Line, m costing.Move) audit.Finding {
	q := l.Quote
	quotable := q.Possible && q.Change == m.Effective
	f := audit.Finding{
		Subject:    fmt.Sprintf("%s/%s", l.ID(), m.Effective),
		Title:      increaseTitle(l, m),
		Confidence: audit.Certain, Why: "announced change, today's quantity",
		Figures: []audit.Figure{
			{Name: "old", Label: "One bill before", Value: m.Old}, {Name: "new", Label: "One bill after", Value: m.New},
			{Name: "effective", Label: "Effective", Value: m.Effective}, {Name: "renewal", Label: "Renewal", Value: l.Term.Start},
			{Name: "this_term", Label: "Exposure this term", Value: m.ThisTerm}, {Name: "next_term", Label: "Exposure of a whole term", Value: m.NextTerm},
		},
		Evidence: []audit.Evidence{{Source: m.Source, What: "announcement or price table"}, lineRow(l)},
		Amount:   m.ThisTerm, By: l.Term.Start,
		Lines: []audit.LineAmount{{Line: l.ID(), Name: l.Name(), Amount: m.ThisTerm, Of: audit.OfPriceChange, On: m.Effective}},
	}
	if q.Change == m.Effective {
		f.Figures = append(f.Figures, audit.Figure{Name: "quote_from", Label: "Quote from", Value: q.From},
			audit.Figure{Name: "quote_by", Label: "Quote by", Value: q.By})
	}
	if quotable {
		f.By = q.By
	}
	explainIncrease(p, &f, l, m, quotable)
	if l.Foreign {
		f.NotCounted = noCost(p, l)
	}
	f.Severity = p.Rate(m.ThisTerm, f.By)
	if m.ThisTerm.Sign() <= 0 {
		f.Severity = audit.Low
	}
	return f
}

func increaseTitle(l *costing.Line, m costing.Move) string {
	by := " in price" // from nothing, or to a price that is not known
	if change, ok := m.Change(); ok {
		by = " by " + change.SignedPercent()
	}
	text := fmt.Sprintf("%s changes%s on %s: ", estate.On(l.Name(), l.Sub.Site), by, m.Effective.Short())
	if m.ThisTerm.Known() && m.ThisTerm.Sign() == 0 && m.NextTerm.Known() {
		return text + fmt.Sprintf("nothing in the coming term, %s %s in a whole one", m.NextTerm.Grouped(), m.NextTerm.Currency())
	}
	return text + fmt.Sprintf("%s %s in the coming term", m.ThisTerm.Grouped(), m.ThisTerm.Currency())
}

// explainIncrease says what can be done, and whether the plan does it.
func explainIncrease(p *audit.Pass, f *audit.Finding, l *costing.Line, m costing.Move, quotable bool) {
	choice := p.Plan.Choice(l)
	q := l.Quote
	switch {
	case l.Sub.Cycle == pricing.Monthly:
		f.By = m.Effective.AddDays(-1)
		f.Detail = "Monthly bills from that day on carry the new price; they cannot be quoted ahead."
		f.Action = "Budget the rise, or weigh annual billing before the date."
		f.NotCounted = "part of the as-is amount"
	case m.Effective.After(l.Term.Start):
		f.By = l.Term.End
		f.Detail = fmt.Sprintf("The renewal comes first, at the old price; only upgrades inside the term and the renewal of %s meet the new one.", l.Term.End.Short())
		f.Action = "Budget the rise for the term after the coming one."
		if m.NextTerm.Sign() <= 0 {
			f.Action = "Wait: the lower price comes with the renewal after."
		}
		f.NotCounted = "part of the as-is amount, as far as it meets the coming term"
	case !quotable:
		explainNoWindow(f, l, m)
	case l.Foreign:
		f.Detail = fmt.Sprintf("A quote made from %s to %s would keep the old price. The plan chooses nothing for a subscription that is in no total.",
			q.From.Short(), q.By.Short())
		f.Action = fmt.Sprintf("Compare by hand, and ask for the quote by %s if it is the cheaper way.", q.By.Long())
	case p.Plan.Combination(l) != nil:
		m := p.Plan.Combination(l)
		f.Detail = fmt.Sprintf("A quote made from %s to %s would keep the old price. "+
			"The plan pays for it once on %s instead, which is cheaper than the quote.", q.From.Short(), q.By.Short(), costing.Places(m.Sites()))
		f.Action = fmt.Sprintf("Pay for it once; ask for the quote by %s only where that cannot be had.", q.By.Long())
		f.NotCounted = "the plan pays for it once with other sites instead of quoting it"
	case choice.Locked:
		f.Detail = fmt.Sprintf("A quote made from %s to %s keeps the old price, for the licensed tier only.", q.From.Short(), q.By.Short())
		if !p.Policy.OverrideSameTier {
			f.Detail = fmt.Sprintf("A quote made from %s to %s keeps the old price, in whichever tier is renewed (policy override_same_tier).",
				q.From.Short(), q.By.Short())
		}
		f.Action = fmt.Sprintf("Ask for the quote by %s.", q.By.Long())
		f.CountIn(p.Plan.QuoteOf(l))
		forfeit(p, f, l)
	default:
		explainNoQuote(p, f, l, m, choice)
	}
}

// explainNoWindow says why no quote can keep the price before a change.
func explainNoWindow(f *audit.Finding, l *costing.Line, m costing.Move) {
	q := l.Quote
	f.Detail = "No quote can keep the old price: "
	f.Action = "Budget the rise."
	f.NotCounted = "part of the as-is amount; no quote is possible"
	switch {
	case l.Offer != nil && q.Change == m.Effective:
		f.Detail = fmt.Sprintf("A price is quoted already: %s. No other quote is reckoned with beside it.", q.Reason.Text)
		f.Action = "Budget the rise for the term after the coming one."
		f.NotCounted = "a quote is in force for the renewal"
	case q.Change == m.Effective:
		f.Detail += q.Reason.Text + "."
	case q.Change.After(m.Effective):
		f.Detail += fmt.Sprintf("a quote keeps the price before the latest change, that of %s, and this one comes first.", q.Change.Short())
	default:
		f.Detail += "it is none that a renewal in time would escape."
	}
}

// forfeit says from how many users on down a smaller tier would be enough, what
// it costs, and that taking it gives the old price up.
func forfeit(p *audit.Pass, f *audit.Finding, l *costing.Line) {
	q := l.Quote
	top := q.Tier.From - 1
	if !p.Policy.OverrideSameTier || q.New == nil || top < 1 {
		return // the tier may change, or there is no smaller one
	}
	removed := p.Plan.Decision(p.Bundle).Removed
	users := l.UsersOn(l.Term.Start, removed)
	smaller := l.BillAt(q.New, min(users, top))
	choice := p.Plan.Choice(l)
	bills, _ := l.Bills(costing.Choice{Cycle: l.Sub.Cycle, Removed: removed, Hosts: choice.Hosts, Locked: true, Quantity: choice.Quantity})
	if !smaller.Known() || len(bills) == 0 {
		return
	}
	kept := bills[0].Amount
	f.Figures = append(f.Figures,
		audit.Figure{Name: "smaller_tier", Label: "Users up to which a smaller tier is enough", Value: top},
		audit.Figure{Name: "smaller_tier_new", Label: "The smaller tier, one bill at the new price", Value: smaller})
	text := fmt.Sprintf("With %s or fewer a smaller tier is enough", money.Plural(top, "user"))
	if users <= top {
		text = fmt.Sprintf("For the %s of the renewal a smaller tier is enough", money.Plural(users, "user"))
	}
	text += fmt.Sprintf("; renewing it forfeits the old price and costs %s", smaller.Grouped())
	switch {
	case smaller.Less(kept):
		text += fmt.Sprintf(", %s less than the licensed tier by quote (%s)", kept.Sub(smaller).Grouped(), kept.Grouped())
	case kept.Less(smaller):
		text += fmt.Sprintf(", %s more than the licensed tier by quote (%s)", smaller.Sub(kept).Grouped(), kept.Grouped())
	default:
		text += ", the same as the licensed tier by quote"
	}
	f.Detail += " " + text + "."
}

// explainNoQuote says why the plan does not ask for a quote that could be had.
func explainNoQuote(p *audit.Pass, f *audit.Finding, l *costing.Line, m costing.Move, choice costing.Choice) {
	window := fmt.Sprintf("A quote made from %s to %s would keep the old price", l.Quote.From.Short(), l.Quote.By.Short())
	locked := costing.Choice{Cycle: l.Sub.Cycle, Removed: p.Plan.Decision(p.Bundle).Removed, Hosts: choice.Hosts}
	held := p.Held()
	switch {
	case m.ThisTerm.Sign() <= 0:
		f.Detail = "The price does not rise, so there is nothing to escape."
		f.Action = "Renew after the change."
		f.NotCounted = "part of the as-is amount"
	case p.Policy.NoQuotes:
		f.Detail = window + "; policy no_quotes rules it out."
		f.Action = "Budget the rise, or lift the policy."
		f.NotCounted = "policy no_quotes"
	case held.Given():
		f.Detail = window + "; whether it pays depends on a number of users that is in doubt."
		f.Action = "Settle the number of users, then decide on the quote."
		f.NotCounted = audit.NotWeighed(held)
	case choice.Cycle != l.Sub.Cycle:
		f.Detail = window + ", but the plan bills the bundle monthly, and monthly bills cannot be quoted ahead."
		f.Action = "Change the billing cycle at the renewal instead."
		f.NotCounted = "the plan finds monthly billing cheaper than the quote"
	case !l.CanLock(locked):
		f.Detail = window + ", but only in the licensed tier, and the users planned for the renewal do not fit it."
		f.Action = "Budget the rise."
		f.NotCounted = "part of the as-is amount; the licensed tier is too small for a quote"
	default:
		f.Detail = window + ", but only in the licensed tier, and a smaller one at the new price is cheaper."
		f.Action = "Renew the smaller tier at the new price."
		f.NotCounted = "the plan finds the right-sized tier at the new price cheaper than the quote"
		forfeit(p, f, l)
	}
}
