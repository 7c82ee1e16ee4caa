package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"sort"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
)

// archive is a zip file whose entries come in any order and are written by
// name, all with one time: the library hands over streamed sheets in map
// order. It serves one excelize.File, which keeps its temporary files until
// after Close.
type archive struct {
	zip     *zip.Writer
	entries []*entry
	bulks   map[string]*bulk // rows that belong into an entry
}

func newArchive(w io.Writer, bulks map[string]*bulk) *archive {
	z := zip.NewWriter(w)
	var one *flate.Writer // of all entries, which come one after the other: its tables take longer to make than a small sheet to compress
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (_ io.WriteCloser, err error) {
		if one == nil {
			one, err = newFlate(w)
			return one, err
		}
		one.Reset(w)
		return one, nil
	})
	return &archive{zip: z, bulks: bulks}
}

// Create announces an entry; its content is compressed by Close.
func (a *archive) Create(name string) (io.Writer, error) {
	e := &entry{name: name}
	a.entries = append(a.entries, e)
	return e, nil
}

// AddFS is part of the interface and never called by the library.
func (a *archive) AddFS(fs.FS) error { return errors.New("a folder cannot be added to a workbook") }

// Close writes all entries and ends the archive.
func (a *archive) Close() error {
	sort.Slice(a.entries, func(i, j int) bool { return a.entries[i].name < a.entries[j].name })
	for _, e := range a.entries {
		if strings.HasPrefix(e.name, "xl/charts/") {
			e.data = *bytes.NewBuffer(mendChart(e.data.Bytes()))
		}
		if err := e.writeTo(a.zip, a.bulks[e.name]); err != nil {
			return fmt.Errorf("part %s: %w", e.name, err)
		}
	}
	return a.zip.Close()
}

// entry is one file of the archive: bytes in memory, or a part of a temporary
// file that is read only when its turn has come.
type entry struct {
	name string
	data bytes.Buffer
	file *io.SectionReader
}

func (e *entry) Write(p []byte) (int, error) { return e.data.Write(p) }

// ReadFrom is what io.Copy calls for a sheet in a temporary file: the entry
// keeps the place instead of the content.
func (e *entry) ReadFrom(r io.Reader) (int64, error) {
	if file, ok := r.(*io.SectionReader); ok && e.file == nil && e.data.Len() == 0 {
		e.file = file
		return file.Size(), nil
	}
	return e.data.ReadFrom(r)
}

// errTooLarge: Excel refuses a larger part unless its local header says so,
// which a streaming writer cannot.
var errTooLarge = errors.New("larger than 4 GiB")

func (e *entry) writeTo(z *zip.Writer, rows *bulk) error {
	var from io.Reader = &e.data
	if e.file != nil {
		if e.file.Size() > math.MaxUint32 {
			return errTooLarge
		}
		from = e.file
	}
	h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	//lint:ignore SA1019 the header of what is packed already is made of this field, not of Modified
	h.ModifiedDate = 1<<5 | 1 // the same day
	if rows != nil {
		part, err := io.ReadAll(from) // all but the rows
		if err != nil {
			return err
		}
		return rows.writeTo(z, h, part)
	}
	to, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}
