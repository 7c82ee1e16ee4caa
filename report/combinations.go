package report

import (
	"strings"

	"tierline/audit"
)

// The columns of what could be paid for once.
var (
	combinedName  = Col[*audit.Combination]{ID: "name", Title: "App", Width: 28, Wrap: true, Show: func(c *audit.Combination) Cell { return T(c.Name) }}
	combinedSites = Col[*audit.Combination]{ID: "sites", Title: "Sites", Width: 24, Wrap: true,
		Show: func(c *audit.Combination) Cell { return T(strings.Join(c.Sites, ", ")) }}
	combinedState = Col[*audit.Combination]{ID: "adopted", Title: "The plan", Width: 20, Wrap: true,
		Show: func(c *audit.Combination) Cell { return T(weighedOnce(c)) }}
	combinedStart = Col[*audit.Combination]{ID: "starts", Title: "Starts", Kind: Date, Width: 12,
		Show: func(c *audit.Combination) Cell { return dateOrBlank(c.Starts) }}
	combinedSeats = Col[*audit.Combination]{ID: "seats", Title: "Seats on all sites", Kind: Count, Width: 10,
		Show: func(c *audit.Combination) Cell { return OptN(c.Seats) }}
	combinedTwice = Col[*audit.Combination]{ID: "twice", Title: "Held twice", Kind: Count, Width: 9, Note: "seats of people with one on another site already",
		Show: func(c *audit.Combination) Cell { return OptN(c.Twice) }}
	combinedPersons = Col[*audit.Combination]{ID: "persons", Title: "Counted once", Kind: Count, Width: 9, Note: "people with a seat today",
		Show: func(c *audit.Combination) Cell { return OptN(c.Persons()) }}
	combinedPeople = Col[*audit.Combination]{ID: "people", Title: "People", Kind: Count, Width: 9, Note: "after removals and planned changes",
		Show: func(c *audit.Combination) Cell { return OptN(c.People) }}
	combinedApart = Col[*audit.Combination]{ID: "apart", Title: "Each site for itself", Kind: Money, Width: 16, Note: "after the removals, without quotes",
		Show: func(c *audit.Combination) Cell { return M(c.Apart) }}
	combinedQuoted = Col[*audit.Combination]{ID: "separate", Title: "With quotes", Kind: Money, Width: 16,
		Note: "the same with the quotes of the plan: what is to be undercut",
		Show: func(c *audit.Combination) Cell { return M(c.Separate) }}
	combinedOnce = Col[*audit.Combination]{ID: "combined", Title: "Paid once", Kind: Money, Width: 16,
		Show: func(c *audit.Combination) Cell { return M(c.Combined) }}
	combinedPre = Col[*audit.Combination]{ID: "prepaid", Title: "Prepaid elsewhere", Kind: Money, Width: 16,
		Note: "what is paid for on other sites already when it starts", Show: func(c *audit.Combination) Cell { return M(c.Prepaid) }}
	combinedSaves = Col[*audit.Combination]{ID: "saving", Title: "Saves", Kind: Money, Width: 16, Note: "each site for itself, less paid once and prepaid",
		Show: func(c *audit.Combination) Cell { return M(c.Saving) }}
	combinedLater = Col[*audit.Combination]{ID: "later", Title: "Saves later", Kind: Money, Width: 16, Note: "a year, from the second year on",
		Show: func(c *audit.Combination) Cell { return M(c.Later) }}
)

// combinationFormulas are how amounts of a combination follow from the subscriptions
// it is of, looked up by their numbers.
type combinationFormulas struct{ from *lineCells }

func (f combinationFormulas) line(id string) *audit.Line { return f.from.lines[id] }

// of is a column of a subscription.
func (f combinationFormulas) of(id, column string) Formula {
	return ofSubscription(column, Number(f.from.numbers[f.line(id)]))
}

// sum adds a column of the subscriptions up, where that is the amount.
func (f combinationFormulas) sum(c *audit.Combination, column Col[*audit.Line], is bool) Formula {
	if !is {
		return Formula{}
	}
	var sum []Term
	for _, id := range c.Lines {
		sum = append(sum, f.of(id, column.ID))
	}
	return plus(sum)
}

// separate is what the sites are recommended for where the plan leaves them apart; else
// the quotes count only where they lower something.
func (f combinationFormulas) separate(c *audit.Combination) Formula {
	if c.Adopted && c.Separate.Known() && c.Separate == c.Apart {
		return F("{}", Here("apart"))
	}
	return f.sum(c, lineRecommended, c.SeparateIsSum(f.line))
}

func (f combinationFormulas) apart(c *audit.Combination) Formula {
	return f.sum(c, lineSwitched, c.ApartIsSum(f.line))
}

// combined is what an adopted combination is recommended for, less what is prepaid.
func (f combinationFormulas) combined(c *audit.Combination) Formula {
	sum := f.sum(c, lineRecommended, c.CombinedIsRest(f.line))
	if sum.None() {
		return sum
	}
	return F("{}-{}", sum, Here("prepaid"))
}

// prepaid adds up the days of annual bills that are left when the one starts.
func (f combinationFormulas) prepaid(c *audit.Combination) Formula {
	days, is := c.PrepaidDays(f.line)
	if !is {
		return Formula{}
	}
	sum := F("0")
	for _, id := range c.Lines {
		if days[id] > 0 {
			rest := F("{}*({}-{})/365", f.of(id, "current"), f.of(id, "renewal"), Here("starts"))
			sum = F("{}+{}", sum, rounded(rest, c.Prepaid.Currency()))
		}
	}
	return sum
}

func combinationsSheet(r *audit.Result) Sheet {
	f := combinationFormulas{newLineCells(r)}
	return Sheet{
		Name: "Multi-instance", Grain: "One row per app on several sites that could be paid for once, for the people on any of them",
		Lead: []string{"The Enterprise edition offers one subscription of an app for several sites. " +
			"The plan takes it where it costs less than the sites with their quotes."},
		Table: TableOf[*audit.Combination]{
			Title: "Multi-instance", Empty: "No app can be paid for once: that takes the Enterprise edition on two sites.", Rows: each(r.Combinations),
			Columns: []Col[*audit.Combination]{combinedName, combinedSites, combinedState, combinedStart, combinedSeats, combinedTwice,
				combinedPersons.By(func(*audit.Combination) Formula { return F("{}-{}", Here("seats"), Here("twice")) }), combinedPeople,
				combinedApart.By(f.apart), combinedQuoted.By(f.separate), combinedOnce.By(f.combined), combinedPre.By(f.prepaid),
				combinedSaves.By(func(*audit.Combination) Formula {
					return F("{}-{}-{}", Here("apart"), Here("combined"), Here("prepaid"))
				}),
				combinedLater.By(func(*audit.Combination) Formula { return F("{}-{}", Here("apart"), Here("combined")) })},
		}.FoldedAway().Table(),
	}
}

// weighedOnce says what the plan does with a combination, and why.
func weighedOnce(c *audit.Combination) string {
	switch {
	case c.Reason.Given():
		return "not weighed: " + c.Reason.Placed()
	case c.Adopted:
		return "pays once"
	}
	return "leaves the sites apart: they cost less"
}
