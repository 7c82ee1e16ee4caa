package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tierline/audit/pseudonym"
)

// naming says how people are named: as the exports do, or in a redacted run by
// pseudonyms of a key, by which decisions made in such a run are read back.
type naming struct {
	redact string // path of the key file of a redacted run; "" to name people
	read   string // path of the key file by which decisions are read, people being named

	key pseudonym.Key
}

// redactFlag adds the flag of a run that names nobody.
func redactFlag(c *cobra.Command, n *naming) {
	c.Flags().StringVar(&n.redact, "redact", "", "name people, departments and managers by pseudonyms made with the key in this file, for a run to hand on")
}

// settle reads the key.
func (n *naming) settle() error {
	path := n.redact
	switch {
	case n.redact != "" && n.read != "":
		return usageError("--redact and --redacted-with: expected one of the two; --redact reads decisions by its key as well")
	case path == "":
		path = n.read
	}
	if path == "" {
		return nil
	}
	key, err := readKey(path)
	if err != nil {
		return usageError("the key file cannot be used: %s", err)
	}
	n.key = key
	return nil
}

// mostKey is how many bytes of a key file are read: a key has some dozens.
const mostKey = 4096

// readKey reads the key in a file.
func readKey(path string) (pseudonym.Key, error) {
	if info, err := os.Stat(path); err != nil {
		return pseudonym.Key{}, err
	} else if !info.Mode().IsRegular() || info.Size() > mostKey {
		return pseudonym.Key{}, fmt.Errorf("%s: expected a regular file of at most %d bytes", path, mostKey)
	}
	f, err := os.Open(path)
	if err != nil {
		return pseudonym.Key{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostKey))
	if err != nil {
		return pseudonym.Key{}, err
	}
	return pseudonym.ParseKey(text)
}

// open reports whether others than its owner can read the key file, which then
// keeps nothing secret.
func (n *naming) open() bool {
	info, err := os.Stat(n.redact)
	return n.redact != "" && err == nil && info.Mode().Perm()&0o077 != 0
}

// digest tells apart runs that name people otherwise, and runs that read decisions
// by another key.
func (n *naming) digest() string {
	switch {
	case n.redact != "":
		return fmt.Sprintf("redacted %s\n", n.key.Fingerprint())
	case n.read != "":
		return fmt.Sprintf("decisions read by %s\n", n.key.Fingerprint())
	}
	return ""
}
