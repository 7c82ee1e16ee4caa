package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"tierline/audit/portfolio"
	"tierline/ingest"
)

// chosen says which estates a command is for, as its flags and arguments do.
type chosen struct {
	dirs   []string // each an estate
	folder string   // that holds estates; "" where dirs name them
	shard  string   // which of them, where one is asked for

	sharded bool    // one is asked for
	keep    keeping // how many of the summaries stay
}

// estateFolder is the folder of one estate.
type estateFolder struct {
	name string // of the estate: that of its folder
	dir  string
	out  string // for its runs; "" for the default of a folder alone
}

// several are the estates of one command.
type several struct {
	estates []estateFolder // by name, those of the shard
	shard   portfolio.Shard
	out     string // for the summaries
	keep    keeping
}

// Folders below the output folder of several estates.
const (
	estatesFolder = "estates" // a folder for each estate
	shardsFolder  = "shards"  // a folder for the summaries of each shard
)

// estates finds the folders that are chosen. out is the folder for all output, ""
// for none that was named (METHOD 25.1).
func (a *app) estates(which chosen, out string) (*several, error) {
	s := &several{out: out, keep: which.keep}
	if err := which.keep.check(); err != nil {
		return nil, err
	}
	if which.sharded {
		var err error
		if s.shard, err = portfolio.ParseShard(which.shard); err != nil {
			return nil, usageError("--shard: %s", err)
		}
	}
	dirs, err := a.estateDirs(which)
	if err != nil {
		return nil, err
	}
	all, err := estatesIn(dirs)
	if err != nil {
		return nil, err
	}
	if out == "" {
		if s.out, err = besideAll(all); err != nil {
			return nil, err
		}
	}
	for i := range all {
		if out != "" {
			all[i].out = filepath.Join(out, estatesFolder, all[i].name)
		}
		if s.shard.Takes(i) {
			s.estates = append(s.estates, all[i])
		}
	}
	if s.shard.Of > 0 {
		s.out = filepath.Join(s.out, shardsFolder, strings.Replace(s.shard.String(), "/", "-of-", 1))
	}
	return s, nil
}

// estateDirs lists the folders of estates, and says which others there are.
func (a *app) estateDirs(which chosen) ([]string, error) {
	switch {
	case which.folder != "" && len(which.dirs) > 0:
		return nil, usageError("--portfolio: expected either the folder that holds the estates or the folders of estates, found both")
	case which.folder == "" && len(which.dirs) == 0:
		return nil, usageError("--shard: expected the folders of estates, or --portfolio with the folder that holds them")
	case which.folder == "":
		return which.dirs, eachIsThere(which.dirs)
	}
	if err := ingest.Readable(which.folder); err != nil {
		return nil, &exitError{exitUsage, err}
	}
	entries, err := os.ReadDir(which.folder)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	var out []string
	for _, e := range entries {
		dir := filepath.Join(which.folder, e.Name())
		switch why := notAnEstate(dir, e); {
		case why != "":
			a.note("%s is no estate: %s", e.Name(), why)
		case e.IsDir() && e.Name() != runsFolder && !strings.HasPrefix(e.Name(), "."):
			out = append(out, dir)
		}
	}
	if len(out) == 0 {
		return nil, usageError("%s holds no estate: expected folders with audit.yaml or exports in them", filepath.ToSlash(which.folder))
	}
	return out, nil
}

// eachIsThere says which of the folders that are named is none, before anything is
// written for it: a word too many on the command line is no estate.
func eachIsThere(dirs []string) error {
	for _, dir := range dirs {
		if info, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
			return &exitError{exitUsage, ingest.Readable(dir)}
		}
	}
	return nil
}

// notAnEstate says why a name beside estates is none of them; "" for an estate, and
// for what nobody would take for one.
func notAnEstate(dir string, e fs.DirEntry) string {
	switch {
	case strings.HasPrefix(e.Name(), "."), e.Name() == runsFolder:
		return ""
	case e.Type()&fs.ModeSymlink != 0:
		return "it is a link; name the folder it leads to among the folders to audit"
	case e.IsDir() && !ingest.Holds(dir):
		return "it holds neither audit.yaml nor a file that may be an input"
	}
	return ""
}

// runsFolder is where runs go unless --out names another folder.
const runsFolder = "runs"

// estatesIn gives estates the names of their folders, in the order of these.
func estatesIn(dirs []string) ([]estateFolder, error) {
	var out []estateFolder
	at := map[string]string{}
	for _, dir := range dirs {
		full, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		name := filepath.Base(full)
		if other, taken := at[strings.ToLower(name)]; taken { // some systems take both for one
			return nil, usageError("%s and %s are two estates of one name; rename the folder of one of them",
				filepath.ToSlash(other), filepath.ToSlash(dir))
		}
		at[strings.ToLower(name)] = dir
		out = append(out, estateFolder{name: name, dir: dir})
	}
	slices.SortFunc(out, func(a, b estateFolder) int { return strings.Compare(a.name, b.name) })
	return out, nil
}

// besideAll is the folder for the summary where none is named: beside the estates,
// which must then lie in one folder.
func besideAll(all []estateFolder) (string, error) {
	beside := ""
	for i := range all {
		full, err := filepath.Abs(all[i].dir)
		if err != nil {
			return "", err
		}
		if holds := filepath.Dir(full); beside == "" {
			beside = holds
		} else if holds != beside {
			return "", usageError("the estates lie in several folders; say with --out where their runs and the summary go")
		}
	}
	return filepath.Join(beside, runsFolder), nil
}

// estatesAtOnce is how many estates are audited at a time at most: each holds what
// it has read.
const estatesAtOnce = 4

// share returns how many estates are audited at a time, and how many workers each
// of them gets, of so many workers; 0 for as many as there are processors.
func share(jobs, estates int) (atOnce, each int) {
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	atOnce = max(1, min(jobs, estatesAtOnce, estates))
	return atOnce, max(1, jobs/atOnce)
}
