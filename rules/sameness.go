package rules

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tierline/audit/glob"
)

// mailbox returns the address of an account; "" when it has none.
func (d *duplicates) mailbox(account int32) string { return d.Estate.Accounts[account].Email }

// localPart returns what stands before the '@' of an address, without a "+tag";
// "" where it names a function rather than a person.
func (d *duplicates) localPart(account int32) string {
	local, _, ok := strings.Cut(d.Estate.Accounts[account].Email, "@")
	local, _, _ = strings.Cut(local, "+")
	if !ok || slices.ContainsFunc(d.shared, func(pattern string) bool { return glob.Match(pattern, local) }) {
		return ""
	}
	return local
}

// fullName returns the name of an account with an address in the form in which
// names are compared; "" where it is no full name.
func (d *duplicates) fullName(account int32) string {
	a := &d.Estate.Accounts[account]
	if a.Email == "" {
		return ""
	}
	return plainName(a.Name)
}

// plainName brings a display name into the form in which names are compared:
// lower case, without accents, "Last, First" turned round. A single word or an
// address is not the full name of anybody: "".
func plainName(name string) string {
	if strings.Contains(name, "@") {
		return ""
	}
	if last, first, ok := strings.Cut(name, ","); ok && !strings.Contains(first, ",") {
		name = first + " " + last
	}
	words := strings.Fields(strings.ToLower(name))
	if len(words) < 2 {
		return ""
	}
	plain := strings.Join(words, " ")
	if strings.IndexFunc(plain, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return plain
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(plain))
}

// equal groups accounts by a key, "" for none: the groups of two and more, each
// in the order of the accounts, by their first. It sorts hashes and compares keys
// only where those are equal, which takes a million accounts in one pass and
// little memory.
func equal(accounts []int32, key func(account int32) string) [][]int32 {
	type hashed struct {
		hash    uint64
		account int32
	}
	all := make([]hashed, 0, len(accounts))
	for _, account := range accounts {
		if k := key(account); k != "" {
			h := fnv.New64a()
			h.Write([]byte(k))
			all = append(all, hashed{h.Sum64(), account})
		}
	}
	slices.SortFunc(all, func(a, b hashed) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.account, b.account)) })
	var out [][]int32
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].hash == all[from].hash {
			to++
		}
		if to-from > 1 {
			groups := map[string][]int32{}
			for _, x := range all[from:to] {
				k := key(x.account)
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
	slices.SortFunc(out, func(a, b []int32) int { return cmp.Compare(a[0], b[0]) })
	return out
}
