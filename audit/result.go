package audit

import (
	"iter"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/seats"
	"tierline/audit/word"
)

// SchemaVersion is the version of result.json. It changes when a key changes
// its meaning or disappears, not when one is added.
const SchemaVersion = "2"

// Result is everything a report is made from, as plain data: no report looks
// at an estate, a plan or a rule. Unknown amounts are null in JSON.
type Result struct {
	Run         RunInfo              `json:"run"`
	Inputs      []Input              `json:"inputs"`
	Diagnostics []diag.Diagnostic    `json:"diagnostics"`
	Coverage    Coverage             `json:"coverage"`
	Seats       []ProductSeats       `json:"seats"`
	Lines       []Line               `json:"lines"`
	Positions   []Position           `json:"positions"`
	Cycles      []CycleComparison    `json:"cycles"`
	Changes     []PriceChange        `json:"price_changes"`
	Findings    []Finding            `json:"findings"`
	Plan        Plan                 `json:"plan"`
	Removals    []RemovalLadder      `json:"removals"`
	Cash        Cash                 `json:"cash"`
	Sums        []Sum                `json:"sums"`
	Deadlines   []Deadline           `json:"deadlines"`
	Checks      []Check              `json:"checks"`
	Exceptions  []Exception          `json:"exceptions"`
	Rules       []RuleStatus         `json:"rules"`
	People      iter.Seq[SeatRow]    `json:"-"` // for seats.csv and the workbook, streamed
	Rejected    []estate.RejectedRow `json:"-"` // for rejected.csv; the diagnostics say why without naming anybody
	Branding    config.Branding      `json:"branding"`
}

// RunInfo says what was run on what, and with which settings.
type RunInfo struct {
	Schema       string         `json:"schema"`
	Tool         string         `json:"tool"`
	Version      string         `json:"version"`
	Organisation string         `json:"organisation"`
	AsOf         date.Date      `json:"as_of"`
	AsOfAssumed  bool           `json:"as_of_assumed"`
	Currency     money.Currency `json:"currency"`
	CurrencyFrom string         `json:"currency_from"` // "audit.yaml" or "assumed: ..."
	Digest       string         `json:"digest"`        // of all inputs and settings; 64 hex digits
	Complete     bool           `json:"complete"`      // false: exit code 3
	Policy       config.Policy  `json:"policy"`
}

// Setting is one effective value of the policy, as it is shown.
type Setting = config.Setting

// Input is the accounting of one file or sheet.
type Input = estate.Input

// Excluded counts the rows left out for one stated reason.
type Excluded = estate.Excluded

// Coverage says how much of the estate the figures stand for.
type Coverage struct {
	Subscriptions        int             `json:"subscriptions"`         // rows of the table, whatever their status
	SubscriptionsRefused int             `json:"subscriptions_refused"` // rows that could not be read
	Active               int             `json:"active"`
	Counted              int             `json:"counted"`          // active lines in the totals
	LeftOutCurrent       money.Amount    `json:"left_out_current"` // known current cost of lines in no total
	LeftOut              []LeftOut       `json:"left_out"`
	Foreign              []ForeignTotal  `json:"other_currencies"`
	Products             []ProductSource `json:"products"`
}

// LeftOut is an active line in no total.
type LeftOut struct {
	Line     string         `json:"line"`
	Name     string         `json:"name"`
	Site     string         `json:"site"`
	Currency money.Currency `json:"currency,omitempty"`
	Current  money.Amount   `json:"current"`
	Reason   diag.Reason    `json:"reason"`
	Source   diag.Source    `json:"source"`
}

// ForeignTotal is the sub-total of the lines in another currency.
type ForeignTotal struct {
	Currency money.Currency `json:"currency"`
	Lines    int            `json:"lines"`
	Current  money.Amount   `json:"current"`
	AsIs     money.Amount   `json:"as_is"`
}

// ProductSource says how the users of a product are known.
type ProductSource struct {
	Site     string       `json:"site"`
	Product  string       `json:"product"`
	Users    *int         `json:"users"` // null when not known
	From     seats.Origin `json:"from"`
	Activity string       `json:"activity"` // what is known of the last use, in words
	Note     string       `json:"note,omitempty"`
}

// ProductSeats is the judgement on one product of one site, without names.
type ProductSeats struct {
	Site              string                 `json:"site"`
	Product           string                 `json:"product"`
	Name              string                 `json:"name"`
	Users             *int                   `json:"users"` // null when not known
	From              seats.Origin           `json:"from"`
	Classes           []Counted[seats.Class] `json:"classes"` // empty without access columns
	Bands             []Counted[seats.Band]  `json:"bands"`
	AccountBands      []Counted[seats.Band]  `json:"account_bands"` // accounts, not seats: lists without access columns
	Candidates        int                    `json:"candidates"`
	NeverWithoutAdded int                    `json:"never_without_added"`
	NewestActivity    date.Date              `json:"newest_activity,omitzero"`
}

// Counted is a number under a label: a class or band and its seats.
type Counted[T any] struct {
	Label T   `json:"label"`
	Count int `json:"count"`
}

// Class returns the number of seats of a class.
func (p *ProductSeats) Class(class seats.Class) int {
	for _, c := range p.Classes {
		if c.Label == class {
			return c.Count
		}
	}
	return 0
}

// Tier is a range of users; To is null without limit.
type Tier struct {
	From int  `json:"from"`
	To   *int `json:"to"`
}

// Line is one active subscription in its coming term.
type Line struct {
	ID               string          `json:"id"`
	Site             string          `json:"site"`
	Type             estate.Kind     `json:"type"`
	Key              string          `json:"key"`
	Name             string          `json:"name"`
	Vendor           string          `json:"vendor,omitempty"`
	Bundle           string          `json:"bundle"`
	Hosting          pricing.Hosting `json:"hosting"`
	Host             string          `json:"host,omitempty"`
	Edition          string          `json:"edition,omitempty"`
	Cycle            pricing.Cycle   `json:"cycle"`
	Basis            estate.Basis    `json:"billing_basis"`
	Plan             string          `json:"price_plan"`
	Entitlement      string          `json:"entitlement,omitempty"`
	CostCentre       string          `json:"cost_centre,omitempty"`
	Owner            string          `json:"owner,omitempty"`
	Discount         *money.Exact    `json:"discount,omitempty"` // 0.15 for 15 %; nil for none
	LicenceType      string          `json:"licence_type"`
	ContractPrice    money.Amount    `json:"contract_price"`
	Renewal          date.Date       `json:"renewal,omitzero"`  // start of the coming term
	TermEnd          date.Date       `json:"term_end,omitzero"` // last day of it
	Users            *int            `json:"users"`
	UsersFrom        string          `json:"users_from"`
	Licensed         *int            `json:"licensed_users"`
	Billed           *int            `json:"billed_quantity"` // paid for today
	Tier             *Tier           `json:"tier"`
	Currency         money.Currency  `json:"currency"`
	Current          money.Amount    `json:"current"`
	Volume           money.Amount    `json:"volume"`
	PriceChanges     money.Amount    `json:"price_changes"`
	AsIs             money.Amount    `json:"as_is"`
	Recommended      money.Amount    `json:"recommended"`
	HardSaving       money.Amount    `json:"hard_saving"`
	Avoidance        money.Amount    `json:"avoidance"`
	RecommendedFor   *int            `json:"recommended_quantity"`
	RecommendedCycle *pricing.Cycle  `json:"recommended_cycle,omitempty"` // nil in no total
	Counted          bool            `json:"counted"`
	Reason           diag.Reason     `json:"reason,omitzero"`    // why it is in no total
	Together         string          `json:"together,omitempty"` // how it is paid for with other sites, in words
	Quote            *Quote          `json:"quote,omitempty"`
	CurrentSteps     []Step          `json:"current_steps"`
	Steps            []Step          `json:"steps"` // of as_is
	RecommendedSteps []Step          `json:"recommended_steps"`
	Source           diag.Source     `json:"source"`
}

// Quote is the window in which a quote keeps the price before a change.
type Quote struct {
	Change   date.Date   `json:"change"`
	From     date.Date   `json:"from"`
	By       date.Date   `json:"by"`
	Possible bool        `json:"possible"`
	Planned  bool        `json:"planned"` // the plan takes it
	Reason   diag.Reason `json:"reason,omitzero"`
}

// Position is where a bundle stands in its tiers, line by line, with the sums
// nobody sees on a single bill.
type Position struct {
	Bundle string         `json:"bundle"`
	Title  string         `json:"title"`
	Site   string         `json:"site"`
	Family string         `json:"family"`
	Users  *int           `json:"users"` // the largest figure of the family
	Lines  []LinePosition `json:"lines"`
	Unused money.Amount   `json:"unused_capacity"` // sum over the lines that sell whole tiers

	// Ladder is twelve months of the product with the largest count and the
	// apps linked to it, at today's prices, for the tiers around its users.
	Ladder      []LadderRung `json:"ladder"`
	LadderUsers int          `json:"ladder_users"`
	LadderPaid  int          `json:"ladder_billed_quantity"`
	LadderNote  string       `json:"ladder_note,omitempty"`
}

// LadderRung is one tier of a ladder.
type LadderRung struct {
	Tier   Tier         `json:"tier"`
	Amount money.Amount `json:"amount"` // null without limit, or where a line has no price
	Here   bool         `json:"here"`   // holds the quantity paid for today
	Target bool         `json:"target"` // holds the users the plan leaves
}

// LinePosition is where one line stands. Steps are differences of two bills
// of the line's own cycle.
type LinePosition struct {
	Line        string         `json:"line"`
	Site        string         `json:"site"` // or sites, of a charge for several
	Name        string         `json:"name"`
	Cycle       pricing.Cycle  `json:"cycle"`
	Currency    money.Currency `json:"currency,omitempty"`
	Users       int            `json:"users"`
	Billed      int            `json:"billed_quantity"`
	Tier        Tier           `json:"tier"`
	Headroom    *int           `json:"headroom"` // null without limit
	ToDrop      int            `json:"to_drop"`
	Bill        money.Amount   `json:"bill"`
	BillSteps   []Step         `json:"bill_steps"`
	Step        money.Amount   `json:"step"`      // bill one user above the top, less the bill at the top
	StepDown    money.Amount   `json:"step_down"` // bill one user above the tier below, less the bill at its top
	UnusedSeats int            `json:"unused_seats"`
	Unused      money.Amount   `json:"unused_capacity"`
}

// Billed is how the lines of a bundle are billed today.
type Billed string

// How a bundle is billed.
const (
	BilledMonthly Billed = "monthly"
	BilledAnnual  Billed = "annual"
	BilledMixed   Billed = "mixed"
)

// UnmarshalText reads the word.
func (w *Billed) UnmarshalText(b []byte) error {
	return word.One(w, "billing", b, BilledMonthly, BilledAnnual, BilledMixed)
}

// CycleComparison weighs monthly against annual billing for a bundle.
type CycleComparison struct {
	Bundle     string       `json:"bundle"`
	Title      string       `json:"title"`
	Current    Billed       `json:"current"`
	Monthly    money.Amount `json:"monthly"` // coming term, planned removals, no quotes
	Annual     money.Amount `json:"annual"`
	Keep       money.Amount `json:"keep"`
	Decided    plan.Cycle   `json:"decided"`
	NotWeighed diag.Reason  `json:"not_weighed,omitzero"`
}

// PriceChange is a change that meets the coming term of a line.
type PriceChange struct {
	Line      string         `json:"line"`
	Name      string         `json:"name"`
	Site      string         `json:"site"`
	Announced date.Date      `json:"announced,omitzero"`
	Effective date.Date      `json:"effective"`
	Currency  money.Currency `json:"currency,omitempty"`     // of the new price and what it adds
	Was       money.Currency `json:"old_currency,omitempty"` // of the old price, where that is another
	Old       money.Amount   `json:"old" currency:"Was"`     // one bill at today's quantity before the change
	New       money.Amount   `json:"new"`                    // and after
	Change    *Percent       `json:"change"`                 // of one bill; null when the old one is 0 or one is not known
	Renewal   date.Date      `json:"renewal,omitzero"`
	QuoteFrom date.Date      `json:"quote_from,omitzero"`
	QuoteBy   date.Date      `json:"quote_by,omitzero"`
	Quotable  bool           `json:"quotable"`
	Reason    diag.Reason    `json:"reason,omitzero"`
	ThisTerm  money.Amount   `json:"this_term"` // what it adds to the coming term
	NextTerm  money.Amount   `json:"next_term"` // what it adds to a whole term at the new price
	OldSteps  []Step         `json:"old_steps"`
	NewSteps  []Step         `json:"new_steps"`
	Source    diag.Source    `json:"source"`
}

// Plan is the recommendation.
type Plan struct {
	Totals    Totals       `json:"totals"`
	Bridge    []BridgeStep `json:"bridge"`
	Actions   []Action     `json:"actions"`
	Scenarios []Scenario   `json:"scenarios"`

	Constraints []Constraint `json:"constraints"`
}

// Constraint is a setting of the policy that keeps the plan from something, and
// what that costs.
type Constraint struct {
	Setting string       `json:"setting"`
	Value   string       `json:"value"`
	Cost    money.Amount `json:"cost"` // how much less would be recommended without it
}

// RemovalLadder says what removing the review candidates of one product is
// worth, by how many go, longest idle first, all else as planned.
type RemovalLadder struct {
	Bundle     string        `json:"bundle"`
	Site       string        `json:"site"`
	Product    string        `json:"product"`
	Candidates int           `json:"candidates"`
	Planned    int           `json:"planned"`
	Rungs      []RemovalRung `json:"rungs"`

	// Together is what all planned removals of the bundle save at once; only on
	// the last ladder of a bundle with several, which do not add up.
	Together *RemovalsTogether `json:"together,omitempty"`
}

// RemovalsTogether is what all planned removals of a bundle save at once.
type RemovalsTogether struct {
	Removals int          `json:"removals"`
	Saving   money.Amount `json:"saving"`
	Actions  []string     `json:"actions"` // ids of the actions that remove them
}

// RemovalRung is a number of removals at which something changes.
type RemovalRung struct {
	Removals int          `json:"removals"`
	Users    int          `json:"users"`
	Saving   money.Amount `json:"saving"`  // against removing nobody from this product
	Each     money.Amount `json:"each"`    // what the next removal after these saves
	Allowed  bool         `json:"allowed"` // no setting forbids so many
}

// Cash is what is paid in each of the coming 24 months, over the coming term of
// each line and the one after it.
type Cash struct {
	Months  []CashMonth `json:"months"`
	Total   CashMonth   `json:"total"`   // all months together
	Unknown []LeftOut   `json:"unknown"` // lines whose second term is not known
}

// CashMonth is one month of the cash view.
type CashMonth struct {
	Month       date.Date    `json:"month,omitzero"` // its first day
	AsIs        money.Amount `json:"as_is"`
	Recommended money.Amount `json:"recommended"`
	Change      money.Amount `json:"change"`   // recommended less as is
	Growth1     money.Amount `json:"growth_1"` // as is, apps without an announcement raised
	Growth2     money.Amount `json:"growth_2"`
}

// Grouping is what lines are added up by.
type Grouping string

// The groupings.
const (
	ByBundle     Grouping = "bundle"
	BySite       Grouping = "site"
	ByType       Grouping = "type"
	ByVendor     Grouping = "vendor"
	ByCostCentre Grouping = "cost_centre"
	ByOwner      Grouping = "owner"
)

// UnmarshalText reads the word of a grouping.
func (g *Grouping) UnmarshalText(b []byte) error {
	return word.One(g, "grouping", b, ByBundle, BySite, ByType, ByVendor, ByCostCentre, ByOwner)
}

// Sum is the lines of one group added up. Within one way of grouping every line
// of the totals is in exactly one group.
type Sum struct {
	By          Grouping     `json:"by"`
	Name        string       `json:"name"` // empty: the lines that state none
	Lines       int          `json:"lines"`
	Current     money.Amount `json:"current"`
	AsIs        money.Amount `json:"as_is"`
	Recommended money.Amount `json:"recommended"`
	HardSaving  money.Amount `json:"hard_saving"`
	Avoidance   money.Amount `json:"avoidance"`
}

// Check is a figure that comes about in two ways. A run whose checks fail is
// not published.
type Check struct {
	What  string       `json:"what"`
	Left  money.Amount `json:"left"`
	Right money.Amount `json:"right"`
	Holds bool         `json:"holds"`
}

// Totals are sums of rounded lines.
type Totals struct {
	Current      money.Amount `json:"current"`
	Volume       money.Amount `json:"volume"`
	PriceChanges money.Amount `json:"price_changes"`
	AsIs         money.Amount `json:"as_is"`
	Recommended  money.Amount `json:"recommended"`
	HardSaving   money.Amount `json:"hard_saving"`
	Avoidance    money.Amount `json:"avoidance"`
}

// BridgeStep is one bar of the bridge from as is to recommended.
type BridgeStep struct {
	Step   plan.Step    `json:"step"`
	Title  string       `json:"title"`
	Amount money.Amount `json:"amount"`
}

// Scenario is the total of one way to go.
type Scenario struct {
	ID     string       `json:"id"`
	Title  string       `json:"title"`
	Amount money.Amount `json:"amount"`
	Change money.Amount `json:"change"` // against as is
}

// Action is something to do.
type Action struct {
	ID         string       `json:"id"`
	Number     int          `json:"number"`
	Step       plan.Step    `json:"step"`
	Site       string       `json:"site"`
	Bundle     string       `json:"bundle"`
	Line       string       `json:"line,omitempty"`
	Title      string       `json:"title"`
	Detail     string       `json:"detail"`
	Amount     money.Amount `json:"amount"`
	Parts      []ActionPart `json:"parts"` // the amount by the steps of the bridge
	Class      plan.Class   `json:"class"`
	Deadline   date.Date    `json:"deadline"`
	Seats      int          `json:"seats"`
	People     int          `json:"people"`
	Confidence Confidence   `json:"confidence"`
	Owner      string       `json:"owner,omitempty"` // of the lines it changes
	Reversible string       `json:"reversible"`
	DependsOn  []string     `json:"depends_on"`
	Replaces   string       `json:"replaces,omitempty"`
	Rules      []string     `json:"rules"`
	Lines      []ActionLine `json:"lines"`
}

// ActionPart is what an action is worth in one step of the bridge.
type ActionPart struct {
	Step   plan.Step    `json:"step"`
	Amount money.Amount `json:"amount"` // positive: less cost
}

// ActionLine is what an action changes on one line.
type ActionLine struct {
	Line   string       `json:"line"`
	Name   string       `json:"name"`
	Before money.Amount `json:"before"`
	After  money.Amount `json:"after"`
	From   int          `json:"from_quantity"`
	To     int          `json:"to_quantity"`

	BeforeSteps []Step `json:"before_steps"`
	AfterSteps  []Step `json:"after_steps"`
}

// Deadline is a day on which something ends or begins.
type Deadline struct {
	Date date.Date    `json:"date"`
	Kind DeadlineKind `json:"kind"`
	Site string       `json:"site"`
	What string       `json:"what"`
	ID   string       `json:"id"` // stable: the line or action it belongs to, and the kind
}

// Exception is one row of the exceptions table and what it did.
type Exception struct {
	Rule      string    `json:"rule,omitempty"` // id of a rule, or "*" for every one; empty for one there is not
	Subject   string    `json:"-"`              // an account or address, at times: for the workbook alone, as are reason and owner
	Reason    string    `json:"-"`
	Owner     string    `json:"-"`
	Until     date.Date `json:"until,omitzero"`
	Ended     bool      `json:"ended"`
	Protected int       `json:"protected_seats"`
	Findings  int       `json:"findings"` // that it marks
	LeftOut   int       `json:"left_out"` // accounts or seats it keeps out of the findings of its rule

	// Cost is what the plan would save more if the protected seats were
	// candidates too; null when it is not known, with the reason.
	Cost        money.Amount `json:"cost"`
	CostUnknown diag.Reason  `json:"cost_unknown,omitzero"`
	Source      diag.Source  `json:"source"`
}

// Status is what became of a rule.
type Status string

// The statuses.
const (
	Ran     Status = "ran"
	Skipped Status = "skipped" // an input it needs is missing
	Errored Status = "failed"
)

// UnmarshalText reads the word of a status.
func (s *Status) UnmarshalText(b []byte) error {
	return word.One(s, "status", b, Ran, Skipped, Errored)
}

// RuleStatus says what became of a rule. Every rule is listed.
type RuleStatus struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Category    Category    `json:"category"`
	Kind        Kind        `json:"kind"`
	Status      Status      `json:"status"`
	Reason      diag.Reason `json:"reason,omitzero"`
	Findings    int         `json:"findings"`
	Subjects    int         `json:"subjects"` // looked at
	Clean       int         `json:"clean"`    // of them without a finding
	Remediation string      `json:"remediation"`
	Page        string      `json:"page"`
}
