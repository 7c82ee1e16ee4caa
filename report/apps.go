package report

import (
	"tierline/audit"
	"tierline/audit/estate"
)

// The columns of apps.
var (
	appName    = Col[*audit.App]{ID: "name", Title: "App", Width: 28, Wrap: true, Show: func(a *audit.App) Cell { return T(a.Name) }}
	appSite    = Col[*audit.App]{ID: "site", Title: "Site", Width: 12, Show: func(a *audit.App) Cell { return place(a.Site) }}
	appHost    = Col[*audit.App]{ID: "host", Title: "App of", Width: 20, Wrap: true, Show: func(a *audit.App) Cell { return T(a.Host) }}
	appRenewal = Col[*audit.App]{ID: "renewal", Title: "Renewal", Kind: Date, Width: 12, Show: func(a *audit.App) Cell { return D(a.Renewal) }}
	appAsIs    = Col[*audit.App]{ID: "as_is", Title: "As is", Kind: Money, Width: 16, InTotal: true, Note: "coming term of twelve months",
		Show: func(a *audit.App) Cell { return M(a.AsIs) }}
	appWithout = Col[*audit.App]{ID: "without", Title: "Saved without it", Kind: Money, Width: 16,
		Note: "what the recommended term costs less without the app; in no total, since the plan cancels none", Show: func(a *audit.App) Cell { return M(a.Without) }}
	appUsers     = Col[*audit.App]{ID: "users", Title: "Users paid for", Kind: Count, Width: 10, Show: usersPaidFor}
	appHostUsers = Col[*audit.App]{ID: "host_users", Title: "Users of the product", Kind: Count, Width: 11,
		Note: "of the product of its host's family with the most", Show: func(a *audit.App) Cell { return OptN(a.HostUsers) }}
	appIdle = Col[*audit.App]{ID: "idle", Title: "Idle", Kind: Percent, Width: 9, Note: "review candidates among the users of the product",
		Show: func(a *audit.App) Cell { return optP(a.Idle) }}
	appActive = Col[*audit.App]{ID: "active", Title: "Use the app", Kind: Count, Width: 10, Note: "active users by the table app_usage; unknown without a row",
		Show: func(a *audit.App) Cell { return OptN(a.Active) }}
	appActiveOn = Col[*audit.App]{ID: "active_on", Title: "Usage of", Kind: Date, Width: 12, Show: func(a *audit.App) Cell { return dateOrBlank(a.ActiveOn) }}
	appPerUser  = Col[*audit.App]{ID: "per_user", Title: "Per user", Kind: Money, Width: 14, Note: "as is for one user paid for, twelve months",
		Show: func(a *audit.App) Cell { return perUser(a) }}
	appPerActive = Col[*audit.App]{ID: "per_active", Title: "Per user of the app", Kind: Money, Width: 14, Note: "as is for one who uses it",
		Show: func(a *audit.App) Cell { return M(a.PerActive) }}
	appVendor = Col[*audit.App]{ID: "vendor", Title: "Vendor", Width: 18, Aside: true, Show: func(a *audit.App) Cell { return T(a.Vendor) }}
	appBasis  = Col[*audit.App]{ID: "billing_basis", Title: "Charged for", Width: 18, Aside: true, Show: func(a *audit.App) Cell { return W(a.Basis) }}
	appState  = Col[*audit.App]{ID: "state", Title: "State", Width: 12, Aside: true, Show: func(a *audit.App) Cell { return W(a.State) }}
	appLine   = Col[*audit.App]{ID: "line", Title: "Id", Width: 34, Aside: true, Show: func(a *audit.App) Cell { return T(a.Line) }}
)

// muchIdle stands out where a fifth of the users are review candidates.
var muchIdle = Mark{F("AND(ISNUMBER({}),{}>=0.2)", Here(""), Here("")), Watch}

// appOf is the subscription that a row is about.
func appOf(a *audit.App) string { return a.Line }

// perUserOf and perActiveOf divide what an app costs by those who use it; none where
// the amount comes about in another way.
func perUserOf(a *audit.App) Formula {
	if a.Basis == estate.Fixed || !a.PerUserIsShare() {
		return Formula{}
	}
	return F("{}/{}", Here("as_is"), Here("users"))
}

func perActiveOf(a *audit.App) Formula {
	if !a.PerActiveIsShare() {
		return Formula{}
	}
	return F("{}/{}", Here("as_is"), Here("active"))
}

// hosts are the products that apps are paid for with.
type hosts struct{ seats seatsBySite }

// users are those of the product, where they are the seats that are listed.
func (h hosts) users(a *audit.App) Formula { return h.seats.users(a.Site, a.HostKey, a.HostUsers) }

// idle is the part of the users of the product that are to review, where the sheet
// Counts has both.
func (h hosts) idle(a *audit.App) Formula {
	if h.users(a).None() {
		return Formula{}
	}
	p := h.seats.of(a.Site, a.HostKey)
	if !a.IdleIsShare(p.Candidates) {
		return Formula{}
	}
	return F("ROUND({}/{},4)", countedReviews(p), Here("host_users"))
}

// costOfApps adds up what the apps of the totals cost as is.
func costOfApps(string) Formula {
	return sumWhere(plainWords, subscriptionsTable, "as_is", pick{"type", Word(Label(estate.AppKind))}, inTotal)
}

// appsTable is the id of the table of apps.
const appsTable = "apps"

func appsSheet(r *audit.Result) Sheet {
	from, hosts := newLineCells(r), hosts{newSeatsBySite(r)}
	return Sheet{
		Name: "Apps", Grain: "One row per subscription of an app, first the one without which most is saved: which is worth asking about before it renews",
		Lead: []string{"An app is paid for with all users of its product, whoever uses it. Where few use it, its price for one of them says what it is worth."},
		Table: TableOf[*audit.App]{
			ID: appsTable, Title: "Apps", Empty: "No app is subscribed. Apps are entered in the table subscriptions, beside their products.", Rows: each(r.Apps),
			Columns: []Col[*audit.App]{subscriptionNo(from, appOf).Pin(), appName.Pin(), appSite.Pin(), appHost, lookedUpIn(from, appOf, appRenewal, lineRenewal),
				lookedUpIn(from, appOf, appAsIs, lineAsIs).Marked(amountMarks()...), lookedUpIn(from, appOf, appWithout, lineRecommended).Marked(unknownAmount),
				lookedUpIn(from, appOf, appUsers, lineUsers), appHostUsers.By(hosts.users), appIdle.By(hosts.idle).Marked(muchIdle),
				appActive, appActiveOn,
				appPerUser.By(perUserOf), appPerActive.By(perActiveOf), appVendor, appBasis, appState.Marked(stateMarks()...), appLine},
			Total: appTotal(r), Label: "The apps in the totals", Adds: costOfApps,
		}.FoldedAway().Table(),
	}
}

// usersPaidFor is blank where a fixed price counts nobody.
func usersPaidFor(a *audit.App) Cell {
	if a.Basis == estate.Fixed {
		return T("")
	}
	return OptN(a.Users)
}

func perUser(a *audit.App) Cell {
	if a.Basis == estate.Fixed {
		return T("")
	}
	return M(a.PerUser)
}

// appTotal is what all apps of the totals cost; nil where none is in them.
func appTotal(r *audit.Result) **audit.App {
	for s := range each(r.Sums) {
		if s.By == audit.ByType && s.Name == estate.AppKind.String() {
			total := &audit.App{AsIs: s.AsIs}
			return &total
		}
	}
	return nil
}
