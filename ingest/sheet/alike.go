package sheet

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"tierline/audit/config"
)

// alike is the canonical name of a column, ready to be compared with many: each
// column of a file nobody knows is held against each column of each format, and
// nearly all of them differ in letters that one look at a bit set tells apart.
type alike struct {
	name    string
	words   []string
	account string // evened out, see sameAccount
	letters uint64 // that occur in it, those of ASCII other than '_'
	length  int    // in letters
}

func newAlike(name string) alike {
	out := alike{name: name, words: strings.Split(name, "_"), account: sameAccount(name), length: utf8.RuneCountInString(name)}
	for i := range len(name) {
		if c := name[i]; c < utf8.RuneSelf && c != '_' {
			out.letters |= 1 << (c & 63)
		}
	}
	return out
}

// like reports whether a column of a file looks like ours: it contains all our
// words, is contained in them, differs by a few letters, is the same of an
// account, or names a product as tables do in which a row may be an app.
func (ours *alike) like(theirs *alike) bool {
	return ours.near(theirs) || ours.within(theirs) || (len(theirs.name) > 3 || theirs.name == "id") && theirs.within(ours) ||
		ours.account == theirs.account || ours.name == "product" && theirs.name == "key"
}

// near reports whether at most a quarter of our letters has to be changed. Each
// change brings or takes one letter at most.
func (ours *alike) near(theirs *alike) bool {
	most := len(ours.name) / 4
	return max(ours.length-theirs.length, theirs.length-ours.length) <= most &&
		bits.OnesCount64(ours.letters&^theirs.letters) <= most && bits.OnesCount64(theirs.letters&^ours.letters) <= most &&
		config.Distance(theirs.name, ours.name) <= most
}

// within reports whether all words of a stand in b.
func (a *alike) within(b *alike) bool {
	return a.letters&^b.letters == 0 && !slices.ContainsFunc(a.words, func(w string) bool { return !slices.Contains(b.words, w) })
}

// sameAccount evens out what the owner of an account is called: "Account id",
// "Atlassian ID" and "User id" are one.
func sameAccount(name string) string {
	for _, owner := range []string{"account_", "atlassian_", "atlassian_account_"} {
		if rest, ok := strings.CutPrefix(name, owner); ok {
			name = "user_" + rest
		}
	}
	return name
}
