package audit

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// Combination is an app on several sites weighed against one subscription for the
// people on any of them (METHOD 7.2 to 7.5).
type Combination struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Sites    []string       `json:"sites"`
	Lines    []string       `json:"lines"` // ids; the first carries the amount
	Adopted  bool           `json:"adopted"`
	Reason   diag.Reason    `json:"reason,omitzero"` // why it cannot be weighed
	Starts   date.Date      `json:"starts,omitzero"`
	Seats    *int           `json:"seats"`  // on all sites; null where they are not known by person
	Twice    *int           `json:"twice"`  // of them: seats of people counted on another site already
	People   *int           `json:"people"` // it would be bought for, after removals and planned changes
	Currency money.Currency `json:"currency,omitempty"`
	Apart    money.Amount   `json:"apart"`    // each site for itself, without quotes
	Separate money.Amount   `json:"separate"` // with the quotes of the plan: what the group is judged against
	Combined money.Amount   `json:"combined"` // the one subscription
	Prepaid  money.Amount   `json:"prepaid"`  // on other sites when it starts
	Saving   money.Amount   `json:"saving"`   // apart less combined and prepaid
	Later    money.Amount   `json:"later"`    // a year, from the second year on
}

// Persons returns how many people have the seats, each counted once; nil where that is
// not known.
func (c *Combination) Persons() *int {
	if c.Seats == nil || c.Twice == nil {
		return nil
	}
	n := *c.Seats - *c.Twice
	return &n
}

// combinations lists what could be paid for once, as the plan has weighed it.
func (w *work) combinations() []Combination {
	out := []Combination{}
	for _, m := range w.plan.Combinations {
		out = append(out, combination(m))
	}
	return out
}

func combination(m *plan.Combination) Combination {
	out := Combination{
		ID: m.ID(), Name: m.Lines[0].Name(), Sites: m.Sites(), Adopted: m.Adopted, Reason: m.Reason, Currency: lineCurrency(m.Lines[0]),
		Apart: m.Apart, Separate: m.Separate, Combined: m.Combined,
	}
	for _, l := range m.Lines {
		out.Lines = append(out.Lines, l.ID())
	}
	if m.Line == nil || m.Reason.Given() {
		return out
	}
	people, held, twice := m.People()
	out.Starts, out.People, out.Seats, out.Twice = m.Line.Term.Start, &people, &held, &twice
	out.Prepaid, out.Saving, out.Later = m.Prepaid(), m.Saving(), m.LaterSaving()
	return out
}
