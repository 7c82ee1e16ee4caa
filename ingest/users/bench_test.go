package users_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"tierline/ingest"
	"tierline/samples"
)

// BenchmarkReadUsers compares reading an organisation export into the estate
// with what encoding/csv alone needs to walk the same file on one core, at
// three sizes that show how the time grows. Run it with -cpu 2.
func BenchmarkReadUsers(b *testing.B) {
	for _, accounts := range []int{10_000, 100_000, 1_000_000} {
		dir := b.TempDir()
		name := filepath.Join(dir, "export-users.csv")
		if err := writeUsers(name, accounts); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("walk/%d", accounts), func(b *testing.B) {
			b.SetBytes(info.Size())
			for b.Loop() {
				if n := walkCSV(b, name); n != accounts+1 {
					b.Fatalf("%d records", n)
				}
			}
		})
		b.Run(fmt.Sprintf("estate/%d", accounts), func(b *testing.B) {
			b.SetBytes(info.Size())
			for b.Loop() {
				l, err := ingest.Load(context.Background(), dir, ingest.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if n := len(l.Estate.Accounts); n != accounts {
					b.Fatalf("%d accounts", n)
				}
			}
		})
	}
}

func writeUsers(name string, accounts int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(samples.Large{Accounts: accounts}.WriteUsers(f), f.Close())
}

func walkCSV(b *testing.B, name string) int {
	raw, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	for n := 0; ; n++ {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return n
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
