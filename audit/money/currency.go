package money

import (
	"fmt"
	"slices"
	"strings"
)

// Currency is an ISO 4217 code such as "USD". The zero value means that no
// currency is known; an [Amount] without a currency is an unknown amount.
type Currency string

// Digits returns how many decimal digits the minor unit of c has: 2 for most
// currencies, 0 for JPY, 3 for KWD (ISO 4217, list one).
func (c Currency) Digits() int {
	switch c {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	}
	return 2
}

// unit returns the number of minor units in one major unit.
func (c Currency) unit() int64 {
	switch c.Digits() {
	case 0:
		return 1
	case 3:
		return 1000
	}
	return 100
}

// ParseCurrency reads an ISO 4217 code; case and surrounding space do not
// matter. It checks the form (three letters), not the register: a private
// code is somebody's decision, not a typing error we could tell apart.
func ParseCurrency(s string) (Currency, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if len(code) != 3 {
		return "", fmt.Errorf("currency %q: expected a three-letter ISO code such as USD", s)
	}
	for _, r := range code {
		if r < 'A' || r > 'Z' {
			return "", fmt.Errorf("currency %q: expected a three-letter ISO code such as USD", s)
		}
	}
	return Currency(code), nil
}

// symbols maps the signs people put before an amount to the currency they
// stand for when the file itself does not say otherwise.
var symbols = map[string][]Currency{
	"$": {"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "BRL"},
	"€": {"EUR"},
	"£": {"GBP"},
	"¥": {"JPY", "CNY"},
	"₹": {"INR"},
}

// SymbolAgrees reports whether the sign (such as "$" or "€") or code can
// stand for c. An unknown sign agrees with nothing.
func SymbolAgrees(sign string, c Currency) bool {
	if strings.EqualFold(sign, string(c)) {
		return true
	}
	return slices.Contains(symbols[sign], c)
}

// CurrencyOf returns the currency a sign or code stands for by itself; false for
// "$" and others that several currencies share.
func CurrencyOf(sign string) (Currency, bool) {
	if all := symbols[sign]; len(all) == 1 {
		return all[0], true
	}
	c, err := ParseCurrency(sign)
	return c, err == nil
}
