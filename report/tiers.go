package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// tierRow is a subscription of a bundle in its tier.
type tierRow struct {
	*audit.LinePosition
	bundle *audit.Position
	bills  *audit.TierBills // nil where nobody can tell
}

// The columns of positions in tiers. Amounts are of one bill.
var (
	tierBundle = Col[tierRow]{ID: "bundle", Title: "Product and its apps", Width: 26, Wrap: true, Show: func(p tierRow) Cell { return T(p.bundle.Title) }}
	tierSite   = Col[tierRow]{ID: "site", Title: "Site", Width: 14, Wrap: true, Show: func(p tierRow) Cell { return place(p.Site) }}
	tierName   = Col[tierRow]{ID: "name", Title: "Subscription", Width: 28, Show: func(p tierRow) Cell { return T(p.Name) }}
	tierCycle  = Col[tierRow]{ID: "cycle", Title: "Cycle", Width: 10, Show: func(p tierRow) Cell { return W(p.Cycle) }}
	tierUsers  = Col[tierRow]{ID: "users", Title: "Users", Kind: Count, Width: 9, Show: func(p tierRow) Cell { return N(p.Users) }}
	tierBilled = Col[tierRow]{ID: "billed_quantity", Title: "Billed for", Kind: Count, Width: 10, Show: func(p tierRow) Cell { return N(p.Billed) }}
	tierTier   = Col[tierRow]{ID: "tier", Title: "Tier", Width: 15, Show: func(p tierRow) Cell { return T(tierText(&p.Tier)) }}
	tierFrom   = Col[tierRow]{ID: "from", Title: "Tier from", Kind: Count, Width: 9, Show: func(p tierRow) Cell { return N(p.Tier.From) }}
	tierTop    = Col[tierRow]{ID: "top", Title: "Tier top", Kind: Count, Width: 9, Show: func(p tierRow) Cell {
		if p.Tier.To == nil {
			return T("no limit")
		}
		return N(*p.Tier.To)
	}}
	tierHeadroom = Col[tierRow]{ID: "headroom", Title: "Headroom", Kind: Count, Width: 10, Note: "users that still fit below the top",
		Show: func(p tierRow) Cell { return OptN(p.Headroom) }}
	tierToDrop = Col[tierRow]{ID: "to_drop", Title: "To drop", Kind: Count, Width: 9, Note: "users to remove to fall below the tier",
		Show: func(p tierRow) Cell { return N(p.ToDrop) }}
	tierToday  = Col[tierRow]{ID: "bill", Title: "Bill", Kind: Money, Width: 16, Show: func(p tierRow) Cell { return M(p.Bill) }}
	tierStepUp = Col[tierRow]{ID: "step", Title: "Step up", Kind: Money, Width: 15, Note: "what the first user above the top costs", Show: stepUp}
	tierDown   = Col[tierRow]{ID: "step_down", Title: "Step down", Kind: Money, Width: 15, Note: "what falling to the tier below saves", Show: stepDown}
	tierSpare  = Col[tierRow]{ID: "unused_seats", Title: "Unused seats", Kind: Count, Width: 11, Show: unusedSeats}
	tierUnused = Col[tierRow]{ID: "unused_capacity", Title: "Unused capacity", Kind: Money, Width: 16,
		Note: "paid for and not used: an opportunity, no saving of the plan", Show: unusedCapacity}

	tierBelow = tierBill("bill_below", "Bill below", "a bill of one user below the tier", func(t *audit.TierBills) money.Amount { return t.Below })
	tierFirst = tierBill("bill_first", "Bill of the first", "a bill of the first user of the tier", func(t *audit.TierBills) money.Amount { return t.First })
	tierLast  = tierBill("bill_top", "Bill of the top", "a bill of the last user of the tier", func(t *audit.TierBills) money.Amount { return t.Top })
	tierAbove = tierBill("bill_above", "Bill above", "a bill of one user above the tier", func(t *audit.TierBills) money.Amount { return t.Above })

	tierNameAndSite = Col[tierRow]{ID: "name_and_site", Title: "Subscription and site", Width: 36, Wrap: true,
		Show: func(p tierRow) Cell { return T(p.Name + ", " + p.Site) }}
)

// tierBill is the column of a bill next to the tier, blank where none is sold there.
func tierBill(id, title, note string, bill func(*audit.TierBills) money.Amount) Col[tierRow] {
	return Col[tierRow]{ID: id, Title: title, Kind: Money, Width: 16, Note: note, Aside: true, Show: func(p tierRow) Cell {
		if p.bills == nil || !bill(p.bills).Known() {
			return T("")
		}
		return M(bill(p.bills))
	}}
}

// nearTop stands out where less than a twentieth of the tier is free.
var nearTop = Mark{F("AND(ISNUMBER({}),{}*20<{}+{})", Here(""), Here(""), Here(""), Here("users")), Alarm}

// What of a position follows from the cells of its row: none where that is no number.
func headroomOf(p tierRow) Formula {
	if p.Headroom == nil {
		return Formula{}
	}
	return F("{}-{}", Here("top"), Here("users"))
}

func toDropOf(tierRow) Formula { return F("MAX({}-{}+1,0)", Here("users"), Here("from")) }

func unusedSeatsOf(p tierRow) Formula {
	if !p.Unused.Known() || !p.UnusedInTier() {
		return Formula{}
	}
	return F("{}-{}", Here("top"), Here("users"))
}

func unusedCapacityOf(p tierRow) Formula {
	if !p.UnusedIsShare() {
		return Formula{}
	}
	return F("{}*{}/{}", Here("unused_seats"), Here("bill"), Here("top"))
}

// stepUpOf and stepDownOf are steps as differences of two bills of the row.
func stepUpOf(p tierRow) Formula {
	if p.bills == nil || !p.bills.StepsUp(p.Step) {
		return Formula{}
	}
	return F("{}-{}", Here("bill_above"), Here("bill_top"))
}

func stepDownOf(p tierRow) Formula {
	if p.bills == nil || !p.bills.StepsDown(p.StepDown) {
		return Formula{}
	}
	return F("{}-{}", Here("bill_first"), Here("bill_below"))
}

// tiersTable is the id of the table of tiers.
const tiersTable = "tiers"

func tierLine(p tierRow) string { return p.Line }

func tiersSheet(r *audit.Result) Sheet {
	from, of := newLineCells(r), newTierBills(r)
	billed := func(users Term) func(tierRow) Formula {
		return func(p tierRow) Formula { return of.bill(p.Line, users) }
	}
	return Sheet{
		Name: "Tiers", Grain: "One row per subscription with a known price, at today's users and prices; amounts are of one bill of its cycle",
		Table: TableOf[tierRow]{
			ID: tiersTable, Title: "Tiers", Empty: "No price is known. Price lists are entered in the table prices.", Rows: tierRows(r),
			Columns: slices.Concat([]Col[tierRow]{subscriptionNo(from, tierLine), tierBundle, tierSite, tierName, tierCycle,
				lookedUpIn(from, tierLine, tierUsers, lineUsers), lookedUpIn(from, tierLine, tierBilled, lineBilled), tierFrom, tierTop,
				tierHeadroom.By(headroomOf).Marked(nearTop), tierToDrop.By(toDropOf), tierToday.By(billed(Here("billed_quantity"))),
				tierStepUp.By(stepUpOf), tierDown.By(stepDownOf),
				tierSpare.By(unusedSeatsOf), tierUnused.By(unusedCapacityOf),
				tierBelow.By(billed(F("({}-1)", Here("from")))), tierFirst.By(billed(Here("from"))),
				tierLast.By(billed(Here("top"))), tierAbove.By(billed(F("({}+1)", Here("top"))))}, listTerms(of, tierLine)),
		}.FoldedAway().Table(),
	}
}

// tiersTitle is the section of the PDF with the tiers of every bundle.
const tiersTitle = "Where the user counts stand"

func laddersSection(r *audit.Result) Section {
	s := Section{Title: tiersTitle, Lead: []string{"Annual prices climb in steps, and every linked app climbs with its product. " +
		"Each rung is twelve months of the product and its linked apps at today's prices."}}
	drawn, all := drawnLadders(r)
	products := productTiers(r)
	if len(products) == 0 && all == 0 {
		return Section{Title: tiersTitle, Lead: []string{"No annual product has a known price, so none stands in a tier."}}
	}
	for _, p := range drawn {
		s.Ladder = append(s.Ladder, ladder(r, p))
	}
	if len(drawn) < all {
		s.Lead = append(s.Lead,
			fmt.Sprintf("Of %d bundles %d are drawn: those that an action changes first, then those that cost most. The table has all.", all, len(drawn)))
	}
	s.Tables = []Table{TableOf[tierRow]{
		Title: "Annual products in their tiers", Empty: "No annual product has a known price.", Rows: slices.Values(products),
		Note: "Step up is what the first user above the top costs for the product alone. Unused capacity is paid for and not used: " +
			"an opportunity, not a saving of the plan. The workbook lists the apps too.",
		Columns: []Col[tierRow]{tierNameAndSite, tierUsers.Paper(8), tierTier.Paper(13), tierHeadroom.Paper(10), tierToDrop.Paper(8), tierStepUp.Paper(14),
			tierUnused.Paper(15)},
	}.Folded().Table()}
	return s
}

// laddersMost is how many bundles are drawn.
const laddersMost = 8

// drawnLadders are the bundles whose tiers are drawn, in their order, and how many
// have tiers.
func drawnLadders(r *audit.Result) (drawn []*audit.Position, all int) {
	var list []*audit.Position
	for p := range each(r.Positions) {
		if len(p.Ladder) > 1 {
			list = append(list, p)
		}
	}
	moved, asIs := map[string]bool{}, map[string]money.Amount{}
	for a := range each(r.Plan.Actions) {
		moved[a.Bundle] = true
	}
	for s := range each(r.Sums) {
		if s.By == audit.ByBundle {
			asIs[s.Name] = s.AsIs
		}
	}
	first := slices.Clone(list)
	slices.SortStableFunc(first, func(a, b *audit.Position) int {
		switch {
		case moved[a.Bundle] == moved[b.Bundle]:
			return dearerFirst(asIs[a.Title], asIs[b.Title])
		case moved[a.Bundle]:
			return -1
		}
		return 1
	})
	first = first[:min(len(first), laddersMost)]
	return slices.DeleteFunc(slices.Clone(list), func(p *audit.Position) bool { return !slices.Contains(first, p) }), len(list)
}

// productTiers are the annual products, whose tiers their apps follow.
func productTiers(r *audit.Result) []tierRow {
	product := map[string]bool{}
	for l := range each(r.Lines) {
		product[l.ID] = l.Type == estate.ProductKind
	}
	var out []tierRow
	for p := range tierRows(r) {
		if p.Cycle == pricing.Annual && product[p.Line] {
			out = append(out, p)
		}
	}
	return out
}

func ladder(r *audit.Result, p *audit.Position) Ladder {
	l := Ladder{Key: p.Bundle, Actions: moves(r, p.Bundle), Title: p.Title, Users: p.LadderUsers, Paid: p.LadderPaid, Note: ladderNote(p)}
	for g := range each(p.Ladder) {
		rung := Rung{From: g.Tier.From, Amount: g.Amount, Here: g.Here, Target: g.Target}
		if g.Tier.To != nil {
			rung.To = *g.Tier.To
		}
		l.Rungs = append(l.Rungs, rung)
	}
	return l
}

// ladderNote says what moves with the users of a ladder and what does not.
func ladderNote(p *audit.Position) string {
	var out []string
	if len(p.LadderLines) > 1 {
		out = append(out, p.LadderLines[0]+" moves with "+strings.Join(p.LadderLines[1:], ", ")+".")
	}
	if len(p.LadderStays) > 0 {
		out = append(out, "Not in it, since their users are counted apart: "+strings.Join(p.LadderStays, ", ")+".")
	}
	if p.LadderNote != "" {
		out = append(out, upper(p.LadderNote)+".")
	}
	return strings.Join(out, " ")
}

// tierRows yields the subscriptions with a position.
func tierRows(r *audit.Result) iter.Seq[tierRow] {
	of := newTierBills(r)
	return func(yield func(tierRow) bool) {
		for p := range each(r.Positions) {
			for l := range each(p.Lines) {
				if !yield(tierRow{l, p, of[l.Line]}) {
					return
				}
			}
		}
	}
}

// tierText writes a tier as people say it.
func tierText(t *audit.Tier) string {
	switch {
	case t == nil:
		return ""
	case t.To == nil:
		return money.Count(t.From) + " and more"
	}
	return money.Count(t.From) + "-" + money.Count(*t.To)
}

// stepUp shows what crossing the top costs, or why it cannot be crossed.
func stepUp(p tierRow) Cell {
	if p.Tier.To == nil {
		return T("no limit")
	}
	return M(p.Step)
}

// stepDown shows what falling below the tier saves, or why there is none below.
func stepDown(p tierRow) Cell {
	if p.Tier.From <= 1 {
		return T("first tier")
	}
	return M(p.StepDown)
}

func unusedSeats(p tierRow) Cell {
	if !p.Unused.Known() {
		return T("")
	}
	return N(p.UnusedSeats)
}

// unusedCapacity says so where users are paid for one by one.
func unusedCapacity(p tierRow) Cell {
	if !p.Unused.Known() {
		return T("by the user")
	}
	return M(p.Unused)
}
