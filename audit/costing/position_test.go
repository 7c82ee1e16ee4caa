package costing_test

import (
	"testing"

	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 2.16.
func TestPosition(t *testing.T) {
	annual := world.New(t).Graduated("app", world.G1).Seats("jira", 480, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if annual.Tier != (pricing.Range{From: 401, To: 500}) || annual.Headroom != 20 || annual.ToDrop != 80 || annual.UnusedFor != 20 {
		t.Errorf("annual: got tier %v, headroom %d, to drop %d, unused %d; want 401-500, 20, 80, 20", annual.Tier, annual.Headroom, annual.ToDrop, annual.UnusedFor)
	}
	if got := [4]string{annual.Bill.String(), annual.StepUp.String(), annual.StepDown.String(), annual.Unused.String()}; got != [4]string{"3805.00", "400.00", "400.00", "152.20"} {
		t.Errorf("annual: bill, step up, step down, unused: got %v, want 3805.00 400.00 400.00 152.20", got)
	}
	top := world.New(t).Graduated("app", world.G1).Seats("jira", 500, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if top.Headroom != 0 || top.ToDrop != 100 || top.Unused.String() != "0.00" {
		t.Errorf("at the top: got headroom %d, to drop %d, unused %s; want 0, 100, 0.00", top.Headroom, top.ToDrop, top.Unused)
	}
	monthly := world.New(t).Graduated("app", world.G1).Seats("jira", 500, 0).App("app", "jira", pricing.Monthly).Line("app").Position()
	if monthly.Tier != (pricing.Range{From: 251, To: 1000}) || monthly.StepUp.String() != "0.23" || monthly.StepDown.String() != "0.40" || monthly.Unused.Known() {
		t.Errorf("monthly: got tier %v, up %s, down %s, unused %q; want 251-1,000, 0.23, 0.40, unknown", monthly.Tier, monthly.StepUp, monthly.StepDown, monthly.Unused)
	}
	last := world.New(t).Graduated("app", []string{"10:=10.00", "500:1.65"}).Seats("jira", 480, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if last.StepUp.Known() {
		t.Errorf("nothing is sold above 500: got a step of %s", last.StepUp)
	}
	open := world.New(t).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC}).
		Seats("jira", 16000, 0).App("app", "jira", pricing.Annual, world.OnDataCenter).Line("app").Position()
	if open.Tier != (pricing.Range{From: 15001}) || open.StepUp.Known() || open.Unused.Known() || open.StepDown.String() != "18900.00" {
		t.Errorf("open tier: got %v, up %q, unused %q, down %s; want 15,001 and more, unknown, unknown, 18900.00", open.Tier, open.StepUp, open.Unused, open.StepDown)
	}
	block := world.New(t).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Block, Tiers: []string{"500:8", "800:8", "1000:8"}}).
		Seats("jira", 501, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if block.UnusedFor != 299 || block.Unused.String() != "2392.00" || block.StepDown.String() != "2400.00" {
		t.Errorf("block: got %d unused for %s, step %s; want 299 for 2392.00, 2400.00", block.UnusedFor, block.Unused, block.StepDown)
	}
	zero := world.New(t).Graduated("app", world.G1).Seats("jira", 0, 0).App("app", "jira", pricing.Monthly).Line("app").Position()
	if zero.Tier != (pricing.Range{}) || zero.Bill.String() != "0.00" {
		t.Errorf("0 users: got tier %v for %s, want 0-0 for 0.00", zero.Tier, zero.Bill)
	}
}
