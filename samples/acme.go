package samples

import (
	"io"
	"math/rand/v2"
	"slices"
	"time"
)

var acmeProducts = []string{
	"Jira - acme-eng", "Jira Service Management - acme-eng", "Jira Product Discovery - acme-eng",
	"Confluence - acme-eng", "Jira - acme-biz", "Confluence - acme-biz",
}

// The staff of Acme Industries, product columns as in acmeProducts.
var acmeStaff = []kind{
	// In regular use on acme-eng.
	{count: 884, cells: "a--a--"}, {count: 108, cells: "a-----"},
	{count: 72, cells: "a--i--"}, {count: 18, cells: "a--v--"},
	{count: 49, cells: "aa-a--"}, {count: 12, cells: "aa----"}, {count: 8, cells: "aa-i--"},
	{count: 45, cells: "a-aa--"}, {count: 9, cells: "a-a---"}, {count: 3, cells: "a-ia--"}, {count: 1, cells: "a-v---"},
	{count: 30, cells: "a-ca--"},
	{count: 5, cells: "ai-a--"}, {count: 3, cells: "-a-a--"},
	// Joined within the grace.
	{count: 14, cells: "n--n--"}, {count: 4, cells: "n-----"}, {count: 3, cells: "a--n--"}, {count: 2, cells: "nn-n--"},
	// Jira access that is not used, often beside a Confluence that is.
	{count: 140, cells: "i--a--"}, {count: 128, cells: "i--i--"}, {count: 119, cells: "i-----"}, {count: 10, cells: "i--v--"},
	{count: 1, cells: "i-iv--"}, {count: 2, cells: "i-ii--"}, {count: 2, cells: "ii-i--"}, {count: 2, cells: "iv-a--"},
	{count: 30, cells: "v--a--"}, {count: 20, cells: "v--v--"}, {count: 28, cells: "v-----"}, {count: 4, cells: "v--i--"},
	// Confluence only.
	{count: 101, cells: "---a--"}, {count: 9, cells: "---i--"}, {count: 5, cells: "---v--"}, {count: 2, cells: "---n--"},
	// On both sites.
	{count: 14, cells: "a--aa-"}, {count: 8, cells: "a--aaa"}, {count: 6, cells: "i--aaa"}, {count: 3, cells: "i---a-"},
	{count: 3, cells: "---a-a"},
	// acme-biz only.
	{count: 60, cells: "----a-"}, {count: 66, cells: "----aa"}, {count: 6, cells: "----ai"}, {count: 37, cells: "-----a"},
	{count: 6, cells: "----i-"}, {count: 2, cells: "----ia"}, {count: 2, cells: "----v-"}, {count: 3, cells: "-----i"},
	{count: 2, cells: "-----v"}, {count: 3, cells: "----nn"}, {count: 1, cells: "----n-"},
	// Accounts without a seat: former staff, portal customers, no access.
	{count: 15, cells: "i--i--", status: "Suspended"}, {count: 22, cells: "------", status: "Deactivated"},
	{count: 2, cells: "i-----", status: "Deactivated"}, {count: 26, cells: "-k----"}, {count: 8, cells: "------"},
}

// Contractors work on acme-eng only and are exported by group.
var acmeContractors = []kind{
	{count: 96, cells: "aa"}, {count: 30, cells: "a-"}, {count: 12, cells: "ia"}, {count: 14, cells: "ii"},
	{count: 16, cells: "i-"}, {count: 6, cells: "vv"}, {count: 6, cells: "v-"}, {count: 2, cells: "nn"},
	{count: 12, cells: "-g"},
}

// acmeByHand lists the people who show something of their own: odd names,
// limits to the day, second accounts, invitations.
func acmeByHand() []person {
	var no time.Time
	row := byHand
	admin := row("01", "Amara Lindqvist", "amara.lindqvist@example.com", day(2019, 1, 3), "aaaaaa",
		asOf, day(2026, 11, 2), day(2026, 11, 12), asOf, day(2026, 11, 10), day(2026, 10, 30))
	admin.role = "Organization admin"
	old := func(p person, id string) person { p.id = id; return p }

	return []person{
		admin,
		// Commas, quotation marks, letters beyond ASCII, a stray blank.
		row("02", "Okafor, Ngozi", "ngozi.okafor@example.com", day(2023, 8, 8), "i--i--",
			day(2026, 3, 4), no, no, day(2026, 1, 29)),
		row("03", "Zoë Müller-Šimek", "zoe.mueller@example.com", day(2021, 2, 21), "a--a--",
			day(2026, 11, 10), no, no, day(2026, 11, 10)),
		row("04", `Yusuf "Joe" Demir`, "yusuf.demir@example.com", day(2022, 6, 23), "iv----", day(2026, 8, 21)),
		row("05", "Sara Quist ", "Sara.Quist@Example.com", day(2021, 12, 10), "----ia",
			no, no, no, no, day(2026, 5, 19), day(2026, 11, 11)),
		row("06", "王 小明", "xiaoming.wang@example.com", day(2024, 4, 2), "a--a--",
			day(2026, 11, 16), no, no, day(2026, 11, 13)),

		// The limits to the day: idle 60 and 59, added 30 and 29 days ago.
		row("07", "Grace Whitlock", "grace.whitlock@example.com", day(2022, 5, 9), "i-----", daysAgo(60)),
		row("08", "Howard Pell", "howard.pell@example.com", day(2022, 5, 9), "a-----", daysAgo(59)),
		row("09", "Ilse Vandermeer", "ilse.vandermeer@example.com", daysAgo(30), "v-----"),
		row("10", "Jory Tamblyn", "jory.tamblyn@example.com", daysAgo(29), "n-----"),

		// One person, two accounts: same mailbox, and same name at an old address.
		row("11", "Mireille Fontaine", "mireille.fontaine@example.com", day(2020, 7, 27), "a--a--",
			day(2026, 11, 13), no, no, day(2026, 11, 12)),
		old(row("", "Mireille Fontaine", "Mireille.Fontaine@example.com", day(2017, 3, 14), "i-----", day(2020, 7, 24)),
			"557058:9a1c7e52-3f0b-4d68-8b21-6e4d0c9f7a35"),
		row("12", "Priya Raman", "priya.raman@example.com", day(2022, 9, 30), "i--a-a",
			day(2025, 2, 14), no, no, day(2026, 11, 12), no, day(2026, 11, 12)),
		old(row("", "Priya Raman", "p.raman@example.org", day(2018, 4, 2), "i-----", day(2022, 8, 9)),
			"557058:4d2a7c90-1111-4222-8333-94b5c6d7e8f9"),

		// Invited and never accepted: the name is still the address.
		row("13", "h.lowell@example.org", "h.lowell@example.org", day(2026, 2, 11), "v--v--"),
		row("14", "t.okonjo@example.org", "t.okonjo@example.org", day(2025, 9, 1), "v-----"),
		row("15", "m.ferreira@example.com", "m.ferreira@example.com", day(2026, 11, 9), "n--n--"),
		// An integration nobody remembers, without an address; an account older than the records.
		row("16", "Release Dashboard Bridge", "", day(2024, 3, 25), "v-----"),
		row("17", "Legacy Import", "legacy.import@example.com", no, "v-----"),
	}
}

// acmeKept lists the accounts that are never proposed for removal, although
// nobody has used most of them for long.
func acmeKept() []person {
	var no time.Time
	row := byHand
	return []person{
		// Service accounts: they hold seats.
		row("20", "CI Bot", "ci-bot@example.com", day(2023, 1, 12), "v--i--", no, no, no, day(2023, 1, 12)),
		row("21", "svc-deploy", "svc-deploy@example.com", day(2022, 6, 1), "i-----", day(2022, 6, 1)),
		row("22", "svc-backup", "svc-backup@example.com", day(2021, 10, 4), "v--vvv"),
		row("23", "Release Bot", "release-bot@example.com", day(2020, 2, 17), "i-----", day(2024, 7, 1)),
		row("24", "Automation Runner", "automation@example.com", day(2021, 5, 5), "v-----"),
		row("25", "Build Notifications", "no-reply@example.com", day(2020, 11, 2), "v--v--"),
		row("26", "Test Data Automation", "testdata@example.com", day(2023, 9, 18), "i-----", day(2026, 6, 30)),
		row("27", "svc-reporting", "svc-reporting@example.com", day(2022, 1, 24), "v---v-"),
		row("28", "Chat Bot", "chat-bot@example.com", day(2024, 8, 6), "a--a--",
			day(2026, 11, 16), no, no, day(2026, 11, 16)),

		// Covered by exceptions.csv: on leave, an ended leave, the auditors, an emergency account.
		row("30", "Helen Osei", "helen.osei@example.com", day(2019, 11, 6), "i--i--",
			day(2026, 4, 30), no, no, day(2026, 4, 29)),
		row("31", "Tomás Herrera", "tomas.herrera@example.com", day(2022, 10, 19), "i--i--",
			day(2026, 4, 22), no, no, day(2026, 4, 20)),
		row("32", "Break Glass", "break.glass@example.com", day(2021, 1, 11), "v--v--"),
		row("33", "Carla Winter", "c.winter.audit@example.org", day(2025, 1, 13), "i--i--",
			day(2026, 2, 27), no, no, day(2026, 2, 26)),
		row("34", "Peter Lang", "p.lang.audit@example.org", day(2025, 1, 13), "i--i--",
			day(2026, 2, 27), no, no, day(2026, 3, 2)),
		row("35", "Rukmini Das", "r.das.audit@example.org", day(2025, 1, 13), "i--v--", day(2026, 3, 3)),
		row("36", "Ewan Blair", "e.blair.audit@example.org", day(2026, 1, 12), "v--v--"),
		row("37", "Noémie Roy", "n.roy.audit@example.org", day(2026, 1, 12), "v-----"),
	}
}

// acme invents everybody of Acme Industries: the staff and the contractors,
// who have no name in common.
func acme() (staff, contractors []person) {
	rng := rand.New(rand.NewPCG(2026, 1116))
	names := newNamePool(rng)
	staff = slices.Concat(acmeByHand(), acmeKept(), people(rng, names, "example.com", acmeStaff))
	contractors = people(rng, names, "example.net", acmeContractors)
	for _, rows := range [][]person{staff, contractors} {
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	return staff, contractors
}

func writeAcmeStaff(w io.Writer) error {
	staff, _ := acme()
	return writeExport(w, acmeProducts, staff)
}

func writeAcmeContractors(w io.Writer) error {
	_, contractors := acme()
	return writeExport(w, []string{acmeProducts[0], acmeProducts[3]}, contractors)
}
