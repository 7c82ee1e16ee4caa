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
// from every key, of several lists of keys at once.
func TestEqualGroupsByKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts := rapid.IntRange(0, 30).Draw(t, "accounts")
		var keyers []keyer
		var wants [][][]int32
		for range rapid.IntRange(1, 3).Draw(t, "lists of keys") {
			keys := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "b", "ab", "ba", "c"}), accounts, accounts).Draw(t, "keys")
			keyers = append(keyers, func(key []byte, a int32) []byte { return append(key, keys[a]...) })
			wants = append(wants, groupsOf(keys))
		}
		for i, got := range equal(make([]estate.Account, accounts), keyers) {
			if !slices.EqualFunc(got, wants[i], slices.Equal[[]int32]) {
				t.Fatalf("by list %d: got %v, want %v", i, got, wants[i])
			}
		}
	})
}

// groupsOf groups the places of equal keys.
func groupsOf(keys []string) (out [][]int32) {
	all := map[string][]int32{}
	for i, k := range keys {
		if k != "" {
			all[k] = append(all[k], int32(i))
		}
	}
	for _, g := range all {
		if len(g) > 1 {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b []int32) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// TestFewSuspects: of many keys that all differ nearly none are compared.
func TestFewSuspects(t *testing.T) {
	const accounts = 10_000
	number := func(key []byte, a int32) []byte { return strconv.AppendInt(key, int64(a), 10) }
	hashes := hash(make([]estate.Account, accounts), []keyer{number})[0]
	n := 0
	for shard := range uint32(shards) {
		n += len(suspects(hashes, shard))
	}
	if n > accounts/10 {
		t.Errorf("of %d accounts with keys of their own, %d are compared", accounts, n)
	}
}
