package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Timeline shows when something can be decided: one row for each product and
// its apps.
type Timeline struct {
	Title    string
	Note     string
	From, To date.Date // the ends of the axis; To is behind every day shown
	Rows     []TimelineRow
}

// TimelineRow is what happens to one product and its apps.
type TimelineRow struct {
	Label     string
	Stretches []Stretch
	Days      []Moment
}

// Stretch is a stretch of days, both ends inclusive.
type Stretch struct {
	From, To date.Date
	Kind     StretchKind
}

// StretchKind says what a stretch of days is for.
type StretchKind uint8

// The kinds of stretches.
const (
	DecideStretch StretchKind = iota // between the two ends of the audit window
	QuoteStretch                     // a quote keeps the old price
)

// Moment is a day that is marked.
type Moment struct {
	Day  date.Date
	Kind MomentKind
}

// MomentKind says what happens on a day.
type MomentKind uint8

// The kinds of moments.
const (
	RenewalDay MomentKind = iota
	PriceDay              // prices change
)

// timelineRows is how many products a page shows; the calendar has all.
const timelineRows = 24

// timeline shows the annual renewals of the coming year, with the windows in
// which to decide before them and to ask for quotes; nil where nothing renews
// for a year.
func timeline(r *audit.Result) *Timeline {
	t := &Timeline{Title: "When to decide", From: r.Run.AsOf}
	for p := range each(r.Positions) {
		t.Rows = append(t.Rows, timelineOf(r, p)...)
	}
	slices.SortStableFunc(t.Rows, func(a, b TimelineRow) int { return a.first().Compare(b.first()) })
	if more := len(t.Rows) - timelineRows; more > 0 {
		t.Rows = t.Rows[:timelineRows]
		t.Note = fmt.Sprintf("%s later; the calendar has their dates.", money.Plural(more, "product")+" "+verb(more, "renews", "renew"))
	}
	for _, row := range t.Rows {
		for _, m := range row.Days {
			t.To = latest(t.To, m.Day)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.To = latest(t.To.AddDays(14), t.From.AddDays(60))
	return t
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func latest(a, b date.Date) date.Date {
	if b.After(a) {
		return b
	}
	return a
}

// first is the first day of a row, by which rows are ordered.
func (row *TimelineRow) first() date.Date {
	return slices.MinFunc(row.Days, func(a, b Moment) int { return a.Day.Compare(b.Day) }).Day
}

// timelineOf collects the days of a bundle from as-of on, site by site. Apps that
// renew on the day of their product are one mark. Monthly bills are none.
func timelineOf(r *audit.Result, p *audit.Position) []TimelineRow {
	sites := map[string]*TimelineRow{}
	for l := range each(r.Lines) {
		if l.Bundle != p.Bundle || l.Cycle != pricing.Annual || l.Renewal.IsZero() {
			continue
		}
		row := sites[l.Site]
		if row == nil {
			row = &TimelineRow{Label: p.Title}
			sites[l.Site] = row
		}
		row.add(Moment{l.Renewal, RenewalDay})
		days := r.Run.Policy.AuditWindow
		row.stretch(Stretch{latest(l.Renewal.AddDays(-days[0]), r.Run.AsOf), l.Renewal.AddDays(-days[1]), DecideStretch})
		if q := l.Quote; q != nil && q.Possible {
			row.stretch(Stretch{q.From, q.By, QuoteStretch})
			row.add(Moment{q.Change, PriceDay})
		}
	}
	var out []TimelineRow
	for _, site := range slices.Sorted(maps.Keys(sites)) {
		if len(sites) > 1 {
			sites[site].Label = estate.ProductName(p.Family) + " on " + estate.SiteTitle(site)
		}
		out = append(out, *sites[site])
	}
	return out
}

func (row *TimelineRow) add(m Moment) {
	if !slices.Contains(row.Days, m) {
		row.Days = append(row.Days, m)
		slices.SortFunc(row.Days, func(a, b Moment) int { return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Kind, b.Kind)) })
	}
}

func (row *TimelineRow) stretch(s Stretch) {
	if !s.To.Before(s.From) && !slices.Contains(row.Stretches, s) {
		row.Stretches = append(row.Stretches, s)
		slices.SortFunc(row.Stretches, func(a, b Stretch) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.From.Compare(b.From), a.To.Compare(b.To))
		})
	}
}
