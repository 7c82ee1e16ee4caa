package report

import (
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/history"
	"tierline/audit/money"
)

// The columns of seats by product, then and now.
var (
	movedProduct = Col[*history.SeatsChange]{ID: "product", Title: "Product and site", Width: 34, Wrap: true,
		Show: func(c *history.SeatsChange) Cell { return T(estate.On(estate.ProductName(c.Product), c.Site)) }}
	movedWas  = Col[*history.SeatsChange]{ID: "was", Title: "Seats then", Kind: Count, Width: 11, Show: func(c *history.SeatsChange) Cell { return N(c.Was) }}
	movedIs   = Col[*history.SeatsChange]{ID: "is", Title: "Seats now", Kind: Count, Width: 11, Show: func(c *history.SeatsChange) Cell { return N(c.Is) }}
	movedNew  = Col[*history.SeatsChange]{ID: "new", Title: "New", Kind: Count, Width: 9, Show: func(c *history.SeatsChange) Cell { return N(c.New) }}
	movedGone = Col[*history.SeatsChange]{ID: "gone", Title: "Gone", Kind: Count, Width: 9, Show: func(c *history.SeatsChange) Cell { return N(c.Gone) }}
	movedBack = Col[*history.SeatsChange]{ID: "reactivated", Title: "Used again", Kind: Count, Width: 11,
		Note: "seats that nobody had used for a while and somebody uses again", Show: func(c *history.SeatsChange) Cell { return N(c.Reactivated) }}
	movedLapsed = Col[*history.SeatsChange]{ID: "lapsed", Title: "No more used", Kind: Count, Width: 11,
		Note: "seats that somebody used and nobody has used for a while", Show: func(c *history.SeatsChange) Cell { return N(c.Lapsed) }}
)

// The columns of subscriptions that are new, ended or agreed otherwise.
var (
	sinceName = Col[*history.LineChange]{ID: "name", Title: "Subscription", Width: 34, Wrap: true,
		Show: func(c *history.LineChange) Cell { return T(c.Name) }}
	sinceSite  = Col[*history.LineChange]{ID: "site", Title: "Site", Width: 14, Wrap: true, Show: func(c *history.LineChange) Cell { return T(c.Site) }}
	sinceState = Col[*history.LineChange]{ID: "state", Title: "What", Width: 10, Show: func(c *history.LineChange) Cell { return T(string(c.State)) }}
	sinceTerms = Col[*history.LineChange]{ID: "terms", Title: "Agreed otherwise", Width: 44, Wrap: true,
		Show: func(c *history.LineChange) Cell { return T(termWords(c.Terms)) }}
	sinceWas = Col[*history.LineChange]{ID: "was", Title: "A year then", Kind: Money, Width: 16,
		Show: func(c *history.LineChange) Cell { return thenM(c.State, c.Was) }}
	sinceIs = Col[*history.LineChange]{ID: "is", Title: "A year now", Kind: Money, Width: 16,
		Show: func(c *history.LineChange) Cell { return nowM(c.State, c.Is) }}
)

// The columns of subscriptions that crossed into another tier.
var (
	crossedName = Col[*history.TierChange]{ID: "name", Title: "Subscription", Width: 34, Wrap: true,
		Show: func(c *history.TierChange) Cell { return T(c.Name) }}
	crossedSite = Col[*history.TierChange]{ID: "site", Title: "Site", Width: 14, Wrap: true, Show: func(c *history.TierChange) Cell { return T(c.Site) }}
	crossedWas  = Col[*history.TierChange]{ID: "was", Title: "Tier then", Width: 14, Show: func(c *history.TierChange) Cell { return T(c.Was.String()) }}
	crossedIs   = Col[*history.TierChange]{ID: "is", Title: "Tier now", Width: 14, Show: func(c *history.TierChange) Cell { return T(c.Is.String()) }}
	crossedFrom = Col[*history.TierChange]{ID: "users_were", Title: "Users then", Kind: Count, Width: 11,
		Show: func(c *history.TierChange) Cell { return OptN(c.UsersWas) }}
	crossedTo = Col[*history.TierChange]{ID: "users_are", Title: "Users now", Kind: Count, Width: 11,
		Show: func(c *history.TierChange) Cell { return OptN(c.UsersAre) }}
)

// The columns of price lists that changed without a word.
var (
	listName = Col[*history.PriceChange]{ID: "name", Title: "Subscription", Width: 34, Wrap: true,
		Show: func(c *history.PriceChange) Cell { return T(c.Name) }}
	listSite  = Col[*history.PriceChange]{ID: "site", Title: "Site", Width: 14, Wrap: true, Show: func(c *history.PriceChange) Cell { return T(c.Site) }}
	listUsers = Col[*history.PriceChange]{ID: "users", Title: "For users", Kind: Count, Width: 11,
		Show: func(c *history.PriceChange) Cell { return N(c.Users) }}
	listWas = Col[*history.PriceChange]{ID: "was", Title: "A year then", Kind: Money, Width: 16,
		Show: func(c *history.PriceChange) Cell { return M(c.Was) }}
	listIs = Col[*history.PriceChange]{ID: "is", Title: "A year now", Kind: Money, Width: 16, Show: func(c *history.PriceChange) Cell { return M(c.Is) }}
)

// The columns of findings that are new, changed or resolved.
var (
	newsState    = Col[*history.FindingChange]{ID: "state", Title: "What", Width: 12, Show: func(c *history.FindingChange) Cell { return T(string(c.State)) }}
	newsSeverity = Col[*history.FindingChange]{ID: "severity", Title: "Severity", Width: 12,
		Show: func(c *history.FindingChange) Cell { return T(severityWords(c)) }}
	newsTitle = Col[*history.FindingChange]{ID: "title", Title: "Finding", Width: 64, Wrap: true,
		Show: func(c *history.FindingChange) Cell { return T(c.Title) }}
	newsWas = Col[*history.FindingChange]{ID: "was", Title: "Worth then", Kind: Money, Width: 15,
		Show: func(c *history.FindingChange) Cell { return blankM(c.Was) }}
	newsIs = Col[*history.FindingChange]{ID: "is", Title: "Worth now", Kind: Money, Width: 15,
		Show: func(c *history.FindingChange) Cell { return blankM(c.Is) }}
	newsID = Col[*history.FindingChange]{ID: "id", Title: "Id", Width: 40, Aside: true, Show: func(c *history.FindingChange) Cell { return T(c.ID) }}
)

// The columns of the actions of the earlier plan.
var (
	askedTitle = Col[*history.ActionChange]{ID: "title", Title: "Action of the earlier plan", Width: 50, Wrap: true,
		Show: func(c *history.ActionChange) Cell { return T(c.Title) }}
	askedState    = Col[*history.ActionChange]{ID: "state", Title: "What", Width: 10, Show: func(c *history.ActionChange) Cell { return T(string(c.State)) }}
	askedDeadline = Col[*history.ActionChange]{ID: "deadline", Title: "Deadline", Kind: Date, Width: 12,
		Show: func(c *history.ActionChange) Cell { return dateOrBlank(c.Deadline) }}
	askedWorth = Col[*history.ActionChange]{ID: "amount", Title: "Worth then", Kind: Money, Width: 15,
		Show: func(c *history.ActionChange) Cell { return M(c.Amount) }}
	askedSeats = Col[*history.ActionChange]{ID: "seats", Title: "Seats to remove", Kind: Count, Width: 10,
		Show: func(c *history.ActionChange) Cell { return N(c.Seats) }}
	askedGone = Col[*history.ActionChange]{ID: "gone", Title: "Of them gone", Kind: Count, Width: 10,
		Show: func(c *history.ActionChange) Cell { return N(c.Gone) }}
	askedPlanned = Col[*history.ActionChange]{ID: "planned", Title: "Still planned", Width: 10,
		Show: func(c *history.ActionChange) Cell { return T(yesNo(c.Planned)) }}
)

// The columns of seats that are others than they were. They name people.
var (
	moveWhat    = Col[*history.SeatMove]{ID: "move", Title: "What", Width: 12, Show: func(m *history.SeatMove) Cell { return T(string(m.Move)) }}
	moveAccount = Col[*history.SeatMove]{ID: "account", Title: "Account id", Width: 44, Show: func(m *history.SeatMove) Cell { return T(m.Account) }}
	moveName    = Col[*history.SeatMove]{ID: "name", Title: "Name", Width: 26, Show: func(m *history.SeatMove) Cell { return T(m.Name) }}
	moveAddress = Col[*history.SeatMove]{ID: "email", Title: "Address", Width: 32, Show: func(m *history.SeatMove) Cell { return T(m.Email) }}
	moveSite    = Col[*history.SeatMove]{ID: "site", Title: "Site", Width: 14, Show: func(m *history.SeatMove) Cell { return T(m.Site) }}
	moveProduct = Col[*history.SeatMove]{ID: "product", Title: "Product", Width: 24,
		Show: func(m *history.SeatMove) Cell { return T(estate.ProductName(m.Product)) }}
	moveSeenThen = Col[*history.SeatMove]{ID: "last_seen_then", Title: "Last used, then", Kind: Date, Width: 14,
		Show: func(m *history.SeatMove) Cell { return seenOf(m.Move != history.Joined, &m.Was) }}
	moveSeenNow = Col[*history.SeatMove]{ID: "last_seen", Title: "Last used, now", Kind: Date, Width: 14,
		Show: func(m *history.SeatMove) Cell { return seenOf(m.Move != history.Left, &m.Seat) }}
)

// historySheets show what is other than in the run before; none where there is no
// such run.
func historySheets(r *audit.Result) []Sheet {
	if r.History == nil {
		return nil
	}
	c := &r.History.Changes
	people := Sheet{Name: "People since last run", Grain: "One row per seat that is new, gone, used again or no more used since the run before",
		Table: TableOf[*history.SeatMove]{Title: "People since last run", Empty: "Every seat is what it was.", Rows: each(r.History.Moves), Many: true,
			Columns: []Col[*history.SeatMove]{moveWhat, moveAccount, moveName, moveAddress, moveSite, moveProduct, moveSeenThen, moveSeenNow}}.Table()}
	if n := r.History.Unnamed; n > 0 {
		people.Lead = []string{fmt.Sprintf("This sheet ends after %s rows (policy workbook_seats). %s more seats moved; the counts hold all.",
			money.Count(len(r.History.Moves)), money.Count(n))}
	}
	return []Sheet{
		{Name: "Changes since last run", Grain: "What is other than in the run before: seats, subscriptions, tiers, price lists, findings, actions",
			Lead: leadSince(c), Blocks: append(movedTables(c), findingNews(c, true), askedTable(c), settingChanges(c))},
		people, keptSheet(r),
	}
}

// historySection shows finance what is other than in the run before.
func historySection(r *audit.Result) []Section {
	if r.History == nil {
		return nil
	}
	return append(keptSection(r), changesOnPaper(&r.History.Changes))
}

// Changes lays out a comparison for a terminal: a sentence or two, then tables that
// name nobody.
func Changes(c *history.Comparison) Section {
	return Section{Title: "Since the run before", Lead: append(leadSince(c), sinceWords(c)),
		Tables: append(movedTables(c), findingNews(c, false), askedTable(c))}
}

// leadSince says which run the comparison is with, and what is not a change of the
// estate.
func leadSince(c *history.Comparison) []string {
	out := []string{fmt.Sprintf("Compared with the run as of %s, %s before.", c.With.AsOf.Long(), money.Plural(c.Days, "day"))}
	if n := len(c.Settings); n > 0 {
		out = append(out, fmt.Sprintf("%s of the policy changed since; figures may differ for that alone.", money.Plural(n, "setting")))
	}
	return out
}

// movedTables show seats, subscriptions, tiers and lists.
func movedTables(c *history.Comparison) []Table {
	return []Table{
		TableOf[*history.SeatsChange]{Title: "Paid seats", Empty: "No run lists seats.", Rows: each(c.Seats),
			Columns: []Col[*history.SeatsChange]{movedProduct, movedWas, movedIs, movedNew, movedGone, movedBack, movedLapsed}}.Table(),
		TableOf[*history.LineChange]{Title: "Subscriptions", Empty: "No subscription is new, ended or agreed otherwise.", Rows: each(c.Lines),
			Columns: []Col[*history.LineChange]{sinceName, sinceSite, sinceState, sinceTerms, sinceWas, sinceIs}}.Table(),
		TableOf[*history.TierChange]{Title: "Tiers crossed", Empty: "No subscription crossed into another tier.", Rows: each(c.Tiers),
			Columns: []Col[*history.TierChange]{crossedName, crossedSite, crossedWas, crossedIs, crossedFrom, crossedTo}}.Table(),
		TableOf[*history.PriceChange]{Title: "Price lists that changed without an announcement", Empty: "No price list changed unannounced.", Rows: each(c.Prices),
			Columns: []Col[*history.PriceChange]{listName, listSite, listUsers, listWas, listIs}}.Table(),
	}
}

// findingNews lists the findings that are others than they were.
func findingNews(c *history.Comparison, ids bool) Table {
	columns := []Col[*history.FindingChange]{newsState, newsSeverity, newsTitle, newsWas, newsIs}
	if ids {
		columns = append(columns, newsID)
	}
	return TableOf[*history.FindingChange]{Title: "Findings", Note: money.Plural(c.Same, "finding") + " as before.",
		Empty: "No finding is new, changed or resolved.",
		Rows:  each(c.Findings), Columns: columns}.Table()
}

func askedTable(c *history.Comparison) Table {
	return TableOf[*history.ActionChange]{Title: "Actions of the earlier plan", Note: "An action is done only where an input of this run shows it.",
		Empty: "The earlier plan asked for nothing.", Rows: each(c.Actions),
		Columns: []Col[*history.ActionChange]{askedTitle, askedState, askedDeadline, askedWorth, askedSeats, askedGone, askedPlanned}}.Table()
}

func settingChanges(c *history.Comparison) Table {
	var list []pair
	for _, s := range c.Settings {
		list = append(list, pair{s.Name, "was " + s.Was + ", is " + s.Is})
	}
	t := pairs("Settings that changed", list...)
	t.Empty = "No setting changed."
	return t
}

// Since says in one sentence what is other than in the run before; "" where there
// is none.
func Since(r *audit.Result) string {
	if r.History == nil {
		return ""
	}
	words := sinceWords(&r.History.Changes)
	if kept := keptWords(&r.History.Kept); kept != "" {
		words += " " + kept
	}
	return words
}

func sinceWords(c *history.Comparison) string {
	parts := []string{
		fmt.Sprintf("%s new, %d changed, %d resolved", money.Plural(c.Count(history.New), "finding"), c.Count(history.Changed), c.Count(history.Resolved)),
	}
	var seats history.SeatsChange
	for _, s := range c.Seats {
		seats.New, seats.Gone = seats.New+s.New, seats.Gone+s.Gone
	}
	if seats.New+seats.Gone > 0 {
		parts = append(parts, fmt.Sprintf("%s new, %s gone", money.Plural(seats.New, "seat"), money.Count(seats.Gone)))
	}
	for _, part := range []string{
		happened(len(c.Lines), "subscription", "changed"), happened(len(c.Tiers), "tier", "crossed"), happened(len(c.Prices), "price list", "changed unannounced"),
	} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return "Since " + c.With.AsOf.String() + ": " + strings.Join(parts, "; ") + "."
}

// happened says how many things something happened to; "" for none.
func happened(n int, noun, what string) string {
	if n == 0 {
		return ""
	}
	return money.Plural(n, noun) + " " + what
}

// termWords says what is agreed otherwise.
func termWords(list []history.TermChange) string {
	var out []string
	for _, t := range list {
		was, is := t.Was, t.Is
		if was == "" {
			was = "none"
		}
		if is == "" {
			is = "none"
		}
		out = append(out, strings.ReplaceAll(t.Name, "_", " ")+" "+was+" to "+is)
	}
	return strings.Join(out, "; ")
}

// severityWords is the severity, with the one before where that was another.
func severityWords(c *history.FindingChange) string {
	if c.Before == "" {
		return c.Severity
	}
	return c.Before + " to " + c.Severity
}

// thenM shows an amount of the earlier run: blank where the subscription is new.
func thenM(s history.State, a money.Amount) Cell {
	if s == history.New {
		return T("")
	}
	return M(a)
}

// nowM shows an amount of this run: blank where the subscription is gone.
func nowM(s history.State, a money.Amount) Cell {
	if s == history.Ended {
		return T("")
	}
	return M(a)
}

// blankM shows an amount that a finding need not have.
func blankM(a money.Amount) Cell {
	if !a.Known() {
		return T("")
	}
	return M(a)
}

// seenOf shows when a seat was last used; blank where it was not there.
func seenOf(there bool, s *history.Seat) Cell {
	switch {
	case !there:
		return T("")
	case s.Never:
		return T("never")
	}
	return D(s.LastSeen)
}
