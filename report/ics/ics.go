// Package ics writes deadlines.ics: every deadline of a result as an all-day
// entry of a calendar. An entry is known by what it belongs to, not by its day,
// so a later run moves it instead of adding another, and cancels what an earlier
// run had and it has not. It shows nothing that result.json does not hold; package
// publish calls it.
package ics

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"tierline/audit"
	"tierline/report"
)

// Render writes the deadlines of a document. The time stamps derive from the
// as-of date, so that the same audit gives the same bytes on any day.
func Render(w io.Writer, d *report.Document) (report.Shown, error) {
	cal := ical.NewCalendarFor("Tierline")
	cal.SetMethod(ical.MethodPublish)
	cal.SetXWRCalName(clean(d.Title + " - " + d.Organisation))
	for i := range d.Result.Deadlines {
		add(cal, d, &d.Result.Deadlines[i])
	}
	if past := d.Result.History; past != nil {
		for i := range past.Withdrawn {
			add(cal, d, &past.Withdrawn[i]).SetStatus(ical.ObjectStatusCancelled)
		}
	}
	// The standard asks for CRLF, which the library does not write by itself.
	return nil, cal.SerializeTo(w, ical.WithNewLineWindows)
}

func add(cal *ical.Calendar, d *report.Document, x *audit.Deadline) *ical.VEvent {
	stamp := d.AsOf.Time()
	e := cal.AddEvent(uid(d.Organisation, x.ID))
	e.SetDtStampTime(stamp)
	e.SetSequence(int(d.AsOf.Number())) // a later audit knows better
	e.SetAllDayStartAt(x.Date.Time())
	e.SetAllDayEndAt(x.Date.AddDays(1).Time())
	e.SetSummary(clean(report.DeadlineLine(x)))
	e.SetDescription(clean("Kind: " + string(x.Kind) + ". Site: " + x.Site + ". " + d.Title + " of " + d.Organisation + " as of " + d.AsOf.Long() + "."))
	e.SetTimeTransparency(ical.TransparencyTransparent) // a date to know, not a meeting
	return e
}

// uid returns the identity of an entry: the same for the same organisation and
// deadline, and no text of the data.
func uid(organisation, id string) string {
	sum := sha256.Sum256([]byte(organisation + "\x00" + id))
	return hex.EncodeToString(sum[:12]) + "@tierline"
}

// clean leaves out control characters, which no calendar text may hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
