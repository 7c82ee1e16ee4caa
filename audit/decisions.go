package audit

import (
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// Decisions is what people decided about seats before this run, in numbers, and
// what that does (METHOD 1.30).
type Decisions struct {
	Keep      int `json:"keep"` // in force, of seats that somebody holds
	Remove    int `json:"remove"`
	Ask       int `json:"ask"`
	Ended     int `json:"ended"`
	NoSeat    int `json:"no_such_seat"`    // of nobody who holds a seat there
	Protected int `json:"protected_seats"` // that would be candidates but for a decision to keep them

	// Planned is the seats that the plan removes, by what is decided about them; nil
	// where nobody has decided to remove or to ask.
	Planned *DecidedRemovals `json:"planned,omitempty"`

	// Cost is what the plan would save more if the protected seats were
	// candidates too; null when it is not known, with the reason.
	Cost        money.Amount `json:"cost"`
	CostUnknown diag.Reason  `json:"cost_unknown,omitzero"`

	List []Decision `json:"-"` // names people: for the workbook alone
}

// DecidedRemovals is seats that the plan removes, by what people decided about them.
// It removes nobody whom they keep.
type DecidedRemovals struct {
	Remove int `json:"remove"`
	Ask    int `json:"ask"`
	Open   int `json:"open"` // nothing yet
}

// Decision is one of them and what has become of it.
type Decision struct {
	*estate.Decision
	Name  string // of the person, "" where the id is nobody's
	Email string
	State seats.DecidedState
}

// decisions tells what was decided.
func (w *work) decisions(list func() worklist) Decisions {
	out := Decisions{}
	for i := range w.Estate.Decisions {
		d := &w.Estate.Decisions[i]
		row := Decision{Decision: d, State: w.register.StateOf(d)}
		if d.Account >= 0 {
			row.Name, row.Email = w.Estate.Accounts[d.Account].Name, w.Estate.Accounts[d.Account].Email
		}
		out.List = append(out.List, row)
		out.count(&row)
	}
	for _, p := range w.register.Products {
		out.Protected += p.Decided
	}
	if out.Remove+out.Ask > 0 {
		out.Planned = w.decidedRemovals(list())
	}
	price := pricedExceptions{work: w, known: map[string]money.Amount{}}
	out.Cost, out.CostUnknown = price.cost(func(p *seats.Product) int { return p.Decided })
	return out
}

// decidedRemovals counts the seats that the plan removes by what is decided.
func (w *work) decidedRemovals(list worklist) *DecidedRemovals {
	out := &DecidedRemovals{}
	for i := range list.asks {
		ask := &list.asks[i]
		if !ask.Planned {
			continue
		}
		verdict := estate.Undecided
		if d := w.register.Decision(ask.Product, ask.Account); d != nil {
			verdict = d.Verdict
		}
		switch verdict {
		case estate.Remove:
			out.Remove++
		case estate.Ask:
			out.Ask++
		default:
			out.Open++
		}
	}
	return out
}

func (d *Decisions) count(row *Decision) {
	switch {
	case row.State == seats.NoSuchSeat:
		d.NoSeat++
	case row.State == seats.EndedBefore:
		d.Ended++
	case row.Verdict == estate.Keep:
		d.Keep++
	case row.Verdict == estate.Remove:
		d.Remove++
	case row.Verdict == estate.Ask:
		d.Ask++
	}
}
