package audit

import (
	"encoding/json"
	"fmt"
	"strings"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/word"
)

// Percent is a part of a whole in hundredths of a percent, as it is shown: 171 is
// "1.71%". It is for reading, never for computing on.
type Percent int64

// percentUnit is how many hundredths of a percent the whole has.
const percentUnit = 10_000

// PercentOf returns an exact part as it is shown, rounded half up.
func PercentOf(part money.Exact) Percent {
	n, _ := part.MulInt(percentUnit).Whole()
	return Percent(n)
}

// Part returns the percentage as an exact part.
func (p Percent) Part() money.Exact { return money.Ratio(int64(p), percentUnit) }

// String writes the percentage as people read it, such as "1.71%".
func (p Percent) String() string { return p.Part().Percent() }

// Signed writes the percentage of a change, such as "+5%".
func (p Percent) Signed() string { return p.Part().SignedPercent() }

// MarshalText writes what String does.
func (p Percent) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (p *Percent) UnmarshalText(b []byte) error {
	number, sign := strings.CutSuffix(string(b), "%")
	part, err := money.ParseExact(number)
	if err != nil || !sign {
		return fmt.Errorf("percentage %q: expected a number with a percent sign", b)
	}
	*p = PercentOf(part.Div(money.Int(100)))
	return nil
}

// Figure is one number behind a finding, with the name it has in result.json
// and a label for people. Value is a money.Amount, an int, a date.Date, a
// Percent or a text; whoever reads a figure asks for its type.
type Figure struct {
	Name  string
	Label string
	Value any
}

// figureKind is the word of the type of a figure's value.
type figureKind string

const (
	figureAmount  figureKind = "amount"
	figureCount   figureKind = "count"
	figureDate    figureKind = "date"
	figurePercent figureKind = "percent"
	figureText    figureKind = "text"
)

// UnmarshalText reads the word of a type.
func (k *figureKind) UnmarshalText(b []byte) error {
	return word.One(k, "type of a figure", b, figureAmount, figureCount, figureDate, figurePercent, figureText)
}

// writtenFigure is a figure as it stands in result.json.
type writtenFigure struct {
	Name     string          `json:"name"`
	Label    string          `json:"label"`
	Type     figureKind      `json:"type"`
	Currency money.Currency  `json:"currency,omitempty"` // of an amount
	Value    json.RawMessage `json:"value"`
}

// MarshalJSON writes the figure with the type of its value.
func (f Figure) MarshalJSON() ([]byte, error) {
	out := writtenFigure{Name: f.Name, Label: f.Label}
	switch v := f.Value.(type) {
	case money.Amount:
		out.Type, out.Currency = figureAmount, v.Currency()
	case int:
		out.Type = figureCount
	case date.Date:
		out.Type = figureDate
	case Percent:
		out.Type = figurePercent
	case string:
		out.Type = figureText
	default:
		return nil, fmt.Errorf("figure %q: a value of type %T cannot be written", f.Name, f.Value)
	}
	var err error
	if out.Value, err = json.Marshal(f.Value); err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (f *Figure) UnmarshalJSON(b []byte) error {
	var in writtenFigure
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*f = Figure{Name: in.Name, Label: in.Label}
	switch in.Type {
	case figureAmount:
		return f.readAmount(in.Value, in.Currency)
	case figureCount:
		return read[int](f, in.Value)
	case figureDate:
		return read[date.Date](f, in.Value)
	case figurePercent:
		return read[Percent](f, in.Value)
	}
	return read[string](f, in.Value)
}

func (f *Figure) readAmount(raw []byte, c money.Currency) error {
	var a money.Amount
	err := json.Unmarshal(raw, &a)
	if err == nil {
		a, err = a.In(c)
	}
	f.Value = a
	return err
}

// read fills in a value of one type.
func read[T any](f *Figure, raw []byte) error {
	var v T
	err := json.Unmarshal(raw, &v)
	f.Value = v
	return err
}
