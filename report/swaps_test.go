package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// exchanged are columns and sheets that have been taken for each other, or that
// one would not notice by looking: the test of the columns must notice them.
var exchanged = []struct{ place, a, b string }{
	{"Subscriptions", "Current", "As is"},
	{"Subscriptions", "As is", "Recommended"},
	{"Subscriptions", "Volume", "Price changes"},
	{"Subscriptions", "Users", "Licensed"},
	{"Subscriptions", "Licensed", "Billed for"},
	{"Subscriptions", "Billed for", "For users"},
	{"Subscriptions", "Cycle", "Cycle then"},
	{"Subscriptions", "Renewal", "Term ends"},
	{"Subscriptions", "Owner", "Cost centre"},
	{"PDF/Subscriptions/", "Current", "As is"},
	{"Price changes", "This term", "Whole term"},
	{"PDF/Price changes/", "This term", "Whole term"},
	{"Price changes", "Old bill", "New bill"},
	{"Price changes", "Quote from", "Quote by"},
	{"Price changes", "Effective", "Announced"},
	{"Tiers", "Step up", "Step down"},
	{"Tiers", "Headroom", "To drop"},
	{"Tiers", "Users", "Billed for"},
	{"Billing cycle", "All monthly", "All annual"},
	{"PDF/Billing cycle/", "All monthly", "All annual"},
	{"Cash", "As is, apps +5%", "As is, apps +10%"},
	{"PDF/Cash in the coming 24 months/Bills by month", "As is, apps +5%", "As is, apps +10%"},
	{"PDF/Cash in the coming 24 months/chart", "As is", "Recommended"},
	{"Users", "Class", "Band"},
	{"Users", "Name", "Address"},
	{"Users", "Last used", "Added"},
	{"Users", "Idle days", "Review order"},
	{"Users", "Review order", "Action"},
	{"Users", "Department", "Job title"},
	{"Users", "Reason", "Owner"},
	{"Decisions", "Decision", "State"},
	{"Decisions", "Reason", "Owner"},
	{"Users", "Cost centre", "Manager"},
	{"Summary/Seats", "Inactive", "Never"},
	{"PDF/Use of seats/What removals are worth", "Active", "Left alone"},
	{"Sums/Vendor", "Hard saving", "Avoidance"},
	{"Removals", "Remove", "Users left"},
	{"Exceptions", "Left out of its rule", "Findings marked"},
	{"Exceptions", "Reason", "Owner"},
	{"Files", "Excluded", "Rejected"},
	{"Actions", "Seats", "People"},
	{"Actions", "Depends on", "Instead of"},
	{"Findings", "Finding", "Detail"},
	{"findings.csv", "Finding", "What to do"},
	{"Data quality", "Remark", "What to do"},
	{"Method/Checks", "One way", "The other"},
}

// entered are columns of What-if that show the same until somebody enters something:
// what each of them does is seen when a spreadsheet computes with it.
var entered = []string{"Remove", "Add", "Growth", "Extra discount", "Price rise", "Licence", "Licence then"}

// showAlike reports whether two columns show the same as long as nothing is entered in
// the workbook: the two ways of a check, which TestChecksAreFormulas tells apart, and
// the entries of What-if.
func showAlike(place, a, b string) bool {
	return strings.HasPrefix(place, "Checks/") && a == "The other" && b == "One way" ||
		place == "What-if" && slices.Contains(entered, a) && slices.Contains(entered, b)
}

// TestSwapsAreNoticed exchanges what two columns show, the total too, and wants
// the comparison with the meanings to say so: for each pair that is easily
// confused, and then for every two columns of every table.
func TestSwapsAreNoticed(t *testing.T) {
	r := filled(t)
	want := meanings(r)
	tables := layOut(Build(r))
	noticed := func(l *laid, i, j int) bool {
		spoiled := swapped(l, i, j)
		return len(differences(replaced(tables, l, spoiled), want)) > 0
	}
	for _, x := range exchanged {
		i := slices.IndexFunc(tables, func(l *laid) bool { return l.place == x.place })
		if i < 0 {
			t.Errorf("there is no %s", x.place)
			continue
		}
		l := tables[i]
		a, b := slices.Index(l.cols, x.a), slices.Index(l.cols, x.b)
		if a < 0 || b < 0 || !noticed(l, a, b) {
			t.Errorf("%s: nobody notices %q under %q", x.place, x.b, x.a)
		}
	}
	for _, l := range tables {
		for i := range l.cols {
			for j := range i {
				if showAlike(l.place, l.cols[i], l.cols[j]) {
					continue
				}
				if !noticed(l, i, j) {
					t.Errorf("%s: nobody notices %q under %q", l.place, l.cols[i], l.cols[j])
				}
			}
		}
	}
}

// TestLossesAreNoticed takes away a sheet, a row of it, a column or a total.
func TestLossesAreNoticed(t *testing.T) {
	r := filled(t)
	want := meanings(r)
	tables := layOut(Build(r))
	check := func(what string, l, spoiled *laid) {
		if len(differences(replaced(tables, l, spoiled), want)) == 0 {
			t.Errorf("%s: nobody notices %s", l.place, what)
		}
	}
	for _, l := range tables {
		check("that it is missing", l, nil)
		for n := range l.rows {
			check(fmt.Sprintf("that row %d is missing", n), l, &laid{l.place, l.cols, slices.Delete(slices.Clone(l.rows), n, n+1), l.total})
		}
		for n := range l.cols {
			spoiled := &laid{place: l.place, cols: slices.Delete(slices.Clone(l.cols), n, n+1), total: l.total}
			for _, row := range l.rows {
				spoiled.rows = append(spoiled.rows, slices.Delete(slices.Clone(row), n, n+1))
			}
			check(fmt.Sprintf("that %q is missing", l.cols[n]), l, spoiled)
		}
		if l.total != nil {
			check("that the total is missing", l, &laid{l.place, l.cols, l.rows, nil})
		}
	}
}

// replaced returns the tables with another one in place of l, or none.
func replaced(tables []*laid, l, other *laid) []*laid {
	var out []*laid
	for _, x := range tables {
		if x == l {
			x = other
		}
		if x != nil {
			out = append(out, x)
		}
	}
	return out
}

// swapped returns a table in which column i shows what j did, and the other way
// round.
func swapped(l *laid, i, j int) *laid {
	out := &laid{place: l.place, cols: l.cols, total: exchange(l.total, i, j)}
	for _, row := range l.rows {
		out.rows = append(out.rows, exchange(row, i, j))
	}
	return out
}

func exchange(row []string, i, j int) []string {
	out := slices.Clone(row)
	if len(out) > 0 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
