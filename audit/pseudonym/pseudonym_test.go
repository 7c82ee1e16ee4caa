package pseudonym

import (
	"strings"
	"testing"
)

func key(t *testing.T, text string) Key {
	t.Helper()
	k, err := ParseKey([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// METHOD 18.5.
func TestWord(t *testing.T) {
	one, other := key(t, strings.Repeat("ab", 16)), key(t, strings.Repeat("ba", 16))
	n := one.Namer()
	word := n.Word(Account, "712020:C2F2")
	// The first 65 bits of HMAC-SHA256 over "account", a zero byte and the id, worked
	// out by another program.
	if want := "account-g2ilyqadko7yq"; word != want {
		t.Errorf("got %s, want %s", word, want)
	}
	for _, same := range []string{"712020:c2f2", " 712020:C2F2 ", "712020: c2f2"} {
		if got := one.Namer().Word(Account, same); got != word {
			t.Errorf("%q is %s, want %s", same, got, word)
		}
	}
	if got := n.Word(Person, "712020:c2f2"); strings.TrimPrefix(got, "person-") != strings.TrimPrefix(word, "account-") {
		t.Errorf("the holder is %s, the account %s", got, word)
	}
	for what, got := range map[string]string{
		"another key": other.Namer().Word(Account, "712020:c2f2"), "another text": n.Word(Account, "712020:c2f3"), "another kind": "account-" + strings.TrimPrefix(n.Word(Mailbox, "712020:c2f2"), "mailbox-"),
	} {
		if got == word {
			t.Errorf("%s gives the same word", what)
		}
	}
	for text, want := range map[string]bool{
		word: true, "person-g2ilyqadko7yq": false, "account-g2ilyqadko7y": false, "account-g2ilyqadko7y1": false, "account-g2ilyqadko7yqq": false, "": false,
	} {
		if IsWord(Account, text) != want {
			t.Errorf("%q is a word for an account: %v", text, !want)
		}
	}
	if n.Word(Manager, " ") != "" {
		t.Error("there is a word for nobody")
	}
	if one.Fingerprint() == other.Fingerprint() || len(one.Fingerprint()) != 16 || (Key{}).Fingerprint() != "" {
		t.Errorf("fingerprints %s and %s", one.Fingerprint(), other.Fingerprint())
	}
}

func TestParseKey(t *testing.T) {
	for _, text := range []string{"", "short", strings.Repeat("a", 64), strings.Repeat("ab", 15) + "c\n \n"} {
		if _, err := ParseKey([]byte(text)); err == nil {
			t.Errorf("%q is taken for a key", text)
		}
	}
	if key(t, strings.Repeat("ab", 16)+"\r\n").Fingerprint() != key(t, strings.Repeat("ab", 16)).Fingerprint() {
		t.Error("a line break at the end makes another key")
	}
}
