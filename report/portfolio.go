package report

import (
	"fmt"
	"strings"

	"tierline/audit/money"
	"tierline/audit/portfolio"
)

// BuildPortfolio makes the document of a portfolio.
func BuildPortfolio(p *portfolio.Portfolio) *Document {
	return &Document{
		Title: "Licence audits", Organisation: money.Plural(len(p.Estates), "estate"), AsOf: p.Run.AsOf, Complete: p.Run.Complete, Portfolio: p,
		Workbook: portfolioSheets(p), Finance: portfolioPages(p),
	}
}

// totalFigure is a total that a portfolio has in each currency: its key in
// portfolio.json, and what readers call it.
type totalFigure struct {
	name, title string
	of          func(*portfolio.Total) money.Amount
}

func totalFigures() []totalFigure {
	return []totalFigure{
		{"current", "Current", func(t *portfolio.Total) money.Amount { return t.Current }},
		{"as_is", "Renew as is", func(t *portfolio.Total) money.Amount { return t.AsIs }},
		{"recommended", "Recommended", func(t *portfolio.Total) money.Amount { return t.Recommended }},
		{"hard_saving", "Hard saving", func(t *portfolio.Total) money.Amount { return t.HardSaving }},
		{"avoidance", "Avoidance", func(t *portfolio.Total) money.Amount { return t.Avoidance }},
	}
}

// TotalNames lists the keys in portfolio.json of the totals that a portfolio has in
// each currency.
func TotalNames() []string {
	var out []string
	for _, f := range totalFigures() {
		out = append(out, f.name)
	}
	return out
}

// portfolioFigures lists the totals of each currency by their names.
func portfolioFigures(p *portfolio.Portfolio) map[string]money.Amount {
	out := map[string]money.Amount{}
	for t := range each(p.Totals) {
		for _, f := range totalFigures() {
			out[InCurrency(f.name, t.Currency)] = f.of(t)
		}
	}
	return out
}

// InCurrency is the name of a figure of a portfolio, which has one for each currency.
func InCurrency(figure string, c money.Currency) string { return figure + " " + string(c) }

// DayWhat says what comes on a day of an estate.
func DayWhat(d *portfolio.Deadline) string {
	if d.More == 0 {
		return d.What
	}
	return fmt.Sprintf("%s, and %s more", d.What, money.Count(d.More))
}

// estateTitle names an estate, and its organisation where that has another name.
func estateTitle(e *portfolio.Estate) string {
	if e.Audit == nil || strings.EqualFold(e.Audit.Organisation, e.Name) {
		return e.Name
	}
	return e.Name + ": " + e.Audit.Organisation
}

// endings say what came of an estate that has no run, by its exit code. The reasons
// in full name files and stand where the licence manager reads.
var endings = map[int]string{
	4: "its configuration is wrong, or its folder cannot be read", 11: "another run held its output folder", 12: "its inputs were refused",
}

// noRun says why an estate has no run, without a name of its inputs.
func noRun(e *portfolio.Estate) string {
	switch why := endings[e.ExitCode]; {
	case e.State == portfolio.NotDue:
		return "nothing of it is due, and it has no run yet"
	case why != "":
		return why
	}
	return "its audit failed"
}

// weighedIn says how much of an estate is weighed.
func weighedIn(a *portfolio.Audit) string {
	if a.Subscriptions.Active == 0 {
		return "There is no active subscription to weigh."
	}
	text := fmt.Sprintf("%d of %s weighed", a.Subscriptions.Weighed, money.PluralIs(a.Subscriptions.Active, "subscription"))
	if a.Share != nil {
		text += fmt.Sprintf(": %d %% of what is paid today", *a.Share)
	}
	if rest := states(&a.Subscriptions); rest != "" {
		text += "; " + rest
	}
	return text + "."
}

// PortfolioCaveats says what the totals of a portfolio leave out.
func PortfolioCaveats(p *portfolio.Portfolio) []string {
	var out []string
	failed := 0
	for e := range each(p.Estates) {
		if e.Audit == nil {
			failed++
		}
	}
	if failed > 0 {
		out = append(out, "Of "+money.Plural(failed, "estate")+" no run was published, so no total holds it.")
	}
	for t := range each(p.Totals) {
		c := string(t.Currency)
		if t.Partial > 0 {
			out = append(out, "The totals in "+c+" are partial: of "+money.Plural(t.Partial, "estate")+" something is missing, held or unknown.")
		}
		if t.NotCounted > 0 {
			out = append(out, money.PluralIs(t.NotCounted, "estate")+" in no total in "+c+": nothing of it is weighed, or an amount is not known.")
		}
		if t.NotClaimed.Sign() > 0 {
			out = append(out, "Bundles that are held would save "+amount(t.NotClaimed)+", which is not claimed.")
		}
	}
	if earlier := p.Earlier(); len(earlier) > 0 {
		out = append(out, ofAnEarlierDay(earlier))
	}
	shown := p.Run.Missing[:min(len(p.Run.Missing), missingShown)]
	for _, s := range shown {
		out = append(out, "Shard "+s.String()+" is missing, and with it its estates.")
	}
	if more := len(p.Run.Missing) - len(shown); more > 0 {
		out = append(out, money.PluralIs(more, "more shard")+" missing; portfolio.json lists them.")
	}
	return out
}

// ofAnEarlierDay says whose amounts in the totals are older than the summary.
func ofAnEarlierDay(earlier []*portfolio.Estate) string {
	var names []string
	for _, e := range earlier[:min(len(earlier), earlierShown)] {
		names = append(names, e.Name+" ("+e.Audit.AsOf.Long()+")")
	}
	if more := len(earlier) - len(names); more > 0 {
		names = append(names, money.Count(more)+" more")
	}
	return "The amounts of " + money.Plural(len(earlier), "estate") + " are of an earlier day: " + andList(names) + "."
}

// earlierShown is how many estates of an earlier day are named.
const earlierShown = 5

// missingShown is how many missing shards are named.
const missingShown = 10
