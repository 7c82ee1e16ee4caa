package config_test

import (
	"strings"
	"testing"

	"tierline/audit/config"
)

// The defaults of a run without audit.yaml; the licence factors are those of METHOD 2.10.
func TestDefaultsWithoutConfiguration(t *testing.T) {
	want := map[string]string{
		"inactive_after_days": "60", "grace_days": "30", "never_without_added": "review",
		"bot_patterns":      "bot-*, *-bot, * bot, *-bot@*, svc-*, service-*, ci-*, automation*, * automation, noreply@*, no-reply@*",
		"audit_window_days": "90, 60", "override_days": "60", "product_override_days": "0", "override_same_tier": "yes",
		"quote_valid_days": "90", "annual_factor": "10", "annual_app_rounding": "cent",
		"licence_factors.cloud":       "academic 0.25, commercial 1, community 0.25",
		"licence_factors.data-center": "academic 0.5, commercial 1, community 0",
		"peak_billing":                "prorated", "growth": "5%, 10%", "user_counts_max_age_days": "31",
		"export_max_age_days": "31", "count_tolerance": "20%", "partial_below": "50%", "confirmed_counts": "",
		"severity.high": "5%", "severity.medium": "1%", "severity.urgent_days": "14", "max_rejected": "1%",
		"max_removals": "none", "keep_cycle": "no", "no_quotes": "no", "print_owners": "no", "workbook_seats": "200000", "keep_runs": "all",
	}
	for _, s := range config.DefaultPolicy().Settings() {
		if got, ok := want[s.Name]; !ok || got != s.Value {
			t.Errorf("%s: got %q, want %q", s.Name, s.Value, got)
		}
		delete(want, s.Name)
	}
	if len(want) != 0 {
		t.Errorf("not shown: %v", want)
	}
	if c := config.Default(); c.Organisation != "Organisation" || c.Currency != "" || !c.AsOf.IsZero() {
		t.Errorf("default configuration: got %+v", c)
	}
}

func TestOtherValuesAreShown(t *testing.T) {
	p := config.DefaultPolicy()
	p.NeverWithoutAdded, p.AnnualAppRoundUp, p.PeakFullPeriod, p.MaxRemovals, p.KeepCycle = true, true, true, 5, true
	want := map[string]string{"never_without_added": "candidate", "annual_app_rounding": "up", "peak_billing": "full-period", "max_removals": "5", "keep_cycle": "yes"}
	for _, s := range p.Settings() {
		if w, ok := want[s.Name]; ok && w != s.Value {
			t.Errorf("%s: got %q, want %q", s.Name, s.Value, w)
		}
	}
}

// A policy is a value of its own: changing one must not change the next.
func TestDefaultsAreNotShared(t *testing.T) {
	p := config.DefaultPolicy()
	p.LicenceFactors["cloud"]["academic"] = p.LicenceFactors["cloud"]["commercial"]
	p.BotPatterns[0] = "x"
	fresh := config.DefaultPolicy()
	if fresh.LicenceFactors["cloud"]["academic"].Decimal(2) != "0.25" || fresh.BotPatterns[0] != "bot-*" {
		t.Error("changing one default policy changed another")
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"override_days", "grace_days", "growth"}
	for wrong, want := range map[string]string{"overide_days": "did you mean override_days?", "Growth": "did you mean growth?", "gracedays": "did you mean grace_days?", "zzzzzzzzzz": "known: override_days, grace_days, growth", "days_override_now": "known: ", "days-override": "did you mean override_days?", "override": "did you mean override_days?"} {
		if got := config.Suggest(wrong, known); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", wrong, got, want)
		}
	}
	if got := config.Suggest("annual", []string{"annual_factor", "annual_app_rounding"}); !strings.Contains(got, "known: ") {
		t.Errorf("the beginning of two names: got %q", got)
	}
	if got := config.Suggest("x", nil); got != "" {
		t.Errorf("nothing known: got %q", got)
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"kitten", "sitting", 3}, {"ABC", "abc", 0}, {"ab", "ba", 2}} {
		if got := config.Distance(c.a, c.b); got != c.want || config.Distance(c.b, c.a) != c.want {
			t.Errorf("%q to %q: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
