package report

import (
	"fmt"
	"iter"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// removalRow is a number of removals of one product, or all planned removals of a
// bundle.
type removalRow struct {
	*audit.RemovalRung
	ladder   *audit.RemovalLadder
	at       int // place on the ladder
	ofBundle bool
	bundle   string // what it is called
}

// The columns of removals.
var (
	removalProduct = Col[removalRow]{ID: "product", Title: "Product and site", Width: 34, Wrap: true,
		Show: func(g removalRow) Cell { return T(removedFrom(g)) }}
	removalCount = Col[removalRow]{ID: "removals", Title: "Remove", Kind: Count, Width: 9, Note: "review candidates, longest idle first",
		Show: func(g removalRow) Cell { return N(g.Removals) }}
	removalUsers  = Col[removalRow]{ID: "users", Title: "Users left", Kind: Count, Width: 10, Show: func(g removalRow) Cell { return usersLeft(g) }}
	removalSaving = Col[removalRow]{ID: "saving", Title: "Saves", Kind: Money, Width: 16, Show: func(g removalRow) Cell { return M(g.Saving) },
		Note: "in the coming term, against removing nobody; the rest as planned, before quotes and before anything is paid once for several sites"}
	removalWith = Col[removalRow]{ID: "unremoved", Title: "Bundle, nobody removed", Kind: Money, Width: 18, Aside: true,
		Note: "what the product and its apps cost in the coming term if nobody is removed from this product",
		Show: func(g removalRow) Cell { return M(g.Unremoved()) }}
	removalCost = Col[removalRow]{ID: "bundle_cost", Title: "Bundle then", Kind: Money, Width: 18, Aside: true,
		Note: "what they cost after so many removals", Show: func(g removalRow) Cell { return M(g.Cost) }}
	removalAfter   = Col[removalRow]{ID: "each", Title: "After that", Width: 34, Wrap: true, Show: func(g removalRow) Cell { return T(afterRung(g)) }}
	removalPlanned = Col[removalRow]{ID: "planned", Title: "Planned", Width: 10, Show: func(g removalRow) Cell { return T(planned(g)) }}
)

// removalsSheet has one row for each product and number of removals at which
// something changes. What the rest of the candidates are worth stands in words.
func removalsSheet(r *audit.Result) Sheet {
	from := newLineCells(r)
	of := func(g removalRow) string {
		if g.ofBundle {
			return ""
		}
		return from.product(g.ladder.Site, g.ladder.Product)
	}
	left := func(g removalRow) Formula {
		if l := from.lines[of(g)]; l == nil || l.Users == nil || *l.Users-g.Removals != g.Users {
			return Formula{}
		}
		return F("{}-{}", ofSubscription("users", Here("number")), Here("removals"))
	}
	cost := removalCosts{from, linesByBundle(r), of}
	return Sheet{Name: "Removals", Table: TableOf[removalRow]{
		ID: removalsTable, Title: "Removals", Empty: "There is nobody to ask: no review candidate.", Rows: removalRows(r),
		Columns: []Col[removalRow]{subscriptionNo(from, of), removalProduct, removalCount, removalUsers.By(left),
			removalSaving.By(func(removalRow) Formula { return F("{}-{}", Here("unremoved"), Here("bundle_cost")) }), removalAfter, removalPlanned,
			removalWith.By(cost.unremoved), removalCost.By(cost.then)},
	}.Table(),
		Grain: "One row per product and number of removals at which something changes; " +
			"the rest of the plan stays as it is, before quotes and before anything is paid once for several sites. Rows of several products of a bundle do not add up"}
}

// removalsTable is the id of the table of removals.
const removalsTable = "removals"

// removalCosts are how what a bundle costs after removals follows from its
// subscriptions, or from another row.
type removalCosts struct {
	from    *lineCells
	lines   map[string][]*audit.Line // in the totals, by the id of the bundle
	product func(removalRow) string  // the id of the subscription of the product
}

// then adds up what the subscriptions cost once the plan has decided the cycle, where
// the row is what it removes, and once tiers are right-sized where nobody is removed.
// No cell holds what they cost after any other number of removals.
func (c removalCosts) then(g removalRow) Formula {
	switch {
	case g.ofBundle, g.Removals == g.ladder.Planned && g.Removals > 0:
		return c.after(g, plan.StepCycle)
	case g.Removals == 0:
		return c.after(g, plan.StepRightSize)
	}
	return Formula{}
}

func (c removalCosts) after(g removalRow, step plan.Step) Formula {
	lines := c.lines[g.ladder.Bundle]
	if !c.from.few || len(lines) > mostNamed || !g.Cost.Known() || audit.CostAfter(step, lines) != g.Cost {
		return Formula{}
	}
	_, column, _ := aroundStep(step)
	var sum []Term
	for _, l := range lines {
		sum = append(sum, ofSubscription(column, Number(c.from.numbers[l])))
	}
	return plus(sum)
}

// unremoved is what the row says in which nobody is removed from the product.
func (c removalCosts) unremoved(g removalRow) Formula {
	first := g.ladder.Rungs[0]
	if g.ofBundle || c.from.lines[c.product(g)] == nil || first.Removals != 0 || !first.Cost.Known() || first.Cost != g.Unremoved() {
		return Formula{}
	}
	return sumWhere(plainWords, removalsTable, removalCost.ID, pick{"number", Here("number")}, pick{removalCount.ID, Number(0)})
}

func removalRows(r *audit.Result) iter.Seq[removalRow] {
	titles := bundleTitles(r)
	return func(yield func(removalRow) bool) {
		for l := range each(r.Removals) {
			for i := range l.Rungs {
				if !yield(removalRow{RemovalRung: &l.Rungs[i], ladder: l, at: i, bundle: titles[l.Bundle]}) {
					return
				}
			}
			if t := l.OfBundle; t != nil {
				all := &audit.RemovalRung{Removals: t.Removals, Saving: t.Saving, Cost: t.Cost, Allowed: true}
				if !yield(removalRow{RemovalRung: all, ladder: l, ofBundle: true, bundle: titles[l.Bundle]}) {
					return
				}
			}
		}
	}
}

func removedFrom(g removalRow) string {
	if g.ofBundle {
		return "all planned removals together: " + g.bundle
	}
	return estate.On(estate.ProductName(g.ladder.Product), g.ladder.Site)
}

// usersLeft is empty where the users of several products are meant.
func usersLeft(g removalRow) Cell {
	if g.ofBundle {
		return T("")
	}
	return N(g.Users)
}

func planned(g removalRow) string {
	switch {
	case g.ofBundle, g.Removals == g.ladder.Planned:
		return "the plan"
	case !g.Allowed:
		return "not allowed"
	}
	return ""
}

// others says what the review candidates beyond those planned would save.
func others(g removalRow) string {
	rest := g.ladder.Candidates - g.Removals
	if g.ofBundle || rest <= 0 {
		return ""
	}
	last := &g.ladder.Rungs[len(g.ladder.Rungs)-1]
	if last.Saving == g.Saving && g.ladder.Unpriced > 0 {
		return "what the other " + money.Count(rest) + " " + verb(rest, "saves", "save") + " is not known"
	}
	if last.Saving == g.Saving {
		return "the other " + money.Count(rest) + " " + verb(rest, "saves", "save") + " nothing"
	}
	return "all " + money.Count(last.Removals) + " together would save " + last.Saving.Grouped()
}

// afterRung says what removals beyond a rung save.
func afterRung(g removalRow) string {
	if g.ofBundle {
		return "the rows above do not add up to it"
	}
	rungs := g.ladder.Rungs
	if g.at+1 == len(rungs) {
		if g.at > 0 && rungs[g.at-1].Saving == g.Saving && g.ladder.Unpriced == 0 {
			last := g.Removals - rungs[g.at-1].Removals
			if last == 1 {
				return "the last one saves nothing"
			}
			return fmt.Sprintf("the last %s save nothing", money.Count(last))
		}
		return "these are all"
	}
	next := &rungs[g.at+1]
	switch {
	case next.Saving == g.Saving && g.ladder.Unpriced > 0:
		return "what more removals save is not known"
	case !g.Each.Known():
		return "what the next one saves is not known"
	case next.Removals == g.Removals+1 && next.Saving == g.Saving:
		return "the next one saves nothing"
	case next.Removals == g.Removals+1:
		return "the next one saves " + g.Each.Grouped()
	case g.Each.Sign() != 0:
		return "each further one saves " + g.Each.Grouped()
	case next.Saving == g.Saving && g.at+2 == len(rungs):
		return "the others save nothing"
	case g.at == 0:
		return "nothing before " + money.Count(next.Removals)
	}
	return "nothing more before " + money.Count(next.Removals)
}
