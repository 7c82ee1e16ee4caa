package table

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Numbers of cells become text without ever being calculated with: as decimal
// digits a price is what somebody typed, as a float64 it is nearly that.

// uncalculated stands for a formula without a result, as the spreadsheet's
// own #N/A stands for a failed one. No parser of a date, number or word takes
// it for a value (METHOD 14.5).
const uncalculated = "#FORMULA!"

// numberText returns a number as a cell of its kind shows it.
func numberText(raw string, kind cellKind, date1904 bool) string {
	if kind == dateCell {
		if n, ok := parseSerial(raw); ok {
			if out, ok := serialText(n, date1904); ok {
				return out
			}
		}
		return raw
	}
	d, ok := parseDecimal(raw)
	if !ok {
		return raw
	}
	if kind == percentCell {
		d.scale -= 2
		return d.String() + "%"
	}
	return d.String()
}

// decimal is digits × 10^-scale.
type decimal struct {
	negative bool
	digits   string // without leading zeros
	scale    int
}

// shownDigits is how many digits a spreadsheet keeps and shows; what stands
// behind them in a file is noise of binary numbers.
const shownDigits = 15

// maxZeros is how many zeros a number may need to be written without exponent.
const maxZeros = 40

// parseDecimal reads the text of a number. Fractions are rounded to what a
// spreadsheet shows; whole numbers, which may be identifiers, are not.
func parseDecimal(s string) (decimal, bool) {
	var d decimal
	body, exponent, hasExponent := strings.Cut(strings.Replace(s, "e", "E", 1), "E")
	body, d.negative = strings.CutPrefix(body, "-")
	whole, fraction, _ := strings.Cut(body, ".")
	d.digits = whole + fraction
	if d.digits == "" || strings.Trim(d.digits, "0123456789") != "" {
		return d, false
	}
	d.scale = len(fraction)
	if hasExponent {
		n, err := strconv.Atoi(exponent)
		if err != nil || n < -maxZeros || n > maxZeros {
			return d, false
		}
		d.scale -= n
	}
	d.digits = strings.TrimLeft(d.digits, "0")
	if hasExponent || fraction != "" {
		d.round()
	}
	return d, true
}

// round keeps the digits that are shown, half away from zero.
func (d *decimal) round() {
	if len(d.digits) <= shownDigits {
		return
	}
	kept := []byte(d.digits[:shownDigits])
	up := d.digits[shownDigits] >= '5'
	d.scale -= len(d.digits) - shownDigits
	for i := shownDigits - 1; up && i >= 0; i-- {
		if up = kept[i] == '9'; up {
			kept[i] = '0'
		} else {
			kept[i]++
		}
	}
	d.digits = string(kept)
	if up {
		d.digits = "1" + d.digits
	}
}

// String returns the number without exponent and without zeros at the end of
// its fraction.
func (d decimal) String() string {
	if d.digits == "" {
		return "0"
	}
	s := d.digits
	switch {
	case d.scale <= 0:
		s += strings.Repeat("0", -d.scale)
	default:
		if pad := d.scale + 1 - len(s); pad > 0 {
			s = strings.Repeat("0", pad) + s
		}
		whole, fraction := s[:len(s)-d.scale], strings.TrimRight(s[len(s)-d.scale:], "0")
		s = whole
		if fraction != "" {
			s += "." + fraction
		}
	}
	if d.negative {
		s = "-" + s
	}
	return s
}

// parseSerial reads the number of days a date cell holds.
func parseSerial(s string) (float64, bool) {
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && n >= 0 && n < 2_958_466 // the year 10000
}

// serialText returns the date of a serial as 2006-01-02, with the time of day
// behind it unless that is midnight, and a serial below one as a time of day.
// Day 60 of the usual calendar is a 29 February 1900 that never was.
func serialText(n float64, date1904 bool) (string, bool) {
	seconds := int64(math.Round(n * 86400))
	days, clock := int(seconds/86400), seconds%86400
	timeOfDay := time.Unix(clock, 0).UTC().Format(time.TimeOnly)
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 60:
		return "1900-02-29", true
	case days < 60:
		start = start.AddDate(0, 0, 1)
	}
	if days == 0 && (clock > 0 || !date1904) {
		return timeOfDay, true
	}
	day := start.AddDate(0, 0, days)
	if day.Year() > 9999 {
		return "", false
	}
	if clock == 0 {
		return day.Format(time.DateOnly), true
	}
	return day.Format(time.DateOnly) + " " + timeOfDay, true
}

// isoText brings a date that stands in a cell as text (2026-03-04T00:00:00Z)
// into the form of the others.
func isoText(s string) string {
	s = strings.TrimSuffix(s, "Z")
	day, clock, ok := strings.Cut(s, "T")
	if !ok {
		return s
	}
	clock, _, _ = strings.Cut(clock, ".")
	if clock == "00:00:00" || clock == "00:00" {
		return day
	}
	return day + " " + clock
}
