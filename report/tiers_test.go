package report

import (
	"testing"

	"tierline/audit"
)

// placed is a subscription with the bundle it is in.
type placed struct {
	*audit.LinePosition
	bundle *audit.Position
}

func tierMeanings(r *audit.Result) []meaning {
	var all, annual []placed
	for p := range each(r.Positions) {
		all = append(all, placed{&p.Lines[0], p}, placed{&p.Lines[1], p})
		annual = append(annual, placed{&p.Lines[0], p})
	}
	out := []meaning{
		{place: "Tiers", rows: 4, cell: tierCells(r, all),
			cols: "No|Product and its apps|Site|Subscription|Cycle|Users|Billed for|Tier from|Tier top|Headroom|To drop|Bill|Step up|Step down|Unused seats|Unused capacity|" +
				"Bill below|Bill of the first|Bill of the top|Bill above|Price list|Price factor|Rate"},
		{place: "PDF/Where the user counts stand/Annual products in their tiers", rows: 2, cell: tierCells(r, annual),
			cols: "Subscription and site|Users|Tier|Headroom|To drop|Step up|Unused capacity"},
	}
	out = append(out, ladderSheetMeaning(r))
	for p := range each(r.Positions) {
		rung := of(p.Ladder, map[string]func(*audit.LadderRung) any{
			"From":   func(g *audit.LadderRung) any { return g.Tier.From },
			"To":     func(g *audit.LadderRung) any { return g.Tier.To },
			"Amount": func(g *audit.LadderRung) any { return g.Amount },
			"Here":   func(g *audit.LadderRung) any { return yesNo(g.Here) },
			"Target": func(g *audit.LadderRung) any { return yesNo(g.Target) },
		})
		out = append(out, meaning{place: "PDF/Where the user counts stand/ladder " + p.Title, cols: "From|To|Amount|Here|Target", rows: 2, cell: rung,
			total: map[string]string{"Here": say(p.LadderPaid), "Target": say(p.LadderUsers)}})
	}
	return out
}

// ladderSheetMeaning: each tier of each ladder, with each line that moves with it.
func ladderSheetMeaning(r *audit.Result) meaning {
	type part struct {
		*audit.RungLine
		rung *audit.LadderRung
		of   *audit.Position
		at   int
	}
	var list []part
	for i := range r.Positions {
		for g := range each(r.Positions[i].Ladder) {
			for l := range each(g.Lines) {
				list = append(list, part{l, g, &r.Positions[i], i + 1})
			}
		}
	}
	bills := func(show func(*audit.TierBills) any) func(*part) any {
		return func(x *part) any { return ofBills(r, x.Line, show) }
	}
	return meaning{place: "Ladders", rows: 8,
		cols: "No|Ladder|Product and its apps|Subscription|Tier from|Tier top|It is|Twelve months|Price list|Price factor|Rate",
		cell: of(list, map[string]func(*part) any{
			"No":                   func(x *part) any { return numberIn(r, x.Line) },
			"Price list":           bills(func(b *audit.TierBills) any { return b.List }),
			"Price factor":         bills(func(b *audit.TierBills) any { return b.Factor.Decimal(0) }),
			"Rate":                 bills(func(b *audit.TierBills) any { return b.Rate.Decimal(0) }),
			"Ladder":               func(x *part) any { return x.at },
			"Product and its apps": func(x *part) any { return x.of.Title },
			"Subscription":         func(x *part) any { return x.Name },
			"Tier from":            func(x *part) any { return x.rung.Tier.From },
			"Tier top":             func(x *part) any { return x.rung.Tier.To },
			"It is": func(x *part) any {
				if x.rung.Here {
					return "paid for today and after the plan"
				}
				return ""
			},
			"Twelve months": func(x *part) any { return x.Amount },
		})}
}

// ofBills shows something of the bills of a subscription, blank where it has none.
func ofBills(r *audit.Result, line string, show func(*audit.TierBills) any) any {
	for b := range each(r.WhatIf.Tiers) {
		if b.Line == line {
			return show(b)
		}
	}
	return ""
}

func tierCells(r *audit.Result, list []placed) cells {
	bills := func(show func(*audit.TierBills) any) func(*placed) any {
		return func(p *placed) any { return ofBills(r, p.Line, show) }
	}
	return of(list, map[string]func(*placed) any{
		"No":        func(p *placed) any { return numberIn(r, p.Line) },
		"Tier from": func(p *placed) any { return p.Tier.From },
		"Tier top": func(p *placed) any {
			if p.Tier.To == nil {
				return "no limit"
			}
			return p.Tier.To
		},
		"Product and its apps": func(p *placed) any { return p.bundle.Title },
		"Site":                 func(p *placed) any { return p.Site },
		"Subscription":         func(p *placed) any { return p.Name },
		"Cycle":                func(p *placed) any { return p.Cycle },
		"Users":                func(p *placed) any { return p.Users },
		"Billed for":           func(p *placed) any { return p.Billed },
		"Tier": func(p *placed) any {
			if p.Tier.To == nil {
				return say(p.Tier.From) + " and more"
			}
			return say(p.Tier.From) + "-" + say(p.Tier.To)
		},
		"Headroom": func(p *placed) any { return p.Headroom },
		"To drop":  func(p *placed) any { return p.ToDrop },
		"Bill":     func(p *placed) any { return p.Bill },
		"Step up": func(p *placed) any {
			if p.Tier.To == nil {
				return "no limit"
			}
			return p.Step
		},
		"Step down": func(p *placed) any {
			if p.Tier.From == 1 {
				return "first tier"
			}
			return p.StepDown
		},
		"Unused seats":          func(p *placed) any { return p.UnusedSeats },
		"Unused capacity":       func(p *placed) any { return p.Unused },
		"Bill below":            bills(func(b *audit.TierBills) any { return b.Below }),
		"Bill of the first":     bills(func(b *audit.TierBills) any { return b.First }),
		"Bill of the top":       bills(func(b *audit.TierBills) any { return b.Top }),
		"Bill above":            bills(func(b *audit.TierBills) any { return b.Above }),
		"Price list":            bills(func(b *audit.TierBills) any { return b.List }),
		"Price factor":          bills(func(b *audit.TierBills) any { return b.Factor.Decimal(0) }),
		"Rate":                  bills(func(b *audit.TierBills) any { return b.Rate.Decimal(0) }),
		"Subscription and site": func(p *placed) any { return p.Name + ", " + p.Site },
	})
}

// Of many bundles those are drawn that an action changes, then those that cost most.
func TestDrawnLadders(t *testing.T) {
	r := result()
	r.Sums, r.Positions = nil, nil
	for i := range laddersMost + 2 {
		title := string(rune('a' + i))
		r.Positions = append(r.Positions, audit.Position{Bundle: title, Title: title, Ladder: make([]audit.LadderRung, 2)})
		r.Sums = append(r.Sums, audit.Sum{By: audit.ByBundle, Name: title, AsIs: usd(int64(100 + i))})
	}
	r.Plan.Actions = []audit.Action{{Bundle: "a"}}
	drawn, all := drawnLadders(r)
	got := ""
	for _, p := range drawn {
		got += p.Title
	}
	if got != "adefghij" || all != laddersMost+2 {
		t.Errorf("drawn are %q of %d", got, all)
	}
	if lead := laddersSection(r).Lead; len(lead) != 2 {
		t.Errorf("nobody says that some are not drawn: %q", lead)
	}
	r.Positions = r.Positions[:laddersMost]
	if drawn, all := drawnLadders(r); len(drawn) != all {
		t.Errorf("%d of %d are drawn", len(drawn), all)
	}
}
