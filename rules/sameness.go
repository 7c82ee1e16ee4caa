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

	"tierline/audit"
	"tierline/audit/beside"
	"tierline/audit/estate"
)

// sameness is what two accounts have in common, the strongest first.
type sameness struct {
	id         string // last part of the subject
	one, many  string // what seats found by it are
	confidence audit.Confidence
	why        string
	key        func(d *duplicates, key []byte, account int32) []byte // appended; nothing when the account has none
	addresses  bool                                                  // whether the accounts must have different addresses
	names      bool                                                  // whether different full names speak against it
}

// samenesses lists the ways in which accounts are found to be one.
func samenesses() []sameness {
	return []sameness{
		{id: "same-mailbox", one: "second seat of a mailbox", many: "second seats of a mailbox",
			confidence: audit.Probable, why: "the accounts have one address; two people may share a mailbox", key: (*duplicates).mailbox},
		{id: "same-address", one: "second seat of an address at another domain", many: "second seats of an address at another domain",
			confidence: audit.Probable, why: "the accounts have the same words before the '@' and no two different names",
			key: (*duplicates).localPart, addresses: true, names: true},
		{id: "same-name", one: "second seat of a name", many: "second seats of a name",
			confidence: audit.Possible, why: "the accounts have the same full name; two people may share it", key: (*duplicates).fullName, addresses: true},
	}
}

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
		if rest[0] < utf8.RuneSelf {
			text, rest = append(text, rest[0]), rest[1:]
			continue
		}
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
func appendWords(key []byte, from int, text string) (_ []byte, words int) {
	inside := false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		switch {
		case unicode.IsSpace(r):
			inside = false
			continue
		case !inside:
			inside = true
			if words++; len(key) > from {
				key = append(key, ' ')
			}
		}
		switch {
		case r >= utf8.RuneSelf:
			key = utf8.AppendRune(key, unicode.ToLower(r))
		case 'A' <= r && r <= 'Z':
			key = append(key, byte(r)+'a'-'A')
		default:
			key = append(key, byte(r))
		}
	}
	return key, words
}

// keyer appends the key by which an account is compared with others to what it is
// given; nothing for one that is not compared. Several are asked at the same time.
type keyer func(key []byte, account int32) []byte

// equal groups accounts by each of some keys: the groups of two and more, each in
// the order of the accounts, by their first. Nearly all accounts are alone with the
// hash of their key, so these are left out before anything is sorted, and keys are
// compared only where hashes are equal.
func equal(accounts []estate.Account, keys []keyer) [][][]int32 {
	hashes := hash(accounts, keys)
	found := make([][][]int32, len(keys)*shards)
	beside.Each(len(found), func(i int) { found[i] = equalIn(suspects(hashes[i/shards], uint32(i%shards)), keys[i/shards]) })
	out := make([][][]int32, len(keys))
	for i := range keys {
		out[i] = slices.Concat(found[i*shards : (i+1)*shards]...)
		slices.SortFunc(out[i], func(a, b []int32) int { return cmp.Compare(a[0], b[0]) })
	}
	return out
}

// usualKey is how many bytes a key and what it is made from take, nearly always.
const usualKey = 256

// hash makes a hash of each key of each account, 0 for none: all of an account at
// once, since it is fetching its name and address from memory that takes the time.
func hash(accounts []estate.Account, keys []keyer) [][]uint32 {
	out := make([][]uint32, len(keys))
	for i := range out {
		out[i] = make([]uint32, len(accounts))
	}
	seed := maphash.MakeSeed()
	beside.Pieces(len(accounts), func(from, to int) {
		room := make([]byte, 0, usualKey)
		for i := range estate.Prefetched(accounts[from:to]) {
			for n, key := range keys {
				if room = key(room[:0], int32(from+i)); len(room) > 0 {
					out[n][from+i] = max(uint32(maphash.Bytes(seed, room)), 1)
				}
			}
		}
	})
	return out
}

// shards are the parts into which accounts fall by their hash. What is noted of
// the hashes of one fits into a processor's own memory.
const shards = 4

// suspects returns the accounts of one shard that another may share its hash with.
func suspects(hashes []uint32, shard uint32) []hashed {
	const bitsPerHash = 16 / shards // so that one of sixteen is suspected without reason
	n := uint32(1) << bits.Len(uint(bitsPerHash*len(hashes)))
	seen, again := newBitSet(n), newBitSet(n)
	for _, h := range hashes {
		if h != 0 && h%shards == shard && !seen.add(h/shards%n) {
			again.add(h / shards % n)
		}
	}
	var out []hashed
	for i, h := range hashes {
		if h != 0 && h%shards == shard && again.has(h/shards%n) {
			out = append(out, hashed{h, int32(i)})
		}
	}
	return out
}

// bitSet is a set of small numbers.
type bitSet []uint64

func newBitSet(n uint32) bitSet { return make(bitSet, (n+63)/64) }

// add puts a number into the set; false when it was in it.
func (s bitSet) add(n uint32) bool {
	had := s.has(n)
	s[n/64] |= 1 << (n % 64)
	return !had
}

func (s bitSet) has(n uint32) bool { return s[n/64]>>(n%64)&1 == 1 }

// hashed is an account with the hash of its key.
type hashed struct {
	hash    uint32
	account int32
}

// equalIn returns the groups of one shard.
func equalIn(shard []hashed, key keyer) [][]int32 {
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
