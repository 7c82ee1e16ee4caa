package report

import (
	"tierline/audit"
)

// explained is a step of one of the three calculations of a subscription.
type explained struct {
	*audit.Step
	line   *audit.Line
	of     int
	way    string
	number int
}

func stepMeanings(r *audit.Result) []meaning {
	var list []explained
	number := 0
	for l := range each(r.Lines) {
		number++
		for i := range 2 {
			list = append(list, explained{&l.CurrentSteps[i], l, number, "current", i + 1})
		}
		for i := range 2 {
			list = append(list, explained{&l.Steps[i], l, number, "as is", i + 1})
		}
		for i := range 2 {
			list = append(list, explained{&l.RecommendedSteps[i], l, number, "recommended", i + 1})
		}
	}
	step := of(list, map[string]func(*explained) any{
		"No":           func(s *explained) any { return s.of },
		"Site":         func(s *explained) any { return s.line.Site },
		"Subscription": func(s *explained) any { return s.line.Name },
		"Way":          func(s *explained) any { return s.way },
		"Step":         func(s *explained) any { return s.number },
		"Seats":        func(s *explained) any { return s.Seats },
		"Unit price":   func(s *explained) any { return *s.Unit },
		"Amount":       func(s *explained) any { return s.Amount },
		"Currency":     func(s *explained) any { return s.line.Currency },
		"Note":         func(s *explained) any { return s.Note },
		"Id":           func(s *explained) any { return s.line.ID },
	})
	return []meaning{{place: "Calculations", cols: "No|Site|Subscription|Way|Step|Seats|Unit price|Amount|Currency|Note|Id", rows: 12, cell: step}}
}
