package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	pages   []page // of accounts, among the answers

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

// read recognises the tables in the bytes of a file and reads each. The survey is of
// these bytes.
func (f *file) read(ctx context.Context, raw []byte, survey *table.Survey) {
	if f.own(ctx, raw) {
		return
	}
	if answers.IsJSON(raw) {
		f.answers = answers.Read(ctx, &f.File, raw, jsonAnswers())
		f.readPages()
		return
	}
	if webPage(raw) {
		f.Unreadable("not readable", "is a web page and no export, perhaps one to log in; download the file again")
		return
	}
	sheets, err := table.Open(ctx, raw, survey, f.Mapping.Delimiter)
	if err != nil {
		f.Unreadable("not readable", err.Error())
		f.forgiveText()
		return
	}
	if f.ownTable(sheets[0]) {
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

// webPage reports whether a file begins as the pages do that stand in place of a
// download whose session is over.
func webPage(raw []byte) bool {
	start := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(raw[:min(len(raw), 256)]), "\xef\xbb\xbf")))
	return strings.HasPrefix(start, "<") && (strings.Contains(start, "<!doctype html") || strings.Contains(start, "<html"))
}

// forgiveText leaves a text without a table we know out without harm: people
// keep notes beside their inputs.
func (f *file) forgiveText() {
	if strings.EqualFold(filepath.Ext(f.Path), textKind) && !f.Recognised() {
		f.NotAnInput(notATable, f.rowsRead())
	}
}

// readSheet hands a recognised sheet to the reader of its format.
func (f *file) readSheet(s *sheet.Sheet) {
	i := slices.IndexFunc(f.known.tables, func(known format) bool { return known.ID == s.Format.ID })
	switch known := f.known.tables[i]; {
	case known.layout != nil:
		if layout := known.layout(s); !s.Longer(layout.MaxRows()) {
			f.users = append(f.users, users.Read(s, layout))
		}
	case s.Longer(cmp.Or(known.most, usualRows)):
	case known.ID == decisionsFormat.ID && s.Column(estate.RunColumn) >= 0: // of ours, and changed so that it does not end in that column
		f.readFound(f.findDecisions(s.Sheet), s.Input)
	default:
		known.read(&f.tables, s)
	}
}

// open reads the bytes of a file, recognises its tables and reads them.
func (f *file) open(ctx context.Context, name string) {
	raw, survey, err := readSurveyed(ctx, name, maxFile)
	if err != nil {
		f.Unreadable("unreadable", "cannot be read: "+err.Error())
		return
	}
	var wait sync.WaitGroup
	wait.Go(func() { f.sum = sumOf(ctx, raw) })
	f.read(ctx, raw, survey)
	wait.Wait()
	for i := range f.Inputs {
		f.Inputs[i].SHA256 = f.sum
	}
}

// rowsRead returns how many rows the file holds, as far as they were looked at.
func (f *file) rowsRead() (rows int) {
	for i := range f.Inputs {
		rows += f.Inputs[i].Read
	}
	return rows
}

// sumOf returns the sha256 of the bytes of a file in hex; of an interrupted run,
// of some of them. It is summed in small pieces: while the processor sums one, the
// garbage collector cannot stop it, and all others wait for it.
func sumOf(ctx context.Context, raw []byte) string {
	sum := sha256.New()
	for piece := range slices.Chunk(raw, 64<<10) {
		if ctx.Err() != nil {
			break
		}
		sum.Write(piece)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
