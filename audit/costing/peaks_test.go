package costing_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// days writes daily counts: "490x10 505x2 490" is ten days of 490, two of 505
// and one of 490; "-x3" is three days without a count.
func days(t testing.TB, text string) []int {
	t.Helper()
	var out []int
	for _, part := range strings.Fields(text) {
		n, times, repeated := strings.Cut(part, "x")
		users, count := -1, 1
		if n != "-" {
			scan(t, n, &users)
		}
		if repeated {
			scan(t, times, &count)
		}
		out = append(out, slices.Repeat([]int{users}, count)...)
	}
	return out
}

func scan(t testing.TB, text string, n *int) {
	t.Helper()
	if _, err := fmt.Sscan(text, n); err != nil {
		t.Fatal(err)
	}
}

// november is a monthly line of list G1 that renews on the 1st, counted from
// 31 October 2025 on; November has the 30 days of METHOD 19.11.
func november(t testing.TB, tiers []string, counts string, options ...world.Option) *world.World {
	return world.New(t).Graduated("jira", tiers).Seats("jira", 490, 0).
		Daily("jira", "2025-10-31", days(t, counts)...).Product("jira", pricing.Monthly, options...)
}

func cycles(t testing.TB, l *costing.Line) []costing.PeakCycle {
	t.Helper()
	out, why := l.PeakCycles()
	if why.Given() {
		t.Fatalf("%s: %s", l.ID(), why)
	}
	return out
}

// peaks writes the cycles of a line at their own prices: the first day, the
// bill for the users it began with, the exposure, and what is missing.
func peaks(t testing.TB, l *costing.Line) []string {
	t.Helper()
	var out []string
	for _, c := range cycles(t, l) {
		cost := l.PeakCost(&c, c.Period.Start)
		text := fmt.Sprintf("%s %s+%s", c.Period.Start, cost.Base, cost.Extra)
		if cost.Reason.Given() {
			text = c.Period.Start.String() + ": " + cost.Reason.Text
		} else if c.Missing > 0 {
			text += fmt.Sprintf(" missing %d", c.Missing)
		}
		if !c.Over {
			text += " running"
		}
		out = append(out, text)
	}
	return out
}

func expectPeaks(t testing.TB, name string, l *costing.Line, want ...string) {
	t.Helper()
	if got := peaks(t, l); !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", name, got, want)
	}
}

// METHOD 6.1, 6.3.
func TestGolden11PeakOfTwoDays(t *testing.T) {
	const counts = "490x11 505x2 490x49" // 15 more on day 11, gone two days later; December is quiet
	w := november(t, world.G1, counts)
	expectPeaks(t, "prorated", w.Line("jira"), "2025-11-01 376.50+4.00", "2025-12-01 376.50+0.00")
	l := w.Line("jira")
	c := cycles(t, l)[0]
	if cost := l.PeakCost(&c, c.Period.Start); costing.Total(cost.Bills).String() != "380.50" || len(cost.Bills) != 2 || cost.Bills[1].Days != 20 || cost.Bills[1].Of != 30 {
		t.Errorf("November: got %+v, want 380.50 in two lines, the second for 20 of 30 days", cost)
	}
	if c.Above != 2 || c.Peak.Users != 505 || c.Peak.Date != world.Day("2025-11-11") || c.Before.Users != 490 || c.Last.Users != 490 || c.Missing != 0 || !c.Over {
		t.Errorf("November: got %+v", c)
	}
	var notes []string
	for _, s := range l.Explain(l.PeakCost(&c, c.Period.Start).Bills) {
		notes = append(notes, s.Amount.Decimal(2)+" "+s.Note)
	}
	want := []string{"165.00 users 1-100; bill of 2025-11-01", "115.50 users 101-250; bill of 2025-11-01", "96.00 users 251-1,000; bill of 2025-11-01",
		"165.00 users 1-100; bill of 2025-11-11", "115.50 users 101-250; bill of 2025-11-11", "102.00 users 251-1,000; bill of 2025-11-11",
		"-376.50 less the price for the 490 users already paid for; bill of 2025-11-11", "-2.00 20 of 30 days; bill of 2025-11-11"}
	if !slices.Equal(notes, want) {
		t.Errorf("steps: got %q, want %q", notes, want)
	}
	w.Config.Policy.PeakFullPeriod = true
	expectPeaks(t, "full period: the month at the peak, 382.50", w.Line("jira"), "2025-11-01 376.50+6.00", "2025-12-01 376.50+0.00")
}

func TestGolden12PeakAcrossABracket(t *testing.T) {
	w := november(t, world.G1, "95x16 105x46") // 15 of 30 days left on 16 November; they stay
	expectPeaks(t, "G1: 162.80, then 168.85", w.Line("jira"), "2025-11-01 156.75+6.05", "2025-12-01 168.85+0.00")
	w = november(t, []string{":18.00"}, "10x16 15x46")
	expectPeaks(t, "uniform: 180.00, then 270.00 + 45.00", w.Line("jira"), "2025-11-01 180.00+45.00", "2025-12-01 270.00+0.00")
}

// METHOD 6.1.
func TestPeakRisesAreRoundedEachAlone(t *testing.T) {
	// One user is 0.33 a month: for 16 and for 15 of 30 days 0.176 and 0.165,
	// rounded 0.18 and 0.17; together 0.341.
	w := november(t, []string{":0.33"}, "10x15 11 12x46")
	expectPeaks(t, "two rises", w.Line("jira"), "2025-11-01 3.30+0.35", "2025-12-01 3.96+0.00")
}

// METHOD 6.1.
func TestPeakRunningMaximum(t *testing.T) {
	for _, c := range []struct{ name, counts, want string }{
		{"on the first day: the whole month", "10 20 10x29", "10.00+10.00"},
		{"on the last day: one day", "10x30 40", "10.00+1.00"},
		{"a later fall gives nothing back, the same height is free", "10x16 40 10x5 40x3 10x6", "10.00+15.00"},
		{"the second peak only for what it is higher", "10x16 40 10x4 43 10x9", "10.00+16.00"},
		{"fewer than at the start", "10 4x30", "10.00+0.00"},
		{"back to the start after a fall", "10 4x20 10x10", "10.00+0.00"},
		{"from nobody", "0x16 30x15", "0.00+15.00"},
	} {
		expectPeaks(t, c.name, november(t, []string{":1.00"}, c.counts).Line("jira"), "2025-11-01 "+c.want)
	}
}

// METHOD 6.2.
func TestPeakDaysWithoutACount(t *testing.T) {
	for _, c := range []struct {
		name, counts string
		want         []string
	}{
		{"the day before is missing", "- 10x30 10x5", []string{"2025-11-01: the users of 2025-10-31, the day before it began, are not counted", "2025-12-01 10.00+0.00 missing 26"}},
		{"a day inside adds nothing", "10x10 -x2 40x2 10x17", []string{"2025-11-01 10.00+19.00 missing 2"}},
		{"a peak nobody counted is not charged", "10x10 -x5 10x16", []string{"2025-11-01 10.00+0.00 missing 5"}},
		{"no day of a cycle", "10x31 -x30 10", []string{"2025-11-01 10.00+0.00", "2025-12-01 10.00+0.00 missing 30"}},
		{"all but the newest cycle", "10 -x61 10", []string{"2025-11-01: no day of it is counted", "2025-12-01: the users of 2025-11-30, the day before it began, are not counted",
			"2026-01-01: the users of 2025-12-31, the day before it began, are not counted running"}},
		{"the cycle that runs", "-x61 10 15", []string{"2026-01-01 10.00+5.00 running"}},
	} {
		expectPeaks(t, c.name, november(t, []string{":1.00"}, c.counts).Line("jira"), c.want...)
	}
	l := november(t, []string{":1.00"}, "10").Line("jira")
	if list, why := l.PeakCycles(); list != nil || why.Text != "no day of a cycle is counted after 2025-10-31" {
		t.Errorf("one count, the day before a cycle: got %v, %q", list, why)
	}
}

// The bounds count from the date in the file: a renewal on the 31st has cycles
// from the last day of a short month, and comes back to the 31st (METHOD 3.1).
//
// METHOD 6.1.
func TestPeakCycleBounds(t *testing.T) {
	bounds := func(asOf, renewal, from, counts string) string {
		w := world.New(t).Graduated("jira", []string{":1.00"}).Seats("jira", 10, 0).Daily("jira", from, days(t, counts)...)
		w.AsOf = world.Day(asOf)
		var out []string
		for _, c := range cycles(t, w.Product("jira", pricing.Monthly, world.Renews(renewal)).Line("jira")) {
			out = append(out, fmt.Sprintf("%s+%d", c.Period.Start, c.Period.Days()))
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct{ name, asOf, renewal, from, counts, want string }{
		{"31st", "2026-06-30", "2026-07-31", "2026-01-30", "10x120", "2026-01-31+28 2026-02-28+31 2026-03-31+30 2026-04-30+31"},
		{"31st in a leap year", "2024-06-30", "2024-07-31", "2024-01-30", "10x91", "2024-01-31+29 2024-02-29+31 2024-03-31+30"},
		{"leap day", "2024-06-30", "2024-02-29", "2023-12-28", "10x64", "2023-12-29+31 2024-01-29+31 2024-02-29+29"},
		{"renewal moved forward", "2026-06-30", "2025-01-31", "2026-02-27", "10x40", "2026-02-28+31 2026-03-31+30"},
		{"counts begin inside a cycle", "2026-06-30", "2026-07-15", "2026-03-20", "10x30", "2026-03-15+31 2026-04-15+30"},
		{"counts begin earlier in the month than it renews", "2026-06-30", "2026-07-15", "2026-03-10", "10x30", "2026-02-15+28 2026-03-15+31"},
		{"counts begin on the first day", "2026-06-30", "2026-07-15", "2026-03-15", "10x5", "2026-03-15+31"},
		{"counts end the day before a cycle", "2026-06-30", "2026-07-15", "2026-03-14", "10x32", "2026-03-15+31"},
	} {
		if got := bounds(c.asOf, c.renewal, c.from, c.counts); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// METHOD 6.1.
func TestRunningPeakCycle(t *testing.T) {
	for asOf, want := range map[string]string{"2026-02-14": "2026-01-15", "2026-02-15": "2026-02-15", "2026-02-16": "2026-02-15", "2027-03-01": "2027-02-15"} {
		w := world.New(t).Graduated("jira", world.G1).Seats("jira", 10, 0)
		w.AsOf = world.Day(asOf)
		if got := w.Product("jira", pricing.Monthly, world.Renews("2026-07-15")).Line("jira").RunningCycle(); got.Start != world.Day(want) || got.End != world.Day(want).AddMonths(1) {
			t.Errorf("as of %s: got %v, want a month from %s", asOf, got, want)
		}
	}
}

// A cycle is over the day after its last: as-of itself may still bring a peak.
//
// METHOD 6.1.
func TestPeakCycleThatRuns(t *testing.T) {
	for asOf, over := range map[string]bool{"2025-11-30": false, "2025-12-01": true} {
		w := november(t, []string{":1.00"}, "10x31")
		w.AsOf = world.Day(asOf)
		if c := cycles(t, w.Line("jira"))[0]; c.Over != over || c.Missing != 0 {
			t.Errorf("as of %s: got %+v, want over %v", asOf, c, over)
		}
	}
	w := november(t, []string{":1.00"}, "10x41")
	w.AsOf = world.Day("2025-12-11")
	if c := cycles(t, w.Line("jira"))[1]; c.Over || c.Missing != 0 {
		t.Errorf("ten days of December counted on the 11th: got %+v", c)
	}
	w.AsOf = world.Day("2025-12-12")
	if c := cycles(t, w.Line("jira"))[1]; c.Missing != 1 {
		t.Errorf("ten days of December counted on the 12th: got %+v, want one missing", c)
	}
	w.AsOf = world.Day("2025-11-20")
	if got := cycles(t, w.Line("jira")); len(got) != 1 || got[0].Last.Date != w.AsOf {
		t.Errorf("counts after as-of are not read: got %+v", got)
	}
}

// Past cycles are at the price of their first day, the same peaks today at that
// of as-of.
//
// METHOD 6.4.
func TestPeakPriceInForce(t *testing.T) {
	w := november(t, world.G1, "490x11 505x2 490x49").Percent("jira", "2025-11-05", "0.10").Percent("jira", "2025-12-15", "0.10")
	l := w.Line("jira")
	expectPeaks(t, "a change inside a cycle is of the next bill", l, "2025-11-01 376.50+4.00", "2025-12-01 414.15+0.00")
	c := cycles(t, l)[0]
	if got := l.PeakCost(&c, w.AsOf); got.Base.String() != "455.57" || got.Extra.String() != "4.84" {
		t.Errorf("at today's prices: got %s + %s, want 376.50 x 1.21 = 455.565 -> 455.57 and 4.00 x 1.21 = 4.84", got.Base, got.Extra)
	}
	w = world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, From: "2025-12-01", Tiers: world.G1}).Seats("jira", 490, 0).
		Daily("jira", "2025-10-31", days(t, "490x11 505x2 490x49")...).Product("jira", pricing.Monthly)
	l = w.Line("jira")
	expectPeaks(t, "no list yet", l, "2025-11-01: no price list in force on 2025-11-01; the first known one starts on 2025-12-01", "2025-12-01 376.50+0.00")
	if got := l.PeakCost(&c, w.AsOf).Extra.String(); got != "4.00" {
		t.Errorf("the price of November is not known, today's is: got %s, want 4.00", got)
	}
	l = november(t, []string{"500:1.00"}, "490x11 505x2 490x49").Line("jira")
	if got := peaks(t, l)[0]; !strings.Contains(got, "has no price for 505 users") {
		t.Errorf("a peak above the last top: got %q", got)
	}
}

// METHOD 6.1.
func TestPeakFactorsOfTheLine(t *testing.T) {
	const counts = "490x11 505x2 490x18"
	for _, c := range []struct {
		name   string
		option world.Option
		want   string
	}{
		{"discount", world.Discount("0.10"), "338.85+3.60"},
		{"licence type", world.Licence("academic"), "94.13+1.00"}, // 94.125
		{"contract ratio", world.Contract("188.25"), "188.25+2.00"},
	} {
		expectPeaks(t, c.name, november(t, world.G1, counts, c.option).Line("jira"), "2025-11-01 "+c.want)
	}
	falling := november(t, []string{"10:=50.00", ":1.00"}, "10x16 11x15").Line("jira")
	expectPeaks(t, "a rise is never charged less than nothing", falling, "2025-11-01 50.00+0.00")
	c := cycles(t, falling)[0]
	sum := money.Exact{}
	for _, s := range falling.Explain(falling.PeakCost(&c, c.Period.Start).Bills) {
		sum = sum.Add(s.Amount)
	}
	if sum.Cmp(money.Int(50)) != 0 {
		t.Errorf("steps of a rise that would cost less than nothing: got %s, want 50", sum.Decimal(2))
	}
}

// An app pays for the largest count of its host's family on each day (METHOD
// 1.6, 6.2); a day on which one of them is not counted is not counted for the app.
func TestPeaksOfAppsOfAFamily(t *testing.T) {
	w := world.New(t).Graduated("app", []string{":1.00"}).Seats("jira", 10, 0).Seats("jira-service-management", 8, 0).
		Daily("jira", "2025-10-31", days(t, "10x16 12x15")...).
		Daily("jira-service-management", "2025-10-31", days(t, "8x20 30x2 8x5 - 8x3")...).
		App("app", "jira", pricing.Monthly)
	l := w.Line("app")
	// 12 instead of 10 for 15 days, 30 instead of 12 for 11.
	expectPeaks(t, "both counted", l, "2025-11-01 10.00+7.60 missing 1")
	if c := cycles(t, l)[0]; c.Rises[1].Source.Line != 1+31+21 || len(l.NotDaily()) != 0 {
		t.Errorf("the row behind the second rise: got %v, want row %d of service management", c.Rises[1].Source, 1+31+21)
	}
	w = world.New(t).Graduated("app", []string{":1.00"}).Seats("jira", 10, 0).Seats("jira-service-management", 11, 0).
		Daily("jira", "2025-10-31", days(t, "10x16 12x15")...).App("app", "jira", pricing.Monthly)
	l = w.Line("app")
	expectPeaks(t, "no counts of one: its users of today", l, "2025-11-01 11.00+0.50")
	if got := l.NotDaily(); len(got) != 1 || got[0].Key != "jira-service-management" {
		t.Errorf("products without daily counts: got %v", got)
	}
}

// METHOD 6.1.
func TestLinesWithoutPeaks(t *testing.T) {
	base := func() *world.World {
		return world.New(t).Graduated("jira", world.G1).Graduated("app", world.G1).Seats("jira", 490, 0).Daily("jira", "2025-10-31", days(t, "490x11 505x2 490x18")...)
	}
	for _, c := range []struct {
		name    string
		line    *costing.Line
		exposed bool
		why     string
	}{
		{"annual", base().App("app", "jira", pricing.Annual).Line("app"), false, ""},
		{"data center", base().App("app", "jira", pricing.Monthly, world.OnDataCenter).Line("app"), false, ""},
		{"fixed", base().App("app", "jira", pricing.Monthly, world.Fixed, world.Contract("9")).Line("app"), false, ""},
		{"own users", base().App("app", "jira", pricing.Monthly, world.OwnUsers, world.Licensed(5)).Line("app"), true, "charged for its own users"},
		{"no renewal date", base().App("app", "jira", pricing.Monthly, world.Renews("")).Line("app"), true, "no renewal_date"},
		{"contract without a list", base().App("app", "jira", pricing.Monthly, world.Priced("ghost"), world.Contract("9")).Line("app"), true, "no list"},
		{"no counts", base().Seats("confluence", 5, 0).App("app", "confluence", pricing.Monthly).Line("app"), true, "no daily counts"},
		{"users not known", base().App("app", "bitbucket", pricing.Monthly).Line("app"), true, "users of the host are not known"},
	} {
		if c.line.ExposedToPeaks() != c.exposed {
			t.Errorf("%s: exposed: want %v", c.name, c.exposed)
		}
		if list, why := c.line.PeakCycles(); c.exposed && (list != nil || !strings.Contains(why.Text, c.why)) {
			t.Errorf("%s: got %v, %q, want the reason %q", c.name, list, why, c.why)
		}
	}
}

func TestKeptLeavesOutWhoIsGone(t *testing.T) {
	for _, c := range []struct{ name, counts, extra, kept string }{
		{"all gone", "490x11 505x2 490x18", "4.00", "0.00"},
		{"all stay", "490x11 505x20", "4.00", "4.00"},
		{"five of 15 stay", "490x11 505x2 495x18", "4.00", "1.33"}, // 5 x 0.40 x 20/30
		{"two rises, one stays", "490x11 495x5 505x2 495x13", "3.33", "1.33"},
		{"fewer than at the start", "490x11 505x2 400x18", "4.00", "0.00"},
	} {
		l := november(t, world.G1, c.counts).Line("jira")
		cycle := cycles(t, l)[0]
		kept := cycle.Kept()
		if extra, rest := l.PeakCost(&cycle, world.Day("2025-11-01")).Extra.String(), l.PeakCost(&kept, world.Day("2025-11-01")).Extra.String(); extra != c.extra || rest != c.kept {
			t.Errorf("%s: got %s, of people who stay %s; want %s and %s", c.name, extra, rest, c.extra, c.kept)
		}
	}
}

// drawn is a month of counts on a table that does not fall.
type drawn struct {
	tiers  []string
	counts []int // 31 October and the days of November; -1 is not counted
}

func drawPeaks(t *rapid.T) drawn {
	var d drawn
	top := 0
	for range rapid.IntRange(0, 4).Draw(t, "tiers") {
		top += rapid.IntRange(1, 40).Draw(t, "width")
		d.tiers = append(d.tiers, fmt.Sprintf("%d:%d.%02d", top, rapid.IntRange(0, 9).Draw(t, "unit"), rapid.IntRange(0, 99).Draw(t, "cents")))
	}
	d.tiers = append(d.tiers, fmt.Sprintf(":0.%02d", rapid.IntRange(0, 99).Draw(t, "last")))
	d.counts = []int{rapid.IntRange(0, 120).Draw(t, "before")}
	for range 30 {
		n := rapid.IntRange(0, 120).Draw(t, "users")
		if rapid.IntRange(1, 8).Draw(t, "counted") == 8 {
			n = -1
		}
		d.counts = append(d.counts, n)
	}
	d.counts[30] = max(d.counts[30], 0)
	return d
}

func (d drawn) line(t testing.TB, full bool) *costing.Line {
	w := world.New(t).Graduated("jira", d.tiers).Seats("jira", 5, 0).Daily("jira", "2025-10-31", d.counts...)
	w.Config.Policy.PeakFullPeriod = full
	return w.Product("jira", pricing.Monthly).Line("jira")
}

func novemberCost(t testing.TB, l *costing.Line) (costing.PeakCycle, costing.PeakCost) {
	c := cycles(t, l)[0]
	cost := l.PeakCost(&c, c.Period.Start)
	if cost.Reason.Given() {
		t.Fatal(cost.Reason)
	}
	return c, cost
}

// daily charges every day its share of what the running maximum costs more than
// the users of the start: another way to the same amount, without rounding.
func (d drawn) daily(l *costing.Line, v *pricing.Version) money.Exact {
	start, _ := v.Price(d.counts[0])
	sum, most := money.Exact{}, d.counts[0]
	for _, n := range d.counts[1:] {
		most = max(most, n)
		p, _ := v.Price(most)
		sum = sum.Add(p.Sub(start).Mul(money.Ratio(1, 30)))
	}
	return sum
}

func TestPeaksProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawPeaks(rt)
		l := d.line(t, false)
		c, cost := novemberCost(t, l)
		v, _ := l.Timeline(pricing.Monthly).At(world.Day("2025-11-01"))
		tolerance := money.Ratio(int64(len(c.Rises)), 200) // half a cent for each rounded line
		if cost.Extra.Sign() < 0 {
			rt.Fatalf("exposure %s is below nothing", cost.Extra)
		}
		if off := cost.Extra.Exact().Sub(d.daily(l, v)); off.Cmp(tolerance) > 0 || off.Neg().Cmp(tolerance) > 0 {
			rt.Fatalf("exposure %s, day by day %s", cost.Extra, d.daily(l, v).Decimal(4))
		}
		_, full := novemberCost(t, d.line(t, true))
		if less := cost.Extra.Exact().Sub(full.Extra.Exact()); less.Cmp(tolerance.Add(money.Ratio(1, 100))) > 0 {
			rt.Fatalf("prorated %s costs more than the full period %s", cost.Extra, full.Extra)
		}
		for _, x := range []costing.PeakCost{cost, full} {
			sum := money.Exact{}
			for _, s := range l.Explain(x.Bills) {
				sum = sum.Add(s.Amount)
			}
			if total := costing.Total(x.Bills); sum.Cmp(total.Exact()) != 0 || x.Base.Add(x.Extra) != total {
				rt.Fatalf("the steps add up to %s, base %s and exposure %s, the bills %s", sum.Decimal(4), x.Base, x.Extra, total)
			}
		}
		rises := money.Exact{}
		for _, s := range l.Explain(cost.Bills[1:]) {
			rises = rises.Add(s.Amount)
		}
		if rises.Cmp(cost.Extra.Exact()) != 0 {
			rt.Fatalf("the steps of the rises add up to %s, the exposure is %s", rises.Decimal(4), cost.Extra)
		}
		kept := c.Kept()
		if rest := l.PeakCost(&kept, c.Period.Start).Extra; rest.Sign() < 0 || cost.Extra.Less(rest) {
			rt.Fatalf("of people who stay %s, of all %s", rest, cost.Extra)
		}
	})
}

// Whoever leaves after a day gives nothing back: whatever the counts after it
// are, the exposure is not below what was charged until then.
func TestRemovalsGiveNothingBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawPeaks(rt)
		day := rapid.IntRange(1, 29).Draw(rt, "day")
		until := drawn{d.tiers, slices.Clone(d.counts)}
		for i := day + 1; i < len(until.counts); i++ {
			until.counts[i] = 0
		}
		_, all := novemberCost(t, d.line(t, false))
		_, part := novemberCost(t, until.line(t, false))
		if all.Extra.Less(part.Extra) {
			rt.Fatalf("everybody leaves after day %d: %s, with the days after it %s", day, part.Extra, all.Extra)
		}
		lower := drawn{d.tiers, slices.Clone(d.counts)}
		for i := day + 1; i < len(lower.counts); i++ {
			lower.counts[i] = min(lower.counts[i], slices.Max(lower.counts[:day+1]))
		}
		if _, low := novemberCost(t, lower.line(t, false)); low.Extra != part.Extra {
			rt.Fatalf("counts up to the maximum of day %d are not free: %s, not %s", day, low.Extra, part.Extra)
		}
	})
}

// Two rises on one day cost what one of both costs, but for rounding each.
func TestTwoRisesOfOneDayAreOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawPeaks(rt)
		l := d.line(t, false)
		c := cycles(t, l)[0]
		from := d.counts[0]
		middle, to := from+rapid.IntRange(1, 40).Draw(rt, "first"), 0
		to = middle + rapid.IntRange(1, 40).Draw(rt, "second")
		left := rapid.IntRange(1, 30).Draw(rt, "left")
		rise := func(a, b int) costing.Rise {
			return costing.Rise{DayUsers: costing.DayUsers{Date: c.Period.End.AddDays(-left), Users: b}, From: a, Days: left}
		}
		cost := func(rises ...costing.Rise) money.Amount {
			c.Rises = rises
			return l.PeakCost(&c, c.Period.Start).Extra
		}
		one, two := cost(rise(from, to)), cost(rise(from, middle), rise(middle, to))
		if off := one.MinorUnits() - two.MinorUnits(); off > 1 || off < -1 {
			rt.Fatalf("%d -> %d: in one %s, in two %s", from, to, one, two)
		}
	})
}
