package table

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// limits bound what a part of a zip archive may unpack to (METHOD 16.1).
type limits struct {
	size  int64 // bytes at most
	free  int64 // bytes up to which the ratio does not matter
	ratio int64 // bytes out for each byte in, beyond that
}

var partLimits = limits{size: 2 << 30, free: 64 << 20, ratio: 200}

// archive is the zip file of a workbook. What it says about the size of its
// parts is not believed.
type archive struct {
	ctx   context.Context      // of the run: once it is over, nothing more is unpacked
	parts map[string]*zip.File // by name in lower case, with slashes
}

func openArchive(ctx context.Context, raw []byte, l limits) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("a damaged or incomplete workbook (%w); the download may have failed", err)
	}
	z.RegisterDecompressor(zip.Deflate, l.bound(ctx, flate.NewReader))
	z.RegisterDecompressor(zip.Store, l.bound(ctx, io.NopCloser))
	a := &archive{ctx: ctx, parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		name := partKey(f.Name)
		if a.parts[name] != nil {
			return nil, cannot(fmt.Errorf("its part %s occurs twice", f.Name))
		}
		a.parts[name] = f
	}
	return a, nil
}

// partKey is the form in which names of parts are compared.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (a *archive) has(part string) bool { return a.parts[partKey(part)] != nil }

func (a *archive) open(part string) (io.ReadCloser, error) {
	f := a.parts[partKey(part)]
	switch {
	case f == nil:
		return nil, errors.New("it is missing")
	case f.Flags&1 != 0:
		return nil, errors.New("it is protected by a password")
	}
	return f.Open()
}

// bound counts on both sides of what unpacks a part, as long as the run lasts.
func (l limits) bound(ctx context.Context, unpack func(io.Reader) io.ReadCloser) zip.Decompressor {
	return func(r io.Reader) io.ReadCloser {
		in := &countingReader{r: r}
		return &boundedReader{ReadCloser: unpack(in), ctx: ctx, in: in, limits: l}
	}
}

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

type boundedReader struct {
	io.ReadCloser
	ctx    context.Context
	in     *countingReader
	limits limits
	n      int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.ReadCloser.Read(p)
	b.n += int64(n)
	switch l := b.limits; {
	case b.n > l.size:
		return 0, fmt.Errorf("it unpacks to more than %d MiB", l.size>>20)
	case b.n > l.free && b.n > l.ratio*b.in.n:
		return 0, fmt.Errorf("it unpacks to more than %d times its size, as a zip bomb does", l.ratio)
	}
	return n, err
}
