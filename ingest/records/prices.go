package records

import (
	"errors"
	"fmt"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

// priceRow is a row of the prices table as written.
type priceRow struct {
	Plan      string `csv:"plan"`
	Hosting   string `csv:"hosting"`
	Cycle     string `csv:"cycle"`
	Currency  string `csv:"currency"`
	Mode      string `csv:"mode"`
	From      string `csv:"from"`
	UpTo      string `csv:"up_to"`
	Unit      string `csv:"unit_price"`
	Flat      string `csv:"flat_price"`
	ValidFrom string `csv:"valid_from"`
	ValidTo   string `csv:"valid_to"`
	Source    string `csv:"source"`
}

// ReadPrices reads the prices table.
func (t *Tables) ReadPrices(s *sheet.Sheet) {
	r := readRows[priceRow](s)
	cells := priceCells(s)
	r.each(func(rec priceRow, at diag.Source) {
		p := pricing.Row{Plan: cell.Plain(rec.Plan), Origin: rec.Source, Source: at, Cells: cells}
		r.must("plan", rec.Plan)
		hostings := r.hostings(rec.Hosting, &p.Hosting, pricing.Cloud)
		cycles := []pricing.Cycle{pricing.Monthly, pricing.Annual}
		if r.must("cycle", rec.Cycle, cycleWords...) {
			c, err := pricing.ParseCycle(rec.Cycle)
			r.refuse("cycle", cell.Refuse(rec.Cycle, err, cell.Allowed(cycleWords...)))
			if err == nil {
				p.Cycle, cycles = c, []pricing.Cycle{c}
			}
		}
		r.tier(rec, &p)
		if !r.failed {
			t.Prices = append(t.Prices, p)
			return
		}
		t.refusePrices(p.Plan, hostings, cycles, pricing.RowRejected(at))
	})
}

// refusePrices leaves a plan without prices, since users of a rejected row would
// slide into the next tier's price, or into that of before a change. Of a row
// that names no plan, or a person in its place, nobody knows whose it is.
func (t *Tables) refusePrices(plan string, hostings []pricing.Hosting, cycles []pricing.Cycle, reason diag.Reason) {
	if plan == "" || cell.HoldsAddress(plan) {
		return
	}
	for _, h := range hostings {
		for _, c := range cycles {
			t.Refusals = append(t.Refusals, pricing.Refusal{Plan: plan, Hosting: h, Cycle: c, Reason: reason})
		}
	}
}

// priceCells says where the cells of a price row stand. A column that is not
// there counts as 0, which is not known.
func priceCells(s *sheet.Sheet) pricing.Cells {
	at := func(name string) int { return s.Column(name) + 1 }
	return pricing.Cells{
		Currency: at("currency"), Mode: at("mode"), Unit: at("unit_price"), Flat: at("flat_price"), ValidFrom: at("valid_from"), ValidTo: at("valid_to"),
	}
}

// hostings reads a hosting and returns the hostings the row may be about:
// both, when the cell cannot be read.
func (r *rows[T]) hostings(text string, out *pricing.Hosting, blank pricing.Hosting) []pricing.Hosting {
	if text == "" {
		*out = blank
		return []pricing.Hosting{blank}
	}
	h, err := pricing.ParseHosting(text)
	r.refuse("hosting", cell.Refuse(text, err, cell.Allowed(hostingWords...)))
	if err != nil {
		return []pricing.Hosting{pricing.Cloud, pricing.DataCenter}
	}
	*out = h
	return []pricing.Hosting{h}
}

// tier reads the prices of a row and for how many users and how long they
// hold.
func (r *rows[T]) tier(rec priceRow, p *pricing.Row) {
	var err error
	if r.must("currency", rec.Currency) {
		p.Currency = r.currency("currency", rec.Currency)
	}
	if r.must("mode", rec.Mode, modeWords...) {
		p.Mode, err = pricing.ParseMode(rec.Mode)
		r.refuse("mode", cell.Refuse(rec.Mode, err, cell.Allowed(modeWords...)))
		if p.Mode == pricing.FromMonthly && p.Cycle == pricing.Monthly && err == nil {
			r.refuse("mode", errors.New("from-monthly is a mode of annual rows"))
		}
	}
	if rec.UpTo != "" {
		p.UpTo, err = cell.Count(rec.UpTo)
		if err != nil || p.UpTo == 0 {
			r.refuse("up_to", &cell.Wrong{Value: rec.UpTo, Expected: noTop})
		}
	}
	if p.From = r.count("from", rec.From); rec.From != "" && !r.failed && (p.From == 0 || p.UpTo > 0 && p.From > p.UpTo) {
		r.refuse("from", &cell.Wrong{Value: rec.From, Expected: "expected the first user of the tier, from 1 to its up_to"})
	}
	p.Unit, p.HasUnit = r.price("unit_price", rec.Unit, p.Currency)
	p.Flat, p.HasFlat = r.price("flat_price", rec.Flat, p.Currency)
	if p.Mode != pricing.FromMonthly && rec.Unit == "" && rec.Flat == "" {
		r.refuse("unit_price", errors.New("the tier has neither unit_price nor flat_price"))
	}
	p.ValidFrom = r.date("valid_from", rec.ValidFrom)
	p.ValidTo = r.date("valid_to", rec.ValidTo)
	if !p.ValidTo.IsZero() && p.ValidTo.Before(p.ValidFrom) {
		r.refuse("valid_to", fmt.Errorf("%s is before valid_from %s", p.ValidTo, p.ValidFrom))
	}
}

// noTop is said of words such as "unlimited", "1-10" and "1000+" too.
const noTop = "expected the last user of the tier; write only the top, and leave the cell blank for no limit"

func (r *rows[T]) price(column, text string, c money.Currency) (money.Exact, bool) {
	if text == "" {
		return money.Exact{}, false
	}
	e, err := cell.Money(text, c, cell.PointDecimal)
	r.refuse(column, err)
	return e, err == nil
}
