package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/date"
)

// changed is an estate with one subscription of 12 x 2.00 today whose bills rise to 2.50
// in the fifth month.
func changed() (*audit.Result, *audit.PriceChange) {
	c := audit.PriceChange{Line: "a", Effective: date.New(2027, 5, 1), Old: usd(200), New: usd(250), ThisTerm: usd(8 * 50)}
	r := &audit.Result{Lines: []audit.Line{{ID: "a", Current: usd(2400)}}, Changes: []audit.PriceChange{c}}
	for i := range 12 {
		amount := usd(200)
		if i >= 4 {
			amount = usd(250)
		}
		r.Cash.Bills = append(r.Cash.Bills, audit.CashBill{Line: "a", Date: date.New(2027, 1, 1).AddMonths(i), Term: 1, Way: audit.BilledAsIs, Amount: amount})
	}
	return r, &r.Changes[0]
}

// METHOD 22.7: the bills of a price change are looked up where they stand, and only there.
func TestBillsOfAPriceChange(t *testing.T) {
	r, c := changed()
	b := newChangeBills(r, newLineCells(r))
	old, anew, term := b.old(c), b.new(c), b.thisTerm(c)
	if old.Terms[1] != Number(12) {
		t.Errorf("the old bill is %v, want a twelfth of today's cost", old)
	}
	if day := anew.Terms[len(anew.Terms)-1]; day != Day(date.New(2027, 5, 1)) {
		t.Errorf("the new bill is looked up on %v", day)
	}
	if term.None() {
		t.Error("eight bills at the new price are no formula")
	}
	for what, spoil := range map[string]func(){
		"old":   func() { r.Lines[0].Current = usd(2401) },
		"new":   func() { r.Cash.Bills = append(r.Cash.Bills, r.Cash.Bills[4]) },
		"term":  func() { c.ThisTerm = usd(7 * 50) },
		"of no": func() { c.Line = "b" },
	} {
		r, c = changed()
		spoil()
		b := newChangeBills(r, newLineCells(r))
		got := map[string]bool{"old": b.old(c).None(), "new": b.new(c).None(), "term": b.thisTerm(c).None()}
		for name, none := range got {
			if want := what == name || what == "of no" || what == "new" && name == "term"; none != want {
				t.Errorf("%s spoilt: %s has no formula %v, want %v", what, name, none, want)
			}
		}
	}
}

// The volume and the price changes of a subscription follow from each other in one
// direction at a time.
func TestVolumeAndPriceChangesDoNotCircle(t *testing.T) {
	for what, x := range map[string]struct {
		changes int64
		rest    bool // whether the volume is the rest, not the price changes
	}{"as listed": {400, true}, "others than listed": {399, false}} {
		r, _ := changed()
		l := &r.Lines[0]
		l.Volume, l.PriceChanges = usd(100), usd(x.changes)
		l.AsIs = l.Current.Add(l.Volume).Add(l.PriceChanges)
		l.Steps = []audit.Step{{Amount: l.AsIs.Exact()}}
		f := newLineFormulas(r)
		volume, changes := f.volume(l), f.priceChanges(l)
		if uses(changes, Here("volume")) == x.rest || uses(volume, Here("price_changes")) != x.rest {
			t.Errorf("price changes %s: volume is %v and they are %v", what, volume, changes)
		}
	}
}

// uses reports whether a formula refers to a place.
func uses(f Formula, to Ref) bool {
	for _, term := range f.Terms {
		if inner, is := term.(Formula); term == Term(to) || is && uses(inner, to) {
			return true
		}
	}
	return false
}
