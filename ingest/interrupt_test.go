package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tierline/audit/config"
)

// stoppedAfter is a context that is over once it has been asked so often, so that
// a run is interrupted in the middle of whatever asks.
type stoppedAfter struct {
	context.Context
	asks int64
	seen atomic.Int64
}

// Err counts.
func (s *stoppedAfter) Err() error {
	if s.seen.Add(1) > s.asks {
		return context.Canceled
	}
	return nil
}

// TestEveryReaderIsInterrupted reads a large file of each kind, interrupted in its
// middle: the reader stops asking for more soon after, and long before its end.
func TestEveryReaderIsInterrupted(t *testing.T) {
	rows := func(head, row string) []byte { return []byte(head + strings.Repeat(row, 60_000)) }
	for name, raw := range map[string][]byte{
		"list.csv":    rows("User id,User status,Jira - acme\n", "a,Active,User\n"),
		"table.csv":   rows("account,site\n", "a,acme\n"),
		"unknown.csv": rows("", "x,y\n"),
		"utf16.csv":   append([]byte("\xff\xfe"), bytes.Join(bytes.Split(rows("account,site\n", "a,acme\n"), nil), []byte{0})...),
		"broken.csv":  rows("account,site\n", "a,acme\n\xff"),
		"book.xlsx":   longBook(t),
	} {
		whole := &stoppedAfter{Context: t.Context(), asks: 1 << 40}
		f := newFile(name, new(config.Config), newKnown())
		f.read(whole, raw, nil)
		if whole.seen.Load() < 20 {
			t.Errorf("%s: asked %d times whether the run is over; expected it in every loop", name, whole.seen.Load())
			continue
		}
		half := &stoppedAfter{Context: t.Context(), asks: whole.seen.Load() / 2}
		g := newFile(name, new(config.Config), newKnown())
		g.read(half, raw, nil)
		if more := half.seen.Load() - half.asks; more > 10 {
			t.Errorf("%s: asked %d times more after the run was over", name, more)
		}
		if read(g) >= read(f) && read(f) > 0 {
			t.Errorf("%s: all %d rows were read, interrupted in the middle", name, read(g))
		}
	}
}

func read(f *file) (n int) {
	for i := range f.Inputs {
		n += f.Inputs[i].Read
	}
	return n
}

// longBook is a workbook of many rows.
func longBook(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="s" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>`,
		"xl/s.xml":                   `<worksheet><sheetData>` + strings.Repeat(`<row><c t="str"><v>account</v></c><c t="str"><v>site</v></c></row>`, 50_000) + `</sheetData></worksheet>`,
	} {
		p, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestInterruptedFolder interrupts the reading of a folder: nothing of it is
// taken for what it says.
func TestInterruptedFolder(t *testing.T) {
	dir := t.TempDir()
	text := []byte("User id,User status,Jira - acme\n" + strings.Repeat("a,Active,User\n", 1_000_000))
	if err := os.WriteFile(filepath.Join(dir, "list.csv"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	if l, err := Load(ctx, dir, Options{}); !errors.Is(err, context.DeadlineExceeded) || l != nil {
		t.Errorf("read %v, %v", l, err)
	}
}
