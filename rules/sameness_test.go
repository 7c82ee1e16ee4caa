package rules

import (
	"cmp"
	"slices"
	"strconv"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"tierline/audit/estate"
)

func TestPlainName(t *testing.T) {
	for in, want := range map[string]string{
		"Ann Lee": "ann lee", "  ANN   lee ": "ann lee", "Lee, Ann": "ann lee", "José  García": "jose garcia", "García, José": "jose garcia", "Jose\u0301 Garci\u0301a": "jose garcia",
		"Müller, Jörg": "jorg muller", "Åsa Öberg": "asa oberg", "Ann": "", "": "", "ann@example.com": "", "Ann Lee <ann@example.com>": "", "Lee, Ann, Dr.": "lee, ann, dr.", "陈 伟": "陈 伟", "Lee,": "", "Lee, ": "", ", Ann Lee": "ann lee", "ẞtraße Ann": "ßtraße ann",
	} {
		if got := string(appendPlainName([]byte("before "), in)); got != "before "+want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestWithoutAccents compares with taking the whole text apart.
func TestWithoutAccents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.StringOf(rapid.RuneFrom([]rune("aZéÅßŉ½ǅ\u0301\u0323ﬁ한陈ᄒ"))), rapid.String()).Draw(t, "name")
		want := []byte("before ")
		for _, r := range norm.NFKD.String(name) {
			if !unicode.Is(unicode.Mn, r) {
				want = utf8.AppendRune(want, r)
			}
		}
		text := append([]byte("before "), name...)
		for _, room := range [][]byte{slices.Clip(text), append(make([]byte, 0, 1000), text...)} {
			if got := withoutAccents(room, len("before ")); string(got) != string(want) {
				t.Errorf("%q: got %q, want %q", name, got, want)
			}
		}
	})
}

// TestEqualGroupsByKey compares the groups found by hashes with those of a map
// from every key.
func TestEqualGroupsByKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "b", "ab", "ba", "c"}), 0, 30).Draw(t, "keys")
		accounts := make([]estate.Account, len(keys))
		all := map[string][]int32{}
		for i, k := range keys {
			if k != "" {
				all[k] = append(all[k], int32(i))
			}
		}
		var want [][]int32
		for _, g := range all {
			if len(g) > 1 {
				want = append(want, g)
			}
		}
		slices.SortFunc(want, func(a, b []int32) int { return cmp.Compare(a[0], b[0]) })
		var e equality
		e.groups(make([]estate.Account, 3), func(key []byte, a int32) []byte { return append(key, "used before"...) })
		got := e.groups(accounts, func(key []byte, a int32) []byte { return append(key, keys[a]...) })
		if !slices.EqualFunc(got, want, slices.Equal[[]int32]) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestFewSuspects: of many keys that all differ nearly none are compared.
func TestFewSuspects(t *testing.T) {
	const accounts = 10_000
	var e equality
	e.hash(make([]estate.Account, accounts), func(key []byte, a int32) []byte { return strconv.AppendInt(key, int64(a), 10) })
	suspects := 0
	for shard := range shards {
		suspects += len(e.suspects(uint64(shard)))
	}
	if suspects > accounts/10 {
		t.Errorf("of %d accounts with keys of their own, %d are compared", accounts, suspects)
	}
}
