package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

type whatIfCol = Col[*whatIfRow]

// entry shows what readers may change; locked in rows it is not for.
func entry(open bool, c Cell) Cell {
	c.Locked = !open
	return c
}

// listed writes words as an input offers them.
func listed(words ...Word) []string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return out
}

// shareInput is an input of a part of a price.
func shareInput(title, message string) *Input {
	return &Input{Number: true, Most: 1, Title: title, Message: message, Optional: true}
}

// entered are the columns of what readers enter.
func (w *whatIfModel) entered() []whatIfCol {
	days := &Input{Days: true, Least: Day(w.firstDay()).Serial(), Most: Day(w.lastDay()).Serial(), Title: "From when on", Optional: true,
		Message: "The day from which the added people count. Inside an annual term they are an upgrade for the days left."}
	return []whatIfCol{
		{ID: "name", Title: "Subscription", Width: 36, Wrap: true, Pinned: true, Show: (*whatIfRow).name},
		{ID: "site", Title: "Site", Width: 13, Pinned: true, Show: (*whatIfRow).site},
		{ID: "type", Title: "Type", Width: 9, Show: (*whatIfRow).kind},
		{ID: "users", Title: "Users today", Kind: Count, Width: 9, Show: (*whatIfRow).usersToday},
		{ID: "candidates", Title: "Candidates", Kind: Count, Width: 12, Note: "people to review for removal, longest idle first", Show: func(r *whatIfRow) Cell {
			if r.product == nil {
				return T("")
			}
			p := r.seats.of(r.product.Site, r.product.Key)
			if p == nil || p.Candidates != r.product.Candidates {
				return N(r.product.Candidates)
			}
			return N(r.product.Candidates).by(countedReviews(p))
		}},
		{ID: "remove", Title: "Remove", Kind: Count, Width: 10, Show: (*whatIfRow).none,
			Input: &Input{Whole: true, Most: enteredMost, Title: "People to remove", Optional: true, Message: "How many users lose their access before the renewal."}},
		{ID: "add", Title: "Add", Kind: Count, Width: 8, Show: (*whatIfRow).none,
			Input: &Input{Whole: true, Most: enteredMost, Title: "People to add", Optional: true, Message: "How many users are added, beside the planned changes."}},
		{ID: "from", Title: "From", Kind: Date, Width: 12, Input: days, Show: func(r *whatIfRow) Cell {
			if r.product == nil || r.product.Users == nil {
				return entry(false, T(""))
			}
			return D(r.firstDay())
		}},
		{ID: "cycle", Title: "Cycle", Width: 11, Show: (*whatIfRow).cycle, Input: &Input{List: listed(asToday, monthly, annual), Title: "Billing cycle",
			Message: "From the renewal on. Apps follow their product."}},
		{ID: "licence", Title: "Licence", Width: 12, Show: (*whatIfRow).licence, Input: &Input{List: listed(asHost, keep, fit, quote, asPlanned),
			Title: "What the renewal buys", Message: "keep: the licence of today. fit: the tier of the users. quote: the old price, where a quote can keep it. " +
				"as planned: what the audit recommends. as host: an app does as its product."}},
		{ID: "quoted", Title: "Quote for", Kind: Count, Width: 9, Input: &Input{Whole: true, Most: enteredMost, Title: "Users of the quote",
			Message: "For how many users a quote at the old price is asked for.", Optional: true}, Show: func(r *whatIfRow) Cell {
			if !r.live() || r.line.Old == nil {
				return entry(false, T(""))
			}
			return N(r.line.Old.Users)
		}},
		{ID: "growth", Title: "Growth", Kind: Percent, Width: 10, Show: (*whatIfRow).noShare,
			Input: shareInput("Growth", "A price rise you expect but nobody has announced. The rounded bill is raised by it and rounded again.")},
		{ID: "discount", Title: "Extra discount", Kind: Percent, Width: 11, Show: (*whatIfRow).noShare,
			Input: shareInput("Extra discount", "Off the price, beside the discount of today, from the renewal on. A quote in force stays as it is.")},
		{ID: "rise", Title: "Price rise", Kind: Percent, Width: 10, Show: (*whatIfRow).noShare,
			Input: shareInput("Price rise", "On the list price of each bill from the renewal on. What is quoted does not rise.")},
	}
}

// enteredMost is the most users anybody may enter.
const enteredMost = 1_000_000

// seatsOfAction looks the people whom the plan removes from a product up in the action
// that removes them, where it removes nobody else.
func (r *whatIfRow) seatsOfAction() Formula {
	a := r.removals()[[2]string{r.product.Site, r.product.Key}]
	if a == nil || a.Seats != r.product.Removed {
		return Formula{}
	}
	return ofAction(a, actionSeats.ID)
}

// usersToday are those of the subscription; of a product without one, the seats
// counted.
func (r *whatIfRow) usersToday() Cell {
	n := r.users()
	if n == nil {
		return T("")
	}
	if r.line != nil {
		return r.cells.shownOf(N(*n), r.line.Line, lineUsers)
	}
	return N(*n).by(r.seats.users(r.product.Site, r.product.Key, n))
}

func (r *whatIfRow) name() Cell {
	switch {
	case r.bundle == nil:
		return T("All subscriptions").Bold()
	case r.sums():
		return T(r.bundle.Title).Bold()
	case r.line == nil:
		return T(r.product.Name + ", not subscribed")
	}
	return T(r.of.Name)
}

func (r *whatIfRow) site() Cell {
	switch {
	case r.sums():
		return T("")
	case r.line == nil:
		return T(r.product.Site)
	}
	return T(r.of.Site)
}

// The words of the rows that add others up.
const (
	bundleKind Word = "bundle"
	allKind    Word = "all"
)

func (r *whatIfRow) kind() Cell {
	switch {
	case r.bundle == nil:
		return T(string(allKind))
	case r.sums():
		return T(string(bundleKind))
	case r.line == nil:
		return W(estate.ProductKind)
	}
	return W(r.of.Type)
}

func (r *whatIfRow) none() Cell {
	if !r.peopled() {
		return entry(false, T(""))
	}
	return N(0)
}

func (r *whatIfRow) noShare() Cell {
	if !r.live() {
		return entry(false, T(""))
	}
	return P(money.Exact{})
}

func (r *whatIfRow) cycle() Cell {
	switch {
	case r.line == nil:
		return entry(false, T(""))
	case r.line.Host != "":
		return entry(false, T(string(asHost)))
	}
	return entry(r.cycles(), T(string(asToday)))
}

func (r *whatIfRow) licence() Cell {
	switch {
	case r.line == nil || !r.of.Counted:
		return entry(false, T(""))
	case r.line.Host != "" && r.live():
		return T(string(asHost))
	}
	return T(string(keep))
}

// The columns of what comes of the entries.
var whatIfResults = []whatIfCol{
	{ID: "users_then", Title: "Users then", Kind: Count, Width: 9, Note: "today less the removed and with the added ones, without planned changes",
		Show: func(r *whatIfRow) Cell {
			if !r.peopled() {
				return T("")
			}
			return N(*r.users()).By("MAX(0,{}-{}+{})", Here("users"), number(Here("remove")), number(Here("add")))
		}},
	{ID: "pays", Title: "Pays for", Kind: Count, Width: 9, Note: "users paid for from the renewal on", Show: (*whatIfRow).pays},
	{ID: "as_is", Title: "As is", Kind: Money, Width: 15, Show: func(r *whatIfRow) Cell {
		return r.added("as_is", r.amounts().AsIs)
	}},
	{ID: "what_if", Title: "What-if", Kind: Money, Width: 15, Show: (*whatIfRow).asEntered, Marks: []Mark{unknownAmount}},
	{ID: "difference", Title: "Difference", Kind: Money, Width: 15, Note: "What-if less As is",
		Marks: []Mark{
			{If: F("AND(ISNUMBER({}),{}<0)", Here(""), Here("")), Tone: Good},
			{If: F("AND(ISNUMBER({}),{}>0)", Here(""), Here("")), Tone: Watch},
		},
		Show: (*whatIfRow).difference},
	{ID: "running", Title: "Before renewal", Kind: Money, Width: 15,
		Note:  "due until then for people who are added, or above the licence today; planned changes aside",
		Marks: []Mark{{If: F("AND(ISNUMBER({}),{}>0)", Here(""), Here("")), Tone: Watch}}, Show: (*whatIfRow).running},
	{ID: "together", Title: "Together", Kind: Money, Width: 15, Note: "Difference and Before renewal", Show: (*whatIfRow).together},
	{ID: "remark", Title: "About your entries", Width: 46, Wrap: true, Show: (*whatIfRow).remark,
		Marks: []Mark{{If: F("LEN({})>0", Here("")), Tone: Watch}}},
	{ID: "note", Title: "Note", Width: 44, Wrap: true, Show: (*whatIfRow).note},
	{ID: "next", Title: "Next step", Width: 40, Wrap: true, Show: (*whatIfRow).next,
		Note: "one step from what is entered, with licences that fit: of the product and the apps its users bill"},
}

// The values of the plan, in the columns readers would enter them.
var whatIfPlan = []whatIfCol{
	{ID: "plan_remove", Title: "Plan: remove", Kind: Count, Width: 9, Show: func(r *whatIfRow) Cell {
		if r.product == nil {
			return T("")
		}
		return N(r.product.Removed).by(r.seatsOfAction())
	}},
	{ID: "plan_cycle", Title: "Plan: cycle", Width: 10, Show: func(r *whatIfRow) Cell {
		if r.line == nil || !r.of.Counted {
			return T("")
		}
		return T(string(cycleWords[r.line.Plan.Cycle]))
	}},
	{ID: "plan_licence", Title: "Plan: licence", Width: 11, Show: func(r *whatIfRow) Cell {
		if r.line == nil || !r.of.Counted {
			return T("")
		}
		return T(string(licenceWords[r.line.Plan.Licence]))
	}},
	{ID: "plan_quoted", Title: "Plan: quote for", Kind: Count, Width: 10, Show: func(r *whatIfRow) Cell {
		if r.line == nil || r.line.Plan.Licence != audit.QuoteLicence {
			return T("")
		}
		return N(r.line.Plan.Users)
	}},
	{ID: "plan", Title: "Plan", Kind: Money, Width: 15, Note: "what the values of the plan come to", Show: (*whatIfRow).planned},
}

func (r *whatIfRow) note() Cell {
	switch {
	case r.line == nil:
		return T("")
	case !r.of.Counted:
		return T("In no total: " + r.line.Locked.Text + ".")
	case r.line.Locked.Given():
		return T("Not worked out again, the amounts are the audited ones: " + r.line.Locked.Text + ".")
	}
	var notes []string
	if o := r.line.Offer; o != nil && r.of.QuoteInForce != nil {
		notes = append(notes, "quote "+r.of.QuoteInForce.Number+" is in force")
	}
	if r.line.Plan.Licence == audit.AsPlanned {
		notes = append(notes, r.of.PaidWith+": as planned is the audited amount")
	}
	if r.line.Agreed {
		notes = append(notes, "its contract price is known for its own users only")
	}
	if r.line.Bills[pricing.Monthly] != nil && r.line.Bills[pricing.Annual] != nil {
		return T(strings.Join(notes, "; "))
	}
	return T(strings.Join(append(notes, "can be billed "+r.line.Today.String()+" only"), "; "))
}
