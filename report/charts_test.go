package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/seats"
)

func chartMeanings(r *audit.Result) []meaning {
	out := []meaning{bridgeBars(r), costBars(r), idleBars(r)}
	for _, p := range dearest(r) {
		out = append(out, meaning{
			place: "Charts/" + p.Title + ": twelve months by tier, " + money.Plural(p.LadderUsers, "user") + " today",
			cols:  "Users|Other tiers|Paid for today|After the plan", rows: 2, cell: cells{
				"Users":       func(i int) any { return tierText(&p.Ladder[i].Tier) },
				"Other tiers": words("", say(p.Ladder[1].Amount)), "Paid for today": words(say(p.Ladder[0].Amount), ""), "After the plan": words("", ""),
			},
		})
	}
	for m := range each(r.UserMonths) {
		out = append(out, meaning{
			place: "Charts/" + m.Name + " on " + m.Site + ": users by month", cols: "Month|Most users on a day|Top of today's tier", rows: 2,
			cell: of(m.Months, map[string]func(*audit.UserMonth) any{
				"Month":               func(x *audit.UserMonth) any { return x.Month.Time().Format("Jan 2006") },
				"Most users on a day": func(x *audit.UserMonth) any { return x.Users },
				"Top of today's tier": func(*audit.UserMonth) any { return m.Top },
			}),
		})
	}
	return out
}

// bridgeBars works the levels out from the bridge itself: each bar reaches from
// the level before it to the one after.
func bridgeBars(r *audit.Result) meaning {
	bars := bridge(r).Bars
	m := meaning{place: "Charts/Bridge", cols: "Step|Stands on|Total|Hard saving|Avoidance|Increase", rows: len(bars), cell: cells{}}
	level := money.Zero("USD")
	by := map[string][]any{}
	for _, b := range bars {
		after := level.Add(b.Amount)
		shown := map[string]any{"Stands on": money.Zero("USD"), "Total": "", "Hard saving": "", "Avoidance": "", "Increase": ""}
		switch {
		case b.Total:
			after, shown["Total"] = b.Amount, b.Amount
		case b.Amount.Sign() < 0: // no step of this result is of quotes
			shown["Stands on"], shown["Hard saving"] = after, money.Zero("USD").Sub(b.Amount)
		default:
			shown["Stands on"], shown["Increase"] = level, b.Amount
		}
		level = after
		by["Step"] = append(by["Step"], b.Label)
		for title, a := range shown {
			by[title] = append(by[title], a)
		}
	}
	for title, values := range by {
		m.cell[title] = func(i int) any { return values[i] }
	}
	return m
}

// idleBars are the seats of both products in each band, on the side of the limit
// where the band lies.
func idleBars(r *audit.Result) meaning {
	var bands []seats.Band
	lately, long := map[seats.Band]int{}, map[seats.Band]int{}
	for p := range each(r.Seats) {
		for _, b := range p.Bands {
			if !slices.Contains(bands, b.Label) {
				bands = append(bands, b.Label)
			}
			if side := lately; !b.Label.Past(r.Run.Policy.InactiveAfterDays) {
				side[b.Label] += b.Count
				continue
			}
			long[b.Label] += b.Count
		}
	}
	limit := fmt.Sprintf("Not used for %d days and more, or never", r.Run.Policy.InactiveAfterDays)
	return meaning{place: "Charts/Seats by days since last use", cols: "Days since last use|Used lately, or not known|" + limit, rows: len(bands), cell: cells{
		"Days since last use":       func(i int) any { return bands[i] },
		"Used lately, or not known": func(i int) any { return lately[bands[i]] },
		limit:                       func(i int) any { return long[bands[i]] },
	}}
}

func costBars(r *audit.Result) meaning {
	l := &r.Lines[0] // the other is in no total
	return meaning{place: "Charts/Cost by product and app", cols: "Product or app|As is|Recommended", rows: 1,
		cell: cells{"Product or app": words(l.Name), "As is": words(say(l.AsIs)), "Recommended": words(say(l.Recommended))}}
}

// What saves by a quote, what saves otherwise and what costs more differ in shade.
func TestBridgeChartTellsStepsApart(t *testing.T) {
	for want, b := range map[Shade]BridgeBar{Dark: {Amount: usd(1), Total: true}, Warm: {Amount: usd(1)}, Middle: {Amount: usd(-1), Class: "hard_saving"},
		Light: {Amount: usd(-1), Class: "avoidance"}} {
		if got := shadeOf(&b); got != want {
			t.Errorf("%v: %d, want %d", b, got, want)
		}
	}
}

// The histogram counts every judged seat once, those of a collection with their
// products.
func TestIdleChartCountsSeatsOnce(t *testing.T) {
	r := result()
	r.Run.Policy.InactiveAfterDays = 60
	bands := []audit.Counted[seats.Band]{{Label: seats.To29, Count: 3}, {Label: seats.To89, Count: 2}, {Label: seats.BandNever, Count: 1}}
	r.Seats = []audit.ProductSeats{{Product: "jira", Bands: bands}, {Product: "confluence", Bands: bands}, {Product: "teamwork-collection", Includes: []string{"jira"}, Bands: bands}}
	var s Sheet
	s.idleChart(r)
	var got []string
	for row := range s.Blocks[0].Rows {
		got = append(got, strings.Join(shownRow(row), " "))
	}
	if want := []string{"0-29 6 0", "60-89 0 4", "never 0 2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Each chart names columns that its sheet or another one has.
func TestChartsDrawColumnsThatAreThere(t *testing.T) {
	d := Build(filled(t))
	has := map[string]bool{}
	for _, s := range d.Workbook {
		for _, table := range append(slices.Clone(s.Blocks), s.Table) {
			for _, c := range table.Columns {
				has[table.ID+"."+c.ID] = table.ID != ""
			}
		}
	}
	n := 0
	for _, s := range d.Workbook {
		for _, c := range s.Charts {
			n++
			if c.Title == "" || c.Across == "" || c.Up == "" || !has[c.Labels.Table+"."+c.Labels.Column] {
				t.Errorf("%q has no labels in %v", c.Title, c.Labels)
			}
			for _, x := range c.Series {
				if !has[x.Table+"."+x.Column] {
					t.Errorf("%q draws %s.%s, which is no column", c.Title, x.Table, x.Column)
				}
			}
		}
	}
	if n < 5 {
		t.Errorf("%d charts", n)
	}
}

// Costs are added up by key, and the formulas beside them by name: where one means
// more or less than the other, the figures stand alone.
func TestCostsAreAddedUpWhereNamesAreKeys(t *testing.T) {
	of := func(key, name string) audit.Line { return audit.Line{Key: key, Name: name, Counted: true} }
	for name, c := range map[string]struct {
		lines []audit.Line
		added bool
	}{
		"one name a key":         {[]audit.Line{of("jira", "Jira"), of("sheets", "Timesheets"), of("sheets", "Timesheets")}, true},
		"one name of two keys":   {[]audit.Line{of("sheets-1", "Timesheets"), of("sheets-2", "Timesheets")}, false},
		"one key with two names": {[]audit.Line{of("sheets", "Timesheets"), of("sheets", "Timesheets for Biz")}, false},
	} {
		f := newCostFormulas(&audit.Result{Lines: c.lines}, audit.Costs(c.lines, 5))
		if added := !f.column("as_is")(f.list[0]).None(); added != c.added {
			t.Errorf("%s: added up by formula is %t", name, added)
		}
	}
}

// A product without a month is none to draw: such a result.json may come from
// elsewhere.
func TestMostUsedHaveMonths(t *testing.T) {
	months := func(users int) []audit.UserMonth { return []audit.UserMonth{{Users: users}} }
	got := mostUsed(&audit.Result{UserMonths: []audit.UserMonths{{Name: "none"}, {Name: "few", Months: months(3)}, {Name: "many", Months: months(9)}}})
	if len(got) != 2 || got[0].Name != "many" || got[1].Name != "few" {
		t.Errorf("the most used are %v", got)
	}
}
