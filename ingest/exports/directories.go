package exports

import (
	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// Lists of a company's own directory. They never make a seat or change a
// class: a sign-in there shows no use of Atlassian products, but somebody who
// is disabled there will hardly need a seat. People are found by address.

// Google lays out "Download users" of Google Workspace.
func Google(s *sheet.Sheet) *users.Layout {
	return directory(s, "Google sign-in", s.Column("email_address_[required]"), -1, s.Column("status_[read_only]"), s.Columns("last_sign_in_[read_only]"))
}

// Entra lays out the bulk download of Entra ID, which has no sign-in, and what
// scripts get from Graph, where the later of two sign-ins counts.
func Entra(s *sheet.Sheet) *users.Layout {
	seen := s.Columns("signinactivity.lastsignindatetime", "signinactivity.lastnoninteractivesignindatetime")
	return directory(s, "Entra sign-in", s.Column("userprincipalname"), s.Column("mail"), s.Column("accountenabled"), seen)
}

// Okta lays out a report of Okta, or what scripts get from its API.
func Okta(s *sheet.Sheet) *users.Layout {
	mail := s.FirstColumn("profile.email", "profile_email", "primary_email", "email")
	return directory(s, "Okta sign-in", s.Column("login"), mail, s.Column("status"), s.Columns("last_login"))
}

// directoryStatus are the words of directories beside those of all lists. An
// account that is locked or not yet activated is not disabled.
var directoryStatus = map[string]estate.Status{
	"staged": estate.Active, "provisioned": estate.Active, "recovery": estate.Active, "locked_out": estate.Active, "locked out": estate.Active,
	"password_expired": estate.Active, "password expired": estate.Active, "password reset": estate.Active, "pending user action": estate.Active,
	"deprovisioned": estate.Deactivated, "archived": estate.Suspended,
}

// directory lays out a list of people: what they sign in with, a mail address
// where it may be another, the status, and the dates of signing in.
func directory(s *sheet.Sheet, name string, id, mail, status int, seen []int) *users.Layout {
	return &users.Layout{
		ID: id, Name: -1, Email: mail, Status: status, Added: -1,
		Evidence: []users.Evidence{{Name: name, Seen: seen, Disabled: status >= 0}},
		Kind:     users.Kind{Key: "address", Beside: true, ByAddress: true, Statuses: directoryStatus},
	}
}
