package report

import (
	"tierline/audit"
)

func changeMeanings(r *audit.Result) []meaning {
	change := of(r.Changes, map[string]func(*audit.PriceChange) any{
		"No":                    func(c *audit.PriceChange) any { return numberIn(r, c.Line) },
		"Effective":             func(c *audit.PriceChange) any { return c.Effective },
		"Announced":             func(c *audit.PriceChange) any { return c.Announced },
		"Site":                  func(c *audit.PriceChange) any { return c.Site },
		"Subscription":          func(c *audit.PriceChange) any { return c.Name },
		"Old bill":              func(c *audit.PriceChange) any { return c.Old },
		"New bill":              func(c *audit.PriceChange) any { return c.New },
		"Change":                func(c *audit.PriceChange) any { return c.Change.Signed() },
		"Renewal":               func(c *audit.PriceChange) any { return c.Renewal },
		"Quote from":            func(c *audit.PriceChange) any { return c.QuoteFrom },
		"Quote by":              func(c *audit.PriceChange) any { return c.QuoteBy },
		"This term":             func(c *audit.PriceChange) any { return c.ThisTerm },
		"Whole term":            func(c *audit.PriceChange) any { return c.NextTerm },
		"Row":                   func(c *audit.PriceChange) any { return c.Source },
		"Subscription and site": func(c *audit.PriceChange) any { return c.Name + ", " + c.Site },
	})
	yes, no := &r.Changes[0], &r.Changes[1]
	change["Quote keeps the old price"] = words("yes", "no: "+no.Reason.Placed())
	change["Quote window"] = words(yes.QuoteFrom.Short()+" to "+yes.QuoteBy.Short(), "none")
	return []meaning{
		{place: "Price changes", rows: 2, cell: change,
			cols: "No|Effective|Announced|Site|Subscription|Old bill|New bill|Change|Renewal|Quote keeps the old price|Quote from|Quote by|This term|Whole term|Row"},
		{place: "PDF/Price changes/", rows: 2, cell: change,
			cols: "Effective|Subscription and site|Old bill|New bill|Change|Renewal|Quote window|This term|Whole term"},
	}
}
