package ingest

import (
	"context"
	"slices"
	"testing"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/users"
)

// TestColumnsOfOneProduct: two columns of an only list that are about one product
// of one site, once it is known by one name, are joined.
func TestColumnsOfOneProduct(t *testing.T) {
	cfg := config.Default()
	f := newFile("users.csv", &cfg, newKnown())
	f.read(context.Background(), []byte("User id,User status,Jira - acme,Jira - old,Last seen in Jira - acme,Last seen in Jira - old\n"+
		"a2,Active,,User,4 Mar 2026,5 Mar 2026\na1,Active,User,,4 Mar 2026,\na3,Active,,,,\n"), nil)
	f.users[0].Rename(func(string) string { return "acme" })
	var e estate.Estate
	var diags diag.List
	users.Join(&e, f.users, &diags)
	if len(e.Access) != 1 || len(diags) > 0 {
		t.Fatalf("%d products, %v", len(e.Access), diags)
	}
	if got, want := e.Access[0].Roles, []estate.Role{estate.UserRole, estate.UserRole, estate.NoRole}; !slices.Equal(got, want) {
		t.Errorf("roles %v, want %v", got, want)
	}
	if day, _ := e.Access[0].Seen[1].Date(); day.String() != "2026-03-05" {
		t.Errorf("the second was seen on %s", day)
	}
}
