package report

import (
	"tierline/audit"
)

func sumMeanings(r *audit.Result) []meaning {
	t := &r.Plan.Totals
	var out []meaning
	for i, title := range []string{"Product and its apps", "Site", "Products and apps", "Vendor", "Cost centre", "Owner"} {
		m := meaning{
			place: "Sums/" + title, cols: title + "|Subscriptions|Current|As is|Recommended|Hard saving|Avoidance", rows: 2,
			cell: of(r.Sums[2*i:2*i+2], map[string]func(*audit.Sum) any{
				title:           func(s *audit.Sum) any { return s.Name },
				"Subscriptions": func(s *audit.Sum) any { return s.Lines },
				"Current":       func(s *audit.Sum) any { return s.Current },
				"As is":         func(s *audit.Sum) any { return s.AsIs },
				"Recommended":   func(s *audit.Sum) any { return s.Recommended },
				"Hard saving":   func(s *audit.Sum) any { return s.HardSaving },
				"Avoidance":     func(s *audit.Sum) any { return s.Avoidance },
			}),
			total: map[string]string{title: "Total", "Subscriptions": say(r.Coverage.Counted), "Current": say(t.Current), "As is": say(t.AsIs),
				"Recommended": say(t.Recommended), "Hard saving": say(t.HardSaving), "Avoidance": say(t.Avoidance)},
		}
		out = append(out, m)
		if title != "Products and apps" && title != "Cost centre" && title != "Owner" { // the last two may name a person
			m.place = "PDF/Where the money goes/" + title
			out = append(out, m)
		}
	}
	return out
}
