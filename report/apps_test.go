package report

import (
	"tierline/audit"
)

func appMeanings(r *audit.Result) []meaning {
	return []meaning{{
		place: "Apps", rows: 2,
		cols: "No|App|Site|App of|Renewal|As is|Saved without it|Users paid for|Users of the product|Idle|Use the app|Usage of|Per user|Per user of the app|" +
			"Vendor|Charged for|State|Id",
		cell: of(r.Apps, map[string]func(*audit.App) any{
			"No":                   func(a *audit.App) any { return numberIn(r, a.Line) },
			"App":                  func(a *audit.App) any { return a.Name },
			"Site":                 func(a *audit.App) any { return a.Site },
			"App of":               func(a *audit.App) any { return a.Host },
			"Renewal":              func(a *audit.App) any { return a.Renewal },
			"As is":                func(a *audit.App) any { return a.AsIs },
			"Saved without it":     func(a *audit.App) any { return a.Without },
			"Users paid for":       func(a *audit.App) any { return a.Users },
			"Users of the product": func(a *audit.App) any { return a.HostUsers },
			"Idle":                 func(a *audit.App) any { return a.Idle.String() },
			"Use the app":          func(a *audit.App) any { return a.Active },
			"Usage of":             func(a *audit.App) any { return a.ActiveOn },
			"Per user":             func(a *audit.App) any { return a.PerUser },
			"Per user of the app":  func(a *audit.App) any { return a.PerActive },
			"Vendor":               func(a *audit.App) any { return a.Vendor },
			"Charged for":          func(a *audit.App) any { return Label(a.Basis) },
			"State":                func(a *audit.App) any { return a.State },
			"Id":                   func(a *audit.App) any { return a.Line },
		}),
		total: map[string]string{"No": "The apps in the totals", "As is": say(r.Sums[4].AsIs)},
	}}
}

func combinationMeanings(r *audit.Result) []meaning {
	once := of(r.Combinations, map[string]func(*audit.Combination) any{
		"App":                  func(c *audit.Combination) any { return c.Name },
		"Sites":                func(c *audit.Combination) any { return c.Sites[0] + ", " + c.Sites[1] },
		"Starts":               func(c *audit.Combination) any { return c.Starts },
		"Seats on all sites":   func(c *audit.Combination) any { return c.Seats },
		"Held twice":           func(c *audit.Combination) any { return c.Twice },
		"Counted once":         func(c *audit.Combination) any { return *c.Seats - *c.Twice },
		"People":               func(c *audit.Combination) any { return c.People },
		"Each site for itself": func(c *audit.Combination) any { return c.Apart },
		"With quotes":          func(c *audit.Combination) any { return c.Separate },
		"Paid once":            func(c *audit.Combination) any { return c.Combined },
		"Prepaid elsewhere":    func(c *audit.Combination) any { return c.Prepaid },
		"Saves":                func(c *audit.Combination) any { return c.Saving },
		"Saves later":          func(c *audit.Combination) any { return c.Later },
	})
	once["The plan"] = words("not weighed: "+r.Combinations[0].Reason.Placed(), "not weighed: "+r.Combinations[1].Reason.Placed())
	return []meaning{{
		place: "Multi-instance", rows: 2, cell: once,
		cols: "App|Sites|The plan|Starts|Seats on all sites|Held twice|Counted once|People|Each site for itself|With quotes|Paid once|Prepaid elsewhere|Saves|Saves later",
	}}
}

func peakMeanings(r *audit.Result) []meaning {
	peak := of(r.Peaks, map[string]func(*audit.Peak) any{
		"Site":                 func(p *audit.Peak) any { return p.Site },
		"No":                   func(p *audit.Peak) any { return numberIn(r, p.Line) },
		"Subscription":         func(p *audit.Peak) any { return p.Name },
		"Cycle from":           func(p *audit.Peak) any { return p.From },
		"To":                   func(p *audit.Peak) any { return p.To },
		"On":                   func(p *audit.Peak) any { return p.PeakDay },
		"Why nothing is known": func(p *audit.Peak) any { return p.Reason.Placed() },
	})
	known := &r.Peaks[1]
	for title, value := range map[string]any{
		"Users at the start": known.Start, "Peak": known.Peak, "Days above": known.Above, "Users at the end": known.Last, "Days not counted": known.Missing,
		"Charged for it": known.Past, "At today's price": known.Today, "For users gone again": known.Gone,
	} {
		peak[title] = words("", say(value)) // of the first, whose cycles are not known, there is none
	}
	peak["State"] = words("not known", "running")
	return []meaning{{
		place: "Peaks", rows: 2, cell: peak,
		cols: "No|Site|Subscription|Cycle from|To|State|Users at the start|Peak|On|Days above|Users at the end|Days not counted|" +
			"Charged for it|At today's price|For users gone again|Why nothing is known",
	}}
}
