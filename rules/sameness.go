package rules

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tierline/audit/beside"
	"tierline/audit/estate"
)

// mailbox appends the address of an account; nothing when it has none.
func (d *duplicates) mailbox(key []byte, account int32) []byte {
	return append(key, d.Estate.Accounts[account].Email...)
}

// localPart appends what stands before the '@' of an address, without a "+tag";
// nothing where it names a function rather than a person.
func (d *duplicates) localPart(key []byte, account int32) []byte {
	local, _, ok := strings.Cut(d.Estate.Accounts[account].Email, "@")
	local, _, _ = strings.Cut(local, "+")
	if !ok || d.shared.First(local) >= 0 {
		return key
	}
	return append(key, local...)
}

// fullName appends the name of an account with an address in the form in which
// names are compared; nothing where it is no full name.
func (d *duplicates) fullName(key []byte, account int32) []byte {
	a := &d.Estate.Accounts[account]
	if a.Email == "" {
		return key
	}
	return appendPlainName(key, a.Name)
}

// appendPlainName appends a display name in the form in which names are
// compared: lower case, without accents, "Last, First" turned round. A single
// word or an address is not the full name of anybody: nothing.
func appendPlainName(key []byte, name string) []byte {
	if strings.IndexByte(name, '@') >= 0 {
		return key
	}
	last, first, comma := strings.Cut(name, ",")
	if comma = comma && strings.IndexByte(first, ',') < 0; !comma {
		last, first = "", name
	}
	n := len(key)
	key, words := appendWords(key, n, first)
	key, more := appendWords(key, n, last)
	if words+more < 2 {
		return key[:n]
	}
	if slices.IndexFunc(key[n:], func(b byte) bool { return b >= utf8.RuneSelf }) < 0 {
		return key
	}
	return withoutAccents(key, n)
}

// lastAlone is the last letter that is taken apart by itself. Letters above it may
// belong together, as those of Korean syllables do.
const lastAlone = 0x10ff

// withoutAccents takes the letters of a text from n on apart and leaves their
// accents out. Of names with accents alone it makes no garbage: there are hundreds
// of thousands of them.
func withoutAccents(text []byte, n int) []byte {
	end := len(text)
	for rest := text[n:end]; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r > lastAlone {
			return appendBase(text[:n], norm.NFKD.Bytes(text[n:end]))
		}
		letter := rest[:size]
		if apart := norm.NFKD.Properties(letter).Decomposition(); apart != nil {
			letter = apart
		}
		text = appendBase(text, letter)
		rest = rest[size:]
	}
	return append(text[:n], text[end:]...)
}

// appendBase appends the letters of a text that are no accents.
func appendBase(out, text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if !unicode.Is(unicode.Mn, r) {
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	return out
}

// appendWords appends the words of a text in lower case, with a space between
// them and before them where something stands behind from already, and counts
// them.
func appendWords(key []byte, from int, text string) ([]byte, int) {
	n := 0
	for word := range strings.FieldsSeq(text) {
		if n++; len(key) > from {
			key = append(key, ' ')
		}
		key = appendLower(key, word)
	}
	return key, n
}

// appendLower appends a word in lower case.
func appendLower(key []byte, word string) []byte {
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			for _, r := range word[i:] {
				key = utf8.AppendRune(key, unicode.ToLower(r))
			}
			break
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		key = append(key, c)
	}
	return key
}

// hashed is an account with the hash of its key.
type hashed struct {
	hash    uint64
	account int32
}

// equality finds accounts with equal keys. What it needs for that it keeps for the
// next time.
type equality struct{ hashes []uint64 }

// groups groups accounts by a key, which is appended to what key is given, nothing
// for none: the groups of two and more, each in the order of the accounts, by
// their first. Nearly all accounts are alone with the hash of their key, so these
// are left out before anything is sorted, and keys are compared only where hashes
// are equal. Several key at the same time.
func (e *equality) groups(accounts []estate.Account, key func(key []byte, account int32) []byte) [][]int32 {
	e.hash(accounts, key)
	found := make([][][]int32, shards)
	beside.Each(shards, func(shard int) { found[shard] = equalIn(e.suspects(uint64(shard)), key) })
	out := slices.Concat(found...)
	slices.SortFunc(out, func(a, b []int32) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// usualKey is how many bytes a key and what it is made from take, nearly always.
const usualKey = 256

// hash makes a hash of the key of each account, 0 for none.
func (e *equality) hash(accounts []estate.Account, key func(key []byte, account int32) []byte) {
	out := slices.Grow(e.hashes[:0], len(accounts))[:len(accounts)]
	e.hashes = out
	seed := maphash.MakeSeed()
	const step = 1 << 14
	beside.Each((len(accounts)+step-1)/step, func(part int) {
		k, from := make([]byte, 0, usualKey), part*step
		for i := range estate.Prefetched(accounts[from:min(from+step, len(accounts))]) {
			out[from+i] = 0
			if k = key(k[:0], int32(from+i)); len(k) > 0 {
				out[from+i] = max(maphash.Bytes(seed, k), 1)
			}
		}
	})
}

// shards are the parts into which accounts fall by their hash. What is noted of
// the hashes of one fits into a processor's own memory.
const shards = 4

// suspects returns the accounts of one shard that another may share its hash with.
func (e *equality) suspects(shard uint64) []hashed {
	const bitsPerHash = 16 / shards // so that one of sixteen is suspected without reason
	n := uint64(1) << bits.Len(uint(bitsPerHash*len(e.hashes)))
	seen, again := newBitSet(n), newBitSet(n)
	for _, h := range e.hashes {
		if h != 0 && h%shards == shard && !seen.add(h/shards%n) {
			again.add(h / shards % n)
		}
	}
	var out []hashed
	for i, h := range e.hashes {
		if h != 0 && h%shards == shard && again.has(h/shards%n) {
			out = append(out, hashed{h, int32(i)})
		}
	}
	return out
}

// bitSet is a set of small numbers.
type bitSet []uint64

func newBitSet(n uint64) bitSet { return make(bitSet, (n+63)/64) }

// add puts a number into the set; false when it was in it.
func (s bitSet) add(n uint64) bool {
	had := s.has(n)
	s[n/64] |= 1 << (n % 64)
	return !had
}

func (s bitSet) has(n uint64) bool { return s[n/64]>>(n%64)&1 == 1 }

// equalIn returns the groups of one shard.
func equalIn(shard []hashed, key func(key []byte, account int32) []byte) [][]int32 {
	slices.SortFunc(shard, func(a, b hashed) int {
		if a.hash != b.hash {
			return cmp.Compare(a.hash, b.hash)
		}
		return cmp.Compare(a.account, b.account)
	})
	var out [][]int32
	for from := 0; from < len(shard); {
		to := from + 1
		for to < len(shard) && shard[to].hash == shard[from].hash {
			to++
		}
		if to-from > 1 {
			groups := map[string][]int32{}
			for _, x := range shard[from:to] {
				k := string(key(nil, x.account))
				groups[k] = append(groups[k], x.account)
			}
			for _, g := range groups {
				if len(g) > 1 {
					out = append(out, g)
				}
			}
		}
		from = to
	}
	return out
}
