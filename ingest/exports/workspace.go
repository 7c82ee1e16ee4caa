package exports

import (
	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// Bitbucket lays out the user directory of a Bitbucket workspace. "On Plan" says
// who is billed for, and nothing else does: a closed account has "(INACTIVE)"
// behind its name and a status of its own nowhere. The last login is a sign-in,
// which neither a session nor a push or pull moves, so it stands beside as
// evidence and nobody is inactive by it (METHOD 1.24).
func Bitbucket(s *sheet.Sheet) *users.Layout {
	const product = "bitbucket"
	l := &users.Layout{
		ID: s.Column("email_address"), Name: s.Column("public_name"), Email: s.Column("email_address"), Status: -1, Added: -1,
		Evidence: []users.Evidence{{Name: "Bitbucket sign-in", Seen: s.Columns("last_login_(utc)")}},
		Kind:     users.Kind{Key: "address", ByAddress: true, Flags: true, Workspace: product},
	}
	p := l.Product(estate.SiteLabel(s.Mapping.Site), product)
	p.Access, p.Billed = s.Column("on_plan"), true
	p.At = s.At(s.Line, p.Access+1)
	return l
}
