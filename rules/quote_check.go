package rules

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

//go:embed quote-check.md
var quoteCheckPage string

var quoteCheck = &audit.Rule{
	ID:          "quote-check",
	Title:       "quotes against the price list, the users, the old price and the plan",
	Page:        quoteCheckPage,
	Remediation: "Have the vendor correct a quote that is wrong before anybody accepts it, and decide on the plan before accepting a right one.",
	Category:    audit.CategoryPrices,
	Kind:        audit.Risk,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedQuotes},
	Run:         runQuoteCheck,
}

func runQuoteCheck(_ context.Context, p *audit.Pass) error {
	for _, o := range p.Costs.Offers {
		subject := billSubject(o.Line, o.Site, o.Key, o.Number, o.Date.String())
		p.Examine(subject)
		q := quoteAnswer{pass: p, offer: o, against: o.Against()}
		if f := q.finding(); f != nil {
			f.Subject, f.Evidence = subject, billRows(o.Line, o.Source, "quote "+o.Number)
			p.Report(*f)
		}
	}
	return nil
}

// quoteAnswer is what there is to say of a quote.
type quoteAnswer struct {
	pass    *audit.Pass
	offer   *costing.Offer
	against costing.Against
}

// of names the quote and what it is for.
func (q *quoteAnswer) of() string {
	name := q.offer.Key
	if q.offer.Line != nil {
		name = q.offer.Line.Name()
	}
	return fmt.Sprintf("Quote %s for %s", q.offer.Number, estate.On(name, q.offer.Site))
}

// finding returns what is to be said; nil where the quote is in force, is what the
// list says, and is what the plan renews by.
func (q *quoteAnswer) finding() *audit.Finding {
	o := q.offer
	f := &audit.Finding{
		Confidence: audit.Certain, Why: "the quote and the price list of the renewal",
		Figures: []audit.Figure{
			{Name: "quoted", Label: "Quoted, one bill", Value: o.Amount}, {Name: "users", Label: "Users it is for", Value: o.Users},
			{Name: "valid_until", Label: "Can be accepted until", Value: o.Until},
		},
	}
	if q.against.Known {
		f.Figures = append(f.Figures, audit.Figure{Name: "list", Label: "At the price of the renewal", Value: q.against.List},
			audit.Figure{Name: "above_list", Label: "Above that price", Value: q.above()})
		for i, piece := range pieceNames {
			if q.against.Pieces[i].Sign() != 0 {
				f.Figures = append(f.Figures, audit.Figure{Name: piece.name, Label: piece.label, Value: q.against.Pieces[i]})
			}
		}
	}
	if !o.InForce() {
		q.notInForce(f)
		return f
	}
	f.By = date.Max(q.pass.AsOf, date.Min(o.Until, o.Line.Term.Start))
	switch {
	case !o.Line.UsersKnown:
		q.unknownUsers(f)
	case !o.Fits(o.Needed()):
		q.tooSmall(f)
	case q.pass.Plan.Leaving(o.Line) != nil:
		q.leave(f)
	case q.against.Known && q.above().Sign() > 0:
		q.tooDear(f)
	case q.oldPrice().Sign() > 0:
		q.missed(f)
	case q.against.Known && q.above().Sign() == 0 && len(q.takes()) == 0:
		return nil
	default:
		q.right(f)
	}
	if held := o.Line.Bundle.Held(); len(held) > 0 && !f.Counted {
		f.Hold(held[0])
	}
	f.Detail = strings.Join(append([]string{q.price()}, append(q.takes(), f.Detail)...), " ")
	f.Detail = strings.TrimSpace(f.Detail)
	return f
}

// above returns what the quote asks beyond the price of the renewal.
func (q *quoteAnswer) above() money.Amount { return q.against.Offer.Sub(q.against.List) }

// notInForce says why a quote is not reckoned with, and what to do about that.
func (q *quoteAnswer) notInForce(f *audit.Finding) {
	why := q.offer.Standing
	f.Title = fmt.Sprintf("%s is not in force: %s", q.of(), why.Text)
	f.NotCounted = "the quote is in no total"
	f.Severity = audit.Info
	switch {
	case why.Kind == diag.Repeated:
		f.Action = "Nothing to do; the newer quote is reckoned with."
		return
	case q.offer.Line == nil:
		f.Action = "Correct its site and key, or the subscriptions."
		return
	case why.Kind == diag.TooLate && !q.pass.AsOf.After(q.offer.Until):
		f.Action = fmt.Sprintf("Ask for one that holds on %s, or accept it in time for the term from that day.", q.offer.Line.Term.Start.Long())
	case why.Kind == diag.Currency:
		f.Action = "Add a rate for its currency."
	default:
		f.Action = "Ask for a new one, if the renewal is still to be quoted."
	}
	f.Detail = q.price()
}

// unknownUsers says that nobody knows whether the quote is for enough users.
func (q *quoteAnswer) unknownUsers(f *audit.Finding) {
	f.Title = fmt.Sprintf("%s is for %s, and nobody knows how many are needed", q.of(), money.Plural(q.offer.Users, "user"))
	f.Severity, f.NotCounted = audit.Info, "the users of the renewal are not known"
	f.Action = "Find out the number of users before the quote is accepted."
}

// tooSmall says that a quote is for fewer users than the renewal needs.
func (q *quoteAnswer) tooSmall(f *audit.Finding) {
	o := q.offer
	need := o.Needed()
	f.Title = fmt.Sprintf("%s is for %s, and the renewal needs %s", q.of(), money.Plural(o.Users, "user"), money.Count(need))
	f.Detail = "It does not cover them, so that the list price holds as is."
	f.Action = fmt.Sprintf("Ask for a quote for %s.", money.Plural(need, "user"))
	f.NotCounted = "the list price holds as is"
	f.Figures = append(f.Figures, audit.Figure{Name: "needed", Label: "Users the renewal needs", Value: need})
	f.Severity = audit.Medium
	if a := q.pass.Plan.Joining(o.Line); a != nil {
		f.Detail += " After the removals of the plan it does, and the plan renews by it."
		f.Action = fmt.Sprintf("First do action %d (%s), or ask for a quote for %s.", a.Number, a.Title, money.Plural(need, "user"))
		f.NotCounted, f.Amount = "", o.Line.AsIs.Sub(q.pass.Plan.Recommended(o.Line))
		f.Severity = q.pass.Rate(f.Amount, f.By)
		f.CountIn(a)
	}
}

// leave says that the plan has a cheaper way than the quote.
func (q *quoteAnswer) leave(f *audit.Finding) {
	o, a := q.offer, q.pass.Plan.Leaving(q.offer.Line)
	rest := q.pass.Plan.Recommended(o.Line)
	f.Amount = o.Line.AsIs.Sub(rest)
	less := fmt.Sprintf("%s %s", f.Amount.Grouped(), f.Amount.Currency())
	_, bills := q.pass.Plan.Renewal(o.Line)
	first := bills[0]
	f.Detail = fmt.Sprintf("The plan renews for %s at the list price instead, for %s %s.", money.Plural(first.Quantity, "user"), rest.Grouped(), rest.Currency())
	switch {
	case first.Cycle != o.Cycle:
		f.Title = fmt.Sprintf("%s is for %s billing; the plan's %s billing costs %s less", q.of(), o.Cycle, first.Cycle, less)
	case first.Quantity >= q.against.Tier.From:
		f.Title = fmt.Sprintf("%s asks %s more than the list price of the same tier", q.of(), less)
	default:
		f.Title = fmt.Sprintf("%s is for %s; the plan needs %s and costs %s less", q.of(), money.Plural(o.Users, "user"), money.Count(first.Quantity), less)
	}
	f.Action = fmt.Sprintf("Do not accept it before action %d is decided (%s).", a.Number, a.Title)
	f.Severity = q.pass.Rate(f.Amount, f.By)
	f.CountIn(a)
	if q.against.Known && q.above().Sign() > 0 {
		f.Action += " " + q.correct()
	}
}

// tooDear says that a quote asks more than the list, and the plan takes it all the
// same.
func (q *quoteAnswer) tooDear(f *audit.Finding) {
	f.Amount = q.above()
	f.Title = fmt.Sprintf("%s asks %s %s more than the price of the renewal", q.of(), f.Amount.Grouped(), f.Amount.Currency())
	f.Action, f.NotCounted = q.correct(), "the quote is what as is costs"
	f.Severity = q.pass.Rate(f.Amount, f.By)
}

// missed says that the price before a change could still be had, and is less.
func (q *quoteAnswer) missed(f *audit.Finding) {
	l, window := q.offer.Line, q.offer.Line.WithoutOffer().Quote
	f.Amount, f.By = q.oldPrice(), window.By
	f.Title = fmt.Sprintf("%s asks %s %s more than the price before %s, which can still be had",
		q.of(), f.Amount.Grouped(), f.Amount.Currency(), window.Change.Short())
	f.Detail = fmt.Sprintf("A quote made by %s keeps the old price, %s.", window.By.Short(), l.BillAt(window.Old, q.offer.Users).Grouped())
	f.Action = fmt.Sprintf("Ask for a quote at the old price by %s.", window.By.Long())
	f.NotCounted = "no other quote is reckoned with beside one in force"
	f.Severity = q.pass.Rate(f.Amount, f.By)
}

// right says what is good about a quote.
func (q *quoteAnswer) right(f *audit.Finding) {
	f.Severity, f.NotCounted = audit.Info, "the quote is what as is costs"
	f.Title = fmt.Sprintf("%s is in force: the renewal costs %s %s", q.of(), q.offer.Amount.Grouped(), q.offer.Amount.Currency())
	f.Action = fmt.Sprintf("Accept it by %s, unless the plan changes.", f.By.Long())
}
