package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// TestExceptionsCostWhatThePlanWouldSaveMore: without the exception the plan is
// cheaper by what the exception is said to cost, to the cent. Where a plan free
// to choose its cycle would then choose another, it is cheaper still.
func TestExceptionsCostWhatThePlanWouldSaveMore(t *testing.T) {
	priced := 0
	req := request(t, keeping())
	for _, keep := range []bool{true, false} {
		req.Config.Policy.KeepCycle = keep
		req.Estate.Exceptions = nil
		without := beforeMultiInstance(run(t, req))
		for _, subject := range []string{"acme-eng/jira", "acme-eng/confluence", "acme-biz/*", "*", "a*@example.com", "*ar*", "acme-eng/jira-service-management", "nobody@example.com"} {
			req.Estate.Exceptions = []estate.Exception{{Rule: "inactive-users", Subject: subject, Reason: "agreed", Owner: "Team A"}}
			r := run(t, req)
			x := r.Exceptions[0]
			more := beforeMultiInstance(r).Sub(without)
			if x.Cost.Sign() > 0 {
				priced++
			}
			switch {
			case !x.Cost.Known() || x.CostUnknown.Given() || (x.Protected == 0) != (subject == "nobody@example.com"):
				t.Errorf("%s: protects %d, costs %v (%s)", subject, x.Protected, x.Cost, x.CostUnknown)
			case keep && x.Cost != more, more.Less(x.Cost):
				t.Errorf("%s, cycles kept %v: costs %s, the plan without it saves %s more", subject, keep, x.Cost, more)
			}
		}
	}
	if priced < 8 {
		t.Errorf("only %d exceptions cost anything: the test says little", priced)
	}
}

// beforeMultiInstance returns the recommended total of the bundles by
// themselves.
func beforeMultiInstance(r *audit.Result) money.Amount {
	total := r.Plan.Totals.Recommended
	for _, b := range r.Plan.Bridge {
		if b.Step == "multi_instance" {
			total = total.Sub(b.Amount)
		}
	}
	return total
}

// TestUnknownCostOfAnException: seats nobody charges for, or without a price,
// cost an unknown amount, never 0. An exception that protects nothing costs 0.
func TestUnknownCostOfAnException(t *testing.T) {
	for _, c := range []struct {
		name, subject, reason string
		change                func(*estate.Estate)
	}{
		{"no subscription", "acme-eng/jira", "no active subscription charges for these seats", func(e *estate.Estate) {
			e.Subscriptions = slices.DeleteFunc(e.Subscriptions, func(s estate.Subscription) bool { return s.Site == "acme-eng" && s.HostProduct() != "confluence" })
		}},
		{"no price", "acme-biz/confluence", "1 subscription of these seats without a known cost for fewer", func(e *estate.Estate) {
			e.Subscriptions = slices.DeleteFunc(e.Subscriptions, func(s estate.Subscription) bool {
				return s.Site == "acme-biz" && s.HostProduct() == "confluence" && s.Kind == estate.AppKind
			})
			for i := range e.Subscriptions {
				if s := &e.Subscriptions[i]; s.Site == "acme-biz" && s.Key == "confluence" {
					s.PricePlan = "nobody-knows"
				}
			}
		}},
		{"nothing protected", "nobody", "", func(*estate.Estate) {}},
	} {
		req := request(t)
		req.Estate.Exceptions = []estate.Exception{{Rule: "*", Subject: c.subject, Reason: "agreed", Owner: "Team A"}}
		c.change(req.Estate)
		x := run(t, req).Exceptions[0]
		if x.Cost.Known() != (c.reason == "") || x.CostUnknown.Text != c.reason {
			t.Errorf("%s: costs %s, because %q; want %q", c.name, x.Cost.Grouped(), x.CostUnknown, c.reason)
		}
	}
}

// A rule that does not declare it leaves nobody out, whatever it asks.
func TestOnlyDeclaredEffectsHold(t *testing.T) {
	for effect, want := range map[audit.Effect]bool{audit.MarksFindings: false, audit.LeavesOut: true, audit.KeepsSeats: false} {
		asks, exempt := rule("asks"), false
		asks.Scope, asks.Exceptions = audit.PerOrganisation, effect
		asks.Run = func(_ context.Context, p *audit.Pass) error {
			exempt = p.Exempt(0)
			return nil
		}
		req := request(t, asks)
		req.Estate.Exceptions = []estate.Exception{{Rule: "asks", Subject: strings.ToLower(req.Estate.Accounts[0].ID), Reason: "agreed", Owner: "Team A"}}
		r := run(t, req)
		if exempt != want || (r.Exceptions[0].LeftOut == 1) != want {
			t.Errorf("effect %d: exempt %v, left out %d", effect, exempt, r.Exceptions[0].LeftOut)
		}
	}
}

// keeping returns a rule whose exceptions keep seats.
func keeping() *audit.Rule {
	r := rule("inactive-users")
	r.Exceptions = audit.KeepsSeats
	return r
}

// TestExemptAccounts: an exception for a rule, or for every rule, that names an
// account keeps it out of the rule, says how often, and is then of use.
func TestExemptAccounts(t *testing.T) {
	ids := strings.Join([]string{"a", "b", "c"}, " ")
	for _, c := range []struct {
		name      string
		exception estate.Exception
		left      string
		leftOut   int
		remark    bool
	}{
		{"by id", estate.Exception{Rule: "asks", Subject: "a"}, "b c", 1, false},
		{"by address", estate.Exception{Rule: "asks", Subject: "b@example.com"}, "a c", 1, false},
		{"by a pattern", estate.Exception{Rule: "asks", Subject: "*@example.com"}, "c", 2, false},
		{"every account", estate.Exception{Rule: "asks", Subject: "*"}, "", 3, false},
		{"every rule", estate.Exception{Rule: "*", Subject: "a"}, "b c", 1, false},
		{"every rule and account", estate.Exception{Rule: "*", Subject: "*"}, ids, 0, false},
		{"a product", estate.Exception{Rule: "asks", Subject: "acme/jira"}, ids, 0, true},
		{"another rule", estate.Exception{Rule: "inactive-users", Subject: "a"}, ids, 0, false},
		{"nobody", estate.Exception{Rule: "asks", Subject: "d"}, ids, 0, true},
	} {
		asks := rule("asks")
		asks.Scope, asks.Exceptions = audit.PerOrganisation, audit.LeavesOut
		left := ""
		asks.Run = func(_ context.Context, p *audit.Pass) error {
			for i := range p.Estate.Accounts {
				if !p.Exempt(int32(i)) {
					left += " " + p.Estate.Accounts[i].ID
				}
			}
			return nil
		}
		req := request(t, asks, keeping())
		c.exception.Reason, c.exception.Owner, c.exception.Source = "agreed", "Team A", diag.Source{File: "exceptions.csv", Line: 99}
		req.Estate = &estate.Estate{Organisation: "x", Subscriptions: req.Estate.Subscriptions, Exceptions: []estate.Exception{c.exception},
			Accounts: []estate.Account{{ID: "A", Email: "a@example.com"}, {ID: "b", Email: "b@example.com"}, {ID: "c"}}}
		r := run(t, req)
		remarked := slices.ContainsFunc(r.Diagnostics, func(d diag.Diagnostic) bool { return d.Source.Line == 99 && d.Level == diag.Warning })
		if got := strings.ToLower(strings.TrimSpace(left)); got != c.left || r.Exceptions[0].LeftOut != c.leftOut || remarked != c.remark {
			t.Errorf("%s: left %q, left out %d, remarked on %v; want %q, %d, %v", c.name, got, r.Exceptions[0].LeftOut, remarked, c.left, c.leftOut, c.remark)
		}
	}
}
