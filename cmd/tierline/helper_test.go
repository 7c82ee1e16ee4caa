package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tierline/samples"
)

// asOf is the day of every test: the clock must not matter.
const asOf = "2026-11-16"

// outcome is what a run of the command line left behind.
type outcome struct {
	code        int
	out, errOut string
	folder      string // of the published run; "" when there is none
}

// command runs the command line in this process.
func command(t testing.TB, args ...string) outcome {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(context.Background(), args, &out, &errOut)
	return outcome{code: code, out: out.String(), errOut: errOut.String()}
}

// auditFolder audits a folder into a new output folder, by the built program: under
// the race detector an audit takes far longer, and those of [audited] are watched.
func auditFolder(t testing.TB, dir string, args ...string) outcome {
	t.Helper()
	return auditBy(t, built, dir, args...)
}

// auditBy is auditFolder by a way to run the program.
func auditBy(t testing.TB, run func(t testing.TB, args ...string) outcome, dir string, args ...string) outcome {
	t.Helper()
	return auditInto(t, run, t.TempDir(), dir, args...)
}

// auditInto is auditBy into an output folder of which no run is latest yet.
func auditInto(t testing.TB, run func(t testing.TB, args ...string) outcome, out, dir string, args ...string) outcome {
	t.Helper()
	o := run(t, append([]string{"audit", dir, "--out", out, "--as-of", asOf}, args...)...)
	if latest, err := os.ReadFile(filepath.Join(out, "latest")); err == nil {
		o.folder = filepath.Join(out, strings.TrimSpace(string(latest)))
	}
	return o
}

// result reads result.json of a run as plain data.
func (o outcome) result(t testing.TB) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(o.file(t, "result.json"), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func (o outcome) file(t testing.TB, name string) []byte {
	t.Helper()
	if o.folder == "" {
		t.Fatalf("nothing was published: exit code %d\n%s", o.code, o.errOut)
	}
	text, err := os.ReadFile(filepath.Join(o.folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// base copies the small estate of testdata/base, and what is given for some
// of its files, into a new folder. A nil text leaves a file out.
func base(t testing.TB, files map[string][]byte) string {
	t.Helper()
	return copied(t, filepath.Join("testdata", "base"), files)
}

// copied copies a folder, and what is given for some of its files, into a new one.
// A nil text leaves a file out.
func copied(t testing.TB, from string, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if text == nil {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// baseFile returns a file of testdata/base with some text replaced.
func baseFile(t testing.TB, name string, replace ...string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "base", name))
	if err != nil {
		t.Fatal(err)
	}
	out := strings.NewReplacer(replace...).Replace(string(text))
	if len(replace) > 0 && out == string(text) {
		t.Fatalf("nothing to replace in %s", name)
	}
	return []byte(out)
}

func sample(t testing.TB, name string) string {
	t.Helper()
	dir, err := samples.Folder(name)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// oddity is a folder something is strange about.
type oddity struct {
	name  string
	code  int
	files map[string][]byte
}

// oddities are small folders that reach the corners of a result.
func oddities(t testing.TB) []oddity {
	return []oddity{
		{"base", 0, nil},
		{"no users", 0, map[string][]byte{"export.csv": nil}},
		{"users not known", 3, map[string][]byte{"export.csv": nil, "subscriptions.csv": []byte("type,key,site,host,cycle,renewal_date\nproduct,jira,acme,,annual,2027-01-30\napp,timesheets,acme,jira,annual,\n")}},
		{"no price at all", 3, map[string][]byte{"prices.csv": nil}},
		{"one plan without price", 3, map[string][]byte{"prices.csv": baseFile(t, "prices.csv", "jira-standard", "jira-premium")}},
		{"totals in another currency", 3, map[string][]byte{"audit.yaml": []byte("currency: JPY\n")}},
		{"monthly, open tier, trial, own users, fixed", 0, map[string][]byte{
			"subscriptions.csv": []byte("type,key,name,vendor,site,host,cycle,billing_basis,licensed_users,discount,contract_price,renewal_date,status,price_plan,owner,cost_centre,edition,entitlement\n" +
				"product,jira,Jira,Atlassian,acme,,monthly,,,12.5%,,2026-11-20,active,open,Team A,42,standard,E-1\n" +
				"app,timesheets,,,acme,jira,monthly,,,,,2026-11-20,active,,,,,\n" +
				"app,forms,,,acme,jira,monthly,own-users,3,,,2026-11-20,active,timesheets,,,,\n" +
				"app,support,,,acme,jira,annual,fixed,,,99.90,2026-12-01,active,,,,,\n" +
				"app,tried,,,acme,jira,monthly,,,,,2026-11-20,trial,timesheets,,,,\n"),
			"prices.csv": baseFile(t, "prices.csv", "jira-standard,annual,USD,volume,10,,500\n", "open,monthly,USD,graduated,,7.50,\n"),
		}},
		{"cancel", 3, map[string][]byte{"export.csv": baseFile(t, "export.csv", ",User,User,", ",User,None,")}},
		{"data center past its end", 0, map[string][]byte{
			"subscriptions.csv": []byte("type,key,hosting,site,host,cycle,licensed_users,renewal_date\nproduct,jira,data-center,dc1,,annual,500,2028-12-01\napp,plan,data-center,dc1,jira,annual,,2028-12-01\n"),
			"prices.csv":        []byte("plan,hosting,cycle,currency,mode,up_to,flat_price\njira,data-center,annual,USD,volume,500,42000\nplan,data-center,annual,USD,volume,500,3400\nplan,data-center,annual,USD,volume,1000,5000\n"),
			"audit.yaml":        []byte("as_of: 2028-11-01\n"),
			"export.csv":        nil,
		}},
		{"changes, plans and exceptions", 0, map[string][]byte{
			"price_changes.csv":  []byte("plan,announced,effective,change,source\ntimesheets,2026-10-01,2026-12-01,+15%,mail\n"),
			"headcount_plan.csv": []byte("date,site,product,change,note\n2027-03-01,acme,jira,+5,\n2026-12-01,acme,jira,-1,\n"),
			"exceptions.csv":     []byte("rule,subject,reason,owner,until\ninactive-users,acc-10,on leave,HR,\n*,acc-99,gone,HR,2026-01-01\ntier-crossing,acme/jira*,known,Finance,\n"),
		}},
		{"rows that cannot be read", 3, map[string][]byte{
			"export.csv": baseFile(t, "export.csv", "acc-02,", ",", "acc-03,Person 03,person03@example.com,Active", "acc-03,Person 03,person03@example.com,Pending", "Never accessed", "32 Dec 2026", "acc-05,Person 05", "acc-05,Person, 05"),
		}},
		{"words nobody knows", 3, map[string][]byte{"export.csv": baseFile(t, "export.csv", ",User,User,10", ",User,Overlord,10")}},
		{"empty and strange files", 3, map[string][]byte{"empty.csv": {}, "blank.csv": []byte("\n\n"), "list.csv": []byte("a,b,c\n1,2,3\n"), "x.json": []byte("{}"), "locked.xlsx": []byte("\xd0\xcf\x11\xe0rest")}},
		{"only cancelled", 0, map[string][]byte{"subscriptions.csv": []byte("type,key,site,cycle,renewal_date,status\nproduct,jira,acme,annual,2027-01-30,cancelled\n")}},
		{"no renewal date", 3, map[string][]byte{"subscriptions.csv": baseFile(t, "subscriptions.csv", "jira,annual,15,2027-01-30", "jira,annual,15,")}},
		{"renewal long ago", 0, map[string][]byte{"subscriptions.csv": baseFile(t, "subscriptions.csv", "2027-01-30", "2019-02-28")}},
	}
}
