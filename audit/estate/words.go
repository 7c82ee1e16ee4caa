package estate

import "strings"

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
