package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/pseudonym"
)

// Loaded is what a folder says.
type Loaded struct {
	Estate      *estate.Estate
	Book        *pricing.Book
	Config      *config.Config // with the as-of day that holds
	AsOfAssumed bool           // nobody said the as-of day, so it is today
	Inputs      []estate.Input // in the order of their paths
	Diagnostics diag.List
	Refused     int                  // subscriptions rows that could not be read
	Rejected    []estate.RejectedRow // by place

	walked    diag.List         // what was found wrong with files that were not read
	names     pseudonym.Key     // by which decisions of redacted runs name people
	siteNames map[string]string // a site as exports name it -> as subscriptions do
}

// ConfigError is a mistake in audit.yaml: exit code 4. It holds every mistake
// of the file, a line each.
type ConfigError struct{ err error }

// Error returns all mistakes.
func (e *ConfigError) Error() string { return e.err.Error() }

// Digest is the identity of a run: the path and content of every file read,
// which files could not be, the effective configuration, the as-of date, the
// program's version and the facts of the run it is compared with, "" for none. Two
// runs of one digest have the same result.
func (l *Loaded) Digest(asOf date.Date, version, earlier string) string {
	h := sha256.New()
	seen := map[string]bool{}
	for _, in := range l.Inputs {
		if !seen[in.Path] {
			fmt.Fprintf(h, "file %q %s\n", in.Path, in.SHA256)
		}
		seen[in.Path] = true
	}
	for _, d := range l.walked.Sorted() {
		fmt.Fprintf(h, "not read %q\n", d)
	}
	if l.AsOfAssumed {
		fmt.Fprintln(h, "as-of assumed")
	}
	fmt.Fprintf(h, "as of %s\nversion %s\n%s%s", asOf, version, l.Config.Fingerprint(), earlier)
	return hex.EncodeToString(h.Sum(nil))
}
