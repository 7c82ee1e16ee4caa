// Package config holds what audit.yaml can say, as data with defaults: the
// policy of a run, how unusual files are to be read, the options of rules as
// written, and the branding of the reports. It does not read YAML (ingest
// does) and does not know the rules (audit types their options).
package config

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Config is everything that can be configured. The value of [Default] is a
// complete configuration; an absent audit.yaml changes nothing of it.
type Config struct {
	Organisation string         // name in the reports
	Currency     money.Currency // of the totals; "" = that of most active subscriptions' prices
	AsOf         date.Date      // zero = told by the caller
	Policy       Policy
	Inputs       []Input
	Rules        map[string]map[string]Option // rule id -> option -> value
	Branding     Branding
	Source       diag.Source // where it was read from; zero when nothing was read
}

// Default is the configuration of a folder without audit.yaml.
func Default() Config {
	return Config{Organisation: "Organisation", Policy: DefaultPolicy()}
}

// Input maps files with other headers, or without a site, onto what we read.
type Input struct {
	Glob      string            // pattern on the path below the audited folder, '*' also matching '/'
	Site      string            // the site the rows belong to, for formats that do not say
	Product   string            // the product the rows belong to, likewise
	Format    string            // a format id when the header alone does not tell
	Dates     string            // date layout such as dd/mm/yyyy for ambiguous columns
	Delimiter string            // ",", ";" or "tab" when sniffing would be wrong
	Columns   map[string]string // their header -> ours
	Source    diag.Source
}

// Option is the value of a rule option as written; package audit types it
// against the rule that declares it.
type Option struct {
	Text   string
	Source diag.Source
}

// Branding dresses the reports.
type Branding struct {
	Title  string // replaces "Licence audit" on covers
	Footer string // a line at the foot of every page
	Accent string // "#RRGGBB" of headings and charts
}
