package glob_test

import (
	"regexp"
	"slices"
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

func TestStars(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		want       []string
		ok         bool
	}{
		{"acme", "acme", nil, true}, {"acme", "acme-test", nil, false},
		{"*-test", "acme-test", []string{"acme"}, true}, {"*-test", "acme", nil, false},
		{"*-test*", "acme-test-2", []string{"acme", "-2"}, true}, {"*-test*", "a-test-b-test", []string{"a", "-b-test"}, true},
		{"test-*", "test-acme", []string{"acme"}, true}, {"*", "", []string{""}, true}, {"*ab*ab", "abab", []string{"", ""}, true},
	} {
		got, ok := glob.Stars(c.pattern, c.s)
		if ok != c.ok || ok && !slices.Equal(got, c.want) {
			t.Errorf("%q against %q: got %q, %v, want %q, %v", c.pattern, c.s, got, ok, c.want, c.ok)
		}
	}
}

func TestStarsFillThePattern(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[ab*]{0,8}`).Draw(t, "pattern")
		s := rapid.StringMatching(`[ab]{0,10}`).Draw(t, "text")
		stars, ok := glob.Stars(pattern, s)
		if ok != glob.Match(pattern, s) {
			t.Fatalf("%q against %q: stars %v, match %v", pattern, s, ok, !ok)
		}
		filled := pattern
		for _, text := range stars {
			filled = strings.Replace(filled, "*", text, 1)
		}
		if ok && filled != s {
			t.Fatalf("%q filled with %q is %q, not %q", pattern, stars, filled, s)
		}
	})
}

// TestSet: a set says of each text the first pattern that Match says.
func TestSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(rapid.StringMatching(`[ab*]{0,6}`), 0, 6).Draw(t, "patterns")
		further := rapid.SampledFrom([]int{0, 62, 130}).Draw(t, "patterns before them")
		patterns = append(slices.Repeat([]string{"c*c"}, further), patterns...)
		set := glob.NewSet(patterns)
		for _, s := range rapid.SliceOfN(rapid.StringMatching(`[ab]{0,8}`), 1, 10).Draw(t, "texts") {
			want := slices.IndexFunc(patterns, func(p string) bool { return glob.Match(p, s) })
			if got := set.First(s); got != want {
				t.Fatalf("%q among %q: got %d, want %d", s, patterns, got, want)
			}
		}
	})
	if (glob.Set{}).First("") != -1 {
		t.Error("an empty set covers something")
	}
}

func TestFirstLowerIsFirstOfLowerCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := glob.NewSet(rapid.SliceOfN(rapid.StringMatching(`[abik*äß]{0,4}`), 0, 80).Draw(t, "patterns"))
		text := rapid.StringMatching(`[aAbBiIkKäÄßẞİ\x{212a}@]{0,5}`).Draw(t, "text")
		if got, want := set.FirstLower(text), set.First(strings.ToLower(text)); got != want {
			t.Fatalf("%q: got %d, want %d", text, got, want)
		}
	})
}
