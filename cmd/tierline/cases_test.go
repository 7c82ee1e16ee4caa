package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wanted is what want.txt of a case folder says about an audit of the files
// beside it. A line is a word and what follows it:
//
//	# any text                              what the folder is about
//	args --as-of 2026-12-17                 flags besides the folder
//	exit 3
//	currency EUR
//	current 1500.00                         likewise the other totals; "unknown" for null
//	bridge clean_up -500.00                 every step that changes something
//	removals 2                              seats the actions remove
//	action 5440.00 hard_saving 6            worth, class and people of every action; "action none"
//	rung fjord/jira 3 2500.00 not allowed   what so many removals save
//	together 4 1500.00                      all planned removals of a bundle
//	cash 2028-01-01 2250.00                 what is paid in a month as recommended
//	users fjord/jira 12                     likewise "unknown"
//	day fjord/jira 2026-11-16               on which a number of users was true, likewise "unknown"
//	doubt fjord/jira stale partial          what holds it; of every number in doubt, where users are named
//	line fjord/jira 1350.00 1350.00 900.00 weighed
//	                                        current, as is, recommended, "unknown" for null; how far it carries
//	weighed 1 of 2, 90 %                    of the active subscriptions, and of what is paid today; "unknown" for null
//	not_claimed fjord/jira 500.00           likewise "unknown"; of every bundle of which something is held
//	says TEXT                               somewhere in what is printed, whatever its line breaks
//	silent TEXT                             nowhere in it
//	simulate --product jira ...             the flags of a question asked of the folder as well
//	answer coming_term 600.00               a value of its answer as JSON, "unknown" for null; exit for its exit code
//
// What lies in a folder earlier beside in replaces files of in for an audit before
// this one, whose reports then lie among the inputs.
//
// A word may be left out; of users, lines and bundles all have to be named, or none.
// Nothing to do may be said only where every subscription is weighed and every
// billing cycle has a price, in every case.
type wanted struct {
	args         []string
	exit         string
	facts        map[string]string // totals, removals, currency
	bridge       map[string]string
	users, lines map[string]string
	days, doubts map[string]string
	notClaimed   map[string]string
	plan         []string // lines of actions, rungs and cash
	question     []string // flags of simulate
	answer       map[string]string
	says, silent []string
}

func readWanted(t *testing.T, path string) *wanted {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := &wanted{facts: map[string]string{}, bridge: map[string]string{}, users: map[string]string{}, lines: map[string]string{},
		days: map[string]string{}, doubts: map[string]string{}, notClaimed: map[string]string{}, answer: map[string]string{}}
	for lines := bufio.NewScanner(strings.NewReader(string(text))); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		first, second, _ := strings.Cut(rest, " ")
		switch word {
		case "", "#":
		case "args":
			w.args = strings.Fields(rest)
		case "exit":
			w.exit = rest
		case "currency", "current", "volume", "price_changes", "as_is", "recommended", "hard_saving", "avoidance", "removals", "weighed":
			w.facts[word] = rest
		case "bridge":
			w.bridge[first] = second
		case "action", "rung", "together", "cash":
			w.plan = append(w.plan, lines.Text())
		case "users":
			w.users[first] = second
		case "day":
			w.days[first] = second
		case "doubt":
			w.doubts[first] = second
		case "line":
			w.lines[first] = second
		case "not_claimed":
			w.notClaimed[first] = second
		case "simulate":
			w.question = strings.Fields(rest)
		case "answer":
			w.answer[first] = second
		case "says":
			w.says = append(w.says, rest)
		case "silent":
			w.silent = append(w.silent, rest)
		default:
			t.Fatalf("%s: %q is no word of a case", path, word)
		}
	}
	return w
}

// TestCases audits every folder below testdata/cases as a stranger would: files
// as people have them. What must hold stands in its want.txt, and was worked
// out without the program.
func TestCases(t *testing.T) {
	t.Parallel()
	wants, err := filepath.Glob(filepath.Join("testdata", "cases", "*", "want.txt"))
	if err != nil || len(wants) == 0 {
		t.Fatal("no cases:", err)
	}
	for _, want := range wants {
		dir := filepath.Dir(want)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			w := readWanted(t, want)
			in := withReports(t, dir)
			o := auditBy(t, built, in, w.args...)
			printed := o.out + o.errOut + w.asked(t, in)
			if got := fmt.Sprint(o.code); got != w.exit {
				t.Errorf("exit %s, want %s", got, w.exit)
			}
			w.heard(t, printed)
			if o.folder != "" {
				w.published(t, o)
				w.planned(t, o)
				o.amountsStandInResult(t)
			} else if len(w.facts) > 0 {
				t.Error("nothing was published")
			}
			if t.Failed() {
				t.Log(printed)
			}
		})
	}
}

// heard compares what is printed with what has to be said, and not.
func (w *wanted) heard(t *testing.T, printed string) {
	t.Helper()
	said := strings.Join(strings.Fields(printed), " ")
	for _, text := range w.says {
		if !strings.Contains(said, text) {
			t.Errorf("nobody says %q", text)
		}
	}
	for _, text := range append(w.silent, "%!", "<nil>", "nil pointer", "goroutine") {
		if strings.Contains(said, text) {
			t.Errorf("somebody says %q", text)
		}
	}
}

// lacksPrice reports whether a bundle has one billing cycle only for want of a price.
func (r *published) lacksPrice() bool {
	for _, c := range r.Cycles {
		if slices.Contains([]string{"", "no_price", "price_refused", "change_refused"}, c.NotWeighed.Kind) && (c.Monthly == nil || c.Annual == nil) {
			return true
		}
	}
	return false
}

// published compares the figures of the result.
func (w *wanted) published(t *testing.T, o outcome) {
	t.Helper()
	var r published
	if err := json.Unmarshal(o.file(t, "result.json"), &r); err != nil {
		t.Fatal(err)
	}
	facts := map[string]string{"currency": string(r.Run.Currency)}
	for name, amount := range r.Plan.Totals {
		facts[name] = orUnknown(amount)
	}
	removals := 0
	for _, a := range r.Plan.Actions {
		removals += a.Seats
	}
	facts["removals"] = fmt.Sprint(removals)
	facts["weighed"] = r.Trust.words()
	for name, want := range w.facts {
		if facts[name] != want {
			t.Errorf("%s: %s, want %s", name, facts[name], want)
		}
	}
	bridge, users, lines := map[string]string{}, map[string]string{}, map[string]string{}
	ends := []string{"as_is", "recommended"}
	for _, s := range r.Plan.Bridge {
		if s.Amount != "" && s.Amount != "0.00" && !slices.Contains(ends, s.Step) {
			bridge[s.Step] = s.Amount
		}
	}
	for _, s := range r.Seats {
		users[s.Site+"/"+s.Product] = "unknown"
		if s.Users != nil {
			users[s.Site+"/"+s.Product] = fmt.Sprint(*s.Users)
		}
	}
	for _, l := range r.Lines {
		lines[l.Site+"/"+l.Key] = orUnknown(l.Current) + " " + orUnknown(l.AsIs) + " " + orUnknown(l.Recommended) + " " + l.State
	}
	s := &r.Trust.Subscriptions
	for name, text := range o.texts(t) {
		switch text = strings.ToLower(text); {
		case s.Weighed < s.Active && strings.Contains(text, "nothing to do"):
			t.Errorf("%s says that there is nothing to do, but not everything is weighed", name)
		case r.lacksPrice() && strings.Contains(text, "there is nothing to do"):
			t.Errorf("%s says that there is nothing to do, but not everything has a price", name)
		}
	}
	if diff := cmp.Diff(w.bridge, bridge); diff != "" && w.facts["recommended"] != "" {
		t.Errorf("bridge (-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		what      string
		want, got map[string]string
	}{{"users", w.users, users}, {"lines", w.lines, lines}, {"not claimed", w.notClaimed, r.Trust.notClaimed()}} {
		if diff := cmp.Diff(c.want, c.got); len(c.want) > 0 && diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
	w.counted(t, &r.Trust)
}

// counted compares the days of numbers of users, and what holds them.
func (w *wanted) counted(t *testing.T, c *carries) {
	t.Helper()
	days, doubts := map[string]string{}, map[string]string{}
	for _, n := range c.Counts {
		at := n.Site + "/" + n.Product
		if days[at] = n.Day; n.Day == "" {
			days[at] = "unknown"
		}
		if w.days[at] == "" {
			delete(days, at)
		}
	}
	for _, o := range c.Open {
		for _, x := range o.Obstacles {
			if x.Doubt != "" {
				at := x.Site + "/" + x.Product
				doubts[at] = strings.TrimSpace(doubts[at] + " " + x.Doubt)
			}
		}
	}
	if diff := cmp.Diff(w.days, days); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(w.doubts, doubts); len(w.users) > 0 && diff != "" {
		t.Errorf("doubts (-want +got):\n%s", diff)
	}
}

// words says what of the active subscriptions is weighed.
func (c *carries) words() string {
	share := "unknown"
	if c.Share != nil {
		share = fmt.Sprintf("%d %%", *c.Share)
	}
	return fmt.Sprintf("%d of %d, %s", c.Subscriptions.Weighed, c.Subscriptions.Active, share)
}

// notClaimed returns what each bundle with something held does not claim, by
// its place and family.
func (c *carries) notClaimed() map[string]string {
	out := map[string]string{}
	for _, o := range c.Open {
		if o.Subscriptions.Held > 0 {
			out[path.Dir(o.Bundle)] = orUnknown(o.NotClaimed)
		}
	}
	return out
}

func orUnknown(amount *string) string {
	if amount == nil {
		return "unknown"
	}
	return *amount
}
