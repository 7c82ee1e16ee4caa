// Package date holds civil dates without time or zone, and the periods and
// month arithmetic of bills. It never asks for the time: today is an input of
// a run. Everything that knows a day imports it.
package date

import (
	"fmt"
	"time"
)

// Date is a day. The zero value is no date at all, which is neither early nor
// late: ask [Date.IsZero] before comparing. Dates are comparable with ==.
type Date struct {
	n int32 // days since 0000-12-31, so that 0 is free for "no date"
}

// New returns the day y-m-d, normalising overflow as time.Date does.
func New(y int, m time.Month, d int) Date {
	if day, ok := Of(y, int(m), d); ok {
		return day
	}
	return fromTime(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// Of returns the day y-m-d, false when there is none.
func Of(y, m, d int) (Date, bool) {
	if m < 1 || m > 12 || d < 1 {
		return Date{}, false
	}
	if at := (y-firstYear)*12 + m; at > 0 && at < len(months) {
		if n := months[at-1] + int32(d) - 1; d <= 31 && n < months[at] {
			return Date{n}, true
		}
		return Date{}, false
	}
	if y < 1 || y > 9999 || d > 28 && d > daysIn(y, m) {
		return Date{}, false
	}
	return civil(y, m, d), true
}

// firstYear is the first of those whose months are looked up: exports hold millions
// of dates, nearly all of the years since.
const firstYear = 2000

// months is the first day of each month of 64 years, and of the one behind them.
var months = func() (out [64*12 + 1]int32) {
	for at := range out {
		out[at] = civil(firstYear+at/12, at%12+1, 1).n
	}
	return out
}()

// daysIn returns how many days a month has.
func daysIn(y, m int) int {
	switch {
	case m != 2:
		return 30 + (m+m>>3)&1 // they alternate, and start again in August
	case y%4 != 0 || y%100 == 0 && y%400 != 0:
		return 28
	}
	return 29
}

// civil counts the days of a date that exists without the detour through a
// time: exports hold millions of dates. Years are counted from March, so that
// the leap day is the last of its year.
func civil(y, m, d int) Date {
	if m <= 2 {
		y--
		m += 12
	}
	return Date{n: int32(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 306)}
}

// parts returns the year, month and day of d: what [civil] counts, taken apart
// again. A year of bills asks for hundreds of thousands of them.
func (d Date) parts() (y, m, day int) {
	const (
		cycle   = 146097 // days in 400 years
		century = 36524
		leap    = 1461 // days in 4 years
	)
	n := int(d.n) + 305 // days since 1 March of the year 0
	cycles := n / cycle
	if n < 0 {
		cycles = (n - cycle + 1) / cycle
	}
	n -= cycles * cycle
	y = (n - n/(leap-1) + n/century - n/(cycle-1)) / 365
	n -= 365*y + y/4 - y/100
	m = (5*n + 2) / 153
	day = n - (153*m+2)/5 + 1
	y += 400 * cycles
	if m += 3; m > 12 {
		return y + 1, m - 12, day
	}
	return y, m, day
}

// unixDay is the number of our day 1970-01-01.
const unixDay = 719163

func fromTime(t time.Time) Date {
	s := t.Unix()
	day := s / 86400
	if s%86400 < 0 {
		day--
	}
	return Date{n: int32(day) + unixDay}
}

// OfTime returns the day t falls on in UTC.
func OfTime(t time.Time) Date { return fromTime(t.UTC()) }

// OfUnix returns the day, in UTC, of a number of seconds since 1970.
func OfUnix(seconds int64) Date { return fromTime(time.Unix(seconds, 0)) }

// OfNumber returns the date whose [Date.Number] is n.
func OfNumber(n int32) Date { return Date{n: n} }

// Number returns a number that grows by one each day and is 0 for no date;
// for compact storage.
func (d Date) Number() int32 { return d.n }

// Parse reads "2006-01-02", the only form our own files and flags use.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("date %q: expected YYYY-MM-DD such as 2026-11-21", s)
	}
	return fromTime(t), nil
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Time returns midnight UTC of d, for libraries that want a time.
func (d Date) Time() time.Time {
	return time.Unix(int64(d.n-unixDay)*86400, 0).UTC()
}

// String returns "2006-01-02", and "" for no date.
func (d Date) String() string {
	var room [16]byte
	return string(d.Append(room[:0]))
}

// Append appends what String returns: reports write millions of days.
func (d Date) Append(to []byte) []byte {
	switch {
	case d.IsZero():
		return to
	case d.n < 0 || d.n > lastDay:
		return d.Time().AppendFormat(to, time.DateOnly)
	}
	y, m, day := d.parts()
	return append(to, '0'+byte(y/1000), '0'+byte(y/100%10), '0'+byte(y/10%10), '0'+byte(y%10), '-',
		'0'+byte(m/10), '0'+byte(m%10), '-', '0'+byte(day/10), '0'+byte(day%10))
}

// lastDay is the number of 9999-12-31.
const lastDay = 3652059

// Long returns "2 January 2006", and "" for no date.
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// Short returns "2 Jan 2006", and "" for no date.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

// Year returns the year of d.
func (d Date) Year() int {
	y, _, _ := d.parts()
	return y
}

// AddDays returns the day n days after d; no date stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Date{n: d.n + int32(n)}
}

// AddMonths returns the day n months after d, clamped to the end of the month:
// 31 January + 1 month is 28 February (29 in a leap year). Bills count from
// the first date each time, never from a clamped one, so that the 31st comes
// back in March (METHOD 3.1).
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.parts()
	m += n - 1
	y += m / 12
	if m %= 12; m < 0 {
		y, m = y-1, m+12
	}
	return New(y, time.Month(m+1), min(day, daysIn(y, m+1)))
}

// FirstOfMonth returns the first day of d's month.
func (d Date) FirstOfMonth() Date {
	y, m, _ := d.parts()
	return New(y, time.Month(m), 1)
}

// Sub returns the number of days from b to d: positive when d is later.
func (d Date) Sub(b Date) int { return int(d.n - b.n) }

// Before reports whether d is earlier than b.
func (d Date) Before(b Date) bool { return d.n < b.n }

// After reports whether d is later than b.
func (d Date) After(b Date) bool { return d.n > b.n }

// Compare returns -1, 0 or 1; no date sorts first.
func (d Date) Compare(b Date) int {
	switch {
	case d.n < b.n:
		return -1
	case d.n > b.n:
		return 1
	}
	return 0
}

// Max returns the later of two dates.
func Max(a, b Date) Date {
	if a.Before(b) {
		return b
	}
	return a
}

// Min returns the earlier of two dates.
func Min(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

// MarshalText writes [Date.String].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes, "" being no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Period is the days from Start up to and not including End.
type Period struct {
	Start, End Date
}

// Days returns the length of p in days.
func (p Period) Days() int { return p.End.Sub(p.Start) }

// Contains reports whether d lies in p.
func (p Period) Contains(d Date) bool { return !d.Before(p.Start) && d.Before(p.End) }
