package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"tierline/audit/config"
	"tierline/audit/estate"
	"tierline/ingest/answers"
	"tierline/ingest/records"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
	"tierline/ingest/users"
)

// file is one input and what was read from it. Each is filled by one
// goroutine.
type file struct {
	sheet.File
	sum     string // sha256 of its bytes, in hex
	users   []*users.List
	tables  records.Tables
	answers answers.Tables

	known *known
}

// known is what a file may be.
type known struct {
	tables  []format
	headers *sheet.Formats
}

func newKnown() *known {
	k := &known{tables: tableFormats()}
	var list []sheet.Format
	for _, f := range k.tables {
		list = append(list, f.Format)
	}
	k.headers = sheet.NewFormats(list)
	return k
}

func newFile(path string, cfg *config.Config, known *known) *file {
	return &file{File: sheet.NewFile(path, cfg.Inputs, cfg.AsOf), known: known}
}

// read recognises the tables in the bytes of a file and reads each.
func (f *file) read(raw []byte) {
	if f.own(raw) {
		return
	}
	if answers.IsJSON(raw) {
		f.answers = answers.Read(&f.File, raw, jsonAnswers())
		return
	}
	sheets, err := table.Open(raw, f.Mapping.Delimiter)
	if err != nil {
		f.Unreadable("not readable", err.Error())
		f.forgiveText()
		return
	}
	if header := sheets[0].LineEndingIn(estate.RunColumn); header > 0 && sheets[0].Name == "" {
		f.NotAnInput(ownReport, sheets[0].Count(header))
		return
	}
	f.Inputs = make([]estate.Input, 0, len(sheets))
	for _, t := range sheets {
		f.Inputs = append(f.Inputs, estate.Input{Path: f.Path, Sheet: t.Name, Encoding: t.Encoding, Delimiter: t.Delimiter, Excluded: []estate.Excluded{}})
		f.Decoded(t.Name, t.Remarks)
		if s := sheet.Recognise(&f.File, t, &f.Inputs[len(f.Inputs)-1], f.known.headers); s != nil {
			f.readSheet(s)
		}
	}
	f.Forgive()
	f.forgiveText()
}

// ownReport is why a file that Tierline wrote is left out: what it says about
// one audit is no input of the next (METHOD 14.27).
const ownReport = "a report of Tierline"

// own leaves a workbook, a result or a manifest of Tierline out.
func (f *file) own(raw []byte) bool {
	own := table.Author(raw) == estate.Author
	if !own && answers.IsJSON(raw) {
		own = answers.Writer(raw) == estate.Tool
	}
	if own {
		f.NotAnInput(ownReport, 0)
	}
	return own
}

// forgiveText leaves a text without a table we know out without harm: people
// keep notes beside their inputs.
func (f *file) forgiveText() {
	if strings.EqualFold(filepath.Ext(f.Path), textKind) && !f.Recognised() {
		rows := 0
		for i := range f.Inputs {
			rows += f.Inputs[i].Read
		}
		f.NotAnInput(notATable, rows)
	}
}

// readSheet hands a recognised sheet to the reader of its format.
func (f *file) readSheet(s *sheet.Sheet) {
	i := slices.IndexFunc(f.known.tables, func(known format) bool { return known.ID == s.Format.ID })
	switch known := f.known.tables[i]; {
	case known.layout != nil:
		f.users = append(f.users, users.Read(s, known.layout(s)))
	default:
		known.read(&f.tables, s)
	}
}

// maxFile is the largest file that is read: the promise of a million accounts
// needs a tenth of it.
const maxFile = 1 << 30

// open reads the bytes of a file, recognises its tables and reads them.
func (f *file) open(name string) {
	raw, err := readAll(name)
	if err != nil {
		f.Unreadable("unreadable", "cannot be read: "+err.Error())
		return
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		sum := sha256.Sum256(raw)
		f.sum = hex.EncodeToString(sum[:])
	})
	f.read(raw)
	wait.Wait()
	for i := range f.Inputs {
		f.Inputs[i].SHA256 = f.sum
	}
}

func readAll(name string) ([]byte, error) {
	h, err := os.Open(name)
	if err != nil {
		return nil, plainCause(err)
	}
	defer h.Close()
	info, err := h.Stat()
	if err != nil {
		return nil, plainCause(err)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("larger than 1 GiB")
	}
	return readSized(h, int(info.Size()))
}

// readSized reads a file in two pieces side by side: getting the bytes of a
// large one takes a good part of the time that reading it may take.
func readSized(h *os.File, size int) ([]byte, error) {
	raw := make([]byte, size)
	half := size / 2
	var wait sync.WaitGroup
	var n2 int
	var err2 error
	wait.Go(func() { n2, err2 = h.ReadAt(raw[half:], int64(half)) })
	n1, err1 := h.ReadAt(raw[:half], 0)
	wait.Wait()
	for _, err := range []error{err1, err2} {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, plainCause(err)
		}
	}
	if n1 < half {
		return raw[:n1], nil // it became shorter meanwhile
	}
	return raw[:half+n2], nil
}

// plainCause strips the operation and path an os error repeats.
func plainCause(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
