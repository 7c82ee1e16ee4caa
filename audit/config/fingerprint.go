package config

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// Fingerprint writes the whole effective configuration as text that is equal
// exactly when the configuration is; the digest of a run covers it. The as-of
// date is not in it: the digest covers it by itself.
func (c *Config) Fingerprint() string {
	var b strings.Builder
	fmt.Fprintf(&b, "organisation %q\ncurrency %q\n", c.Organisation, c.Currency)
	for _, s := range c.Policy.Settings() {
		fmt.Fprintf(&b, "policy %s %q\n", s.Name, s.Value)
	}
	for _, ours := range sortedKeys(c.Sites) {
		fmt.Fprintf(&b, "site %q %q\n", ours, c.Sites[ours])
	}
	for _, in := range c.Inputs {
		fmt.Fprintf(&b, "input %q %q %q %q %q %q", in.Glob, in.Site, in.Product, in.Format, in.Dates, in.Delimiter)
		if !in.ExportedOn.IsZero() {
			fmt.Fprintf(&b, " exported on %s", in.ExportedOn)
		}
		for _, theirs := range sortedKeys(in.Columns) {
			fmt.Fprintf(&b, " %q=%q", theirs, in.Columns[theirs])
		}
		b.WriteByte('\n')
	}
	for _, id := range sortedKeys(c.Rules) {
		for _, name := range sortedKeys(c.Rules[id]) {
			fmt.Fprintf(&b, "rule %q %q %q\n", id, name, c.Rules[id][name].Text)
		}
	}
	for _, k := range brandingKeys() {
		fmt.Fprintf(&b, "branding %s %q\n", k.name, k.kind.node(&c.Branding))
	}
	if len(c.Branding.Logo.Image) > 0 {
		fmt.Fprintf(&b, "logo %x\n", sha256.Sum256(c.Branding.Logo.Image))
	}
	return b.String()
}
