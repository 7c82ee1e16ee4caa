package main

import (
	"bytes"
	"compress/zlib"
	"encoding/csv"
	"io"
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
	{file: "people.csv", people: true, text: "email,department,title,cost_centre,needs_access,leave_until\nperson01@example.com,IT,Engineer,7,yes,2027-01-31\n"},
	{file: "workload.csv", people: true, text: "account,site,product,open_items,last_item_on\nacc-01,acme,jira,3,2026-11-01\n"},
	{file: "exceptions.csv", people: true, text: "rule,subject,reason,owner,until\ninactive-users,acc-10,leave,HR,2027-01-01\n"},
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
			rows, err := csv.NewReader(strings.NewReader(table.text)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for column, header := range rows[0] {
				if testing.Short() && column%3 != 0 {
					continue
				}
				checkNames(t, table.among(t, table.spoil(rows, []int{column}, brokenWays[0].row)), true, header)
			}
			for _, way := range brokenWays {
				var all []int
				for column := range rows[0] {
					all = append(all, column)
				}
				checkNames(t, table.among(t, table.spoil(rows, all, way.row)), false, way.name)
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

// checkNames looks for the mark in what the program says about a folder.
func checkNames(t *testing.T, dir string, whole bool, what string) {
	t.Helper()
	texts := map[string]string{}
	if !whole {
		o := command(t, "check", dir, "--as-of", asOf)
		texts["check"], texts["stderr of check"] = o.out, o.errOut
	} else {
		o := auditFolder(t, dir)
		texts["audit"], texts["stderr of audit"] = o.out, o.errOut
		if o.folder != "" {
			for _, name := range []string{"result.json", "findings.csv", "deadlines.ics"} {
				texts[name] = string(o.file(t, name))
			}
			texts["finance.pdf"] = pdfText(t, o.file(t, "finance.pdf"))
		}
	}
	for where, text := range texts {
		if i := strings.Index(strings.ToLower(text), strings.ToLower(mark)); i >= 0 {
			t.Errorf("%s: %s says %q", what, where, text[max(0, i-120):min(len(text), i+40)])
		}
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
	if !strings.Contains(out.String(), "Jira") {
		t.Error("no text is found in finance.pdf")
	}
	return out.String()
}
