package ingest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// TestFixtures asserts the reading worked out by hand of the
// two organisation exports; the golden texts beside them hold every cell.
func TestFixtures(t *testing.T) {
	for _, c := range []struct {
		name                                  string
		rows, accounts                        int
		active, suspended, deactivated        int
		site, product                         string
		seats, seatsWithoutLookingAtTheStatus int
	}{
		{"fixture-org-export", 18, 18, 16, 1, 1, "acme-eng", "jira", 12, 13},
		{"fixture-org-export", 18, 18, 16, 1, 1, "acme-eng", "jira-service-management", 3, 3},
		{"fixture-org-export", 18, 18, 16, 1, 1, "acme-eng", "confluence", 9, 10},
		{"fixture-org-export", 18, 18, 16, 1, 1, "acme-biz", "confluence", 3, 3},
		{"fixture-org-export-groups", 14, 6, 5, 1, 0, "acme", "jira", 4, 5},
	} {
		l, err := Load(context.Background(), filepath.Join(casesDir, c.name, "in"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		e := l.Estate
		if in := l.Inputs[0]; in.Read != c.rows || in.Used != c.rows || in.Joined != c.rows-c.accounts {
			t.Errorf("%s: %+v", c.name, in)
		}
		if len(e.Accounts) != c.accounts {
			t.Errorf("%s: %d accounts, want %d", c.name, len(e.Accounts), c.accounts)
		}
		status := map[estate.Status]int{}
		seats, roles := 0, 0
		access := e.FindAccess(c.site, c.product)
		for i := range e.Accounts {
			status[e.Accounts[i].Status]++
			if access.Roles[i] == estate.UserRole {
				roles++
				if e.Accounts[i].Status == estate.Active {
					seats++
				}
			}
		}
		if status[estate.Active] != c.active || status[estate.Suspended] != c.suspended || status[estate.Deactivated] != c.deactivated {
			t.Errorf("%s: statuses %v", c.name, status)
		}
		if seats != c.seats || roles != c.seatsWithoutLookingAtTheStatus {
			t.Errorf("%s: %s on %s has %d seats and %d access cells, want %d and %d", c.name, c.product, c.site, seats, roles, c.seats, c.seatsWithoutLookingAtTheStatus)
		}
	}
}

const someUsers = "User id,User status,Jira - acme\na1,Active,User\n"

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func paths(l *Loaded) string {
	var out []string
	for _, in := range l.Inputs {
		out = append(out, in.Path)
	}
	return strings.Join(out, " ")
}

// TestWalk is METHOD 14.1: what is looked at and what is not.
func TestWalk(t *testing.T) {
	dir := folder(t, map[string]string{
		"users.csv": someUsers, "sub/Users.CSV": someUsers, ".hidden.csv": someUsers, ".git/users.csv": someUsers, "~$users.csv": someUsers, "~$users.xlsx": "x",
		"users.dat": someUsers, "runs/old/users.csv": someUsers, "elsewhere/runs/users.csv": someUsers, "out/2026/users.csv": someUsers,
		"published/manifest.json": `{"tool": "tierline"}`, "published/sub/users.csv": someUsers, "other/manifest.json": `{"tool": "webpack"}`, "other/users.csv": someUsers, "outside.dat": someUsers,
	})
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	link(dir, "loop")
	link(dir, "loop.csv")
	link(filepath.Join(dir, "outside.dat"), "linked.csv")
	link(filepath.Join(dir, "nowhere"), "broken.csv")
	l, err := Load(context.Background(), dir, Options{Out: filepath.Join(dir, "out")})
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, l)
	if got, want := paths(l), "elsewhere/runs/users.csv linked.csv other/manifest.json other/users.csv sub/Users.CSV users.csv"; got != want {
		t.Errorf("files read:\n%s\nwant:\n%s", got, want)
	}
	if !slices.ContainsFunc(l.Diagnostics, func(d diag.Diagnostic) bool {
		return d.Level == diag.Incomplete && d.Source.File == "broken.csv" && strings.Contains(d.Message, "cannot be read")
	}) {
		t.Errorf("nothing said about the broken link: %v", l.Diagnostics)
	}
}

func TestUnreadable(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("root, or a system without permissions, reads everything")
	}
	dir := folder(t, map[string]string{"users.csv": someUsers, "closed/users.csv": someUsers})
	for _, name := range []string{"users.csv", "closed"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "closed"), 0o755) })
	l, err := Load(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"users.csv", "closed"} {
		if !slices.ContainsFunc(l.Diagnostics, func(d diag.Diagnostic) bool { return d.Level == diag.Incomplete && d.Source.File == name }) {
			t.Errorf("nothing said about %s: %v", name, l.Diagnostics)
		}
	}
}

func TestLoadErrors(t *testing.T) {
	ctx := context.Background()
	dir := folder(t, map[string]string{"users.csv": someUsers, "audit.yaml": "as_of: soon\nx: 1\n"})
	for name, want := range map[string]string{filepath.Join(dir, "none"): "cannot read the folder", filepath.Join(dir, "users.csv"): "is a file"} {
		if _, err := Load(ctx, name, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", name, err, want)
		}
	}
	_, err := Load(ctx, dir, Options{})
	var wrong *ConfigError
	if !errors.As(err, &wrong) || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("audit.yaml with two mistakes: %v", err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Load(stopped, folder(t, map[string]string{"users.csv": someUsers}), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
}

// TestOptionsOfRules checks that an option may be written as text or as a list,
// and keeps its place.
func TestOptionsOfRules(t *testing.T) {
	dir := folder(t, map[string]string{"users.csv": someUsers, "audit.yaml": `rules:
  some-rule:
    text: "bot-*, *-bot"
    flow: ["bot-*", "*-bot"]
    block:
      - bot-*
      - "*-bot"
    number: 20
    share: 50%
    empty: []
`})
	l, err := Load(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := l.Config.Rules["some-rule"]
	for name, want := range map[string]string{"text": "bot-*, *-bot", "flow": "bot-*, *-bot", "block": "bot-*, *-bot", "number": "20", "share": "50%", "empty": ""} {
		if got[name].Text != want {
			t.Errorf("%s: got %q, want %q", name, got[name].Text, want)
		}
	}
	if at := got["flow"].Source.String(); at != "audit.yaml:4:5" {
		t.Errorf("flow stands at %s, want audit.yaml:4:5", at)
	}
}

// TestAsOfBeatsFile: the day of a flag beats that of the file; the digest changes with the day and with
// every byte, not with the name of the folder.
//
// METHOD 15.4.
func TestAsOfBeatsFile(t *testing.T) {
	files := map[string]string{"users.csv": someUsers, "audit.yaml": "as_of: 2026-11-16\n"}
	digest := func(files map[string]string, day date.Date) string {
		l, err := Load(context.Background(), folder(t, files), Options{AsOf: day})
		if err != nil {
			t.Fatal(err)
		}
		if !day.IsZero() && l.Config.AsOf != day {
			t.Errorf("as of %s, want %s", l.Config.AsOf, day)
		}
		return l.Digest(l.Config.AsOf, "v1", "")
	}
	one := digest(files, date.Date{})
	if one != digest(files, date.New(2026, 11, 16)) {
		t.Error("the same day and files in another folder have another digest")
	}
	if one == digest(files, date.New(2026, 11, 17)) {
		t.Error("another day has the same digest")
	}
	files["users.csv"] += "\n"
	if one == digest(files, date.Date{}) {
		t.Error("another byte has the same digest")
	}
	one = digest(files, date.Date{})
	files["older.xls"] = "x"
	if one == digest(files, date.Date{}) {
		t.Error("a file that cannot be read has the same digest, and makes the run incomplete")
	}
}

// TestAssumedDayIsAnotherRun: that nobody said the day stands in the reports.
func TestAssumedDayIsAnotherRun(t *testing.T) {
	var digests []string
	for _, opts := range []Options{{AsOf: date.New(2026, 11, 16)}, {Today: date.New(2026, 11, 16)}} {
		l, err := Load(context.Background(), folder(t, map[string]string{"users.csv": someUsers}), opts)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, l.Digest(l.Config.AsOf, "v1", ""))
	}
	if digests[0] == digests[1] {
		t.Error("a day that was said and one that was assumed have the same digest")
	}
}

func TestLoadPrices(t *testing.T) {
	dir := folder(t, map[string]string{"prices.csv": "plan,cycle,currency,mode,up_to,unit_price\njira,monthly,USD,graduated,,8.60\n", "users.csv": someUsers})
	book, diags, err := LoadPrices(t.Context(), []string{filepath.Join(dir, "prices.csv")}, "", pricing.Cloud)
	if err != nil || len(diags) != 0 || !slices.Equal(book.Names(), []string{"jira"}) {
		t.Errorf("plans %v, remarks %v, error %v", book.Names(), diags, err)
	}
	for _, name := range []string{"users.csv", "none.csv"} {
		if _, _, err := LoadPrices(t.Context(), []string{filepath.Join(dir, name)}, "", pricing.Cloud); err == nil {
			t.Errorf("%s is taken for a price table", name)
		}
	}
}

const subscriptionHeader = "type,key,site,host,cycle,renewal_date,entitlement,status\n"

// subscriptions reads rows of the subscriptions table below subscriptionHeader.
func subscriptions(t *testing.T, rows string) *Loaded {
	t.Helper()
	l, err := Load(context.Background(), folder(t, map[string]string{"subscriptions.csv": subscriptionHeader + rows, "audit.yaml": "as_of: 2026-11-16\n"}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Sites compare as labels, so a row may repeat another under another spelling;
// two active ones are kept only when their entitlements differ.
//
// METHOD 14.19.
func TestRepeatedSubscriptions(t *testing.T) {
	const first = "product,jira,acme,,annual,2027-01-31,E-1,\n"
	for _, c := range []struct {
		name, second string
		kept         int
	}{
		{"the same row under the site's address", "product,jira,https://ACME.atlassian.net/,,annual,2027-01-31,E-1,\n", 1},
		{"the same entitlement in other letters", "product,jira,acme,,annual,2027-01-31,e-1,\n", 1},
		{"no entitlement", "product,jira,acme,,annual,2027-01-31,,\n", 1},
		{"another entitlement", "product,jira,acme,,annual,2027-01-31,E-2,\n", 2},
		{"another site", "product,jira,beta,,annual,2027-01-31,E-1,\n", 2},
		{"an app of the same name", "app,jira,acme,jira,annual,2027-01-31,E-1,\n", 2},
		{"cancelled", "product,jira,acme,,annual,2027-01-31,E-1,cancelled\n", 2},
	} {
		l := subscriptions(t, first+c.second)
		if got, worst := len(l.Estate.Subscriptions), l.Diagnostics.Worst(); got != c.kept || (worst >= diag.Incomplete) != (c.kept == 1) {
			t.Errorf("%s: got %d rows (worst remark %s), want %d", c.name, got, worst, c.kept)
		}
	}
}

// A blank renewal date is no fault of the row: it is kept without a date.
//
// METHOD 3.3.
func TestBlankRenewalDateIsKept(t *testing.T) {
	l := subscriptions(t, "product,jira,acme,,annual,,,\n")
	if len(l.Estate.Subscriptions) != 1 || !l.Estate.Subscriptions[0].Renewal.IsZero() || l.Inputs[0].Rejected != 0 {
		t.Errorf("got %+v and %d rejected rows, want one row without a date", l.Estate.Subscriptions, l.Inputs[0].Rejected)
	}
}

// YAML 1.1 reads no as false and YAML 1.2 as a text; both mean the same here.
//
// METHOD 14.24.
func TestYesAndNo(t *testing.T) {
	for word, want := range map[string]bool{"no": false, "No": false, "false": false, "off": false, `"no"`: false, "yes": true, "YES": true, "true": true, "True": true, "on": true, "'true'": true} {
		l, err := Load(context.Background(), folder(t, map[string]string{"audit.yaml": "as_of: 2026-11-16\npolicy:\n  override_same_tier: " + word + "\n", "users.csv": someUsers}), Options{})
		if err != nil {
			t.Errorf("%s: %v", word, err)
			continue
		}
		if got := l.Config.Policy.OverrideSameTier; got != want {
			t.Errorf("override_same_tier: %s: got %v, want %v", word, got, want)
		}
	}
	for _, word := range []string{"maybe", "1", "y"} {
		if _, err := Load(context.Background(), folder(t, map[string]string{"audit.yaml": "policy:\n  override_same_tier: " + word + "\n"}), Options{}); err == nil {
			t.Errorf("override_same_tier: %s is taken for yes or no", word)
		}
	}
}
