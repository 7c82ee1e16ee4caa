package records

import (
	"fmt"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

// countRow is a row of the user_counts table as written.
type countRow struct {
	Date    string `csv:"date"`
	Site    string `csv:"site"`
	Product string `csv:"product"`
	Users   string `csv:"users"`
}

// ReadUserCounts reads the user_counts table, in which a second count of one day
// is rejected.
func (t *Tables) ReadUserCounts(s *sheet.Sheet) {
	r := readRows[countRow](s)
	seen := map[string]diag.Source{}
	r.each(func(rec countRow, at diag.Source) {
		c := estate.UserCount{Date: r.needDate("date", rec.Date), Source: at}
		c.Site, c.Product = r.product(rec.Site, rec.Product)
		if r.must("users", rec.Users) {
			n, err := cell.Count(rec.Users)
			r.refuse("users", err)
			c.Users = n
		}
		key := c.Date.String() + " " + c.Site + " " + c.Product
		if first, twice := seen[key]; twice && !r.failed {
			r.refuse("date", fmt.Errorf("a second count of the same day; the first is %s", first))
		}
		if !r.failed {
			seen[key] = at
			t.UserCounts = append(t.UserCounts, c)
		}
	})
}

// headcountRow is a row of the headcount_plan table as written.
type headcountRow struct {
	Date    string `csv:"date"`
	Site    string `csv:"site"`
	Product string `csv:"product"`
	Change  string `csv:"change"`
	Note    string `csv:"note"`
}

func headcountChange(r *rows[headcountRow], rec headcountRow, at diag.Source) estate.HeadcountChange {
	c := estate.HeadcountChange{Date: r.needDate("date", rec.Date), Note: rec.Note, Source: at}
	c.Site, c.Product = r.product(rec.Site, rec.Product)
	if r.must("change", rec.Change) {
		n, err := cell.Change(rec.Change)
		r.refuse("change", err)
		c.Change = n
	}
	return c
}
