package config

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tierline/audit/diag"
	"tierline/audit/money"
)

// entry makes a key with a value, each at a line of its own.
func entry(line int, key string, value Node) Entry {
	at := diag.Source{File: "audit.yaml", Line: line}
	value.Source = at
	return Entry{Key: key, Source: at, Value: value}
}

func mapped(entries ...Entry) Node { return Node{Form: Mapping, Entries: entries} }

var terms = Terms{Formats: []string{"users", "prices"}, Layout: func(string) error { return nil }}

func readPolicy(entries ...Entry) (*Config, error) {
	return Read("audit.yaml", []Node{mapped(entry(1, "policy", mapped(entries...)))}, terms)
}

// Every mistake is told at once, with its place and what is expected.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		key  string
		node Node
		want string
	}{
		{"grace_day", scalar("3"), `unknown key "grace_day" in policy; did you mean grace_days?`},
		{"grace_days", scalar("many"), `"many": expected a whole number from 0 to 3660`},
		{"grace_days", list(scalar("3")), "policy.grace_days: expected a single value"},
		{"inactive_after_days", scalar("6"), `"6": expected a whole number from 7 to 3660`},
		{"max_removals", scalar("0"), `"0": expected none or a whole number from 1 to 100000000`},
		{"keep_cycle", scalar("perhaps"), `"perhaps": expected yes or no`},
		{"peak_billing", scalar("never"), `"never": expected full-period or prorated`},
		{"max_rejected", scalar("1"), `"1": expected a percentage with its sign, such as 15%`},
		{"max_rejected", scalar("101%"), `"101%": expected a percentage from 0% to 100%`},
		{"growth", list(scalar("5%")), "expected two percentages such as [5%, 10%]"},
		{"growth", scalar("5%"), "expected two percentages such as [5%, 10%]"},
		{"growth", list(scalar("10%"), scalar("5%")), "expected the lower percentage first, such as [5%, 10%]"},
		{"audit_window_days", list(scalar("60"), scalar("90")), "expected the longer time first, such as [90, 60]"},
		{"severity", mapped(entry(3, "high", scalar("1%")), entry(3, "medium", scalar("5%"))), "expected a percentage for high that is not below the one for medium"},
		{"severity", scalar("high"), "expected keys and values in severity"},
		{"licence_factors", mapped(entry(3, "cloud", mapped(entry(3, "academic", scalar("2"))))), `"2": expected a factor from 0 to 1 such as 0.25`},
		{"keep_runs", scalar("1"), `"1": expected all or a whole number from 2 to 1000000`},
	} {
		cfg, err := readPolicy(entry(3, c.key, c.node), entry(4, "override_days", scalar("-1")))
		if err == nil {
			t.Errorf("%s takes %s", c.key, c.node.YAML())
			continue
		}
		named := "policy." + c.key // a mistake in a value names its key
		if strings.Contains(c.want, " in ") {
			named = "" // as do those in keys themselves
		}
		for _, want := range []string{"audit.yaml:3: " + named, c.want, `audit.yaml:4: policy.override_days: "-1": expected a whole number from 0 to 3660`} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %s\ngot  %v\nwant %s", c.key, c.node.YAML(), err, want)
			}
		}
		if cfg.Policy.OverrideDays != 60 {
			t.Errorf("a mistake changed the value it is about to %d", cfg.Policy.OverrideDays)
		}
	}
}

// What is written is put over the defaults, and the rest keeps them.
func TestWhatIsWrittenHolds(t *testing.T) {
	cfg, err := Read("audit.yaml", []Node{mapped(
		entry(1, "organisation", scalar("Acme")), entry(2, "as_of", scalar("2026-11-21")), entry(3, "currency", scalar("EUR")),
		entry(4, "policy", mapped(
			entry(5, "keep_cycle", scalar("On")), entry(6, "max_removals", scalar("None")), entry(7, "keep_runs", scalar("ALL")),
			entry(8, "licence_factors", mapped(entry(8, "cloud", mapped(entry(8, "Social  Impact", scalar("0.25")))))),
			entry(9, "max_rejected", scalar("0.125%")), entry(10, "bot_patterns", Node{}),
		)),
		entry(11, "inputs", list(mapped(entry(11, "glob", scalar("*.csv")), entry(12, "columns", mapped(entry(12, "A", scalar("b"))))))),
	), mapped(entry(20, "organisation", scalar("Acme Industries")))}, terms)
	if err != nil {
		t.Fatal(err)
	}
	p := &cfg.Policy
	if cfg.Organisation != "Acme Industries" || cfg.AsOf.String() != "2026-11-21" || cfg.Currency != "EUR" || cfg.Source.File != "audit.yaml" {
		t.Errorf("got %+v", cfg)
	}
	if !p.KeepCycle || p.MaxRemovals != 0 || p.GraceDays != 30 || len(p.BotPatterns) != 0 {
		t.Errorf("got %+v", p)
	}
	if f := p.LicenceFactors["cloud"]; f["social impact"].Decimal(2) != "0.25" || f["commercial"].Decimal(0) != "1" {
		t.Errorf("factors %v", f)
	}
	if len(cfg.Inputs) != 1 || cfg.Inputs[0].Columns["A"] != "b" {
		t.Errorf("inputs %+v", cfg.Inputs)
	}
	for _, s := range p.Settings() {
		if s.Name == "max_rejected" && s.Value != "0.125%" {
			t.Errorf("max_rejected is shown as %s", s.Value)
		}
	}
}

// A policy written as JSON reads back equal, whatever its values.
func TestPolicyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []Entry
		for _, k := range []string{"inactive_after_days", "override_days", "max_removals"} {
			entries = append(entries, entry(1, k, scalar(rapid.SampledFrom([]string{"7", "90", "3000"}).Draw(t, k))))
		}
		for _, k := range []string{"keep_cycle", "no_quotes", "override_same_tier"} {
			entries = append(entries, entry(1, k, scalar(rapid.SampledFrom([]string{"yes", "no"}).Draw(t, k))))
		}
		var bots []Node
		for _, p := range rapid.SliceOf(rapid.StringMatching(`[a-z*, "\\é-]{0,6}`)).Draw(t, "patterns") {
			bots = append(bots, scalar(p))
		}
		low := rapid.SampledFrom([]string{"0%", "0.001%", "33.3333%"}).Draw(t, "percentage")
		entries = append(entries, entry(1, "bot_patterns", list(bots...)), entry(1, "growth", list(scalar(low), scalar("50%"))),
			entry(1, "licence_factors", mapped(entry(1, "data-center", mapped(entry(1, "a b", scalar("0.125")))))))
		cfg, err := readPolicy(entries...)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(cfg.Policy)
		if err != nil {
			t.Fatal(err)
		}
		var back Policy
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		// Equal numbers may be kept in different ways: 5/100 and 1/20.
		equal := cmp.Comparer(func(a, b money.Exact) bool { return a.Cmp(b) == 0 })
		if diff := cmp.Diff(cfg.Policy, back, equal); diff != "" {
			t.Fatalf("wrote %s, which reads back as another policy (-want +got):\n%s", raw, diff)
		}
	})
	var p Policy
	if err := json.Unmarshal([]byte(`[{"name": "grace_days", "value": "soon"}]`), &p); err == nil || !strings.Contains(err.Error(), `"soon": expected a whole number`) {
		t.Errorf("a setting that cannot be read: %v", err)
	}
}
