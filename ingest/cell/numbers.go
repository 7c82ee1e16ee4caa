package cell

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"tierline/audit/money"
)

// Money and counts as people write them (METHOD 14.10): what is beyond doubt is
// understood, everything else is refused, nothing is guessed.

// Style says what a lone separator before three digits means in a
// column.
type Style uint8

const (
	RefuseLone   Style = iota // "1.234" may be 1234: refuse
	PointDecimal              // list prices have up to twelve decimals: "1.234" is 1.234
	loneDecimal               // of percentages: 1,234 or 1.234 % is 1.234 %, since 1234 % is above 100
)

// unsigned returns a number as it is written, without its sign; false where a cell is
// no number at all.
func unsigned(s string) (digits string, ok bool) {
	digits = strings.TrimPrefix(strings.TrimSpace(s), "-")
	return digits, digits != "" && strings.Trim(digits, "0123456789.,'\u00a0\u202f ") == ""
}

// Number reads a decimal number without currency sign or percent.
func Number(s string, style Style) (money.Exact, error) {
	digits, ok := unsigned(s)
	if !ok {
		return money.Exact{}, &Wrong{s, "not a number; expected digits such as 1234.50"}
	}
	plain, err := plainDecimal(digits, style)
	if err != nil {
		return money.Exact{}, &Wrong{s, err.Error()}
	}
	if strings.HasPrefix(strings.TrimSpace(s), "-") {
		plain = "-" + plain
	}
	return money.ParseExact(plain)
}

var (
	errGroups = errors.New("the digits are not grouped in threes; write 1234.50")
	errComma  = errors.New("the comma may divide thousands or begin the decimals; write it without the comma")
	errPoint  = errors.New("the point may divide thousands or begin the decimals; write it without the point")
)

// plainDecimal resolves grouping and decimal separators.
func plainDecimal(s string, style Style) (string, error) {
	for _, space := range []string{" ", "\u00a0", "\u202f", "'"} {
		if strings.Contains(s, space) {
			joined, ok := ungroup(s, space)
			if !ok {
				return "", errGroups
			}
			s = joined
		}
	}
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case dots > 0 && commas > 0:
		return bothSeparators(s)
	case dots > 1:
		return mustUngroup(s, ".")
	case commas > 1:
		return mustUngroup(s, ",")
	case commas == 1:
		return loneComma(s, style)
	case dots == 1:
		return lonePoint(s, style)
	}
	return s, nil
}

// bothSeparators reads "1,234.50" and "1.234,50": the last separator is the
// decimal one and must come once.
func bothSeparators(s string) (string, error) {
	decimal, group := ".", ","
	if strings.LastIndex(s, ",") > strings.LastIndex(s, ".") {
		decimal, group = ",", "."
	}
	whole, frac, _ := strings.Cut(s, decimal)
	if strings.ContainsAny(frac, ".,") || frac == "" {
		return "", errGroups
	}
	joined, ok := ungroup(whole, group)
	if !ok {
		return "", errGroups
	}
	return joined + "." + frac, nil
}

func mustUngroup(s, sep string) (string, error) {
	joined, ok := ungroup(s, sep)
	if !ok {
		return "", errGroups
	}
	return joined, nil
}

// ungroup removes separators that stand before every group of three digits.
// What follows a decimal separator may follow the last group.
func ungroup(s, sep string) (string, bool) {
	parts := strings.Split(s, sep)
	for i, p := range parts {
		if i > 0 && i == len(parts)-1 {
			if cut := strings.IndexAny(p, ".,"); cut >= 0 {
				p = p[:cut]
			}
		}
		if i == 0 && (len(p) == 0 || len(p) > 3) || i > 0 && len(p) != 3 {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func loneComma(s string, style Style) (string, error) {
	whole, frac, _ := strings.Cut(s, ",")
	if style != loneDecimal && len(frac) == 3 && len(whole) <= 3 && strings.TrimLeft(whole, "0") != "" {
		return "", errComma
	}
	return whole + "." + frac, nil
}

func lonePoint(s string, style Style) (string, error) {
	whole, frac, _ := strings.Cut(s, ".")
	if style == RefuseLone && len(frac) == 3 && len(whole) <= 3 && strings.TrimLeft(whole, "0") != "" {
		return "", errPoint
	}
	return s, nil
}

// Money reads an amount that may carry the sign or code of its currency.
func Money(s string, c money.Currency, style Style) (money.Exact, error) {
	body := strings.TrimSpace(s)
	lead, tail := edges(body)
	for _, sign := range []string{lead, tail} {
		if sign != "" && !money.SymbolAgrees(sign, c) {
			return money.Exact{}, &Wrong{s, "its sign does not agree with the currency " + orNone(string(c))}
		}
	}
	number := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(body, lead), tail))
	e, err := Number(number, style)
	switch {
	case err != nil:
		return e, err
	case e.Sign() < 0:
		return e, &Wrong{s, "negative; expected a price of 0 or more"}
	}
	return e, nil
}

// Negative reports whether an amount is below 0 as ledgers write it: with a minus
// on either side, or in brackets.
func Negative(s string) bool {
	lead, tail := edges(strings.TrimSpace(s))
	body := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), lead), tail))
	return strings.HasPrefix(body, "-") || strings.HasPrefix(body, "\u2212") || strings.HasSuffix(body, "-") ||
		strings.HasPrefix(body, "(") && strings.HasSuffix(body, ")")
}

// CurrencyIn returns the currency an amount names by its sign or code; "" where
// it names none, or one that could be several.
func CurrencyIn(s string) money.Currency {
	c, _ := money.CurrencyOf(SignIn(s))
	return c
}

// SignIn returns the sign or code of a currency beside an amount, "" where there
// is none.
func SignIn(s string) string {
	lead, tail := edges(strings.TrimSpace(s))
	return cmp.Or(lead, tail)
}

func orNone(s string) string {
	if s == "" {
		return "(none given)"
	}
	return s
}

// edges returns a currency sign or code before and after the digits.
func edges(s string) (lead, tail string) {
	i := strings.IndexAny(s, "-0123456789.,")
	if i < 0 {
		return "", ""
	}
	lead = strings.TrimSpace(s[:i])
	j := strings.LastIndexAny(s, "0123456789.,")
	tail = strings.TrimSpace(s[j+1:])
	if !isSign(lead) {
		lead = ""
	}
	if !isSign(tail) {
		tail = ""
	}
	return lead, tail
}

func isSign(s string) bool {
	if len(s) == 3 && strings.ToUpper(s) == s && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return true
	}
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && strings.ContainsRune("$€£¥₹", r) && s != ""
}

// MaxCount is the largest number of users anybody could mean; more is a typing
// error.
const MaxCount = 100_000_000

// Count reads a whole number of 0 or more.
func Count(s string) (int, error) {
	if _, ok := unsigned(s); !ok {
		return 0, &Wrong{s, "not a number; expected a whole number such as 25"}
	}
	e, err := Number(s, RefuseLone)
	if err != nil {
		return 0, err
	}
	n, convErr := strconv.Atoi(e.Decimal(0))
	if convErr != nil || n < 0 || n > MaxCount {
		return 0, &Wrong{s, "expected a whole number of 0 or more"}
	}
	return n, nil
}

// Change reads a signed whole number such as "+20" or "-5".
func Change(s string) (int, error) {
	body := strings.TrimSpace(s)
	sign := 1
	switch {
	case strings.HasPrefix(body, "+"):
		body = body[1:]
	case strings.HasPrefix(body, "-"):
		sign, body = -1, body[1:]
	case strings.HasPrefix(body, "\u2212"):
		sign, body = -1, strings.TrimPrefix(body, "\u2212")
	}
	n, err := Count(body)
	if err != nil {
		return 0, &Wrong{s, "expected a change of users such as +20 or -5"}
	}
	return sign * n, nil
}

// Percent reads "15%" or "+15 %" as 0.15; the sign % is required, since
// 15 and 0.15 could both be meant. Of "33.333%" only one reading lies within
// 100 %, so it is that one; of "123.456%" neither does, and it is refused
// (METHOD 14.10).
func Percent(s string) (money.Exact, error) {
	body, ok := strings.CutSuffix(strings.TrimSpace(s), "%")
	if !ok {
		return money.Exact{}, &Wrong{s, "expected a percentage with its sign, such as 15%"}
	}
	number, signed := strings.CutPrefix(strings.TrimSpace(body), "+")
	e, err := Number(number, loneDecimal)
	if _, strict := Number(number, RefuseLone); strict != nil && (e.Sign() < 0 || e.Cmp(money.Int(100)) > 0) {
		err = strict
	}
	if err != nil || signed && strings.HasPrefix(strings.TrimSpace(number), "-") {
		return e, &Wrong{s, "expected a percentage such as 15%"}
	}
	return e.Div(money.Int(100)), nil
}
