package rules

import (
	"time"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
)

// announcedEnd is an end of support that the program knows without a table.
type announcedEnd struct {
	estate.EndOfSupport
	checked date.Date // when its source was last read
	remark  string    // what is not plain in it
}

// announcedEnds lists the ends the program ships with. A row of the table
// end_of_support for the same key replaces one (METHOD 8.6). Whoever changes an
// entry reads its source again, and states the day.
func announcedEnds() []announcedEnd {
	checked := date.New(2026, time.November, 27)
	return []announcedEnd{
		{EndOfSupport: estate.EndOfSupport{Key: "opsgenie", Date: date.New(2027, time.April, 5),
			Origin: "Atlassian support, \"End of sales and support for Opsgenie\""}, checked: checked},
		{EndOfSupport: estate.EndOfSupport{Key: estate.DataCenterEnds, Date: costing.EndOfLife,
			Origin: "Atlassian, \"Data Center end of life\""}, checked: checked},
		{EndOfSupport: estate.EndOfSupport{Key: "connect", Date: date.New(2026, time.December, 31),
			Origin: "Atlassian developer blog, \"Announcing Connect end of support: timeline and next steps\""}, checked: checked,
			remark: "The announcement names December 2026 without a day; the last one is taken."},
	}
}
