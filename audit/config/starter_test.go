package config

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the starter files from the tables")

const starterFolder = "../../templates/starter/"

// The starter audit.yaml and what the starter README says of it are written
// from the tables, so that neither can say something else.
func TestStarterFollowsTheTables(t *testing.T) {
	readme, err := os.ReadFile(starterFolder + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	const begin = "\n### Settings\n"
	before, after, ok := strings.Cut(string(readme), begin)
	if !ok {
		t.Fatalf("the starter README has no heading %q", begin)
	}
	if next := strings.Index(after, "\n## "); next >= 0 {
		after = after[next:]
	} else {
		after = ""
	}
	for name, want := range map[string]string{"audit.yaml": starter(), "README.md": before + begin + documentation() + after} {
		if *update {
			if err := os.WriteFile(starterFolder+name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(starterFolder + name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s does not follow the tables of audit/config; write it again with\ngo test ./audit/config -update\nwant\n%s", name, want)
		}
	}
}

// starter writes audit.yaml with every setting at its default, commented out.
func starter() string {
	var b strings.Builder
	b.WriteString("# Everything here is optional: what is left out has the value shown.\n" +
		"# Unknown keys are errors, so a typing error cannot change a figure silently.\n\n")
	c := Default()
	for _, k := range rootKeys() {
		switch kind := k.kind.(type) {
		case group[Config, Policy]:
			startSection(&b, k.name, k.meaning)
			starterKeys(&b, kind.keys, kind.at(&c))
		case group[Config, Branding]:
			startSection(&b, k.name, k.meaning)
			starterKeys(&b, kind.keys, kind.at(&c))
		default:
			starterRoot(&b, k, &c)
		}
	}
	return b.String()
}

func starterRoot(b *strings.Builder, k key[Config], c *Config) {
	first, rest, several := strings.Cut(k.example, "\n")
	switch {
	case several:
		startSection(b, k.name, k.meaning)
		for line := range strings.SplitSeq(first+"\n"+rest, "\n") {
			b.WriteString("#  " + line + "\n")
		}
	case first != "":
		b.WriteString(commented("#"+k.name+": "+first, k.meaning))
	default:
		b.WriteString(commented(k.name+": "+k.kind.node(c).YAML(), k.meaning))
	}
}

func startSection(b *strings.Builder, name, meaning string) {
	b.WriteString("\n" + commented("#"+name+":", meaning))
}

func starterKeys[T any](b *strings.Builder, keys []key[T], at *T) {
	for _, k := range keys {
		value, meaning := k.kind.node(at).YAML(), k.meaning
		if k.example != "" {
			value = k.example
		}
		if _, ok := k.kind.(choice[T]); ok && k.kind.takes() != "yes or no" {
			meaning += " (" + k.kind.takes() + ")"
		}
		b.WriteString(commented("#  "+k.name+": "+value, meaning))
	}
}

// commented puts what a setting means behind it, or above it where it is long.
func commented(setting, meaning string) string {
	const column = 34
	if len(setting) > column {
		return "#  # " + meaning + "\n" + setting + "\n"
	}
	return fmt.Sprintf("%-*s# %s\n", column, setting, meaning)
}

// documentation writes the table of all settings.
func documentation() string {
	var b strings.Builder
	b.WriteString("\nA key behind a point stands below the one before it: `policy.grace_days` is `grace_days` in `policy`.\n\n" +
		"| key | takes | default | meaning | shown |\n|---|---|---|---|---|\n")
	for _, d := range Document() {
		value := ""
		if d.Default != "" {
			value = "`" + d.Default + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", d.Key, strings.ReplaceAll(d.Takes, "|", "\\|"), value, d.Meaning, d.Shown)
	}
	return b.String()
}

// Every setting says what it takes, what it means and where it is seen.
func TestEverySettingIsDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range Document() {
		if d.Takes == "" || d.Meaning == "" || d.Shown == "" || strings.HasSuffix(d.Meaning, ".") || seen[d.Key] {
			t.Errorf("%+v: expected what it takes, a meaning without a full stop, where it is seen, and the key once", d)
		}
		seen[d.Key] = true
	}
	for _, key := range []string{"as_of", "policy.grace_days", "policy.severity.high", "policy.licence_factors.data-center", "inputs", "inputs.glob", "branding.accent"} {
		if !seen[key] {
			t.Errorf("%s is not documented", key)
		}
	}
	for _, s := range DefaultPolicy().Settings() {
		if s.Meaning == "" || !seen["policy."+s.Name] {
			t.Errorf("%s is shown without a meaning, or not documented", s.Name)
		}
	}
}
