package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Setting is one effective value of the policy, for the reports.
type Setting struct {
	Name    string `json:"name"` // as audit.yaml says it, such as "severity.high"
	Value   string `json:"value"`
	Written *Node  `json:"written,omitempty"` // of a value that is no single one, as audit.yaml would say it
	Meaning string `json:"-"`                 // lower case, without a full stop
}

// Settings lists every value of p in the order of the table.
func (p Policy) Settings() []Setting {
	out := []Setting{}
	walk(policyKeys(), &p, func(l leaf) {
		s := Setting{Name: l.name, Value: l.value.String(), Meaning: l.meaning}
		if l.value.Form == List || l.value.Form == Mapping {
			s.Written = &l.value
		}
		out = append(out, s)
	})
	return out
}

// MarshalJSON writes the settings.
func (p Policy) MarshalJSON() ([]byte, error) { return json.Marshal(p.Settings()) }

// UnmarshalJSON reads them over the defaults, as if audit.yaml said them.
func (p *Policy) UnmarshalJSON(raw []byte) error {
	var settings []Setting
	if err := json.Unmarshal(raw, &settings); err != nil {
		return err
	}
	*p = DefaultPolicy()
	r := &reader{}
	walk(policyKeys(), p, func(l leaf) {
		i := slices.IndexFunc(settings, func(s Setting) bool { return s.Name == l.name })
		if i < 0 {
			return
		}
		n := scalar(settings[i].Value)
		if settings[i].Written != nil {
			n = *settings[i].Written
		}
		l.read(r, n)
	})
	if len(r.problems) > 0 {
		return fmt.Errorf("settings of the policy: %w", errors.Join(r.problems...))
	}
	return nil
}

// Documented is what the documentation says of a setting.
type Documented struct {
	Key     string // with the keys it stands below, such as "policy.severity.high"
	Takes   string // what may be written, such as "a whole number from 0 to 5"
	Default string // as audit.yaml would say it; "" where there is none
	Meaning string // lower case, without a full stop
	Shown   string // where a reader of the reports sees it
}

// Document lists everything audit.yaml can say.
func Document() []Documented {
	c := Default()
	var out []Documented
	walk(rootKeys(), &c, func(l leaf) {
		out = append(out, l.document())
		for _, field := range l.fields {
			d := field.document()
			d.Key, d.Default, d.Shown = l.name+"."+d.Key, "", l.shown
			out = append(out, d)
		}
	})
	return out
}

func (l leaf) document() Documented {
	return Documented{Key: l.name, Takes: l.takes, Default: l.value.YAML(), Meaning: l.meaning, Shown: l.shown}
}
