package config

import (
	"fmt"
	"maps"
	"strings"

	"tierline/audit/money"
)

// Kinds of mappings whose keys are free.

// columns maps the headers of a file onto ours.
type columns struct{}

func (columns) takes() string   { return "headers of the file, each with a column of ours" }
func (columns) reset(in *Input) { in.Columns = map[string]string{} }

func (columns) read(r *reader, n Node, in *Input) {
	for _, e := range r.entries("columns", n) {
		if text, ok := r.text(e.Value); ok {
			in.Columns[e.Key] = text
		}
	}
}

func (columns) node(in *Input) Node {
	n := Node{Form: Mapping}
	for _, theirs := range sortedKeys(in.Columns) {
		n.Entries = append(n.Entries, Entry{Key: theirs, Value: scalar(in.Columns[theirs])})
	}
	return n
}

// siteNames says which site of the exports a subscribed site is.
type siteNames struct{}

func (siteNames) takes() string   { return "sites of subscriptions, each with the site of the exports" }
func (siteNames) reset(c *Config) { c.Sites = nil }

func (siteNames) read(r *reader, n Node, c *Config) {
	c.Sites = map[string]string{}
	named := map[string]string{}
	for _, e := range r.entries("sites", n) {
		text, ok := r.text(e.Value)
		if !ok {
			continue
		}
		if other, twice := named[strings.ToLower(text)]; twice {
			r.fail(e.Value.Source, "%q is named for %s and for %s; expected one site of the exports for each of subscriptions", text, other, e.Key)
			continue
		}
		named[strings.ToLower(text)] = e.Key
		c.Sites[e.Key] = text
	}
}

func (siteNames) node(c *Config) Node {
	n := Node{Form: Mapping}
	for _, ours := range sortedKeys(c.Sites) {
		n.Entries = append(n.Entries, Entry{Key: ours, Value: scalar(c.Sites[ours])})
	}
	return n
}

// ruleOptions keeps the options of rules as text; package audit knows their
// types.
type ruleOptions struct{}

func (ruleOptions) takes() string   { return "rule ids, each with its options" }
func (ruleOptions) reset(c *Config) { c.Rules = nil }

func (ruleOptions) read(r *reader, n Node, c *Config) {
	c.Rules = map[string]map[string]Option{}
	for _, rule := range r.entries("rules", n) {
		options := map[string]Option{}
		for _, e := range r.entries("rules "+rule.Key, rule.Value) {
			options[e.Key] = Option{Text: oneOrMore(r, e.Value), Source: e.Source}
		}
		c.Rules[rule.Key] = options
	}
}

// oneOrMore reads a scalar, or the values of a list separated by commas.
func oneOrMore(r *reader, n Node) string {
	if n.Form != List {
		text, _ := r.text(n)
		return text
	}
	var out []string
	for _, item := range n.Items {
		if text, ok := r.text(item); ok {
			out = append(out, text)
		}
	}
	return strings.Join(out, ", ")
}

func (ruleOptions) node(c *Config) Node {
	n := Node{Form: Mapping}
	for _, id := range sortedKeys(c.Rules) {
		options := Node{Form: Mapping}
		for _, name := range sortedKeys(c.Rules[id]) {
			options.Entries = append(options.Entries, Entry{Key: name, Value: scalar(c.Rules[id][name].Text)})
		}
		n.Entries = append(n.Entries, Entry{Key: id, Value: options})
	}
	return n
}

// factors are the licence factors of one hosting; what is written is put over
// the defaults.
type factors struct {
	hosting string
	value   map[string]money.Exact // the defaults
}

func (factors) takes() string { return "licence types, each with a factor from 0 to 1" }

func (k factors) reset(p *Policy) {
	if p.LicenceFactors == nil {
		p.LicenceFactors = LicenceFactors{}
	}
	p.LicenceFactors[k.hosting] = map[string]money.Exact{}
	maps.Copy(p.LicenceFactors[k.hosting], k.value)
}

func (k factors) read(r *reader, n Node, p *Policy) {
	for _, e := range r.entries("licence_factors "+k.hosting, n) {
		text, ok := r.text(e.Value)
		if !ok {
			continue
		}
		factor, err := parseFactor(text)
		if err != nil {
			r.fail(e.Value.Source, "%s", err)
			continue
		}
		licence := strings.ToLower(strings.Join(strings.Fields(e.Key), " "))
		p.LicenceFactors[k.hosting][licence] = factor
	}
}

func parseFactor(text string) (money.Exact, error) {
	factor, err := money.ParseExact(text)
	if err != nil || factor.Sign() < 0 || factor.Cmp(money.Int(1)) > 0 {
		return money.Exact{}, fmt.Errorf("%q: expected a factor from 0 to 1 such as 0.25", text)
	}
	return factor, nil
}

func (k factors) node(p *Policy) Node {
	n := Node{Form: Mapping}
	for _, licence := range sortedKeys(p.LicenceFactors[k.hosting]) {
		n.Entries = append(n.Entries, Entry{Key: licence, Value: scalar(p.LicenceFactors[k.hosting][licence].Decimal(0))})
	}
	return n
}
