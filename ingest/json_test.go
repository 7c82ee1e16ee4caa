package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/answers"
)

// TestMarketplaceFixture asserts the reading worked out by hand
// of the price list, through the price command's own way in.
func TestMarketplaceFixture(t *testing.T) {
	book, diags, err := LoadPrices(t.Context(), []string{filepath.Join(casesDir, "14.21-fixture-marketplace-prices", "in", "live.json")}, "", pricing.Cloud)
	if err != nil {
		t.Fatal(err)
	}
	if diags.Worst() != diag.Note || !strings.Contains(fmt.Sprint(diags), "assumed to be USD") {
		t.Errorf("the currency is a stated assumption and nothing is wrong: %v", diags)
	}
	for _, c := range []struct {
		cycle pricing.Cycle
		users int
		want  string
	}{
		{pricing.Monthly, 137, "115.90"}, {pricing.Monthly, 190, "153.00"}, {pricing.Monthly, 10, "10.00"}, {pricing.Monthly, 1, "10.00"}, {pricing.Monthly, 11, "9.90"}, {pricing.Monthly, 9000, "1837.50"},
		{pricing.Annual, 137, "1600.00"}, {pricing.Annual, 200, "1600.00"}, {pricing.Annual, 201, "2175.00"}, {pricing.Annual, 2500, "9075.00"}, {pricing.Annual, 2501, "unknown"},
	} {
		v, why := book.Timeline("com.example.timesheets", pricing.Cloud, c.cycle, true).Newest()
		if v == nil {
			t.Fatal(why)
		}
		got := "unknown"
		if p, ok := v.Price(c.users); ok {
			got = p.Round(v.Currency(), money.HalfUp).String()
		}
		if got != c.want {
			t.Errorf("%s, %d users: got %s, want %s", c.cycle, c.users, got, c.want)
		}
		if want := "Marketplace price list, lastModified 2026-09-12T07:17:02.257Z"; v.Origin != want {
			t.Errorf("origin %q, want %q", v.Origin, want)
		}
	}
}

// TestSecretsAreDropped: the licence key is the one secret in any input, and
// mail contact and organisation are nobody's business. None may be found in
// anything that is read, not even when the answer is broken.
func TestSecretsAreDropped(t *testing.T) {
	const secret = "AAABsecretODsN0"
	hidden := `"rawLicense": "` + secret + `", "RAWLICENSE": ["` + secret + `", {"a": "` + secret + `"}], "contactEmail": "` + secret + `@example.com", "organizationName": "` + secret + `"`
	licence := `"maximumNumberOfUsers": 500, "licenseType": "COMMERCIAL", "expiryDate": 1811721600000`
	subs := "type,key,hosting,site,host,cycle,renewal_date\nproduct,jira,data-center,dc1,,annual,2027-05-31\n"
	for name, text := range map[string]string{
		"whole":     `{"hostStatus": {"hostLicense": {` + licence + `, ` + hidden + `}}, "plugins": [{"key": "a", ` + hidden + `, "licenseDetails": {` + hidden + `, ` + licence + `}}]}`,
		"single":    `{` + hidden + `, "pluginKey": "a", ` + licence + `}`,
		"nobody's":  `{` + hidden + `, ` + licence + `}`,
		"bad":       `{"plugins": [{"key": "a", "licenseDetails": {"maximumNumberOfUsers": "x", ` + hidden + `}}]}`,
		"twice":     `{"plugins": [{"key": "a", "licenseDetails": {"maximumNumberOfUsers": 1, "maximumNumberOfUsers": 2, "rawLicense": 1, ` + hidden + `}}]}`,
		"truncated": `{"plugins": [{"key": "a", "licenseDetails": {` + licence + `, "rawLicense": "` + secret,
		"no JSON":   `{"plugins": [{"key": "a", "licenseDetails": {` + licence + `, "rawLicense": "` + secret + `" ` + secret + `}}]}`,
		"unknown":   `{"somethingElse": {` + hidden + `}}`,
	} {
		l, err := Load(context.Background(), folder(t, map[string]string{"upm.json": text, "subscriptions.csv": subs}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, l)
		all, err := json.Marshal([]any{l.Estate, l.Inputs, l.Diagnostics})
		if err != nil {
			t.Fatal(err)
		}
		for what, text := range map[string]string{"the estate or the diagnostics": string(all), "the dump": dump(l, true), "the values in memory": fmt.Sprintf("%+v", l.Estate)} {
			if strings.Contains(text, "secret") {
				t.Errorf("%s: %s holds the secret\n%s", name, what, text)
			}
		}
		if n := len(l.Estate.Licences); (name == "whole" || name == "single") == (n == 0) {
			t.Errorf("%s: %d licences", name, n)
		}
	}
}

func TestLoadPricesJSON(t *testing.T) {
	dir := folder(t, map[string]string{
		"nobody.json": `{"items": [{"licenseType": "COMMERCIAL", "amount": 10, "unitCount": 10, "monthsValid": 1}]}`,
		"broken.json": `{"items": [`,
		"upm.json":    `{"plugins": []}`,
	})
	for name, want := range map[string]string{
		"nobody.json": "nobody.json:1:1: the price list does not say of which app",
		"broken.json": "broken.json:1:12: the JSON ends in the middle",
		"upm.json":    "holds no price table",
	} {
		if _, _, err := LoadPrices(t.Context(), []string{filepath.Join(dir, name)}, "", pricing.Cloud); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", name, err, want)
		}
	}
}

// FuzzJSON reads any bytes as JSON: rows always add up and nothing panics.
func FuzzJSON(f *testing.F) {
	for _, pattern := range []string{"*fixture-*", "*json-*"} {
		names, err := filepath.Glob(filepath.Join(casesDir, pattern, "in", "*.json"))
		if err != nil || len(names) == 0 {
			f.Fatalf("no seeds: %v", err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw)
		}
	}
	subs := []byte("type,key,hosting,site,host,cycle,renewal_date\nproduct,jira,data-center,dc1,,annual,2027-05-31\n")
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !answers.IsJSON(raw) {
			return
		}
		addsUp(t, readBytes(map[string][]byte{"a.json": raw, "subscriptions.csv": subs}))
	})
}
