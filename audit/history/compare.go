package history

import (
	"cmp"
	"maps"
	"slices"

	"tierline/audit/date"
	"tierline/audit/money"
)

// Comparison is what is other in a run than in an earlier one.
type Comparison struct {
	With     Run             `json:"with"`
	Days     int             `json:"days"`     // between the two
	Settings []SettingChange `json:"settings"` // of the policy: figures of both runs may differ for that alone
	Users    []UsersChange   `json:"users"`    // where the number differs
	Seats    []SeatsChange   `json:"seats"`    // by product, those that both or one of the runs list
	Lines    []LineChange    `json:"lines"`
	Tiers    []TierChange    `json:"tiers"`
	Prices   []PriceChange   `json:"prices"` // lists that changed and nobody had announced
	Findings []FindingChange `json:"findings"`
	Same     int             `json:"findings_unchanged"`
	Actions  []ActionChange  `json:"actions"` // of the earlier plan
}

// State says what became of something between two runs.
type State string

// The states. Not all of them can be said of everything.
const (
	New        State = "new"
	Changed    State = "changed"
	Ended      State = "ended"       // of a subscription
	Resolved   State = "resolved"    // of a finding
	NotChecked State = "not checked" // of a finding whose rule did not run this time
	Done       State = "done"        // of an action: an input shows it
	Partly     State = "partly"      // of an action: an input shows a part of it
	Open       State = "open"        // of an action whose day is still to come
	Overdue    State = "overdue"     // of an action whose day has passed
)

// SettingChange is a setting of the policy with another value.
type SettingChange struct {
	Name string `json:"name"`
	Was  string `json:"was"`
	Is   string `json:"is"`
}

// UsersChange is a product with another number of users; nil is not known.
type UsersChange struct {
	Site    string `json:"site"`
	Product string `json:"product"`
	Name    string `json:"name"`
	Was     *int   `json:"was"`
	Is      *int   `json:"is"`
}

// LineChange is a subscription that is new, ended or has other terms.
type LineChange struct {
	Line     string         `json:"line"`
	Site     string         `json:"site"`
	Name     string         `json:"name"`
	State    State          `json:"state"`
	Terms    []TermChange   `json:"terms"` // of a changed one
	Currency money.Currency `json:"currency,omitempty"`
	Was      money.Amount   `json:"was"` // twelve months at today's price of either run; null of one that is not there
	Is       money.Amount   `json:"is"`
}

// TermChange is one thing that is agreed otherwise; "" is nothing.
type TermChange struct {
	Name string `json:"name"`
	Was  string `json:"was"`
	Is   string `json:"is"`
}

// TierChange is a subscription that crossed into another tier.
type TierChange struct {
	Line     string `json:"line"`
	Site     string `json:"site"`
	Name     string `json:"name"`
	Was      Tier   `json:"was"`
	Is       Tier   `json:"is"`
	UsersWas *int   `json:"users_were"`
	UsersAre *int   `json:"users_are"`
}

// PriceChange is a list that costs another amount for the same users, without
// an announcement the earlier run knew of.
type PriceChange struct {
	Line     string         `json:"line"`
	Site     string         `json:"site"`
	Name     string         `json:"name"`
	Currency money.Currency `json:"currency,omitempty"`
	Users    int            `json:"users"` // whom both amounts are for
	Was      money.Amount   `json:"was"`   // twelve months at the price of the earlier run
	Is       money.Amount   `json:"is"`
}

// FindingChange is a finding that is new, changed, resolved or no longer looked
// for.
type FindingChange struct {
	ID       string         `json:"id"`
	Rule     string         `json:"rule"`
	Title    string         `json:"title"`
	State    State          `json:"state"`
	Severity string         `json:"severity"`               // of the later run where it has the finding
	Before   string         `json:"severity_was,omitempty"` // of a changed one, where that is another
	Excepted bool           `json:"excepted,omitempty"`
	Currency money.Currency `json:"currency,omitempty"`
	Was      money.Amount   `json:"was"`
	Is       money.Amount   `json:"is"`
}

// ActionChange is what became of an action of the earlier plan.
type ActionChange struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	State    State          `json:"state"`
	Deadline date.Date      `json:"deadline"`
	Currency money.Currency `json:"currency,omitempty"`
	Amount   money.Amount   `json:"amount"`  // it was to bring
	Planned  bool           `json:"planned"` // the plan of the later run asks for it too
	Seats    int            `json:"seats"`   // it was to remove
	Gone     int            `json:"gone"`    // of them are gone
}

// Compare says what is other in a run than in an earlier one, but for seats and
// actions, which take the lists of seats of both (see [Comparison.Judge]).
func Compare(before, after *Facts) *Comparison {
	c := &Comparison{
		With: before.Run, Days: after.AsOf.Sub(before.AsOf), Seats: []SeatsChange{}, Actions: []ActionChange{},
		Settings: settings(before.Settings, after.Settings), Users: users(before.Users, after.Users),
		Lines: []LineChange{}, Tiers: []TierChange{}, Prices: []PriceChange{},
	}
	c.compareLines(before, after)
	c.compareFindings(before, after)
	return c
}

func settings(before, after []Setting) []SettingChange {
	out := []SettingChange{}
	was := map[string]string{}
	for _, s := range before {
		was[s.Name] = s.Value
	}
	for _, s := range after {
		if old, known := was[s.Name]; known && old != s.Value {
			out = append(out, SettingChange{Name: s.Name, Was: old, Is: s.Value})
		}
	}
	return out
}

func users(before, after []Users) []UsersChange {
	type product struct{ site, key string }
	all := map[product]UsersChange{}
	for _, u := range before {
		all[product{u.Site, u.Product}] = UsersChange{Site: u.Site, Product: u.Product, Name: u.Name, Was: u.Count}
	}
	for _, u := range after {
		c := all[product{u.Site, u.Product}]
		c.Site, c.Product, c.Name, c.Is = u.Site, u.Product, u.Name, u.Count
		all[product{u.Site, u.Product}] = c
	}
	out := []UsersChange{}
	for _, c := range all {
		if !equal(c.Was, c.Is) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b UsersChange) int {
		return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Product, b.Product))
	})
	return out
}

// equal reports whether two values that may be missing are the same.
func equal[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// compareLines says which subscriptions are new, ended or agreed otherwise, which
// crossed into another tier, and which lists changed (METHOD 23.3).
func (c *Comparison) compareLines(before, after *Facts) {
	was := map[string]*Line{}
	for i := range before.Lines {
		was[before.Lines[i].ID] = &before.Lines[i]
	}
	announced := map[string][]date.Date{}
	for _, a := range before.Announced {
		announced[a.Line] = append(announced[a.Line], a.Effective)
	}
	for i := range after.Lines {
		is := &after.Lines[i]
		old := was[is.ID]
		delete(was, is.ID)
		if old == nil {
			c.Lines = append(c.Lines, LineChange{Line: is.ID, Site: is.Site, Name: is.Name, State: New, Terms: []TermChange{}, Currency: is.Currency, Is: is.Current})
			continue
		}
		repriced := c.compareTerms(old, is)
		if old.Tier != nil && is.Tier != nil && !equal(old.Tier.To, is.Tier.To) {
			c.Tiers = append(c.Tiers, TierChange{Line: is.ID, Site: is.Site, Name: is.Name, Was: *old.Tier, Is: *is.Tier, UsersWas: old.Users, UsersAre: is.Users})
		}
		expected := slices.ContainsFunc(announced[is.ID], func(d date.Date) bool { return d.After(before.AsOf) && !d.After(after.AsOf) })
		if !repriced && !expected {
			c.comparePrices(old, is)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(was)) {
		old := was[id]
		c.Lines = append(c.Lines, LineChange{Line: id, Site: old.Site, Name: old.Name, State: Ended, Terms: []TermChange{}, Currency: old.Currency, Was: old.Current})
	}
}

// compareTerms says what is agreed otherwise, and reports whether the same list
// price costs another amount for it.
func (c *Comparison) compareTerms(old, is *Line) (repriced bool) {
	value := map[string]string{}
	for _, t := range old.Terms {
		value[t.Name] = t.Value
	}
	changed := []TermChange{}
	for _, t := range is.Terms {
		if value[t.Name] != t.Value {
			changed = append(changed, TermChange{Name: t.Name, Was: value[t.Name], Is: t.Value})
			repriced = repriced || t.Price
		}
	}
	if len(changed) > 0 {
		c.Lines = append(c.Lines, LineChange{Line: is.ID, Site: is.Site, Name: is.Name, State: Changed, Terms: changed, Currency: is.Currency,
			Was: old.Current, Is: is.Current})
	}
	return repriced
}

// comparePrices says that a list costs another amount for the users it was paid
// for. Where only results are known, that can be said of the same number alone.
func (c *Comparison) comparePrices(old, is *Line) {
	if old.Quantity == nil || !old.Current.Known() {
		return
	}
	now := money.Amount{}
	switch {
	case is.Year != nil:
		now = is.Year(*old.Quantity)
	case equal(old.Quantity, is.Quantity):
		now = is.Current
	}
	if now.Known() && now != old.Current && now.Currency() == old.Current.Currency() {
		c.Prices = append(c.Prices, PriceChange{Line: is.ID, Site: is.Site, Name: is.Name, Currency: now.Currency(), Users: *old.Quantity, Was: old.Current, Is: now})
	}
}

// compareFindings says which findings are new, changed or resolved. One whose
// rule did not run this time is not resolved: nobody looked.
func (c *Comparison) compareFindings(before, after *Facts) {
	was, ranks := map[string]*Finding{}, map[string]int{}
	for i := range before.Findings {
		f := &before.Findings[i]
		was[f.ID], ranks[f.Severity] = f, f.Rank
	}
	c.Findings = []FindingChange{}
	for i := range after.Findings {
		is := &after.Findings[i]
		old := was[is.ID]
		delete(was, is.ID)
		ranks[is.Severity] = is.Rank
		f := FindingChange{ID: is.ID, Rule: is.Rule, Title: is.Title, State: Changed, Severity: is.Severity, Excepted: is.Excepted,
			Currency: is.Amount.Currency(), Is: is.Amount}
		switch {
		case old == nil:
			f.State = New
		case old.Rank == is.Rank && old.Amount == is.Amount && old.Excepted == is.Excepted:
			c.Same++
			continue
		default:
			f.Was, f.Currency = old.Amount, cmp.Or(f.Currency, old.Amount.Currency())
			if old.Rank != is.Rank {
				f.Before = old.Severity
			}
		}
		c.Findings = append(c.Findings, f)
	}
	for _, old := range was {
		state := Resolved
		if !after.Ran[old.Rule] {
			state = NotChecked
		}
		c.Findings = append(c.Findings, FindingChange{ID: old.ID, Rule: old.Rule, Title: old.Title, State: state, Severity: old.Severity, Excepted: old.Excepted,
			Currency: old.Amount.Currency(), Was: old.Amount})
	}
	order := []State{New, Changed, Resolved, NotChecked}
	slices.SortFunc(c.Findings, func(a, b FindingChange) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.State), slices.Index(order, b.State)), cmp.Compare(ranks[b.Severity], ranks[a.Severity]),
			cmp.Compare(a.ID, b.ID))
	})
}

// Count returns how many findings are in a state.
func (c *Comparison) Count(s State) int {
	n := 0
	for i := range c.Findings {
		if c.Findings[i].State == s {
			n++
		}
	}
	return n
}
