package portfolio

import (
	"cmp"
	"fmt"
	"slices"
)

// Join returns the estates of several portfolios and runs, each once. The error
// names an estate that two of them tell differently: nobody can say which holds.
func Join(lists ...[]Estate) ([]Estate, error) {
	var out []Estate
	at := map[string]int{}
	for _, list := range lists {
		for i := range list {
			e := &list[i]
			k, there := at[e.Name]
			switch {
			case !there:
				at[e.Name] = len(out)
				out = append(out, *e)
			case !out[k].tells(e):
				return nil, fmt.Errorf("two inputs tell of the estate %s, each of another run: %s, and %s; leave one of the folders out, or remove old shards",
					e.Name, out[k].told(), e.told())
			}
		}
	}
	return out, nil
}

// tells reports whether two say the same of an estate.
func (e *Estate) tells(other *Estate) bool {
	if (e.Audit == nil) != (other.Audit == nil) || e.Run != other.Run {
		return false
	}
	return e.Audit == nil || e.Audit.Digest == other.Audit.Digest
}

// told says which run of an estate is told of.
func (e *Estate) told() string {
	if e.Audit == nil {
		return fmt.Sprintf("none (exit code %d)", e.ExitCode)
	}
	return fmt.Sprintf("%s as of %s", e.Run, e.Audit.AsOf)
}

// Shards lists the shards that a portfolio holds: its own, or those it was put
// together from where one of them is missing.
func (r *Run) Shards() []Shard {
	if r.Shard.Of > 0 {
		return []Shard{r.Shard}
	}
	return Missing(r.Missing)
}

// Missing lists the shards that those there are leave out: of each number of
// shards that one of them names, in order.
func Missing(there []Shard) []Shard {
	var out []Shard
	of := map[int]bool{}
	for _, s := range there {
		if s.Of == 0 || of[s.Of] {
			continue
		}
		of[s.Of] = true
		for i := range s.Of {
			if part := (Shard{Index: i, Of: s.Of}); !slices.Contains(there, part) {
				out = append(out, part)
			}
		}
	}
	slices.SortFunc(out, func(a, b Shard) int { return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.Index, b.Index)) })
	return out
}
