package money

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// MarshalJSON writes a as a decimal string with two to twelve decimals. More
// than that (a share of 365 days) is rounded: see [Exact.Fraction].
func (a Exact) MarshalJSON() ([]byte, error) {
	return []byte(`"` + a.Decimal(2) + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (a *Exact) UnmarshalJSON(b []byte) error {
	text, err := strconv.Unquote(string(b))
	if err != nil {
		return fmt.Errorf("%s is not an exact number: expected a decimal as text", b)
	}
	*a, err = ParseExact(text)
	return err
}

// Fraction returns a as a fraction such as "1095/73" where MarshalJSON rounds
// it, "" where its decimals say exactly what it is.
func (a Exact) Fraction() string {
	if written, err := ParseExact(a.Decimal(2)); err == nil && written.Cmp(a) == 0 {
		return ""
	}
	return a.big().RatString()
}

// ParseFraction reads what Fraction returns.
func ParseFraction(s string) (Exact, error) {
	num, den, _ := strings.Cut(s, "/")
	r, ok := new(big.Rat).SetString(s)
	if !ok || !isDigits(strings.TrimPrefix(num, "-")) || !isDigits(den) || len(s) > 800 {
		return Exact{}, fmt.Errorf("%q is not a fraction: expected two whole numbers with a '/'", s)
	}
	return fromRat(r), nil
}

// MarshalJSON writes a as a decimal string, and null when it is unknown. The
// currency is not part of it: see [Amount.In].
func (a Amount) MarshalJSON() ([]byte, error) {
	if !a.Known() {
		return []byte("null"), nil
	}
	return []byte(`"` + a.String() + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON writes. The amount has no currency of
// the world until [Amount.In] gives it one, and adds to no other amount.
func (a *Amount) UnmarshalJSON(b []byte) error {
	var text *string
	if err := json.Unmarshal(b, &text); err != nil {
		return fmt.Errorf("%s is not an amount: expected a decimal as text, or null", b)
	}
	if text == nil {
		*a = Amount{}
		return nil
	}
	_, decimals, _ := strings.Cut(*text, ".")
	minor, err := strconv.ParseInt(strings.Replace(*text, ".", "", 1), 10, 64)
	if _, plain := ParseExact(*text); err != nil || plain != nil {
		return fmt.Errorf("%q is not an amount: expected a decimal", *text)
	}
	*a = Amount{minor: minor, currency: unstated(len(decimals))}
	return nil
}

// unstated stands for the currency of an amount that was read without one: of
// which only the number of decimals is known.
func unstated(decimals int) Currency { return Currency("?" + strconv.Itoa(decimals)) }

// In returns an amount that was read without its currency as one of currency
// c; an unknown amount, or one that has a currency, stays as it is. It is an
// error when c has another number of decimals than was written.
func (a Amount) In(c Currency) (Amount, error) {
	if !strings.HasPrefix(string(a.currency), "?") {
		return a, nil
	}
	if c == "" || a.currency != unstated(c.Digits()) {
		return Amount{}, fmt.Errorf("an amount of %d minor units with %s decimals is none of currency %q", a.minor, a.currency[1:], c)
	}
	a.currency = c
	return a, nil
}
