package records

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

// A price table as pasted from a vendor's page or quote has a row for each tier
// and a column for each cycle. It names neither plan nor currency nor whether its
// prices are for one user or for the tier (METHOD 14.31).

// PastedPrices is one such table. Which plan it is for and in which currency is
// settled over all files.
type PastedPrices struct {
	Source  diag.Source // of the sheet
	Columns []PastedColumn
	Failed  bool // a row of it was rejected
	Rows    int  // used
}

// PastedColumn is the prices of one cycle, by top, the open tier last.
type PastedColumn struct {
	Cycle   pricing.Cycle
	Tiers   []PastedTier
	decimal string // what stands before the decimals, by this column or else the other; "" where no cell says
}

// PastedTier is one price, for one user or for all users of the tier.
type PastedTier struct {
	From   int  // first user; 0 where the row does not say
	Top    int  // last user; 0 for no limit
	UpTo   bool // it begins where the tier below ends, the first one with user 1
	Price  string
	Source diag.Source
}

// pastedRow is a row as written.
type pastedRow struct {
	Users   string `csv:"users"`
	Monthly string `csv:"monthly"`
	Annual  string `csv:"annual"`
}

// ReadPasted reads a price table as pasted.
func (t *Tables) ReadPasted(s *sheet.Sheet) {
	r := readRows[pastedRow](s)
	monthly, annual := PastedColumn{Cycle: pricing.Monthly}, PastedColumn{Cycle: pricing.Annual}
	p := PastedPrices{Source: s.At(0, 0)}
	r.each(func(rec pastedRow, at diag.Source) {
		tier := r.users(rec.Users)
		r.pasted("monthly", rec.Monthly)
		r.pasted("annual", rec.Annual)
		if r.failed {
			p.Failed = true
			return
		}
		p.Rows++
		monthly.add(tier, rec.Monthly, at.At(r.Column("monthly")+1))
		annual.add(tier, rec.Annual, at.At(r.Column("annual")+1))
	})
	monthly.decimal, annual.decimal = cmp.Or(monthly.mark(), annual.mark()), cmp.Or(annual.mark(), monthly.mark())
	for _, c := range []PastedColumn{monthly, annual} {
		if len(c.Tiers) > 0 {
			c.order()
			p.Columns = append(p.Columns, c)
		}
	}
	if p.Failed || len(p.Columns) > 0 {
		t.Pasted = append(t.Pasted, p)
	}
}

// askFor are what pages write where a tier has no price.
var askFor = []string{"", "-", "–", "n/a", "contact us", "contact sales", "custom", "on request", "auf anfrage"}

func (c *PastedColumn) add(tier PastedTier, price string, at diag.Source) {
	if slices.Contains(askFor, cell.Plain(price)) {
		return
	}
	tier.Price, tier.Source = price, at
	c.Tiers = append(c.Tiers, tier)
}

// order sorts the tiers by top.
func (c *PastedColumn) order() {
	slices.SortStableFunc(c.Tiers, func(a, b PastedTier) int {
		if (a.Top == 0) != (b.Top == 0) {
			return cmp.Compare(b.Top, a.Top) // the open one last
		}
		return cmp.Compare(a.Top, b.Top)
	})
}

// pasted rejects the record where a price is neither a number nor a word pages
// write for none.
func (r *rows[T]) pasted(column, text string) {
	if !slices.Contains(askFor, cell.Plain(text)) && !strings.ContainsAny(text, "0123456789") {
		r.refuse(column, &cell.Wrong{Value: text, Expected: "expected a price such as $1,650.00, or nothing"})
	}
}

// noRange is what the users of a tier may look like.
const noRange = `expected the users of a tier, such as "11 - 15", "up to 25", "25" or "1000+"`

// users reads the users of a tier: a range, a top, or where the open tier begins.
func (r *rows[T]) users(text string) PastedTier {
	body := strings.NewReplacer("–", "-", "—", "-", " users", "", " user", "").Replace(strings.Join(strings.Fields(strings.ToLower(text)), " "))
	var t PastedTier
	upTo, capped := strings.CutPrefix(body, "up to ")
	from, top, ranged := strings.Cut(strings.Replace(body, " to ", "-", 1), "-")
	above, open := strings.CutSuffix(body, "+")
	beyond, more := strings.CutPrefix(body, ">")
	ok := true
	switch {
	case capped:
		t.UpTo = true
		t.Top, ok = userNumber(upTo)
	case more:
		t.From, ok = userNumber(beyond)
		t.From++
	case open:
		t.From, ok = userNumber(above)
	case ranged:
		t.From, ok = userNumber(from)
		if ok {
			t.Top, ok = userNumber(top)
		}
		ok = ok && t.From <= t.Top
	default:
		t.Top, ok = userNumber(body)
	}
	if !ok {
		r.refuse("users", &cell.Wrong{Value: text, Expected: noRange})
	}
	return t
}

// userNumber reads a number of users, whose separators can only divide thousands.
func userNumber(text string) (int, bool) {
	var digits strings.Builder
	groups := strings.FieldsFunc(strings.TrimSpace(text), func(c rune) bool { return strings.ContainsRune(",.' \u00a0\u202f", c) })
	for i, g := range groups {
		if i > 0 && len(g) != 3 {
			return 0, false
		}
		digits.WriteString(g)
	}
	n, err := strconv.Atoi(digits.String())
	return n, err == nil && n > 0 && n <= cell.MaxCount
}

// Currency returns the currency the prices of a table name: by a code or sign,
// read as that of the organisation where it may be, and "$" else as that of the
// United States. ok is false where they name several.
func (p *PastedPrices) Currency(organisation money.Currency) (c money.Currency, ok bool) {
	c = ""
	for _, column := range p.Columns {
		for _, t := range column.Tiers {
			sign := cell.SignIn(t.Price)
			if sign == "" {
				continue
			}
			own, known := money.CurrencyOf(sign)
			switch {
			case money.SymbolAgrees(sign, organisation):
				own = organisation
			case !known && sign == "$":
				own = "USD"
			case !known:
				return "", false
			}
			if c != "" && c != own {
				return "", false
			}
			c = own
		}
	}
	return cmp.Or(c, organisation), true
}
