package audit

import (
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Need is an input a rule cannot do without.
type Need string

// The needs.
const (
	NeedAccess       Need = "a user export with access columns"
	NeedLastSeen     Need = "a user export with last-seen columns"
	NeedPrices       Need = "prices of active subscriptions"
	NeedPriceChanges Need = "price_changes, or price tables with several dates"
	NeedUserCounts   Need = "user_counts"
	NeedQuotes       Need = "quotes"
	NeedInvoices     Need = "invoices"
	NeedWorkload     Need = "workload"
	NeedPeople       Need = "people"
	NeedApps         Need = "apps"
	NeedAppUsage     Need = "app_usage"
	NeedDataCenter   Need = "a Data Center subscription"
	NeedTwoSites     Need = "a Cloud product or app paid for on two sites"
)

// things are the needs that no file meets: the organisation has such a thing or
// it does not.
var things = []Need{NeedDataCenter, NeedTwoSites}

// Thing returns the thing that the organisation does not have, so that the rule has
// nothing to look at whatever else it lacks; "" where there is none.
func (s *RuleStatus) Thing() Need {
	if i := slices.IndexFunc(s.Missing, func(n Need) bool { return slices.Contains(things, n) }); i >= 0 {
		return s.Missing[i]
	}
	return ""
}

// missing lists the needs of a rule that no input meets.
func (w *work) missing(r *Rule) []Need {
	var out []Need
	for _, need := range r.Needs {
		if !w.has(need) {
			out = append(out, need)
		}
	}
	return out
}

// whySkipped is the reason that missing needs make.
func whySkipped(missing []Need) diag.Reason {
	var out []string
	for _, need := range missing {
		out = append(out, string(need))
	}
	return diag.Why(diag.Missing, "needs %s", strings.Join(out, " and "))
}

func (w *work) has(need Need) bool {
	e := w.Estate
	switch need {
	case NeedAccess:
		return slices.ContainsFunc(e.Access, func(a estate.Access) bool { return a.Roles != nil })
	case NeedLastSeen:
		return slices.ContainsFunc(e.Access, func(a estate.Access) bool { return a.Roles != nil && a.Seen != nil })
	case NeedPrices:
		return w.hasLine(func(l *costing.Line) bool { return l.Current.Known() })
	case NeedPriceChanges:
		return w.hasLine(func(l *costing.Line) bool {
			return len(w.Book.Changes(l.Sub.PricePlan, l.Sub.Hosting)) > 0 || len(l.Timeline(l.Sub.Cycle).Versions()) > 1
		})
	case NeedUserCounts:
		return len(e.UserCounts) > 0 || len(e.PastCounts) > 0
	case NeedQuotes:
		return len(e.Quotes) > 0
	case NeedInvoices:
		return len(e.Invoices) > 0
	case NeedWorkload:
		return len(e.Workload) > 0
	case NeedPeople:
		return len(e.People) > 0
	case NeedApps:
		return len(e.AppFacts) > 0
	case NeedAppUsage:
		return len(e.AppUsage) > 0
	case NeedDataCenter:
		return slices.ContainsFunc(e.Subscriptions, func(s estate.Subscription) bool {
			return s.Hosting == pricing.DataCenter && s.Status == estate.SubActive
		})
	case NeedTwoSites:
		sites := map[string]string{} // by key, of the first line on Cloud
		return w.hasLine(func(l *costing.Line) bool {
			first, met := sites[l.Sub.Key]
			if l.Sub.Hosting != pricing.Cloud || met {
				return met && l.Sub.Hosting == pricing.Cloud && first != l.Sub.Site
			}
			sites[l.Sub.Key] = l.Sub.Site
			return false
		})
	}
	return false
}

func (w *work) hasLine(is func(*costing.Line) bool) bool {
	return slices.ContainsFunc(w.costs.Lines, is)
}
