package audityaml

import (
	"fmt"
	"strings"
	"testing"
)

// numbered writes n copies of a text, which may hold a number each.
func numbered(n int, text string) string {
	var out strings.Builder
	for i := range n {
		if strings.Contains(text, "%d") {
			fmt.Fprintf(&out, text, i)
		} else {
			out.WriteString(text)
		}
	}
	return out.String()
}

// TestBounds feeds what would take the YAML library gigabytes or minutes: it must
// never see it. The other side of each bound is read (METHOD 16.5).
func TestBounds(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"too large":         {"organisation: x\n#" + strings.Repeat("x", maxBytes), "larger than 1 MiB"},
		"brackets":          {strings.Repeat("[", 200_000), "audit.yaml:1: "},
		"brackets on lines": {strings.Repeat("[\n", 4000), "audit.yaml:64: more than 64 levels"},
		"maps in maps":      {strings.Repeat("{a: \n", 4000), "more than 64 levels"},
		"dashes":            {strings.Repeat("- ", 900), "audit.yaml:1: more than 64 levels"},
		"questions":         {strings.Repeat("? ", 900), "more than 64 levels"},
		"colons":            {strings.Repeat("a: ", 600), "more than 64 levels"},
		"indents": {func() (s string) {
			for i := range 70 {
				s += strings.Repeat(" ", i) + "a:\n"
			}
			return s
		}(), "audit.yaml:65: more than 64 levels"},
		"keys":                  {numbered(100_000, "k%d: 1\n"), "audit.yaml:5001: more than 5000 lines and values"},
		"keys in one map":       {"a: {" + numbered(60_000, "k%d: 1,\n"), "more than 5000 lines and values"},
		"a long line":           {"a: \"" + strings.Repeat("\"\"", 1000) + "\"\n", "audit.yaml:1: a line of 2005 bytes; expected at most 2000"},
		"old ends of lines":     {strings.Repeat("a:\r", 6000), "audit.yaml:5001: more than 5000 lines"},
		"within: list of globs": {"policy:\n  bot_patterns: [" + strings.Repeat("a*, ", 400) + "b]\n", ""},
		"within: 16 levels":     {"policy:\n" + strings.Repeat("  ", 1) + "growth: " + strings.Repeat("[", 14) + strings.Repeat("]", 14) + "\n", ""},
		"within: lines":         {strings.Repeat("# remark\r\n", 4000) + "organisation: Acme\n", ""},
	} {
		err := bounds([]byte(c.text))
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if _, parsed := Parse([]byte(c.text), nil); err != nil && fmt.Sprint(parsed) != err.Error() {
			t.Errorf("%s: Parse says %v", name, parsed)
		}
	}
}
