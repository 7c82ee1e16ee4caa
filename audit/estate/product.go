package estate

import (
	"slices"
	"strings"

	"tierline/audit/pricing"
)

// NamedProduct is what a product's name says, typed by hand or by an export.
type NamedProduct struct {
	Key        string          // what exports, tables and price lists call it
	Edition    string          // "" when the name says none
	Hosting    pricing.Hosting // meaningless unless HasHosting
	HasHosting bool
	Known      bool // Atlassian has a product of that key
	Plain      bool // the name says the product alone, as Atlassian writes it or has written it
}

// products are the names of Atlassian's products, today's and former ones and
// the usual short ones, by the key each has today. The first is how the key is
// written in words.
var products = map[string][]string{
	"jira":                        {"jira", "jira software", "jira software.ondemand"},
	"jira-service-management":     {"jira service management", "jira service desk", "jira servicedesk", "jsm", "jsd", "service management", "service desk"},
	"jira-work-management":        {"jira work management", "jira core", "jwm", "work management"},
	"jira-product-discovery":      {"jira product discovery", "jpd", "product discovery"},
	"jira-align":                  {"jira align"},
	"confluence":                  {"confluence"},
	"bitbucket":                   {"bitbucket"},
	"trello":                      {"trello"},
	"opsgenie":                    {"opsgenie", "jira ops"},
	"statuspage":                  {"statuspage"},
	"compass":                     {"compass"},
	"loom":                        {"loom"},
	"rovo":                        {"rovo"},
	"atlas":                       {"atlas", "atlassian home"},
	"goals":                       {"goals"},
	"focus":                       {"focus"},
	"talent":                      {"talent"},
	"assets":                      {"assets"},
	"bamboo":                      {"bamboo"},
	"crowd":                       {"crowd"},
	"crucible":                    {"crucible"},
	"fisheye":                     {"fisheye"},
	"teamwork-collection":         {"teamwork collection"},
	"service-collection":          {"service collection"},
	"atlassian-access":            {"atlassian access"},
	"atlassian-guard-standard":    {"atlassian guard standard", "guard standard"},
	"atlassian-guard-premium":     {"atlassian guard premium", "guard premium"},
	"atlassian-analytics":         {"atlassian analytics"},
	"customer-service-management": {"customer service management", "csm"},
}

// nameKeys is products by name.
var nameKeys = func() map[string]string {
	out := map[string]string{}
	for key, names := range products {
		for _, n := range names {
			out[n] = key
		}
	}
	return out
}()

// shortNames are names that stand for a product, but are not its own.
var shortNames = map[string]bool{
	"jsm": true, "jsd": true, "jwm": true, "jpd": true, "csm": true, "service management": true, "service desk": true, "work management": true,
	"product discovery": true, "guard standard": true, "guard premium": true,
}

// ParseProduct reads the name of a product. Words that say hosting or edition
// are taken off, and brackets; what is left is looked up (METHOD 14.26). A name
// nobody knows keeps all its words.
func ParseProduct(name string) NamedProduct {
	words := strings.Fields(strings.NewReplacer("-", " ", "_", " ", "(", " ", ")", " ", "[", " ", "]", " ", ",", " ").Replace(strings.ToLower(name)))
	whole := strings.Join(words, " ")
	if key, ok := nameKeys[whole]; ok {
		return NamedProduct{Key: key, Known: true, Plain: !shortNames[whole]}
	}
	out := NamedProduct{Known: true}
	left := strings.Join(out.takeWords(words), " ")
	for _, n := range []string{left, strings.TrimPrefix(left, "atlassian ")} {
		if key, ok := nameKeys[n]; ok {
			out.Key = key
			return out
		}
	}
	return NamedProduct{Key: strings.Join(words, "-"), Plain: true}
}

// takeWords takes the words off that say a hosting or an edition.
func (p *NamedProduct) takeWords(words []string) (rest []string) {
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case w == "cloud":
			p.Hosting, p.HasHosting = pricing.Cloud, true
		case w == "data" && i+1 < len(words) && words[i+1] == "center":
			p.Hosting, p.HasHosting = pricing.DataCenter, true
			i++
		case w == "server", w == "datacenter", w == "dc":
			p.Hosting, p.HasHosting = pricing.DataCenter, true
		case slices.Contains(editions, w):
			p.Edition = w
		default:
			rest = append(rest, w)
		}
	}
	return rest
}

var editions = []string{"free", "standard", "premium", "enterprise"}

// WholeOrganisation is the site of what is paid for once for all sites of an
// organisation.
const WholeOrganisation = "organisation"

// SiteTitle returns a site as people call it.
func SiteTitle(site string) string {
	if site == WholeOrganisation {
		return "the whole organisation"
	}
	return site
}

// On says what something is and on which site: "Jira on acme-eng". What is paid
// for once for all sites is on none of them.
func On(what, site string) string {
	if site == WholeOrganisation {
		return what + " for " + SiteTitle(site)
	}
	return what + " on " + site
}

// GuardStandard is the usual edition of Atlassian Guard, a product of its own.
const GuardStandard = "atlassian-guard-standard"

// IsGuard reports whether a product is Atlassian Guard under one of its names:
// it is paid for once for the whole organisation (METHOD 1.25).
func IsGuard(product string) bool {
	return product == GuardStandard || product == "atlassian-guard-premium" || product == "atlassian-access"
}

// CountedBy says which export counts the users of a product.
func CountedBy(product string) string {
	switch {
	case IsGuard(product):
		return "export of managed accounts with the column Billable (admin.atlassian.com, Directory, Managed accounts; external users: Security, External users)"
	case product == "bitbucket":
		return "user directory of the workspace (Bitbucket, Workspace settings, User directory, Export) or other export with access columns"
	}
	if in := collections[product]; in != nil {
		return "export with an access column of any product it includes, such as " + ProductName(in[0])
	}
	return "export with access columns"
}

// ProductKey returns the key of a product from any of the names exports and
// people use: "Jira Software" is "jira", "Confluence Cloud Premium" is
// "confluence".
func ProductKey(name string) string { return ParseProduct(name).Key }

// KnownProducts lists the keys of Atlassian's products, in order.
func KnownProducts() []string {
	var out []string
	for key := range products {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}

// FreeUsers returns how many users the edition free of a product has, beyond
// which it is not sold.
func FreeUsers(product string) int {
	if product == "jira-service-management" {
		return 3
	}
	return 10
}
