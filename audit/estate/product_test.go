package estate_test

import (
	"testing"

	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// TestTypedNames reads names of products as people type them (METHOD 14.26).
func TestTypedNames(t *testing.T) {
	cloud := func(key, edition string) estate.NamedProduct {
		return estate.NamedProduct{Key: key, Edition: edition, HasHosting: true, Known: true}
	}
	center := func(key string) estate.NamedProduct {
		return estate.NamedProduct{Key: key, Hosting: pricing.DataCenter, HasHosting: true, Known: true}
	}
	own := func(key string) estate.NamedProduct { return estate.NamedProduct{Key: key, Known: true, Plain: true} }
	short := func(key, edition string) estate.NamedProduct {
		return estate.NamedProduct{Key: key, Edition: edition, Known: true}
	}
	unknown := func(key string) estate.NamedProduct { return estate.NamedProduct{Key: key, Plain: true} }
	for name, want := range map[string]estate.NamedProduct{
		"Jira": own("jira"), " jira  software ": own("jira"), "jira-software.ondemand": own("jira"), "Jira Service Management": own("jira-service-management"),
		"jira-service-management": own("jira-service-management"), "Jira Core": own("jira-work-management"),
		"Jira Cloud": cloud("jira", ""), "JIRA SOFTWARE (CLOUD)": cloud("jira", ""), "Confluence Cloud Premium": cloud("confluence", "premium"),
		"Atlassian Jira Cloud Enterprise": cloud("jira", "enterprise"), "JSM Cloud": cloud("jira-service-management", ""),
		"Jira Software Data Center": center("jira"), "Bitbucket Server": center("bitbucket"), "confluence-dc": center("confluence"),
		"Confluence (Standard)": short("confluence", "standard"), "jira free": short("jira", "free"), "JPD": short("jira-product-discovery", ""), "JSM": short("jira-service-management", ""),
		"Atlassian Guard Standard": own("atlassian-guard-standard"), "atlassian-guard-premium": own("atlassian-guard-premium"), "Guard Premium": short("atlassian-guard-premium", ""),
		"Confluense": unknown("confluense"), "Confluense Cloud": unknown("confluense-cloud"), "Some Thing": unknown("some-thing"), "Cloud": unknown("cloud"), "": unknown(""),
	} {
		if got := estate.ParseProduct(name); got != want {
			t.Errorf("%q is read as %+v, want %+v", name, got, want)
		}
	}
	for _, key := range estate.KnownProducts() {
		if got := estate.ParseProduct(key); got != own(key) {
			t.Errorf("the key %q is read as %+v", key, got)
		}
		if got := estate.ParseProduct(estate.ProductName(key)); got != own(key) {
			t.Errorf("the name %q of %s is read as %+v", estate.ProductName(key), key, got)
		}
	}
}

func TestFreeUsers(t *testing.T) {
	for key, want := range map[string]int{"jira": 10, "confluence": 10, "jira-service-management": 3} {
		if got := estate.FreeUsers(key); got != want {
			t.Errorf("free users of %s: got %d, want %d", key, got, want)
		}
	}
}
