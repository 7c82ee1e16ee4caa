package audit_test

import (
	"context"
	"testing"

	"tierline/audit"
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
