package publish

import (
	"os"
	"path/filepath"
	"slices"
)

// Prune removes old runs of an output folder until so many are left (METHOD 23.11):
// the newest ones, the newest of each month, and every run in which somebody changed
// or added a file stay. ours says which runs are counted at all. It returns the names
// of those removed, also beside an error.
func (o *Output) Prune(keep int, ours func(*Past) bool) ([]string, error) {
	runs, err := List(o.dir)
	if err != nil {
		return nil, err
	}
	runs = slices.DeleteFunc(runs, func(p Past) bool { return !ours(&p) })
	latest, _ := Latest(o.dir)
	var removed []string
	months := map[[2]int]bool{}
	for i := range runs {
		p := &runs[i]
		month := [2]int{p.AsOf.Year(), int(p.AsOf.Time().Month())}
		newest := !months[month]
		months[month] = true
		if i < keep || newest || p.Run == latest {
			continue
		}
		if _, _, k := inspect(p.Folder); k.Why != Alike {
			continue
		}
		if err := o.remove(p); err != nil {
			return removed, err
		}
		removed = append(removed, p.Run)
	}
	return removed, nil
}

// remove takes a run away at once: what is left of it when that is interrupted goes by
// a name that the next run clears away.
func (o *Output) remove(p *Past) error {
	temp, err := os.MkdirTemp(o.dir, newPrefix)
	if err != nil {
		return Cause(err)
	}
	defer os.RemoveAll(temp)
	return Cause(os.Rename(p.Folder, filepath.Join(temp, p.Run)))
}
