package seats

import (
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/word"
)

// Class is the judgement on one seat. Classes add up to the seats.
type Class uint8

// The classes, in the order reports list them. NoSeat, the zero value, is an
// account without a paid seat on the product.
const (
	NoSeat         Class = iota
	Active               // idle less than inactive_after_days
	New                  // not used yet, but added less than grace_days ago
	Inactive             // idle inactive_after_days or more
	NeverUsed            // no activity at all, and older than the grace
	Excepted             // inactive or never, but an exception in force protects it
	OnLeave              // inactive or never, but the person is on leave
	ServiceAccount       // inactive or never, but it looks like a bot or is under a policy that is not billed for
	Unknown              // no signal: no column, or a date that could not be read
	classes
)

var classNames = [...]string{"none", "active", "new", "inactive", "never", "excepted", "on-leave", "service-account", "unknown"}

// String returns the word of the class.
func (c Class) String() string { return classNames[c] }

// MarshalText writes the word of the class.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Class) UnmarshalText(b []byte) error { return word.Index(c, "class", b, classNames[:]) }

// Classes lists the classes a seat can have, in order.
func Classes() []Class {
	return []Class{Active, New, Inactive, NeverUsed, Excepted, OnLeave, ServiceAccount, Unknown}
}

// Protected reports whether something keeps a seat of the class from being a
// candidate, though nobody uses it. There are three such classes (METHOD 1.12),
// since an agreed exception, somebody on leave and an account of a machine are
// answered by different people.
func (c Class) Protected() bool {
	return c == Excepted || c == OnLeave || c == ServiceAccount
}

// Band is how long ago a seat was used. No band holds both active and
// inactive seats at the default limit of 60 days.
type Band uint8

// The bands, in the order reports list them.
const (
	To29 Band = iota
	To59
	To89
	To179
	From180
	BandNever
	BandUnknown
	bands
)

var bandNames = [...]string{"0-29", "30-59", "60-89", "90-179", "180+", "never", "unknown"}

// String returns the label of the band in days.
func (b Band) String() string { return bandNames[b] }

// MarshalText writes the label of the band.
func (b Band) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (b *Band) UnmarshalText(text []byte) error { return word.Index(b, "band", text, bandNames[:]) }

// Bands lists all bands in order.
func Bands() []Band {
	return []Band{To29, To59, To89, To179, From180, BandNever, BandUnknown}
}

// bandStarts are the first days of the bands that have days.
var bandStarts = [...]int{To29: 0, To59: 30, To89: 60, To179: 90, From180: 180}

// Since returns the first idle day of the band, false for one that has no days.
func (b Band) Since() (int, bool) {
	if int(b) < len(bandStarts) {
		return bandStarts[b], true
	}
	return 0, false
}

// Past reports whether a band holds only seats that nobody has used for limit
// days or ever, whose people are to be asked.
func (b Band) Past(limit int) bool {
	return b == BandNever || int(b) < len(bandStarts) && bandStarts[b] >= limit
}

// maxFuture is how many months a last-seen date may lie after as-of and still
// be read as "just now"; beyond it is a typing error (METHOD 1.18).
const maxFuture = 12

// mistyped reports whether a last-seen date lies too far ahead to be one.
func mistyped(d, asOf date.Date) bool {
	return d.After(asOf) && d.After(asOf.AddMonths(maxFuture))
}

// clock measures how long ago something was: to the evidence day of the list
// that says so (METHOD 1.19). Dates after as-of are judged by as-of.
type clock struct {
	day  date.Date // evidence day; zero is not known
	asOf date.Date
}

// idle returns the days between the last use and the evidence day, false when
// the seat was never used or nothing is known.
func (c clock) idle(seen estate.LastSeen) (int, bool) {
	d, ok := seen.Date()
	if !ok || c.day.IsZero() || mistyped(d, c.asOf) {
		return 0, false
	}
	return max(c.day.Sub(d), 0), true
}

// band returns the band of a seat.
func (c clock) band(seen estate.LastSeen) Band {
	if seen.IsNever() {
		return BandNever
	}
	idle, ok := c.idle(seen)
	if !ok {
		return BandUnknown
	}
	band := To29
	for band < From180 && idle >= bandStarts[band+1] {
		band++
	}
	return band
}

// classify judges a seat before exceptions (METHOD 1.12): unknown, active, new,
// then inactive or never.
func (c clock) classify(a *estate.Account, seen estate.LastSeen, p *config.Policy) Class {
	idle, dated := c.idle(seen)
	switch {
	case c.day.IsZero(), !dated && !seen.IsNever():
		return Unknown
	case dated && idle < p.InactiveAfterDays:
		return Active
	case !a.Added.IsZero() && c.day.Sub(a.Added) < p.GraceDays:
		return New
	case dated:
		return Inactive
	}
	return NeverUsed
}
