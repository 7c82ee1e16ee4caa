package rules

import (
	"fmt"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// What a quote is worth beside the list and the plan, in words.

// price says how the amount stands to the price of the renewal for its users.
func (q *quoteAnswer) price() string {
	x := q.against
	if !x.Known {
		return "No price is known to compare it with." + q.assumed()
	}
	out := fmt.Sprintf("It asks %s for %s", x.Offer.Grouped(), money.Plural(q.offer.Users, "user"))
	if x.Tier.To > 0 {
		out += fmt.Sprintf(" (tier %s to %s)", money.Count(x.Tier.From), money.Count(x.Tier.To))
	}
	switch above := q.above(); above.Sign() {
	case 0:
		out += ", the price of the renewal"
	case 1:
		out += fmt.Sprintf(", %s more than the price of the renewal, %s", above.Grouped(), x.List.Grouped())
	default:
		out += fmt.Sprintf(", %s less than the price of the renewal, %s", above.Neg().Grouped(), x.List.Grouped())
		if x.List.Sign() > 0 {
			out += fmt.Sprintf(" (%s)", above.Exact().Div(x.List.Exact()).SignedPercent())
		}
	}
	return out + "." + q.fault() + q.assumed()
}

// assumed says for how long a quote without a last day is taken to hold.
func (q *quoteAnswer) assumed() string {
	if !q.offer.ValidUntil.IsZero() {
		return ""
	}
	return fmt.Sprintf(" It states no last day, so that %s are assumed.", money.Plural(q.pass.Policy.QuoteValidDays, "day"))
}

// fault names what explains the amount; "" where nothing does.
func (q *quoteAnswer) fault() string {
	x := q.against
	out := ""
	if n := len(x.By.Without); n > 0 {
		out += fmt.Sprintf(" Left out %s %s.", verb(n, "is", "are"), factorWords(x.By.Without))
	}
	if x.Pieces[costing.ByTier].Sign() != 0 {
		out += fmt.Sprintf(" That is the price of %s.", money.Plural(x.By.Users, "user"))
	}
	if x.Pieces[costing.ByVersion].Sign() != 0 {
		right, _ := q.offer.Line.Timeline(q.offer.Cycle).At(q.offer.Line.Term.Start)
		out += " The price " + versionWords(right, x.By.Version)[len("that "):] + "."
	}
	return out
}

// takes says which steps of a plan the quote takes already: the tier of fewer users
// than are licensed, and the price before a change.
func (q *quoteAnswer) takes() []string {
	o := q.offer
	if o.Cycle != pricing.Annual || !o.Line.UsersKnown || !o.Fits(o.Needed()) {
		return nil
	}
	l := o.Line
	var out []string
	if licence, stated := l.Licence(); stated && !licence.Open && !o.Open && o.Covers < licence.Covers {
		out = append(out, fmt.Sprintf("It takes the step to a smaller tier already: %s are licensed.", money.Plural(licence.Stated, "user")))
	}
	window := l.WithoutOffer().Quote
	if v := q.against.By.Version; v != nil && !window.Change.IsZero() && v.From.Before(window.Change) {
		out = append(out, fmt.Sprintf("It keeps the price before %s, so that no other quote is needed for that.", window.Change.Short()))
	}
	return out
}

// oldPrice returns what the quote asks beyond the price before a change that a quote
// of today may keep; 0 or unknown where there is none.
func (q *quoteAnswer) oldPrice() money.Amount {
	l := q.offer.Line
	window := l.WithoutOffer().Quote
	if !window.Possible || window.Old == nil || q.pass.Policy.NoQuotes {
		return money.Amount{}
	}
	if tier, ok := window.Old.Tier(q.offer.Users); !ok || q.pass.Policy.OverrideSameTier && tier != window.Tier {
		return money.Amount{}
	}
	return q.offer.Worth().Sub(l.BillAt(window.Old, q.offer.Users))
}

// correct says what to ask the vendor for where a quote asks too much.
func (q *quoteAnswer) correct() string {
	x := q.against
	switch {
	case len(x.By.Without) > 0:
		return fmt.Sprintf("Ask the vendor to apply the %s: %s less.", factorWords(x.By.Without), q.above().Grouped())
	case x.Pieces[costing.ByTier].Sign() > 0:
		return fmt.Sprintf("Ask the vendor to quote the tier of %s: %s less.", money.Plural(q.offer.Users, "user"), q.above().Grouped())
	}
	return fmt.Sprintf("Ask the vendor why it is %s above the price of the renewal.", q.above().Grouped())
}
