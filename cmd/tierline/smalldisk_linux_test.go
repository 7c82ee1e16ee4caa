package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// smallDiskMark tells a process of the tests that it is alone with its mounts.
const smallDiskMark = "TIERLINE_OWN_MOUNTS"

// TestSmallDisk publishes onto real file systems that are too small, each a bit
// larger than the one before, so that they are full at every stage (METHOD 15.6).
func TestSmallDisk(t *testing.T) {
	smallDisks(t, "TestSmallDisk", 20)
}

// smallDisks tries file systems whose room grows by so many blocks, until there
// is enough. It runs the test again by its name in a process with mounts of its
// own, which end with it.
func smallDisks(t *testing.T, test string, blocks int) {
	t.Helper()
	if os.Getenv(smallDiskMark) == "" {
		ownMounts(t, test)
		return
	}
	in := base(t, nil)
	d := &smallDisk{program: builtProgram(t), in: in, top: t.TempDir()}
	page := os.Getpagesize()
	bytes := func(blocks int) func(string, int) string {
		return func(disk string, n int) string { return d.mount(t, disk, 0, fmt.Sprintf("size=%d", (1+n*blocks)*page)) }
	}
	files := func(disk string, n int) string { return d.mount(t, disk, 0, fmt.Sprintf("nr_inodes=%d", 1+n)) }
	audit := []string{"audit", in, "--out", "OUT", "--as-of", asOf}
	d.grow(t, bytes(blocks), audit...)
	d.grow(t, files, audit...)
	d.grow(t, bytes(1), "init", "OUT")
	d.grow(t, files, "simulate", in, "--site", "acme", "--product", "jira", "--add", "5", "--as-of", asOf, "--list", "OUT")
	d.grow(t, func(disk string, n int) string { // beside a run of another day
		d.mount(t, disk, 0, "size=8m")
		d.run(t, "the run before", disk, "audit", in, "--out", "OUT", "--as-of", "2026-11-15")
		var room syscall.Statfs_t
		if err := syscall.Statfs(disk, &room); err != nil {
			t.Fatal(err)
		}
		return d.mount(t, disk, syscall.MS_REMOUNT, fmt.Sprintf("size=%d", (int(room.Blocks-room.Bfree)+n*blocks)*page))
	}, audit...)
	t.Logf("full %d times, at: %s", d.full, strings.Join(d.at, ", "))
	if len(d.at) < 5 {
		t.Errorf("only so many stages met a full disk: %q", d.at)
	}
}

// ownMounts runs a test again where it may mount; it skips the test where nobody
// may.
func ownMounts(t *testing.T, test string) {
	t.Helper()
	own := []string{"--mount", "--"}
	if os.Getuid() != 0 {
		own = []string{"--user", "--map-root-user", "--mount", "--"}
	}
	probe := append(own[:len(own):len(own)], "mount", "-t", "tmpfs", "-o", "size=4k", "none", t.TempDir())
	if out, err := exec.Command("unshare", probe...).CombinedOutput(); err != nil {
		t.Skipf("nothing can be mounted here: unshare: %v %s", err, out)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("unshare", append(own, exe, "-test.run", "^"+test+"$", "-test.v", "-test.count=1")...)
	c.Env = append(os.Environ(), smallDiskMark+"=1")
	out, err := c.CombinedOutput()
	if t.Logf("%s", out); err != nil {
		t.Error(err)
	}
}

// smallDisk publishes onto file systems that are too small.
type smallDisk struct {
	program, in, top string

	full int      // how often there was no room
	at   []string // what there was no room for, once each
}

// grow runs a command onto file systems of growing room until it fits.
func (d *smallDisk) grow(t *testing.T, mount func(disk string, n int) (what string), args ...string) {
	t.Helper()
	for n := 0; ; n++ {
		disk := filepath.Join(d.top, "disk")
		if err := os.MkdirAll(disk, 0o700); err != nil {
			t.Fatal(err)
		}
		fits := d.run(t, mount(disk, n), disk, args...)
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Fatal(err)
		}
		if fits || t.Failed() {
			return
		}
	}
}

// mount makes a file system with little room, or changes the room it has.
func (d *smallDisk) mount(t *testing.T, disk string, flags uintptr, room string) string {
	t.Helper()
	if err := syscall.Mount("none", disk, "tmpfs", flags, room); err != nil {
		t.Fatalf("%s: %v", room, err)
	}
	return room
}

// noRoom is what a command says that finds a full disk. It names no file that
// nobody has heard of.
var noRoom = regexp.MustCompile(`^tierline: ([^.\n]|\.[^n\n])*no space left on device\n$`)

// run runs a command onto a disk and reports whether there was room. Where there
// was none, the disk is as it was.
func (d *smallDisk) run(t *testing.T, what, disk string, args ...string) bool {
	t.Helper()
	before := shown(t, disk)
	out := filepath.Join(disk, "out")
	c := exec.Command(d.program, args...)
	for i, arg := range c.Args {
		c.Args[i] = strings.ReplaceAll(arg, "OUT", out)
	}
	text, err := c.CombinedOutput()
	if err == nil {
		if args[0] == "audit" {
			wantManifest(t, runFolder(t, out))
		}
		return true
	}
	said := strings.ReplaceAll(string(text), out, "OUT")
	if code := c.ProcessState.ExitCode(); code != exitFailed || !noRoom.MatchString(said) {
		t.Errorf("%s %s: exit %d, it says %q", args[0], what, code, said)
	}
	if after := shown(t, disk); !slices.Equal(before, after) {
		t.Errorf("%s %s: %q became %q", args[0], what, before, after)
	}
	d.full++
	stage := strings.TrimSuffix(strings.TrimPrefix(said, "tierline: "), ": no space left on device\n")
	if !slices.Contains(d.at, stage) {
		d.at = append(d.at, stage)
	}
	return false
}

// shown lists what is below a folder, with sizes.
func shown(t *testing.T, dir string) (out []string) {
	t.Helper()
	for name, text := range filesBelow(t, dir) {
		out = append(out, fmt.Sprint(name, " ", len(text)))
	}
	slices.Sort(out)
	return out
}
