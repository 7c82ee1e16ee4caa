package glob_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/glob"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"", "", true}, {"", "a", false}, {"a", "a", true}, {"a", "A", false}, {"a", "ab", false},
		{"*", "", true}, {"*", "anything", true}, {"**", "x", true},
		{"bot-*", "bot-", true}, {"bot-*", "bot-a", true}, {"bot-*", "a bot-a", false},
		{"*-bot", "-bot", true}, {"*-bot", "a-bot-b", false}, {"*-bot@*", "a-bot@acme.com", true}, {"*-bot@*", "a-bot", false},
		{"a*a", "a", false}, {"a*a", "aa", true}, {"a*b*c", "axbxc", true}, {"a*b*c", "acb", false}, {"*ab*ab", "abab", true}, {"*ab*ab", "ab", false},
		{"a.c", "abc", false}, {"a?c", "abc", false}, {"[a]", "a", false}, // no other special character
		{"*ä*", "bär", true},
	} {
		if got := glob.Match(c.pattern, c.s); got != c.want {
			t.Errorf("%q against %q: got %v, want %v", c.pattern, c.s, got, c.want)
		}
	}
	if !glob.Has("a*") || glob.Has("a?") {
		t.Error("only a star makes a pattern")
	}
}

func TestMatchIsTheRegularExpression(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[ab*]{0,8}`).Draw(t, "pattern")
		s := rapid.StringMatching(`[ab]{0,10}`).Draw(t, "text")
		want := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$").MatchString(s)
		if got := glob.Match(pattern, s); got != want {
			t.Fatalf("%q against %q: got %v, want %v", pattern, s, got, want)
		}
	})
}
