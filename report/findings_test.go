package report

import (
	"tierline/audit"
)

func findingMeanings(r *audit.Result) []meaning {
	finding := of(r.Findings, map[string]func(*audit.Finding) any{
		"Severity":         func(f *audit.Finding) any { return f.Severity },
		"Rule":             func(f *audit.Finding) any { return f.Rule },
		"Subject":          func(f *audit.Finding) any { return f.Subject },
		"Finding":          func(f *audit.Finding) any { return f.Title },
		"Detail":           func(f *audit.Finding) any { return f.Detail },
		"Worth on its own": func(f *audit.Finding) any { return f.Amount },
		"By":               func(f *audit.Finding) any { return f.By },
		"How sure":         func(f *audit.Finding) any { return string(f.Confidence) + ": " + f.Why },
		"What to do":       func(f *audit.Finding) any { return f.Action },
		"Rows it rests on": func(f *audit.Finding) any {
			return f.Evidence[0].Source.String() + "; " + f.Evidence[1].Source.String()
		},
		"Excepted by row":    func(f *audit.Finding) any { return f.Excepted },
		"Currency":           func(f *audit.Finding) any { return f.Currency },
		"Action of the plan": func(f *audit.Finding) any { return f.PlanAction },
		"Why not counted":    func(f *audit.Finding) any { return f.NotCounted },
		"Confidence":         func(f *audit.Finding) any { return string(f.Confidence) },
		"Id":                 func(f *audit.Finding) any { return f.ID },
	})
	finding["Counted in the plan"] = words("action "+say(r.Plan.Actions[1].Number), "no: "+r.Findings[1].NotCounted)
	finding["Counted"] = words("yes", "no")
	x := r.Exceptions[0]
	finding["Excepted"] = words(x.Reason+" ("+x.Owner+")", "")
	line := func(row int) *audit.LineAmount { return &r.Findings[row/2].Lines[row%2] }
	each := func(value func(*audit.LineAmount) any) func(int) any {
		return func(row int) any { return value(line(row)) }
	}
	return []meaning{
		{place: "Finding amounts", rows: 4, cols: "Rule|Subject|No|Subscription|Amount|What it is|Note", cell: cells{
			"Rule": func(row int) any { return r.Findings[row/2].Rule }, "Subject": func(row int) any { return r.Findings[row/2].Subject },
			"No": func(int) any { return "" }, "Subscription": each(func(l *audit.LineAmount) any { return l.Name }),
			"Amount": each(func(l *audit.LineAmount) any { return l.Amount }), "What it is": func(int) any { return lineFigures[""].figure },
			"Note": each(func(l *audit.LineAmount) any { return l.Note }),
		}},
		{place: "Findings", rows: 2, cell: finding,
			cols: "Severity|Rule|Subject|Finding|Detail|Worth on its own|Counted in the plan|By|How sure|What to do|Rows it rests on|Excepted"},
		{place: "findings.csv", rows: 2, cell: finding,
			cols: "Rule|Severity|Subject|Finding|Worth on its own|Currency|Counted|Action of the plan|Why not counted|By|Confidence|What to do|Detail|Excepted by row|Id"},
	}
}
