package report

import (
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// facts are the few figures of the first page: what is paid now, what it becomes
// and why, what the plan makes of it, and what comes first. Where nothing is
// weighed there is no amount.
func facts(r *audit.Result) []Fact {
	t := &r.Plan.Totals
	var out []Fact
	if !r.Trust.Subscriptions.None() {
		out = append(out,
			Fact{Label: "Current", Value: M(t.Current), Note: "twelve months at today's prices and quantities"},
			Fact{Label: "Renew as is", Value: M(t.AsIs).As("as_is"), Note: whyAsIs(t)},
			Fact{Label: "Recommended", Value: M(t.Recommended).As("recommended").Bold(), Note: "the same needs, bought for the users there are"},
			Fact{Label: "Hard saving", Value: M(t.HardSaving).As("hard_saving"), Note: hardSavingMeans},
			Fact{Label: "Avoidance", Value: M(t.Avoidance).As("avoidance"), Note: avoidanceMeans},
			budget(r))
	}
	if f, ok := seatsAndTier(r); ok {
		out = append(out, f)
	}
	if d, ok := r.NextDeadline(); ok {
		out = append(out, Fact{"Next deadline", D(d.Date), daysAway(d.Date, r.Run.AsOf) + ": " + d.What, see("all dates", datesTitle)})
	}
	if f := biggestRisk(r); f != nil {
		out = append(out, Fact{"Biggest risk", dayOrNone(f.By), f.Title, see("all risks", risksTitle)})
	}
	return out
}

// see names what a section shows, with a link to it.
func see(what, section string) Cell { return T(what).To(SectionPlace(section)) }

// whyAsIs says what makes the coming term cost another amount than today's.
func whyAsIs(t *audit.Totals) string {
	var why []string
	for _, x := range []struct {
		amount money.Amount
		what   string
	}{{t.Volume, "volume"}, {t.PriceChanges, "price changes"}} {
		switch {
		case x.amount.Sign() > 0:
			why = append(why, "+"+x.amount.Grouped()+" for "+x.what)
		case x.amount.Sign() < 0:
			why = append(why, x.amount.Grouped()+" for "+x.what)
		}
	}
	if len(why) == 0 {
		return "as today: neither volume nor prices change"
	}
	return strings.Join(why, ", ")
}

// budget is the range to plan with, from the recommendation to renewing as is with
// the higher of the two growths; one figure where no price is open (METHOD 24.1).
func budget(r *audit.Result) Fact {
	t := &r.Plan.Totals
	high := t.AsIs
	for s := range each(r.Plan.Scenarios) {
		if s.ID == plan.HighGrowth {
			high = s.Amount
		}
	}
	if !high.Known() {
		return Fact{Label: "Budget", Value: M(t.Recommended), Note: "what open prices may add is not known"}
	}
	if high == t.AsIs || high == t.Recommended {
		return Fact{Label: "Budget", Value: M(t.Recommended), Note: "no price is open, so there is no range"}
	}
	return Fact{"Budget", T(t.Recommended.Grouped() + " to " + high.Grouped()),
		"recommended, up to as is if apps without an announcement rise by " + r.Run.Policy.Growth[1].Percent(), see("all scenarios", scenariosTitle)}
}

// seatsAndTier says of the bundle that costs most where its users stand and which
// tier it renews at; false where no bundle is paid by tiers.
func seatsAndTier(r *audit.Result) (Fact, bool) {
	var most *audit.Position
	var cost money.Amount
	laddered := 0
	for p := range each(r.Positions) {
		if len(p.Ladder) < 2 {
			continue
		}
		laddered++
		asIs := sumOf(r, audit.ByBundle, p.Title)
		if most == nil || cost.Less(asIs) {
			most, cost = p, asIs
		}
	}
	if most == nil {
		return Fact{}, false
	}
	f := Fact{"Users and tier", T(money.Plural(most.LadderUsers, "user")), most.Title + " " + tierMove(most), see("its tiers", tiersTitle)}
	if laddered > 1 {
		f.See = see("tiers of "+money.Count(laddered)+" bundles", tiersTitle)
	}
	return f, true
}

// tierMove says up to how many users a bundle renews.
func tierMove(p *audit.Position) string {
	here := slices.IndexFunc(p.Ladder, func(g audit.LadderRung) bool { return g.Here })
	aim := slices.IndexFunc(p.Ladder, func(g audit.LadderRung) bool { return g.Target })
	switch {
	case here < 0 || aim < 0:
		return "has no known tier"
	case here == aim:
		return "stays in the tier " + upTo(&p.Ladder[here].Tier)
	}
	return "renews " + upTo(&p.Ladder[aim].Tier) + " instead of " + upTo(&p.Ladder[here].Tier)
}

// upTo says how many users a tier holds.
func upTo(t *audit.Tier) string {
	if t.To == nil {
		return "without limit"
	}
	return "up to " + money.Count(*t.To)
}

// sumOf returns what a group renews for as is, unknown where there is none.
func sumOf(r *audit.Result, by audit.Grouping, name string) money.Amount {
	for s := range each(r.Sums) {
		if s.By == by && s.Name == name {
			return s.AsIs
		}
	}
	return money.Amount{}
}
