package report

import (
	"fmt"

	"tierline/audit"
	"tierline/audit/plan"
)

// The roles that act, for a report that names no person.
const (
	licenceManager = "licence manager"
	purchasing     = "purchasing"
	appOwner       = "app owner"
)

// readingSection explains the words of the PDF once, so that no page repeats them.
// A state that nothing is in is not explained.
func readingSection(r *audit.Result) Section {
	return Section{Title: "How to read this report", Tables: []Table{pairs("", reading(r)...)}}
}

func reading(r *audit.Result) []pair {
	list := []pair{
		{"Amounts", "net of tax, planned for the coming term, which is twelve months from each renewal. They are no invoice."},
		{"Current and as is", "Current is twelve months at today's prices and quantities. " +
			"As is renews the same tiers and billing cycles, with planned users and announced prices."},
		{"Recommended", "the coming term once every action is done. An action's worth is its part of the way from as is. " +
			"Hard saving is money not spent, because less is bought; avoidance is a price rise not suffered. They are never added up."},
		{"Bundle and tier", "A bundle is a product with the apps billed for its users. " +
			"A tier is a range of users with one price; its top is the last user it holds."},
		{"Review candidate", fmt.Sprintf("a paid seat nobody has used for %d days or longer, or never. Somebody asks before it goes, "+
			"since work by mail or through the API does not show.", r.Run.Policy.InactiveAfterDays)},
	}
	s := &r.Trust.Subscriptions
	in := map[plan.State]int{plan.Weighed: s.Weighed, plan.Assumed: s.Assumed, plan.Held: s.Held, plan.Unknown: s.Unknown}
	for _, w := range stateWords {
		if in[w.state] > 0 {
			list = append(list, pair{upper(w.state.String()), w.means + "."})
		}
	}
	return list
}
