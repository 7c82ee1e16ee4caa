// Package portfolio puts together what the audits of several estates say: their
// figures beside each other, totals by currency, and what comes next anywhere.
//
// It takes facts of results and of runs that could not be made, never rendered
// text, and judges nothing again. Amounts of different currencies are never
// added, whatever rates an estate states. What it keeps of an estate names no
// person. cmd hands it the estates; report makes documents of it.
package portfolio

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/estate"
)

// SchemaVersion is the version of portfolio.json. It changes when a key changes
// its meaning or disappears, not when one is added.
const SchemaVersion = "portfolio-1"

// Portfolio is several estates and their totals, as plain data.
type Portfolio struct {
	Run     Run      `json:"run"`
	Estates []Estate `json:"estates"` // by name
	Totals  []Total  `json:"totals"`  // by currency
}

// Run says what was put together, and how that ended.
type Run struct {
	Schema   string    `json:"schema"`
	Tool     string    `json:"tool"`
	Version  string    `json:"version"`
	AsOf     date.Date `json:"as_of"`    // the latest of the estates
	Digest   string    `json:"digest"`   // of all that is said of the estates; 64 hex digits
	Complete bool      `json:"complete"` // no estate is without a run or incomplete, and no shard is missing
	ExitCode int       `json:"exit_code"`
	Shard    Shard     `json:"shard,omitzero"`           // the part of the estates it holds; none for all of them
	Missing  []Shard   `json:"missing_shards,omitempty"` // of those it was put together from
}

// Parts are what a portfolio is made of.
type Parts struct {
	Version  string
	Day      date.Date // as-of where no estate has a run
	ExitCode int       // of the whole
	Shard    Shard
	Missing  []Shard
	Estates  []Estate // in any order, no name twice
}

// New sums the estates up (METHOD 25.2).
func New(parts Parts) (*Portfolio, error) {
	p := &Portfolio{Estates: append([]Estate{}, parts.Estates...), Run: Run{
		Schema: SchemaVersion, Tool: estate.Tool, Version: parts.Version, ExitCode: parts.ExitCode, Shard: parts.Shard, Missing: parts.Missing,
		Complete: len(parts.Missing) == 0,
	}}
	slices.SortFunc(p.Estates, func(a, b Estate) int { return strings.Compare(a.Name, b.Name) })
	for i := range p.Estates {
		e := &p.Estates[i]
		p.Run.Complete = p.Run.Complete && e.Audit != nil && e.Audit.Complete
		if e.Audit != nil && p.Run.AsOf.Before(e.Audit.AsOf) {
			p.Run.AsOf = e.Audit.AsOf
		}
	}
	if p.Run.AsOf.IsZero() {
		p.Run.AsOf = parts.Day
	}
	p.Totals = totals(p.Estates)
	said, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(said)
	p.Run.Digest = hex.EncodeToString(sum[:])
	return p, nil
}

// UnmarshalJSON reads a portfolio as it was written. Amounts stand in JSON
// without their currency, which is that of the object around them.
func (p *Portfolio) UnmarshalJSON(text []byte) error {
	type written Portfolio // without this method
	if err := json.Unmarshal(text, (*written)(p)); err != nil {
		return err
	}
	return audit.Denominate(p, "")
}

// audited yields the estates that have a run.
func (p *Portfolio) audited() iter.Seq[*Estate] {
	return func(yield func(*Estate) bool) {
		for i := range p.Estates {
			if e := &p.Estates[i]; e.Audit != nil && !yield(e) {
				return
			}
		}
	}
}

// Earlier lists the estates whose amounts are as of a day before that of the
// portfolio: a run that stands although nothing was due, or that of a shard whose
// later one is missing.
func (p *Portfolio) Earlier() []*Estate {
	var out []*Estate
	for e := range p.audited() {
		if e.Audit.AsOf.Before(p.Run.AsOf) {
			out = append(out, e)
		}
	}
	return out
}

// Day is a deadline of one of the estates.
type Day struct {
	Estate *Estate
	*Deadline
}

// Days lists the deadlines of all estates from as-of on, by date.
func (p *Portfolio) Days() []Day {
	var out []Day
	for e := range p.audited() {
		out = slices.AppendSeq(out, e.Days(p.Run.AsOf))
	}
	slices.SortStableFunc(out, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return out
}

// Severe is a finding of high or critical severity of one of the estates.
type Severe struct {
	Estate *Estate
	*Finding
}

// Severe lists the findings of high and critical severity of all estates, the
// critical first; of one severity by estate.
func (p *Portfolio) Severe() []Severe {
	var out []Severe
	for e := range p.audited() {
		for k := range e.Audit.Severe {
			out = append(out, Severe{e, &e.Audit.Severe[k]})
		}
	}
	slices.SortStableFunc(out, func(a, b Severe) int { return cmp.Compare(b.Severity, a.Severity) })
	return out
}
