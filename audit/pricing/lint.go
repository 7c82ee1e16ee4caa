package pricing

import (
	"fmt"

	"tierline/audit/diag"
	"tierline/audit/money"
)

// lintTops warns of a table whose price falls when a user is added.
func lintTops(key planKey, cycle Cycle, t *Table, notes *Notes) {
	for i, tier := range t.Tiers {
		if tier.Top == 0 || i+1 == len(t.Tiers) {
			continue
		}
		at, ok1 := t.schedule.Price(tier.Top)
		next, ok2 := t.schedule.Price(tier.Top + 1)
		if !ok1 || !ok2 || next.Cmp(at) >= 0 {
			continue
		}
		level, why := diag.Warning, "check the row: one user more should not cost less"
		if i == 0 && t.Mode == Graduated && tier.flatStart() {
			level, why = diag.Note, "real lists have this at the flat start: a smaller tier can cost more than a larger one"
		}
		notes.Diagnostics.Add(level, t.Tiers[i+1].Source, fmt.Sprintf("plan %q (%s, %s): the price falls from %s for %d users to %s for %d",
			key.name, key.hosting, cycle, at.Decimal(2), tier.Top, next.Decimal(2), tier.Top+1), why)
	}
}

// lintGaps warns of days between two versions of a plan on which no list is
// valid: a bill on such a day has no price.
func (p *plan) lintGaps(notes *Notes) {
	for _, cycle := range []Cycle{Monthly, Annual} {
		t := p.timelines[cycle][0]
		if t == nil || t.reason.Given() {
			continue
		}
		for i := 1; i+1 < len(t.versions); i++ {
			if v := &t.versions[i]; v.table == nil {
				next := &t.versions[i+1]
				notes.Diagnostics.Add(diag.Warning, next.Source, fmt.Sprintf("plan %q (%s, %s): no list is valid from %s to %s, so a bill of those days has no price",
					p.key.name, p.key.hosting, cycle, v.From, next.From.AddDays(-1)), "correct valid_to or valid_from")
			}
		}
	}
}

// FactorGap is where an annual list leaves the rule that it costs a number of
// months of the monthly list at each tier's top.
type FactorGap struct {
	Source  diag.Source
	Top     int
	Annual  money.Exact
	Monthly money.Exact // times the factor
	Differ  int         // tiers that differ
	Tiers   int         // of how many compared
}

// FactorGap compares the newest annual table of a plan with its newest
// monthly list; false when they agree to the cent, or one of them is missing.
func (b *Book) FactorGap(name string, h Hosting, factor int) (FactorGap, bool) {
	p := b.plans[planKey{name, h}]
	if p == nil || len(p.tables[Annual]) == 0 || len(p.tables[Monthly]) == 0 {
		return FactorGap{}, false
	}
	annual, monthly := p.tables[Annual][len(p.tables[Annual])-1], p.tables[Monthly][len(p.tables[Monthly])-1]
	var gap FactorGap
	for _, tier := range annual.Tiers {
		list, ok1 := annual.schedule.Price(tier.Top)
		month, ok2 := monthly.schedule.Price(tier.Top)
		if tier.Top == 0 || !ok1 || !ok2 {
			continue
		}
		gap.Tiers++
		rule := month.MulInt(factor)
		if list.Round(annual.Currency, money.HalfUp) == rule.Round(annual.Currency, money.HalfUp) {
			continue
		}
		if gap.Differ == 0 {
			gap.Source, gap.Top, gap.Annual, gap.Monthly = tier.Source, tier.Top, list, rule
		}
		gap.Differ++
	}
	return gap, gap.Differ > 0
}
