package main

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/world"
	"tierline/report"
	"tierline/report/text"
	"tierline/rules"
)

// told returns every text of a result: terminal, check, PDF and workbook.
func told(t *rapid.T, r *audit.Result) string {
	var b strings.Builder
	d := report.Build(r)
	if err := text.Summary(&b, d, "audit.xlsx", "finance.pdf"); err != nil {
		t.Fatal(err)
	}
	if err := text.Check(&b, d); err != nil {
		t.Fatal(err)
	}
	gather(&b, reflect.ValueOf(d.Finance))
	gather(&b, reflect.ValueOf(d.Workbook))
	return strings.ToLower(b.String())
}

// anyState draws an estate and audits it, and says whether roles in it are
// unreadable.
func anyState(t *testing.T, rt *rapid.T) (r *audit.Result, unread bool) {
	w := world.RandomStates(rt, world.New(t), [3]int{6, 6, 3})
	in := w.Input()
	unread = obscure(rt, in.Estate)
	r, err := audit.Run(context.Background(), &audit.Request{
		Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Rules: rules.All(), Workers: 1, Version: version, Digest: strings.Repeat("0", 64),
	})
	if err != nil {
		rt.Fatal(err)
	}
	return r, unread
}

// obscure makes some roles unreadable, as a word nobody knows does, and reports
// whether one of them is of a product that is paid for.
func obscure(t *rapid.T, e *estate.Estate) bool {
	paid := false
	for _, a := range e.Access {
		if len(a.Roles) == 0 || rapid.IntRange(1, 4).Draw(t, "a role is unreadable") > 1 {
			continue
		}
		a.Roles[rapid.IntRange(0, len(a.Roles)-1).Draw(t, "account")] = estate.OtherRole
		paid = paid || slices.ContainsFunc(e.Subscriptions, func(s estate.Subscription) bool {
			return s.Kind == estate.ProductKind && s.Status == estate.SubActive && s.Site == a.Site && s.Key == a.Product
		})
	}
	return paid
}

// TestNothingToDoOnlyWhereAllIsWeighed over random estates that draw all four
// states, and what is held is claimed nowhere.
//
// METHOD 9.11, 9.12.
func TestNothingToDoOnlyWhereAllIsWeighed(t *testing.T) {
	t.Parallel()
	drawn := map[plan.State]int{}
	said := 0
	rapid.Check(t, func(rt *rapid.T) {
		r, unread := anyState(t, rt)
		for i := range r.Lines {
			drawn[r.Lines[i].State]++
		}
		s := &r.Trust.Subscriptions
		if s.Weighed+s.Assumed+s.Held+s.Unknown != s.Active || s.Active != len(r.Lines) {
			rt.Fatalf("%+v of %d lines", *s, len(r.Lines))
		}
		nothing := strings.Contains(told(rt, r), "nothing to do")
		if nothing && !s.All() {
			rt.Fatalf("%+v, but somebody says that there is nothing to do", *s)
		}
		if nothing && unread {
			rt.Fatal("there is nothing to do, but who holds a seat cannot be read")
		}
		if nothing {
			said++
		}
		if r.Run.Complete && s.Held+s.Unknown > 0 {
			rt.Fatalf("%+v, but the run is complete", *s)
		}
		claims(rt, r)
	})
	if len(drawn) < 4 || said == 0 {
		t.Errorf("the estates draw %v, and %d times there is nothing to do", drawn, said)
	}
}

// claims fails where a held bundle claims anything but a quote.
func claims(t *rapid.T, r *audit.Result) {
	held := map[string]bool{}
	for i := range r.Trust.Open {
		held[r.Trust.Open[i].Bundle] = r.Trust.Open[i].Subscriptions.Held > 0
	}
	zero := money.Zero(r.Run.Currency)
	for i := range r.Lines {
		if l := &r.Lines[i]; l.State == plan.Held && l.HardSaving != zero {
			t.Fatalf("%s is held and saves %s", l.ID, l.HardSaving)
		}
	}
	for _, a := range r.Plan.Actions {
		if held[a.Bundle] && a.Step != plan.StepQuotes {
			t.Fatalf("%s is an action of a held bundle", a.ID)
		}
	}
	for _, l := range r.Removals {
		if held[l.Bundle] {
			t.Fatalf("there is a ladder of removals for %s, which is held", l.Bundle)
		}
	}
	ruled := map[string]*audit.Rule{}
	for _, rule := range rules.All() {
		ruled[rule.ID] = rule
	}
	for _, f := range r.Findings {
		if rule := ruled[f.Rule]; held[f.Bundle] && !f.Counted && rule.Kind == audit.Saving && f.Severity > audit.Low {
			t.Fatalf("%s of a held bundle is %s", f.ID, f.Severity)
		}
		if held[f.Bundle] && strings.Contains(f.NotCounted, "the plan reaches a cheaper renewal") {
			t.Fatalf("%s: %s", f.ID, f.NotCounted)
		}
	}
}
