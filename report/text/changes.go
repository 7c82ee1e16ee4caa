package text

import (
	"fmt"
	"io"
	"strings"

	"tierline/report"
)

// Changes writes a section as lists: a title, then a line for each row of its
// table. Empty tables are left out.
func Changes(w io.Writer, s report.Section) error {
	out := &printer{w: w}
	for _, lead := range s.Lead {
		out.print("%s\n", lead)
	}
	for i := range s.Tables {
		out.table(&s.Tables[i])
	}
	return out.err
}

// table writes the rows of a table, a line each, with the titles of its columns
// before what they say.
func (p *printer) table(t *report.Table) {
	first := true
	for row := range t.Rows {
		if first {
			p.print("\n%s\n", t.Title)
			first = false
		}
		var rest []string
		for i := range row[1:] {
			if text := plain(&row[i+1]); text != "" {
				rest = append(rest, strings.ToLower(t.Columns[i+1].Title)+" "+text)
			}
		}
		p.print("  %s: %s\n", plain(&row[0]), strings.Join(rest, "; "))
	}
}

// plain writes a cell for a terminal; "" where it says nothing.
func plain(c *report.Cell) string {
	switch {
	case c.Unknown:
		return "unknown"
	case c.Kind == report.Count:
		return fmt.Sprint(c.Count)
	case c.Kind == report.Money:
		return c.Amount.Grouped() + " " + string(c.Amount.Currency())
	case c.Kind == report.Date:
		return c.Date.String()
	}
	return c.Text
}
