// Package samples holds the sample estates, what is needed to write them again
// byte for byte, and the generator of large organisations for benchmarks.
// Nothing in here reads a clock, the network or the environment: every random
// choice comes from a PCG with a fixed seed. Tests, benchmarks and the command
// in generate call it; the program does not.
package samples

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Names lists the sample estates, each a folder beside this file.
func Names() []string {
	return []string{"acme", "enterprise", "datacenter", "europe", "worked-example"}
}

// Folder returns the folder of a sample estate, or of "expected", from
// anywhere inside the module. It is meant for tests.
func Folder(name string) (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("samples: no go.mod in the working folder or above it")
		}
		dir = up
	}
	folder := filepath.Join(dir, "samples", name)
	info, err := os.Stat(folder)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", fmt.Errorf("samples: %s is not a folder", folder)
	}
	return folder, nil
}

// File is one generated file of a sample estate.
type File struct {
	Path  string // below the samples folder, with slashes
	Write func(io.Writer) error
}

// Exports returns every user export of the sample estates.
func Exports() []File {
	return []File{
		{"acme/export-users (20).csv", writeAcmeStaff},
		{"acme/contractors/export-users.csv", writeAcmeContractors},
		{"enterprise/export-users.csv", writeGlobexMain},
		{"enterprise/care/export-users.csv", writeGlobexCare},
		{"europe/export-users.csv", writeHanse},
		{"worked-example/export-users.csv", writeWorkedExample},
		{"datacenter/jira-users.csv", writeTrackerUsers},
		{"datacenter/jsm-agents.csv", writeTrackerAgents},
		{"datacenter/wiki/confluence-users.csv", writeWikiUsers},
	}
}

// Tables returns the tables that speak of the people of the exports, one row
// each. The other tables (subscriptions, prices, ...) are written by hand.
func Tables() []File {
	return []File{
		{"enterprise/people.csv", writeGlobexPeople},
		{"enterprise/user_counts.csv", writeGlobexCounts},
		{"enterprise/workload.csv", writeGlobexWorkload},
	}
}

// WriteExports writes the files of [Exports] and [Tables] below dir.
func WriteExports(dir string) error {
	for _, f := range append(Exports(), Tables()...) {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Write); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return write(f)
}
