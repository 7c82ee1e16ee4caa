package audit_test

import (
	"context"
	"testing"

	"tierline/audit"
	"tierline/audit/pricing"
	"tierline/audit/world"
	"tierline/ingest"
	"tierline/samples"
)

// sampleRequest reads a sample organisation.
func sampleRequest(t *testing.T, name string) *audit.Request {
	t.Helper()
	dir, err := samples.Folder(name)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ingest.Load(context.Background(), dir, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &audit.Request{Estate: l.Estate, Book: l.Book, Config: l.Config, AsOf: l.Config.AsOf, Inputs: l.Inputs, Version: "test"}
}

// What the workbook works out again is the audit: as is where nothing is entered,
// and the recommendation where the values of the plan are. Only a subscription that
// says why is not worked out.
//
// METHOD 22.2, 22.5 and 22.6.
func TestWhatIfMeetsTheAudit(t *testing.T) {
	for _, name := range []string{"acme", "datacenter", "enterprise", "europe", "worked-example"} {
		r := run(t, sampleRequest(t, name))
		lines, live := map[string]*audit.Line{}, 0
		for i := range r.Lines {
			lines[r.Lines[i].ID] = &r.Lines[i]
		}
		for b := range r.WhatIf.Bundles {
			for i := range r.WhatIf.Bundles[b].Lines {
				l := &r.WhatIf.Bundles[b].Lines[i]
				if l.Locked.Given() {
					t.Logf("%s: %s is locked: %s", name, l.Line, l.Locked)
					continue
				}
				live++
				if got := l.Sum(audit.Untouched); got != lines[l.Line].AsIs {
					t.Errorf("%s: %s is %s untouched, as is %s", name, l.Line, got, lines[l.Line].AsIs)
				}
				if got := l.Sum(audit.Planned); l.Plan.Licence != audit.AsPlanned && got != lines[l.Line].Recommended {
					t.Errorf("%s: %s is %s as planned, recommended %s", name, l.Line, got, lines[l.Line].Recommended)
				}
			}
		}
		if live == 0 {
			t.Errorf("%s: nothing is worked out again", name)
		}
	}
}

// A step of a product counts what an app then costs less only where the product
// still sets its users: never one that another product has as many users for.
//
// METHOD 22.5.
func TestNextStepOfTwoProducts(t *testing.T) {
	each, tiers := []string{"1000:10.00"}, []string{"100:=1000", "200:=2000"}
	for _, c := range []struct {
		name            string
		jira, service   int // users
		list            []string
		change, another string
	}{
		{"as many, each user costs", 100, 100, each, "-10.00", "-10.00"},
		{"one more, each user costs", 101, 100, each, "-20.00", "-10.00"},
		{"both above the top of a tier", 105, 103, tiers, "-1000.00", "-1000.00"},
		{"one above the top of a tier", 105, 100, tiers, "-2000.00", ""},
	} {
		w := world.New(t).Seats("jira", c.jira, 0).Seats("jira-service-management", c.service, 0)
		for _, plan := range []string{"jira", "jira-service-management", "app"} {
			w.Prices(world.List{Plan: plan, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: c.list})
		}
		in := w.Product("jira", pricing.Annual).Product("jira-service-management", pricing.Annual).App("app", "jira", pricing.Annual).Input()
		r := run(t, &audit.Request{Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Version: "test"})
		for _, p := range r.WhatIf.Bundles[0].Products {
			want := c.change
			if p.Key != "jira" {
				want = c.another
			}
			if p.Next.More > 0 && p.Next.Change.String() != want || p.Next.More == 0 && want != "" {
				t.Errorf("%s: %d removals more of %s change %s, want %s", c.name, p.Next.More, p.Key, p.Next.Change, want)
			}
		}
	}
}
