package report

import (
	"fmt"
	"tierline/audit"
)

func coverageMeanings(r *audit.Result) []meaning {
	leftOut := of(r.Coverage.LeftOut, map[string]func(*audit.LeftOut) any{
		"Subscription and site": func(l *audit.LeftOut) any { return l.Name + " on " + l.Site },
		"Known current cost":    func(l *audit.LeftOut) any { return l.Current },
		"Reason":                func(l *audit.LeftOut) any { return l.Reason.Placed() + "; row " + l.Source.String() },
	})
	foreign := of(r.Coverage.Foreign, map[string]func(*audit.ForeignTotal) any{
		"Currency":      func(f *audit.ForeignTotal) any { return f.Currency },
		"Subscriptions": func(f *audit.ForeignTotal) any { return f.Lines },
		"Current":       func(f *audit.ForeignTotal) any { return f.Current },
		"As is":         func(f *audit.ForeignTotal) any { return f.AsIs },
		"Rate": func(f *audit.ForeignTotal) any {
			return fmt.Sprintf("%s of %s (%s)", f.Rate.Decimal(2), f.RateDate.Long(), f.RateSource)
		},
	})
	return []meaning{
		{place: "Summary/In no total", cols: "Subscription and site|Known current cost|Reason", rows: 2, cell: leftOut},
		{place: "Summary/Other currencies", cols: "Currency|Subscriptions|Current|As is|Rate", rows: 2, cell: foreign},
		{place: "PDF/Basis/Other currencies", cols: "Currency|Subscriptions|Current|As is|Rate", rows: 2, cell: foreign},
	}
}
