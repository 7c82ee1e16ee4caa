package samples

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// The products of Globex Group: those of the first export, then those of
// globex-care, which has an export of its own.
var (
	globexMain = []string{
		"Jira - globex-eng", "Confluence - globex-eng",
		"Jira - globex-ops", "Jira Service Management - globex-ops", "Confluence - globex-ops",
		"Jira - globex-eng-sandbox",
	}
	globexCare = []string{"Jira - globex-care", "Confluence - globex-care"}
)

// The people of Globex Group, product columns as above.
var globexPeople = []kind{
	// On globex-eng only, some of them testers with a seat in the sandbox.
	{count: 240, cells: "aa------"}, {count: 62, cells: "a-------"}, {count: 14, cells: "ai------"},
	{count: 22, cells: "aa---a--"}, {count: 10, cells: "a----a--"},
	{count: 24, cells: "ia------"}, {count: 22, cells: "ii------"}, {count: 18, cells: "i-------"},
	{count: 7, cells: "v-------"}, {count: 4, cells: "vv------"}, {count: 3, cells: "iv------"},
	{count: 6, cells: "nn------"}, {count: 2, cells: "n-------"},
	// On globex-eng and globex-ops: in use on both, on one of them, on neither.
	{count: 70, cells: "aaa-----"}, {count: 28, cells: "aaa-a---"}, {count: 20, cells: "a-a-----"}, {count: 4, cells: "a-aa----"},
	{count: 12, cells: "iaa-----"}, {count: 8, cells: "i-a-----"}, {count: 10, cells: "aai-----"},
	{count: 6, cells: "iai-----"}, {count: 5, cells: "iii-----"}, {count: 6, cells: "i-i-----"},
	// On globex-ops only; the agents of the service desk among them.
	{count: 92, cells: "--a-a---"}, {count: 70, cells: "--a-----"}, {count: 9, cells: "--a-i---"},
	{count: 20, cells: "--aaa---"}, {count: 14, cells: "--aa----"}, {count: 2, cells: "--aia---"}, {count: 3, cells: "--ai----"},
	{count: 8, cells: "--i-----"}, {count: 4, cells: "--i-i---"}, {count: 3, cells: "--v-----"}, {count: 3, cells: "--n-n---"},
	// On globex-care and another site, or all three.
	{count: 26, cells: "--a---a-"}, {count: 18, cells: "--a-a-aa"}, {count: 4, cells: "--i---a-"}, {count: 4, cells: "--a---i-"},
	{count: 5, cells: "--i---i-"}, {count: 10, cells: "aa----a-"}, {count: 4, cells: "aa----aa"}, {count: 2, cells: "ia----a-"},
	{count: 5, cells: "a-a---a-"}, {count: 3, cells: "aaa---aa"}, {count: 2, cells: "i-a---a-"},
	// On globex-care only.
	{count: 56, cells: "------a-"}, {count: 72, cells: "------aa"}, {count: 4, cells: "------ai"}, {count: 34, cells: "-------a"},
	{count: 7, cells: "------i-"}, {count: 4, cells: "------ii"}, {count: 3, cells: "------v-"}, {count: 3, cells: "-------i"},
	{count: 2, cells: "-------v"}, {count: 2, cells: "------nn"},
	// Confluence only.
	{count: 18, cells: "-a------"}, {count: 5, cells: "-i------"}, {count: 3, cells: "-v------"},
	{count: 24, cells: "----a---"}, {count: 5, cells: "----i---"}, {count: 10, cells: "-a--a---"},
	// Accounts without a seat: former staff, portal customers, guests.
	{count: 6, cells: "ii------", status: "Suspended"}, {count: 12, cells: "--------", status: "Deactivated"},
	{count: 30, cells: "---k----"}, {count: 5, cells: "-g------"},
}

// globexByHand lists the accounts that show something of their own.
func globexByHand() []person {
	var no time.Time
	admin := byHand("60", "Leonor Batista", "leonor.batista@example.com", day(2018, 9, 3), "aaaaa-aa",
		asOf, asOf, day(2026, 11, 13), day(2026, 11, 2), day(2026, 11, 12), no, day(2026, 11, 10), day(2026, 11, 10))
	admin.role = "Organization admin"
	// One person, two accounts: the same mailbox on two sites.
	second := byHand("", "Tobias Wren", "Tobias.Wren@Example.com", day(2019, 2, 11), "------a-",
		no, no, no, no, no, no, day(2026, 10, 21))
	second.id = "557058:5c3e1d70-88aa-4b12-9f6e-0d7c2b1a4f58"
	return []person{
		admin,
		byHand("61", "Tobias Wren", "tobias.wren@example.com", day(2021, 6, 1), "aaa-----",
			day(2026, 11, 16), day(2026, 11, 12), day(2026, 11, 9)),
		second,
		// On leave by people.csv: idle, and no candidate.
		byHand("62", "Hannelore Voss", "hannelore.voss@example.com", day(2020, 3, 16), "iii-----",
			day(2026, 5, 29), day(2026, 5, 28), day(2026, 5, 20)),
		byHand("63", "Dario Pellegrini", "dario.pellegrini@example.com", day(2022, 1, 10), "------ii",
			no, no, no, no, no, no, day(2026, 7, 3), day(2026, 6, 30)),
		// Service accounts: seats, but never proposed for removal.
		byHand("64", "svc-release", "svc-release@example.com", day(2021, 4, 12), "v-v---v-"),
		byHand("65", "CI Bot", "ci-bot@example.com", day(2020, 8, 24), "v----a--", no, no, no, no, no, day(2026, 11, 15)),
		// Covered by exceptions.csv: the emergency account.
		byHand("66", "Break Glass", "break.glass@example.com", day(2021, 1, 11), "vvv-----"),
	}
}

func globex() []person {
	rng := rand.New(rand.NewPCG(3, 1116))
	rows := append(globexByHand(), people(rng, newNamePool(rng), "example.com", globexPeople)...)
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// writeGlobexMain writes everybody but those who have seats on globex-care only.
func writeGlobexMain(w io.Writer) error {
	n := len(globexMain)
	var rows []person
	for _, p := range globex() {
		if strings.Trim(p.cells[:n], "-") != "" || strings.Trim(p.cells, "-") == "" {
			p.cells, p.seen = p.cells[:n], p.seen[:n]
			rows = append(rows, p)
		}
	}
	return writeExport(w, globexMain, rows)
}

// writeGlobexCare writes those who have a seat on globex-care.
func writeGlobexCare(w io.Writer) error {
	n := len(globexMain)
	var rows []person
	for _, p := range globex() {
		if strings.Trim(p.cells[n:], "-") != "" {
			p.cells, p.seen = p.cells[n:], p.seen[n:]
			rows = append(rows, p)
		}
	}
	return writeExport(w, globexCare, rows)
}

// writeGlobexWorkload writes what people have open in Jira on globex-eng and
// globex-ops. On globex-eng some who sign in have had nothing for months.
func writeGlobexWorkload(w io.Writer) error {
	rng := rand.New(rand.NewPCG(4, 1116))
	out := csv.NewWriter(w)
	records := [][]string{{"account", "site", "product", "open_items", "last_item_on"}}
	for i, p := range globex() {
		for _, at := range []struct {
			column int
			site   string
		}{{0, "globex-eng"}, {2, "globex-ops"}} {
			if p.cells[at.column] != 'a' || p.status != "Active" {
				continue
			}
			open, last := fmt.Sprint(1+rng.IntN(14)), daysAgo(rng.IntN(40))
			if at.column == 0 && i%16 == 0 {
				open, last = "0", daysAgo(120+rng.IntN(300))
			}
			records = append(records, []string{p.id, at.site, "jira", open, last.Format(time.DateOnly)})
		}
	}
	return out.WriteAll(records)
}

// writeGlobexPeople writes the company's list of its people. Those of the
// canteen and the gatehouse need none of the products on globex-ops.
func writeGlobexPeople(w io.Writer) error {
	rng := rand.New(rand.NewPCG(5, 1116))
	out := csv.NewWriter(w)
	records := [][]string{{"email", "department", "title", "cost_centre", "needs_access", "leave_until"}}
	leave := map[string]string{"hannelore.voss@example.com": "2027-02-28", "dario.pellegrini@example.com": "2027-01-31"}
	seen := map[string]bool{}
	for _, p := range globex() {
		email := strings.ToLower(p.email)
		if p.status != "Active" || seen[email] || strings.HasPrefix(email, "svc-") || strings.HasPrefix(email, "ci-") {
			continue
		}
		seen[email] = true
		department, title, centre, needs := globexJob(rng, p.cells)
		records = append(records, []string{email, department, title, centre, needs, leave[email]})
	}
	return out.WriteAll(records)
}

func globexJob(rng *rand.Rand, cells string) (department, title, centre, needs string) {
	switch {
	case strings.Trim(cells, "-") == "" || cells == "---k----" || cells == "-g------":
		return "Partners", "Contact", "GX-900", ""
	case cells[0] != '-' || cells[1] != '-':
		return "Engineering", [...]string{"Engineer", "Test Engineer", "Team Lead"}[rng.IntN(3)], "GX-100", "yes"
	case cells[2] != '-' && cells[6] == '-' && cells[3] == '-' && rng.IntN(14) == 0:
		return "Facilities", [...]string{"Canteen", "Gatehouse"}[rng.IntN(2)], "GX-310", "no"
	case cells[2] != '-' || cells[4] != '-':
		return "Operations", [...]string{"Analyst", "Coordinator", "Service Agent"}[rng.IntN(3)], "GX-300", "yes"
	}
	return "Customer Care", "Adviser", "GX-500", "yes"
}

// globexCounts are the users of Confluence on globex-care at each change: a
// training of three days in September brings a short peak.
var globexCounts = []struct {
	from  time.Time
	users int
}{
	{day(2026, 8, 4), 139}, {day(2026, 8, 19), 140}, {day(2026, 9, 14), 142}, {day(2026, 9, 22), 171}, {day(2026, 9, 25), 142},
	{day(2026, 10, 12), 144}, {day(2026, 11, 3), 148},
}

func writeGlobexCounts(w io.Writer) error {
	out := csv.NewWriter(w)
	records := [][]string{{"date", "site", "product", "users"}}
	at := 0
	for d := globexCounts[0].from; d.Before(asOf); d = d.AddDate(0, 0, 1) {
		for at+1 < len(globexCounts) && !d.Before(globexCounts[at+1].from) {
			at++
		}
		records = append(records, []string{d.Format(time.DateOnly), "globex-care", "confluence", fmt.Sprint(globexCounts[at].users)})
	}
	return out.WriteAll(records)
}
