// Package config holds what audit.yaml can say, as data with defaults: the
// policy of a run, how unusual files are to be read, the options of rules as
// written, and the branding of the reports. Each setting stands once, in a
// table ([Settings] lists them all): reading, the effective values of the
// reports, the starter file and the documentation follow from it.
//
// It does not read YAML (ingest does, and hands over a [Node]) and does not
// know the rules (audit types their options). ingest makes the Config, cmd adds
// what flags say, everything above reads its policy.
package config

import (
	"errors"
	"fmt"
	"slices"

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
	Sites        map[string]string // a site as in subscriptions -> the same as exports name it
	Inputs       []Input
	Rules        map[string]map[string]Option // rule id -> option -> value
	Branding     Branding
	Source       diag.Source // where it was read from; zero when nothing was read
}

// Input maps files with other headers, or without a site, onto what we read.
type Input struct {
	Glob       string            // pattern on the path below the audited folder, '*' also matching '/'
	Site       string            // the site the rows belong to, for formats that do not say
	Product    string            // the product the rows belong to, likewise
	Format     string            // a format id when the header alone does not tell
	Dates      string            // date layout such as dd/mm/yyyy for ambiguous columns
	ExportedOn date.Date         // the day of the export, which no file says; zero = not said
	Delimiter  string            // ",", ";" or "tab" when sniffing would be wrong
	Columns    map[string]string // their header -> ours
	Source     diag.Source
}

// Ignore is the format of an entry of inputs for files that are to be left out.
const Ignore = "ignore"

// Option is the value of a rule option as written; package audit types it
// against the rule that declares it.
type Option struct {
	Text   string
	Source diag.Source
}

// Terms are what the readers of files understand, for the settings that name
// it.
type Terms struct {
	Formats []string           // ids of the formats
	Layout  func(string) error // what is wrong with a layout of dates
}

// Default is the configuration of a folder without audit.yaml.
func Default() Config {
	var c Config
	reset(rootKeys(), &c)
	return c
}

// Read says what a file means that holds these documents, of which later ones
// are put over earlier ones. All mistakes are returned at once, each with its
// place; beside them stands what could be read, put over the defaults.
func Read(file string, documents []Node, terms Terms) (*Config, error) {
	c := Default()
	c.Source = diag.Source{File: file}
	r := &reader{terms: terms}
	for _, d := range documents {
		read(r, "", d, rootKeys(), &c)
	}
	return &c, errors.Join(r.problems...)
}

const (
	onTitles   = "on the title of every report"
	inSettings = "among the settings of every report"
)

// rootKeys is the table of the keys at the top of audit.yaml.
func rootKeys() []key[Config] {
	return []key[Config]{
		{
			name: "organisation", meaning: "the name on the reports", shown: onTitles,
			kind: word[Config]{at: func(c *Config) *string { return &c.Organisation }, what: "a text", value: "Organisation"},
		},
		{
			name: "currency", meaning: "of the totals; without it that of most subscriptions", shown: "beside the totals", example: "USD",
			kind: parsed[Config, money.Currency]{at: func(c *Config) *money.Currency { return &c.Currency }, what: "a currency code", from: money.ParseCurrency},
		},
		{
			name: "as_of", meaning: "the day of the audit; without it today; fix it to get the same bytes again", shown: onTitles, example: "2026-11-21",
			kind: parsed[Config, date.Date]{at: func(c *Config) *date.Date { return &c.AsOf }, what: "a day such as 2026-11-21", from: date.Parse},
		},
		{
			name: "policy", meaning: "what counts, costs and the plan depend on", shown: inSettings,
			kind: group[Config, Policy]{name: "policy", at: func(c *Config) *Policy { return &c.Policy }, keys: policyKeys()},
		},
		{
			name: "sites", meaning: "sites that exports name otherwise than subscriptions: theirs behind ours", shown: "among the remarks",
			kind: siteNames{}, example: "{nordwind-prod: nordwind}",
		},
		{
			name: "inputs", meaning: "files with other headers, or without a site", shown: "on the sheet Files", example: inputsExample,
			kind: records[Config, Input]{name: "inputs", at: func(c *Config) *[]Input { return &c.Inputs }, keys: inputKeys(),
				begin: func(at diag.Source) Input { return Input{Source: at} }, wrong: inputWrong},
		},
		{
			name: "rules", meaning: "options of rules, by rule id; tierline rules ID lists those of a rule", shown: "in the findings of the rule", example: rulesExample,
			kind: ruleOptions{},
		},
		{
			name: "branding", meaning: "how the reports look",
			kind: group[Config, Branding]{name: "branding", at: func(c *Config) *Branding { return &c.Branding }, keys: brandingKeys(), wrong: alikeColours},
		},
	}
}

const rulesExample = `tier-crossing: {near_users: 20}
unused-capacity: {min_unused_share: 10%}`

const inputsExample = `- glob: "exports/hr-*.csv"
  dates: dd/mm/yyyy
  columns: {"Account": "user id", "State": "user status"}
- glob: "licences/*.json"     # what a Data Center instance says of its licences
  site: jira-dc
  product: jira`

// inputKeys is the table of what an entry of inputs can say.
func inputKeys() []key[Input] {
	return []key[Input]{
		{name: "glob", meaning: "the files it is for, below the folder; * stands for any text",
			kind: word[Input]{at: func(in *Input) *string { return &in.Glob }, what: "a pattern of paths"}},
		{name: "site", meaning: "the site of rows that do not name one", kind: word[Input]{at: func(in *Input) *string { return &in.Site }, what: "a site"}},
		{name: "product", meaning: "the product of rows that do not name one",
			kind: word[Input]{at: func(in *Input) *string { return &in.Product }, what: "a product key"}},
		{name: "format", meaning: "what the files are, where their header does not tell; ignore leaves them out",
			kind: word[Input]{at: func(in *Input) *string { return &in.Format }, what: "the id of a format", check: knownFormat}},
		{name: "dates", meaning: "the order of day and month where dates can be read either way",
			kind: word[Input]{at: func(in *Input) *string { return &in.Dates }, what: "dd/mm/yyyy or mm/dd/yyyy", check: knownLayout}},
		{name: "delimiter", meaning: "what stands between cells, where the file does not tell",
			kind: word[Input]{at: func(in *Input) *string { return &in.Delimiter }, what: `",", ";", "|" or tab`, check: knownDelimiter}},
		{name: "exported_on", meaning: "the day of the export, to which idle time is measured; without it the newest date of use in the file",
			kind: parsed[Input, date.Date]{at: func(in *Input) *date.Date { return &in.ExportedOn }, what: "a day such as 2026-11-21", from: date.Parse}},
		{name: "columns", meaning: "their headers and what we call them", kind: columns{}},
	}
}

func inputWrong(in *Input) string {
	if in.Glob == "" {
		return "an entry of inputs needs a glob, the files it is for"
	}
	return ""
}

func knownFormat(terms Terms, id string) error {
	if slices.Contains(terms.Formats, id) {
		return nil
	}
	return fmt.Errorf("unknown format %q%s", id, Suggest(id, terms.Formats))
}

func knownLayout(terms Terms, layout string) error { return terms.Layout(layout) }

func knownDelimiter(_ Terms, text string) error {
	if slices.Contains([]string{",", ";", "tab", "|"}, text) {
		return nil
	}
	return fmt.Errorf("delimiter %q: expected \",\", \";\", \"|\" or tab", text)
}
