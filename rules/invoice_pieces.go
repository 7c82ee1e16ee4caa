package rules

import (
	"fmt"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// The pieces of a difference, in words for whoever pays the bill.

// pieceNames name the pieces as figures, in their order.
var pieceNames = [costing.Unexplained + 1]struct{ name, label string }{
	{"quantity", "Of it, quantity"}, {"tier", "Of it, tier"}, {"price_version", "Of it, price of another day"},
	{"discount_or_factor", "Of it, discount or licence factor"}, {"proration", "Of it, days"}, {"rounding", "Of it, rounding"},
	{"unexplained", "Of it, unexplained"},
}

// invoicePieces says a sentence of each piece that is not 0.
func invoicePieces(c *costing.Checked) []string {
	var out []string
	for i := range c.Pieces {
		if piece := costing.Piece(i); c.Pieces[i].Sign() != 0 {
			out = append(out, pieceSentence(c, piece)+": "+c.Pieces[i].Grouped()+".")
		}
	}
	return out
}

func pieceSentence(c *costing.Checked, piece costing.Piece) string {
	by := c.AsBilled
	switch piece {
	case costing.ByQuantity:
		return quantitySentence(c)
	case costing.ByTier:
		return "Tier: billed as " + tierWords(c, by.Users)
	case costing.ByVersion:
		return "Price: " + versionWords(c.AsComputed.Version, by.Version)
	case costing.ByFactor:
		return "Discount or licence: left out is " + factorWords(by.Without)
	case costing.ByDays:
		return fmt.Sprintf("Days: a whole %s is billed for %d of %d days", cycleNoun(c.Period.Cycle), c.Period.Days, c.Period.Of)
	case costing.ByRounding:
		if by.Up {
			return "Rounding: up to the whole unit, as annual bills of apps are"
		}
		return "Rounding: to the cent, where the policy rounds up"
	}
	return "Unexplained, since no list, tier, discount, period or rounding leads to the amount"
}

// quantitySentence says for how many users too many or too few are billed.
func quantitySentence(c *costing.Checked) string {
	users := c.Users
	if users == 0 {
		users = c.AsBilled.Users
	}
	out := fmt.Sprintf("Quantity: billed for %s, ", money.Plural(users, "user"))
	switch {
	case c.HasCount && c.Counted == c.For:
		return out + fmt.Sprintf("%s counted on %s", money.Count(c.Counted), c.CountedOn.Short())
	case c.HasCount:
		return out + fmt.Sprintf("%s licensed and %s counted on %s", money.Count(c.For), money.Count(c.Counted), c.CountedOn.Short())
	}
	return out + money.Count(c.For) + " licensed"
}

// tierWords names the tier that is billed.
func tierWords(c *costing.Checked, users int) string {
	if v := c.AsComputed.Version; v != nil {
		if t, ok := v.Tier(users); ok && t.To > 0 {
			return fmt.Sprintf("%s to %s users", money.Count(t.From), money.Count(t.To))
		}
	}
	return money.Plural(users, "user")
}

// versionWords says which other price is billed.
func versionWords(right, billed *pricing.Version) string {
	if billed.From.Before(right.From) {
		return "that before " + right.From.Short() + " is billed"
	}
	return "that from " + billed.From.Short() + " is billed"
}

func factorWords(without []pricing.Factor) string {
	var out []string
	for _, f := range without {
		out = append(out, f.Note)
	}
	return sentence(out)
}

func cycleNoun(c pricing.Cycle) string {
	if c == pricing.Annual {
		return "year"
	}
	return "month"
}

// asks says what to ask the vendor for, for each piece that costs too much.
func asks(c *costing.Checked) []string {
	var out []string
	for i := range c.Pieces {
		if c.Pieces[i].Sign() <= 0 {
			continue
		}
		switch costing.Piece(i) {
		case costing.ByQuantity:
			out = append(out, "to bill "+money.Plural(c.For, "user"))
		case costing.ByTier:
			out = append(out, "to bill the tier of "+tierWords(c, c.For))
		case costing.ByVersion:
			out = append(out, "to bill the price of "+c.From.Long())
		case costing.ByFactor:
			out = append(out, "to apply the "+factorWords(c.AsBilled.Without))
		case costing.ByDays:
			out = append(out, fmt.Sprintf("to bill %d of %d days", c.Period.Days, c.Period.Of))
		case costing.Unexplained:
			out = append(out, fmt.Sprintf("what %s is for, since tax and fees are no part of a net amount", c.Pieces[i].Grouped()))
		}
	}
	return out
}
