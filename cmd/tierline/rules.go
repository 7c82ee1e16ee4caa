package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/rules"
)

func (a *app) rulesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "rules [ID]",
		Short: "List the rules, or print the page of one",
		Example: `  tierline rules
  tierline rules tier-crossing
  tierline rules --json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError("%s takes at most one rule id", c.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 1:
				return a.rulePage(args[0], asJSON)
			case asJSON:
				return a.printJSON(ruleList(rules.All()))
			}
			return a.printRules()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// ruleInfo is one rule as rules --json prints it.
type ruleInfo struct {
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	Category    string         `json:"category"`
	Kind        string         `json:"kind"`
	Severity    audit.Severity `json:"severity"`
	Scope       string         `json:"scope"`
	Needs       []audit.Need   `json:"needs"`
	Options     []audit.Option `json:"options"`
	Remediation string         `json:"remediation"`
	Page        string         `json:"page"`
}

func ruleList(list []*audit.Rule) []ruleInfo {
	var out []ruleInfo
	for _, r := range list {
		out = append(out, ruleInfo{
			ID: r.ID, Title: r.Title, Category: string(r.Category), Kind: string(r.Kind), Severity: r.Severity, Scope: string(r.Scope),
			Needs: append([]audit.Need{}, r.Needs...), Options: append([]audit.Option{}, r.Options...), Remediation: r.Remediation, Page: r.Page,
		})
	}
	return out
}

// ruleColumn is how wide the last column of the tables of rules may grow.
const ruleColumn = 72

// printRules prints the rules as one table and their options as another.
func (a *app) printRules() error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "RULE\tKIND\tLOOKS AT\tQUESTION\n")
	for _, r := range rules.All() {
		lines := wrapped(r.Title)
		for _, n := range r.Needs {
			lines = append(lines, wrapped("needs "+string(n))...)
		}
		printRow(w, []string{r.ID, string(r.Kind), looksAt(r.Scope)}, lines)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	w = tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "\nOPTION\tDEFAULT\tVALUES\tMEANING\n")
	for _, r := range rules.All() {
		for _, o := range r.Options {
			short, lines := o.Default, wrapped(o.Doc)
			if len(short) > defaultColumn {
				short, lines = "-", append(lines, wrapped("default "+o.Default)...)
			}
			printRow(w, []string{r.ID + ": " + o.Name, short, o.Values()}, lines)
		}
	}
	fmt.Fprint(w, "\nSet options in audit.yaml below rules; tierline rules ID prints the page of a rule.\n")
	return w.Flush()
}

// defaultColumn is how wide a default may be to stand in a column of its own;
// a longer one stands under the meaning.
const defaultColumn = 12

func looksAt(s audit.Scope) string {
	if s == audit.PerOrganisation {
		return "the organisation"
	}
	return "each bundle"
}

// printRow prints cells and, in the last column, several lines.
func printRow(w io.Writer, cells, lines []string) {
	for i, line := range lines {
		if i > 0 {
			cells = make([]string, len(cells))
		}
		fmt.Fprintf(w, "%s\t%s\n", strings.Join(cells, "\t"), line)
	}
}

// wrapped breaks a text at blanks so that a line is not wider than the column.
func wrapped(text string) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		if last := len(out) - 1; last >= 0 && utf8.RuneCountInString(out[last])+1+utf8.RuneCountInString(word) <= ruleColumn {
			out[last] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

func (a *app) rulePage(id string, asJSON bool) error {
	var known []string
	for _, r := range rules.All() {
		if r.ID == id && asJSON {
			return a.printJSON(ruleList([]*audit.Rule{r})[0])
		}
		if r.ID == id {
			fmt.Fprint(a.out, r.Page)
			return nil
		}
		known = append(known, r.ID)
	}
	return usageError("unknown rule %q%s", id, config.Suggest(id, known))
}
