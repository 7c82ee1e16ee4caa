package answers

import (
	"strings"
	"testing"

	"tierline/audit/money"
)

// TestTreeHoldsNoSecret: the licence key, the mail contact and the organisation
// are dropped while reading, however they are spelt and wherever they stand,
// even in an answer that is broken off.
func TestTreeHoldsNoSecret(t *testing.T) {
	const secret = "AAABsecretODsN0"
	hidden := `"rawLicense": "` + secret + `", "RAWLICENSE": ["` + secret + `", {"a": "` + secret + `"}], "contactEmail": "` + secret + `@example.com", "organizationName": "` + secret + `"`
	for name, text := range map[string]string{
		"whole":     `{"hostStatus": {"hostLicense": {"a": 1, ` + hidden + `}}, "plugins": [{"key": "a", ` + hidden + `, "licenseDetails": {` + hidden + `}}]}`,
		"behind":    `{"key": "a"} {` + hidden + `}`,
		"truncated": `[{"key": "a"}, {"key": "b", "rawLicense": "` + secret,
	} {
		values, _ := parse([]byte(text))
		if name != "truncated" && len(values) == 0 {
			t.Errorf("%s: nothing was read", name)
		}
		for _, v := range values {
			if strings.Contains(allTexts(v), "secret") {
				t.Errorf("%s: the tree holds the secret", name)
			}
		}
	}
}

func allTexts(v *Value) string {
	out := v.text + strings.Join(v.keys, " ")
	for _, item := range v.items {
		out += " " + allTexts(item)
	}
	return out
}

func TestPlainNumber(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-1": "-1", "0.9": "0.9", "10.0": "10.0", "1.8117216E12": "1811721600000", "1.2e4": "12000", "1E-2": "0.01", "-1.5e+2": "-150", "12e0": "12", "0.000e5": "00000",
		"1e400": "", "1e99999999999999999999": "", strings.Repeat("9", 61): "",
	} {
		got, err := plainNumber(in)
		if (err != nil) != (want == "") {
			t.Errorf("%s: error %v", shortened(in), err)
			continue
		}
		if want == "" {
			continue
		}
		g, err1 := money.ParseExact(got)
		w, err2 := money.ParseExact(want)
		if err1 != nil || err2 != nil || g.Cmp(w) != 0 {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

// TestTooMuchJSON: a file may be as large as a bomb is; what is kept of it is
// not.
func TestTooMuchJSON(t *testing.T) {
	for name, text := range map[string]string{
		"values": "[" + strings.Repeat("0,", maxValues) + "0]",
		"depth":  strings.Repeat(`{"a":`, maxDepth+1),
	} {
		if _, err := parse([]byte(text)); err == nil || !strings.Contains(err.message, "is not an answer Tierline reads") {
			t.Errorf("too many %s: %v", name, err)
		}
	}
	if _, err := parse([]byte(strings.Repeat(`[`, maxDepth) + strings.Repeat(`]`, maxDepth))); err != nil {
		t.Errorf("%d levels: %v", maxDepth, err)
	}
}
