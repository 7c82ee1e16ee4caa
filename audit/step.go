package audit

import (
	"encoding/json"

	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Step is one line of a calculation.
type Step struct {
	Seats  int          // 0 when the step is not a number of seats
	Unit   *money.Exact // price of one seat; nil without seats
	Amount money.Exact
	Note   string
}

// Steps writes a calculation as data.
func Steps(steps []pricing.Step) []Step {
	out := []Step{}
	for _, s := range steps {
		d := Step{Seats: s.Seats, Amount: s.Amount, Note: s.Note}
		if s.Seats > 0 {
			d.Unit = new(s.Unit)
		}
		out = append(out, d)
	}
	return out
}

// writtenStep is a step as it stands in result.json: with decimals for people
// and programs, and beside them the fraction where those are rounded.
type writtenStep struct {
	Seats       int          `json:"seats,omitempty"`
	Unit        *money.Exact `json:"unit,omitempty"`
	UnitExact   string       `json:"unit_exact,omitempty"`
	Amount      money.Exact  `json:"amount"`
	AmountExact string       `json:"amount_exact,omitempty"`
	Note        string       `json:"note"`
}

// MarshalJSON writes a step so that it can be read back exactly.
func (s Step) MarshalJSON() ([]byte, error) {
	out := writtenStep{Seats: s.Seats, Unit: s.Unit, Amount: s.Amount, AmountExact: s.Amount.Fraction(), Note: s.Note}
	if s.Unit != nil {
		out.UnitExact = s.Unit.Fraction()
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Step) UnmarshalJSON(b []byte) error {
	var in writtenStep
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*s = Step{Seats: in.Seats, Unit: in.Unit, Amount: in.Amount, Note: in.Note}
	var err error
	if in.UnitExact != "" && s.Unit != nil {
		*s.Unit, err = money.ParseFraction(in.UnitExact)
	}
	if err == nil && in.AmountExact != "" {
		s.Amount, err = money.ParseFraction(in.AmountExact)
	}
	return err
}
