package report

import (
	"testing"

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
	}
	return append(out, sumsOnPaper(r))
}

// sumsOnPaper are the groupings below each other, the dearest group first, and
// none that may name a person.
func sumsOnPaper(r *audit.Result) meaning {
	t := &r.Plan.Totals
	var names, lines, current, asIs, recommended, saving, avoidance []string
	for i, title := range []string{"Product and its apps", "Site", "Products and apps", "Vendor"} {
		if title == "Products and apps" {
			continue // the vendors tell
		}
		names, lines, current, asIs = append(names, title), append(lines, ""), append(current, ""), append(asIs, "")
		recommended, saving, avoidance = append(recommended, ""), append(saving, ""), append(avoidance, "")
		for _, s := range []*audit.Sum{&r.Sums[2*i+1], &r.Sums[2*i]} { // filled later, so dearer
			names, lines, current, asIs = append(names, s.Name), append(lines, say(s.Lines)), append(current, say(s.Current)), append(asIs, say(s.AsIs))
			recommended, saving, avoidance = append(recommended, say(s.Recommended)), append(saving, say(s.HardSaving)), append(avoidance, say(s.Avoidance))
		}
	}
	return meaning{place: "PDF/Where the money goes/", cols: "name|Subscriptions|Current|As is|Recommended|Hard saving|Avoidance", rows: len(names),
		cell: cells{"name": words(names...), "Subscriptions": words(lines...), "Current": words(current...), "As is": words(asIs...),
			"Recommended": words(recommended...), "Hard saving": words(saving...), "Avoidance": words(avoidance...)},
		total: map[string]string{"name": "Total", "Subscriptions": say(r.Coverage.Counted), "Current": say(t.Current), "As is": say(t.AsIs),
			"Recommended": say(t.Recommended), "Hard saving": say(t.HardSaving), "Avoidance": say(t.Avoidance)}}
}

// Nothing is added up where no subscription is in the totals: one sentence says so,
// and no check compares what is unknown with itself.
func TestSumsOfNothing(t *testing.T) {
	s := sumsSheet(&audit.Result{})
	if len(s.Blocks) > 0 || s.Table.Empty == "" {
		t.Errorf("%d tables and the sentence %q", len(s.Blocks), s.Table.Empty)
	}
	for c := range sumChecks(&audit.Result{}) {
		t.Errorf("%q is checked", c.what)
	}
	if some := sumsSheet(&audit.Result{Coverage: audit.Coverage{Counted: 1}}); len(some.Blocks) != len(sumWays) {
		t.Errorf("one subscription is added up in %d tables, want %d", len(some.Blocks), len(sumWays))
	}
}
