package audit_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/world"
	"tierline/ingest"
	"tierline/rules"
	"tierline/samples"
)

// same compares results by their values: an exact number has many fractions.
var same = cmp.Options{
	cmp.Comparer(func(a, b money.Exact) bool { return a.Cmp(b) == 0 }),
	cmpopts.EquateComparable(money.Amount{}, date.Date{}),
	cmpopts.IgnoreFields(audit.Result{}, "People", "Rejected"),
	cmpopts.IgnoreFields(audit.Check{}, "Of"), cmpopts.IgnoreFields(audit.App{}, "HostKey"),
	cmpopts.IgnoreFields(audit.RemovalRung{}, "Cost"), cmpopts.IgnoreFields(audit.BundleRemovals{}, "Cost"), cmpopts.IgnoreFields(audit.LadderRung{}, "Lines"),
	cmpopts.EquateEmpty(),
}

// readBack writes the public part of a result, reads it and compares the two.
func readBack(t interface{ Fatal(...any) }, r *audit.Result) {
	r = r.Public()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back audit.Result
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, &back, same); diff != "" {
		t.Fatal("another result is read than was written (-written +read):\n", diff)
	}
}

func TestResultsOfSamplesAreReadBack(t *testing.T) {
	for _, name := range samples.Names() {
		t.Run(name, func(t *testing.T) {
			dir, err := samples.Folder(name)
			if err != nil {
				t.Fatal(err)
			}
			l, err := ingest.Load(context.Background(), dir, ingest.Options{})
			if err != nil {
				t.Fatal(err)
			}
			readBack(t, run(t, &audit.Request{
				Estate: l.Estate, Book: l.Book, Config: l.Config, AsOf: l.Config.AsOf, Inputs: l.Inputs, Diagnostics: l.Diagnostics,
				Refused: l.Refused, Rules: rules.All(), Version: "test",
			}))
		})
	}
}

// TestResultsOfRandomEstatesAreReadBack draws what samples lack: prices in
// another currency and without cents, rows without a price, shares of a year.
func TestResultsOfRandomEstatesAreReadBack(t *testing.T) {
	t.Parallel()
	foreign, fractions := 0, 0
	one := func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{3, 2, 1})
		least := rapid.Int64Range(1, 2500).Draw(rt, "growth")
		w.Config.Policy.Growth = [2]money.Exact{money.Ratio(least, 10_000), money.Ratio(least+rapid.Int64Range(1, 2500).Draw(rt, "more"), 10_000)}
		w.Config.Branding = config.Branding{Title: "A title", Footer: "A footer", Accent: "#102030"}
		currency := rapid.SampledFrom([]money.Currency{"EUR", "JPY", "KWD"}).Draw(rt, "currency")
		abroad := w.Rows[rapid.IntRange(0, len(w.Rows)-1).Draw(rt, "abroad")].Plan
		for i := range w.Rows {
			if w.Rows[i].Plan == abroad {
				w.Rows[i].Currency = currency
			}
		}
		w.Estate.Exceptions = []estate.Exception{{Rule: "*", Subject: "u000001", Reason: "agreed", Owner: "Team A"}}
		in := w.Input()
		r, err := audit.Run(context.Background(), &audit.Request{
			Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Rules: rules.All(), Version: "test", Workers: 1,
		})
		if err != nil {
			rt.Fatal(err)
		}
		readBack(rt, r)
		foreign += len(r.Coverage.Foreign)
		for i := range r.Lines {
			for _, s := range r.Lines[i].Steps {
				if s.Amount.Fraction() != "" {
					fractions++
				}
			}
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		for range 5 { // of the hundred that rapid draws, so five hundred estates
			one(rt)
		}
	})
	if foreign == 0 || fractions == 0 {
		t.Errorf("%d lines in other currencies and %d amounts without an exact decimal were drawn; want some of each", foreign, fractions)
	}
}
