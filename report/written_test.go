package report

import (
	"slices"
	"strings"
	"testing"

	"tierline/samples"
)

// written lists the columns in which a sample has a figure or a day without a
// formula: the sheet, then the ids of the columns, under why none gives it.
var written = map[string][]string{
	"as the files say it": {
		"Users: last_seen evidence_day added", "Subscriptions: users licensed_users term_end discount", "What-if: users",
		"Prices: valid_from from to base unit", "Price changes: effective announced", "Exceptions: until", "Files: used excluded rejected joined",
		"Trust: number day", "Peaks: from to peak_day last", "Charts: month users",
	},
	"the number or the month by which a row is known, or what leads to another": {
		"Actions: number", "Users: action", "Removals: number", "Apps: number", "Finding amounts: number", "Subscriptions: number action", "Bills: number month term",
		"Calculations: number step", "Tiers: number", "Ladders: number ladder", "Price changes: number", "Prices: list key", "Peaks: number", "Cash: month",
	},
	"for readers to fill in": {"What-if: remove add from quoted growth discount rise"},
	"found by looking at people one by one": {
		"Users: idle_days rank", "Apps: idle active active_on host_users", "What-if: candidates", "Multi-instance: seats twice people",
		"Actions: people", "Exceptions: protected_seats left_out findings", "Peaks: start peak above missing past today gone",
		"Method: subjects clean",
	},
	"chosen by the plan, which weighs what cells do not hold": {
		"Subscriptions: renewal billed_quantity recommended_quantity after_right_size after_clean_up", "What-if: plan_remove plan_quoted", "Removals: removals",
		"Deadlines: date", "Billing cycle: users break_even", "Actions: deadline", "Price changes: quote_from quote_by", "Multi-instance: starts",
	},
	"a day or step of a bill, which the calculation begins with": {
		"Bills: date", "Calculations: seats unit", "What-if bills: day months", "What-if before renewal: day list of", "What-if: factor offer rate", "Tiers: from top list factor rate", "Ladders: from top",
	},
	"the first way of a check or the base of a chart, which no cell holds": {"Checks: right", "Charts: base"},
	"as audited where the sheet Users holds a part of the seats, or none": {
		"Summary: users active new inactive never excepted on-leave service-account unknown candidates", "Counts: candidates", "Charts: lately long",
		"Trust: users counted",
	},
	"as audited, by a calculation of its own": {
		"Findings: amount by", "Finding amounts: amount", "Users: worth",
		"Removals: users unremoved bundle_cost", "Apps: without", "Subscriptions: volume own_current own_as_is own_recommended",
		"Summary: lines current as_is", "Bills: amount growth_1 growth_2", "Calculations: amount", "What-if bills: list", "What-if: running running_now",
		"Tiers: unused_seats unused_capacity", "Charts: top", "Price changes: old new this_term",
		"Billing cycle: keep monthly annual", "Exceptions: cost", "Multi-instance: separate combined prepaid", "Facts: value",
	},
}

// TestWrittenFigures: a figure of the workbook without a formula has a reason, in
// every sample, and no reason outlives its figure.
func TestWrittenFigures(t *testing.T) {
	found := map[string]string{} // by sheet and column, the first sample
	for _, name := range samples.Names() {
		dir, err := samples.Folder(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range Build(audited(t, dir)).Workbook {
			for _, table := range append(s.Blocks, s.Table) {
				for _, id := range writtenIn(&table) {
					if at := s.Name + ": " + id; found[at] == "" {
						found[at] = name
					}
				}
			}
		}
	}
	for why, sheets := range written {
		for _, entry := range sheets {
			sheet, ids, _ := strings.Cut(entry, ": ")
			for id := range strings.FieldsSeq(ids) {
				at := sheet + ": " + id
				if found[at] == "" {
					t.Errorf("%s: every figure follows from others by formula now, or there is none; it is not %s", at, why)
				}
				delete(found, at)
			}
		}
	}
	for at, sample := range found {
		t.Errorf("%s: a figure of %s has no formula and no reason to have none", at, sample)
	}
}

// writtenIn returns the columns of a table with a figure or a day that is known and
// follows from no cell.
func writtenIn(table *Table) []string {
	var out []string
	see := func(row []Cell) {
		for i, c := range row {
			figure := c.Kind.Numeric() || c.Kind == Date || c.Kind == Month
			if id := table.Columns[i].ID; figure && !c.Unknown && c.Formula == nil && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	see(table.Total)
	if table.Rows != nil {
		for row := range table.Rows {
			see(row)
		}
	}
	return out
}
