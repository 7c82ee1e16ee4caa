// Package pseudonym makes words that stand for people in reports for others: the
// same person is the same word in every run with one key, and without the key
// nobody finds out who it is (METHOD 18.5). It decides nothing about what is
// replaced: audit does for a result, and ingest looks for whom a word stands when
// decisions about it are read back. cmd reads the key.
package pseudonym

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"hash"
	"strings"
)

// Key makes pseudonyms. The zero value is none.
type Key struct{ secret []byte }

// shortest is how many bytes a key needs at least: as many as the sum it is used
// for has.
const shortest = 32

// ParseKey takes the text of a key file for a key, without white space around it.
func ParseKey(text []byte) (Key, error) {
	secret := bytes.TrimSpace(text)
	if len(secret) < shortest {
		return Key{}, errors.New("the key is too short; expected at least 32 characters, drawn by a machine")
	}
	if len(bytes.Trim(secret, string(secret[:1]))) == 0 {
		return Key{}, errors.New("the key is one character over and over; expected one drawn by a machine")
	}
	return Key{bytes.Clone(secret)}, nil
}

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return len(k.secret) == 0 }

// Fingerprint tells keys apart without telling anything about them; "" for none.
func (k Key) Fingerprint() string {
	if k.IsZero() {
		return ""
	}
	mac := hmac.New(sha256.New, k.secret)
	mac.Write([]byte("fingerprint"))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// Namer makes the words of a key. It is for one goroutine.
type Namer struct {
	mac hash.Hash
	sum [sha256.Size]byte
}

// Namer returns a maker of words.
func (k Key) Namer() *Namer { return &Namer{mac: hmac.New(sha256.New, k.secret)} }

// The kinds of what a word stands for, which it begins with.
const (
	Account    = "account"
	Person     = "person"
	Mailbox    = "mailbox"
	Department = "department"
	Title      = "title"
	CostCentre = "cost-centre"
	Manager    = "manager"
)

// digits is how many characters of a sum a word has: 65 bits, so that of a million
// people no two share a word.
const digits = 13

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Word returns what stands for a text of a kind, "" for no text. Case and white
// space make no difference, as they make none between accounts.
func (n *Namer) Word(kind, text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), ""))
	if text == "" {
		return ""
	}
	n.mac.Reset()
	// A person is known by the account, so both words end alike.
	of := kind
	if kind == Person {
		of = Account
	}
	n.mac.Write([]byte(of + "\x00" + text))
	return kind + "-" + letters.EncodeToString(n.mac.Sum(n.sum[:0]))[:digits]
}

// IsWord reports whether a text has the form of the words of a kind.
func IsWord(kind, text string) bool {
	sum, ok := strings.CutPrefix(text, kind+"-")
	_, err := letters.DecodeString(sum + "aaa") // whole bytes
	return ok && len(sum) == digits && err == nil
}
