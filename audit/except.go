package audit

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/glob"
	"tierline/audit/money"
	"tierline/audit/seats"
)

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

// exceptionUse is what an exception did to the findings.
type exceptionUse struct {
	marked  int // findings
	leftOut int // accounts or seats it kept out of its rule
}

// keepingSeats lists the rules whose exceptions keep seats from being candidates.
func keepingSeats(rules []*Rule) []string {
	var out []string
	for _, r := range rules {
		if r.Exceptions == KeepsSeats {
			out = append(out, r.ID)
		}
	}
	return out
}

// except returns the findings with the exceptions in force that cover them, and
// how many findings each exception marks. An exception that keeps seats has done
// so before the plan, and marks nothing; the others change no amount and no
// action.
func (w *work) except(findings []Finding) ([]Finding, []int) {
	keeping := keepingSeats(w.Rules)
	out, marked := slices.Clone(findings), make([]int, len(w.Estate.Exceptions))
	for n := range out {
		f := &out[n]
		if slices.Contains(keeping, f.Rule) {
			continue
		}
		i := slices.IndexFunc(w.Estate.Exceptions, func(x estate.Exception) bool {
			return w.inForce(&x) && (x.Rule == f.Rule || x.Rule == "*" && x.Subject != "*") && covers(x.Subject, f.Subject)
		})
		if i < 0 {
			continue
		}
		marked[i]++
		f.Excepted = w.Estate.Exceptions[i].Source
	}
	return out, marked
}

// used adds what the rules left out because of exceptions to what these mark.
func used(marked []int, units []*unit) []exceptionUse {
	out := make([]exceptionUse, len(marked))
	for i, n := range marked {
		out[i].marked = n
	}
	for _, u := range units {
		for i, n := range u.leftOut {
			out[i].leftOut += n
		}
	}
	return out
}

func (w *work) inForce(x *estate.Exception) bool {
	return !x.Ended(w.AsOf)
}

// covers reports whether an exception's subject names the subject of a
// finding: itself ("acme-eng/jira"), the product a longer subject begins with
// ("acme-eng/jira" of "acme-eng/jira/over-10"), or the app or product key of a
// line, whatever comes after it (an entitlement, a day).
func covers(pattern, subject string) bool {
	subject = strings.ToLower(subject)
	if glob.Match(pattern, subject) {
		return true
	}
	parts := strings.Split(subject, "/")
	if len(parts) < 3 {
		return false
	}
	return glob.Match(pattern, parts[2]) || glob.Match(pattern, parts[0]+"/"+parts[2]) ||
		parts[1] != "app" && glob.Match(pattern, parts[0]+"/"+parts[1])
}

// uselessExceptions warns of exceptions that name a rule there is not, or that
// mark none of the findings of their rule; those that may keep seats were looked at
// when the seats were judged.
func (w *work) uselessExceptions(o *outcome) diag.List {
	var out diag.List
	keeping := keepingSeats(w.Rules)
	for i := range w.Estate.Exceptions {
		x := &w.Estate.Exceptions[i]
		if x.Rule == "*" || slices.Contains(keeping, x.Rule) {
			continue
		}
		n := slices.IndexFunc(o.statuses, func(s RuleStatus) bool { return s.ID == x.Rule })
		switch {
		case n < 0:
			// Its cells stay unsaid (METHOD 18.4).
			message := "the exception is for a rule that there is not, and protects nothing" + config.Suggest(x.Rule, ruleIDs(w.Rules))
			out.Add(diag.Warning, x.Source, message, "correct the rule or remove the row")
		case w.inForce(x) && o.statuses[n].Status == Ran && o.used[i] == exceptionUse{}:
			out.Add(diag.Warning, x.Source, "the exception matches no finding of "+x.Rule, "correct the subject or remove the row")
		}
	}
	return out
}

func ruleIDs(rules []*Rule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.ID)
	}
	slices.Sort(out)
	return out
}

// exceptions lists every row of the table and what it did.
func (w *work) exceptions(used []exceptionUse) []Exception {
	out := []Exception{}
	price := pricedExceptions{work: w, known: map[string]money.Amount{}}
	for i := range w.Estate.Exceptions {
		x := &w.Estate.Exceptions[i]
		row := Exception{
			Rule: x.Rule, Subject: x.Subject, Reason: x.Reason, Owner: x.Owner, Until: x.Until,
			Ended: !w.inForce(x), Protected: w.register.Protected[i], Findings: used[i].marked, LeftOut: used[i].leftOut, Source: x.Source,
		}
		row.Cost, row.CostUnknown = price.cost(func(p *seats.Product) int { return p.Kept[i] })
		out = append(out, row)
	}
	return out
}

// pricedExceptions works out what exceptions cost. Many protect the same number
// of seats of the same products, one person each, so an answer is kept.
type pricedExceptions struct {
	*work
	known map[string]money.Amount // by bundle and seats of each product
}

// cost returns what seats cost that are kept, so many of each product: what the
// plan would save more, in the cycle it decides, if they were candidates too. It
// is on its own: two exceptions together may cost more than their sum, where a
// tier top needs both, or less, where each reaches it alone. Unknown, with the
// reason, where no price says.
func (w *pricedExceptions) cost(kept func(*seats.Product) int) (money.Amount, diag.Reason) {
	total := money.Zero(w.costs.Currency)
	if !slices.ContainsFunc(w.register.Products, func(p *seats.Product) bool { return kept(p) > 0 }) {
		return total, diag.Reason{} // nobody becomes a candidate without it
	}
	paid, open := false, 0
	for n, d := range w.plan.Decisions {
		more := make([]int, len(d.Bundle.Products))
		for j, p := range d.Bundle.Products {
			more[j] = kept(p)
		}
		if !slices.ContainsFunc(more, func(n int) bool { return n > 0 }) {
			continue
		}
		paid, open = true, open+d.Bundle.Unpriced(more)
		key := fmt.Sprint(n, more)
		if _, ok := w.known[key]; !ok {
			w.known[key] = d.IfRemovable(more, &w.Config.Policy)
		}
		total = total.Add(w.known[key])
	}
	switch {
	case !paid:
		return money.Amount{}, diag.Why(diag.NoPrice, "no active subscription charges for these seats")
	case !total.Known():
		return total, diag.Why(diag.NoPrice, "the bundle of these seats has no known cost")
	case open > 0 && total.Sign() == 0:
		return money.Amount{}, diag.Why(diag.NoPrice, "%s of these seats without a known cost for fewer", money.Plural(open, "subscription"))
	}
	return total, diag.Reason{}
}
