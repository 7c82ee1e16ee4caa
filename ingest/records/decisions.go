package records

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// decisionRow is a row of decisions as written.
type decisionRow struct {
	ID      string `csv:"user_id"`
	Site    string `csv:"site"`
	Product string `csv:"product"`
	Keep    string `csv:"keep"`
	Reason  string `csv:"reason"`
	Owner   string `csv:"owner"`
	Until   string `csv:"decided_until"`
}

// Undecided is why a row is left out in which nobody has decided anything.
var Undecided = diag.Reason{Kind: diag.NoData, Text: "no decision"}

// keptFor is how many months a decision to keep holds that says no day, from the
// day of the run that wrote it (METHOD 1.30).
const keptFor = 12

// decision reads what somebody decided about a seat.
func decision(r *rows[decisionRow], rec decisionRow, at diag.Source) estate.Decision {
	if rec.Keep == "" {
		r.nothing = Undecided
		return estate.Decision{}
	}
	r.must("user_id", rec.ID)
	d := estate.Decision{ID: rec.ID, Account: -1, Reason: rec.Reason, Owner: rec.Owner, Run: r.Run, Source: at}
	d.Site, d.Product = r.product(rec.Site, rec.Product)
	d.Verdict = estate.Keep + estate.Verdict(r.word("keep", rec.Keep, estate.Verdicts()...))
	if d.Until = r.date("decided_until", rec.Until); d.Until.IsZero() && d.Verdict == estate.Keep {
		if day, known := RunDay(r.Run); known {
			d.Until = day.AddMonths(keptFor)
		}
	}
	return d
}

// RunDay returns the as-of day of a run by its name; false where the name is none
// of a run.
func RunDay(run string) (date.Date, bool) {
	if len(run) < len("2006-01-02") {
		return date.Date{}, false
	}
	day, err := date.Parse(run[:len("2006-01-02")])
	return day, err == nil
}
