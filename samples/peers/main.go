// Command peers measures the program beside other tools that do a part of its
// work, in one run on one machine, and prints the medians:
//
//	go run ./samples/peers -tierline bin/tierline -work bin/peers
//
// make bench-peers installs the peers, whose programs stand in the folder of that
// name, and calls it. A peer that is not here is left out, and that is said.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"time"

	"tierline/samples"
)

func main() {
	b := &bench{}
	flag.StringVar(&b.tierline, "tierline", "bin/tierline", "the program")
	flag.StringVar(&b.work, "work", "bin/peers", "folder for the samples, the peers and what they write")
	flag.IntVar(&b.runs, "runs", 5, "runs of each, of which the median is taken")
	flag.Parse()
	if err := b.all(); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// bench is the measurements of one call.
type bench struct {
	tierline, work string
	runs           int
}

// The sizes of the organisations, in accounts.
const (
	small  = 10_000 // the least the generator writes; cut to 5,000 for pandas
	medium = 100_000
	large  = 1_000_000
)

func (b *bench) all() error {
	for _, size := range []int{small, medium, large} {
		subscriptions := 200
		if size == small {
			subscriptions = 60
		}
		if err := (samples.Large{Accounts: size, Subscriptions: subscriptions}).Write(b.folder(size)); err != nil {
			return err
		}
	}
	if err := b.halve(); err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d processors, medians of %d runs\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), b.runs)
	fmt.Println("| work | Tierline | peak | peer | peak | ratio |\n|---|---|---|---|---|---|")
	return errors.Join(b.reading(), b.check(), b.audit(), b.sheet(), b.growth())
}

// folder is where an organisation of a size stands.
func (b *bench) folder(accounts int) string { return filepath.Join(b.work, strconv.Itoa(accounts)) }

// halve cuts the small organisation to 5,000 accounts.
func (b *bench) halve() error {
	name := filepath.Join(b.folder(small), "export-users.csv")
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	lines := bytes.SplitAfterN(text, []byte("\n"), 5002)
	return os.WriteFile(name, bytes.Join(lines[:min(len(lines), 5001)], nil), 0o600)
}

// side is one tool at one piece of work.
type side struct {
	name    string
	command []string
	gone    string // removed before each run
}

// measured is the median time of a side and its highest peak of memory.
type measured struct {
	time time.Duration
	peak int64 // bytes
}

func (m measured) String() string {
	return fmt.Sprintf("%.2f s | %d MB", m.time.Seconds(), m.peak/1_000_000)
}

// race runs the sides in turn, so that a slower minute of the machine meets all.
func (b *bench) race(sides ...side) ([]measured, error) {
	times := make([][]time.Duration, len(sides))
	out := make([]measured, len(sides))
	for range b.runs {
		for i, s := range sides {
			took, peak, err := s.run()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			times[i] = append(times[i], took)
			out[i].peak = max(out[i].peak, peak)
		}
	}
	for i := range out {
		slices.Sort(times[i])
		out[i].time = times[i][len(times[i])/2]
	}
	return out, nil
}

func (s side) run() (time.Duration, int64, error) {
	if s.gone != "" {
		if err := os.RemoveAll(s.gone); err != nil {
			return 0, 0, err
		}
	}
	c := exec.Command(s.command[0], s.command[1:]...)
	var said bytes.Buffer
	c.Stderr = &said
	start := time.Now()
	err := c.Run()
	took := time.Since(start)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 3 { // published, but incomplete
		err = nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %s", err, bytes.TrimSpace(said.Bytes()))
	}
	return took, peakOf(c.ProcessState), nil
}

// against prints one line of the table: our side and the peer's.
func (b *bench) against(work string, ours, peer side) error {
	if _, err := exec.LookPath(peer.command[0]); err != nil {
		fmt.Printf("| %s | %s is not here | | | | |\n", work, peer.name)
		return nil
	}
	m, err := b.race(ours, peer)
	if err != nil {
		return err
	}
	fmt.Printf("| %s | %s | %s: %s | %.2f |\n", work, m[0], peer.name, m[1], m[0].time.Seconds()/m[1].time.Seconds())
	return nil
}

func (b *bench) check() error {
	return b.against("`check` of 1,000,000 accounts",
		side{name: "check", command: []string{b.tierline, "check", b.folder(large)}},
		side{name: "DuckDB, flags only", command: []string{"node", filepath.Join(b.work, "flags.mjs"), filepath.Join(b.folder(large), "export-users.csv")}})
}

func (b *bench) audit() error {
	out := filepath.Join(b.work, "runs")
	ours := side{name: "audit", command: []string{b.tierline, "audit", b.folder(large), "--out", out, "--all-seats"}, gone: out}
	if _, _, err := ours.run(); err != nil {
		return err
	}
	books, err := filepath.Glob(filepath.Join(out, "*", "audit.xlsx"))
	if err != nil || len(books) != 1 {
		return fmt.Errorf("audit.xlsx: %v, %w", books, err)
	}
	cells := filepath.Join(b.work, "cells.txt")
	if err := writeCells(books[0], "Users", cells); err != nil {
		return err
	}
	if err := b.against("audit of 1,000,000 accounts, every report, all seats in the workbook", ours,
		side{
			name:    "libxlsxwriter, the cells of the sheet Users",
			command: []string{filepath.Join(b.work, "cells"), cells, filepath.Join(b.work, "cells.xlsx")},
		}); err != nil {
		return err
	}
	m, err := b.race(side{name: "audit", command: []string{b.tierline, "audit", b.folder(large), "--out", out}, gone: out})
	if err != nil {
		return err
	}
	fmt.Printf("| the same with the seats that matter in the workbook | %s | | | |\n", m[0])
	return nil
}

func (b *bench) sheet() error {
	out := filepath.Join(b.work, "runs")
	return b.against("audit of 5,000 accounts, 60 subscriptions",
		side{name: "audit", command: []string{b.tierline, "audit", b.folder(small), "--out", out}, gone: out},
		side{name: "pandas, flags and one sheet", command: []string{"/usr/bin/python3", filepath.Join("samples", "peers", "programs", "sheet.py"),
			filepath.Join(b.folder(small), "export-users.csv"), filepath.Join(b.work, "sheet.xlsx")}})
}

func (b *bench) growth() error {
	out := filepath.Join(b.work, "runs")
	m, err := b.race(
		side{name: "audit", command: []string{b.tierline, "audit", b.folder(large), "--out", out, "--all-seats"}, gone: out},
		side{name: "audit", command: []string{b.tierline, "audit", b.folder(medium), "--out", out, "--all-seats"}, gone: out})
	if err != nil {
		return err
	}
	fmt.Printf("| audit of 1,000,000 against 100,000 accounts | %s | 100,000: %s | %.2f |\n", m[0], m[1], m[0].time.Seconds()/m[1].time.Seconds())
	return nil
}

// reading takes the times from the benchmark beside the reader, which walks the
// same file with encoding/csv.
func (b *bench) reading() error {
	text, err := exec.Command("go", "test", "-run", "^$", "-bench", "ReadUsers", "-cpu", "2", "-count", strconv.Itoa(b.runs), "./ingest/users").Output()
	if err != nil {
		return fmt.Errorf("reading: %w: %s", err, text)
	}
	times := map[string][]float64{}
	for _, m := range regexp.MustCompile(`(?m)^BenchmarkReadUsers/(\w+/\d+)-2\s+\d+\s+(\d+) ns/op`).FindAllSubmatch(text, -1) {
		ns, err := strconv.ParseFloat(string(m[2]), 64)
		if err != nil {
			return err
		}
		times[string(m[1])] = append(times[string(m[1])], ns/1e9)
	}
	for _, size := range []int{small, medium, large} {
		ours, walk := median(times[fmt.Sprintf("estate/%d", size)]), median(times[fmt.Sprintf("walk/%d", size)])
		fmt.Printf("| reading %d accounts | %.4f s | | encoding/csv, walk only: %.4f s | | %.2f |\n", size, ours, walk, ours/walk)
	}
	return nil
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)/2]
}
