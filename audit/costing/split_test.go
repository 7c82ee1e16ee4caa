package costing_test

import (
	"strings"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// billed adds an invoice of a period and returns what is said of it.
func billed(w *world.World, key, from, to string, users int, amount string) costing.Checked {
	w.Estate.Invoices = []estate.Invoice{{Number: "I-1", Date: world.Day(from), From: world.Day(from), To: world.Day(to), Site: "acme", Key: key, Users: users,
		Amount: world.USD(amount), Source: (&world.Places{}).At("invoices.csv")}}
	return w.Build().CheckInvoices()[0]
}

// pieces writes what was to be billed and the pieces of the difference that are
// not 0.00: quantity, tier, version, factor, days, rounding, unexplained.
func pieces(c costing.Checked) string {
	if c.Unknown.Given() {
		return c.Unknown.Kind.String()
	}
	out := []string{c.Computed.String()}
	sum := money.Zero(c.Billed.Currency())
	for i, name := range []string{"quantity", "tier", "version", "factor", "days", "rounding", "unexplained"} {
		if sum = sum.Add(c.Pieces[i]); c.Pieces[i].Sign() != 0 {
			out = append(out, name+" "+c.Pieces[i].String())
		}
	}
	if sum != c.Difference() {
		out = append(out, "which add up to "+sum.String())
	}
	return strings.Join(out, ", ")
}

// METHOD 20.2, 20.3, 19.10: lines of real invoices.
func TestRealInvoices(t *testing.T) {
	apps := func(list []string, licence int) *world.World {
		return world.New(t).Graduated("app", list).Seats("jira", 520, 0).App("app", "jira", pricing.Annual, world.Licensed(licence))
	}
	for _, c := range []struct {
		name, from, to string
		list           []string
		users          int
		amount, want   string
	}{
		{"tier 600, 133 days", "2025-01-01", "2025-05-13", world.G1, 600, "1533.00", "1532.23, rounding 0.77"},
		{"tier 300, 334 days", "2024-09-16", "2025-08-15", world.G1, 300, "2750.00", "2749.78, rounding 0.22"},
		{"tier 200, 184 days", "2025-08-15", "2026-02-14", world.G2, 200, "1462.00", "1461.92, rounding 0.08"},
		{"tier 1600, two years", "2024-03-01", "2026-02-28", world.G1, 1600, "14370.00", "14370.00"},
		{"tier 1600, two years, up to the day of the next", "2024-03-01", "2026-03-01", world.G1, 1600, "14370.00", "14370.00"},
		{"133 days, up to the day after the last", "2025-01-01", "2025-05-14", world.G1, 600, "1532.23", "1532.23"},
	} {
		if got := pieces(billed(apps(c.list, c.users), "app", c.from, c.to, c.users, c.amount)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	w := world.New(t).Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"200:=27500", "400:=45500"}}).
		Seats("jira", 350, 0).Product("jira", pricing.Annual, world.Licensed(400))
	upgrade := billed(w, "jira", "2025-08-16", "2026-02-28", 400, "9715.07")
	if got := pieces(upgrade); got != "9715.07" || upgrade.Period.From != 200 || upgrade.Period.Days != 197 {
		t.Errorf("an upgrade from 200 to 400 users for 197 days: got %s, from %d, %d days", got, upgrade.Period.From, upgrade.Period.Days)
	}
	monthly := world.New(t).Graduated("app", world.G1).Seats("jira", 173, 0).Daily("jira", "2025-11-30", 173).App("app", "jira", pricing.Monthly)
	if got := pieces(billed(monthly, "app", "2025-12-01", "2025-12-31", 173, "221.21")); got != "221.21" {
		t.Errorf("173 users for a month: got %s", got)
	}
}

// METHOD 20.1: for whom a period was to be billed.
func TestUsersOfAnInvoice(t *testing.T) {
	monthly := func(days ...int) *world.World {
		return world.New(t).Graduated("app", world.J).Seats("jira", 30, 0).Daily("jira", "2025-11-29", days...).App("app", "jira", pricing.Monthly)
	}
	annual := func(licence int, days ...int) *world.World {
		return world.New(t).Graduated("app", world.G1).Seats("jira", 30, 0).Daily("jira", "2025-11-29", days...).App("app", "jira", pricing.Annual, world.Licensed(licence))
	}
	for _, c := range []struct {
		name   string
		w      *world.World
		to     string
		users  int
		amount string
		want   string
	}{
		{"as many as counted the day before", monthly(26, 20, 26), "2025-12-31", 20, "172.00", "172.00"},
		{"more than counted", monthly(26, 20, 26), "2025-12-31", 26, "223.60", "172.00, quantity 51.60"},
		{"fewer than counted", monthly(26, 20, 26), "2025-12-31", 19, "163.40", "172.00, quantity -8.60"},
		{"more stated, and yet billed for those counted", monthly(26, 20, 26), "2025-12-31", 26, "172.00", "172.00"},
		{"nobody counted that day", monthly(26, -1, 26), "2025-12-31", 26, "223.60", "223.60"},
		{"nobody stated", monthly(26, 20, 26), "2025-12-31", 0, "172.00", "172.00"},
		{"nobody stated, the amount is for 26", monthly(26, 20, 26), "2025-12-31", 0, "223.60", "172.00, quantity 51.60"},
		{"nobody stated nor counted", monthly(26, -1, 26), "2025-12-31", 0, "223.60", "no_quantity"},
		{"annual: as many as licensed", annual(200, 26, 20), "2026-11-30", 200, "2420.00", "2420.00"},
		{"annual: more than licensed and counted", annual(200, 26, 20), "2026-11-30", 201, "3005.00", "2420.00, quantity 585.00"},
		{"annual: fewer than licensed", annual(200, 26, 20), "2026-11-30", 100, "1650.00", "1650.00"},
		{"annual: more were counted than are licensed", annual(10, 26, 26), "2026-11-30", 26, "825.00", "825.00"},
		{"annual: nobody stated nor counted, the licence is known", annual(200, 26, -1), "2026-11-30", 0, "2420.00", "2420.00"},
	} {
		if got := pieces(billed(c.w, "app", "2025-12-01", c.to, c.users, c.amount)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// METHOD 20.3: where two faults lead to the amount by themselves, the later piece is
// named; where one does, no two are.
func TestFewestFaults(t *testing.T) {
	list := world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"10:=100", "20:=200", "30:=210"}}
	w := world.New(t).Prices(list).Seats("jira", 8, 0).App("app", "jira", pricing.Annual, world.Licensed(10), world.Discount("0.50"))
	for amount, want := range map[string]string{
		"100.00": "50.00, factor 50.00",              // or the tier of 20 users
		"200.00": "50.00, tier 50.00, factor 100.00", // of 20 users, without the discount
		"105.00": "50.00, tier 55.00",                // of 30 users
		"210.00": "50.00, tier 55.00, factor 105.00",
	} {
		if got := pieces(billed(w, "app", "2025-03-01", "2026-02-28", 10, amount)); got != want {
			t.Errorf("%s: got %s, want %s", amount, got, want)
		}
	}
}
