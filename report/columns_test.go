package report

import (
	"cmp"
	"fmt"

	"strings"
	"testing"

	"tierline/audit/money"
)

// laid is a table of a document as it is read: titles, and below each what the
// cells say. Charts and facts are laid out the same way.
type laid struct {
	place string // sheet or section, and the title of the table there
	cols  []string
	rows  [][]string
	total []string
}

// layOut reads every table, chart and fact of a document.
func layOut(d *Document) []*laid {
	var out []*laid
	add := func(place string, t Table) {
		l := &laid{place: place}
		for _, c := range t.Columns {
			l.cols = append(l.cols, cmp.Or(c.Title, c.ID)) // lists of pairs have no titles
		}
		for row := range t.Rows {
			l.rows = append(l.rows, shownRow(row))
		}
		l.total = shownRow(t.Total)
		out = append(out, l)
	}
	for _, s := range d.Workbook {
		if s.Blocks == nil {
			add(s.Name, s.Table)
		}
		for _, t := range s.Blocks {
			add(s.Name+"/"+t.Title, t)
		}
	}
	add("findings.csv", d.Findings)
	for _, t := range d.Finance.Decisions {
		add("PDF/"+t.Title, t)
	}
	for _, s := range d.Finance.Sections {
		for _, t := range s.Tables {
			add("PDF/"+s.Title+"/"+t.Title, t)
		}
		out = append(out, layOutCharts(&s)...)
	}
	facts := &laid{place: "PDF/facts", cols: []string{"Fact", "Value", "Note", "See"}}
	for _, f := range d.Finance.Facts {
		facts.rows = append(facts.rows, []string{f.Label, shownAs(f.Value), f.Note, shownAs(f.See)})
	}
	bridge := &laid{place: "PDF/bridge", cols: []string{"Bar", "Amount"}}
	for _, b := range d.Finance.Bridge.Bars {
		bridge.rows = append(bridge.rows, []string{b.Label, amount(b.Amount)})
	}
	return append(out, facts, bridge)
}

func layOutCharts(s *Section) []*laid {
	var out []*laid
	for _, x := range s.Ladder {
		l := &laid{place: "PDF/" + s.Title + "/ladder " + x.Title, cols: []string{"From", "To", "Amount", "Here", "Target"}}
		for _, g := range x.Rungs {
			l.rows = append(l.rows, []string{money.Count(g.From), money.Count(g.To), amount(g.Amount), yesNo(g.Here), yesNo(g.Target)})
		}
		l.total = []string{"", "", "", money.Count(x.Paid), money.Count(x.Users)}
		out = append(out, l)
	}
	for _, x := range s.Bars {
		l := &laid{place: "PDF/" + s.Title + "/histogram " + x.Title, cols: []string{"Band", "Seats", "To review"}}
		for _, b := range x.Bars {
			l.rows = append(l.rows, []string{b.Label, money.Count(b.Count), yesNo(b.Review)})
		}
		out = append(out, l)
	}
	if s.Cash != nil {
		l := &laid{place: "PDF/" + s.Title + "/chart", cols: []string{"Month", "As is", "Recommended"}}
		for _, m := range s.Cash.Months {
			l.rows = append(l.rows, []string{m.Month.String(), amount(m.AsIs), amount(m.Recommended)})
		}
		out = append(out, l)
	}
	return out
}

func shownRow(row []Cell) []string {
	var out []string
	for _, c := range row {
		out = append(out, shownAs(c))
	}
	return out
}

// shownAs writes a cell as a reader would tell it, so that two cells that say
// different things are different texts.
func shownAs(c Cell) string {
	switch {
	case c.Unknown:
		return "unknown"
	case c.Kind == Count:
		return money.Count(c.Count)
	case c.Kind == Money:
		return amount(c.Amount)
	case c.Kind == Date:
		return c.Date.String()
	case c.Kind == Month:
		return c.Date.Time().Format("Jan 2006")
	case c.Kind == Change:
		return c.Exact.SignedPercent()
	case c.Kind == Percent:
		return c.Exact.Percent()
	case c.Kind == Decimal:
		return c.Exact.Decimal(0)
	}
	return c.Text
}

// differences compares what a document shows with what its titles mean.
func differences(got []*laid, want []meaning) []string {
	var out []string
	fault := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	known := map[string]*laid{}
	for _, l := range got {
		if known[l.place] != nil {
			fault("%s stands twice", l.place)
		}
		known[l.place] = l
	}
	for _, m := range want {
		l := known[m.place]
		if l == nil {
			fault("%s is missing", m.place)
			continue
		}
		delete(known, m.place)
		out = append(out, m.differences(l)...)
	}
	for place := range known {
		fault("nobody says what the titles of %s mean", place)
	}
	return out
}

// meaning is what the cells of a table have to say.
type meaning struct {
	place string
	cols  string            // titles, divided by |
	rows  int               // how many
	cell  cells             // by title
	total map[string]string // by title; the other cells are blank
}

func (m *meaning) differences(l *laid) []string {
	var out []string
	fault := func(format string, args ...any) { out = append(out, m.place+": "+fmt.Sprintf(format, args...)) }
	if got := strings.Join(l.cols, "|"); got != m.cols {
		fault("titles are %q, want %q", got, m.cols)
	}
	if len(l.rows) != m.rows {
		fault("%d rows, want %d", len(l.rows), m.rows)
		return out
	}
	for i, title := range l.cols {
		cell := m.cell[title]
		if cell == nil {
			fault("nobody says what %q means", title)
			continue
		}
		for n, row := range l.rows {
			if want := say(cell(n)); row[i] != want {
				fault("%q in row %d says %q, want %q", title, n, row[i], want)
			}
		}
		if len(l.total) > 0 && l.total[i] != m.total[title] {
			fault("the total of %q says %q, want %q", title, l.total[i], m.total[title])
		}
	}
	if len(m.total) > 0 && len(l.total) == 0 {
		fault("no total")
	}
	return out
}

// TestColumnsByTitle compares every cell of the workbook, the PDF and
// findings.csv with the field that its title names.
func TestColumnsByTitle(t *testing.T) {
	r := filled(t)
	for _, d := range differences(layOut(Build(r)), meanings(r)) {
		t.Error(d)
	}
}

// TestColumnsAreSound: within a table each column is known by its id and, where
// it has one, by its title, and its cells are what its kind says, or words that
// say why they are not.
func TestColumnsAreSound(t *testing.T) {
	d := Build(filled(t))
	var tables []Table
	for _, s := range d.Workbook {
		tables = append(append(tables, s.Blocks...), s.Table)
	}
	for _, s := range d.Finance.Sections {
		tables = append(tables, s.Tables...)
	}
	for _, table := range append(append(tables, d.Findings), d.Finance.Decisions...) {
		seen := map[string]bool{"title ": true}
		for i, c := range table.Columns {
			if c.ID == "" || seen["id "+c.ID] || c.Title != "" && seen["title "+c.Title] {
				t.Errorf("%s: column %d has the id %q and the title %q, which it needs for itself", table.Title, i, c.ID, c.Title)
			}
			seen["id "+c.ID], seen["title "+c.Title] = true, true
		}
		if table.Rows == nil {
			continue
		}
		for row := range table.Rows {
			for i, c := range table.Columns {
				if cell := row[i]; cell.Kind != c.Kind && cell.Kind != Text && c.Kind != Mixed {
					t.Errorf("%s: %q is of kind %d and holds a cell of kind %d", table.Title, c.Title, c.Kind, cell.Kind)
				}
			}
		}
	}
}

// Formulas and links know a table by its id, one in the workbook.
func TestTablesHaveIDsOfTheirOwn(t *testing.T) {
	seen := map[string]string{}
	for _, s := range Build(filled(t)).Workbook {
		for _, table := range append(s.Blocks, s.Table) {
			if at, twice := seen[table.ID]; twice && table.ID != "" {
				t.Errorf("the id %q is that of tables in %s and %s", table.ID, at, s.Name)
			}
			seen[table.ID] = s.Name
		}
	}
}
