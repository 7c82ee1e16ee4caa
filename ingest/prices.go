package ingest

import (
	"errors"
	"fmt"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// priceRow is a row of the prices table as written.
type priceRow struct {
	Plan      string `csv:"plan"`
	Hosting   string `csv:"hosting"`
	Cycle     string `csv:"cycle"`
	Currency  string `csv:"currency"`
	Mode      string `csv:"mode"`
	UpTo      string `csv:"up_to"`
	Unit      string `csv:"unit_price"`
	Flat      string `csv:"flat_price"`
	ValidFrom string `csv:"valid_from"`
	ValidTo   string `csv:"valid_to"`
	Source    string `csv:"source"`
}

func readPrices(s *sheet) {
	r := readRows[priceRow](s)
	cells := priceCells(s)
	r.each(func(rec priceRow, at diag.Source) {
		p := pricing.Row{Plan: plain(rec.Plan), Origin: rec.Source, Source: at, Cells: cells}
		r.must("plan", rec.Plan)
		hostings := r.hostings(rec.Hosting, &p.Hosting, pricing.Cloud)
		cycles := []pricing.Cycle{pricing.Monthly, pricing.Annual}
		if r.must("cycle", rec.Cycle) {
			c, err := pricing.ParseCycle(rec.Cycle)
			r.refuse("cycle", err)
			if err == nil {
				p.Cycle, cycles = c, []pricing.Cycle{c}
			}
		}
		r.tier(rec, &p)
		if !r.failed {
			s.prices = append(s.prices, p)
			return
		}
		if p.Plan == "" {
			return // a row of nobody knows which plan
		}
		// Without this row its users would slide into the next tier's price.
		for _, h := range hostings {
			for _, c := range cycles {
				s.refusals = append(s.refusals, pricing.Refusal{Plan: p.Plan, Hosting: h, Cycle: c, Reason: rowRejected(at)})
			}
		}
	})
}

// priceCells says where the cells of a price row stand. A column that is not
// there counts as 0, which is not known.
func priceCells(s *sheet) pricing.Cells {
	at := func(name string) int { return s.column(name) + 1 }
	return pricing.Cells{Currency: at("currency"), Mode: at("mode"), Unit: at("unit_price"), Flat: at("flat_price"), ValidFrom: at("valid_from"), ValidTo: at("valid_to")}
}

// hostings reads a hosting and returns the hostings the row may be about:
// both, when the cell cannot be read.
func (r *rows[T]) hostings(text string, out *pricing.Hosting, blank pricing.Hosting) []pricing.Hosting {
	if text == "" {
		*out = blank
		return []pricing.Hosting{blank}
	}
	h, err := pricing.ParseHosting(text)
	r.refuse("hosting", err)
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
		p.Currency, err = money.ParseCurrency(rec.Currency)
		r.refuse("currency", err)
	}
	if r.must("mode", rec.Mode) {
		p.Mode, err = pricing.ParseMode(rec.Mode)
		r.refuse("mode", err)
		if p.Mode == pricing.FromMonthly && p.Cycle == pricing.Monthly && err == nil {
			r.refuse("mode", errors.New("from-monthly is a mode of annual rows"))
		}
	}
	if rec.UpTo != "" {
		p.UpTo, err = parseCount(rec.UpTo)
		if err == nil && p.UpTo == 0 {
			err = errors.New("expected the last user of the tier, 1 or more, or blank for no limit")
		}
		r.refuse("up_to", err)
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

func (r *rows[T]) price(column, text string, c money.Currency) (money.Exact, bool) {
	if text == "" {
		return money.Exact{}, false
	}
	e, err := parseMoney(text, c, pointDecimal)
	r.refuse(column, err)
	return e, err == nil
}

// date reads a date that may be blank.
func (r *rows[T]) date(column, text string) date.Date {
	if text == "" {
		return date.Date{}
	}
	d, err := r.tableDate(text)
	r.refuse(column, err)
	return d
}

// needDate reads a date that must be there.
func (r *rows[T]) needDate(column, text string) date.Date {
	if !r.must(column, text) {
		return date.Date{}
	}
	return r.date(column, text)
}

// changeRow is a row of the price_changes table as written.
type changeRow struct {
	Plan      string `csv:"plan"`
	Hosting   string `csv:"hosting"`
	Announced string `csv:"announced"`
	Effective string `csv:"effective"`
	Change    string `csv:"change"`
	NewPlan   string `csv:"new_plan"`
	Override  string `csv:"override_days"`
	Source    string `csv:"source"`
}

func readChanges(s *sheet) {
	r := readRows[changeRow](s)
	r.each(func(rec changeRow, at diag.Source) {
		c := pricing.Change{Plan: plain(rec.Plan), NewPlan: plain(rec.NewPlan), Origin: rec.Source, Source: at, AllHostings: rec.Hosting == ""}
		r.must("plan", rec.Plan)
		hostings := r.hostings(rec.Hosting, &c.Hosting, pricing.Cloud)
		if c.AllHostings {
			hostings = []pricing.Hosting{pricing.Cloud, pricing.DataCenter}
		}
		c.Announced = r.date("announced", rec.Announced)
		c.Effective = r.needDate("effective", rec.Effective)
		r.change(rec, &c)
		if !r.failed {
			s.changes = append(s.changes, c)
			return
		}
		if c.Plan == "" {
			return
		}
		for _, h := range hostings {
			for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
				s.refusals = append(s.refusals, pricing.Refusal{Plan: c.Plan, Hosting: h, Cycle: cycle, Reason: diag.Why(diag.ChangeRefused, "an announced change of its price was rejected").From(at)})
			}
		}
	})
}

func (r *rows[T]) change(rec changeRow, c *pricing.Change) {
	var err error
	switch {
	case rec.Change == "" && rec.NewPlan == "":
		r.refuse("change", errors.New("expected a percentage such as +15%, or a new_plan"))
	case rec.Change != "" && rec.NewPlan != "":
		r.refuse("change", errors.New("give either a percentage or a new_plan, not both"))
	case rec.Change != "":
		c.Percent, err = parsePercent(rec.Change)
		if err == nil && c.Percent.Cmp(money.Int(-1)) <= 0 {
			err = fmt.Errorf("%q would leave no price", rec.Change)
		}
		r.refuse("change", err)
	}
	if rec.Override != "" {
		days, err := parseCount(rec.Override)
		r.refuse("override_days", err)
		c.OverrideDays = &days
	}
}
