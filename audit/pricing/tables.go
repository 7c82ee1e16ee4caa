package pricing

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
)

// addTables groups rows into tables and checks each.
func (b *Book) addTables(rows []Row, notes *Notes) {
	type version struct {
		key      planKey
		cycle    Cycle
		from, to date.Date
		mark     bool
	}
	groups := map[version][]Row{}
	for _, r := range rows {
		v := version{planKey{r.Plan, r.Hosting}, r.Cycle, r.ValidFrom, r.ValidTo, r.Mode == FromMonthly}
		groups[v] = append(groups[v], r)
	}
	order := slices.SortedFunc(maps.Keys(groups), func(x, y version) int {
		return cmp.Or(cmp.Compare(x.key.name, y.key.name), cmp.Compare(x.key.hosting, y.key.hosting),
			cmp.Compare(x.cycle, y.cycle), x.from.Compare(y.from), x.to.Compare(y.to), cmp.Compare(index(x.mark), index(y.mark)))
	})
	for _, v := range order {
		p := b.plan(v.key)
		p.annual = p.annual || v.cycle == Annual
		t, problem := buildTable(groups[v], notes)
		if problem.Given() {
			p.contradict(v.cycle, problem, notes)
			continue
		}
		if v.mark {
			p.marks = append(p.marks, t)
		} else {
			lintTops(v.key, v.cycle, t, notes)
			lintBegins(v.key, t, notes)
			p.tables[v.cycle] = append(p.tables[v.cycle], t)
		}
	}
	for _, key := range b.keys() {
		b.plans[key].checkVersions(notes)
	}
}

// buildTable turns the rows of one version into a table, or says why it has
// none.
func buildTable(rows []Row, notes *Notes) (*Table, diag.Reason) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(compareTop(a.UpTo, b.UpTo), a.Source.Compare(b.Source))
	})
	first := rows[0]
	t := Table{Hosting: first.Hosting, Cycle: first.Cycle, Mode: first.Mode, Currency: first.Currency, ValidFrom: first.ValidFrom, ValidTo: first.ValidTo,
		Origin: first.Origin, Source: first.Source, Cells: first.Cells}
	if !first.ValidTo.IsZero() && first.ValidTo.Before(first.ValidFrom) {
		return nil, refusal(cell(first.Source, first.Cells.ValidTo), "valid_to %s is before valid_from %s", first.ValidTo, first.ValidFrom)
	}
	for i, r := range rows {
		switch {
		case r.Currency != first.Currency:
			return nil, refusal(cell(r.Source, r.Cells.Currency), "two currencies in one plan, %s and %s", first.Currency, r.Currency)
		case r.Mode != first.Mode:
			return nil, refusal(cell(r.Source, r.Cells.Mode), "two modes in one version, %s and %s", first.Mode, r.Mode)
		case i > 0 && r.UpTo == rows[i-1].UpTo:
			if !sameTier(r, rows[i-1]) {
				return nil, refusal(cell(r.Source, differs(r, rows[i-1])), "two different prices for the tier %s", topText(r.UpTo))
			}
			notes.Repeated = append(notes.Repeated, r.Source)
			continue
		case i > 0 && r.From > 0 && r.From <= rows[i-1].UpTo:
			return nil, refusal(r.Source, "from %d lies in the tier below, which goes up to %d", r.From, rows[i-1].UpTo)
		case r.Mode != FromMonthly && !r.HasUnit && !r.HasFlat:
			return nil, refusal(cell(r.Source, r.Cells.Unit), "the tier %s has neither unit_price nor flat_price", topText(r.UpTo))
		}
		t.Tiers = append(t.Tiers, Tier{From: r.From, Top: r.UpTo, Unit: r.Unit, Flat: r.Flat, HasFlat: r.HasFlat, Source: r.Source})
	}
	return newTable(t), diag.Reason{}
}

// refusal is why a plan has no price, and the cell that says so.
func refusal(at diag.Source, format string, args ...any) diag.Reason {
	return diag.Why(diag.PriceRefused, format, args...).From(at)
}

// compareTop orders tier tops with the open tier (0) last.
func compareTop(a, b int) int {
	return cmp.Or(cmp.Compare(index(a == 0), index(b == 0)), cmp.Compare(a, b))
}

func topText(top int) string {
	if top == 0 {
		return "without limit"
	}
	return fmt.Sprintf("up to %d", top)
}

func sameTier(a, b Row) bool {
	return a.HasFlat == b.HasFlat && a.Unit.Cmp(b.Unit) == 0 && a.Flat.Cmp(b.Flat) == 0
}

// differs returns the column of the price in which a row differs from another
// of the same tier.
func differs(r, other Row) int {
	if r.Unit.Cmp(other.Unit) != 0 {
		return r.Cells.Unit
	}
	return r.Cells.Flat
}

// checkVersions refuses what makes the versions of a plan contradict each
// other: two starting on one day, or two currencies.
func (p *plan) checkVersions(notes *Notes) {
	for _, cycle := range []Cycle{Monthly, Annual} {
		all := slices.Clone(p.tables[cycle])
		if cycle == Annual {
			all = append(all, p.marks...)
		}
		slices.SortStableFunc(all, func(a, b *Table) int {
			return cmp.Or(a.ValidFrom.Compare(b.ValidFrom), a.Source.Compare(b.Source))
		})
		for i := 1; i < len(all); i++ {
			if all[i].ValidFrom == all[i-1].ValidFrom {
				p.contradict(cycle, refusal(cell(all[i].Source, all[i].Cells.ValidFrom), "two versions start on the same day (%s)", fromText(all[i].ValidFrom)), notes)
			}
		}
		slices.SortStableFunc(p.tables[cycle], func(a, b *Table) int { return a.ValidFrom.Compare(b.ValidFrom) })
	}
	slices.SortStableFunc(p.marks, func(a, b *Table) int { return a.ValidFrom.Compare(b.ValidFrom) })
	p.checkCurrency(notes)
}

func (p *plan) checkCurrency(notes *Notes) {
	var first *Table
	for _, cycle := range []Cycle{Monthly, Annual} {
		all := p.tables[cycle]
		if cycle == Annual {
			all = slices.Concat(all, p.marks)
		}
		for _, t := range all {
			if first == nil {
				first = t
			}
			if t.Currency != first.Currency {
				problem := refusal(cell(t.Source, t.Cells.Currency), "two currencies in one plan, %s and %s", first.Currency, t.Currency)
				p.contradict(cycle, problem, notes)
				p.refuse(cycle.Other(), problem)
				return
			}
		}
	}
}

// contradict refuses a cycle's prices and says so.
func (p *plan) contradict(c Cycle, problem diag.Reason, notes *Notes) {
	p.refuse(c, problem)
	notes.Diagnostics.Add(diag.Incomplete, problem.At, fmt.Sprintf("plan %q (%s, %s): %s", p.key.name, p.key.hosting, c, problem),
		"the plan has no price until this is corrected")
}

func fromText(d date.Date) string {
	if d.IsZero() {
		return "valid_from blank"
	}
	return d.String()
}
