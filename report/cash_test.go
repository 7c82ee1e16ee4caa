package report

import (
	"strings"

	"tierline/audit"
)

func cashMeanings(r *audit.Result) []meaning {
	month := of(r.Cash.Months, map[string]func(*audit.CashMonth) any{
		"Month":            func(m *audit.CashMonth) any { return m.Month.Time().Format("Jan 2006") },
		"As is":            func(m *audit.CashMonth) any { return m.AsIs },
		"Recommended":      func(m *audit.CashMonth) any { return m.Recommended },
		"Difference":       func(m *audit.CashMonth) any { return m.Change },
		"As is, apps +5%":  func(m *audit.CashMonth) any { return m.Growth1 },
		"As is, apps +10%": func(m *audit.CashMonth) any { return m.Growth2 },
	})
	bar := cells{"Month": func(i int) any { return r.Cash.Months[i].Month }, "As is": month["As is"], "Recommended": month["Recommended"]}
	t := &r.Cash.Total
	total := map[string]string{"Month": "24 months, as far as known", "As is": say(t.AsIs), "Recommended": say(t.Recommended), "Difference": say(t.Change),
		"As is, apps +5%": say(t.Growth1), "As is, apps +10%": say(t.Growth2)}
	cols := "Month|As is|Recommended|Difference|As is, apps +5%|As is, apps +10%"
	return []meaning{
		dueMeaning(r),
		{place: "Cash", cols: cols, rows: 2, cell: month, total: total},
		{place: "PDF/Cash in the coming 24 months/Bills by month", cols: cols, rows: 2, cell: month, total: total},
		{place: "PDF/Cash in the coming 24 months/chart", cols: "Month|As is|Recommended", rows: 2, cell: bar},
	}
}

// dueMeaning is that of the bills, of which the first of the result belongs to its
// first subscription and so on.
func dueMeaning(r *audit.Result) meaning {
	bill := of(r.Cash.Bills, map[string]func(*audit.CashBill) any{
		"Falls due":        func(b *audit.CashBill) any { return b.Date },
		"Month":            func(b *audit.CashBill) any { return b.Date.Time().Format("Jan 2006") },
		"Term":             func(b *audit.CashBill) any { return b.Term },
		"Way":              func(b *audit.CashBill) any { return strings.ReplaceAll(string(b.Way), "_", " ") },
		"Bill":             func(b *audit.CashBill) any { return b.Amount },
		"As is, apps +5%":  func(b *audit.CashBill) any { return b.Growth1 },
		"As is, apps +10%": func(b *audit.CashBill) any { return b.Growth2 },
	})
	bill["No"] = words("1", "2")
	bill["Subscription"] = func(i int) any { return r.Lines[i].Name }
	bill["Site"] = func(i int) any { return r.Lines[i].Site }
	return meaning{place: "Bills", rows: 2, cell: bill,
		cols: "No|Subscription|Site|Falls due|Month|Term|Way|Bill|As is, apps +5%|As is, apps +10%"}
}
