package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// peakTally is what the daily counts say about the peaks of one monthly line.
type peakTally struct {
	line     *costing.Line
	why      diag.Reason // why nothing is known
	currency money.Currency
	peaks    []costing.PeakCycle // over, evaluated, and with a rise
	running  *costing.PeakCycle  // nil when it cannot be evaluated

	evaluated int // cycles that are over
	skipped   int // cycles that are over and lack counts
	missing   int // days without a count in the cycles evaluated
	unpriced  int // cycles with a peak whose own price is not known

	past  money.Amount // what the peaks did cost; unknown when one of the prices is
	today money.Amount // what they cost at today's price; why says so when that is not known
	gone  money.Amount // of today, for people who were gone again when their cycle ended
	base  money.Amount // the regular bills of the cycles with a peak, at today's price
}

func tallyPeaks(l *costing.Line, asOf date.Date) *peakTally {
	t := &peakTally{line: l}
	cycles, why := l.PeakCycles()
	if why.Given() {
		t.why = why
		return t
	}
	for i := range cycles {
		c := &cycles[i]
		switch {
		case !c.Over:
			if !c.Reason.Given() {
				t.running = c
			}
		case c.Reason.Given():
			t.skipped++
		default:
			t.evaluated++
			t.missing += c.Missing
			if len(c.Rises) > 0 {
				t.peaks = append(t.peaks, *c)
			}
		}
	}
	t.price(l, asOf)
	if t.evaluated == 0 && !t.why.Given() {
		t.why = diag.Why(diag.NoQuantity, "no complete cycle has a count of the day before it and of its days")
	}
	return t
}

// price adds up the peaks at the prices of their time and at today's.
func (t *peakTally) price(l *costing.Line, asOf date.Date) {
	c := costing.PeakCycle{}
	now := l.PeakCost(&c, asOf) // a cycle without users tells the currency, or why there is no price
	if now.Reason.Given() {
		t.why = now.Reason
		return
	}
	t.currency = now.Base.Currency()
	zero := money.Zero(t.currency)
	t.past, t.today, t.gone, t.base = zero, zero, zero, zero
	for i := range t.peaks {
		c := &t.peaks[i]
		then, now := l.PeakCost(c, c.Period.Start), l.PeakCost(c, asOf)
		kept := c.Kept()
		if !then.Extra.Known() {
			t.unpriced++
		}
		if now.Reason.Given() {
			t.why = now.Reason
			return
		}
		t.past = t.past.Add(then.Extra)
		t.today = t.today.Add(now.Extra)
		t.gone = t.gone.Add(now.Extra.Sub(l.PeakCost(&kept, asOf).Extra))
		t.base = t.base.Add(now.Base)
	}
}

// gap says what the counts of a line leave open; "" when nothing but the
// cycle in which they begin.
func (t *peakTally) gap() string {
	var parts []string
	if t.missing > 0 {
		parts = append(parts, "nothing is added for "+money.Plural(t.missing, "day")+" without a count")
	}
	if t.skipped > 1 || t.skipped == 1 && !t.beganInside() {
		parts = append(parts, fmt.Sprintf("%s not evaluated for want of a count of the day before or of any day", money.Plural(t.skipped, "complete cycle")))
	}
	return strings.Join(parts, "; ")
}

// beganInside reports whether the first cycle the counts reach into began
// before them, as it nearly always did.
func (t *peakTally) beganInside() bool {
	cycles, _ := t.line.PeakCycles()
	return len(cycles) > 0 && cycles[0].Reason.Given()
}

// note says beside a line's amount what it did cost.
func (t *peakTally) note() string {
	if !t.past.Known() {
		return fmt.Sprintf("%s with a peak; what they did cost is not known", money.Plural(len(t.peaks), "cycle"))
	}
	return fmt.Sprintf("%s with a peak, which did cost %s", money.Plural(len(t.peaks), "cycle"), t.past.Grouped())
}

// byCurrency groups tallies, those in the currency of the totals first.
func byCurrency(p *audit.Pass, tallies []*peakTally) [][]*peakTally {
	var out [][]*peakTally
	for _, t := range tallies {
		i := slices.IndexFunc(out, func(g []*peakTally) bool { return g[0].currency == t.currency })
		if i < 0 {
			out = append(out, nil)
			i = len(out) - 1
		}
		out[i] = append(out[i], t)
	}
	slices.SortFunc(out, func(a, b []*peakTally) int {
		return cmp.Compare(currencyMark(p, a[0].currency), currencyMark(p, b[0].currency))
	})
	return out
}

// currencyMark names a currency in lower case; "" for that of the totals.
func currencyMark(p *audit.Pass, c money.Currency) string {
	if c == p.Costs.Currency {
		return ""
	}
	return strings.ToLower(string(c))
}

// withPeaks returns the lines that a peak did cost or would cost something.
func withPeaks(tallies []*peakTally) []*peakTally {
	return filter(tallies, func(t *peakTally) bool {
		return len(t.peaks) > 0 && (t.past.Sign() != 0 || t.today.Sign() != 0 || !t.past.Known())
	})
}

// freeAgain returns the lines whose running cycle is charged for more users
// than there are today.
func freeAgain(tallies []*peakTally) []*peakTally {
	return filter(tallies, func(t *peakTally) bool {
		return t.running != nil && len(t.running.Rises) > 0 && t.running.Peak.Users > max(t.line.Users, t.running.Before.Users)
	})
}

func filter(list []*peakTally, keep func(*peakTally) bool) []*peakTally {
	return slices.DeleteFunc(slices.Clone(list), func(t *peakTally) bool { return !keep(t) })
}

// peakSum is the peaks of several lines in one currency.
type peakSum struct {
	cycles, days, height, unpriced int
	past, today, gone, base        money.Amount
}

// summarise adds lines up. A cycle of several lines, which have the same days
// and users as a rule, is one.
func summarise(tallies []*peakTally) peakSum {
	zero := money.Zero(tallies[0].currency)
	s := peakSum{past: zero, today: zero, gone: zero, base: zero}
	days := map[date.Period]int{}
	for _, t := range tallies {
		s.past, s.today, s.gone, s.base = s.past.Add(t.past), s.today.Add(t.today), s.gone.Add(t.gone), s.base.Add(t.base)
		s.unpriced += t.unpriced
		for _, c := range t.peaks {
			days[c.Period] = max(days[c.Period], c.Above)
			s.height = max(s.height, c.Peak.Users-c.Before.Users)
		}
	}
	s.cycles = len(days)
	for _, n := range days {
		s.days += n
	}
	return s
}

// assumed says what else than the counts a finding rests on.
func assumed(tallies []*peakTally) string {
	var names []string
	for _, t := range tallies {
		for _, product := range t.line.NotDaily() {
			if name := estate.ProductName(product.Key); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if names == nil {
		return ""
	}
	return "; without daily counts, the users of today stand for " + strings.Join(names, " and ")
}

// peakRows points at the rows behind the peaks, each once.
func peakRows(p *audit.Pass, tallies []*peakTally) []audit.Evidence {
	var out []audit.Evidence
	for _, t := range tallies {
		for i := range t.peaks {
			out = append(out, cycleRows(&t.peaks[i])...)
		}
	}
	return firstRows(p, out)
}

func runningRows(p *audit.Pass, tallies []*peakTally) []audit.Evidence {
	var out []audit.Evidence
	for _, t := range tallies {
		out = append(out, cycleRows(t.running)...)
	}
	return firstRows(p, out)
}

// cycleRows names the day before a cycle, its rises and its last day counted.
func cycleRows(c *costing.PeakCycle) []audit.Evidence {
	out := []audit.Evidence{{Source: c.Before.Source, What: fmt.Sprintf("%s on %s, billed for the cycle from %s",
		money.Plural(c.Before.Users, "user"), c.Before.Date, c.Period.Start)}}
	for _, r := range c.Rises {
		out = append(out, audit.Evidence{Source: r.Source, What: fmt.Sprintf("%s on %s, %s more than on any day before, charged for %d of %d days",
			money.Plural(r.Users, "user"), r.Date, money.Count(r.Users-r.From), r.Days, c.Period.Days())})
	}
	if c.Last.Date != c.Rises[len(c.Rises)-1].Date {
		out = append(out, audit.Evidence{Source: c.Last.Source, What: fmt.Sprintf("%s on %s, the last day counted", money.Plural(c.Last.Users, "user"), c.Last.Date)})
	}
	return out
}

// firstRows returns as many rows as the option says, each place and remark once.
func firstRows(p *audit.Pass, rows []audit.Evidence) []audit.Evidence {
	var out []audit.Evidence
	for _, r := range rows {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	limit := min(p.Number("evidence_rows"), len(out))
	if rest := len(out) - limit; rest > 0 {
		out = append(out[:limit], audit.Evidence{Source: diag.Source{}, What: fmt.Sprintf("%s more rows in user_counts", money.Count(rest))})
	}
	return out
}
