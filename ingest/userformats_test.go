package ingest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// headers are headers as they occur, with the one format each is recognised as.
var headers = []struct{ format, header string }{
	{"org-users", "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme"},
	{"org-users", "Group id,Group name,User id,User name,email,User status,Added to org,Org role,Last seen in Jira - acme"},
	{"users-g1", "group_name,username,full_name,email,active,last_login,last_session,Jira Service Desk,Jira Software,Jira Core,Confluence"},
	{"users-g2a", "group_name,username,full_name,email,active,created,Last active in Jira,Jira Software,Jira Work Management"},
	{"users-g2b", "id,name,email,active,created,Last seen in Jira Service Desk,Last seen in Jira Software,Last seen in Confluence"},
	{"managed-accounts", "Name,Email,Last active,Status,Billable,Policy name,Policy type,SAML single sign-on,Two-step verification"},
	{"managed-accounts", "Name,Email,Atlassian ID,Status,Last active date [UTC],Bitbucket,Confluence,Confluence Guest,Jira"},
	{"managed-accounts", "Name,Email,Status,Jira Core,Jira Service Desk,Jira Software"},
	{"managed-api", "account_id,account_type,account_status,name,email,access_billable,last_active,product_access_key,product_access_name,product_url,product_access_last_active"},
	{"external-users", "Email,Atlassian ID,Last active time,User access to products,Billable for Atlassian Guard Standard"},
	{"external-users", "Email,Atlassian ID,Last active time,User access to products"},
	{"clean-up", "Account ID,Email,Name,Action,Result,Removed on"},
	{"clean-up", "Email,Action,Date"},
	{"clean-up", "User id,User name,email,User status,Action,Outcome"},
	{"inactive-users", "User id,User name,Email,User status,Days since last login,Last login"},
	{"inactive-users", "email,inactive_days,last_active"},
	{"bitbucket-users", "Public Name,Email Address,Last Login (UTC),Has 2SV,On Plan"},
	{"user-management", "Account ID,Display Name,Email,Status,Last Active (Organization),Last Active (Product),Record Type"},
	{"dc-users", "user_name,display_name,email_address,active,directory_name,created_date,last_login_millis,last_authenticated_millis"},
	{"dc-users", "Directory,Username,Last Login"},
	{"dc-users", "user_name,email_address,created,lastlogin,lastauth"},
	{"dc-users", "name,email,jiraLastLogin"},
	{"dc-users", "user_name,lower_user_name,email_address,display_name,last_name,group_name,last_login"},
	{"dc-techtime", "Username,Email,Full Name,Status,User Directory,Last Login Date"},
	{"google-users", "First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],Last Sign In [READ ONLY],Department"},
	{"entra-users", "userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,usageLocation"},
	{"entra-users", "userPrincipalName,accountEnabled,userType,createdDateTime,signInActivity.lastSignInDateTime,signInActivity.lastNonInteractiveSignInDateTime"},
	{"okta-users", "User,Login,Status,Activation date,Authentication Source,Last Login,Last Password Change"},
	{"okta-users", "id,status,created,activated,lastLogin,passwordChanged,profile.login,profile.email"},
}

// TestEveryHeaderIsOneFormat: headers of exports and of our own tables, each
// with all its columns and with the needed ones and one more, are recognised
// as one format by columns alone, and as that one when audit.yaml names it.
//
// METHOD 14.2.
func TestEveryHeaderIsOneFormat(t *testing.T) {
	list := headers
	for _, f := range ownTables() {
		list = append(list, struct{ format, header string }{f.ID, strings.Join(f.All(), ",")})
		if len(f.Optional) > 0 {
			list = append(list, struct{ format, header string }{f.ID, strings.Join(slices.Concat(f.Required, f.Optional[:1]), ",")})
		}
	}
	for _, h := range list {
		for _, stated := range []string{"", h.format} {
			f := newFile("a.csv", &config.Config{Inputs: []config.Input{{Glob: "*", Format: stated}}}, newKnown())
			tables, err := table.Open(t.Context(), []byte(h.header+"\n"), nil, "")
			if err != nil {
				t.Fatal(err)
			}
			s := sheet.Recognise(&f.File, tables[0], &estate.Input{}, f.known.headers)
			if s == nil || s.Format.ID != h.format {
				t.Errorf("%s (stated %q): got %+v", h.header, stated, f.Diags)
			}
		}
	}
}

// TestFormats asserts of the fixtures what was worked out by hand.
func TestFormats(t *testing.T) {
	load := func(name, path string) (*Loaded, estate.Input) {
		t.Helper()
		l, err := Load(context.Background(), filepath.Join(casesDir, name, "in"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range l.Inputs {
			if in.Path == path {
				return l, in
			}
		}
		t.Fatalf("%s: %s was not read", name, path)
		return nil, estate.Input{}
	}
	count := func(n int, is func(i int) bool) (out int) {
		for i := range n {
			if is(i) {
				out++
			}
		}
		return out
	}

	l, in := load("1.11-managed-accounts", "managed.csv")
	x := l.Estate.Evidence[0]
	never := count(len(x.Seen), func(i int) bool { return x.Seen[i].IsNever() })
	disabled := count(len(x.Seen), func(i int) bool { return x.Disabled[i] })
	if in.Read != 11 || in.Used != 11 || never != 2 || disabled != 1 || x.Name != "account-wide activity" {
		t.Errorf("managed accounts: %+v, %d never active, %d disabled", in, never, disabled)
	}

	l, in = load("1.4-dc-jira-sql-millis", "users.csv")
	if in.Read != 11 || in.Used != 11 || in.Joined != 1 || len(l.Estate.Accounts) != 10 {
		t.Errorf("Data Center users: %+v, %d accounts", in, len(l.Estate.Accounts))
	}

	l, in = load("1.11-google", "User_Download_16112026.csv")
	x = l.Estate.Evidence[0]
	never = count(len(x.Seen), func(i int) bool { return x.Seen[i].IsNever() })
	disabled = count(len(x.Seen), func(i int) bool { return x.Disabled[i] })
	if in.Read != 7 || in.Used != 7 || never != 1 || disabled != 2 {
		t.Errorf("Google: %+v, %d never, %d suspended", in, never, disabled)
	}
}

// TestPrintedLinesWork: a list refused for want of a site is read once one
// of the printed lines stands in audit.yaml.
//
// METHOD 14.17.
func TestPrintedLinesWork(t *testing.T) {
	for _, name := range []string{"14.17-users-site-missing", "14.17-dc-site-missing"} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(casesDir, name, "in"))); err != nil {
			t.Fatal(err)
		}
		l, err := Load(context.Background(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, d := range l.Diagnostics {
			if _, rest, ok := strings.Cut(d.Fix, "inputs: ["); ok {
				line, _, _ := strings.Cut(rest, "}]")
				lines = append(lines, "  - "+line+"}\n")
			}
		}
		if len(lines) == 0 || len(l.Estate.Accounts) > 0 {
			t.Fatalf("%s: nothing printed, or %d accounts read all the same", name, len(l.Estate.Accounts))
		}
		if err := os.WriteFile(filepath.Join(dir, "audit.yaml"), []byte("inputs:\n"+strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		if l, err = Load(context.Background(), dir, Options{}); err != nil {
			t.Fatal(err)
		}
		for _, in := range l.Inputs {
			if slices.ContainsFunc(in.Excluded, func(x estate.Excluded) bool { return x.Reason.Kind == diag.NoPlace }) {
				t.Errorf("%s: %s is still left out: %+v", name, in.Path, in.Excluded)
			}
		}
	}
}
