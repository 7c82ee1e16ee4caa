package estate

import "strings"

// The products whose names changed over the years, under the key each has
// today. A product that is not listed keeps its own name as key.
var productKeys = map[string]string{
	"jira software":          "jira",
	"jira service desk":      "jira-service-management",
	"jsm":                    "jira-service-management",
	"jira core":              "jira-work-management",
	"jira-software":          "jira",
	"jira-service-desk":      "jira-service-management",
	"jira-servicedesk":       "jira-service-management",
	"jira-core":              "jira-work-management",
	"jira-software.ondemand": "jira",
}

// ProductKey returns the key of a product from any of the names exports and
// people use: "Jira Software" is "jira", "Jira Product Discovery" is
// "jira-product-discovery".
func ProductKey(name string) string {
	n := strings.ToLower(strings.Join(strings.Fields(name), " "))
	if key, ok := productKeys[n]; ok {
		return key
	}
	key := strings.ReplaceAll(n, " ", "-")
	for strings.Contains(key, "--") {
		key = strings.ReplaceAll(key, "--", "-")
	}
	return key
}

// ProductName returns the name people know a product by.
func ProductName(key string) string {
	switch key {
	case "jira":
		return "Jira"
	case "jira-service-management":
		return "Jira Service Management"
	case "jira-work-management":
		return "Jira Work Management"
	case "jira-product-discovery":
		return "Jira Product Discovery"
	}
	words := strings.Split(key, "-")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// Family returns the family of a product: the products that count together
// for the apps linked to any of them. Jira, Jira Service Management and Jira
// Work Management are one; every other product is its own.
func Family(product string) string {
	switch product {
	case "jira", "jira-service-management", "jira-work-management":
		return "jira"
	}
	return product
}

// SiteLabel returns the form in which sites are compared: the lower-case host
// label, without scheme, path and atlassian.net (METHOD 14.18).
func SiteLabel(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	if i := strings.IndexByte(s, '/'); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSuffix(s, ".atlassian.net")
}
