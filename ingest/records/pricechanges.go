package records

import (
	"errors"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

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

// ReadPriceChanges reads the price_changes table.
func (t *Tables) ReadPriceChanges(s *sheet.Sheet) {
	r := readRows[changeRow](s)
	r.each(func(rec changeRow, at diag.Source) {
		c := pricing.Change{Plan: cell.Plain(rec.Plan), NewPlan: cell.Plain(rec.NewPlan), Origin: rec.Source, Source: at, AllHostings: rec.Hosting == ""}
		r.must("plan", rec.Plan)
		hostings := r.hostings(rec.Hosting, &c.Hosting, pricing.Cloud)
		if c.AllHostings {
			hostings = []pricing.Hosting{pricing.Cloud, pricing.DataCenter}
		}
		c.Announced = r.date("announced", rec.Announced)
		c.Effective = r.needDate("effective", rec.Effective)
		r.change(rec, &c)
		if !r.failed {
			t.Changes = append(t.Changes, c)
			return
		}
		t.refusePrices(c.Plan, hostings, []pricing.Cycle{pricing.Monthly, pricing.Annual},
			diag.Why(diag.ChangeRefused, "an announced change of its price was rejected").From(at))
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
		c.Percent, err = cell.Percent(rec.Change)
		if err == nil && c.Percent.Cmp(money.Int(-1)) <= 0 {
			err = &cell.Wrong{Value: rec.Change, Expected: "it would leave no price"}
		}
		r.refuse("change", err)
	}
	if rec.Override != "" {
		days, err := cell.Count(rec.Override)
		r.refuse("override_days", err)
		c.OverrideDays = &days
	}
}
