package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestProposals pastes what is proposed for a file under other column names
// into audit.yaml and expects that the file is read then.
func TestProposals(t *testing.T) {
	const people = ",Ann Example,ann@example.com,Active,3 Jan 2024,User,16 Nov 2026\n"
	for _, c := range []struct{ name, text, format string }{
		{"x.csv", "Account id,User name,email,Status,Added,Jira - acme,Last seen in Jira - acme\nacc-1" + people, "org-users"},
		{`a "b" [1].csv`, "id,User name,email,Account status,Added to org,Jira - acme,Last seen in Jira - acme\nacc-1" + people, "org-users"},
		{"dc.csv", "user_name,last_login\nann,1794582178\n", "dc-users"},
		{"dc2.csv", "my user_name,my last_login\nann,1794582178\n", "dc-users"},
		{"p.csv", "price plan,cycle,currency,mode,up to users,price\njira,monthly,USD,graduated,,8.15\n", "prices"},
	} {
		t.Run(c.format+" "+c.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) {
				t.Helper()
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			write(c.name, c.text)
			write("subscriptions.csv", "type,key,site,cycle,renewal_date,hosting\nproduct,jira,acme,monthly,2026-12-01,cloud\nproduct,jira,dc,annual,2026-12-01,data-center\n")
			before := proposalOf(t, dir, c.name)
			if before.Format != "" || before.Proposal == "" {
				t.Fatalf("read as %q, proposal %q", before.Format, before.Proposal)
			}
			write("audit.yaml", before.Proposal)
			if after := proposalOf(t, dir, c.name); after.Format != c.format {
				t.Errorf("read as %q, want %q, with\n%s", after.Format, c.format, before.Proposal)
			}
		})
	}
}

type proposed struct{ Format, Proposal string }

func proposalOf(t *testing.T, dir, name string) proposed {
	t.Helper()
	l, err := Load(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range l.Inputs {
		if in.Path == name {
			return proposed{in.Format, in.Proposal}
		}
	}
	t.Fatalf("%s is no input", name)
	return proposed{}
}

// TestProposalIsBounded gives a header no person wrote; comparing each of its
// names with each of ours must not take minutes.
func TestProposalIsBounded(t *testing.T) {
	dir := t.TempDir()
	var names strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&names, "column number %d,", i)
	}
	for name, text := range map[string]string{"many.csv": names.String(), "long.csv": strings.Repeat("user id ", 200_000)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Load(context.Background(), dir, Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestNoRowsNoCount reads exports that say nothing about anybody: that nobody
// has access is not known from them (METHOD 14.23).
func TestNoRowsNoCount(t *testing.T) {
	const header = "User id,User name,email,User status,Added to org,Jira - acme,Last seen in Jira - acme\n"
	for _, text := range []string{header, header + ",Ann Example,ann@example.com,Active,3 Jan 2024,User,16 Nov 2026\n"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x.csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Load(context.Background(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Estate.Access) > 0 {
			t.Errorf("%d access columns of a list without accounts", len(l.Estate.Access))
		}
	}
}
