package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 8.4.
func TestHostTierOfToday(t *testing.T) {
	host := world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", "1000:=60000", ":=200000"}}
	build := func(users int, options ...world.Option) *costing.Line {
		w := world.New(t).Prices(host, world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
		if users > 0 {
			w.Seats("jira", users, 0)
		}
		w.Product("jira", pricing.Annual, append(options, world.OnDataCenter, world.Priced("host"))...)
		return w.App("app", "jira", pricing.Annual, world.OnDataCenter, world.Licensed(501)).Line("app")
	}
	for _, c := range []struct {
		name    string
		users   int
		options []world.Option
		want    int
		known   bool
	}{
		{"the top of what it is licensed for, however many its users", 600, []world.Option{world.Licensed(480)}, 500, true},
		{"without a licence that of its users", 600, nil, 1000, true},
		{"an open tier: the quantity", 600, []world.Option{world.Licensed(1200)}, 1200, true},
		{"neither licence nor users", 0, nil, 0, false},
	} {
		l := build(c.users, c.options...)
		if n, _, known := l.HostTier(); n != c.want || known != c.known {
			t.Errorf("%s: got %d (%v), want %d (%v)", c.name, n, known, c.want, c.known)
		}
		if licence, ok := l.Licence(); !ok || licence.Stated != 501 || licence.Covers != 1000 || licence.From != "licensed_users" {
			t.Errorf("%s: licence of the app: got %+v", c.name, licence)
		}
	}
}

func TestLicence(t *testing.T) {
	installed := func(x estate.Licence, options ...world.Option) (costing.Licence, bool) {
		w := world.New(t).Seats("jira", 350, 0).Prices(world.List{Plan: "jira", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", ":=60000"}})
		x.Site, x.Key, x.Hosting = "acme", "jira", pricing.DataCenter
		w.Estate.Licences = []estate.Licence{x}
		return w.Product("jira", pricing.Annual, append(options, world.OnDataCenter)...).Line("jira").Licence()
	}
	for _, c := range []struct {
		name    string
		licence estate.Licence
		options []world.Option
		want    costing.Licence
	}{
		{"the row before the instance", estate.Licence{Users: 900}, []world.Option{world.Licensed(400)}, costing.Licence{Stated: 400, Covers: 500, From: "licensed_users"}},
		{"the instance", estate.Licence{Users: 400}, nil, costing.Licence{Stated: 400, Covers: 500, From: "installed licence"}},
		{"the instance, no limit", estate.Licence{Unlimited: true}, nil, costing.Licence{Open: true, From: "installed licence"}},
		{"a tier without a top", estate.Licence{}, []world.Option{world.Licensed(501)}, costing.Licence{Stated: 501, Open: true, From: "licensed_users"}},
		{"nobody", estate.Licence{}, []world.Option{world.Licensed(0)}, costing.Licence{From: "licensed_users"}},
		{"a contract without a list covers what it says", estate.Licence{}, []world.Option{world.Licensed(400), world.Contract("1.00"), world.Priced("ghost")}, costing.Licence{Stated: 400, Covers: 400, From: "licensed_users"}},
	} {
		got, ok := installed(c.licence, c.options...)
		got.Source = diag.Source{}
		if !ok || got != c.want {
			t.Errorf("%s: got %+v (%v), want %+v", c.name, got, ok, c.want)
		}
	}
	monthly := world.New(t).Seats("jira", 350, 0).Graduated("jira", world.J).Product("jira", pricing.Monthly, world.Licensed(400)).Line("jira")
	if _, ok := monthly.Licence(); ok {
		t.Error("monthly billing follows the users: there is no licence to exceed")
	}
	if _, ok := world.New(t).Seats("jira", 350, 0).Product("jira", pricing.Annual).Line("jira").Licence(); ok {
		t.Error("no licence is stated")
	}
}
