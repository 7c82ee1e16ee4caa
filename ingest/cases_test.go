package ingest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
)

// Every folder of testdata/cases is a case: input files under in/, and
// want.txt, which says everything that was read from them. A new case needs no
// Go code; go test ./ingest -update writes want.txt, to be compared with
// METHOD 14 by hand.
var update = flag.Bool("update", false, "write the want.txt of every case")

const casesDir = "testdata/cases"

func TestCases(t *testing.T) {
	entries, err := os.ReadDir(casesDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Run(e.Name(), func(t *testing.T) {
			got := readCase(t, filepath.Join(casesDir, e.Name(), "in"))
			name := filepath.Join(casesDir, e.Name(), "want.txt")
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("something else is read (-want +got):\n%s", diff)
			}
		})
	}
}

func readCase(t *testing.T, dir string) string {
	t.Helper()
	l, err := Load(context.Background(), dir, Options{})
	var wrong *ConfigError
	if errors.As(err, &wrong) {
		return "refused: " + err.Error() + "\n"
	}
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, l)
	return dump(l, true)
}

// addsUp checks the promise of the accounting: every row is used, excluded
// for a stated reason or rejected, and every rejected row has a diagnostic.
func addsUp(t interface {
	Helper()
	Errorf(string, ...any)
}, l *Loaded) {
	t.Helper()
	for _, in := range l.Inputs {
		if in.Read != in.Used+in.ExcludedRows()+in.Rejected || in.Used < 0 || in.Joined > in.Used {
			t.Errorf("%s#%s: read %d, but used %d + excluded %d + rejected %d (joined %d)", in.Path, in.Sheet, in.Read, in.Used, in.ExcludedRows(), in.Rejected, in.Joined)
		}
		said := map[[2]int]bool{}
		for _, d := range l.Diagnostics {
			if d.Source.File == in.Path && d.Source.Sheet == in.Sheet && d.Source.Line > 0 && strings.Contains(d.Message, "rejected") {
				place := [2]int{d.Source.Line}
				if in.Delimiter == "" && in.Sheet == "" {
					place[1] = d.Source.Column // several rows of JSON may stand in one line
				}
				said[place] = true
			}
		}
		if len(said) != in.Rejected {
			t.Errorf("%s#%s: %d rows rejected, %d lines named", in.Path, in.Sheet, in.Rejected, len(said))
		}
		kept := 0
		for _, r := range l.Rejected {
			if r.Source.File == in.Path && r.Source.Sheet == in.Sheet && !r.Part {
				kept++
			}
		}
		if kept != in.Rejected {
			t.Errorf("%s#%s: %d rows rejected, %d kept for rejected.csv", in.Path, in.Sheet, in.Rejected, kept)
		}
	}
}

// dump writes everything that was read. Without places it leaves out files,
// lines and remarks, so that two ways to write the same facts compare equal.
func dump(l *Loaded, places bool) string {
	w := &dumper{loaded: l, places: places}
	if places {
		w.inputs()
	}
	w.accounts()
	w.access()
	w.evidence()
	w.cleanUp()
	w.subscriptions()
	w.prices()
	w.rates()
	w.bills()
	w.small()
	if l.Config.Source.File != "" {
		w.configuration()
	}
	if places {
		w.section("diagnostics")
		for _, d := range l.Diagnostics.Sorted() {
			w.line("%s: %s", d.Level, d)
		}
	}
	return strings.TrimPrefix(w.out.String(), "\n")
}

// configuration writes what differs from the defaults.
func (w *dumper) configuration() {
	defaults := config.Default()
	known := strings.Split(defaults.Fingerprint(), "\n")
	w.section("configuration")
	w.line("as of %s", dayText(w.loaded.Config.AsOf))
	for _, s := range strings.Split(w.loaded.Config.Fingerprint(), "\n") {
		if !slices.Contains(known, s) {
			w.line("%s", s)
		}
	}
}

type dumper struct {
	loaded  *Loaded
	places  bool
	out     strings.Builder
	pending string
}

// section begins a part that is written only when it has a line.
func (w *dumper) section(name string) { w.pending = name }

func (w *dumper) line(format string, args ...any) {
	if w.pending != "" {
		fmt.Fprintf(&w.out, "\n%s\n", w.pending)
		w.pending = ""
	}
	w.out.WriteString("  " + strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// at writes a place behind a fact.
func (w *dumper) at(s fmt.Stringer) string {
	if !w.places {
		return ""
	}
	return " (" + s.String() + ")"
}

func (w *dumper) inputs() {
	w.section("inputs")
	for _, in := range w.loaded.Inputs {
		name, how := in.Path, in.Title
		if in.Sheet != "" {
			name += "#" + in.Sheet
		}
		for _, part := range []string{in.Format, in.Encoding, in.Delimiter, in.Dates} {
			if part != "" {
				how += " | " + part
			}
		}
		var excluded []string
		for _, x := range in.Excluded {
			excluded = append(excluded, fmt.Sprintf("%d %s", x.Rows, x.Reason))
		}
		w.line("%s: %s", name, how)
		w.line("  read %d = used %d + excluded %d [%s] + rejected %d; joined %d", in.Read, in.Used, in.ExcludedRows(), strings.Join(excluded, ", "), in.Rejected, in.Joined)
	}
}

func (w *dumper) accounts() {
	w.section("accounts")
	e := w.loaded.Estate
	for i := range e.Accounts {
		a := &e.Accounts[i]
		id := a.ID
		if !w.places {
			id = cell.AccountKey(id)
		}
		flags := ""
		if a.App {
			flags += " | app"
		}
		if a.Nonbillable {
			flags += " | nonbillable"
		}
		w.line("%s | %q | %s | %s | added %s%s%s", id, a.Name, a.Email, a.Status, dayText(a.Added), flags, w.at(e.Source(a)))
	}
}

func (w *dumper) access() {
	e := w.loaded.Estate
	for i := range e.Access {
		a := &e.Access[i]
		what := ""
		if a.Roles == nil {
			what += ", no access column"
		}
		if a.Seen == nil {
			what += ", no last-seen column"
		}
		if signal := strings.Join(a.Signals, ", or "); signal != "last page view of the product" {
			what += ", signal: " + signal
		}
		w.section(fmt.Sprintf("access %s/%s, newest %s%s%s", a.Site, a.Product, dayText(a.Newest), what, w.at(a.Source)))
		for n := range e.Accounts {
			role, seen := "?", "unknown"
			if a.Listed != nil && !a.Listed[n] {
				role = "not listed"
			}
			if a.Roles != nil {
				role = [...]string{"none", "user", "other"}[a.Roles[n]]
			}
			if a.Seen != nil {
				seen = lastSeen(a.Seen[n])
			}
			w.line("%s: %s, %s", cell.AccountKey(e.Accounts[n].ID), role, seen)
		}
	}
}

func (w *dumper) evidence() {
	e := w.loaded.Estate
	for i := range e.Evidence {
		x := &e.Evidence[i]
		w.section("evidence " + x.Name + w.at(x.Source))
		for n := range e.Accounts {
			disabled := ""
			if x.Disabled != nil && x.Disabled[n] {
				disabled = ", disabled"
			}
			w.line("%s: %s%s", cell.AccountKey(e.Accounts[n].ID), lastSeen(x.Seen[n]), disabled)
		}
	}
}

func (w *dumper) cleanUp() {
	c := w.loaded.Estate.CleanUp
	if c == nil {
		return
	}
	w.section("clean-up" + w.at(c.Source))
	for n := range c.Gone {
		if c.Gone[n] {
			w.line("%s: removed, %s", cell.AccountKey(w.loaded.Estate.Accounts[n].ID), lastSeen(c.On[n]))
		}
	}
}

func lastSeen(l estate.LastSeen) string {
	d, ok := l.Date()
	switch {
	case ok:
		return d.String()
	case l.IsNever():
		return "never"
	}
	return "unknown"
}

func (w *dumper) subscriptions() {
	w.section("subscriptions")
	for i := range w.loaded.Estate.Subscriptions {
		s := &w.loaded.Estate.Subscriptions[i]
		parts := []string{s.Kind.String(), s.Site, s.Key, s.Hosting.String(), s.Cycle.String(), s.Basis.String(), "plan " + s.PricePlan, s.LicenceType, s.Status.String(), "renews " + dayText(s.Renewal)}
		add := func(label, value string) {
			if value != "" {
				parts = append(parts, label+" "+value)
			}
		}
		add("name", s.Name)
		add("vendor", s.Vendor)
		add("host", s.Host)
		add("edition", s.Edition)
		if s.HasLicensed {
			add("licensed", fmt.Sprint(s.Licensed))
		}
		if s.HasDiscount {
			add("discount", s.Discount.Percent())
		}
		if s.ContractPrice.Known() {
			add("contract", s.ContractPrice.String()+" "+string(s.ContractPrice.Currency()))
		}
		add("multi-instance", answer(s.MultiInstance))
		add("auto-renew", answer(s.AutoRenew))
		add("owner", s.Owner)
		add("cost centre", s.CostCentre)
		add("entitlement", s.Entitlement)
		w.line("%s%s", strings.Join(parts, " | "), w.at(s.Source))
	}
}

func answer(a estate.Answer) string { return [...]string{"", "yes", "no"}[a] }

func (w *dumper) rates() {
	w.section("rates")
	for _, r := range w.loaded.Estate.Rates {
		w.line("%s on %s: %s, %s%s", r.Currency, dayText(r.Date), r.Rate.Decimal(0), r.Origin, w.at(r.Source))
	}
}

// bills writes quotes and invoices, where there are any.
func (w *dumper) bills() {
	e := w.loaded.Estate
	if len(e.Quotes) > 0 {
		w.section("quotes")
	}
	for _, q := range e.Quotes {
		w.line("%s of %s, until %s, from %s: %s/%s, %d users, %s, %s %s%s", q.Number, q.Date, dayText(q.ValidUntil), dayText(q.From), q.Site, q.Key, q.Users, q.Cycle,
			q.Amount.Grouped(), q.Amount.Currency(), w.at(q.Source))
	}
	if len(e.Invoices) > 0 {
		w.section("invoices")
	}
	for _, i := range e.Invoices {
		w.line("%s of %s, %s to %s: %s/%s, %d users, %s %s%s", i.Number, i.Date, i.From, i.To, i.Site, i.Key, i.Users, i.Amount.Grouped(), i.Amount.Currency(), w.at(i.Source))
	}
}

func (w *dumper) prices() {
	w.section("prices")
	names := slices.Clone(w.loaded.Book.Names())
	for i := range w.loaded.Estate.Subscriptions {
		names = append(names, w.loaded.Estate.Subscriptions[i].PricePlan)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		for _, h := range []pricing.Hosting{pricing.Cloud, pricing.DataCenter} {
			if !w.loaded.Book.Has(name, h) && len(w.loaded.Book.Changes(name, h)) == 0 {
				continue
			}
			for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
				w.timeline(fmt.Sprintf("%s %s %s", name, h, c), w.loaded.Book.Timeline(name, h, c, false))
			}
			for _, c := range w.loaded.Book.Changes(name, h) {
				override := ""
				if c.OverrideDays != nil {
					override = fmt.Sprintf(", override %d days", *c.OverrideDays)
				}
				w.line("%s %s change on %s: %s %s, announced %s%s%s", name, h, c.Effective, c.Percent.Percent(), c.NewPlan, dayText(c.Announced), override, w.at(c.Source))
			}
		}
	}
}

func (w *dumper) timeline(name string, t *pricing.Timeline) {
	if len(t.Versions()) == 0 {
		if _, why := t.At(date.New(2026, 11, 16)); !w.places {
			w.line("%s: none", name)
		} else {
			w.line("%s: none, %s", name, why.Placed())
		}
		return
	}
	for i := range t.Versions() {
		v := &t.Versions()[i]
		from := "always"
		if !v.From.IsZero() {
			from = "from " + v.From.String()
		}
		if _, why := t.At(v.From); why.Given() {
			w.line("%s %s: none, %s", name, from, why.Placed())
			continue
		}
		var tiers []string
		for n := max(1, v.Begins()); len(tiers) < 10; { // a list may begin high
			tier, ok := v.Tier(n)
			if !ok {
				break
			}
			at := tier.To
			if at == 0 {
				at = tier.From
			}
			price, _ := v.Price(at)
			tiers = append(tiers, fmt.Sprintf("%s: %s for %d", tier, price.Decimal(2), at))
			if n = tier.To + 1; tier.To == 0 {
				break
			}
		}
		w.line("%s %s, %s %s: %s%s", name, from, v.Mode(), v.Currency(), strings.Join(tiers, "; "), w.at(v.Source))
	}
}

func (w *dumper) small() {
	e := w.loaded.Estate
	w.section("headcount")
	for _, c := range e.Headcount {
		w.line("%s %s/%s %+d %s%s", c.Date, c.Site, c.Product, c.Change, c.Note, w.at(c.Source))
	}
	w.section("exceptions")
	for _, x := range e.Exceptions {
		w.line("%s | %s | %s | %s | until %s%s", x.Rule, x.Subject, x.Reason, x.Owner, dayText(x.Until), w.at(x.Source))
	}
	w.section("counts")
	for _, c := range e.UserCounts {
		w.line("%s %s/%s %d%s", c.Date, c.Site, c.Product, c.Users, w.at(c.Source))
	}
	w.section("counts of sites")
	for _, c := range e.SiteCounts {
		seats, kind := "-", "exact"
		if c.HasSeats {
			seats = fmt.Sprint(c.Seats)
		}
		if c.Cached {
			kind = "approximate"
		}
		w.line("%s %s/%s %d users, %s seats, %s%s", dayText(c.Day), c.Site, c.Product, c.Users, seats, kind, w.at(c.Source))
	}
	w.section("app usage")
	for _, u := range e.AppUsage {
		assigned := "-"
		if u.HasAssigned {
			assigned = fmt.Sprint(u.Assigned)
		}
		w.line("%s on %s: active %d in %d days, assigned %s, as of %s%s", u.Key, u.Site, u.Active, u.PeriodDays, assigned, dayText(u.AsOf), w.at(u.Source))
	}
	w.facts()
}

func (w *dumper) facts() {
	e := w.loaded.Estate
	w.section("licences")
	for _, l := range e.Licences {
		users, current, valid := fmt.Sprint(l.Users), "-", "valid"
		if l.Unlimited {
			users = "unlimited"
		}
		if l.HasCurrent {
			current = fmt.Sprint(l.Current)
		}
		if !l.Valid {
			valid = "invalid"
		}
		if l.Evaluation {
			valid += ", evaluation"
		}
		w.line("%s | %s | %s | %q | %q | %s | users %s, current %s | %s | %s %s | until %s | %s%s", l.Site, l.Kind, l.Key, l.Name, l.Vendor, l.Hosting, users, current, l.Type, valid, l.Problem, dayText(l.Expires), l.Number, w.at(l.Source))
	}
	w.section("app facts")
	for _, a := range e.AppFacts {
		var hostings []string
		for _, h := range a.Hostings {
			hostings = append(hostings, h.String())
		}
		built := ""
		if a.Framework != "" {
			built = " | built on " + a.Framework
		}
		w.line("%s | %q | %q | on %s | supported %s, archived %s, fortified %s, bounty %s, assessment %s | %s%s | checked on %s%s", a.Key, a.Name, a.Vendor, hostings,
			answer(a.Supported), answer(a.Archived), answer(a.Fortified), answer(a.BugBounty), answer(a.Assessment), a.Partner, built, dayText(a.CheckedOn), w.at(a.Source))
	}
	if len(e.Ends) > 0 {
		w.section("ends of support")
	}
	for _, x := range e.Ends {
		w.line("%s on %s | %s%s", x.Key, x.Date, x.Origin, w.at(x.Source))
	}
	w.section("workload")
	for _, x := range e.Workload {
		open := "-"
		if x.HasOpen {
			open = fmt.Sprint(x.Open)
		}
		w.line("%s on %s/%s: open %s, last %s%s", x.Account, x.Site, x.Product, open, dayText(x.LastItem), w.at(x.Source))
	}
	w.section("people")
	for _, p := range e.People {
		w.line("%s | %s | %s | %s | needs access %s | leave until %s%s", p.Email, p.Department, p.Title, p.CostCentre, answer(p.Needs), dayText(p.LeaveUntil), w.at(p.Source))
	}
}

func dayText(d date.Date) string {
	if d.IsZero() {
		return "-"
	}
	return d.String()
}
