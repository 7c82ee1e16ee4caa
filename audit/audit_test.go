package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest"
	"tierline/rules"
	"tierline/samples"
)

const page = "# a rule\n\n## Why it matters\n\n## How it is computed\n\n## Limits\n\n## Sources\n\nnone\n"

// rule returns a rule nothing is wrong with.
func rule(id string) *audit.Rule {
	return &audit.Rule{
		ID: id, Title: "something to look at", Page: page, Remediation: "Look at it.",
		Category: audit.CategorySeats, Kind: audit.Risk, Severity: audit.Low, Scope: audit.PerBundle,
		Run: func(context.Context, *audit.Pass) error { return nil },
	}
}

// reporting returns a rule that reports one finding for each bundle.
func reporting(id string) *audit.Rule {
	r := rule(id)
	r.Run = func(_ context.Context, p *audit.Pass) error {
		p.Report(finding(p.Bundle.ID()))
		return nil
	}
	return r
}

func finding(subject string) audit.Finding {
	return audit.Finding{Subject: subject, Title: "a finding", Confidence: audit.Certain, Action: "Do something.", NotCounted: "a test"}
}

// request reads the acme sample; every call gives a request of its own.
func request(t testing.TB, list ...*audit.Rule) *audit.Request {
	t.Helper()
	dir, err := samples.Folder("acme")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ingest.Load(context.Background(), dir, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &audit.Request{
		Estate: l.Estate, Book: l.Book, Config: l.Config, AsOf: l.Config.AsOf, Inputs: l.Inputs, Diagnostics: l.Diagnostics,
		Refused: l.Refused, Rules: list, Version: "test", Digest: strings.Repeat("0", 64),
	}
}

func run(t testing.TB, req *audit.Request) *audit.Result {
	t.Helper()
	r, err := audit.Run(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestValidate(t *testing.T) {
	if err := audit.Validate(rules.All()); err != nil {
		t.Errorf("our own rules: %v", err)
	}
	if err := audit.Validate([]*audit.Rule{rule("one"), rule("one-more")}); err != nil {
		t.Error(err)
	}
	option := func(o audit.Option) func(*audit.Rule) {
		return func(r *audit.Rule) { r.Options = []audit.Option{o} }
	}
	for _, c := range []struct {
		want  string
		spoil func(*audit.Rule)
	}{
		{`rule "Not An Id": the id must be lower-case words joined by '-'`, func(r *audit.Rule) { r.ID = "Not An Id" }},
		{"the id must be", func(r *audit.Rule) { r.ID = "" }},
		{"the id must be", func(r *audit.Rule) { r.ID = "tier--crossing" }},
		{"the title must not be empty", func(r *audit.Rule) { r.Title = "" }},
		{"nor end with a full stop", func(r *audit.Rule) { r.Title = "a title." }},
		{"the remediation must be a sentence", func(r *audit.Rule) { r.Remediation = "look" }},
		{"it has no Run", func(r *audit.Rule) { r.Run = nil }},
		{"category, kind and scope must be set", func(r *audit.Rule) { r.Category = "" }},
		{"category, kind and scope must be set", func(r *audit.Rule) { r.Kind = "" }},
		{"category, kind and scope must be set", func(r *audit.Rule) { r.Scope = "" }},
		{`the page lacks the heading "## Limits"`, func(r *audit.Rule) { r.Page = strings.Replace(page, "## Limits", "# Limits", 1) }},
		{`the page lacks the heading "## Sources"`, func(r *audit.Rule) { r.Page = "" }},
		{`option "near" needs a valid default`, option(audit.Option{Name: "near", Type: audit.WholeNumber, Default: "many", Doc: "How near."})},
		{`option "near" needs a valid default`, option(audit.Option{Name: "near", Type: audit.WholeNumber, Default: "5", Max: 4, Doc: "How near."})},
		{`option "near" needs a valid default`, option(audit.Option{Name: "near", Type: audit.WholeNumber, Default: "5"})},
		{`option "share" needs a valid default`, option(audit.Option{Name: "share", Type: audit.Percentage, Default: "5", Doc: "A share."})},
		{`option "strict" needs a valid default`, option(audit.Option{Name: "strict", Type: audit.YesNo, Default: "perhaps", Doc: "Whether."})},
	} {
		bad := rule("bad")
		c.spoil(bad)
		err := audit.Validate([]*audit.Rule{rule("good"), bad})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
		if _, err := audit.Run(context.Background(), request(t, bad)); err == nil {
			t.Errorf("Run takes a rule of which Validate says %q", c.want)
		}
	}

	// All problems at once, and a rule that is listed twice.
	untitled := rule("twice")
	untitled.Title = ""
	err := audit.Validate([]*audit.Rule{rule("twice"), untitled, {ID: "empty"}})
	for _, want := range []string{`rule "twice": the title`, `rule "twice" is listed twice`, `rule "empty": it has no Run`, `rule "empty": the remediation`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %q", err, want)
		}
	}
}

func TestTypeOptions(t *testing.T) {
	r := rule("tier-crossing")
	r.Options = []audit.Option{
		{Name: "near_users", Type: audit.WholeNumber, Default: "20", Min: 1, Max: 100, Doc: "How near."},
		{Name: "share", Type: audit.Percentage, Default: "5%", Max: 50, Doc: "A share."},
		{Name: "strict", Type: audit.YesNo, Default: "no", Doc: "Whether."},
	}
	seen := func(written map[string]string) (number int, yes bool) {
		t.Helper()
		r.Run = func(_ context.Context, p *audit.Pass) error {
			number, yes = p.Number("near_users")*100+p.Number("share"), p.Yes("strict")
			return nil
		}
		req := request(t, r)
		req.Workers = 1
		req.Config.Rules = options("tier-crossing", written)
		run(t, req)
		return number, yes
	}
	if n, yes := seen(nil); n != 2005 || yes {
		t.Errorf("defaults: %d %v", n, yes)
	}
	if n, yes := seen(map[string]string{"near_users": " 7 ", "share": "12%", "strict": "True"}); n != 712 || !yes {
		t.Errorf("written: %d %v", n, yes)
	}
	if n, _ := seen(map[string]string{"near_users": "1", "share": "50%"}); n != 150 {
		t.Errorf("limits: %d", n)
	}

	written := options("tier-crossing", map[string]string{"near_users": "0", "share": "51%", "strict": "maybe", "near_user": "3", "zzz": "1"})
	written["tier-crosing"] = options("x", map[string]string{"near_users": "1"})["x"]
	written["nothing-like-it"] = nil
	_, err := audit.TypeOptions([]*audit.Rule{r, rule("other")}, written)
	for _, want := range []string{
		`audit.yaml:3: option near_users of rule tier-crossing: "0": expected a number from 1 to 100`,
		`audit.yaml:3: option share of rule tier-crossing: "51%": expected a percentage from 0% to 50%`,
		`audit.yaml:3: option strict of rule tier-crossing: "maybe": expected yes or no`,
		`audit.yaml:3: rule tier-crossing has no option "near_user"; did you mean near_users?`,
		`audit.yaml:3: rule tier-crossing has no option "zzz"; known: near_users, share, strict`,
		`audit.yaml:3: unknown rule "tier-crosing"; did you mean tier-crossing?`,
		`unknown rule "nothing-like-it"; known: other, tier-crossing`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("lacks %q in\n%v", want, err)
		}
	}
	for option, text := range map[string]string{"near_users": "5%", "share": "5", "strict": "1"} {
		if _, err := audit.TypeOptions([]*audit.Rule{r}, options("tier-crossing", map[string]string{option: text})); err == nil {
			t.Errorf("option %s takes %q", option, text)
		}
	}
}

func TestOptionOfPatterns(t *testing.T) {
	r := rule("patterns")
	r.Options = []audit.Option{{Name: "skip", Type: audit.Patterns, Default: "bot-*, *-bot", Doc: "Which."}}
	for written, want := range map[string][]string{
		"":                     {"bot-*", "*-bot"}, // nothing said
		"Svc-*":                {"svc-*"},
		" a* ,, B@example.com": {"a*", "b@example.com"},
		" ":                    nil, // said, and nothing
	} {
		var got []string
		r.Run = func(_ context.Context, p *audit.Pass) error {
			got = p.Patterns("skip")
			return nil
		}
		req := request(t, r)
		req.Workers = 1
		if written != "" {
			req.Config.Rules = options("patterns", map[string]string{"skip": written})
		}
		run(t, req)
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", written, got, want)
		}
	}
}

// options writes options of one rule as audit.yaml would.
func options(rule string, values map[string]string) map[string]map[string]config.Option {
	out := map[string]config.Option{}
	for name, text := range values {
		out[name] = config.Option{Text: text, Source: diag.Source{File: "audit.yaml", Line: 3}}
	}
	return map[string]map[string]config.Option{rule: out}
}

func status(t testing.TB, r *audit.Result, id string) audit.RuleStatus {
	t.Helper()
	i := slices.IndexFunc(r.Rules, func(s audit.RuleStatus) bool { return s.ID == id })
	if i < 0 {
		t.Fatalf("rule %s is not listed", id)
	}
	return r.Rules[i]
}

// A rule that fails or panics takes its own findings with it and nothing else.
func TestFailuresStayTheirOwn(t *testing.T) {
	panics, fails, once := reporting("panics"), reporting("fails"), rule("panics-once")
	panics.Run = func(_ context.Context, p *audit.Pass) error {
		p.Report(finding("half"))
		var nothing *audit.Finding
		p.Report(*nothing)
		return nil
	}
	fails.Run = func(_ context.Context, p *audit.Pass) error {
		p.Report(finding("half"))
		return errors.New("something is missing")
	}
	first := request(t).Estate.Sites()[0]
	once.Run = func(_ context.Context, p *audit.Pass) error {
		if p.Bundle.Site == first {
			panic("only here")
		}
		p.Report(finding(p.Bundle.ID()))
		return nil
	}
	sound := run(t, request(t, reporting("sound")))
	r := run(t, request(t, panics, reporting("sound"), fails, once))
	if r.Run.Complete {
		t.Error("the run is complete although rules failed")
	}
	for id, want := range map[string]string{"panics": "the rule panicked: ", "fails": "something is missing", "panics-once": "the rule panicked: only here"} {
		s := status(t, r, id)
		if s.Status != "failed" || !strings.HasPrefix(s.Reason.Text, want) {
			t.Errorf("%s: %s, %q", id, s.Status, s.Reason)
		}
		if !slices.ContainsFunc(r.Diagnostics, func(d diag.Diagnostic) bool {
			return d.Level == diag.Incomplete && strings.HasPrefix(d.Message, "rule "+id+" failed: ")
		}) {
			t.Errorf("no remark on the failure of %s", id)
		}
	}
	of := func(r *audit.Result, id string) (out []string) {
		for _, f := range r.Findings {
			if f.Rule == id {
				out = append(out, f.ID)
			}
		}
		return out
	}
	if got := of(r, "panics"); got != nil {
		t.Errorf("findings of a rule that panicked: %v", got)
	}
	if got := of(r, "fails"); got != nil {
		t.Errorf("findings of a rule that failed: %v", got)
	}
	if got, want := of(r, "sound"), of(sound, "sound"); len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("findings of the other rule: %v, want %v", got, want)
	}
	if s := status(t, r, "sound"); s.Status != "ran" || s.Findings != len(of(r, "sound")) {
		t.Errorf("status of the other rule: %+v", s)
	}
	if r.Plan.Totals != sound.Plan.Totals {
		t.Error("a failing rule changed the totals")
	}
}

// A rule that lacks an input is skipped with the reason; the run stays
// complete.
func TestMissingNeedsSkip(t *testing.T) {
	called := atomic.Bool{}
	needs := rule("needs-users")
	needs.Needs = []audit.Need{audit.NeedAccess, audit.NeedLastSeen, audit.NeedPrices, "a table nobody has"}
	needs.Run = func(context.Context, *audit.Pass) error { called.Store(true); return nil }
	for _, scope := range []audit.Scope{audit.PerBundle, audit.PerOrganisation} {
		needs.Scope = scope
		req := request(t, needs, reporting("other"))
		for i := range req.Estate.Access {
			req.Estate.Access[i].Seen = nil
		}
		r := run(t, req)
		s := status(t, r, "needs-users")
		if s.Status != "skipped" || s.Reason.Text != "needs "+string(audit.NeedLastSeen)+" and a table nobody has" {
			t.Errorf("%s: %q", s.Status, s.Reason)
		}
		if called.Load() {
			t.Error("a skipped rule was run")
		}
		if !r.Run.Complete {
			t.Errorf("the run is incomplete: %v", r.Diagnostics)
		}
		if status(t, r, "other").Status != "ran" {
			t.Error("the other rule did not run")
		}
	}
	needs.Needs = needs.Needs[:3]
	r := run(t, request(t, needs))
	if status(t, r, "needs-users").Status != "ran" || !called.Load() {
		t.Error("the rule was not run although nothing is missing")
	}
}

func TestScopes(t *testing.T) {
	bundles, organisation := atomic.Int32{}, atomic.Int32{}
	each, whole := rule("each"), rule("whole")
	each.Run = func(_ context.Context, p *audit.Pass) error {
		if p.Bundle == nil {
			return errors.New("no bundle")
		}
		bundles.Add(1)
		return nil
	}
	whole.Scope = audit.PerOrganisation
	whole.Run = func(_ context.Context, p *audit.Pass) error {
		if p.Bundle != nil {
			return errors.New("a bundle")
		}
		organisation.Add(1)
		p.Report(finding("everything"))
		return nil
	}
	r := run(t, request(t, each, whole))
	if !r.Run.Complete || int(bundles.Load()) != len(r.Positions) || organisation.Load() != 1 {
		t.Errorf("%d runs for %d bundles, %d for the organisation; %v", bundles.Load(), len(r.Positions), organisation.Load(), r.Rules)
	}
	if f := r.Findings[0]; f.Bundle != "" || f.Rule != "whole" || f.ID != "whole/everything" || f.Severity != audit.Low {
		t.Errorf("%+v", f)
	}
}

// The number of workers and the order in which rules are listed or finish
// change nothing but the order of the list of rules.
func TestOrderDoesNotMatter(t *testing.T) {
	list := append(rules.All(), reporting("a-rule"), reporting("z-rule"), everything())
	text := func(req *audit.Request) string {
		r := run(t, req)
		slices.SortFunc(r.Rules, func(a, b audit.RuleStatus) int { return strings.Compare(a.ID, b.ID) })
		out, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var people []audit.SeatRow
		for p := range r.People {
			people = append(people, p)
		}
		rows, err := json.Marshal(people)
		if err != nil {
			t.Fatal(err)
		}
		return string(out) + string(rows)
	}
	first := request(t, list...)
	first.Workers = 1
	want := text(first)
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		req := request(t, slices.Clone(list)...)
		req.Workers = []int{1, 16, 0, 3}[seed%4]
		rng.Shuffle(len(req.Rules), func(i, j int) { req.Rules[i], req.Rules[j] = req.Rules[j], req.Rules[i] })
		if got := text(req); got != want {
			t.Fatalf("seed %d with %d workers gives another result", seed, req.Workers)
		}
	}
}

// everything returns a rule whose findings differ in one thing each, so that
// every part of their order is needed.
func everything() *audit.Rule {
	r := rule("everything")
	r.Scope = audit.PerOrganisation
	r.Run = func(_ context.Context, p *audit.Pass) error {
		for _, severity := range []audit.Severity{audit.Low, audit.Critical} {
			for _, amount := range []money.Amount{{}, money.Minor(100, "USD"), money.Minor(200, "USD")} {
				for _, subject := range []string{"b", "a"} {
					for _, title := range []string{"two", "one"} {
						f := finding(subject)
						f.Severity, f.Amount, f.Title = severity, amount, title
						p.Report(f)
					}
				}
			}
		}
		return nil
	}
	return r
}

func TestFindingsHaveATotalOrder(t *testing.T) {
	r := run(t, request(t, reporting("z-rule"), everything(), reporting("a-rule")))
	key := func(f audit.Finding) (int, int64, string, string, string) {
		return -int(f.Severity), -f.Amount.MinorUnits(), f.Rule, f.Subject, f.Title
	}
	for i := 1; i < len(r.Findings); i++ {
		a, b := r.Findings[i-1], r.Findings[i]
		s1, m1, r1, u1, t1 := key(a)
		s2, m2, r2, u2, t2 := key(b)
		less := s1 < s2 || s1 == s2 && (m1 < m2 || m1 == m2 && (r1 < r2 || r1 == r2 && (u1 < u2 || u1 == u2 && t1 < t2)))
		if !less {
			t.Errorf("%+v stands before %+v", a, b)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if r, err := audit.Run(ctx, request(t, reporting("one"))); !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("cancelled before: %v, %v", r, err)
	}

	// Cancelled by the first unit: the others are not started, nothing is
	// reported as failed.
	ctx, stop = context.WithCancel(context.Background())
	defer stop()
	started := atomic.Int32{}
	r := rule("stops")
	r.Run = func(ctx context.Context, _ *audit.Pass) error {
		started.Add(1)
		stop()
		return ctx.Err()
	}
	req := request(t, r)
	req.Workers = 1
	if result, err := audit.Run(ctx, req); !errors.Is(err, context.Canceled) || result != nil {
		t.Errorf("cancelled within: %v, %v", result, err)
	}
	if started.Load() != 1 {
		t.Errorf("%d units were started", started.Load())
	}
}

// Exceptions mark the findings of their rule and change neither amounts nor
// actions; only those of inactive-users and of every rule change seats (METHOD 1.15).
func TestExceptionsMarkFindings(t *testing.T) {
	asOf := request(t).AsOf
	plain := run(t, request(t, subjects(), reporting("other")))
	for _, c := range []struct {
		name      string
		exception estate.Exception
		marked    []string
	}{
		{"itself", estate.Exception{Rule: "subjects", Subject: "acme-eng/jira"}, []string{"subjects/acme-eng/jira", "subjects/acme-eng/jira/over-10"}},
		{"longer subject", estate.Exception{Rule: "subjects", Subject: "acme-eng/jira/over-10"}, []string{"subjects/acme-eng/jira/over-10"}},
		{"an app by its key", estate.Exception{Rule: "subjects", Subject: "com.northbeam.timesheets"}, []string{"subjects/acme-biz/app/com.northbeam.timesheets", "subjects/acme-eng/app/com.northbeam.timesheets"}},
		{"an app of one site", estate.Exception{Rule: "subjects", Subject: "acme-eng/com.northbeam.timesheets"}, []string{"subjects/acme-eng/app/com.northbeam.timesheets"}},
		{"wildcard", estate.Exception{Rule: "subjects", Subject: "acme-biz/*"}, []string{"subjects/acme-biz/app/com.northbeam.timesheets"}},
		{"another case in the finding", estate.Exception{Rule: "subjects", Subject: "shouting"}, []string{"subjects/SHOUTING"}},
		{"every rule, one app", estate.Exception{Rule: "*", Subject: "acme-eng/com.northbeam.timesheets"}, []string{"subjects/acme-eng/app/com.northbeam.timesheets"}},
		{"last day", estate.Exception{Rule: "subjects", Subject: "acme-eng/jira/over-10", Until: asOf}, []string{"subjects/acme-eng/jira/over-10"}},
		{"ended", estate.Exception{Rule: "subjects", Subject: "acme-eng/jira", Until: asOf.AddDays(-1)}, nil},
		{"another rule", estate.Exception{Rule: "other", Subject: "nothing-like-it"}, nil},
		{"every rule, everything", estate.Exception{Rule: "*", Subject: "*"}, nil},
		{"app is no product", estate.Exception{Rule: "subjects", Subject: "acme-eng/app"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.exception.Reason, c.exception.Owner = "agreed", "Team A"
			c.exception.Source = diag.Source{File: "exceptions.csv", Line: 99}
			req := request(t, subjects(), reporting("other"))
			req.Estate.Exceptions = append(req.Estate.Exceptions, c.exception)
			r := run(t, req)
			var marked []string
			for _, f := range r.Findings {
				if f.Excepted.File != "" {
					marked = append(marked, f.ID)
					if f.Excepted != c.exception.Source {
						t.Errorf("%s is excepted by %s", f.ID, f.Excepted)
					}
				}
			}
			slices.Sort(marked)
			if !slices.Equal(marked, c.marked) {
				t.Errorf("marked %v, want %v", marked, c.marked)
			}
			if c.exception.Subject != "*" && (r.Plan.Totals != plain.Plan.Totals || len(r.Plan.Actions) != len(plain.Plan.Actions)) {
				t.Error("the exception changed the plan")
			}
			if len(r.Findings) != len(plain.Findings) {
				t.Error("the exception took findings away")
			}
			if len(r.Exceptions) != len(plain.Exceptions)+1 {
				t.Errorf("%d exceptions are listed", len(r.Exceptions))
			}
		})
	}
}

// subjects returns a rule that reports subjects of every form.
func subjects() *audit.Rule {
	r := rule("subjects")
	r.Scope = audit.PerOrganisation
	r.Run = func(_ context.Context, p *audit.Pass) error {
		for _, s := range []string{"acme-eng/jira", "acme-eng/jira/over-10", "acme-eng/app/com.northbeam.timesheets", "acme-biz/app/com.northbeam.timesheets", "SHOUTING"} {
			p.Report(finding(s))
		}
		return nil
	}
	return r
}

func TestUselessExceptionsAreRemarkedOn(t *testing.T) {
	skipped := rule("skipped")
	skipped.Needs = []audit.Need{audit.NeedPriceChanges, audit.NeedAccess}
	req := request(t, subjects(), skipped)
	req.Estate.Access = nil
	asOf := req.AsOf
	remarks := func(x estate.Exception) (out []string) {
		x.Reason, x.Source = "agreed", diag.Source{File: "exceptions.csv", Line: 99}
		again := *req
		again.Estate = &estate.Estate{Organisation: "x", Subscriptions: req.Estate.Subscriptions, Exceptions: []estate.Exception{x}}
		for _, d := range run(t, &again).Diagnostics {
			if d.Source.Line == 99 {
				if d.Level != diag.Warning {
					t.Errorf("level %s: %s", d.Level, d.Message)
				}
				out = append(out, d.Message)
			}
		}
		return out
	}
	for _, c := range []struct {
		exception estate.Exception
		want      string
	}{
		{estate.Exception{Rule: "subject", Subject: "acme-eng/jira"}, "the exception is for a rule that there is not, and protects nothing; did you mean subjects?"},
		{estate.Exception{Rule: "subjects", Subject: "nobody"}, "the exception matches no finding of subjects"},
		{estate.Exception{Rule: "subjects", Subject: "acme-eng/jira"}, ""},
		{estate.Exception{Rule: "skipped", Subject: "nobody"}, ""},
		{estate.Exception{Rule: "subjects", Subject: "acme-eng/jira", Until: asOf}, ""},
	} {
		if got := strings.Join(remarks(c.exception), "|"); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.exception.Rule, c.exception.Subject, got, c.want)
		}
	}
}

// TestFindingsNameTheirActions: an action lists the rules whose findings it
// counts, each once and in order.
func TestFindingsNameTheirActions(t *testing.T) {
	plan := run(t, request(t)).Plan
	id := plan.Actions[0].ID
	counting := func(name string) *audit.Rule {
		r := rule(name)
		r.Scope = audit.PerOrganisation
		r.Run = func(_ context.Context, p *audit.Pass) error {
			for range 2 {
				f := finding(name)
				f.Counted, f.PlanAction, f.NotCounted = true, id, ""
				p.Report(f)
			}
			return nil
		}
		return r
	}
	r := run(t, request(t, counting("zebra"), counting("ant")))
	if got := strings.Join(r.Plan.Actions[0].Rules, " "); got != "ant zebra" {
		t.Errorf("%s is counted by %q", id, got)
	}
}

func TestResultHasNoNulls(t *testing.T) {
	req := request(t, reporting("one"))
	req.Diagnostics, req.Estate.Exceptions = nil, nil
	out, err := json.Marshal(run(t, req))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"diagnostics", "figures", "findings", "left_out", "classes", "lines", "exceptions", "rules", "depends_on"} {
		if bytes.Contains(out, []byte(`"`+list+`":null`)) {
			t.Errorf("%s is null", list)
		}
	}
}

// METHOD 13.1.
func TestRate(t *testing.T) {
	var p *audit.Pass
	r := rule("rate")
	r.Scope = audit.PerOrganisation
	r.Run = func(_ context.Context, pass *audit.Pass) error { p = pass; return nil }
	result := run(t, request(t, r))
	total := result.Plan.Totals.AsIs
	share := func(percent int64) money.Amount {
		return total.Exact().Mul(money.Ratio(percent, 1000)).Round(total.Currency(), money.UpToUnit)
	}
	soon, later := p.AsOf.AddDays(14), p.AsOf.AddDays(15)
	for _, c := range []struct {
		amount money.Amount
		by     date.Date
		want   audit.Severity
	}{
		{money.Amount{}, soon, audit.Low},
		{money.Zero(total.Currency()), soon, audit.Low},
		{share(9), date.Date{}, audit.Low},
		{share(10), date.Date{}, audit.Medium},
		{share(10).Neg(), later, audit.Medium},
		{share(49), later, audit.Medium},
		{share(50), later, audit.High},
		{share(50), soon, audit.Critical},
		{share(1000), p.AsOf.AddDays(-3), audit.Critical},
		{share(5), soon, audit.Medium},
	} {
		if got := p.Rate(c.amount, c.by); got != c.want {
			t.Errorf("%s by %s: %s, want %s", c.amount, c.by, got, c.want)
		}
	}
	for _, c := range []struct {
		severity audit.Severity
		by       date.Date
		want     audit.Severity
	}{
		{audit.Medium, date.Date{}, audit.Medium},
		{audit.Medium, later, audit.Medium},
		{audit.Medium, soon, audit.High},
		{audit.Critical, soon, audit.Critical},
	} {
		if got := p.Hasten(c.severity, c.by); got != c.want {
			t.Errorf("%s by %s: %s, want %s", c.severity, c.by, got, c.want)
		}
	}
}

// A line is found by site, type and key, an unknown amount is null, and the
// bridge is a list in its order whose changes add up.
//
// METHOD 10.1.
func TestLayoutOfTheResult(t *testing.T) {
	req := request(t)
	blank := req.Estate.Subscriptions[0]
	blank.Key, blank.PricePlan, blank.Kind, blank.Host = "unpriced", "no-such-plan", estate.AppKind, "jira"
	req.Estate.Subscriptions = append(req.Estate.Subscriptions, blank)
	out, err := json.Marshal(run(t, req))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Lines []struct {
			Site, Type, Key string
			AsIs            *string `json:"as_is"`
		}
		Plan struct {
			Totals struct {
				Current     string
				AsIs        string `json:"as_is"`
				Recommended string
			}
			Bridge []struct{ Step, Amount string }
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	seen := map[[3]string]bool{}
	for _, l := range got.Lines {
		id := [3]string{l.Site, l.Type, l.Key}
		if seen[id] || slices.Contains(id[:], "") {
			t.Errorf("line %v: twice, or without a name", id)
		}
		seen[id] = true
		if (l.AsIs == nil) != (l.Key == "unpriced") {
			t.Errorf("line %v: as_is is null: %v", id, l.AsIs == nil)
		}
	}
	if !seen[[3]string{blank.Site, "app", "unpriced"}] {
		t.Error("the line without a price is missing")
	}
	var steps []string
	sum := money.Zero(req.Config.Currency)
	for _, b := range got.Plan.Bridge {
		steps = append(steps, b.Step)
		amount, err := money.ParseAmount(b.Amount, req.Config.Currency)
		if err != nil {
			t.Fatal(err)
		}
		if b.Step != "recommended" {
			sum = sum.Add(amount)
		}
	}
	if want := "as_is right_size clean_up billing_cycle multi_instance quotes recommended"; strings.Join(steps, " ") != want {
		t.Errorf("bridge: got %v, want %s", steps, want)
	}
	first, last := got.Plan.Bridge[0].Amount, got.Plan.Bridge[len(got.Plan.Bridge)-1].Amount
	if first != got.Plan.Totals.AsIs || last != got.Plan.Totals.Recommended || sum.String() != last {
		t.Errorf("bridge from %s by steps to %s, says %s; totals %+v", first, sum, last, got.Plan.Totals)
	}
}
