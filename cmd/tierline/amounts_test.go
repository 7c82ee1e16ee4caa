package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tierline/samples"
)

// printedAmount is an amount as pages print it: two decimals, and neither a part
// of a longer number, a percentage nor a tick such as 18.99k.
var printedAmount = regexp.MustCompile(`(^|[^\d.,])(\d[\d,]*\.\d\d)($|[^\d%.km])`)

// pdfAmounts returns every amount on the pages of a PDF, without its sign.
func pdfAmounts(t *testing.T, raw []byte) []string {
	t.Helper()
	var out []string
	for _, shown := range regexp.MustCompile(`\((?:\\.|[^\\)])*\) Tj`).FindAllString(pdfText(t, raw), -1) {
		for _, m := range printedAmount.FindAllStringSubmatch(strings.TrimSuffix(shown, ") Tj")[1:]+" ", -1) {
			out = append(out, strings.ReplaceAll(m[2], ",", ""))
		}
	}
	return out
}

// resultAmounts returns every amount of a result.json, without its sign: values
// alone, not what a sentence says.
func resultAmounts(t *testing.T, raw []byte) map[string]bool {
	t.Helper()
	var r any
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	out, value := map[string]bool{}, regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		case string:
			if value.MatchString(v) {
				out[strings.TrimPrefix(v, "-")] = true
			}
		}
	}
	walk(r)
	return out
}

// amountsStandInResult fails for each amount of the PDF that is none of result.json.
func (o outcome) amountsStandInResult(t *testing.T) {
	t.Helper()
	known := resultAmounts(t, o.file(t, "result.json"))
	shown := pdfAmounts(t, o.file(t, "finance.pdf"))
	slices.Sort(shown)
	for _, a := range slices.Compact(shown) {
		if !known[a] {
			t.Errorf("finance.pdf shows %s, which is no amount of result.json", a)
		}
	}
}

// TestAmountsOfThePDF: finance can find each amount of a page in result.json, over
// all samples; TestCases looks at all case folders.
//
// METHOD 24.2.
func TestAmountsOfThePDF(t *testing.T) {
	t.Parallel()
	for _, name := range samples.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := audited(t, name)
			o.amountsStandInResult(t)
			if n := len(pdfAmounts(t, o.file(t, "finance.pdf"))); n < 20 {
				t.Errorf("only %d amounts were found in finance.pdf", n)
			}
		})
	}
}
