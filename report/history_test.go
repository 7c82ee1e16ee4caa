package report

import (
	"fmt"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/history"
)

func historyMeanings(r *audit.Result) []meaning {
	c := &r.History.Changes
	seats := of(c.Seats, map[string]func(*history.SeatsChange) any{
		"Product and site": func(s *history.SeatsChange) any { return estate.ProductName(s.Product) + " on " + s.Site },
		"Seats then":       func(s *history.SeatsChange) any { return s.Was },
		"Seats now":        func(s *history.SeatsChange) any { return s.Is },
		"New":              func(s *history.SeatsChange) any { return s.New },
		"Gone":             func(s *history.SeatsChange) any { return s.Gone },
		"Used again":       func(s *history.SeatsChange) any { return s.Reactivated },
		"No more used":     func(s *history.SeatsChange) any { return s.Lapsed },
	})
	lines := of(c.Lines, map[string]func(*history.LineChange) any{
		"Subscription":     func(l *history.LineChange) any { return l.Name },
		"Site":             func(l *history.LineChange) any { return l.Site },
		"What":             func(l *history.LineChange) any { return l.State },
		"Agreed otherwise": func(l *history.LineChange) any { return agreedWords(l) },
		"A year then":      func(l *history.LineChange) any { return l.Was },
		"A year now":       func(l *history.LineChange) any { return l.Is },
	})
	tiers := of(c.Tiers, map[string]func(*history.TierChange) any{
		"Subscription": func(l *history.TierChange) any { return l.Name },
		"Site":         func(l *history.TierChange) any { return l.Site },
		"Tier then":    func(l *history.TierChange) any { return l.Was },
		"Tier now":     func(l *history.TierChange) any { return l.Is },
		"Users then":   func(l *history.TierChange) any { return l.UsersWas },
		"Users now":    func(l *history.TierChange) any { return l.UsersAre },
	})
	lists := of(c.Prices, map[string]func(*history.PriceChange) any{
		"Subscription": func(l *history.PriceChange) any { return l.Name },
		"Site":         func(l *history.PriceChange) any { return l.Site },
		"For users":    func(l *history.PriceChange) any { return l.Users },
		"A year then":  func(l *history.PriceChange) any { return l.Was },
		"A year now":   func(l *history.PriceChange) any { return l.Is },
	})
	const since, paper = "Changes since last run/", "PDF/Since the run before/"
	out := []meaning{newsMeaning(c, since, "|Id"), newsMeaning(c, paper, ""), askedMeaning(c, since), askedMeaning(c, paper), peopleMeaning(r.History)}
	for _, place := range []string{since, paper} {
		out = append(out,
			meaning{place: place + "Paid seats", cols: "Product and site|Seats then|Seats now|New|Gone|Used again|No more used", rows: 2, cell: seats},
			meaning{place: place + "Subscriptions", cols: "Subscription|Site|What|Agreed otherwise|A year then|A year now", rows: 2, cell: lines},
			meaning{place: place + "Tiers crossed", cols: "Subscription|Site|Tier then|Tier now|Users then|Users now", rows: 2, cell: tiers},
			meaning{place: place + "Price lists that changed without an announcement", cols: "Subscription|Site|For users|A year then|A year now", rows: 2, cell: lists})
	}
	promised := of(r.History.Kept.Promises, map[string]func(*history.Promise) any{
		"Action of earlier plans":  func(p *history.Promise) any { return p.Title },
		"Bills of":                 func(p *history.Promise) any { return fmt.Sprint(p.Year) },
		"What became of it":        func(p *history.Promise) any { return p.State },
		"First promised":           func(p *history.Promise) any { return p.On },
		"Deadline":                 func(p *history.Promise) any { return p.Deadline },
		"Promised":                 func(p *history.Promise) any { return p.Promised },
		"Of it due":                func(p *history.Promise) any { return p.Due },
		"Came":                     func(p *history.Promise) any { return p.Came },
		"Seats to remove":          func(p *history.Promise) any { return p.Seats },
		"Of them gone":             func(p *history.Promise) any { return p.Gone },
		"Beside it: price rises":   func(p *history.Promise) any { return p.Prices },
		"Beside it: people joined": func(p *history.Promise) any { return p.Joined },
		"What they cost":           func(p *history.Promise) any { return p.People },
	})
	promised["Class"] = words("Hard saving", "Avoidance")
	out = append(out,
		meaning{place: "Promised and kept", rows: 2, cell: promised, cols: "Action of earlier plans|Bills of|Class|What became of it|First promised|Deadline|" +
			"Promised|Of it due|Came|Seats to remove|Of them gone|Beside it: price rises|Beside it: people joined|What they cost"},
		meaning{place: "PDF/Promised and kept/", rows: 2, cell: promised,
			cols: "Action of earlier plans|Deadline|Class|What became of it|Of it due|Came|Beside it: price rises|What they cost"})
	return append(out, meaning{place: since + "Settings that changed", cols: "label|value", rows: 2, cell: cells{
		"label": func(i int) any { return c.Settings[i].Name },
		"value": func(i int) any { return "was " + c.Settings[i].Was + ", is " + c.Settings[i].Is },
	}})
}

func agreedWords(l *history.LineChange) string {
	a, b := l.Terms[0], l.Terms[1]
	return a.Name + " " + a.Was + " to " + a.Is + "; " + b.Name + " " + b.Was + " to " + b.Is
}

func newsMeaning(c *history.Comparison, place, more string) meaning {
	return meaning{place: place + "Findings", cols: "What|Severity|Finding|Worth then|Worth now" + more, rows: 2, cell: of(c.Findings, map[string]func(*history.FindingChange) any{
		"What":       func(f *history.FindingChange) any { return f.State },
		"Severity":   func(f *history.FindingChange) any { return f.Before + " to " + f.Severity },
		"Finding":    func(f *history.FindingChange) any { return f.Title },
		"Worth then": func(f *history.FindingChange) any { return f.Was },
		"Worth now":  func(f *history.FindingChange) any { return f.Is },
		"Id":         func(f *history.FindingChange) any { return f.ID },
	})}
}

func askedMeaning(c *history.Comparison, place string) meaning {
	asked := of(c.Actions, map[string]func(*history.ActionChange) any{
		"Action of the earlier plan": func(a *history.ActionChange) any { return a.Title },
		"What":                       func(a *history.ActionChange) any { return a.State },
		"Deadline":                   func(a *history.ActionChange) any { return a.Deadline },
		"Worth then":                 func(a *history.ActionChange) any { return a.Amount },
		"Seats to remove":            func(a *history.ActionChange) any { return a.Seats },
		"Of them gone":               func(a *history.ActionChange) any { return a.Gone },
		"Still planned":              func(a *history.ActionChange) any { return yesNo(a.Planned) },
	})
	return meaning{place: place + "Actions of the earlier plan", rows: 2, cell: asked,
		cols: "Action of the earlier plan|What|Deadline|Worth then|Seats to remove|Of them gone|Still planned"}
}

func peopleMeaning(h *audit.History) meaning {
	return meaning{place: "People since last run", rows: 2, cols: "What|Account id|Name|Address|Site|Product|Last used, then|Last used, now",
		cell: of(h.Moves, map[string]func(*history.SeatMove) any{
			"What":            func(m *history.SeatMove) any { return m.Move },
			"Account id":      func(m *history.SeatMove) any { return m.Account },
			"Name":            func(m *history.SeatMove) any { return m.Name },
			"Address":         func(m *history.SeatMove) any { return m.Email },
			"Site":            func(m *history.SeatMove) any { return m.Site },
			"Product":         func(m *history.SeatMove) any { return estate.ProductName(m.Product) },
			"Last used, then": func(m *history.SeatMove) any { return m.Was.LastSeen },
			"Last used, now":  func(m *history.SeatMove) any { return m.LastSeen },
		})}
}
