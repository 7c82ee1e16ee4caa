package estate

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Quote is one line of a quote: what a vendor has offered a subscription for.
type Quote struct {
	Number     string
	Date       date.Date
	ValidUntil date.Date // last day on which it can be accepted; zero = not stated
	From       date.Date // first day of the cycle it is for; zero = not stated
	Site       string
	Key        string // of the subscription
	Users      int    // 1 or more
	Cycle      pricing.Cycle
	Amount     money.Amount // of one bill, 0 or more
	Source     diag.Source
}

// Invoice is one line of an invoice: what was billed for a subscription and a
// period.
type Invoice struct {
	Number string
	Date   date.Date
	From   date.Date // first day billed for
	To     date.Date // last day billed for, or the day on which the next period begins
	Site   string
	Key    string       // of the subscription
	Users  int          // billed for; 0 = not stated
	Amount money.Amount // 0 or more
	Source diag.Source
}
