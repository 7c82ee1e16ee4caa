package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"tierline/audit/date"
	"tierline/report"
)

// drawn is the bars of a chart from left to right, each with the name its
// colour has in the legend.
func drawn(t *testing.T, s report.Section) (names []string, heights []float64) {
	t.Helper()
	c := mustLayOut(t, &report.Document{Currency: "USD", Complete: true, Finance: report.Finance{Sections: []report.Section{s}}})
	var bars []mark
	legend := map[colour]string{}
	for _, p := range c.pages {
		var key *mark
		for i := range p.marks {
			m := &p.marks[i]
			switch {
			case m.kind == textMark && key != nil:
				legend[key.ink], key = m.text, nil
			case m.kind != areaMark || len(m.points) != 4:
			case math.Abs(m.wide()-3.2) < 0.01 && math.Abs(m.high()-2.4) < 0.01:
				key = m
			case m.ink != c.ink.white && m.high() > 1: // not the bar above the title, not behind letters
				bars = append(bars, *m)
			}
		}
	}
	slices.SortFunc(bars, func(a, b mark) int { return cmp.Compare(a.points[0].x, b.points[0].x) })
	for _, b := range bars {
		names, heights = append(names, cmp.Or(legend[b.ink], "-")), append(heights, b.high())
	}
	return names, heights
}

func (m *mark) wide() float64 { return m.points[1].x - m.points[0].x }
func (m *mark) high() float64 { return m.points[2].y - m.points[1].y }

// TestChartsShowWhatTheyName: a bar has the colour of its kind in the legend and
// the height of its figure beside the others.
func TestChartsShowWhatTheyName(t *testing.T) {
	bars := []report.BridgeBar{{Label: "A", Amount: cents(10000, "USD"), Total: true}, {Label: "B", Amount: cents(-6000, "USD"), Class: "hard_saving"},
		{Label: "C", Amount: cents(-3000, "USD"), Class: "avoidance"}, {Label: "D", Amount: cents(1000, "USD")}, {Label: "E", Amount: cents(2000, "USD"), Total: true}}
	rungs := []report.Rung{{From: 1, To: 10, Amount: cents(1000, "USD"), Target: true}, {From: 11, To: 20, Amount: cents(2000, "USD")}, {From: 21, To: 30, Amount: cents(3000, "USD"), Here: true}}
	for name, c := range map[string]struct {
		section report.Section
		names   string
		heights []float64 // in the same unit
	}{
		"cash": {report.Section{Cash: &report.CashChart{Months: []report.CashBar{{Month: date.New(2026, 11, 1), AsIs: cents(4000, "USD"), Recommended: cents(1000, "USD")}}}},
			"as is, recommended", []float64{40, 10}},
		"bridge": {report.Section{Bridge: &report.Bridge{Bars: bars}},
			"total, hard saving, avoidance, increase or other change, total", []float64{100, 60, 30, 10, 20}},
		"histogram": {report.Section{Bars: []report.Histogram{{Bars: []report.Bar{{Label: "A", Count: 50}, {Label: "B", Count: 30, Review: true}, {Label: "C", Count: 20}}}}},
			"other seats, past the limit or never used, other seats", []float64{50, 30, 20}},
		"ladder": {report.Section{Ladder: []report.Ladder{{Users: 25, Paid: 30, Rungs: rungs}}},
			"recommended tier, -, tier of the billed quantity", []float64{10, 20, 30}},
	} {
		names, heights := drawn(t, c.section)
		if got := strings.Join(names, ", "); got != c.names {
			t.Errorf("%s: bars %q, want %q", name, got, c.names)
			continue
		}
		for i := range heights {
			if got, want := heights[i]/heights[0], c.heights[i]/c.heights[0]; math.Abs(got-want) > 0.01 {
				t.Errorf("%s: bar %d is %.2f times as high as the first, want %.2f", name, i, got, want)
			}
		}
	}
}

// TestCyclesCrossWhereTheyAreMarked: the sign of a break-even stands on the line
// of annual billing, as high as its amount.
func TestCyclesCrossWhereTheyAreMarked(t *testing.T) {
	point := func(users, top int, monthly, annual int64) report.CyclePoint {
		return report.CyclePoint{Users: users, Top: top, Monthly: cents(monthly, "USD"), Annual: cents(annual, "USD")}
	}
	c := mustLayOut(t, &report.Document{Currency: "USD", Complete: true, Finance: report.Finance{Sections: []report.Section{{Cycles: []report.CycleChart{{Title: "Jira", Unit: "Jira", Users: 40,
		BreakEven: []int{80}, Points: []report.CyclePoint{point(1, 50, 100, 4000), point(50, 50, 5000, 4000), point(51, 100, 5100, 8000), point(80, 100, 8000, 8000), point(100, 100, 10000, 8000)}}}}}}})
	var sign, high mark
	for _, p := range c.pages {
		for _, m := range p.marks {
			switch {
			case m.kind == areaMark && m.ink == c.ink.second:
				sign = m
			case m.kind == lineMark && m.width == 0.7:
				high = m // the last part of annual billing
			}
		}
	}
	if len(sign.points) != 4 || math.Abs(sign.points[1].y-high.points[0].y) > 0.01 || math.Abs(sign.points[0].x-high.points[0].x) > 0.01 {
		t.Errorf("the break-even stands at %v, annual billing from there on at %v", sign.points, high.points)
	}
	if text := allText(c); !strings.Contains(text, "40usersofJiraundertheplan") || !strings.Contains(text, "80") {
		t.Errorf("the chart says %q", text)
	}
}

// TestTimelineStandsOnItsDays: a renewal in the middle of the year shown stands
// in the middle of the axis, and its window before it as long as it is.
func TestTimelineStandsOnItsDays(t *testing.T) {
	start := date.New(2026, 1, 1)
	at := func(days int) date.Date { return start.AddDays(days) }
	c := mustLayOut(t, &report.Document{Complete: true, Finance: report.Finance{Sections: []report.Section{{When: &report.Timeline{From: start, To: at(400),
		Rows: []report.TimelineRow{{Label: "Jira", Days: []report.Moment{{Day: at(200), Kind: report.RenewalDay}}, Stretches: []report.Stretch{{From: at(100), To: at(150)}}}}}}}}})
	var axis, bar, renewal mark
	for _, p := range c.pages {
		for _, m := range p.marks {
			switch {
			case m.kind == lineMark && m.width == 0.25:
				axis = m
			case m.kind == areaMark && m.ink == c.ink.plain:
				bar = m
			case m.kind == areaMark && m.ink == c.ink.text:
				renewal = m
			}
		}
	}
	from, all := axis.points[0].x+dayRoom, axis.points[1].x-axis.points[0].x-2*dayRoom
	for name, c := range map[string]struct{ got, want float64 }{
		"renewal": {renewal.points[0].x, 0.5}, "window opens": {bar.points[0].x, 0.25}, "window closes": {bar.points[1].x, 0.375},
	} {
		if part := (c.got - from) / all; math.Abs(part-c.want) > 0.005 {
			t.Errorf("%s stands at %.3f of the axis, want %.3f", name, part, c.want)
		}
	}
}

// TestTheMostValuableActionsStay: where not all fit on the first page, the ones
// that are worth most do, and those of unknown worth go first.
func TestTheMostValuableActionsStay(t *testing.T) {
	d := richDocument()
	d.Finance.Decisions = []report.Table{actionTable(40, "USD")} // the 40th is worth most, the 4th is unknown
	c := mustLayOut(t, d)
	first := pageText(c.pages[0])
	if !strings.Contains(first, strip("(action 40)")) || strings.Contains(first, strip("(action 1)")) || strings.Contains(first, strip("(action 4)")) {
		t.Errorf("the first page holds\n%s", first)
	}
}
