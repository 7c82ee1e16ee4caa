package audit_test

import (
	"context"
	"runtime"
	"testing"
	"weak"

	"tierline/audit"
	"tierline/audit/pricing"
	"tierline/rules"
)

// A result is kept until its reports are written. It holds neither price lists nor the
// costs of lines, which are most of what many subscriptions take.
func TestResultHoldsNoPriceList(t *testing.T) {
	req := sampleRequest(t, "acme")
	req.Rules = rules.All()
	version, why := req.Book.Timeline("jira-standard", pricing.Cloud, pricing.Annual, true).Newest()
	if version == nil {
		t.Fatal(why.Text)
	}
	prices, people := weak.Make(version.Schedule), weak.Make(req.Estate)
	version = nil
	r, err := audit.Run(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	req = nil
	runtime.GC()
	runtime.GC()
	if people.Value() == nil {
		t.Error("the people are gone, whom reports still list")
	}
	if prices.Value() != nil {
		t.Error("the result holds the price lists")
	}
	runtime.KeepAlive(r)
}
