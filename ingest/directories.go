package ingest

import "tierline/audit/estate"

// Lists of a company's own directory. They never make a seat or change a
// class: a sign-in there shows no use of Atlassian products, but somebody who
// is disabled there will hardly need a seat. People are found by address.

// googleUsers is "Download users" of Google Workspace.
var googleUsers = format{
	id:       "google-users",
	title:    "Google Workspace users",
	required: []string{"email_address_[required]|email_address", "last_sign_in_[read_only]|last_sign_in"},
	optional: []string{"first_name_[required]|first_name", "last_name_[required]|last_name", "status_[read_only]|status", "org_unit_path_[required]|org_unit_path", "employee_id"},
	users:    true,
	read: func(s *sheet) {
		s.readDirectory("Google sign-in", "email_address_[required]|email_address", "", "status_[read_only]|status", "last_sign_in_[read_only]|last_sign_in")
	},
}

const (
	entraSignIn   = "signinactivity.lastsignindatetime|signinactivity_lastsignindatetime|lastsignindatetime|last_sign_in_date_time|lastsignin"
	entraByClient = "signinactivity.lastnoninteractivesignindatetime|signinactivity_lastnoninteractivesignindatetime|lastnoninteractivesignindatetime|last_non_interactive_sign_in_date_time"
)

// entraUsers is the bulk download of Entra ID, which has no sign-in, and what
// scripts get from Graph, where the later of two sign-ins counts.
var entraUsers = format{
	id:       "entra-users",
	title:    "Entra ID users",
	required: []string{"userprincipalname"},
	optional: []string{"mail", "displayname", "givenname", "surname", "objectid", "id", "usertype", "jobtitle", "department", "accountenabled", "createddatetime", "usagelocation", entraSignIn, entraByClient},
	users:    true,
	read: func(s *sheet) {
		s.readDirectory("Entra sign-in", "userprincipalname", "mail", "accountenabled", entraSignIn, entraByClient)
	},
}

const oktaLogin = "login|profile.login|profile_login|primary_email|profile.email"

// oktaUsers is a report of Okta, or what scripts get from its API.
var oktaUsers = format{
	id:       "okta-users",
	title:    "Okta users",
	required: []string{oktaLogin, "status", "last_login|lastlogin"},
	optional: []string{"user", "id", "created", "activated", "activation_date", "authentication_source", "last_password_change", "passwordchanged", "profile.firstname", "profile.lastname", "email"},
	users:    true,
	read: func(s *sheet) {
		s.readDirectory("Okta sign-in", oktaLogin, "profile.email|profile_email|primary_email|email", "status", "last_login|lastlogin")
	},
}

// directoryStatus are the words of directories beside those of all lists. An
// account that is locked or not yet activated is not disabled.
var directoryStatus = map[string]estate.Status{
	"staged": estate.Active, "provisioned": estate.Active, "recovery": estate.Active, "locked_out": estate.Active, "locked out": estate.Active,
	"password_expired": estate.Active, "password expired": estate.Active, "password reset": estate.Active, "pending user action": estate.Active,
	"deprovisioned": estate.Deactivated, "archived": estate.Suspended,
}

// readDirectory reads a list of people: what they sign in with, a mail address
// where it may be another, the status, and the dates of signing in.
func (s *sheet) readDirectory(name, id, mail, status string, seen ...string) {
	l := &userLayout{
		id: s.column(id), name: -1, email: s.column(mail), status: s.column(status), added: -1,
		listKind: listKind{key: "address", beside: true, byAddress: true, statuses: directoryStatus},
	}
	l.evidence = []evidenceLayout{{name: name, seen: s.existing(seen...), disabled: l.status >= 0}}
	s.readUsers(l)
}

// exports lists the files that come from elsewhere.
func exports() []format {
	return []format{
		orgExport, siteExport2015, siteExport2020, siteExport2021,
		managedAccounts, managedAPI, userManagement,
		dcUsers, techTime,
		googleUsers, entraUsers, oktaUsers,
	}
}
