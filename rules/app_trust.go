package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

//go:embed app-trust.md
var appTrustPage string

var appTrust = &audit.Rule{
	ID:          "app-trust",
	Title:       "security programmes missing on apps in use",
	Page:        appTrustPage,
	Remediation: "Ask the vendor for its evidence before the renewal, and renew what is known about the app when it is old.",
	Category:    audit.CategoryApps,
	Kind:        audit.Risk,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedApps},
	Options: []audit.Option{
		{Name: "max_check_age_days", Type: audit.WholeNumber, Default: "180", Min: 1, Max: 3650,
			Doc: "How many days ago an app may have been checked before what is known about it counts as old."},
	},
	Run: runAppTrust,
}

func runAppTrust(_ context.Context, p *audit.Pass) error {
	apps, open := appsInUse(p), gaps{}
	for _, a := range apps {
		if a.fact == nil {
			open.add("no row in apps", a.key, a.name(), diag.Source{}, a.lines...)
			continue
		}
		t := trustOf(p, a)
		for _, reason := range t.open {
			open.add(reason, a.key, a.name(), a.fact.Source, a.lines...)
		}
		if t.wanting() || len(t.open) == 0 {
			p.Examine(a.subject())
		}
		if t.wanting() {
			p.Report(trustFinding(p, a, t))
		}
	}
	open.report(p, apps, "their security programmes, partner level and last check", "Fill in the apps table from each app's Marketplace page.")
	return nil
}

// subject names an app on all its sites.
func (a app) subject() string { return organisation + "/app/" + a.key }

// trust is what the apps table says about the security of an app.
type trust struct {
	cloud    bool     // used on Cloud, where the security programmes are
	missing  []string // programmes answered with no
	programs int      // of them: security programmes, not the partner level
	open     []string // what is not answered, as reasons
	bounty   estate.Answer
	level    string // partner level in words
	age      int    // days since it was checked; 0 when not dated
	old      bool
}

// wanting reports whether there is something to say about the app itself.
func (t *trust) wanting() bool { return len(t.missing) > 0 || t.old }

func trustOf(p *audit.Pass, a app) *trust {
	f := a.fact
	t := &trust{bounty: f.BugBounty}
	t.cloud = slices.ContainsFunc(a.lines, func(l *costing.Line) bool { return l.Sub.Hosting == pricing.Cloud })
	if t.cloud {
		t.programmes(f)
	}
	t.partner(f.Partner)
	if f.CheckedOn.IsZero() {
		t.open = append(t.open, "checked_on is blank")
	} else if t.age = max(p.AsOf.Sub(f.CheckedOn), 0); t.age > p.Number("max_check_age_days") {
		t.old = true
	}
	return t
}

// allProgrammes is how many security programmes there are.
const allProgrammes = 3

// programmes weighs the three security programmes, which are for Cloud apps.
// Taking part in the bug bounty programme is a condition of Cloud Fortified,
// so one answer can stand for the other, and the two can contradict.
func (t *trust) programmes(f *estate.AppFact) {
	if f.Fortified == estate.Yes {
		if t.bounty == estate.No {
			t.open = append(t.open, "cloud_fortified says yes and bug_bounty no, which cannot both hold")
			t.bounty = estate.Unanswered
		} else {
			t.bounty = estate.Yes
		}
	} else {
		t.weigh("cloud_fortified", "Cloud Fortified", f.Fortified)
		t.weigh("bug_bounty", "the bug bounty programme", t.bounty)
	}
	t.weigh("security_self_assessment", "the security self-assessment", f.Assessment)
	t.programs = len(t.missing)
}

func (t *trust) weigh(column, name string, a estate.Answer) {
	switch a {
	case estate.No:
		t.missing = append(t.missing, name)
	case estate.Unanswered:
		t.open = append(t.open, column+" is blank")
	}
}

// partnerLevels are the levels of the Marketplace Partner Program; the table
// takes any text, of which only these are printed.
var partnerLevels = []string{"platinum", "gold", "silver"}

func (t *trust) partner(text string) {
	switch level := strings.ToLower(strings.TrimSpace(text)); {
	case level == "":
		t.level, t.open = "not known", append(t.open, "partner_level is blank")
	case slices.Contains([]string{"none", "no", "-"}, level):
		t.level, t.missing = "none", append(t.missing, "a partner level")
	case slices.Contains(partnerLevels, level):
		t.level = level
	default:
		t.level = "another"
	}
}

func trustFinding(p *audit.Pass, a app, t *trust) audit.Finding {
	f := audit.Finding{
		Subject: a.subject(), Severity: audit.Low, By: dueBefore(p, a.lines...),
		Confidence: audit.Probable, Why: checked(a.fact),
		Figures:  trustFigures(p, a, t),
		Evidence: []audit.Evidence{{Source: a.fact.Source, What: "what is known about the app"}},
		Action:   "Ask the vendor for its own evidence on security before the renewal, and weigh it against what the app may see.",
		// No amount: leaving an app has a price of its own.
		NotCounted: "a risk, not a saving; what is paid today is the spend at stake",
	}
	for _, l := range a.lines {
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	switch {
	case t.programs == allProgrammes:
		f.Severity = audit.Medium
		f.Title = fmt.Sprintf("%s is in none of the security programmes", a.name())
	case len(t.missing) > 0:
		f.Title = fmt.Sprintf("%s is without %s", a.name(), sentence(t.missing))
	default:
		f.Title = fmt.Sprintf("What is known about %s was checked %s ago", a.name(), money.Plural(t.age, "day"))
		f.Action = "Look at its Marketplace page again, and write the day into checked_on."
	}
	if t.old || a.fact.CheckedOn.IsZero() {
		f.Confidence = audit.Possible
	}
	f.Detail = trustDetail(p, a, t)
	return f
}

func trustDetail(p *audit.Pass, a app, t *trust) string {
	var out []string
	if t.programs == allProgrammes {
		out = append(out, fmt.Sprintf("Missing: %s.", sentence(t.missing)))
	}
	if !t.cloud {
		out = append(out, "It is used on Data Center only, where the security programmes do not apply.")
	}
	if len(t.open) > 0 {
		out = append(out, "Not known: "+sentence(t.open)+".")
	}
	if t.old {
		out = append(out, fmt.Sprintf("It was checked %s ago, more than %s.", money.Plural(t.age, "day"), money.Count(p.Number("max_check_age_days"))))
	}
	current := yearToday(p, a.lines)
	if current.Known() {
		out = append(out, fmt.Sprintf("Today it costs %s %s a year%s.", current.Grouped(), current.Currency(), summedOver(len(a.lines))))
	} else {
		out = append(out, "What it costs today is not known for every subscription, or is in several currencies.")
	}
	return strings.Join(out, " ")
}

func trustFigures(p *audit.Pass, a app, t *trust) []audit.Figure {
	var out []audit.Figure
	if t.cloud {
		out = append(out,
			audit.Figure{Name: "cloud_fortified", Label: "Cloud Fortified", Value: answer(a.fact.Fortified)},
			audit.Figure{Name: "bug_bounty", Label: "Bug bounty", Value: answer(t.bounty)},
			audit.Figure{Name: "security_self_assessment", Label: "Security self-assessment", Value: answer(a.fact.Assessment)})
	}
	out = append(out, audit.Figure{Name: "partner_level", Label: "Partner level", Value: t.level})
	if !a.fact.CheckedOn.IsZero() {
		out = append(out, audit.Figure{Name: "checked_on", Label: "Checked on", Value: a.fact.CheckedOn},
			audit.Figure{Name: "age_days", Label: "Days since", Value: t.age})
	}
	return append(out, audit.Figure{Name: "subscriptions", Label: "Subscriptions", Value: len(a.lines)},
		audit.Figure{Name: "current", Label: "Spend at stake today, over twelve months", Value: yearToday(p, a.lines)})
}
