package main

import (
	"fmt"
	"strings"

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
			a.printRules()
			return nil
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
	Scope       string         `json:"scope"`
	Needs       []audit.Need   `json:"needs"`
	Options     []audit.Option `json:"options"`
	Remediation string         `json:"remediation"`
}

func ruleList(list []*audit.Rule) []ruleInfo {
	var out []ruleInfo
	for _, r := range list {
		out = append(out, ruleInfo{r.ID, r.Title, string(r.Category), string(r.Kind), string(r.Scope), append([]audit.Need{}, r.Needs...), append([]audit.Option{}, r.Options...), r.Remediation})
	}
	return out
}

func (a *app) printRules() {
	for _, r := range rules.All() {
		fmt.Fprintf(a.out, "%s\n    %s\n", r.ID, r.Title)
		var needs []string
		for _, n := range r.Needs {
			needs = append(needs, string(n))
		}
		fmt.Fprintf(a.out, "    needs: %s\n", strings.Join(needs, "; "))
		for _, o := range r.Options {
			fmt.Fprintf(a.out, "    option %s (%s, default %s): %s\n", o.Name, o.Type, o.Default, o.Doc)
		}
	}
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
