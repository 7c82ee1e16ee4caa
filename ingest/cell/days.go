package cell

import "tierline/audit/date"

// "2 Jan 2006" and "2006-01-02" are the forms of nearly every date in an
// export, of which a large one holds millions. They are read here without the
// cost of time.Parse, several letters at once and with few branches: whether
// a day has one digit or two cannot be foreseen.

// Day reads the two forms.
func Day(s string) (date.Date, bool) {
	if len(s) != 10 && len(s) != 11 {
		return date.Date{}, false
	}
	// With one digit of the day, both of these are it.
	tens, units := int(s[0]-'0'), int(s[len(s)-10]-'0')
	if s[len(s)-9] != ' ' || tens > 9 || units > 9 {
		return parseISODay(s)
	}
	last := letters8(s[len(s)-8:]) // "Jan 2006"
	y, ok := fourDigits(uint32(last >> 32))
	return day(y, monthOf(uint32(last)), tens*10*(len(s)-10)+units, ok)
}

func parseISODay(s string) (date.Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return date.Date{}, false
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	return day(y, m, d, ok1 && ok2 && ok3)
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}

// fourDigits reads a year of four letters, two digits at a time.
func fourDigits(letters uint32) (int, bool) {
	x := letters ^ 0x30303030 // a digit becomes its value, anything else more than 9
	if (x|(x+0x06060606))&0xf0f0f0f0 != 0 {
		return 0, false
	}
	pairs := x&0x00ff00ff*10 + x>>8&0x00ff00ff
	return int(pairs&0xffff*100 + pairs>>16), true
}

// monthNames are the English abbreviations that exports use in every locale,
// each with a space for a fourth letter.
const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec "

// monthPlaces is a number that leaves another remainder for each month's name.
const monthPlaces = 34

// months holds the months' names by that remainder, and behind them in place of the
// fourth letter, which is a space for all, the number of the month.
var months = func() (out [monthPlaces]uint32) {
	for i := 0; i < len(monthNames); i += 4 {
		name := letters4(monthNames[i:]) & 0xffffff
		out[name%monthPlaces] = name | uint32(i/4+1)<<24
	}
	return out
}()

// monthOf returns the month whose name, in any case, and a space are four letters, 0
// when they are no month's.
func monthOf(letters uint32) int {
	name := letters&0xffffff | 0x202020
	m := months[name%monthPlaces]
	if m&0xffffff != name || letters>>24 != ' ' {
		return 0
	}
	return int(m >> 24)
}

// day makes a date of its parts if it exists.
func day(y, m, d int, ok bool) (date.Date, bool) {
	if !ok {
		return date.Date{}, false
	}
	return date.Of(y, m, d)
}
