package report

import (
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/estate"
)

// TestRemovals: removals.csv holds whom the plan removes, in their order, and
// nobody else.
func TestRemovals(t *testing.T) {
	r := result()
	r.Plan.Actions = []audit.Action{
		{ID: "one", Number: 1, Title: "Remove 1", Deadline: date.New(2027, 1, 31)}, {ID: "two", Number: 2, Title: "Remove 2"},
	}
	r.People = slices.Values([]audit.SeatRow{
		{Account: "c", Name: "Cy", Email: "cy@example.com", Status: estate.Active, Site: "acme", Product: "jira", Groups: "jira-users, staff", Rank: 1, Action: "two"},
		{Account: "a", Status: estate.Active, Site: "acme", Product: "confluence", Rank: 1, Action: "one"},
		{Account: "b", Status: estate.Active, Site: "acme", Product: "jira", Rank: 2},
		{Account: "d", Status: estate.Active, Site: "acme", Product: "jira"},
	})
	list := Build(r).Removals
	var header []string
	for _, c := range list.Columns {
		header = append(header, c.ID)
	}
	if got := strings.Join(header, ","); got != "User id,User name,email,User status,site,product,groups,action,title,by" {
		t.Errorf("header %s", got)
	}
	var got []string
	for row := range list.Rows {
		got = append(got, strings.Join([]string{row[0].Text, row[1].Text, row[2].Text, row[3].Text, row[4].Text, row[5].Text, row[6].Text, say(row[7].Count), row[9].Date.String()}, " "))
	}
	want := []string{"c Cy cy@example.com Active acme jira jira-users, staff 2 ", "a   Active acme confluence  1 2027-01-31"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
