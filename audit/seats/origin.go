package seats

import (
	"tierline/audit/estate"
	"tierline/audit/word"
)

// Origin says where a number of users comes from, best first (METHOD 1.3).
// The zero value is "not known".
type Origin uint8

// The origins of a number of users.
const (
	NotKnown      Origin = iota
	FromAccess           // seats counted in an export with access columns
	FromCounts           // the newest daily count
	FromLicence          // what a Data Center instance counts against its licence (currentRoleCount)
	FromSite             // what the site itself answers (applicationrole)
	FromSiteCache        // likewise, approximately and up to seven days old (approximateLicenseCount)
	FromLicensed         // the number of users paid for, for want of a count
)

var originNames = [...]string{
	"unknown", "access columns", "user_counts", "installed licence", "count by the site", "approximate count by the site", "licensed_users",
}

// String returns the origin as reports name it.
func (o Origin) String() string { return originNames[o] }

// MarshalText writes the origin as reports name it.
func (o Origin) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (o *Origin) UnmarshalText(b []byte) error { return word.Index(o, "origin", b, originNames[:]) }

func fromSite(c *estate.SiteCount) Origin {
	if c.Cached {
		return FromSiteCache
	}
	return FromSite
}
