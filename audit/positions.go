package audit

import (
	"fmt"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

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
	LadderLines []string     `json:"ladder_lines"` // names of the subscriptions that move with it, the product first
	LadderStays []string     `json:"ladder_stays"` // names of products of the bundle with users of their own
}

// LadderRung is one tier of a ladder.
type LadderRung struct {
	Tier   Tier         `json:"tier"`
	Amount money.Amount `json:"amount"` // null without limit, or where a line has no price
	Here   bool         `json:"here"`   // holds the quantity paid for today
	Target bool         `json:"target"` // holds the users the plan leaves
	Lines  []RungLine   `json:"-"`      // what the amount is made of; for the workbook
}

// RungLine is what a line costs for twelve months at the top of a tier.
type RungLine struct {
	Line   string // its id
	Name   string
	Amount money.Amount
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

// positions says where every bundle stands in its tiers.
func (w *work) positions() []Position {
	out := []Position{}
	for _, b := range w.costs.Bundles {
		p := Position{Bundle: b.ID(), Title: b.Title(), Site: b.Site, Family: b.Family, Lines: []LinePosition{}, Unused: money.Zero(w.costs.Currency)}
		for _, product := range b.Products {
			if product.Known() && (p.Users == nil || product.Users > *p.Users) {
				p.Users = &product.Users
			}
		}
		for _, l := range b.Lines {
			if l.Charge() == l {
				p.Users = new(l.Users) // people over several sites, each once
			}
			pos := l.Position()
			if !pos.Known {
				continue
			}
			p.Lines = append(p.Lines, linePosition(l, pos))
			if pos.Unused.Known() {
				p.Unused = p.Unused.Add(pos.Unused) // unknown when the line is in another currency
			}
		}
		w.ladder(b, &p)
		out = append(out, p)
	}
	return out
}

// rungsAround is how many tiers a ladder shows beyond the ones that hold the
// users of today and of the plan.
const rungsAround = 2

// ladder adds up, for the tiers around the users of the largest product, what
// it and the apps that follow it cost for twelve months.
func (w *work) ladder(b *costing.Bundle, p *Position) {
	host := ladderHost(b)
	p.Ladder, p.LadderLines, p.LadderStays = []LadderRung{}, []string{}, []string{}
	if host == nil {
		return
	}
	users, target := host.Users, host.UsersOn(w.AsOf, w.plan.Decision(b).Removed)
	p.LadderUsers, p.LadderPaid = users, host.Billed
	rungs := host.Rungs()
	here := slices.IndexFunc(rungs, func(r pricing.Range) bool { return holds(r, host.Billed) })
	aim := slices.IndexFunc(rungs, func(r pricing.Range) bool { return holds(r, target) })
	if here < 0 || aim < 0 {
		return
	}
	followers, without := w.followers(b, host)
	for n := max(min(here, aim)-rungsAround, 0); n <= min(max(here, aim)+rungsAround, len(rungs)-1); n++ {
		rung := LadderRung{Tier: *tierData(rungs[n]), Here: n == here, Target: n == aim}
		if rungs[n].To > 0 {
			rung.Amount = money.Zero(w.costs.Currency)
			for _, l := range followers {
				part := RungLine{l.ID(), l.Name(), l.YearAt(rungs[n].To)}
				rung.Amount, rung.Lines = rung.Amount.Add(part.Amount), append(rung.Lines, part)
			}
		}
		p.Ladder = append(p.Ladder, rung)
	}
	p.LadderLines, p.LadderStays = moving(b, host, followers)
	switch {
	case host.Charge() != nil:
		p.LadderNote = fmt.Sprintf("%s alone, one charge for the people on any site; apps follow the users of their own site", host.Name())
	case without > 0:
		p.LadderNote = "without " + money.Plural(without, "subscription") + " whose price for other quantities is not known"
	}
}

// moving names what moves with a product's users, the product first, and the
// other products of the bundle, which have users of their own.
func moving(b *costing.Bundle, host *costing.Line, followers []*costing.Line) (moves, stays []string) {
	moves, stays = []string{host.Name()}, []string{}
	for _, l := range b.Lines {
		switch {
		case l == host:
		case slices.Contains(followers, l):
			moves = append(moves, l.Name())
		case l.IsHost() && l.Charge() == nil:
			stays = append(stays, l.Name())
		}
	}
	return moves, stays
}

func holds(r pricing.Range, n int) bool { return n >= r.From && (r.To == 0 || n <= r.To) }

// ladderHost returns the annual product line with the most users, nil when
// the bundle has none with a known price.
func ladderHost(b *costing.Bundle) *costing.Line {
	var best *costing.Line
	for _, l := range b.Lines {
		if l.IsHost() && l.Counted() && l.Sub.Cycle == pricing.Annual && len(l.Members()) > 0 && (best == nil || l.Users > best.Users) {
			best = l
		}
	}
	return best
}

// followers returns the annual lines whose quantity a product row's users set,
// the row among them, and how many more follow it without a list. Nothing
// follows a charge over several sites: apps have the users of their own site.
func (w *work) followers(b *costing.Bundle, host *costing.Line) (out []*costing.Line, without int) {
	if host.Charge() != nil {
		return []*costing.Line{host}, 0
	}
	i := host.Members()[0]
	for _, l := range b.Lines {
		if !l.Counted() || l.Sub.Cycle != pricing.Annual || !slices.Contains(l.Members(), i) || l.IsHost() && l.Members()[0] != i {
			continue
		}
		if !l.YearAt(l.Billed).Known() || !l.Position().Known {
			without++
			continue
		}
		out = append(out, l)
	}
	return out, without
}

func linePosition(l *costing.Line, pos costing.Position) LinePosition {
	out := LinePosition{
		Line: l.ID(), Site: l.Sub.Site, Name: l.Name(), Cycle: pos.Cycle, Currency: lineCurrency(l), Users: pos.Users, Billed: pos.Billed, Tier: *tierData(pos.Tier),
		ToDrop: pos.ToDrop, Bill: pos.Bill, BillSteps: Steps(pos.BillSteps), Step: pos.StepUp, StepDown: pos.StepDown, UnusedSeats: pos.UnusedFor, Unused: pos.Unused,
	}
	if l.Charge() == l {
		out.Site = l.Bundle.Place()
	}
	if pos.Tier.To > 0 {
		out.Headroom = &pos.Headroom
	}
	return out
}
