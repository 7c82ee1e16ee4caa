package report

import (
	"slices"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// TestFolded: a column that says the same in every row stands below, amounts
// only where each is nothing.
func TestFolded(t *testing.T) {
	type row struct {
		name, site, remark string
		due                date.Date
		paid, spared       money.Amount
	}
	columns := []Col[row]{
		{ID: "name", Title: "Name", Show: func(x row) Cell { return T(x.name) }},
		{ID: "site", Title: "Site", Show: func(x row) Cell { return T(x.site) }},
		{ID: "remark", Title: "Remark", Show: func(x row) Cell { return T(x.remark) }},
		{ID: "due", Title: "Due", Kind: Date, Show: func(x row) Cell { return D(x.due) }},
		{ID: "paid", Title: "Paid", Kind: Money, Show: func(x row) Cell { return M(x.paid) }},
		{ID: "spared", Title: "Spared", Kind: Money, InTotal: true, Show: func(x row) Cell { return M(x.spared) }},
	}
	day := date.New(2027, 1, 30)
	list := []row{{"a", "acme", "", day, usd(5), usd(0)}, {"a", "acme", "", day, usd(5), usd(0)}}
	titles := func(table Table) (out []string) {
		for _, c := range table.Columns {
			out = append(out, c.Title)
		}
		return out
	}
	table := TableOf[row]{Foot: "Before.", Columns: columns, Rows: slices.Values(list), Total: &list[0]}.Folded().Table()
	if got, want := titles(table), []string{"Name", "Paid"}; !slices.Equal(got, want) {
		t.Errorf("columns %q, want %q", got, want)
	}
	if want := "Before. The same in every row: Site: acme; Due: 30 Jan 2027; Spared: 0.00."; table.Foot != want {
		t.Errorf("foot %q, want %q", table.Foot, want)
	}
	if len(table.Total) != 2 {
		t.Errorf("the total has %d cells", len(table.Total))
	}
	list[1].site, list[1].spared = "beta", usd(1)
	table = TableOf[row]{Columns: columns, Rows: slices.Values(list)}.Folded().Table()
	if got, want := titles(table), []string{"Name", "Site", "Paid", "Spared"}; !slices.Equal(got, want) {
		t.Errorf("columns %q, want %q", got, want)
	}
	if table = (TableOf[row]{Columns: columns, Rows: slices.Values(list[:1])}).Folded().Table(); len(table.Columns) != len(columns) || table.Foot != "" {
		t.Errorf("one row has %d columns over %q", len(table.Columns), table.Foot)
	}
}

// TestFoldedAway: columns of a sheet that are blank or say the same stand behind the
// others, and its note says what they hold; what somebody fills in, keeps in view
// or looks for stays.
func TestFoldedAway(t *testing.T) {
	type row struct{ name string }
	text := func(id, title string, show func(row) string) Col[row] {
		return Col[row]{ID: id, Title: title, Show: func(x row) Cell { return T(show(x)) }}
	}
	same := func(row) string { return "same" }
	blank := func(row) string { return "" }
	filled, toned, pinned, summed := text("filled", "Filled", same), text("toned", "Toned", same), text("pinned", "Pinned", same), text("summed", "Summed", same)
	filled.Input, toned.Marks, pinned.Pinned, summed.InTotal = &Input{}, []Mark{{Tone: Alarm}}, true, true
	live := text("live", "Live", same).By(func(row) Formula { return F("1") })
	table := TableOf[row]{Note: "Before.", Columns: []Col[row]{pinned, text("site", "Site", same), text("name", "Name", func(x row) string { return x.name }),
		text("blank", "Blank", blank), filled, toned, summed, live, text("aside", "Aside", same).Beside()},
		Rows: slices.Values([]row{{name: "a"}, {name: "b"}, {name: "c"}})}
	titles := func(table Table) (out []string) {
		for _, c := range table.Columns {
			if c.Folded {
				c.Title += " away"
			}
			out = append(out, c.Title)
		}
		return out
	}
	got := table.FoldedAway().Table()
	want := []string{"Pinned", "Name", "Filled", "Toned", "Summed", "Live", "Site away", "Blank away", "Aside away"}
	if !slices.Equal(titles(got), want) {
		t.Errorf("columns %q, want %q", titles(got), want)
	}
	if want := "Before. The same in every row, and folded away: Site: same. Blank in every row, and folded away: Blank."; got.Note != want {
		t.Errorf("note %q, want %q", got.Note, want)
	}
	table.Rows = slices.Values([]row{{name: "a"}, {name: "b"}})
	if got := titles(table.FoldedAway().Table()); !slices.Equal(got, []string{"Pinned", "Site", "Name", "Filled", "Toned", "Summed", "Live", "Aside", "Blank away"}) {
		t.Errorf("two rows: columns %q", got)
	}
	table.Rows = slices.Values([]row(nil))
	if got := titles(table.FoldedAway().Table()); got[1] != "Site" {
		t.Errorf("no row: columns %q", got)
	}
}

// TestCashPages: equal months are one row, months without a bill none, and the
// months that get dearer are named.
func TestCashPages(t *testing.T) {
	r := result()
	month := func(m int, asIs, plan, change int64) audit.CashMonth {
		return audit.CashMonth{Month: date.New(2026, 11, 1).AddMonths(m), AsIs: usd(asIs), Recommended: usd(plan), Change: usd(change), Growth1: usd(asIs), Growth2: usd(asIs)}
	}
	r.Cash.Months = []audit.CashMonth{month(0, 100, 90, -10), month(1, 100, 90, -10), month(2, 0, 0, 0), month(3, 100, 90, -10), month(4, 50, 2_078_760, 2_078_710), month(5, 1, 3, 2)}
	r.Cash.Total = month(0, 351, 2_079_033, 2_078_682)
	table := cashPages(r)
	got := told(t, table, "Month", "As is", "Difference")
	want := []string{"Nov 2026 to Dec 2026, each; 1.00 USD; -0.10 USD", "Feb 2027; 1.00 USD; -0.10 USD", "Mar 2027; 0.50 USD; 20,787.10 USD", "Apr 2027; 0.01 USD; 0.02 USD"}
	if !slices.Equal(got, want) || table.Foot != "Nothing falls due in the months that are not listed." || len(table.Columns) != 4 {
		t.Errorf("got %q of %d columns, want %q, over %q", got, len(table.Columns), want, table.Foot)
	}
	if got, want := dearer(r), "Where the recommendation is dearer than as is: March 2027 costs 20,787.10 USD more; April 2027 costs 0.02 USD more."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	r.Cash.Months[5].Growth2 = usd(9)
	r.Cash.Total.Growth2 = usd(360)
	if table := cashPages(r); len(table.Columns) != 6 {
		t.Errorf("with growth: %d columns", len(table.Columns))
	}
}

// TestSaidOnce: what holds for several actions, bundles or changes stands once.
func TestSaidOnce(t *testing.T) {
	r := result()
	r.Plan.Actions = []audit.Action{{Number: 1, Reversible: "yes"}, {Number: 2, Reversible: "no"}, {Number: 3, Reversible: "yes"}}
	if got, want := wayBack(r), "Whether actions can be undone, by their numbers. 1 and 3: yes. 2: no."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Cycles = append(r.Cycles, r.Cycles[0], r.Cycles[0])
	r.Cycles[1].Title, r.Cycles[2].NotWeighed.Text = "Confluence on acme", "another"
	if got, want := notCompared(r), "The cycle stays, as the other one cannot be compared. Jira on acme and Confluence on acme: contract \"x\" binds 12 users. Jira on acme: another."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Changes = []audit.PriceChange{{Name: "X", Site: "acme"}, {Name: "Y", Site: "acme"}, {Name: "Z", Site: "acme", Quotable: true}}
	r.Changes[0].Reason.Text, r.Changes[1].Reason.Text = "bills by the month", "bills by the month"
	if got, want := whyNoQuote(r), "No quote for X on acme and Y on acme: bills by the month."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
