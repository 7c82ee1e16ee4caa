package report

import (
	"tierline/audit"
)

// counted is a step of one of the three calculations of a subscription.
type counted struct {
	*audit.Step
	line   *audit.Line
	way    string
	number int
}

func stepMeanings(r *audit.Result) []meaning {
	var list []counted
	for l := range each(r.Lines) {
		for i := range 2 {
			list = append(list, counted{&l.CurrentSteps[i], l, "current", i + 1})
		}
		for i := range 2 {
			list = append(list, counted{&l.Steps[i], l, "as is", i + 1})
		}
		for i := range 2 {
			list = append(list, counted{&l.RecommendedSteps[i], l, "recommended", i + 1})
		}
	}
	step := of(list, map[string]func(*counted) any{
		"Site":         func(s *counted) any { return s.line.Site },
		"Subscription": func(s *counted) any { return s.line.Name },
		"Way":          func(s *counted) any { return s.way },
		"Step":         func(s *counted) any { return s.number },
		"Seats":        func(s *counted) any { return s.Seats },
		"Unit price":   func(s *counted) any { return *s.Unit },
		"Amount":       func(s *counted) any { return s.Amount },
		"Currency":     func(s *counted) any { return s.line.Currency },
		"Note":         func(s *counted) any { return s.Note },
		"Id":           func(s *counted) any { return s.line.ID },
	})
	return []meaning{{place: "Calculations", cols: "Site|Subscription|Way|Step|Seats|Unit price|Amount|Currency|Note|Id", rows: 12, cell: step}}
}
