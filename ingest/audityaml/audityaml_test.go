package audityaml

import (
	"strings"
	"testing"
)

func FuzzConfig(f *testing.F) {
	f.Add([]byte("organisation: Acme\nas_of: 2026-11-16\npolicy:\n  growth: [5%, 10%]\n  override_same_tier: no\n"))
	f.Add([]byte("inputs:\n  - {glob: '*.csv', columns: {A: b}}\nrules:\n  x: {y: 1}\n"))
	f.Add([]byte("a: &x 1\nb: *x\n<<: *x\n"))
	f.Add([]byte("policy: !!str yes\n? [a]\n: b\n"))
	f.Add([]byte("- |\n  text\n---\npolicy:\n...\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		cfg, err := Parse(raw, []string{"org-users"})
		if err == nil && cfg == nil {
			t.Error("neither a configuration nor a mistake")
		}
		if err != nil && !strings.HasPrefix(err.Error(), Name) {
			t.Errorf("a mistake without a place: %v", err)
		}
	})
}
