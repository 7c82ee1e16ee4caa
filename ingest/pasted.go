package ingest

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/records"
)

// joinPasted makes price rows of the tables that people pasted from a page
// (METHOD 14.31): each for the plan that audit.yaml names, else for the only
// active subscription without a price. A table nobody can place is left out.
func (l *Loaded) joinPasted(files []*file, rows []pricing.Row, refusals []pricing.Refusal) ([]pricing.Row, []pricing.Refusal) {
	var unpriced []planHosting
	for _, f := range files {
		for i := range f.tables.Pasted {
			if unpriced == nil {
				unpriced = l.unpriced(files, rows, refusals)
			}
			p := pasting{loaded: l, file: f, table: &f.tables.Pasted[i]}
			if p.place(unpriced) && p.name(rows) {
				p.read()
			}
			rows, refusals = append(rows, p.rows...), append(refusals, p.refusals...)
		}
	}
	return rows, refusals
}

// pastedAs makes price rows of pasted tables where one plan is asked for: they are
// for that plan, unless other lists have it.
func (l *Loaded) pastedAs(plan planHosting, files []*file, rows []pricing.Row, refusals []pricing.Refusal) ([]pricing.Row, []pricing.Refusal) {
	listed := slices.ContainsFunc(rows, func(r pricing.Row) bool { return planHosting{r.Plan, r.Hosting} == plan })
	for _, f := range files {
		for i := range f.tables.Pasted {
			p := pasting{loaded: l, file: f, table: &f.tables.Pasted[i], plan: plan, alone: true}
			switch {
			case listed:
				p.leaveOut(noPlan, fmt.Sprintf("the table does not name its price plan, and another file has prices of %s; its rows are left out", plan.plan),
					"leave out the one that does not count")
			case p.name(rows):
				p.read()
			}
			rows, refusals = append(rows, p.rows...), append(refusals, p.refusals...)
		}
	}
	return rows, refusals
}

// unpriced lists the price plans of active subscriptions that no file has prices
// of and that need one, each once.
func (l *Loaded) unpriced(files []*file, rows []pricing.Row, refusals []pricing.Refusal) []planHosting {
	book, _ := pricing.NewBook(rows, nil, refusals, l.Config.Policy.AnnualFactor)
	out := []planHosting{}
	for _, f := range files {
		for i := range f.tables.Subscriptions {
			s := &f.tables.Subscriptions[i]
			if s.Status != estate.SubActive || s.Basis == estate.Fixed || s.HasContract() || s.Edition == "free" || s.Priced(book) ||
				slices.ContainsFunc(refusals, func(r pricing.Refusal) bool { return r.Plan == s.PricePlan && r.Hosting == s.Hosting }) {
				continue
			}
			if at := (planHosting{s.PricePlan, s.Hosting}); !slices.Contains(out, at) {
				out = append(out, at)
			}
		}
	}
	slices.SortFunc(out, func(a, b planHosting) int { return strings.Compare(a.plan, b.plan) })
	return out
}

// Why the rows of a pasted table are left out.
const (
	noPlan        = "price plan not known"
	notUnderstood = "prices not understood"
)

// pasting is a pasted table while it becomes prices.
type pasting struct {
	loaded   *Loaded
	file     *file
	table    *records.PastedPrices
	alone    bool // outside of a folder, so without audit.yaml
	plan     planHosting
	currency money.Currency
	rows     []pricing.Row
	refusals []pricing.Refusal
}

// place finds the plan of the table.
func (p *pasting) place(unpriced []planHosting) bool {
	diags, path := &p.loaded.Diagnostics, p.file.Path
	if named := p.file.Mapping.Product; named != "" {
		p.plan = planHosting{plan: named}
		for _, u := range unpriced {
			if u.plan == named {
				p.plan = u
			}
		}
		return true
	}
	var lines []string
	for _, u := range unpriced {
		lines = append(lines, fmt.Sprintf("inputs: [{glob: %q, product: %s}]", path, u.plan))
	}
	fix := "state it in audit.yaml: " + strings.Join(lines, ", or ")
	switch len(unpriced) {
	case 1:
		p.plan = unpriced[0]
		assumed := fmt.Sprintf("the table does not name its price plan; assumed to be %s, the only active subscription without a price", p.plan.plan)
		diags.Add(diag.Note, p.table.Source, assumed, fix)
		return true
	case 0:
		lines = []string{fmt.Sprintf("inputs: [{glob: %q, product: PLAN}]", path)}
		p.leaveOut(noPlan, "the table does not name its price plan, and every active subscription has a price; its rows are left out",
			"state it in audit.yaml: "+lines[0])
	default:
		n := len(unpriced)
		p.leaveOut(noPlan, fmt.Sprintf("the table does not name its price plan, and %d active subscriptions have no price; its rows are left out", n), fix)
	}
	return false
}

// name finds the currency of the table: what its prices say, else that of the
// organisation, else the only one of the other price lists.
func (p *pasting) name(rows []pricing.Row) bool {
	organisation := p.loaded.Config.Currency
	if organisation == "" {
		var all []money.Currency
		for _, r := range rows {
			if !slices.Contains(all, r.Currency) {
				all = append(all, r.Currency)
			}
		}
		if len(all) == 1 {
			organisation = all[0]
		}
	}
	fix := "write its code beside each price"
	if !p.alone {
		fix += ", or add currency: to audit.yaml"
	}
	c, one := p.table.Currency(organisation)
	switch {
	case !one:
		p.refuse(p.table.Source, "its prices name several currencies, or one nobody knows", "write the code of one currency beside each price")
	case c == "":
		p.refuse(p.table.Source, "nothing says in which currency its prices are", fix)
	}
	p.currency = c
	return one && c != ""
}

// leaveOut excludes all rows of the table.
func (p *pasting) leaveOut(reason, problem, fix string) {
	p.loaded.Diagnostics.Add(diag.Incomplete, p.table.Source, problem, fix)
	if in := p.file.InputAt(p.table.Source); in != nil && p.table.Rows > 0 {
		in.Used -= p.table.Rows
		in.Exclude(diag.Reason{Kind: diag.Unreadable, Text: reason}, p.table.Rows)
	}
}

// refuse leaves the table out, and its plan without a price.
func (p *pasting) refuse(at diag.Source, problem, fix string) {
	p.leaveOut(notUnderstood, problem, fix)
	for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
		p.without(c, at)
	}
}

// without leaves a cycle of the plan without a price.
func (p *pasting) without(c pricing.Cycle, at diag.Source) {
	p.refusals = append(p.refusals, pricing.Refusal{Plan: p.plan.plan, Hosting: p.plan.hosting, Cycle: c,
		Reason: diag.Why(diag.PriceRefused, "its prices as pasted cannot be read").From(at)})
}

// read reads each column by itself: of one that cannot be read the plan has no
// price in that cycle. Where none can the rows are left out.
func (p *pasting) read() {
	if p.table.Failed {
		for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
			p.without(c, p.table.Source)
		}
		return
	}
	understood := 0
	var monthly records.PastedList
	for i := range p.table.Columns {
		c := &p.table.Columns[i]
		list, wrong := c.List(p.currency)
		if wrong.Message != "" {
			p.loaded.Diagnostics.Add(diag.Incomplete, wrong.Source, fmt.Sprintf("%s prices of %s%s", c.Cycle, p.plan.plan, wrong.Message), wrong.Fix)
			p.without(c.Cycle, wrong.Source)
			continue
		}
		understood++
		for _, gap := range list.Gaps {
			p.loaded.Diagnostics.Add(diag.Incomplete, gap.Source, fmt.Sprintf("no row has a price for %s to %s users", money.Count(gap.From), money.Count(gap.To)),
				"add the row that is missing")
		}
		p.loaded.Diagnostics.Add(diag.Note, p.table.Source, fmt.Sprintf("%s prices of %s are read as %s, in %s", c.Cycle, p.plan.plan, list.Reading, p.currency), "")
		switch {
		case c.Cycle == pricing.Monthly:
			monthly = list
		case list.MultipleOf(&monthly, p.loaded.Config.Policy.AnnualFactor):
			first := &list.Rows[0]
			list.Rows = []pricing.Row{{Cycle: c.Cycle, Currency: p.currency, Mode: pricing.FromMonthly, Origin: first.Origin, Source: first.Source}}
		}
		for _, r := range list.Rows {
			r.Plan, r.Hosting = p.plan.plan, p.plan.hosting
			p.rows = append(p.rows, r)
		}
	}
	if in := p.file.InputAt(p.table.Source); in != nil && understood == 0 {
		in.Used -= p.table.Rows
		in.Exclude(diag.Reason{Kind: diag.Unreadable, Text: notUnderstood}, p.table.Rows)
	}
}
