package pricing_test

import (
	"strings"
	"testing"

	"tierline/audit/diag"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func beginning(t *testing.T, begins int, tiers ...string) (*pricing.Timeline, diag.List) {
	t.Helper()
	b, notes := pricing.NewBook(rows(world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Begins: begins, Tiers: tiers}), nil, nil, 10)
	return b.Timeline("app", pricing.Cloud, pricing.Annual, false), notes.Diagnostics
}

// METHOD 2.19.
func TestListsThatBeginHigh(t *testing.T) {
	for _, c := range []struct {
		name   string
		begins int
		tiers  []string
		want   map[int]string
		said   string
	}{
		{"the rung below 300 is 200", world.Unstated, []string{"300:=25000", "400:=32000"},
			map[int]string{0: "0.00", 1: "unknown", 200: "unknown", 201: "25000.00", 300: "25000.00", 301: "32000.00"}, "10, 15, 25, 50, 100, 200, or state from"},
		{"first top 200", world.Unstated, []string{"200:=17000"}, map[int]string{100: "unknown", 101: "17000.00"}, "10, 15, 25, 50, 100, or"},
		{"first top 100", world.Unstated, []string{"100:=9000"}, map[int]string{1: "9000.00", 60: "9000.00"}, ""},
		{"from is stated", 150, []string{"300:=25000", "400:=32000"}, map[int]string{149: "unknown", 150: "25000.00", 301: "32000.00"}, ""},
		{"from 1 is stated", 1, []string{"300:=25000"}, map[int]string{1: "25000.00"}, ""},
		{"a top that is no rung", world.Unstated, []string{"250:=21000", "400:=32000"},
			map[int]string{150: "unknown", 250: "unknown", 251: "32000.00"}, "no rung"},
		{"no limit", world.Unstated, []string{":=9000"}, map[int]string{1: "9000.00", 5000: "9000.00"}, ""},
	} {
		tl, notes := beginning(t, c.begins, c.tiers...)
		v := newest(t, tl)
		for n, want := range c.want {
			if got := amount(v, n); got != want {
				t.Errorf("%s: price of %d users: got %s, want %s", c.name, n, got, want)
			}
		}
		if c.said != "" {
			world.Said(t, notes, diag.Warning, "begins with the tier up to")
			if !strings.Contains(notes[0].String(), c.said) {
				t.Errorf("%s: got %q, want %q in it", c.name, notes[0], c.said)
			}
		} else if len(notes) > 0 {
			t.Errorf("%s: got %v, want nothing to remark", c.name, notes)
		}
	}
}

// Only the annual lists of Cloud that say one price a tier are typed from a size
// on: a list by the user, or of Data Center, holds from the first user.
//
// METHOD 2.19.
func TestListsThatBeginWithUserOne(t *testing.T) {
	for _, l := range []world.List{
		{Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Begins: world.Unstated, Tiers: []string{"500:=3400"}},
		{Cycle: pricing.Monthly, Mode: pricing.Volume, Begins: world.Unstated, Tiers: []string{"500:8.00"}},
		{Cycle: pricing.Annual, Mode: pricing.Graduated, Begins: world.Unstated, Tiers: []string{"500:8.00"}},
		{Cycle: pricing.Annual, Mode: pricing.Block, Begins: world.Unstated, Tiers: []string{"500:8.00"}},
	} {
		if v := newest(t, book(rows(l)).Timeline("app", l.Hosting, l.Cycle, false)); amount(v, 1) == "unknown" {
			t.Errorf("%s, %s, %s: 1 user has no price", l.Hosting, l.Cycle, l.Mode)
		}
	}
}

// Who is licensed for a number in a tier that begins nobody knows where pays its
// price for that number; announced percentages are in it.
//
// METHOD 2.19.
func TestOnlyTheLicensedNumberPaysATierThatBeginsSomewhere(t *testing.T) {
	b := book(rows(world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Begins: world.Unstated, Tiers: []string{"250:=21000", "400:=32000"}}), percent("app", "2026-02-01", "0.10"))
	tl := b.Timeline("app", pricing.Cloud, pricing.Annual, false)
	expect(t, newest(t, tl.Paying(240)), map[int]string{239: "unknown", 240: "23100.00", 241: "unknown", 250: "unknown", 251: "35200.00"})
	expect(t, newest(t, tl.Paying(250)), map[int]string{249: "unknown", 250: "23100.00"})
	expect(t, newest(t, tl.Paying(251)), map[int]string{250: "unknown", 251: "35200.00"})
	expect(t, newest(t, tl), map[int]string{240: "unknown"})
}

func TestFromInsideTheTierBelowIsRefused(t *testing.T) {
	r := rows(world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"300:=1", "400:=2"}})
	r[1].From = 300
	if v, why := book(r).Timeline("app", pricing.Cloud, pricing.Annual, false).Newest(); v != nil || !strings.Contains(why.Text, "from 300 lies in the tier below") {
		t.Errorf("from inside the tier below: got reason %q", why)
	}
	r[1].From = 310 // between the two nobody has a price
	expect(t, newest(t, book(r).Timeline("app", pricing.Cloud, pricing.Annual, false)), map[int]string{300: "1.00", 301: "unknown", 309: "unknown", 310: "2.00"})
}

// METHOD 2.19.
func TestWhatAListLacks(t *testing.T) {
	high, _ := beginning(t, world.Unstated, "300:=25000", "400:=32000")
	odd, _ := beginning(t, world.Unstated, "250:=25000", "400:=32000")
	for n, want := range map[int]string{
		200: "it begins at 201: add a row up to 200, or state from", 40: "add a row up to 50", 401: "it ends at 400: add a row up to 500", 300: "", 0: "",
	} {
		if got := newest(t, high).Lacks(n); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%d users: got %q, want %q", n, got, want)
		}
	}
	if got := newest(t, odd).Lacks(150); !strings.Contains(got, "up to 250, begins is not known: add a row up to 200") {
		t.Errorf("150 users of a list that begins somewhere: got %q", got)
	}
}

// METHOD 2.20.
func TestFreeEdition(t *testing.T) {
	v := newest(t, pricing.Free(10, "EUR"))
	expect(t, v, map[int]string{0: "0.00", 10: "0.00", 11: "unknown"})
	if v.Currency() != "EUR" || !strings.Contains(v.Lacks(11), "free edition ends at 10") {
		t.Errorf("got %s, %q", v.Currency(), v.Lacks(11))
	}
}

func TestNearestPlan(t *testing.T) {
	b := book(rows(world.List{Plan: "jira-standard", Mode: pricing.Graduated, Tiers: world.J}))
	for name, want := range map[string]string{
		"jira-standart": `"jira-standard"`, "jira": `"jira-standard"`, "jira-standard-annual-list": `"jira-standard"`, "jirafa": "", "confluence": "",
	} {
		_, why := b.Timeline(name, pricing.Cloud, pricing.Monthly, false).Newest()
		if near := strings.Contains(why.Text, "nearest"); !strings.Contains(why.Text, want) || near != (want != "") {
			t.Errorf("no plan %q: got %q, want %q named", name, why, want)
		}
	}
	if _, why := new(pricing.Book).Timeline("jira", pricing.Cloud, pricing.Annual, false).Newest(); !strings.Contains(why.Text, "tierline init") {
		t.Errorf("without any price it says %q", why.Text)
	}
}
