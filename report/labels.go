package report

import (
	"fmt"
	"strings"

	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Label words a value that is one of a few as people call it. What programs read
// keeps the word of the value itself, which for some is a key of our tables.
func Label(value fmt.Stringer) string {
	switch v := value.(type) {
	case pricing.Hosting:
		return [...]string{pricing.Cloud: "Cloud", pricing.DataCenter: "Data Center"}[v]
	case estate.Basis:
		return [...]string{estate.Linked: "users of its host", estate.OwnUsers: "its own users", estate.Fixed: "a fixed price"}[v]
	case seats.Class:
		return strings.ReplaceAll(v.String(), "-", " ")
	case seats.Origin:
		return strings.ReplaceAll(v.String(), "_", " ")
	}
	return value.String()
}

// place shows the site something is on.
func place(site string) Cell { return T(estate.SiteTitle(site)) }
