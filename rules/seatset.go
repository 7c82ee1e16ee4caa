package rules

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// removal is what removing seats of one product, and nothing else, would save
// in the coming term at the tiers of the users.
type removal struct {
	amount   money.Amount       // unknown where no price says
	lines    []audit.LineAmount // what each line costs less
	unpriced int                // lines charged for these seats of which nobody knows what fewer cost
}

// removing weighs the removal of n seats of product i of a bundle. Where lines
// without a known cost for fewer are charged for the seats and the others save nothing,
// the amount is not 0 but unknown.
func removing(p *audit.Pass, b *costing.Bundle, i, n int) removal {
	free := plan.Freedom{RightSize: true}
	none, k := make([]int, len(b.Products)), make([]int, len(b.Products))
	k[i] = n
	before := plan.Evaluate(b, none, plan.Keep, free, p.Costs.Currency)
	after := plan.Evaluate(b, k, plan.Keep, free, p.Costs.Currency)
	r := removal{amount: before.Total.Sub(after.Total), lines: savedLines(b, before, after), unpriced: b.Unpriced(k)}
	if r.unpriced > 0 && r.amount.Sign() == 0 {
		r.amount = money.Amount{}
	}
	return r
}

// savedLines lists what each line costs less.
func savedLines(b *costing.Bundle, before, after *plan.Outcome) []audit.LineAmount {
	var out []audit.LineAmount
	for i, l := range b.Lines {
		if l.Counted() && before.Costs[i] != after.Costs[i] {
			out = append(out, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: before.Costs[i].Sub(after.Costs[i]), Of: audit.OfRemoval})
		}
	}
	return out
}

// text says in a sentence what removing all n seats would save.
func (r *removal) text(n int) string {
	all := "all " + money.Count(n)
	if n == 1 {
		all = "the one"
	}
	switch {
	case !r.amount.Known() && r.unpriced == 0:
		return fmt.Sprintf("What removing %s would save is not known.", all)
	case !r.amount.Known():
		return fmt.Sprintf("What removing %s would save is not known: of what is charged by these users, %s no known cost for fewer.",
			all, count(r.unpriced, "subscription has", "subscriptions have"))
	case r.amount.Sign() == 0:
		return fmt.Sprintf("Removing %s saves nothing in the coming term: no bill crosses a tier top.", all)
	case r.amount.Sign() < 0:
		return fmt.Sprintf("Removing %s would cost %s %s more: the smaller tier has the higher price.", all, r.amount.Neg().Grouped(), r.amount.Currency())
	}
	text := fmt.Sprintf("Removing %s would lower the coming term by %s %s%s.",
		all, r.amount.Grouped(), r.amount.Currency(), summedOver(len(r.lines)))
	if r.unpriced > 0 {
		text += fmt.Sprintf(" Of what is charged by these users, %s no known cost for fewer and %s not in it.",
			count(r.unpriced, "subscription has", "subscriptions have"), verb(r.unpriced, "is", "are"))
	}
	return text
}

// seatSet is some seats of one product that a rule found, with what removing
// all of them would be worth and how far the plan removes them already.
type seatSet struct {
	bundle     *costing.Bundle // nil where no active subscription charges for the product
	product    *seats.Product
	accounts   []int32      // longest unused first
	candidates int          // of them the plan's review candidates
	planned    int          // of them removed by the plan
	alone      removal      // removing all of them and nothing else
	beyond     money.Amount // removing those the plan keeps, on top of the plan
}

// newSeatSet weighs seats of a product; the bundle is nil where none has it.
func newSeatSet(p *audit.Pass, b *costing.Bundle, product *seats.Product, accounts []int32) *seatSet {
	s := &seatSet{bundle: b, product: product, accounts: accounts}
	sortByLastUse(product, s.accounts)
	if b == nil {
		return s
	}
	i := slices.Index(b.Products, product)
	d := p.Plan.Decision(b)
	in := make(map[int32]bool, len(accounts))
	for _, a := range accounts {
		in[a] = true
	}
	for rank, a := range product.Candidates {
		if in[a] {
			s.candidates++
			if rank < d.Removed[i] {
				s.planned++
			}
		}
	}
	s.alone = removing(p, b, i, len(accounts))
	more := make([]int, len(b.Products))
	more[i] = len(accounts) - s.planned
	s.beyond = d.Beyond(more)
	if s.alone.unpriced > 0 && s.beyond.Sign() == 0 && more[i] > 0 {
		s.beyond = money.Amount{}
	}
	return s
}

// sortByLastUse puts seats never used first, then those unused longest, then
// those of which nothing is known; ties in the order of the accounts.
func sortByLastUse(product *seats.Product, accounts []int32) {
	rank := func(a int32) int32 {
		seen := product.Seen(a)
		if d, ok := seen.Date(); ok {
			return 1 + d.Number()
		}
		if seen.IsNever() {
			return 0
		}
		return 1 << 30
	}
	slices.SortFunc(accounts, func(a, b int32) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) })
}

// text says what the seats are worth and how far the plan has them.
func (s *seatSet) text() string {
	n := len(s.accounts)
	if s.bundle == nil {
		return "No active subscription charges for these seats, so what they cost is not known."
	}
	text := s.alone.text(n)
	if s.candidates > 0 {
		text += fmt.Sprintf(" Of them %s of the plan already, of which it removes %s.",
			count(s.candidates, "is a review candidate", "are review candidates"), money.Count(s.planned))
	}
	if rest := n - s.planned; rest > 0 && s.planned > 0 {
		text += fmt.Sprintf(" Removing the other %s on top of the plan: %s.", verb(rest, "one", money.Count(rest)), savesMore(s.beyond))
	}
	return text
}

// savesMore says what removals on top of the plan save.
func savesMore(a money.Amount) string {
	switch {
	case !a.Known():
		return "not known what it saves"
	case a.Sign() < 0:
		return "costs " + a.Neg().Grouped() + " more"
	}
	return "saves " + a.Grouped()
}

// figures are the money and the overlap behind a finding on the seats.
func (s *seatSet) figures() []audit.Figure {
	return []audit.Figure{
		{Name: "review_candidates", Label: "Of them review candidates of the plan", Value: s.candidates},
		{Name: "planned_removals", Label: "Of them removed by the plan", Value: s.planned},
		{Name: "saves", Label: "Removing all of them really saves", Value: s.alone.amount},
		{Name: "saves_beyond_plan", Label: "Removing the rest saves on top of the plan", Value: s.beyond},
	}
}

// rate fills in what a finding on the seats is worth, by when, and whether the
// plan counts it: only where the plan removes all of them.
func (s *seatSet) rate(p *audit.Pass, f *audit.Finding) {
	f.Amount, f.Lines = s.alone.amount, s.alone.lines
	if s.bundle == nil {
		f.NotCounted = "no active subscription charges for these seats"
		return
	}
	f.By = firstRenewal(s.bundle, f.Lines).AddDays(-1)
	f.Severity = p.Rate(f.Amount, f.By)
	switch clean := p.Plan.ActionOn(s.bundle, plan.StepCleanUp); {
	case s.planned == len(s.accounts) && clean != nil:
		f.CountIn(clean)
	case s.planned > 0:
		f.NotCounted = fmt.Sprintf("the plan removes %s of these seats since nobody uses them, and counts that; whether the other %s needed is for people to say",
			money.Count(s.planned), verb(len(s.accounts)-s.planned, "one is", money.Count(len(s.accounts)-s.planned)+" are"))
	default:
		f.NotCounted = "the plan removes only seats that nobody uses and as far as that lowers a bill; whether these are needed is for people to say"
	}
}

// complete fills in what every finding on a set of seats has: its figures behind
// those given, its rows, of which what gives the words, and what it is worth.
func (s *seatSet) complete(p *audit.Pass, f *audit.Finding, figures []audit.Figure, what func(account int32) string) {
	f.Action = p.Rule.Remediation
	f.Figures = slices.Concat([]audit.Figure{{Name: "users", Label: "Billable users", Value: s.product.Users}}, figures, s.figures())
	f.Evidence = seatRows(p, s.accounts, "", what)
	s.rate(p, f)
}

// seatFacts is what a table says about the seats of a product.
type seatFacts interface {
	// known counts the seats of which the table says something.
	known() int
	// pointedOut lists the accounts there is something to say of.
	pointedOut() []int32
	// finding says it.
	finding(*audit.Pass, *seats.Product) audit.Finding
}

// examineSeats looks at every product of the bundle. One of which the table says
// nothing was not looked at.
func examineSeats[F seatFacts](ctx context.Context, p *audit.Pass, of func(*audit.Pass, *seats.Product) F) error {
	for _, product := range p.Bundle.Products {
		if err := ctx.Err(); err != nil {
			return err
		}
		facts := of(p, product)
		if facts.known() == 0 {
			continue
		}
		subject := p.Bundle.Subject(product.Site, product.Key)
		p.Examine(subject)
		if len(facts.pointedOut()) > 0 {
			f := facts.finding(p, product)
			f.Subject = subject
			p.Report(f)
		}
	}
	return nil
}

// evidenceRows is the option of how many seats a finding lists.
var evidenceRows = audit.Option{Name: "evidence_rows", Type: audit.WholeNumber, Default: "25", Min: 0, Max: 1000, Doc: "How many rows a finding lists."}

// seatRows points at the rows of the first of some accounts; rest says where
// those stand that it leaves out.
func seatRows(p *audit.Pass, accounts []int32, rest string, what func(account int32) string) []audit.Evidence {
	var out []audit.Evidence
	limit := min(p.Number(evidenceRows.Name), len(accounts))
	for _, account := range accounts[:limit] {
		out = append(out, audit.Evidence{Source: p.Estate.Source(&p.Estate.Accounts[account]), What: what(account)})
	}
	if n := len(accounts) - limit; n > 0 {
		out = append(out, audit.Evidence{Source: diag.Source{}, What: money.Plural(n, "more row") + rest})
	}
	return out
}

// seatsOn names so many seats of a product, or people of a collection: "92 Jira
// seats on acme-eng", "17 people of Teamwork Collection on acme-eng".
func seatsOn(product *seats.Product, n int, kind string) string {
	name := estate.ProductName(product.Key)
	if product.Collects() {
		return fmt.Sprintf("%s %speople of %s on %s", money.Count(n), kind, name, product.Site)
	}
	return fmt.Sprintf("%s %s%s seats on %s", money.Count(n), kind, name, product.Site)
}

// lastUse says when an account last used a product.
func lastUse(product *seats.Product, account int32) string {
	seen := product.Seen(account)
	if d, ok := seen.Date(); ok {
		return "last used " + d.String()
	}
	if seen.IsNever() {
		return "never used"
	}
	return "last use not known"
}
