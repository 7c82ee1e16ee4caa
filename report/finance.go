package report

import (
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// Finance is the content of the PDF: what a finance director decides on. No
// field holds a name, address or id of a person.
type Finance struct {
	Weighed   string   // the first sentence: how much of the estate is weighed
	Headline  string   // one sentence: the recommendation with seats, tier and money, or why there is none
	Partial   string   // what the amounts of an incomplete audit lack, "" of a complete one
	Facts     []Fact   // the few amounts of the decision page
	Decisions []Table  // the actions to approve, first page
	Counts    []string // the numbers of users the figures rest on, the least certain first
	Caveats   []string // what the totals leave out, and what is not claimed; empty when all is weighed
	Bridge    Bridge
	Opening   []Section // more of the first page, before any other section
	Sections  []Section // the pages after the first, in order
}

// Fact is one labelled figure of the decision page.
type Fact struct {
	Label string
	Value Cell
	Note  string
	See   Cell // what stands on a later page, with a link; blank for nothing
}

// SectionKind says what a section is for, where the first page refers to it.
type SectionKind uint8

// The kinds of sections.
const (
	AnySection    SectionKind = iota
	ActionSection             // lists every action in full
)

// Section is a titled part of the PDF.
type Section struct {
	Kind   SectionKind
	Title  string
	Fresh  bool           // begins a page
	In     money.Currency // of its amounts, where that is not the document's
	Lead   []string       // paragraphs
	Bridge *Bridge
	Ladder []Ladder
	Bars   []Histogram
	Cash   *CashChart
	When   *Timeline
	Cycles []CycleChart
	Tables []Table
}

// Bridge is the waterfall from today's cost to the recommendation. Totals stand on
// the axis, the bars between them are changes.
type Bridge struct {
	Title string
	Bars  []BridgeBar
}

// BridgeBar is one bar of a bridge.
type BridgeBar struct {
	Label  string
	Amount money.Amount
	Total  bool       // stands on the axis
	Class  plan.Class // "" for totals and increases
	Of     Ref        // the cell of the workbook that holds the amount
}

// Ladder is the tiers around a number of users.
type Ladder struct {
	Key     string // of its bundle, by which links name it, see [Staircase]
	Title   string
	Note    string
	Actions []Cell // the actions that move it, each with a link to where it stands in full
	Users   int
	Paid    int
	Rungs   []Rung // by number of users
}

// Rung is one tier of a ladder, with what a bill of the whole bundle costs in
// it.
type Rung struct {
	From, To int // To = 0: no limit
	Amount   money.Amount
	Here     bool // holds the billed quantity
	Target   bool // holds the quantity the plan recommends
}

// Histogram counts seats per band.
type Histogram struct {
	Title string
	Note  string
	Bars  []Bar
}

// CashChart is what is paid month by month.
type CashChart struct {
	Title  string
	Months []CashBar
}

// CashBar is one month: what is paid when everything renews as is, and as
// recommended.
type CashBar struct {
	Month             date.Date // its first day
	AsIs, Recommended money.Amount
}

// Bar is one bar of a histogram.
type Bar struct {
	Label  string
	Count  int
	Review bool // seats of this bar are review candidates
}

// Stamp is the line at the foot of every page.
type Stamp struct {
	Organisation string
	AsOf         date.Date
	Run          string // short digest
}
