package audityaml

import (
	"maps"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"tierline/audit/config"
	"tierline/audit/money"
	"tierline/ingest/cell"
)

// policy reads the policy of audit.yaml over its defaults.
func (y *reader) policy(n ast.Node, p *config.Policy) {
	const year = 3660
	y.mapping("policy", n, keys{
		"inactive_after_days":      y.number(&p.InactiveAfterDays, 7, year),
		"grace_days":               y.number(&p.GraceDays, 0, year),
		"never_without_added":      y.choice(&p.NeverWithoutAdded, []string{"candidate"}, []string{"review"}),
		"bot_patterns":             func(n ast.Node) { p.BotPatterns = y.texts(n) },
		"audit_window_days":        func(n ast.Node) { y.window(n, &p.AuditWindow) },
		"override_days":            y.number(&p.OverrideDays, 0, year),
		"product_override_days":    y.number(&p.ProductOverrideDays, 0, year),
		"override_same_tier":       y.yesNo(&p.OverrideSameTier),
		"quote_valid_days":         y.number(&p.QuoteValidDays, 0, year),
		"annual_factor":            y.number(&p.AnnualFactor, 1, 12),
		"annual_app_rounding":      y.choice(&p.AnnualAppRoundUp, []string{"up"}, []string{"cent"}),
		"licence_factors":          func(n ast.Node) { y.factors(n, p) },
		"peak_billing":             y.choice(&p.PeakFullPeriod, []string{"full-period"}, []string{"prorated"}),
		"growth":                   func(n ast.Node) { y.growth(n, &p.Growth) },
		"severity":                 func(n ast.Node) { y.severity(n, &p.Severity) },
		"user_counts_max_age_days": y.number(&p.UserCountsMaxAge, 0, year),
		"max_rejected":             y.percent(&p.MaxRejected),
		"max_removals":             y.numberOr(&p.MaxRemovals, "none", cell.MaxCount),
		"keep_cycle":               y.yesNo(&p.KeepCycle),
		"no_quotes":                y.yesNo(&p.NoQuotes),
		"print_owners":             y.yesNo(&p.PrintOwners),
		"keep_runs": func(n ast.Node) {
			if text := y.text(n); !strings.EqualFold(text, "all") {
				y.fail(n, "%q: expected all; no run folder is ever deleted, so remove old ones yourself", text)
			}
		},
	})
}

func (y *reader) texts(n ast.Node) []string {
	out := []string{}
	for _, v := range y.list(n) {
		out = append(out, y.text(v))
	}
	return out
}

// window reads the two ends of the audit window, the earlier first.
func (y *reader) window(n ast.Node, out *[2]int) {
	items := y.list(n)
	if len(items) != 2 {
		y.fail(n, "expected two numbers of days such as [90, 60]")
		return
	}
	for i, v := range items {
		y.number(&out[i], 0, 3660)(v)
	}
	if out[0] < out[1] {
		y.fail(n, "expected the longer time first, such as [90, 60]")
	}
}

func (y *reader) growth(n ast.Node, out *[2]money.Exact) {
	items := y.list(n)
	if len(items) != 2 {
		y.fail(n, "expected two percentages such as [5%%, 10%%]")
		return
	}
	for i, v := range items {
		y.percent(&out[i])(v)
	}
}

// severity reads the table by which findings are rated, over its defaults.
func (y *reader) severity(n ast.Node, out *config.SeverityTable) {
	y.mapping("severity", n, keys{
		"high": y.percent(&out.High), "medium": y.percent(&out.Medium), "urgent_days": y.number(&out.UrgentDays, 0, 3660),
	})
	if out.High.Cmp(out.Medium) < 0 {
		y.fail(n, "expected a share for high that is not below the one for medium, such as {high: 5%%, medium: 1%%}")
	}
}

// factors reads licence factors per hosting over the defaults.
func (y *reader) factors(n ast.Node, p *config.Policy) {
	known := keys{}
	factors := config.LicenceFactors{}
	for _, hosting := range []string{"cloud", "data-center"} {
		factors[hosting] = maps.Clone(p.LicenceFactors[hosting])
		known[hosting] = func(n ast.Node) {
			y.entries("licence_factors "+hosting, n, func(name string, _, value ast.Node) {
				e, err := money.ParseExact(y.text(value))
				if err != nil || e.Sign() < 0 || e.Cmp(money.Int(1)) > 0 {
					y.fail(value, "%q: expected a factor from 0 to 1 such as 0.25", y.text(value))
					return
				}
				factors[hosting][cell.Plain(name)] = e
			})
		}
	}
	y.mapping("licence_factors", n, known)
	p.LicenceFactors = factors
}
