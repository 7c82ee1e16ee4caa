// Package seats judges the seats of an estate: how many users a product has
// and how that is known, the class and idle band of each seat, which
// exceptions protect it, and in which order candidates for removal come. It
// knows no prices; costing asks it for users on a day, plan for candidates.
//
// A candidate is somebody to ask about, never a culprit: the signal is one
// product's page views, and people on leave or working through a client look
// idle as well.
package seats

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"tierline/audit/beside"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/word"
)

// Origin says where a number of users comes from, best first (METHOD 1.3).
// The zero value is "not known".
type Origin uint8

// The origins of a number of users.
const (
	NotKnown      Origin = iota
	FromAccess           // seats counted in an export with access columns
	FromCounts           // the newest daily count
	FromLicence          // what a Data Center instance counts against its licence (currentRoleCount)
	FromSite             // what the site itself answers (applicationrole)
	FromSiteCache        // likewise, approximately and up to seven days old (approximateLicenseCount)
	FromLicensed         // the number of users paid for, for want of a count
)

var originNames = [...]string{
	"unknown", "access columns", "user_counts", "installed licence", "count by the site", "approximate count by the site", "licensed_users",
}

// String returns the origin as reports name it.
func (o Origin) String() string { return originNames[o] }

// MarshalText writes the origin as reports name it.
func (o Origin) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (o *Origin) UnmarshalText(b []byte) error { return word.Index(o, "origin", b, originNames[:]) }

// Product is the judgement on one product of one site.
type Product struct {
	Site       string
	Key        string
	Users      int // billable users, the figure everything is computed with; meaningless when Origin is NotKnown
	Origin     Origin
	CountedOn  date.Date // evidence day or day of the count; zero is not known
	CountedAt  diag.Source
	Counted    int      // what Origin itself says; Users is larger where that is in doubt
	Unread     int      // active accounts of which a list does not say whether they hold a seat; in no other number
	Measured   []Figure // every figure somebody measured, the one of Origin first
	Undated    []Figure // figures a site answers on an unknown or an old day: shown, and held against nothing
	Doubts     []Doubt  // why the count holds its bundle; none where it does not
	Classes    [classes]int
	Bands      [bands]int
	Seats      []Class // parallel to Estate.Accounts; nil without access columns
	Candidates []int32 // accounts in the order of removal
	NoAdded    int     // never-used seats left out for want of an added date

	// Kept counts the seats that would be candidates but for an exception, by its
	// place in Estate.Exceptions. Those it protects that leave, a bot pattern or a
	// missing added date would protect as well are not among them.
	Kept map[int]int

	// Decided counts the seats that would be candidates but for a decision to keep
	// them.
	Decided int

	Signal string // what the last-seen date means
	Newest date.Date

	// Included lists, of a collection, the products it pays for of which any input
	// knows something; Collection is the one that pays for a product, nil where the
	// product is paid for itself (METHOD 7.6). The candidates of such a product are
	// those of its collection.
	Included   []*Product
	Collection *Product

	// AccountBands counts accounts, not seats, where a list says when each was
	// last active but not who has access, as those of Data Center do (METHOD
	// 1.4). ListsAccounts says whether there is one.
	AccountBands  [bands]int
	ListsAccounts bool
	// AccountsInUse counts the listed accounts that are neither inactive nor
	// never used: no more of the users than these can be active ones.
	AccountsInUse int

	includes  []string // of a collection: what it pays for, whether an input knows of it or not
	asOf      date.Date
	access    *estate.Access
	future    int                      // last-seen dates after as-of
	lost      int                      // of these, dates too far ahead to be read as today
	protected []int                    // seats that each exception keeps
	changes   []estate.HeadcountChange // after as-of, by date
	planned   []int                    // sums of the changes up to each of them
	daily     []estate.UserCount       // up to as-of, by date
	past      []estate.UserCount       // of earlier runs, likewise
	counts    bool                     // counts for its family: a column or a row that is not cancelled
	cancelled bool                     // all its rows are cancelled
}

// Held reports whether the number of users is in doubt, so that nothing is
// decided in the bundle of the product.
func (p *Product) Held() bool { return len(p.Doubts) > 0 }

// Known reports whether the number of users is known.
func (p *Product) Known() bool { return p.Origin != NotKnown }

// On returns the users on a day, with planned changes up to and including it
// and after removing some of today's; never below 0. It is meaningless when
// the users are not known.
func (p *Product) On(d date.Date, removed int) int {
	return max(p.Users-removed+p.Planned(d), 0)
}

// Planned adds up the planned changes after as-of, up to and including a day.
func (p *Product) Planned(d date.Date) int {
	until := sort.Search(len(p.changes), func(i int) bool { return p.changes[i].Date.After(d) })
	if until == 0 {
		return 0
	}
	return p.planned[until-1]
}

// plan sets the planned changes after as-of, by date. Their sums are kept: every
// line asks for them on every day of its term, and there may be thousands.
func (p *Product) plan(changes []estate.HeadcountChange) {
	p.changes, p.planned = changes, make([]int, len(changes))
	sum := 0
	for i, c := range changes {
		sum += c.Change
		p.planned[i] = sum
	}
}

// Changes returns the planned changes after as-of, by date.
func (p *Product) Changes() []estate.HeadcountChange { return p.changes }

// Daily returns the daily counts of the product up to as-of, by date. They say
// how many users there were, whatever Users rests on.
func (p *Product) Daily() []estate.UserCount { return p.daily }

// Days returns the users by day as far as anybody counted them: the daily counts,
// else what earlier runs counted. It is for peaks and projections; no figure of today
// rests on it (METHOD 23.9).
func (p *Product) Days() []estate.UserCount {
	if len(p.daily) == 0 {
		return p.past
	}
	return p.daily
}

// Seen returns when an account last used the product; of a collection, when it
// used the one that decides on its class.
func (p *Product) Seen(account int32) estate.LastSeen {
	if p.Collects() {
		if by := p.decider(account); by != nil {
			return by.Seen(account)
		}
		return estate.LastSeen{}
	}
	if p.access == nil || p.access.Seen == nil {
		return estate.LastSeen{}
	}
	return p.access.Seen[account]
}

// EvidenceDay returns the day for which the list speaks that says when an
// account last used the product; zero is not known.
func (p *Product) EvidenceDay(account int32) date.Date {
	if p.Collects() {
		if by := p.decider(account); by != nil {
			return by.EvidenceDay(account)
		}
		return date.Date{}
	}
	if p.access == nil {
		return date.Date{}
	}
	return p.access.EvidenceDay(account)
}

func (p *Product) clock(account int32) clock {
	return clock{day: p.EvidenceDay(account), asOf: p.asOf}
}

// Idle returns the days between the last use by an account and its evidence
// day, false when it was never used or nothing is known.
func (p *Product) Idle(account int32) (int, bool) { return p.clock(account).idle(p.Seen(account)) }

// Band returns how long before its evidence day an account used the product.
func (p *Product) Band(account int32) Band { return p.clock(account).band(p.Seen(account)) }

// Protection is what keeps a seat from being a candidate.
type Protection struct {
	Exception int              // index into Estate.Exceptions, -1 for anything else
	Decision  *estate.Decision // to keep the seat
	Pattern   string           // the bot pattern that matched
	Leave     date.Date        // the last day of leave; zero = not on leave

	// Nonbillable is set for an account under a policy that is not billed for,
	// which bots are put under.
	Nonbillable bool
}

// Class returns the class of a seat that is protected so.
func (p Protection) Class() Class {
	switch {
	case p.Exception >= 0, p.Decision != nil:
		return Excepted
	case !p.Leave.IsZero():
		return OnLeave
	}
	return ServiceAccount
}

// Register holds the judgement on every product of every site.
type Register struct {
	Products    []*Product // by site, then key
	Diagnostics diag.List
	// Protected counts, for each exception, the seats it keeps from being
	// candidates.
	Protected []int

	estate  *estate.Estate
	asOf    date.Date
	guard   *guard
	planned []estate.HeadcountChange
	facts   facts
}

// Judge judges every seat of e as of a day. An exception keeps seats from being
// candidates where it is for every rule, or for one of the rules whose ids are
// given (METHOD 1.15).
func Judge(e *estate.Estate, policy *config.Policy, asOf date.Date, keeping ...string) *Register {
	r := &Register{estate: e, asOf: asOf, Protected: make([]int, len(e.Exceptions))}
	r.guard = newGuard(e, policy, asOf, keeping, &r.Diagnostics)
	r.facts = factsOf(e)
	r.planned = r.future()
	daily, past := r.daily(e.UserCounts), r.daily(e.PastCounts)
	for _, key := range r.keys() {
		r.Products = append(r.Products, &Product{Site: key[0], Key: key[1], asOf: asOf, daily: daily[key], past: past[key], access: e.FindAccess(key[0], key[1])})
	}
	r.pool()
	r.judgeAll(policy)
	for _, collections := range []bool{false, true} { // the products of a collection come before it
		for _, p := range r.Products {
			if p.Collects() == collections {
				r.examine(p, policy)
			}
		}
	}
	r.guard.complain(&r.Diagnostics)
	r.remarkOnDecisions()
	r.weigh(policy)
	return r
}

// judged reports whether an access column says who holds a seat of the product.
func (p *Product) judged() bool { return !p.Collects() && p.access != nil && p.access.Roles != nil }

// judgeAll judges the seats of the products that an access column knows, beside
// each other: each writes to its own product only.
func (r *Register) judgeAll(policy *config.Policy) {
	beside.Each(len(r.Products), func(i int) {
		if p := r.Products[i]; p.judged() {
			r.judge(p, policy)
		}
	})
}

// examine counts the users of a product whose seats are judged.
func (r *Register) examine(p *Product, policy *config.Policy) {
	var changes []estate.HeadcountChange
	for _, c := range r.planned {
		if product := r.Find(c.Site, c.Product); product == p || product != nil && p.Collects() && slices.Contains(p.Included, product) {
			changes = append(changes, c)
		}
	}
	p.plan(changes)
	switch {
	case p.Collects():
		r.collect(p, policy)
	case p.judged():
		r.remarks(p)
	}
	for exception, seats := range p.protected {
		r.Protected[exception] += seats
	}
	r.count(p, policy)
	r.cancel(p)
	if p.access != nil && p.access.Roles == nil && !p.Collects() {
		r.bandAccounts(p, policy)
	}
}

// keys lists every product of every site that any input names.
func (r *Register) keys() [][2]string {
	var out [][2]string
	for i := range r.estate.Access {
		a := &r.estate.Access[i]
		out = append(out, [2]string{a.Site, a.Product})
	}
	for i := range r.estate.Subscriptions {
		if s := &r.estate.Subscriptions[i]; s.Kind == estate.ProductKind {
			out = append(out, [2]string{s.Site, s.Key})
		}
	}
	for _, c := range r.estate.UserCounts {
		out = append(out, [2]string{c.Site, c.Product})
	}
	for i := range r.estate.Licences {
		if l := &r.estate.Licences[i]; l.Kind == estate.ProductKind && l.HasCurrent {
			out = append(out, [2]string{l.Site, l.Key})
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	})
	return slices.Compact(out)
}

// future returns the planned changes after as-of. What is dated earlier is
// already in the export (METHOD 1.20).
func (r *Register) future() []estate.HeadcountChange {
	var out []estate.HeadcountChange
	for _, c := range r.estate.Headcount {
		if c.Date.After(r.asOf) {
			out = append(out, c)
			continue
		}
		r.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("planned change of %+d users on %s is not after %s and is taken to be in the export already",
			c.Change, c.Date, r.asOf), "remove the row, or correct its date")
	}
	return out
}

// judge classifies every seat of a product.
func (r *Register) judge(p *Product, policy *config.Policy) {
	p.Seats = make([]Class, len(r.estate.Accounts))
	p.Signal, p.Newest = p.access.Signal, p.access.Newest
	for i := range r.estate.Accounts {
		a := &r.estate.Accounts[i]
		switch roleOf(p.access, int32(i), a) {
		case estate.NoRole:
			continue
		case estate.OtherRole:
			p.Unread++
			continue
		}
		seen := p.Seen(int32(i))
		p.tellAhead(seen)
		c := p.clock(int32(i))
		class := c.classify(a, seen, policy)
		if class == Inactive || class == NeverUsed {
			class = r.protect(p, int32(i), class, policy)
		}
		p.Seats[i] = class
		p.Classes[class]++
		p.Bands[c.band(seen)]++
		p.Users++
	}
	p.Origin = FromAccess
	r.order(p)
}

// roleOf returns the role of an account that may hold a seat: it is active and
// no app, or somebody says it is billed for. Others have none.
func roleOf(access *estate.Access, account int32, a *estate.Account) estate.Role {
	if access.Billed || a.Status == estate.Active && !a.App {
		return access.Roles[account]
	}
	return estate.NoRole
}

// Lists reports whether a list without access column names an account of e as an
// active one of the product.
func (p *Product) Lists(account int32, e *estate.Estate) bool {
	if p.access == nil || !p.ListsAccounts || !p.access.Listed[account] {
		return false
	}
	a := &e.Accounts[account]
	return !a.App && a.Status == estate.Active
}

// bandAccounts counts the accounts a list names as active by when they last
// used the product.
func (r *Register) bandAccounts(p *Product, policy *config.Policy) {
	p.Signal, p.Newest = p.access.Signal, p.access.Newest
	for i, listed := range p.access.Listed {
		if a := &r.estate.Accounts[i]; !listed || a.App || a.Status != estate.Active {
			continue
		}
		p.ListsAccounts = true
		seen := p.Seen(int32(i))
		p.tellAhead(seen)
		p.AccountBands[p.clock(int32(i)).band(seen)]++
		if r.inUse(p, int32(i), seen, policy) {
			p.AccountsInUse++
		}
	}
	if p.ListsAccounts && p.counts {
		r.remarks(p)
	}
}

// tellAhead counts a last use that lies after as-of.
func (p *Product) tellAhead(seen estate.LastSeen) {
	if d, ok := seen.Date(); ok && d.After(p.asOf) {
		p.future++
		if mistyped(d, p.asOf) {
			p.lost++
		}
	}
}

// inUse reports whether a listed account is none to review: neither inactive
// nor never used, or protected.
func (r *Register) inUse(p *Product, account int32, seen estate.LastSeen, policy *config.Policy) bool {
	switch p.clock(account).classify(&r.estate.Accounts[account], seen, policy) {
	case Inactive, NeverUsed:
		_, protected := r.guard.protects(p, account)
		return protected
	}
	return true
}

// protect gives a seat the class of what protects it where an exception, leave
// or pattern does, and files it as a candidate otherwise.
func (r *Register) protect(p *Product, account int32, class Class, policy *config.Policy) Class {
	if protection, ok := r.guard.protects(p, account); ok {
		if p.Collection == nil {
			_, besides := r.guard.besides(account)
			p.keep(protection, len(r.estate.Exceptions), !besides && !r.undated(account, class, policy))
		}
		return protection.Class()
	}
	if p.Collection != nil {
		return class // who is a candidate is said of the people of the collection
	}
	if r.undated(account, class, policy) {
		p.NoAdded++
		return class
	}
	p.Candidates = append(p.Candidates, account)
	return class
}

// keep counts a seat that something protects: of so many exceptions the one that
// does, and whether the seat would be a candidate without it.
func (p *Product) keep(by Protection, exceptions int, candidate bool) {
	switch {
	case by.Exception >= 0:
		if p.protected == nil {
			p.protected = make([]int, exceptions)
		}
		p.protected[by.Exception]++
		if !candidate {
			return
		}
		if p.Kept == nil {
			p.Kept = map[int]int{}
		}
		p.Kept[by.Exception]++
	case by.Decision != nil && candidate:
		p.Decided++
	}
}

// undated reports whether a seat is no candidate for want of an added date.
func (r *Register) undated(account int32, class Class, policy *config.Policy) bool {
	return class == NeverUsed && r.estate.Accounts[account].Added.IsZero() && !policy.NeverWithoutAdded
}

// order puts candidates into the order of removal (METHOD 1.16): never used
// first, the oldest account first; then by the oldest last use; ties by id,
// which is the order of the accounts. All three are sorted as one number, in
// which the account stands last.
func (r *Register) order(p *Product) {
	keys := make([]uint64, len(p.Candidates))
	for i, account := range p.Candidates {
		used, day := uint64(1), r.estate.Accounts[account].Added
		if seen := p.Seen(account); seen.IsNever() {
			used = 0
		} else {
			day, _ = seen.Date()
		}
		keys[i] = used<<63 | uint64(uint32(day.Number()))<<32 | uint64(uint32(account))
	}
	slices.Sort(keys)
	for i, key := range keys {
		p.Candidates[i] = int32(uint32(key))
	}
}

// holeSeats is how many seats a product must have for more than half of them
// never used to mean a hole in the data rather than a new product.
const holeSeats = 50

// remarks says what of the activity of a product looks wrong: dates that lie
// ahead, of which some are lost, and an export that has holes.
func (r *Register) remarks(p *Product) {
	add := func(level diag.Level, fix, format string, args ...any) {
		what := estate.On(estate.ProductName(p.Key), p.Site) + ": "
		r.Diagnostics.Add(level, p.access.Source, what+fmt.Sprintf(format, args...), fix)
	}
	if p.future > p.lost {
		add(diag.Warning, "check the as-of date",
			"%s after the as-of date %s; read as today", money.PluralIs(p.future-p.lost, "last-seen date"), r.asOf)
	}
	if p.lost > 0 {
		add(diag.Warning, "correct the dates",
			"%s more than a year after the as-of date; read as unknown", money.PluralIs(p.lost, "last-seen date"))
	}
	if never := p.Bands[BandNever]; p.Users >= holeSeats && 2*never > p.Users {
		add(diag.Warning, "compare a few of them with the product, and export again",
			"%d of %d seats have never been used; that is far more than plausible, so dates may be missing from the export", never, p.Users)
	}
	if p.NoAdded > 0 {
		add(diag.Note, "set policy never_without_added: candidate to include them",
			"%s no added date; none is a review candidate without one", money.PluralHas(p.NoAdded, "never-used seat"))
	}
}

// count fills in the users of a product without access columns from the next
// best source, and says so.
func (r *Register) count(p *Product, policy *config.Policy) {
	rows, cancelled := 0, 0
	licensed, hasLicensed := 0, false
	for i := range r.estate.Subscriptions {
		s := &r.estate.Subscriptions[i]
		if s.Kind != estate.ProductKind || s.Site != p.Site || s.Key != p.Key {
			continue
		}
		rows++
		if s.Status == estate.SubCancelled {
			cancelled++
		} else if s.HasLicensed && s.Licensed >= licensed {
			licensed, hasLicensed = s.Licensed, true
			p.CountedAt = s.Source
		}
	}
	p.cancelled = rows > 0 && cancelled == rows
	p.counts = (p.Origin == FromAccess || rows > 0) && !p.cancelled
	if p.Origin == FromAccess {
		p.CountedOn, p.CountedAt = p.access.Day, p.access.Source
		return
	}
	if c, ok := r.newestCount(p, policy.UserCountsMaxAge); ok {
		p.Users, p.Origin, p.CountedOn, p.CountedAt = c.Users, FromCounts, c.Date, c.Source
		return
	}
	if l := r.licence(p); l != nil {
		p.Users, p.Origin, p.CountedOn, p.CountedAt = l.Current, FromLicence, l.Day, l.Source
		return
	}
	if c := r.siteCount(p); c != nil {
		p.Users, p.Origin, p.CountedOn, p.CountedAt = c.Users, fromSite(c), c.Day, c.Source
		return
	}
	if hasLicensed {
		p.Users, p.Origin = licensed, FromLicensed
	}
}

// cancel ignores the planned changes of a product whose rows are all cancelled:
// it counts for nobody, so nobody is planned for it (METHOD 1.20). Of one that a
// collection pays for by now they are planned for the collection.
func (r *Register) cancel(p *Product) {
	if !p.cancelled || p.Collection != nil {
		return
	}
	for _, c := range p.changes {
		r.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("planned change of %+d users of %s is ignored: all its subscriptions are cancelled",
			c.Change, estate.On(estate.ProductName(p.Key), p.Site)), "remove the row, or correct the status of the subscription")
	}
	p.plan(nil)
}

// licence returns the installed licence of a product that says how many users
// count against it, nil when there is none.
func (r *Register) licence(p *Product) *estate.Licence {
	for i := range r.estate.Licences {
		if l := &r.estate.Licences[i]; l.Kind == estate.ProductKind && l.Site == p.Site && l.Key == p.Key && l.HasCurrent {
			return l
		}
	}
	return nil
}

// siteCount returns what the site answers about the users of a product: a count
// of the last days before any other, then an exact one before an approximate one,
// then the newest; nil when there is none.
func (r *Register) siteCount(p *Product) *estate.SiteCount {
	var best *estate.SiteCount
	for i := range r.estate.SiteCounts {
		c := &r.estate.SiteCounts[i]
		if c.Site == p.Site && c.Product == p.Key && !c.Day.After(r.asOf) && (best == nil || r.recent(c.Day) && !r.recent(best.Day)) {
			best = c
		}
	}
	return best
}

// recent reports whether a day is known and not too long before as-of for a
// figure that something is held against.
func (r *Register) recent(day date.Date) bool {
	return !day.IsZero() && !day.After(r.asOf) && r.asOf.Sub(day) <= figureDays
}

func fromSite(c *estate.SiteCount) Origin {
	if c.Cached {
		return FromSiteCache
	}
	return FromSite
}

// daily files daily counts up to as-of under the site and product they are
// of, each list by date.
func (r *Register) daily(counts []estate.UserCount) map[[2]string][]estate.UserCount {
	out := map[[2]string][]estate.UserCount{}
	for _, c := range counts {
		if key := [2]string{c.Site, c.Product}; !c.Date.After(r.asOf) {
			out[key] = append(out[key], c)
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b estate.UserCount) int { return a.Date.Compare(b.Date) })
	}
	return out
}

// newestCount returns the newest daily count not older than maxAge days.
func (r *Register) newestCount(p *Product, maxAge int) (estate.UserCount, bool) {
	if len(p.daily) == 0 {
		return estate.UserCount{}, false
	}
	newest := p.daily[len(p.daily)-1]
	return newest, r.asOf.Sub(newest.Date) <= maxAge
}

// Find returns the judgement on a product, nil when no input names it.
func (r *Register) Find(site, product string) *Product {
	for _, p := range r.Products {
		if p.Site == site && p.Key == product {
			return p
		}
	}
	return nil
}

// Family returns the products of some families on a site whose users count for
// the apps linked to them: those with an access column or a subscription that is
// not cancelled, subscribed or not, without those a collection pays for (METHOD
// 1.6, 1.10).
func (r *Register) Family(site string, families ...string) []*Product {
	var out []*Product
	for _, p := range r.Products {
		if p.Site == site && p.counts && p.Collection == nil && slices.Contains(families, estate.Family(p.Key)) {
			out = append(out, p)
		}
	}
	return out
}

// Reason says in words what protects a seat, and what somebody wrote beside it,
// which may name people.
func (r *Register) Reason(p *Product, account int32) (words, written string) {
	protection, ok := r.guard.protects(p, account)
	switch {
	case !ok:
		return "", ""
	case protection.Exception >= 0:
		return "exception", r.estate.Exceptions[protection.Exception].Reason
	case protection.Decision != nil:
		words = "decided to keep"
		if until := protection.Decision.Until; !until.IsZero() {
			words += " until " + until.String()
		}
		return words, protection.Decision.Reason
	case !protection.Leave.IsZero():
		return "on leave until " + protection.Leave.String(), ""
	case protection.Nonbillable:
		return "nonbillable policy", ""
	}
	return "matches the bot pattern " + protection.Pattern, ""
}

// Add plans n more users of a product from as-of on, fewer when n is negative,
// for a question about them; false when the users of the product are not
// known. What is paid for today stays as it is.
func (r *Register) Add(site, product string, n int) bool {
	p := r.Find(site, product)
	if p == nil || !p.Payer().Known() {
		return false
	}
	p = p.Payer()
	p.plan(slices.Insert(slices.Clone(p.changes), 0, estate.HeadcountChange{Date: r.asOf, Site: site, Product: product, Change: n}))
	return true
}

// Billed reports whether a list says who is billed for, as of Guard and Bitbucket:
// then nobody keeps the use of it that a seat could be judged by (METHOD 1.24).
func (p *Product) Billed() bool { return p.access != nil && p.access.Billed }

// HasSeen reports whether an input has a last-seen column for the product, or
// for one of a collection.
func (p *Product) HasSeen() bool {
	return p.access != nil && p.access.Seen != nil || slices.ContainsFunc(p.Included, (*Product).HasSeen)
}
