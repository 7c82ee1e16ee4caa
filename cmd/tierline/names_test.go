package main

import (
	"bytes"
	"compress/zlib"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// named is a table or list whose cells are given names.
type named struct {
	file, text string
	people     bool     // no cell may be quoted, whatever it holds
	private    []string // columns of which none may be quoted
}

// namedTables are one of each table and list that is read.
var namedTables = []named{
	{file: "export.csv", people: true, text: "User id,User name,email,User status,Added to org,Org role,Group name,Jira - acme,Last seen in Jira - acme\n" +
		"acc-01,Person 01,person01@example.com,Active,2 Jan 2025,User,users,User,10 Nov 2026\nacc-02,Person 02,person02@example.com,Active,2 Jan 2025,User,users,User,10 Nov 2026\n"},
	{file: "managed.csv", people: true, text: "Atlassian ID,name,email,status,last active,billable,policy type\nacc-01,Person 01,person01@example.com,Active,2 Jan 2025,yes,x\n"},
	{file: "umgmt.csv", people: true, text: "account_id,display_name,email,status,last_active_(organization),product,site,last_active_(product)\n" +
		"acc-01,Person 01,person01@example.com,active,2 Jan 2025,jira,acme,2 Jan 2025\n"},
	{file: "dc.csv", people: true, text: "user_name,display_name,email_address,active,created_date,last_login\np1,Person 01,person01@example.com,1,2025-01-02,2026-01-02\n"},
	{file: "google.csv", people: true, text: "Email Address [Required],Status [READ ONLY],Last Sign In [READ ONLY],Org Unit Path [Required]\nperson01@example.com,Active,2026-11-02 10:00:00,/x\n"},
	{file: "okta.csv", people: true, text: "login,status,last_login,email,user\nperson01@example.com,ACTIVE,2026-11-02,person01@example.com,Person\n"},
	{file: "entra.csv", people: true, text: "userPrincipalName,mail,displayName,givenName,surname,accountEnabled,signInActivity.lastSignInDateTime\n" +
		"person01@example.com,person01@example.com,Person 01,Person,01,TRUE,2026-11-02T10:00:00Z\n"},
	{file: "techtime.csv", people: true, text: "Username,Full name,User directory,Last login date,Email,Status\np2,Person 02,Internal,2026-01-02,person02@example.com,Active\n"},
	{file: "g1.csv", people: true, text: "Group name,Username,Full name,Active,Last login,Last session,Email\nusers,p3,Person 03,Yes,2 Jan 2018,2 Jan 2018,person03@example.com\n"},
	{file: "g2a.csv", people: true, text: "Username,Full name,Active,Last active in Jira,Group name,Email,Created\np4,Person 04,Yes,2 Jan 2020,users,person04@example.com,1 Jan 2019\n"},
	{file: "g2b.csv", people: true, text: "id,name,active,Last seen in Jira - acme,group name,email,created\np5,Person 05,Yes,2 Jan 2021,users,person05@example.com,1 Jan 2019\n"},
	{file: "api.csv", people: true, text: "account_id,account_type,account_status,name,email,access_billable,last_active,product_access_key,product_url\n" +
		"acc-01,atlassian,active,Person 01,person01@example.com,true,2026-11-02,jira-software,https://acme.atlassian.net\n"},
	{file: "external.csv", people: true, text: "user name,email,Atlassian ID,last active time,Billable for Atlassian Guard Standard\nPerson 06,person06@example.com,acc-06,2026-11-02,yes\n"},
	{file: "bitbucket.csv", people: true, text: "Public Name,Email Address,Last Login (UTC),Has 2SV,On Plan\nPerson 07,person07@example.com,2026-11-02,yes,yes\n"},
	{file: "people.csv", people: true, text: "email,department,title,cost_centre,needs_access,leave_until\nperson01@example.com,IT,Engineer,7,yes,2027-01-31\n"},
	{file: "workload.csv", people: true, text: "account,site,product,open_items,last_item_on\nacc-01,acme,jira,3,2026-11-01\n"},
	{file: "exceptions.csv", people: true, text: "rule,subject,reason,owner,until\ninactive-users,acc-10,leave,HR,2027-01-01\n"},
	{file: "decisions.csv", people: true, text: "User id,site,product,keep,reason,owner,decided_until\nacc-10,acme,jira,keep,on call,Desk,2027-01-01\n"},
	{file: "headcount_plan.csv", private: []string{"note"}, text: "date,site,product,change,note\n2027-03-01,acme,jira,+5,more\n"},
	{file: "price_changes.csv", text: "plan,hosting,announced,effective,change,new_plan,override_days,source\ntimesheets,,2026-10-01,2026-12-01,+15%,,,mail\n"},
	{file: "user_counts.csv", text: "date,site,product,users\n2026-11-15,acme,jira,12\n"},
	{file: "app_usage.csv", text: "key,site,active_users,period_days,assigned_users,as_of\ntimesheets,acme,5,30,7,2026-11-01\n"},
	{file: "apps.csv", text: "key,name,vendor,hosting_available,archived,partner_level,framework,checked_on\ntimesheets,Timesheets,V,cloud,no,gold,forge,2026-11-01\n"},
	{file: "end_of_support.csv", private: []string{"note"}, text: "key,date,note,source\ntimesheets,2027-06-30,moves,vendor\n"},
	{file: "rates.csv", text: "currency,rate,date,source\nEUR,1.08,2026-11-10,bank\n"},
	{file: "quotes.csv", text: "number,date,valid_until,period_from,site,key,users,cycle,amount,currency\nQ-1,2026-11-02,2027-02-28,2027-01-30,acme,timesheets,15,annual,70.00,USD\n"},
	{file: "invoices.csv", text: "number,date,period_from,period_to,site,key,users,amount,currency\nI-1,2026-01-30,2026-01-30,2027-01-29,acme,timesheets,15,80.00,USD\n"},
	{file: "prices.csv", text: "plan,hosting,cycle,currency,mode,from,up_to,unit_price,flat_price,valid_from,valid_to,source\n" +
		"jira-standard,cloud,annual,USD,volume,,15,,750,,,list\ntimesheets,cloud,annual,USD,volume,,15,,75,,,list\n"},
	{file: "planner.csv", text: "Users,Monthly,Annual\n1-10,$10.00,$100.00\n11-25,$41.25,$412.50\n26-50,$82.50,$825.00\n"},
	{file: "subscriptions.csv", private: []string{"owner", "cost_centre"}, text: "type,key,name,vendor,hosting,site,host,edition,cycle,billing_basis,price_plan,licensed_users," +
		"discount,licence_type,contract_price,currency,renewal_date,status,multi_instance,auto_renew,owner,cost_centre,entitlement\n" +
		"product,jira,Jira,Atlassian,cloud,acme,,standard,annual,,jira-standard,15,,,,,2027-01-30,active,,,Desk,7,E-1\n" +
		"app,timesheets,Timesheets,V,cloud,acme,jira,,annual,,,15,,,,,2027-01-30,active,,,Desk,7,\n"},
}

// mark stands for the name of somebody.
const mark = "Zephyrine"

// TestNamesStayInside puts a name into every cell of every table and list, and
// breaks its row in every way: neither the terminal nor any file for others says it
// (METHOD 18.4). In tables of things a name is an address: a thing may be called
// anything else.
func TestNamesStayInside(t *testing.T) {
	t.Parallel()
	for _, table := range namedTables {
		t.Run(table.file, func(t *testing.T) {
			t.Parallel()
			rows, err := csv.NewReader(strings.NewReader(table.text)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var each strings.Builder // the rows as they are, and one for each column with a name in it
			for column := range rows[0] {
				text := table.spoil(rows, []int{column}, brokenWays[0].row)
				if column > 0 {
					text = text[strings.LastIndexByte(strings.TrimSuffix(text, "\n"), '\n')+1:]
				}
				each.WriteString(text)
			}
			everything := table.among(t, each.String())
			checkNames(t, everything, "in one column")
			checkNamesElsewhere(t, everything)
			for _, way := range brokenWays {
				var all []int
				for column := range rows[0] {
					all = append(all, column)
				}
				checkNames(t, table.among(t, table.spoil(rows, all, way.row)), way.name)
			}
		})
	}
}

// brokenWays are ways to break the row that holds a name.
var brokenWays = []struct {
	name string
	row  func(cells []string) string
}{
	{"in its place", func(cells []string) string { return csvLine(cells) }},
	{"a cell too many", func(cells []string) string { return csvLine(append([]string{"x"}, cells...)) }},
	{"a cell too few", func(cells []string) string { return csvLine(cells[1:]) }},
	{"a mark not closed", func(cells []string) string { return "\"" + csvLine(cells) }},
	{"text behind a mark", func(cells []string) string { return "\"x\"y," + csvLine(cells) }},
	{"a cell too many at its end", func(cells []string) string { return csvLine(append(slices.Clone(cells), cells...)) }},
	{"a mark within a cell", func(cells []string) string { return strings.Replace(csvLine(cells), ",", "x\"y,", 1) }},
	{"other separators", func(cells []string) string { return strings.ReplaceAll(csvLine(cells), ",", ";") }},
	{"letters of no encoding", func(cells []string) string { return strings.ReplaceAll(csvLine(cells), ",", "\xff\x00,") }},
	{"twice", func(cells []string) string { return csvLine(cells) + csvLine(cells) }},
	{"twice, and different", func(cells []string) string {
		other := slices.Clone(cells)
		for i := 1; i < len(other); i += 2 {
			other[i] += "x"
		}
		return csvLine(cells) + csvLine(other)
	}},
	{"as the first line", nil},
}

// spoil returns the table with names in some columns of its last row, and that
// row broken.
func (n named) spoil(rows [][]string, columns []int, row func([]string) string) string {
	last := slices.Clone(rows[len(rows)-1])
	for _, c := range columns {
		last[c] = mark + "@example.com"
		if n.people || slices.Contains(n.private, rows[0][c]) {
			last[c] = mark
		}
	}
	if row == nil {
		return csvLine(last) + csvLine(rows[0]) + csvLine(last)
	}
	var out strings.Builder
	for _, r := range rows[:len(rows)-1] {
		out.WriteString(csvLine(r))
	}
	return out.String() + row(last)
}

// among returns a folder with all tables, this one as given.
func (n named) among(t *testing.T, text string) string {
	t.Helper()
	files := map[string][]byte{}
	for _, other := range namedTables {
		files[other.file] = []byte(other.text)
	}
	files[n.file] = []byte(text)
	return base(t, files)
}

func csvLine(cells []string) string {
	var out strings.Builder
	w := csv.NewWriter(&out)
	_ = w.Write(cells) // a strings.Builder takes everything
	w.Flush()
	return out.String()
}

// checkNames looks for the mark in what an audit and a check say about a folder,
// and in the files of the run that are for others.
func checkNames(t *testing.T, dir string, what string) {
	t.Helper()
	o := auditBy(t, built, dir)
	if o.folder != "" {
		for _, name := range []string{"result.json", "findings.csv", "deadlines.ics", "manifest.json", "finance.pdf"} {
			text := string(o.file(t, name))
			if name == "finance.pdf" {
				text = pdfText(t, []byte(text))
			}
			noName(t, what+": "+name, text)
		}
		if rejected, err := os.ReadFile(filepath.Join(o.folder, "rejected.csv")); err == nil && !strings.Contains(string(rejected), "tierline_run") {
			t.Errorf("%s: rejected.csv is no report of ours", what)
		}
	}
	o.namesNobody(t, what+": audit")
	built(t, "check", dir, "--as-of", asOf).namesNobody(t, what+": check")
}

// checkNamesElsewhere asks the commands that read the same files in the same way.
func checkNamesElsewhere(t *testing.T, dir string) {
	t.Helper()
	built(t, "simulate", dir, "--site", "acme", "--product", "jira", "--add", "2", "--as-of", asOf).namesNobody(t, "simulate")
	built(t, "price", "--prices", filepath.Join(dir, "prices.csv"), "--rates", filepath.Join(dir, "rates.csv"), "--in", "EUR", "--plan", "timesheets",
		"--cycle", "annual", "--users", "5").namesNobody(t, "price")
}

// namesNobody looks for the mark in what a command printed.
func (o outcome) namesNobody(t *testing.T, by string) {
	t.Helper()
	noName(t, by, o.out)
	noName(t, "stderr of "+by, o.errOut)
}

// noName fails where a text holds the mark, or what steers a terminal.
func noName(t *testing.T, where, text string) {
	t.Helper()
	if i := strings.Index(strings.ToLower(text), strings.ToLower(mark)); i >= 0 {
		t.Errorf("%s says %q", where, text[max(0, i-120):min(len(text), i+40)])
	}
	if i := strings.IndexFunc(text, steers); i >= 0 && !strings.HasSuffix(where, ".pdf") && !strings.HasSuffix(where, ".ics") {
		t.Errorf("%s holds %q", where, text[max(0, i-40):min(len(text), i+20)])
	}
}

// pdfText returns the letters a PDF of ours shows, which stand in its compressed
// streams with two bytes each.
func pdfText(t *testing.T, raw []byte) string {
	t.Helper()
	var out strings.Builder
	for _, part := range bytes.Split(raw, []byte("stream\n"))[1:] {
		r, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue // the end of a stream
		}
		text, _ := io.ReadAll(r) // what follows a stream is none of it
		out.Write(bytes.ReplaceAll(text, []byte{0}, nil))
	}
	if !strings.Contains(out.String(), ") Tj") {
		t.Error("no text is found in finance.pdf")
	}
	return out.String()
}
