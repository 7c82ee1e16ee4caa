package audit

import (
	"testing"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// METHOD 22.7: a formula is written only where it gives the audited figure.
func TestWhatFollowsFromFiguresBeside(t *testing.T) {
	amount := func(s string) money.Amount {
		a, err := money.ParseAmount(s, "USD")
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	top, users := 1200, 1070
	unused := func(seats int, worth string) bool {
		p := LinePosition{Users: users, Tier: Tier{From: 1001, To: &top}, Bill: amount("1000.00"), UnusedSeats: seats, Unused: amount(worth)}
		return p.UnusedIsShare()
	}
	rises := func(to string, want int) bool {
		b := CashBill{Amount: amount("100.10")}
		times, is := b.Rises(money.Ratio(5, 100), amount(to))
		return is && times == want
	}
	perUser := func(share string) bool {
		return (&App{Users: &users, AsIs: amount("1000.00"), PerUser: amount(share)}).PerUserIsShare()
	}
	idle := func(part Percent) bool { return (&App{HostUsers: &users, Idle: &part}).IdleIsShare(100) }
	change := func(percent Percent, wholeTerm string, bills int) bool {
		c := PriceChange{Old: amount("200.00"), New: amount("230.00"), Change: &percent, NextTerm: amount(wholeTerm)}
		return c.IsOfBills() && c.BillsAYear() == bills
	}
	for what, ok := range map[string]bool{
		"unused capacity": unused(130, "108.33"), "not of other seats": !unused(129, "107.50"), "nor of another worth": !unused(130, "108.34"),
		"a bill that stays": rises("100.10", 0), "rises": rises("105.11", 1), "and rises again": rises("110.36", 2), "to nothing else": !rises("105.10", 1),
		"a part for each": perUser("0.93"), "rounded half up": !perUser("0.94"),
		"an idle part": idle(PercentOf(money.Ratio(100, int64(users)))), "of no other size": !idle(PercentOf(money.Ratio(99, int64(users)))),
		"twelve bills": change(1500, "360.00", 12), "or one": change(1500, "30.00", 1), "of no other change": !change(1400, "30.00", 1),
	} {
		if !ok {
			t.Errorf("%s: a formula would give another figure", what)
		}
	}
}

// METHOD 22.8: a list that does not give the audited bill is none to look it up by.
func TestListThatDoesNotGiveTheBill(t *testing.T) {
	lists := []PriceList{{Pieces: []pricing.Piece{{From: 1, To: 100, Unit: money.Ratio(89, 10)}, {From: 101, Base: money.Int(140), Unit: money.Ratio(75, 10)}}}}
	list := func(bill int64) int {
		b := TierBills{List: 1, BillTerms: BillTerms{Factor: money.Int(1), Priced: "USD", Rate: money.Int(1)}, bills: map[int]money.Amount{101: money.Minor(bill, "USD")}}
		b.verify(lists)
		return b.List
	}
	if list(89750) != 1 || list(89751) != 0 {
		t.Errorf("897.50 has the list %d, 897.51 has %d; want 1 and 0", list(89750), list(89751))
	}
}

// METHOD 22.9: what is prepaid, and what lines are recommended for, have to make the
// audited figures.
func TestCombinationOfItsLines(t *testing.T) {
	starts := date.New(2027, 1, 15)
	lines := map[string]*Line{
		"a": {Cycle: pricing.Annual, Current: money.Minor(100000, "USD"), Recommended: money.Minor(70000, "USD"), Renewal: starts},
		"b": {Cycle: pricing.Annual, Current: money.Minor(36500, "USD"), Recommended: money.Minor(0, "USD"), Renewal: starts.AddDays(10)},
		"c": {Cycle: pricing.Monthly, Current: money.Minor(36500, "USD"), Recommended: money.Minor(0, "USD"), Renewal: starts.AddDays(10)},
	}
	line := func(id string) *Line { return lines[id] }
	of := func(prepaid int64, ids ...string) *Combination {
		return &Combination{Lines: ids, Starts: starts, Adopted: true, Combined: money.Minor(69000, "USD"), Prepaid: money.Minor(prepaid, "USD"),
			Separate: money.Minor(70000, "USD"), Apart: money.Minor(70000, "USD")}
	}
	c := of(1000, "a", "b", "c")
	if days, is := c.PrepaidDays(line); !is || len(days) != 1 || days["b"] != 10 {
		t.Errorf("10 days of 365.00: %v, %t", days, is)
	}
	if !c.CombinedIsRest(line) || c.SeparateIsSum(line) {
		t.Error("an adopted one is its lines less what is prepaid, and its sites are no longer")
	}
	if c.Adopted = false; c.CombinedIsRest(line) || !c.SeparateIsSum(line) {
		t.Error("one that is not adopted leaves its sites as recommended")
	}
	if c.ApartIsSum(line) {
		t.Error("sites for themselves are a sum of unknown costs")
	}
	lines["a"].AfterCycle, lines["b"].AfterCycle, lines["c"].AfterCycle = money.Minor(50000, "USD"), money.Minor(20000, "USD"), money.Minor(0, "USD")
	if !c.ApartIsSum(line) {
		t.Error("sites for themselves are not what their lines cost before paying once")
	}
	for _, x := range []*Combination{of(1001, "a", "b", "c"), of(1000, "a"), of(1000, "a", "nobody")} {
		if _, is := x.PrepaidDays(line); is {
			t.Errorf("%v: %s is prepaid", x.Lines, x.Prepaid)
		}
	}
	if of(1001, "a", "b").CombinedIsRest(line) || of(1000, "a", "nobody").CombinedIsRest(line) {
		t.Error("a cent more, or a line nobody knows, is what the lines make")
	}
}
