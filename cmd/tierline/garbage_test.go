package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"tierline/templates"
)

// TestGarbage feeds files that were cut off, shuffled or are not text at all:
// the program may refuse them, but it always exits with a code of its own,
// accounts for every row and prints no trace of a panic.
func TestGarbage(t *testing.T) {
	t.Parallel()
	files := []string{"export.csv", "subscriptions.csv", "prices.csv"}
	extra := map[string]string{
		"exceptions.csv":     "rule,subject,reason,owner,until\ninactive-users,acc-10,leave,HR,2027-01-01\n",
		"headcount_plan.csv": "date,site,product,change,note\n2027-03-01,acme,jira,+5,\n",
		"price_changes.csv":  "plan,hosting,announced,effective,change,new_plan,override_days,source\ntimesheets,,2026-10-01,2026-12-01,+15%,,,mail\n",
		"user_counts.csv":    "date,site,product,users\n2026-11-15,acme,jira,12\n",
		"app_usage.csv":      "key,site,active_users,period_days,assigned_users,as_of\ntimesheets,acme,5,30,7,2026-11-01\n",
		"apps.csv":           "key,name,hosting_available,archived\ntimesheets,Timesheets,\"cloud, data-center\",no\n",
		"workload.csv":       "account,site,product,open_items,last_item_on\nacc-10,acme,jira,3,2026-11-01\n",
		"people.csv":         "email,department,leave_until\nacc10@example.com,IT,2027-01-31\n",
		"upm.json":           `{"hostStatus":{"hostLicense":{"maximumNumberOfUsers":500,"currentRoleCount":12}},"plugins":[{"key":"timesheets","licenseDetails":{"maximumNumberOfUsers":500,"expiryDateString":"31/May/27"}}]}`,
		"live.json":          `{"_links":{"self":{"href":"/rest/2/addons/timesheets/pricing/cloud/live"}},"items":[{"licenseType":"COMMERCIAL","amount":10.0,"unitCount":10,"monthsValid":1}],"perUnitItems":[{"licenseType":"COMMERCIAL","amount":0.5,"unitCount":-1,"monthsValid":1}]}`,
		"audit.yaml":         "organisation: Acme\ncurrency: USD\npolicy:\n  grace_days: 30\nrules:\n  tier-crossing: {near_users: 5}\n",
	}
	all := map[string][]byte{}
	for _, name := range files {
		all[name] = baseFile(t, name)
	}
	for name, text := range extra {
		all[name] = []byte(text)
	}
	names := sortedTexts(mapKeys(all))
	schema := compiledSchema(t, templates.Schema)
	rng := rand.New(rand.NewPCG(1, 2))
	rounds := 150
	if testing.Short() {
		rounds = 60
	}
	for round := range rounds {
		name := names[rng.IntN(len(names))]
		spoiled := map[string][]byte{}
		for n, text := range all {
			spoiled[n] = text
		}
		spoiled[name] = spoil(rng, all[name])
		if rng.IntN(4) == 0 {
			other := names[rng.IntN(len(names))]
			spoiled[other] = spoil(rng, spoiled[other])
		}
		t.Run(strconv.Itoa(round)+" "+name, func(t *testing.T) {
			o := built(t, "check", base(t, spoiled), "--as-of", asOf, "--json")
			if round%20 == 0 { // the reports must bear it too
				if o := auditBy(t, built, base(t, spoiled)); o.folder != "" {
					validate(t, schema, o.file(t, "result.json"))
				}
			}
			if !slices.Contains([]int{exitComplete, exitIncomplete, exitUsage, exitRefused}, o.code) {
				t.Errorf("exit code %d\n%s\n%q", o.code, o.errOut, spoiled[name])
			}
			if trace := stackTrace(o.out + o.errOut); trace != "" {
				t.Errorf("%q was printed\n%q", trace, spoiled[name])
			}
			if o.code == exitUsage {
				return
			}
			var r published
			if err := json.Unmarshal([]byte(o.out), &r); err != nil {
				t.Fatal(err)
			}
			for _, in := range r.Inputs {
				excluded := 0
				for _, x := range in.Excluded {
					excluded += x.Rows
				}
				if in.Read != in.Used+excluded+in.Rejected || in.Used < 0 {
					t.Errorf("%s: %d rows read, %d used, %d excluded, %d rejected\n%q", in.Path, in.Read, in.Used, excluded, in.Rejected, spoiled[in.Path])
				}
			}
		})
	}
}

func mapKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// spoil returns a text with something wrong.
func spoil(rng *rand.Rand, text []byte) []byte {
	out := slices.Clone(text)
	place := func() int { return rng.IntN(len(out)) }
	if len(out) == 0 {
		return []byte("x")
	}
	switch rng.IntN(9) {
	case 0: // cut off
		return out[:place()]
	case 1: // some bytes are others
		for range 1 + rng.IntN(20) {
			out[place()] = byte(rng.IntN(256))
		}
	case 2: // a quotation mark that nobody closes
		return slices.Insert(out, place(), '"')
	case 3: // lines in another order
		lines := bytes.Split(out, []byte("\n"))
		rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		return bytes.Join(lines, []byte("\n"))
	case 4: // separators are others
		return bytes.ReplaceAll(out, []byte(","), []byte([]string{";", "\t", "|", ",,", ""}[rng.IntN(5)]))
	case 5: // random bytes
		out = make([]byte, rng.IntN(4000))
		for i := range out {
			out[i] = byte(rng.IntN(256))
		}
	case 6: // a cell that is too large
		big := []string{"99999999999999999999", "-1", "1e309", "NaN", "0x10", "\x00", "１２", "=1+1", "9999-12-31", "0000-00-00", "\u202e", "1,5"}
		return slices.Insert(out, place(), []byte(big[rng.IntN(len(big))])...)
	case 7: // twice in one file
		return append(out, text...)
	case 8: // a piece is missing
		i, j := place(), place()
		return slices.Delete(out, min(i, j), max(i, j))
	}
	return out
}

// TestInterrupted stops before anything is written.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	out := filepath.Join(t.TempDir(), "out")
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"audit", base(t, nil), "--as-of", asOf, "--out", out}, &stdout, &stderr)
	if code != exitInterrupted || stderr.String() != "tierline: interrupted; nothing was published\n" || stdout.Len() > 0 {
		t.Errorf("exit code %d, %q, %q", code, stdout.String(), stderr.String())
	}
	if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the output folder was made: %v", err)
	}
}
