package audityaml

import (
	"strings"
	"testing"
)

// TestNoYAML makes the mistakes people make in YAML: each is told with its place and
// what to do, not in the words of a parser alone.
func TestNoYAML(t *testing.T) {
	for text, says := range map[string]string{
		"organisation: Acme: the company\n":                      "audit.yaml:1:15: not valid YAML: mapping value is not allowed in this context; indent the keys of one level alike, and put",
		"policy:\n  grace_days: 3\n max_removals: 4\n":           "audit.yaml:3:2: not valid YAML: value is not allowed in this context; indent the keys of one level alike",
		"organisation: @Acme\n":                                  "; put a text that begins so in quotation marks",
		"organisation: %Acme\n":                                  "; put a text that begins so in quotation marks",
		"organisation: [Acme\n":                                  "; close the bracket that is open",
		"inputs: [{glob: \"a.csv\", site: x]\n":                  "audit.yaml:1:33: not valid YAML: ',' or '}' must be specified; close the bracket that is open",
		"organisation: {a: b\n":                                  "; close the bracket that is open",
		"organisation: \"Acme\ncurrency: USD\n":                  "; close the quotation mark that is open",
		"inputs:\n  - glob: *.csv\n":                             "audit.yaml:2:11: a text that begins with * is no text for YAML: put it in quotation marks",
		"organisation: Acme\npolicy:\n  bot_patterns: [*-bot]\n": "audit.yaml:3:18: a text that begins with * is no text for YAML: put it in quotation marks",
	} {
		if _, err := Parse([]byte(text), nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}
