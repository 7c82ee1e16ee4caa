package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/seats"
)

// TestNobodyRefreshesTheFolder audits the samples again 11 to 120 days later with
// the same files (METHOD 1.19, 1.21). No seat becomes a candidate by waiting but
// for those of two people whose leave ends; and from 32 days on nothing is saved on
// exports that old. The figures were worked out without the program.
func TestNobodyRefreshesTheFolder(t *testing.T) {
	t.Parallel()
	later := map[int]string{11: "weighed", 31: "weighed", 32: "held", 120: "held"}
	notClaimed := map[string]string{
		"acme 32":            "711.00 15386.90 2951.55 44136.29 3400.00",
		"acme 120":           "711.96 9332.00 3138.12 27976.18 3400.00",
		"worked-example 32":  "24000.00",
		"worked-example 120": "24000.00",
	}
	for _, sample := range []string{"acme", "worked-example", "enterprise"} {
		before := waited(t, sample, 0)
		for days, state := range later {
			after := waited(t, sample, days)
			if more := gained(before.register, after.register); len(more) != map[string]int{"enterprise 120": 5}[fmt.Sprint(sample, " ", days)] {
				t.Errorf("%s after %d days: %d seats became candidates", sample, days, len(more))
			}
			trust, totals := after.result.Trust, after.result.Plan.Totals
			if held := trust.Subscriptions.Held == trust.Subscriptions.Active; held != (state == "held") || held && totals.HardSaving.Sign() != 0 {
				t.Errorf("%s after %d days: %+v, hard saving %s; want all %s", sample, days, trust.Subscriptions, totals.HardSaving, state)
			}
			var amounts []string
			for _, o := range trust.Open {
				if o.NotClaimed.Known() {
					amounts = append(amounts, o.NotClaimed.String())
				}
			}
			slices.Sort(amounts)
			want := strings.Fields(notClaimed[fmt.Sprint(sample, " ", days)])
			if slices.Sort(want); state == "held" && len(want) > 0 && !slices.Equal(amounts, want) {
				t.Errorf("%s after %d days: not claimed %q, want %q", sample, days, amounts, want)
			}
		}
	}
}

// waitedAudit is an audit of a sample some days after its own as-of.
type waitedAudit struct {
	register *seats.Register
	result   *audit.Result
}

func waited(t *testing.T, sample string, days int) waitedAudit {
	t.Helper()
	own, err := date.Parse(asOf)
	if err != nil {
		t.Fatal(err)
	}
	day := own.AddDays(days)
	in := inputs{dir: filepath.Join("..", "..", "samples", sample), asOf: day.String()}
	req, err := in.request(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	result, err := audit.Run(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return waitedAudit{seats.Judge(req.Estate, &req.Config.Policy, day, "inactive-users"), result}
}

// gained lists the seats that are candidates later and were not before.
func gained(before, after *seats.Register) []string {
	var out []string
	for _, p := range after.Products {
		was := before.Find(p.Site, p.Key)
		for _, account := range p.Candidates {
			if !slices.Contains(was.Candidates, account) {
				out = append(out, fmt.Sprint(p.Site, "/", p.Key, " ", account))
			}
		}
	}
	return out
}
