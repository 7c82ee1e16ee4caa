package report

import (
	"cmp"
	"fmt"
	"iter"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/once"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// weighedSentence is the first sentence of every report: how much of the estate
// the plan has weighed, and why not the rest.
func weighedSentence(r *audit.Result) string {
	s := &r.Trust.Subscriptions
	if s.Active == 0 {
		return "There is no active subscription to weigh."
	}
	text := fmt.Sprintf("%d of %s %s weighed", s.Weighed, money.Plural(s.Active, "subscription"), map[bool]string{true: "is", false: "are"}[s.Active == 1])
	text += ": " + share(r)
	if rest := states(s); rest != "" {
		text += "; " + rest
	}
	if n := r.Coverage.SubscriptionsRefused; n > 0 {
		text += "; " + money.Plural(n, "more row") + " of the subscriptions could not be read"
	}
	return text + "."
}

// share writes what part of the money paid today is weighed. What a subscription
// without a price costs is in neither part, so the sentence says of how many it
// speaks.
func share(r *audit.Result) string {
	if r.Trust.Share == nil {
		return "an unknown share of what is paid today"
	}
	text := fmt.Sprintf("%d %% of what is paid today", *r.Trust.Share)
	known := 0 // a price without a rate is in neither part
	for l := range each(r.Lines) {
		if l.Current.Known() && l.Current.Currency() == r.Run.Currency {
			known++
		}
	}
	if known < len(r.Lines) || r.Coverage.SubscriptionsRefused > 0 {
		text += fmt.Sprintf(" for the %d whose cost is known", known)
	}
	return text
}

// states counts the subscriptions that are not weighed; "" where all are.
func states(s *audit.ByState) string {
	var out []string
	for _, x := range []struct {
		n    int
		word plan.State
	}{{s.Held, plan.Held}, {s.Assumed, plan.Assumed}, {s.Unknown, plan.Unknown}} {
		if x.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", x.n, x.word))
		}
	}
	return strings.Join(out, ", ")
}

// nothingCheaper says that the plan found nothing, and among what it looked.
// Only where it weighed everything, took no site for another and lacked no price
// of another choice is there nothing to do.
func nothingCheaper(r *audit.Result) string {
	s := &r.Trust.Subscriptions
	switch {
	case s.All() && s.Active > 0 && r.Coverage.SubscriptionsRefused == 0 && !assumesSites(r):
		text, lacking := "Renewing as is costs least", unpricedChoices(r)
		if len(lacking) > 0 {
			text = "Nothing with a known price costs less than renewing as is"
		}
		if n := critical(r); n > 0 {
			text += ", but see " + money.Plural(n, "critical finding")
		} else if len(lacking) == 0 {
			return "There is nothing to do: renewing as is costs least."
		}
		if text += "."; len(lacking) > 0 {
			text += " No price is known for " + diag.Names(lacking) + "."
		}
		return text
	case s.None():
		return "Nothing is weighed, so nothing is recommended."
	}
	return fmt.Sprintf("No cheaper renewal among the %d of %d weighed (%s).", s.Weighed, s.Active, share(r))
}

// unpricedChoices names what the plan could not hold against renewing as is, since
// nobody knows its price.
func unpricedChoices(r *audit.Result) []string {
	var annual, monthly, fewer []string
	for c := range each(r.Cycles) {
		if k := c.NotWeighed.Kind; k != diag.NoPrice && k != diag.PriceRefused && k != diag.ChangeRefused {
			continue
		}
		if c.Current != audit.BilledAnnual && !c.Annual.Known() {
			annual = append(annual, c.Title)
		}
		if c.Current != audit.BilledMonthly && !c.Monthly.Known() {
			monthly = append(monthly, c.Title)
		}
	}
	for l := range each(r.Lines) {
		if l.OnlyAgreed && l.Counted {
			fewer = append(fewer, estate.On(l.Name, l.Site))
		}
	}
	var out []string
	for _, x := range []struct {
		choice string
		of     []string
		kind   string
	}{{"annual billing", annual, "bundle"}, {"monthly billing", monthly, "bundle"}, {"fewer users", fewer, "subscription"}} {
		if len(x.of) > 0 {
			out = append(out, x.choice+" of "+oneOr(x.of, x.kind))
		}
	}
	return out
}

// oneOr names the only one of a kind, or says how many there are.
func oneOr(names []string, kind string) string {
	if len(names) == 1 {
		return names[0]
	}
	return money.Plural(len(names), kind)
}

// critical counts the findings that cannot wait.
func critical(r *audit.Result) int {
	n := 0
	for f := range each(r.Findings) {
		if f.Severity == audit.Critical {
			n++
		}
	}
	return n
}

// nothingWeighed says why nothing is weighed: the first reason, and how many
// more there are.
func nothingWeighed(r *audit.Result) string {
	reasons := notWeighedReasons(r)
	if len(reasons) == 0 {
		return "There is nothing to weigh: no subscription is active."
	}
	text := "Nothing is weighed yet. " + reasons[0].words("")
	if more := len(reasons) - 1; more > 0 {
		text += "; and " + money.Plural(more, "more reason")
	}
	return text + "."
}

// notWeighedReasons lists why subscriptions are not weighed, each reason once
// with all it holds for, held ones first. A place may name somebody and is left out.
func notWeighedReasons(r *audit.Result) []*alike {
	var out []*alike
	for _, state := range []plan.State{plan.Held, plan.Unknown, plan.Assumed} {
		out = append(out, grouped(obstacles(r, state), func(x *audit.Obstacle) string { return x.Reason.Text })...)
	}
	return out
}

// obstacles lists what keeps subscriptions from being weighed, of one state.
func obstacles(r *audit.Result, state plan.State) iter.Seq[*audit.Obstacle] {
	return func(yield func(*audit.Obstacle) bool) {
		for o := range each(r.Trust.Open) {
			for x := range each(o.Obstacles) {
				if x.State == state && !yield(x) {
					return
				}
			}
		}
	}
}

// ObstacleWords says what keeps something from being weighed, with its place.
func ObstacleWords(x *audit.Obstacle) string { return obstacleText(x, x.Reason.Placed()) }

// obstacleText says what keeps something from being weighed.
func obstacleText(x *audit.Obstacle, why string) string {
	if x.Name == "" {
		return why
	}
	return estate.On(x.Name, x.Site) + ": " + why
}

// Remedy says what would make something count.
func Remedy(x *audit.Obstacle) string { return remedy(x, estate.On(x.Name, x.Site)) }

// remedy says what would make something count, of whatever lacks the same.
func remedy(x *audit.Obstacle, of string) string {
	switch {
	case x.State == plan.Assumed && x.Line != "":
		return "add the number of users assigned to " + of + " to app_usage.csv"
	case x.State == plan.Assumed && x.Reason.Kind == diag.NoDate:
		return "save the answer of the site for " + of + " again, and state its day"
	case x.State == plan.Assumed && x.Hosting == pricing.DataCenter:
		return "add the installed licences of " + of + ", with their day in exported_on, or a user count of the last 31 days"
	case x.State == plan.Assumed:
		return "add an export of the users of " + of + ", or a user count of the last 31 days"
	case x.Doubt == nil:
		return supply(x.Reason.Kind, of)
	}
	switch *x.Doubt {
	case seats.Ambiguous:
		return "state how the dates in the export of " + of + " are written"
	case seats.Stale:
		return "export the users of " + of + " again, or state the day of the export"
	case seats.Undated:
		return "save the answer that counts the users of " + of + " again, and state its day"
	case seats.Contradicted: // a fresh number is there already
		return "confirm the count of " + of + ", or correct the other number"
	case seats.Broken:
		return "export the users of " + of + " again, whole"
	case seats.Unread:
		return "correct the cells of the column of " + of + " that cannot be read"
	}
	if x.Counted {
		return "confirm the count of " + of + ", or export all its users again"
	}
	return "confirm the count of " + of + ", or add a user count of the last 31 days"
}

// supply says what a cost that is not known lacks.
func supply(kind diag.Kind, of string) string {
	switch kind {
	case diag.NoPrice, diag.PriceRefused, diag.ChangeRefused:
		return "add the price of " + of + " to the price files"
	case diag.NoFactor:
		return "state in policy.licence_factors which part of the list price the licence type of " + of + " costs, or correct the type"
	case diag.NoContract:
		return "state the contract_price of " + of
	case diag.NoQuantity:
		return "add the number of users of " + of
	case diag.NoDate:
		return "add the renewal date of " + of
	case diag.InDoubt:
		return "cancel one of the licences for the users of " + of + ", or state that both are one"
	case diag.Currency:
		return "state the rate of its currency in a table of rates"
	case diag.NoCurrency:
		return "state the currency in audit.yaml"
	}
	return "correct what the inputs say of " + of
}

// notClaimed says what a held bundle would save; "" where nothing is held.
func notClaimed(o *audit.Open) string {
	switch {
	case o.Subscriptions.Held == 0:
		return ""
	case !o.NotClaimed.Known():
		return "unknown"
	case o.NotClaimed.Sign() <= 0:
		return "nothing"
	}
	return "up to " + amount(o.NotClaimed)
}

// shortCounts is the numbers of users in sentences: those of one state, source and
// day together, but each of which something else is known by itself.
func shortCounts(r *audit.Result) []string {
	var out []string
	type origin struct {
		state plan.State
		from  seats.Origin
		day   date.Date
	}
	at := map[origin]int{}
	for _, h := range headcounts(r) {
		users := estate.On(h.Name, h.Site)
		if h.Users != nil {
			users += " " + money.Count(*h.Users)
		}
		if h.State == nil {
			continue // nothing is paid for it
		}
		if h.Users == nil {
			out = append(out, "Unknown: "+users+", whose users nothing counts.")
			continue
		}
		if *h.State != plan.Weighed && (len(h.Others) > 0 || *cmp.Or(h.Counted, h.Users) != *h.Users) {
			out = append(out, strings.ToUpper(carries(h)[:1])+carries(h)[1:]+": "+doubtedCount(h)+".")
			continue
		}
		key := origin{*h.State, h.From, h.Day}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			from := "From " + sourceAndDay(h)
			if *h.State != plan.Weighed {
				from = strings.ToUpper(carries(h)[:1]) + carries(h)[1:] + ", from " + sourceAndDay(h)
			}
			out = append(out, from+": "+users)
			continue
		}
		out[i] += "; " + users
	}
	for _, i := range at {
		out[i] += "."
	}
	return out
}

// doubtedCount is a number of users that carries no decision, with its source,
// what else is known, and which of them the figures are computed with where the
// source itself says another.
func doubtedCount(h *audit.Headcount) string {
	own := cmp.Or(h.Counted, h.Users)
	text := estate.On(h.Name, h.Site) + " " + money.Count(*own) + ", from " + sourceAndDay(h)
	if also := alsoKnown(h); also != "" {
		text += "; also known: " + also
	}
	if *own != *h.Users {
		text += "; computed with " + money.Count(*h.Users)
	}
	return text
}

// sourceAndDay says where a number of users comes from, and of which day it is.
func sourceAndDay(h *audit.Headcount) string {
	day := countedOn(h)
	switch {
	case day.Unknown:
		return Label(h.From) + " of an unknown day"
	case day.Kind == Date:
		return Label(h.From) + " of " + day.Date.String()
	}
	return Label(h.From)
}

// openCaveats say of each bundle that is not weighed why, what is not claimed and
// what would make it count. A reason stands once, and not again after the headline.
func openCaveats(r *audit.Result) []string {
	var out []string
	said := map[string]bool{}
	if reasons := notWeighedReasons(r); r.Trust.Subscriptions.None() && len(reasons) > 0 {
		said[reasons[0].text] = true
	}
	for o := range each(r.Trust.Open) {
		text := OpenWords(o)
		if why := whyNot(o, said); len(why) > 0 {
			text += " Why: " + strings.Join(why, ". Also: ") + "."
		}
		out = append(out, text+" To make it count, "+strings.Join(remedies(o), "; ")+".")
	}
	return out
}

// whyNot says why parts of a bundle are not weighed, those left out that are said
// already.
func whyNot(o *audit.Open, said map[string]bool) []string {
	var out []string
	for _, g := range grouped(each(o.Obstacles), func(x *audit.Obstacle) string { return x.Reason.Text }) {
		if said[g.text] {
			continue
		}
		said[g.text] = true
		out = append(out, g.words(o.Title))
	}
	return out
}

// remedies says what would make a bundle count, each thing once with all it is
// lacking for.
func remedies(o *audit.Open) []string {
	todo := grouped(each(o.Obstacles), func(x *audit.Obstacle) string { return remedy(x, "...") })
	var out []string
	for _, g := range todo {
		if d := g.first.Doubt; d != nil && *d == seats.Partial && g.first.Counted {
			continue // the count that contradicts it asks for the same
		}
		out = append(out, remedy(g.first, g.of()))
	}
	return out
}

// alike is obstacles that one sentence tells.
type alike struct {
	text  string
	first *audit.Obstacle
	names once.List[string] // of what they are
}

// of names what they are obstacles of: "Jira and Planner on fjord".
func (a *alike) of() string { return diag.Names(a.names.Values()) }

// words names what the text is said of, but where that stands before it already.
func (a *alike) words(said string) string {
	if of := a.of(); of != "" && of != said {
		return of + ": " + a.text
	}
	return a.text
}

// grouped puts obstacles together of which the same is said, in the order of the
// first of each.
func grouped(all iter.Seq[*audit.Obstacle], say func(*audit.Obstacle) string) []*alike {
	var out []*alike
	said := map[string]*alike{}
	for x := range all {
		text := say(x)
		a := said[text]
		if a == nil {
			a = &alike{text: text, first: x}
			said[text], out = a, append(out, a)
		}
		if x.Name != "" {
			a.names.Add(estate.On(x.Name, x.Site))
		}
	}
	return out
}

// onlyState is the state of the only subscription that is not weighed.
func onlyState(s *audit.ByState) plan.State {
	switch {
	case s.Held > 0:
		return plan.Held
	case s.Assumed > 0:
		return plan.Assumed
	}
	return plan.Unknown
}

// OpenWords says of a bundle how much is not weighed, and what is not claimed.
func OpenWords(o *audit.Open) string {
	s := &o.Subscriptions
	text := o.Title + ": " + states(s)
	switch {
	case s.Active == 1:
		text = o.Title + ": " + onlyState(s).String()
	case s.Weighed > 0:
		text += fmt.Sprintf(", of %d subscriptions", s.Active)
	}
	text += "."
	if claim := notClaimed(o); claim != "" {
		text += " Not claimed: " + claim + ifRight(o) + "."
	}
	return text
}

// ifRight says on which condition an amount that is not claimed would be saved.
func ifRight(o *audit.Open) string {
	if !o.NotClaimed.Known() || o.NotClaimed.Sign() <= 0 {
		return ""
	}
	for x := range each(o.Obstacles) {
		switch {
		case x.Doubt == nil:
		case *x.Doubt == seats.Ambiguous:
			return " if the export still holds"
		case *x.Doubt == seats.Stale:
			return " if the old export still holds"
		case *x.Doubt == seats.Undated:
			return " if that answer still holds"
		case *x.Doubt == seats.Contradicted:
			return " if the export is right"
		case *x.Doubt == seats.Unread:
			return " if none of the cells that cannot be read is a seat"
		default:
			return " if this export is complete"
		}
	}
	return ""
}
