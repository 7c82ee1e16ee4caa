//go:build unix

package ingest

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestOnlyRegularFilesAreOpened: a pipe nobody writes to would be waited for, a
// device read for ever. A link counts as what it leads to.
func TestOnlyRegularFilesAreOpened(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	link := func(to, name string) error { return os.Symlink(to, at(name)) }
	socket, err := net.Listen("unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	for _, err := range []error{
		os.WriteFile(at("file"), []byte("four"), 0o600), os.WriteFile(at("large"), []byte("fives"), 0o600), os.Mkdir(at("folder"), 0o700), syscall.Mkfifo(at("pipe"), 0o600),
		link("file", "link"), link("pipe", "link to a pipe"), link("/dev/zero", "link to a device"), link("folder", "link to a folder"), link("nothing", "link to nothing"),
		link("loop", "loop"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"file": "", "link": "", "large": "larger than", "folder": "it is a folder", "link to a folder": "it is a folder", "pipe": "it is a pipe", "link to a pipe": "it is a pipe",
		"socket": "it is a socket", "link to a device": "it is a device", "link to nothing": "no such file", "loop": "too many levels", "none": "no such file",
	} {
		raw, err := readRegular(t.Context(), at(name), 4)
		switch {
		case want == "" && (err != nil || string(raw) != "four"):
			t.Errorf("%s: read %q, %v", name, raw, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: read %q, %v, want %q", name, raw, err, want)
		}
	}
}

// TestFilesTogether: files that are too large, alone or with those before them,
// are refused by name, and the others read. The large ones are nothing but holes.
func TestFilesTogether(t *testing.T) {
	dir := t.TempDir()
	hole := func(name string, size int64) {
		h, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Truncate(size); err != nil {
			t.Fatal(err)
		}
		h.Close()
	}
	hole("a.csv", maxFile+1)
	hole("b.csv", 5)
	var sizes []int64
	for _, name := range []string{"a.csv", "b.csv", "none.csv"} {
		sizes = append(sizes, sizeOf(filepath.Join(dir, name)))
	}
	if sizes[0] != 0 || sizes[1] != 5 || sizes[2] != 0 {
		t.Errorf("sizes %d, want 0, 5 and 0: what is not read takes no room", sizes)
	}
	if got := fmt.Sprint(beyond([]int64{6, 3, 6, 1}, 10), beyond([]int64{6, 3}, 9)); got != "[false false true false] [false false]" {
		t.Errorf("beyond the limit are %s: the smallest are read first, and in the order of their paths", got)
	}
	if _, err := readRegular(t.Context(), filepath.Join(dir, "a.csv"), maxFile); err == nil || err.Error() != "larger than 1 GiB" {
		t.Errorf("a file of more than 1 GiB: %v", err)
	}
}
