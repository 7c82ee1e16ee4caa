package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// pdfPages returns what each page of a PDF says, its lines joined.
func pdfPages(t *testing.T, raw []byte) []string {
	t.Helper()
	var out []string
	for _, part := range bytes.Split(raw, []byte("stream\n"))[1:] {
		r, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue // the end of a stream
		}
		text, _ := io.ReadAll(r)
		text = bytes.ReplaceAll(text, []byte{0}, nil)
		var lines []string
		for _, m := range regexp.MustCompile(`\(((?:\\.|[^\\)])*)\) Tj`).FindAllSubmatch(text, -1) {
			lines = append(lines, strings.ReplaceAll(string(m[1]), `\`, ""))
		}
		if len(lines) > 0 {
			out = append(out, strings.Join(lines, " "))
		}
	}
	return out
}

// bundles returns the tables of n sites with a product and an app each.
func bundles(t *testing.T, n int) map[string][]byte {
	t.Helper()
	files := map[string][]byte{"export.csv": nil}
	subscriptions := "type,key,site,host,cycle,licensed_users,renewal_date,price_plan\n"
	for i := range n {
		site := fmt.Sprintf("site-%02d", i+1)
		files["export-"+site+".csv"] = baseFile(t, "export.csv", "Jira - acme", "Jira - "+site)
		subscriptions += fmt.Sprintf("product,jira,%s,,annual,15,2027-01-%02d,jira-standard\napp,timesheets,%s,jira,annual,15,2027-01-%02d,\n", site, i%28+1, site, i%28+1)
	}
	files["subscriptions.csv"] = []byte(subscriptions)
	return files
}

// TestFirstPage: the decision fits page 1 of one bundle and of forty, and of what
// is held, incomplete or without any price; it says what matters, and has a place
// to sign.
func TestFirstPage(t *testing.T) {
	t.Parallel()
	table := func(rows ...string) []byte {
		return []byte("type,key,site,host,cycle,licensed_users,renewal_date,price_plan\n" + strings.Join(rows, "\n") + "\n")
	}
	for name, c := range map[string]struct {
		files map[string][]byte
		says  []string
	}{
		"forty bundles": {bundles(t, 40), []string{
			"80 of 80 subscriptions are weighed", "Renew for 24,000.00 USD instead of 39,900.00 USD.", "Current 39,900.00", "24,000.00 to 40,890.00",
			"tiers of 40 bundles: page ", "Biggest risk", "more actions of no greater value"}},
		"one subscription": {map[string][]byte{"subscriptions.csv": table("product,jira,acme,,annual,15,2027-01-30,jira-standard")}, []string{
			"1 of 1 subscription is weighed", "no price is open, so there is no range", "Jira on acme renews up to 10 instead of up to 15", "29 Jan 2027"}},
		"held": {map[string][]byte{"subscriptions.csv": table("product,jira,acme,,annual,25,2027-01-30,jira-standard")}, []string{
			"INCOMPLETE", "Nothing is saved on Jira on acme yet: a number it rests on is in doubt.", "Nothing is weighed yet."}},
		"incomplete": {map[string][]byte{"subscriptions.csv": table("product,jira,acme,,annual,15,2027-01-30,jira-standard", "app,alpha,acme,jira,annual,15,2027-01-30,")}, []string{
			"INCOMPLETE", "The amounts are partial: they leave out alpha on acme.", "Renew for 500.00 USD instead of 750.00 USD."}},
		"without any price": {map[string][]byte{"prices.csv": nil}, []string{"INCOMPLETE", "they leave out Jira on acme and timesheets on acme.", "Nothing is weighed yet."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.files["audit.yaml"] = []byte("as_of: 2026-11-16\nbranding:\n  signature: yes\n")
			o := auditFolder(t, base(t, c.files))
			pages := pdfPages(t, o.file(t, "finance.pdf"))
			for _, text := range append(c.says, "Actions to approve", "Decision Name Date", "page 1 of") {
				if !strings.Contains(pages[0], text) {
					t.Errorf("page 1 does not say %q", text)
				}
			}
			if !strings.HasPrefix(pages[1], "How to read this report") && !strings.Contains(pages[1], "What the totals leave out") {
				t.Errorf("page 2 begins with %.60q", pages[1])
			}
			o.amountsStandInResult(t)
			if t.Failed() {
				t.Log(pages[0])
			}
		})
	}
}
