package samples

import (
	"encoding/csv"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// Lists of users as the database of a Data Center instance gives them: who has
// an account, and when it was last used; not who holds a seat.

// account is one row of such a list.
type account struct {
	user, name, email string
	active            bool
	created, login    time.Time // login zero: never
}

// accountKind is a number of accounts alike. use is a letter as in person:
// 'a' active, 'i' inactive, 'v' never used and old, 'n' never used and new.
type accountKind struct {
	count       int
	use         byte
	deactivated bool
}

// Everybody with an account on the tracker of Kestrel Mutual. The portal
// customers among them hold no seat, so the list is longer than the licence.
var trackerAccounts = []accountKind{
	{count: 1271, use: 'a'}, {count: 668, use: 'i'}, {count: 349, use: 'v'}, {count: 14, use: 'n'},
	{count: 96, use: 'i', deactivated: true}, {count: 41, use: 'v', deactivated: true},
}

// Accounts of the wiki of Kestrel Mutual.
var wikiAccounts = []accountKind{
	{count: 556, use: 'a'}, {count: 233, use: 'i'}, {count: 109, use: 'v'}, {count: 4, use: 'n'}, {count: 30, use: 'i', deactivated: true},
}

// agents is how many of the tracker's accounts in use, and of those idle, are
// in the group of the service desk's agents.
var agents = map[byte]int{'a': 221, 'i': 52, 'v': 7, 'n': 1}

// trackerByHand lists the accounts that show something of their own: the
// limits to the day, and service accounts, which are never called idle.
func trackerByHand() []account {
	by := func(user, name string, created int, login int) account {
		a := account{user: user, name: name, email: user + "@example.com", active: true, created: daysAgo(created)}
		if login >= 0 {
			a.login = daysAgo(login)
		}
		return a
	}
	return []account{
		by("gwhitlock", "Grace Whitlock", 1500, 60), by("hpell", "Howard Pell", 1500, 59),
		by("ivandermeer", "Ilse Vandermeer", 30, -1), by("jtamblyn", "Jory Tamblyn", 29, -1),
		by("svc-backup", "svc-backup", 1800, -1), by("release-bot", "Release Bot", 900, 500), by("arunner", "Automation Runner", 1200, -1),
	}
}

// accounts invents the accounts of the kinds. Nobody has the user name of
// another.
func accounts(rng *rand.Rand, names *namePool, kinds []accountKind) []account {
	var out []account
	for _, k := range kinds {
		for range k.count {
			p := person{cells: string(k.use)}
			p.dates(rng)
			first, last := names.next()
			email := address(first, last, "example.com")
			user, _, _ := strings.Cut(email, "@")
			out = append(out, account{user: user, name: first + " " + last, email: email, active: !k.deactivated, created: p.added, login: p.seen[0]})
		}
	}
	return out
}

func tracker() []account {
	rng := rand.New(rand.NewPCG(2029, 328))
	out := append(trackerByHand(), accounts(rng, newNamePool(rng), trackerAccounts)...)
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func writeTrackerUsers(w io.Writer) error { return writeAccounts(w, tracker()) }

// writeTrackerAgents writes the members of the agents' group, in the order of
// the whole list.
func writeTrackerAgents(w io.Writer) error {
	left := map[byte]int{}
	for use, n := range agents {
		left[use] = n
	}
	var out []account
	for _, a := range tracker() {
		if use := a.use(); a.active && !a.byHand() && left[use] > 0 {
			left[use]--
			out = append(out, a)
		}
	}
	return writeAccounts(w, out)
}

// use returns the letter of the account's kind.
func (a *account) use() byte {
	switch {
	case a.login.IsZero() && a.created.After(daysAgo(30)):
		return 'n'
	case a.login.IsZero():
		return 'v'
	case a.login.After(daysAgo(60)):
		return 'a'
	}
	return 'i'
}

// byHand reports whether the account is one of those that show something: an
// invented one has first and last name in its user name.
func (a *account) byHand() bool { return !strings.Contains(a.user, ".") }

func writeWikiUsers(w io.Writer) error {
	rng := rand.New(rand.NewPCG(2028, 330))
	out := accounts(rng, newNamePool(rng), wikiAccounts)
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return writeAccounts(w, out)
}

// writeAccounts writes what the usual query of the database gives.
func writeAccounts(w io.Writer, rows []account) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"user_name", "display_name", "email_address", "active", "directory_name", "created_date", "last_login"}); err != nil {
		return err
	}
	for _, a := range rows {
		active, login := "1", ""
		if !a.active {
			active = "0"
		}
		if !a.login.IsZero() {
			login = a.login.Format(time.DateOnly) + " 08:15:00"
		}
		if err := out.Write([]string{a.user, a.name, a.email, active, "Corporate directory", a.created.Format(time.DateOnly) + " 09:00:00", login}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
