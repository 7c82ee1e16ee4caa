package report

import (
	"cmp"
	"fmt"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// Build makes the document of a result.
func Build(r *audit.Result) *Document {
	d := &Document{
		Title:        cmp.Or(r.Branding.Title, "Licence audit"),
		Organisation: r.Run.Organisation,
		AsOf:         r.Run.AsOf,
		Currency:     r.Run.Currency,
		Complete:     r.Run.Complete,
		Accent:       r.Branding.Accent,
		Footer:       r.Branding.Footer,
		Result:       r,
	}
	d.Workbook = workbook(r)
	d.Finance = finance(r)
	return d
}

// amount writes an amount with its currency.
func amount(a money.Amount) string {
	if !a.Known() {
		return "unknown"
	}
	return a.Grouped() + " " + string(a.Currency())
}

// tierText writes a tier as people say it.
func tierText(t *audit.Tier) string {
	switch {
	case t == nil:
		return ""
	case t.To == nil:
		return money.Count(t.From) + " and more"
	}
	return money.Count(t.From) + "-" + money.Count(*t.To)
}

// classTitle names what kind of money an action is worth.
func classTitle(class string) string {
	switch class {
	case "hard_saving":
		return "hard saving"
	case "avoidance":
		return "avoidance"
	}
	return class
}

// daysAway says in words how far a day is from as-of.
func daysAway(d, asOf date.Date) string {
	switch n := d.Sub(asOf); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n > 1:
		return fmt.Sprintf("in %d days", n)
	default:
		return fmt.Sprintf("%d days ago", -n)
	}
}

// candidates shows the review candidates of a product; without classes they
// are not known, which is not none.
func candidates(p *audit.ProductSeats) Cell {
	if len(p.Classes) == 0 {
		return Cell{Kind: Count, Unknown: true}
	}
	return N(p.Candidates)
}

// classNames are the classes of seats in the order of the tables.
var classNames = [...]string{"active", "new", "inactive", "never", "excepted", "on-leave", "service-account", "unknown"}

// seatCells shows the seats of a product: its name, users, classes and review
// candidates.
func seatCells(p *audit.ProductSeats) []Cell {
	row := []Cell{T(p.Name + " on " + p.Site), OptN(p.Users)}
	for _, class := range classNames {
		if len(p.Classes) == 0 {
			row = append(row, Cell{Kind: Count, Unknown: true})
		} else {
			row = append(row, N(p.Class(class)))
		}
	}
	return append(row, candidates(p))
}
