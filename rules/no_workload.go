package rules

import (
	"context"
	_ "embed"
	"fmt"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

//go:embed no-workload.md
var noWorkloadPage string

var noWorkload = &audit.Rule{
	ID:          "no-workload",
	Title:       "seats in use by people without open or recent work",
	Page:        noWorkloadPage,
	Remediation: "Ask these people, or whoever leads them, whether they still need the product; reading and approving need no assigned work.",
	Category:    audit.CategorySeats,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedAccess, audit.NeedLastSeen, audit.NeedWorkload},
	Options: []audit.Option{
		{Name: "recent_days", Type: audit.WholeNumber, Default: "90", Min: 0, Max: 3650, Doc: "A last item at most this many days ago is recent work."},
		evidenceRows,
	},
	Exceptions: audit.LeavesOut,
	Run:        runNoWorkload,
}

func runNoWorkload(ctx context.Context, p *audit.Pass) error {
	return examineSeats(ctx, p, workOf)
}

// workCounts is what the workload table says about the used seats of a product.
type workCounts struct {
	with, unknown          int
	service, leave, exempt int // without work, but nobody to ask about
	without                []int32
	rows                   map[int32]*estate.Workload // of those without
}

// workOf reads the table for every seat in use: a seat that is not in use is the
// business of inactive-users.
func workOf(p *audit.Pass, product *seats.Product) *workCounts {
	w := &workCounts{rows: map[int32]*estate.Workload{}}
	days := p.Number("recent_days")
	for i, class := range product.Seats {
		if class != seats.Active {
			continue
		}
		account := int32(i)
		switch work, row := p.Register.Workload(product, account, days); {
		case work == seats.HasWork:
			w.with++
		case work == seats.WorkUnknown:
			w.unknown++
		case p.Register.Service(account):
			w.service++
		case p.Register.OnLeave(account):
			w.leave++
		case p.Exempt(account):
			w.exempt++
		default:
			w.without = append(w.without, account)
			w.rows[account] = row
		}
	}
	return w
}

func (w *workCounts) known() int          { return w.with + w.leftOut() + len(w.without) }
func (w *workCounts) pointedOut() []int32 { return w.without }

func (w *workCounts) leftOut() int { return w.service + w.leave + w.exempt }

// active says of seats that they are in use, and of people that they are active.
func active(product *seats.Product) string {
	if product.Collects() {
		return "active "
	}
	return "used "
}

func (w *workCounts) finding(p *audit.Pass, product *seats.Product) audit.Finding {
	n, used := len(w.without), product.Classes[seats.Active]
	set := newSeatSet(p, p.Bundle, product, w.without)
	f := audit.Finding{
		Title:      fmt.Sprintf("%s of %s %s no open or recent work", money.Count(n), seatsOn(product, used, active(product)), verb(n, "has", "have")),
		Confidence: audit.Possible,
		Why:        "the workload table knows what is assigned to somebody; reading, approving and work elsewhere do not show",
	}
	f.Detail = fmt.Sprintf("No open item, and none in the last %d days. ", p.Number("recent_days")) + set.text()
	if w.unknown > 0 {
		f.Detail += fmt.Sprintf(" Of %s the table says nothing: unknown, which is not without work.", money.Plural(w.unknown, "more used seat"))
	}
	if w.leftOut() > 0 {
		f.Detail += fmt.Sprintf(" Left out: %s of service accounts, of people on leave or excepted.", money.Plural(w.leftOut(), "seat"))
	}
	set.complete(p, &f, []audit.Figure{
		{Name: "used", Label: "Seats in use", Value: used},
		{Name: "with_work", Label: "Of them with open or recent work", Value: w.with},
		{Name: "without_work", Label: "Of them without", Value: n},
		{Name: "unknown", Label: "Of them without a word in the workload table", Value: w.unknown},
		{Name: "service_accounts", Label: "Left out: service accounts", Value: w.service},
		{Name: "on_leave", Label: "Left out: on leave", Value: w.leave},
		{Name: "excepted", Label: "Left out: excepted", Value: w.exempt},
	}, func(account int32) string {
		last := "no item ever"
		if row := w.rows[account]; !row.LastItem.IsZero() {
			last = "last item " + row.LastItem.String()
		}
		return fmt.Sprintf("%s; 0 open, %s (%s)", lastUse(product, account), last, w.rows[account].Source)
	})
	return f
}
