package audit

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tierline/audit/config"
)

var idForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// pageParts are the headings every rule page must have.
var pageParts = []string{"## Why it matters", "## How it is computed", "## Limits", "## Sources"}

// Validate checks a list of rules before anything runs: an undocumented or
// half-declared rule is refused. All problems are reported at once.
func Validate(rules []*Rule) error {
	var problems []error
	seen := map[string]bool{}
	for _, r := range rules {
		for _, p := range r.problems() {
			problems = append(problems, fmt.Errorf("rule %q: %s", r.ID, p))
		}
		if seen[r.ID] {
			problems = append(problems, fmt.Errorf("rule %q is listed twice", r.ID))
		}
		seen[r.ID] = true
	}
	return errors.Join(problems...)
}

func (r *Rule) problems() []string {
	var out []string
	check := func(ok bool, problem string) {
		if !ok {
			out = append(out, problem)
		}
	}
	check(idForm.MatchString(r.ID), "the id must be lower-case words joined by '-'")
	check(r.Title != "" && !strings.HasSuffix(r.Title, "."), "the title must not be empty nor end with a full stop")
	check(strings.HasSuffix(r.Remediation, "."), "the remediation must be a sentence ending with a full stop")
	check(r.Run != nil, "it has no Run")
	check(r.Category != "" && r.Kind != "" && r.Scope != "", "category, kind and scope must be set")
	for _, part := range pageParts {
		check(strings.Contains(r.Page, "\n"+part+"\n"), fmt.Sprintf("the page lacks the heading %q", part))
	}
	for _, o := range r.Options {
		_, err := o.value(o.Default)
		check(err == nil && o.Doc != "", fmt.Sprintf("option %q needs a valid default and a sentence of documentation", o.Name))
	}
	return out
}

// Options are the typed options of one rule.
type Options map[string]value

type value struct {
	number   int
	yes      bool
	patterns []string
}

// Values says in words what an option takes, such as "number from 0 to 100".
func (o Option) Values() string {
	unit := ""
	switch o.Type {
	case Percentage:
		unit = "%"
	case WholeNumber:
	case Patterns:
		return "list of patterns"
	default:
		return string(o.Type)
	}
	if o.Max == 0 {
		return fmt.Sprintf("%s of %d%s or more", o.Type, o.Min, unit)
	}
	return fmt.Sprintf("%s from %d%s to %d%s", o.Type, o.Min, unit, o.Max, unit)
}

// value reads the text of an option.
func (o Option) value(text string) (value, error) {
	var v value
	written := strings.TrimSpace(text)
	switch o.Type {
	case Patterns:
		for p := range strings.SplitSeq(strings.ToLower(text), ",") {
			if p = strings.TrimSpace(p); p != "" {
				v.patterns = append(v.patterns, p)
			}
		}
	case YesNo:
		switch strings.ToLower(written) {
		case "yes", "true":
			v.yes = true
		case "no", "false":
		default:
			return v, fmt.Errorf("%q: expected yes or no", text)
		}
	default:
		n, err := strconv.Atoi(strings.TrimSuffix(written, "%"))
		if err != nil || o.Type == Percentage != strings.HasSuffix(written, "%") || n < o.Min || o.Max > 0 && n > o.Max {
			return v, fmt.Errorf("%q: expected a %s", text, o.Values())
		}
		v.number = n
	}
	return v, nil
}

// TypeOptions types what audit.yaml says about rules against what the rules
// declare. All errors come at once; an unknown name suggests the nearest.
func TypeOptions(rules []*Rule, written map[string]map[string]config.Option) (map[string]Options, error) {
	var problems []error
	out := map[string]Options{}
	byID := map[string]*Rule{}
	for _, r := range rules {
		byID[r.ID] = r
		opts := Options{}
		for _, o := range r.Options {
			opts[o.Name], _ = o.value(o.Default)
		}
		out[r.ID] = opts
	}
	for _, id := range slices.Sorted(maps.Keys(written)) {
		r := byID[id]
		if r == nil {
			problems = append(problems, fmt.Errorf("%sunknown rule %q%s", where(written[id]), id, config.Suggest(id, slices.Sorted(maps.Keys(byID)))))
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(written[id])) {
			w := written[id][name]
			i := slices.IndexFunc(r.Options, func(o Option) bool { return o.Name == name })
			if i < 0 {
				problems = append(problems, fmt.Errorf("%s: rule %s has no option %q%s", w.Source, id, name, config.Suggest(name, optionNames(r))))
				continue
			}
			v, err := r.Options[i].value(w.Text)
			if err != nil {
				problems = append(problems, fmt.Errorf("%s: option %s of rule %s: %w", w.Source, name, id, err))
				continue
			}
			out[id][name] = v
		}
	}
	return out, errors.Join(problems...)
}

// where returns the place of the first option of a rule, to point somewhere.
func where(options map[string]config.Option) string {
	for _, name := range slices.Sorted(maps.Keys(options)) {
		return options[name].Source.String() + ": "
	}
	return ""
}

func optionNames(r *Rule) []string {
	var out []string
	for _, o := range r.Options {
		out = append(out, o.Name)
	}
	return out
}
