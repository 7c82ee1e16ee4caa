package seats_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/seats"
	"tierline/audit/world"
)

var asOf = world.Day("2026-11-21")

// account is one account with a user seat of Jira on acme, unless it says
// otherwise. seen: a date, "never", or "" for unknown; n days ago as "-60".
type account struct {
	id, name, email string
	seen, added     string
	status          estate.Status // zero is active here
	role            estate.Role   // zero is a user here
	app             bool
}

func lastSeen(s string) estate.LastSeen {
	switch s {
	case "":
		return estate.LastSeen{}
	case "never":
		return estate.Never()
	}
	return estate.SeenOn(world.Day(s))
}

func ago(days int) string { return asOf.AddDays(-days).String() }

func estateOf(accounts ...account) *estate.Estate {
	slices.SortStableFunc(accounts, func(a, b account) int { return strings.Compare(a.id, b.id) })
	e := &estate.Estate{}
	access := estate.Access{Site: "acme", Product: "jira", Signals: []string{"page view"}, Day: asOf}
	for _, a := range accounts {
		x := estate.Account{ID: a.id, Name: a.name, Email: a.email, App: a.app, Status: a.status, Added: world.Day(a.added)}
		if x.Status == estate.StatusUnknown {
			x.Status = estate.Active
		}
		role := a.role
		if role == estate.NoRole {
			role = estate.UserRole
		}
		e.Accounts = append(e.Accounts, x)
		access.Roles = append(access.Roles, role)
		access.Seen = append(access.Seen, lastSeen(a.seen))
	}
	e.Access = []estate.Access{access}
	return e
}

func judge(e *estate.Estate) *seats.Register {
	p := config.DefaultPolicy()
	return seats.Judge(e, &p, asOf, "inactive-users")
}

func jira(t *testing.T, e *estate.Estate) *seats.Product {
	t.Helper()
	p := judge(e).Find("acme", "jira")
	if p == nil {
		t.Fatal("no judgement on Jira")
	}
	return p
}

// METHOD 1.12, 1.13.
func TestClassAndBandAtEachBoundary(t *testing.T) {
	for _, c := range []struct {
		name      string
		seen      string
		added     string
		class     seats.Class
		band      seats.Band
		candidate bool
	}{
		{"today", ago(0), ago(999), seats.Active, seats.To29, false},
		{"29 days", ago(29), ago(999), seats.Active, seats.To29, false},
		{"30 days", ago(30), ago(999), seats.Active, seats.To59, false},
		{"limit - 1", ago(59), ago(999), seats.Active, seats.To59, false},
		{"limit", ago(60), ago(999), seats.Inactive, seats.To89, true},
		{"89 days", ago(89), ago(999), seats.Inactive, seats.To89, true},
		{"90 days", ago(90), ago(999), seats.Inactive, seats.To179, true},
		{"179 days", ago(179), ago(999), seats.Inactive, seats.To179, true},
		{"180 days", ago(180), ago(999), seats.Inactive, seats.From180, true},
		{"idle, added date not known", ago(60), "", seats.Inactive, seats.To89, true},
		{"never, added today", "never", ago(0), seats.New, seats.BandNever, false},
		{"never, grace - 1", "never", ago(29), seats.New, seats.BandNever, false},
		{"never, grace", "never", ago(30), seats.NeverUsed, seats.BandNever, true},
		{"never, added in the future", "never", ago(-400), seats.New, seats.BandNever, false},
		{"never, added date not known", "never", "", seats.NeverUsed, seats.BandNever, false},
		{"idle, yet added days ago", ago(200), ago(5), seats.New, seats.From180, false},
		{"active and added days ago", ago(1), ago(5), seats.Active, seats.To29, false},
		{"unknown", "", ago(999), seats.Unknown, seats.BandUnknown, false},
		{"unknown, added days ago", "", ago(5), seats.Unknown, seats.BandUnknown, false},
		{"tomorrow", ago(-1), ago(999), seats.Active, seats.To29, false},
		{"a year ahead", "2027-11-21", ago(999), seats.Active, seats.To29, false},
		{"more than a year ahead", "2027-11-22", ago(999), seats.Unknown, seats.BandUnknown, false},
		{"typing error", "2062-11-21", ago(999), seats.Unknown, seats.BandUnknown, false},
	} {
		p := jira(t, estateOf(account{id: "a", seen: c.seen, added: c.added}))
		if p.Seats[0] != c.class || len(p.Candidates) == 1 != c.candidate {
			t.Errorf("%s: got class %s, candidate %v; want %s, %v", c.name, p.Seats[0], len(p.Candidates) == 1, c.class, c.candidate)
		}
		if p.Bands[c.band] != 1 || p.Classes[c.class] != 1 || p.Users != 1 {
			t.Errorf("%s: bands %v, classes %v, users %d; want one seat in band %s", c.name, p.Bands, p.Classes, p.Users, c.band)
		}
	}
}

// METHOD 1.18.
func TestYearAheadInALeapYear(t *testing.T) {
	policy := config.DefaultPolicy()
	for seen, want := range map[string]seats.Class{"2028-03-01": seats.Active, "2028-03-02": seats.Unknown} {
		p := seats.Judge(estateOf(account{id: "a", seen: seen}), &policy, world.Day("2027-03-01")).Find("acme", "jira")
		if p.Seats[0] != want {
			t.Errorf("seen on %s, as of 2027-03-01: got %s, want %s", seen, p.Seats[0], want)
		}
	}
	e := estateOf(account{id: "a", seen: ago(-1)}, account{id: "b", seen: "2062-01-01"})
	d := judge(e).Diagnostics
	world.Said(t, d, diag.Warning, "1 last-seen date is after the as-of date")
	world.Said(t, d, diag.Warning, "1 last-seen date is more than a year after")
}

// METHOD 1.17.
func TestNeverWithoutAddedDate(t *testing.T) {
	e := estateOf(account{id: "a", seen: "never"})
	p := jira(t, e)
	if p.NoAdded != 1 || len(p.Candidates) != 0 {
		t.Errorf("default policy: got %d marked, %d candidates; want 1, 0", p.NoAdded, len(p.Candidates))
	}
	policy := config.DefaultPolicy()
	policy.NeverWithoutAdded = true
	if p := seats.Judge(e, &policy, asOf).Find("acme", "jira"); p.NoAdded != 0 || len(p.Candidates) != 1 || p.Seats[0] != seats.NeverUsed {
		t.Errorf("policy candidate: got %d marked, %d candidates, class %s; want 0, 1, never", p.NoAdded, len(p.Candidates), p.Seats[0])
	}
}

func TestPolicyMovesTheLimits(t *testing.T) {
	policy := config.DefaultPolicy()
	policy.InactiveAfterDays, policy.GraceDays = 90, 7
	p := seats.Judge(estateOf(account{id: "a", seen: ago(89)}, account{id: "b", seen: ago(90)}, account{id: "c", seen: "never", added: ago(6)}, account{id: "d", seen: "never", added: ago(7)}), &policy, asOf).Find("acme", "jira")
	if want := []seats.Class{seats.Active, seats.Inactive, seats.New, seats.NeverUsed}; !slices.Equal(p.Seats, want) {
		t.Errorf("90 days, 7 days grace: got %v, want %v", p.Seats, want)
	}
}

// METHOD 1.1.
func TestWhatIsASeat(t *testing.T) {
	for _, c := range []struct {
		name string
		a    account
		seat bool
	}{
		{"user", account{}, true},
		{"suspended", account{status: estate.Suspended}, false},
		{"deactivated", account{status: estate.Deactivated}, false},
		{"account type app", account{app: true}, false},
		{"a role nobody can read", account{role: estate.OtherRole}, false},
		{"invited, never accepted", account{seen: "never", added: ago(1)}, true},
		{"looks like a bot: billed all the same (METHOD 1.14)", account{name: "bot-deploy", seen: ago(0)}, true},
	} {
		c.a.id = "a"
		p := jira(t, estateOf(c.a))
		if (p.Counted == 1) != c.seat || p.Origin != seats.FromAccess {
			t.Errorf("%s: got %d seats (%s), want seat %v from the access columns", c.name, p.Counted, p.Origin, c.seat)
		}
		if !c.seat && p.Seats[0] != seats.NoSeat {
			t.Errorf("%s: got class %s, want none", c.name, p.Seats[0])
		}
	}
}

func TestExceptions(t *testing.T) {
	idle := account{id: "712020:Ab", name: "Ann Lee", email: "ann.lee@acme.com", seen: ago(200)}
	for _, c := range []struct {
		name      string
		x         estate.Exception
		protected bool
	}{
		{"account id, without case", estate.Exception{Rule: "inactive-users", Subject: "712020:ab"}, true},
		{"address", estate.Exception{Rule: "inactive-users", Subject: "ann.lee@acme.com"}, true},
		{"site/product", estate.Exception{Rule: "inactive-users", Subject: "acme/jira"}, true},
		{"another product", estate.Exception{Rule: "inactive-users", Subject: "acme/confluence"}, false},
		{"glob on the address", estate.Exception{Rule: "inactive-users", Subject: "*@acme.com"}, true},
		{"glob on the id", estate.Exception{Rule: "inactive-users", Subject: "712020:*"}, true},
		{"glob on site/product", estate.Exception{Rule: "inactive-users", Subject: "acme/*"}, true},
		{"glob on nothing here", estate.Exception{Rule: "inactive-users", Subject: "*@other.com"}, false},
		{"every rule", estate.Exception{Rule: "*", Subject: "712020:ab"}, true},
		{"another rule changes no class", estate.Exception{Rule: "duplicate-accounts", Subject: "712020:ab"}, false},
		{"until today, inclusive", estate.Exception{Rule: "*", Subject: "712020:ab", Until: asOf}, true},
		{"ended yesterday", estate.Exception{Rule: "*", Subject: "712020:ab", Until: asOf.AddDays(-1)}, false},
		{"part of the id is not the id", estate.Exception{Rule: "*", Subject: "712020"}, false},
	} {
		e := estateOf(idle)
		e.Exceptions = []estate.Exception{c.x}
		r := judge(e)
		p := r.Find("acme", "jira")
		want := seats.Inactive
		if c.protected {
			want = seats.Excepted
		}
		if p.Seats[0] != want || (len(p.Candidates) == 0) != c.protected || (r.Protected[0] == 1) != c.protected {
			t.Errorf("%s: got class %s, %d candidates, %d protected; want %s", c.name, p.Seats[0], len(p.Candidates), r.Protected[0], want)
		}
		if p.Users != 1 {
			t.Errorf("%s: an excepted seat is billed: got %d users, want 1", c.name, p.Users)
		}
	}
}

func TestExceptionReplacesOnlyInactiveAndNever(t *testing.T) {
	e := estateOf(account{id: "a", seen: ago(1)}, account{id: "b", seen: "never", added: ago(1)}, account{id: "c"}, account{id: "d", seen: ago(99)}, account{id: "e", seen: "never", added: ago(99)}, account{id: "f", seen: "never"})
	e.Exceptions = []estate.Exception{{Rule: "*", Subject: "acme/jira", Reason: "frozen"}}
	r := judge(e)
	p := r.Find("acme", "jira")
	if want := []seats.Class{seats.Active, seats.New, seats.Unknown, seats.Excepted, seats.Excepted, seats.Excepted}; !slices.Equal(p.Seats, want) {
		t.Errorf("got %v, want %v", p.Seats, want)
	}
	if r.Protected[0] != 3 {
		t.Errorf("protected: got %d, want 3", r.Protected[0])
	}
	if words, written := r.Reason(p, 3); words != "exception" || written != "frozen" {
		t.Errorf("reason: got %q, %q", words, written)
	}
}

// TestProtectionsAreClassesOfTheirOwn: what protects a seat is told apart, the
// exception before the leave, the leave before the pattern. A seat in use stays
// active, whatever would protect it.
func TestProtectionsAreClassesOfTheirOwn(t *testing.T) {
	for _, c := range []struct {
		name                      string
		excepted, away, bot, bare bool
		seen                      string
		want                      seats.Class
		reason                    string
	}{
		{name: "nothing", seen: ago(99), want: seats.Inactive},
		{name: "bot", bot: true, seen: ago(99), want: seats.ServiceAccount, reason: "matches the bot pattern *-bot"},
		{name: "policy that is not billed for", bare: true, seen: ago(99), want: seats.ServiceAccount, reason: "nonbillable policy"},
		{name: "leave", away: true, seen: ago(99), want: seats.OnLeave, reason: "on leave until " + ago(-9)},
		{name: "leave of a bot", away: true, bot: true, seen: "never", want: seats.OnLeave, reason: "on leave until " + ago(-9)},
		{name: "exception", excepted: true, seen: ago(99), want: seats.Excepted, reason: "exception: agreed"},
		{name: "all of them", excepted: true, away: true, bot: true, bare: true, seen: ago(99), want: seats.Excepted, reason: "exception: agreed"},
		{name: "all of them, in use", excepted: true, away: true, bot: true, bare: true, seen: ago(59), want: seats.Active},
		{name: "all of them, nothing known", excepted: true, away: true, bot: true, bare: true, want: seats.Unknown},
	} {
		a := account{id: "a", name: "Ann Lee", email: "ann@acme.com", seen: c.seen, added: ago(900)}
		if c.bot {
			a.name = "Release-Bot"
		}
		e := estateOf(a)
		e.Accounts[0].Nonbillable = c.bare
		if c.away {
			e.People = []estate.Person{{Email: "ann@acme.com", LeaveUntil: world.Day(ago(-9))}}
		}
		if c.excepted {
			e.Exceptions = []estate.Exception{{Rule: "inactive-users", Subject: "ann@acme.com", Reason: "agreed"}}
		}
		r := judge(e)
		p := r.Products[0]
		if p.Seats[0] != c.want || p.Classes[c.want] != 1 || p.Users != 1 {
			t.Errorf("%s: got class %s of %d users, want %s", c.name, p.Seats[0], p.Users, c.want)
		}
		if c.want.Protected() && reasonOf(r, p, 0) != c.reason {
			t.Errorf("%s: got reason %q, want %q", c.name, reasonOf(r, p, 0), c.reason)
		}
		if got := r.Service(0); got != (c.bot || c.bare) {
			t.Errorf("%s: service account %v", c.name, got)
		}
	}
}

func TestOneAddressCoversAllItsAccounts(t *testing.T) {
	e := estateOf(account{id: "a", email: "x@acme.com", seen: ago(99)}, account{id: "b", email: "x@acme.com", seen: ago(99)}, account{id: "c", seen: ago(99)})
	e.Exceptions = []estate.Exception{{Rule: "inactive-users", Subject: "x@acme.com"}}
	if p := jira(t, e); p.Classes[seats.Excepted] != 2 || len(p.Candidates) != 1 {
		t.Errorf("got %d excepted, %d candidates; want 2, 1", p.Classes[seats.Excepted], len(p.Candidates))
	}
}

func TestLeave(t *testing.T) {
	for _, c := range []struct {
		name  string
		until string
		email string
		want  seats.Class
		told  bool
	}{
		{"until a later day", ago(-30), "ann@acme.com", seats.OnLeave, false},
		{"until today, inclusive", ago(0), "ann@acme.com", seats.OnLeave, false},
		{"ended yesterday", ago(1), "ann@acme.com", seats.Inactive, true},
		{"not on leave", "", "ann@acme.com", seats.Inactive, false},
		{"somebody else", ago(-30), "bo@acme.com", seats.Inactive, false},
	} {
		e := estateOf(account{id: "a", email: "ann@acme.com", seen: ago(99)}, account{id: "b", email: "ann@acme.com", seen: ago(1)}, account{id: "c", seen: ago(99)})
		e.People = []estate.Person{{Email: c.email, LeaveUntil: world.Day(c.until), Needs: estate.No, Source: diag.Source{File: "people.csv", Line: 2}}}
		r := judge(e)
		p := r.Find("acme", "jira")
		if p.Seats[0] != c.want || p.Seats[1] != seats.Active || p.Seats[2] != seats.Inactive || p.Users != 3 {
			t.Errorf("%s: got classes %v of %d users, want %s, active, inactive of 3", c.name, p.Seats, p.Users, c.want)
		}
		reason := ""
		if c.want == seats.OnLeave {
			reason = "on leave until " + c.until
		}
		if got := reasonOf(r, p, 0); got != reason {
			t.Errorf("%s: got reason %q, want %q", c.name, got, reason)
		}
		if (len(r.Diagnostics) == 1) != c.told {
			t.Errorf("%s: got %v, want a remark %v", c.name, r.Diagnostics, c.told)
		}
		for _, d := range r.Diagnostics {
			if strings.Contains(d.String(), "@") || d.Source.Line != 0 {
				t.Errorf("%s: %s names a person", c.name, d)
			}
		}
	}
}

func TestExceptionsThatDoNothingAreTold(t *testing.T) {
	e := estateOf(account{id: "a", seen: ago(99)})
	e.Exceptions = []estate.Exception{
		{Rule: "*", Subject: "a", Until: world.Day("2026-01-01")},
		{Rule: "inactive-users", Subject: "nobody@acme.com"},
		{Rule: "*", Subject: "some-app"}, // may serve another rule
		{Rule: "app-trust", Subject: "nothing"},
	}
	e.Subscriptions = []estate.Subscription{{Kind: estate.AppKind, Key: "some-app", Site: "acme", Host: "jira"}}
	d := judge(e).Diagnostics
	world.Said(t, d, diag.Warning, "ended on 2026-01-01")
	world.Said(t, d, diag.Warning, "matches no account")
	if len(d) != 2 {
		t.Errorf("got %v, want the ended one and the one that matches nobody", d)
	}
}

// TestNonbillablePolicy: an account under such a policy is a seat, but no
// candidate.
//
// METHOD 1.14.
func TestNonbillablePolicy(t *testing.T) {
	e := estateOf(account{id: "a", name: "Release train", seen: "never", added: ago(900)}, account{id: "b", name: "Somebody", seen: "never", added: ago(900)})
	e.Accounts[0].Nonbillable = true
	r := judge(e)
	p := r.Products[0]
	if p.Users != 2 || p.Seats[0] != seats.ServiceAccount || p.Seats[1] != seats.NeverUsed || len(p.Candidates) != 1 {
		t.Errorf("%d users, %v, %d candidates", p.Users, p.Seats, len(p.Candidates))
	}
	if got := reasonOf(r, p, 0); got != "nonbillable policy" {
		t.Errorf("reason %q", got)
	}
}

// TestAccountsByBand: a list without access columns gives accounts by band,
// of those it names as active, and neither users nor seats.
//
// METHOD 1.4.
func TestAccountsByBand(t *testing.T) {
	e := estateOf(
		account{id: "a", seen: ago(3)}, account{id: "b", seen: ago(70)}, account{id: "c", seen: "never"}, account{id: "d"},
		account{id: "e", seen: ago(3)}, account{id: "f", seen: ago(3), app: true}, account{id: "g", seen: ago(3), status: estate.Deactivated},
	)
	e.Access[0].Roles = nil
	e.Access[0].Listed = []bool{true, true, true, true, false, true, true}
	p := jira(t, e)
	if p.Known() || p.Seats != nil || !p.ListsAccounts {
		t.Errorf("%+v", p)
	}
	for band, n := range map[seats.Band]int{seats.To29: 1, seats.To89: 1, seats.BandNever: 1, seats.BandUnknown: 1, seats.From180: 0} {
		if p.AccountBands[band] != n {
			t.Errorf("band %s: %d accounts, want %d", band, p.AccountBands[band], n)
		}
	}
}

// Accounts in use are judged like seats: by the policy's limits, by the day of
// adding, and with the protection of bots.
//
// METHOD 1.4.
func TestAccountsInUse(t *testing.T) {
	e := estateOf(
		account{id: "a", seen: ago(59)}, account{id: "b", seen: ago(60)}, account{id: "c", seen: "never", added: ago(30)}, account{id: "d"},
		account{id: "e", seen: "never", added: ago(29)}, account{id: "f", name: "bot-x", seen: ago(300)}, account{id: "g", seen: ago(3), status: estate.Deactivated},
	)
	e.Access[0].Roles = nil
	e.Access[0].Listed = []bool{true, true, true, true, true, true, true}
	if p := jira(t, e); p.AccountsInUse != 4 { // a; d, of whom nothing is known; e, who is new; the bot
		t.Errorf("%d accounts in use, want 4", p.AccountsInUse)
	}
}

func TestBotPatterns(t *testing.T) {
	for _, c := range []struct {
		name, email string
		bot         bool
	}{
		{"bot-deploy", "", true}, {"Deploy-Bot", "", true}, {"Deploy BOT", "", true}, {"Abbot", "", false}, {"Robot Jones", "", false},
		{"SVC-backup", "", true}, {"Automation for Jira", "", true}, {"Jira Automation", "", true}, {"service-desk", "", true}, {"CI-runner", "", true}, {"Cicero", "", false},
		{"", "noreply@acme.com", true}, {"", "no-reply@acme.com", true}, {"", "deploy-bot@acme.com", true}, {"Ann", "ann@acme.com", false},
	} {
		p := jira(t, estateOf(account{id: "a", name: c.name, email: c.email, seen: ago(99)}))
		if got := p.Seats[0] == seats.ServiceAccount; got != c.bot {
			t.Errorf("%q %q: bot %v, want %v", c.name, c.email, got, c.bot)
		}
	}
	r := judge(estateOf(account{id: "a", name: "bot-x", seen: ago(99)}))
	if got := reasonOf(r, r.Products[0], 0); got != "matches the bot pattern bot-*" {
		t.Errorf("reason: got %q", got)
	}
}

// METHOD 1.16.
func TestCandidateOrder(t *testing.T) {
	policy := config.DefaultPolicy()
	policy.NeverWithoutAdded = true
	e := estateOf(
		account{id: "a", seen: ago(60)},
		account{id: "b", seen: ago(400)},
		account{id: "c", seen: "never", added: ago(40)},
		account{id: "d", seen: ago(400)},
		account{id: "e", seen: "never", added: ago(900)},
		account{id: "f", seen: ago(59)},
		account{id: "g", seen: "never", added: ago(900)},
	)
	p := seats.Judge(e, &policy, asOf).Find("acme", "jira")
	var got []string
	for _, i := range p.Candidates {
		got = append(got, e.Accounts[i].ID)
	}
	// Never used first, the oldest account first; then the oldest last use; ties by id.
	if want := []string{"e", "g", "c", "b", "d", "a"}; !slices.Equal(got, want) {
		t.Errorf("order of removal: got %v, want %v", got, want)
	}
}

// METHOD 1.3.
func TestOriginsOfUsers(t *testing.T) {
	count := func(site, product, on string, users int) estate.UserCount {
		return estate.UserCount{Site: site, Product: product, Date: world.Day(on), Users: users}
	}
	licensed := func(n int, status estate.SubscriptionStatus) estate.Subscription {
		return estate.Subscription{Kind: estate.ProductKind, Key: "jira", Site: "acme", Licensed: n, HasLicensed: n > 0, Status: status}
	}
	none := func() *estate.Estate { return &estate.Estate{} }
	for _, c := range []struct {
		name   string
		e      func() *estate.Estate
		users  int
		origin seats.Origin
	}{
		{"an access column with 0 seats is a known 0", func() *estate.Estate {
			e := estateOf(account{id: "a", status: estate.Suspended})
			e.UserCounts, e.Subscriptions = []estate.UserCount{count("acme", "jira", ago(1), 5)}, []estate.Subscription{licensed(80, estate.SubActive)}
			return e
		}, 0, seats.FromAccess},
		{"a count 31 days old", func() *estate.Estate {
			e := none()
			e.UserCounts, e.Subscriptions = []estate.UserCount{count("acme", "jira", ago(31), 50)}, []estate.Subscription{licensed(80, estate.SubActive)}
			return e
		}, 50, seats.FromCounts},
		{"a count 32 days old does not count", func() *estate.Estate {
			e := none()
			e.UserCounts, e.Subscriptions = []estate.UserCount{count("acme", "jira", ago(32), 50)}, []estate.Subscription{licensed(80, estate.SubActive)}
			return e
		}, 80, seats.FromLicensed},
		{"the newest count", func() *estate.Estate {
			e := none()
			e.UserCounts = []estate.UserCount{count("acme", "jira", ago(9), 50), count("acme", "jira", ago(2), 51), count("acme", "jira", ago(5), 52),
				count("acme", "jira", ago(-1), 99), count("other", "jira", ago(1), 98), count("acme", "confluence", ago(1), 97)}
			return e
		}, 51, seats.FromCounts},
		{"licensed, the largest row that is not cancelled", func() *estate.Estate {
			e := none()
			e.Subscriptions = []estate.Subscription{licensed(80, estate.SubTrial), licensed(60, estate.SubActive), licensed(900, estate.SubCancelled)}
			return e
		}, 80, seats.FromLicensed},
		{"access without roles is no count", func() *estate.Estate {
			e := estateOf(account{id: "a", seen: ago(1)})
			e.Access[0].Roles = nil
			e.Subscriptions = []estate.Subscription{licensed(80, estate.SubActive)}
			return e
		}, 80, seats.FromLicensed},
		{"the installed licence, before the number paid for", func() *estate.Estate {
			e := none()
			e.UserCounts = []estate.UserCount{count("acme", "jira", ago(32), 50)}
			e.Licences = []estate.Licence{
				{Kind: estate.AppKind, Site: "acme", Key: "jira", Current: 1, HasCurrent: true}, {Kind: estate.ProductKind, Site: "other", Key: "jira", Current: 2, HasCurrent: true},
				{Kind: estate.ProductKind, Site: "acme", Key: "jira", Users: 500, Current: 431, HasCurrent: true},
			}
			e.Subscriptions = []estate.Subscription{licensed(500, estate.SubActive)}
			return e
		}, 431, seats.FromLicence},
		{"a count that is new enough, before the installed licence", func() *estate.Estate {
			e := none()
			e.UserCounts = []estate.UserCount{count("acme", "jira", ago(31), 50)}
			e.Licences = []estate.Licence{{Kind: estate.ProductKind, Site: "acme", Key: "jira", Current: 431, HasCurrent: true}}
			return e
		}, 50, seats.FromCounts},
		{"an installed licence that counts 0 users: a known 0", func() *estate.Estate {
			e := none()
			e.Licences = []estate.Licence{{Kind: estate.ProductKind, Site: "acme", Key: "jira", HasCurrent: true}}
			return e
		}, 0, seats.FromLicence},
		{"an installed licence that does not count", func() *estate.Estate {
			e := none()
			e.Licences = []estate.Licence{{Kind: estate.ProductKind, Site: "acme", Key: "jira", Users: 500}}
			e.Subscriptions = []estate.Subscription{licensed(80, estate.SubActive)}
			return e
		}, 80, seats.FromLicensed},
		{"nothing", func() *estate.Estate {
			e := none()
			e.Subscriptions = []estate.Subscription{licensed(0, estate.SubActive)}
			return e
		}, 0, seats.NotKnown},
	} {
		p := jira(t, c.e())
		if p.Origin != c.origin || p.Origin != seats.NotKnown && p.Users != c.users || p.Known() != (c.origin != seats.NotKnown) {
			t.Errorf("%s: got %d from %s, want %d from %s", c.name, p.Users, p.Origin, c.users, c.origin)
		}
	}
}

func TestSeenColumnMissing(t *testing.T) {
	e := estateOf(account{id: "a"}, account{id: "b"})
	e.Access[0].Seen = nil
	if p := jira(t, e); p.Classes[seats.Unknown] != 2 || p.Users != 2 || len(p.Candidates) != 0 {
		t.Errorf("no last-seen column: got classes %v of %d users, %d candidates; want both unknown, none", p.Classes, p.Users, len(p.Candidates))
	}
}

// METHOD 1.20.
func TestPlannedHeadcount(t *testing.T) {
	e := estateOf(account{id: "a", seen: ago(0)}, account{id: "b", seen: ago(0)}, account{id: "c", seen: ago(0)})
	change := func(on string, n int) estate.HeadcountChange {
		return estate.HeadcountChange{Date: world.Day(on), Site: "acme", Product: "jira", Change: n}
	}
	e.Headcount = []estate.HeadcountChange{change(ago(0), 100), change("2026-11-22", 20), change("2027-01-01", -30), change("2027-02-01", 9),
		{Date: world.Day("2026-12-01"), Site: "acme", Product: "confluence", Change: 500}, {Date: world.Day("2026-12-01"), Site: "other", Product: "jira", Change: 500}}
	r := judge(e)
	p := r.Find("acme", "jira")
	for _, c := range []struct {
		on            string
		removed, want int
	}{
		{"2026-11-21", 0, 3}, // dated as-of: in the export already
		{"2026-11-22", 0, 23}, {"2026-12-31", 0, 23}, {"2026-12-31", 2, 21},
		{"2027-01-01", 0, 0}, // 3 + 20 - 30, never below 0
		{"2027-02-01", 0, 2}, {"2027-02-01", 3, 0},
		{"2026-11-21", 5, 0},
	} {
		if got := p.On(world.Day(c.on), c.removed); got != c.want {
			t.Errorf("users on %s after removing %d: got %d, want %d", c.on, c.removed, got, c.want)
		}
	}
	world.Said(t, r.Diagnostics, diag.Warning, "planned change of +100 users")
	if len(p.Changes()) != 3 {
		t.Errorf("changes: got %d, want the 3 after as-of", len(p.Changes()))
	}
}

// METHOD 1.6, 1.10.
func TestProductsOfAFamily(t *testing.T) {
	sub := func(key string, status estate.SubscriptionStatus) estate.Subscription {
		return estate.Subscription{Kind: estate.ProductKind, Key: key, Site: "acme", Status: status}
	}
	for _, c := range []struct {
		name string
		subs []estate.Subscription
		want string
	}{
		{"an access column counts, subscribed or not", nil, "jira"},
		{"a row without a column counts", []estate.Subscription{sub("jira-service-management", estate.SubActive)}, "jira jira-service-management"},
		{"a trial counts", []estate.Subscription{sub("jira-service-management", estate.SubTrial)}, "jira jira-service-management"},
		{"a cancelled row does not", []estate.Subscription{sub("jira-service-management", estate.SubCancelled)}, "jira"},
		{"cancelled with a column: no longer", []estate.Subscription{sub("jira", estate.SubCancelled)}, ""},
		{"one of two rows cancelled", []estate.Subscription{sub("jira", estate.SubCancelled), sub("jira", estate.SubActive)}, "jira"},
		{"another family", []estate.Subscription{sub("confluence", estate.SubActive)}, "jira"},
	} {
		e := estateOf(account{id: "a", seen: ago(0)})
		e.Subscriptions = c.subs
		e.UserCounts = []estate.UserCount{{Site: "acme", Product: "jira-work-management", Date: asOf, Users: 9}} // a count alone does not
		var got []string
		for _, p := range judge(e).Family("acme", "jira") {
			got = append(got, p.Key)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s: got %q, want %q", c.name, g, c.want)
		}
	}
}

// Classes and bands add up to the users, whatever the accounts.
func TestClassesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) account {
			return account{
				id:     rapid.StringMatching("[a-z]{6}").Draw(t, "id"),
				name:   rapid.SampledFrom([]string{"Ann", "bot-a", ""}).Draw(t, "name"),
				seen:   rapid.SampledFrom([]string{"", "never", ago(0), ago(59), ago(60), ago(500), ago(-3), ago(-900)}).Draw(t, "seen"),
				added:  rapid.SampledFrom([]string{"", ago(1), ago(30), ago(900), ago(-5)}).Draw(t, "added"),
				status: estate.Status(rapid.IntRange(1, 3).Draw(t, "status")),
				role:   estate.Role(rapid.IntRange(1, 2).Draw(t, "role")),
				email:  rapid.SampledFrom([]string{"", "away@acme.com", "kept@acme.com", "noreply@acme.com"}).Draw(t, "email"),
				app:    rapid.IntRange(0, 5).Draw(t, "app") == 0,
			}
		}), 0, 40).Draw(t, "accounts")
		want, unread := 0, 0
		for _, a := range accounts {
			switch {
			case a.status != estate.Active || a.app:
			case a.role == estate.UserRole:
				want++
			default:
				unread++
			}
		}
		e := estateOf(accounts...)
		e.People = []estate.Person{{Email: "away@acme.com", LeaveUntil: asOf}}
		e.Exceptions = []estate.Exception{{Rule: "*", Subject: "kept@acme.com"}}
		r := judge(e)
		p := r.Find("acme", "jira")
		classes, bands := 0, 0
		for _, c := range seats.Classes() {
			classes += p.Classes[c]
		}
		for _, b := range seats.Bands() {
			bands += p.Bands[b]
		}
		if p.Counted != want || p.Users != want+unread || p.Unread != unread || classes != want || bands != want {
			t.Fatalf("got %d to %d users, %d in classes, %d in bands; want %d, and %d unread", p.Counted, p.Users, classes, bands, want, unread)
		}
		if got := p.Classes[seats.Inactive] + p.Classes[seats.NeverUsed]; got != len(p.Candidates)+p.NoAdded {
			t.Fatalf("inactive and never: %d, candidates %d and %d without an added date", got, len(p.Candidates), p.NoAdded)
		}
		if p.Classes[seats.Excepted] != r.Protected[0] || p.Kept[0] > r.Protected[0] {
			t.Fatalf("%d excepted, %d protected, %d of them candidates otherwise", p.Classes[seats.Excepted], r.Protected[0], p.Kept[0])
		}
		without := *e
		without.Exceptions = nil
		if got := len(judge(&without).Find("acme", "jira").Candidates); got != len(p.Candidates)+p.Kept[0] {
			t.Fatalf("%d candidates without the exception, %d with it, which keeps %d", got, len(p.Candidates), p.Kept[0])
		}
		for i, c := range p.Seats {
			if c.Protected() && reasonOf(r, p, int32(i)) == "" {
				t.Fatalf("class %s without a reason", c)
			}
		}
	})
}

func TestFindAndWords(t *testing.T) {
	r := judge(estateOf(account{id: "a"}))
	if r.Find("acme", "confluence") != nil || r.Find("other", "jira") != nil {
		t.Error("what no input names: want nil")
	}
	var words []string
	for _, c := range seats.Classes() {
		words = append(words, c.String())
	}
	for _, b := range seats.Bands() {
		words = append(words, b.String())
	}
	if got, want := strings.Join(words, " "), "active new inactive never excepted on-leave service-account unknown 0-29 30-59 60-89 90-179 180+ never unknown"; got != want {
		t.Errorf("words: got %q, want %q", got, want)
	}
}

// Atlassian bills every ordinary account: what looks like a bot is a billed
// seat, of the class service-account, and only an account of type app is none.
//
// METHOD 1.14.
func TestBotsAreSeats(t *testing.T) {
	p := jira(t, estateOf(
		account{id: "a-app", app: true, seen: ago(99)},
		account{id: "b-bot", name: "bot-deploy", seen: ago(99)},
		account{id: "c-mail", email: "noreply@example.com", seen: "never", added: ago(99)},
		account{id: "d-busy", name: "svc-backup", seen: ago(1)},
		account{id: "e-person", name: "Ann Example", seen: ago(99)}))
	want := []seats.Class{seats.NoSeat, seats.ServiceAccount, seats.ServiceAccount, seats.Active, seats.Inactive}
	if p.Users != 4 || !slices.Equal(p.Seats, want) || !slices.Equal(p.Candidates, []int32{4}) {
		t.Errorf("got %d users, %v, candidates %v; want 4, %v, the fifth alone", p.Users, p.Seats, p.Candidates, want)
	}
}

// The bands from the one on in which all seats have reached the limit are past
// it; at a limit inside a band, that band is not.
func TestBandsPastTheLimit(t *testing.T) {
	for limit, want := range map[int]string{
		60: "60-89, 90-179, 180+, never", 61: "90-179, 180+, never", 0: "0-29, 30-59, 60-89, 90-179, 180+, never", 181: "never",
	} {
		var got []string
		for _, b := range seats.Bands() {
			if b.Past(limit) {
				got = append(got, b.String())
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("limit %d: %q, want %q", limit, got, want)
		}
	}
}

// METHOD 1.20.
func TestPlannedChangesOfACancelledProduct(t *testing.T) {
	for _, statuses := range [][]estate.SubscriptionStatus{{estate.SubCancelled}, {estate.SubCancelled, estate.SubActive}, {estate.SubTrial}, nil} {
		e := estateOf(account{id: "a", seen: ago(0)})
		for _, s := range statuses {
			e.Subscriptions = append(e.Subscriptions, estate.Subscription{Kind: estate.ProductKind, Site: "acme", Key: "jira", Status: s})
		}
		e.Headcount = []estate.HeadcountChange{{Date: world.Day("2027-01-01"), Site: "acme", Product: "jira", Change: 30}}
		r := judge(e)
		want := 1
		if len(statuses) == 1 && statuses[0] == estate.SubCancelled {
			want = 0
			world.Said(t, r.Diagnostics, diag.Warning, "+30 users of Jira on acme is ignored")
		}
		if got := len(r.Find("acme", "jira").Changes()); got != want {
			t.Errorf("rows %v: %d planned changes, want %d", statuses, got, want)
		}
	}
}

// reasonOf returns what protects a seat, and why.
func reasonOf(r *seats.Register, p *seats.Product, account int32) string {
	words, written := r.Reason(p, account)
	return strings.TrimSuffix(words+": "+written, ": ")
}
