package records

import (
	"fmt"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
)

// PastedList is a column as the rows of a price list, without its plan.
type PastedList struct {
	Rows    []pricing.Row
	Reading string // what its prices are, in words
	Gaps    []PastedGap
}

// PastedGap is a range of users that no row is for.
type PastedGap struct {
	From, To int
	Source   diag.Source // of the row behind it
}

// pastedPrice is a tier with its price read.
type pastedPrice struct {
	PastedTier
	price    money.Exact
	decimals int // 3 where a group of three digits is taken for them, else 0
}

// perUser returns the price of one user where the price is for all of the tier.
func (p *pastedPrice) perUser() money.Exact { return p.price.Div(money.Int(int64(p.Top))) }

// List reads the prices of a column. What is wrong continues a sentence that names
// them, and has no message where they can be read. Where no cell says what stands
// before the decimals, the only way to read them all as a list is taken.
func (c *PastedColumn) List(currency money.Currency) (PastedList, diag.Diagnostic) {
	if c.decimal != "" {
		return c.read(currency, c.decimal)
	}
	switch point, comma := c.fits(currency, "."), c.fits(currency, ","); {
	case point && !comma:
		return c.read(currency, ".")
	case comma && !point:
		return c.read(currency, ",")
	}
	return c.read(currency, "")
}

// fits reports whether the prices of a column, with a mark before the decimals,
// can be those of one user or of all users of a tier.
func (c *PastedColumn) fits(currency money.Currency, decimal string) bool {
	prices, wrong := c.prices(currency, decimal)
	return wrong.Message == "" && (notPerUser(prices) == "" || notForTier(prices, currency) == "")
}

// read reads the prices of a column with a mark before the decimals; "" is not
// known.
func (c *PastedColumn) read(currency money.Currency, decimal string) (PastedList, diag.Diagnostic) {
	prices, wrong := c.prices(currency, decimal)
	if wrong.Message != "" {
		return PastedList{}, wrong
	}
	list := PastedList{}
	if list.Gaps, wrong = gaps(prices); wrong.Message != "" {
		return PastedList{}, wrong
	}
	notUnit, notTotal := notPerUser(prices), notForTier(prices, currency)
	switch {
	case notUnit == "" && notTotal == "":
		return PastedList{}, refused(prices[0].Source, " may be for one user as well as for all users of the tier",
			"write them into a table prices, as unit_price or flat_price")
	case notUnit != "" && notTotal != "":
		return PastedList{}, refused(prices[0].Source, " are neither for one user ("+notUnit+") nor for all users of the tier ("+notTotal+")",
			"check the rows named, or write them into a table prices")
	case len(list.Gaps) > 0 && (c.Cycle == pricing.Monthly || notUnit == ""):
		g := list.Gaps[0]
		return PastedList{}, refused(g.Source, fmt.Sprintf(" lack those for %s to %s users", money.Count(g.From), money.Count(g.To)), "add the row that is missing")
	case notUnit == "":
		list.Reading, list.Rows = "the price of one user in each tier", c.perUser(prices, currency)
	default:
		list.Reading, list.Rows = "the price for all users of a tier", c.forTier(prices, currency)
	}
	return list, diag.Diagnostic{}
}

func refused(at diag.Source, problem, fix string) diag.Diagnostic {
	return diag.Diagnostic{Source: at, Message: problem, Fix: fix}
}

// prices reads the cells of a column. One that could be read in two ways is
// decided by the mark before the decimals.
func (c *PastedColumn) prices(currency money.Currency, decimal string) ([]pastedPrice, diag.Diagnostic) {
	var out []pastedPrice
	for _, t := range c.Tiers {
		text, style, decimals := t.Price, cell.RefuseLone, 0
		group := map[string]string{".": ",", ",": "."}[decimal]
		switch {
		case group == "":
		case !strings.Contains(text, decimal):
			text = withoutGroups(text, group)
		case !strings.Contains(text, group) && strings.Count(text, decimal) == 1:
			text, style = strings.Replace(text, decimal, ".", 1), cell.PointDecimal
			_, behind, _ := strings.Cut(text, ".")
			if behind = strings.TrimRight(behind, signs); len(behind) == 3 {
				decimals = 3
			}
		}
		e, err := cell.Money(text, currency, style)
		if err != nil {
			said := err.Error()
			if cell.HoldsAddress(text) {
				said = cell.Quiet(err)
			}
			return nil, refused(t.Source, ": "+said, correctCell)
		}
		out = append(out, pastedPrice{t, e, decimals})
	}
	return out, diag.Diagnostic{}
}

// signs are what may stand beside the digits of a price.
const signs = "$€£¥₹ABCDEFGHIJKLMNOPQRSTUVWXYZ \u00a0\u202f"

// mark returns the separator before the decimals, by the cells in which it
// cannot divide thousands; "" where no cell says.
func (c *PastedColumn) mark() string {
	for _, t := range c.Tiers {
		digits := strings.Trim(t.Price, signs)
		i := strings.LastIndexAny(digits, ".,")
		if i < 0 {
			continue
		}
		mark := digits[i : i+1]
		other := map[string]string{".": ",", ",": "."}[mark]
		if len(digits)-i-1 != 3 || strings.Contains(digits, other) || strings.Trim(digits[:i], "0") == "" {
			return mark
		}
	}
	return ""
}

// withoutGroups takes separators of thousands out of a price.
func withoutGroups(text, separator string) string {
	parts := strings.Split(text, separator)
	for _, p := range parts[1:] {
		if len(strings.TrimRight(p, signs)) != 3 {
			return text // no groups of three: refused when it is read
		}
	}
	return strings.Join(parts, "")
}

// gaps finds the users between two tiers that no row is for. Tiers that overlap
// are wrong.
func gaps(prices []pastedPrice) ([]PastedGap, diag.Diagnostic) {
	var out []PastedGap
	below := 0
	for i, p := range prices {
		switch {
		case i > 0 && p.Top == 0 && p.From == below:
			prices[i].From++ // "1000+" behind a tier up to 1000
		case i > 0 && p.Top == prices[i-1].Top, p.From > 0 && p.From <= below:
			return nil, refused(p.Source, fmt.Sprintf(" overlap: the tier below goes up to %s users", money.Count(below)), "check the users of the row")
		case p.From > below+1 && i > 0:
			out = append(out, PastedGap{below + 1, p.From - 1, p.Source})
		}
		below = p.Top
	}
	return out, diag.Diagnostic{}
}

// smallestTier is up to how many users a list may begin with a price for all of
// them.
const smallestTier = 10

// notPerUser says why prices cannot be those of one user: they would rise with
// the users, or fall so far behind a small first tier that its price may be that
// of the whole tier. It is "" where they can.
func notPerUser(prices []pastedPrice) string {
	for i := 1; i < len(prices); i++ {
		if prices[i-1].price.Cmp(prices[i].price) < 0 {
			return fmt.Sprintf("%s rises", prices[i].Source)
		}
	}
	if len(prices) > 1 && prices[0].Top <= smallestTier && prices[0].Top > 1 && prices[0].price.Cmp(prices[1].price.MulInt(3)) >= 0 {
		return fmt.Sprintf("%s may be for the whole tier", prices[0].Source)
	}
	return ""
}

// notForTier says why prices cannot be those of all users of a tier: they would
// fall with the users, rise for one user behind the first tier, have more decimals
// than somebody can pay, or stand in a tier without an end. It is "" where they can.
func notForTier(prices []pastedPrice, currency money.Currency) string {
	for i := range prices {
		p := &prices[i]
		switch {
		case p.Top == 0:
			return fmt.Sprintf("%s has no last user", p.Source)
		case p.decimals > currency.Digits():
			return fmt.Sprintf("%s is no amount of %s", p.Source, currency)
		case i > 0 && p.price.Cmp(prices[i-1].price) < 0:
			return fmt.Sprintf("%s falls", p.Source)
		case i > 1 && p.perUser().Cmp(prices[i-1].perUser()) > 0:
			return fmt.Sprintf("%s rises for each user", p.Source)
		}
	}
	return ""
}

// row is the price row of a tier.
func (p *pastedPrice) row(c pricing.Cycle, currency money.Currency, mode pricing.Mode) pricing.Row {
	return pricing.Row{Cycle: c, Currency: currency, Mode: mode, From: p.From, UpTo: p.Top, Origin: "price table as pasted", Source: p.Source}
}

// perUser returns rows in which each user costs the price of the tier.
func (c *PastedColumn) perUser(prices []pastedPrice, currency money.Currency) []pricing.Row {
	var out []pricing.Row
	for _, p := range prices {
		r := p.row(c.Cycle, currency, pricing.Graduated)
		r.Unit, r.HasUnit = p.price, true
		out = append(out, r)
	}
	return out
}

// forTier returns rows that come to the price of each tier at its top: a year is
// bought in whole tiers, a month is charged for each user, with a flat price up
// to ten.
func (c *PastedColumn) forTier(prices []pastedPrice, currency money.Currency) []pricing.Row {
	var out []pricing.Row
	flat := false
	for i, p := range prices {
		if c.Cycle == pricing.Annual {
			r := p.row(c.Cycle, currency, pricing.Volume)
			r.Flat, r.HasFlat = p.price, true
			if i == 0 && p.UpTo {
				r.From = 1
			}
			out = append(out, r)
			continue
		}
		r := p.row(c.Cycle, currency, pricing.Graduated)
		switch {
		case i == 0 && p.Top <= smallestTier:
			r.Flat, r.HasFlat, flat = p.price, true, true
		case i == 0, i == 1 && flat:
			r.Unit, r.HasUnit = p.perUser(), true
		default:
			users := int64(p.Top - prices[i-1].Top)
			r.Unit, r.HasUnit = p.price.Sub(prices[i-1].price).Div(money.Int(users)), true
		}
		out = append(out, r)
	}
	return out
}

// MultipleOf reports whether every price of the list is so many times that of a
// monthly one, each for one user: a year by the usual rule (METHOD 2.6).
func (l *PastedList) MultipleOf(monthly *PastedList, months int) bool {
	if len(l.Rows) == 0 || len(l.Rows) != len(monthly.Rows) {
		return false
	}
	for i := range l.Rows {
		a, m := &l.Rows[i], &monthly.Rows[i]
		if !a.HasUnit || !m.HasUnit || a.UpTo != m.UpTo || a.Unit.Cmp(m.Unit.MulInt(months)) != 0 {
			return false
		}
	}
	return true
}
