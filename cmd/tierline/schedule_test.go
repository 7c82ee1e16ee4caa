package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tierline/templates"
)

// shipped returns a file of the schedules.
func shipped(t *testing.T, name string) string {
	t.Helper()
	text, err := templates.Schedule.ReadFile("schedule/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// machine is where a schedule runs: the program in its path, exports and output.
type machine struct {
	t                      *testing.T
	dir, exports, out, bin string
}

// newMachine makes one with exports that give findings.
func newMachine(t *testing.T) *machine {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell to run the schedule with")
	}
	m := &machine{t: t, dir: t.TempDir(), exports: base(t, nil)}
	m.out, m.bin = filepath.Join(m.dir, "audits"), filepath.Join(m.dir, "bin")
	if err := os.Mkdir(m.bin, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(builtProgram(t), filepath.Join(m.bin, "tierline")); err != nil {
		t.Fatal(err)
	}
	return m
}

// sh runs a line of shell as of a day and returns what it printed and its code.
func (m *machine) sh(day, line string, args ...string) (string, int) {
	m.t.Helper()
	line = strings.NewReplacer("/usr/local/bin/tierline", filepath.Join(m.bin, "tierline"), "/srv/licences ", m.exports+" ",
		"/srv/licence-audits", m.out, "--quiet", "--quiet --as-of "+day).Replace(line)
	c := exec.Command("sh", append([]string{"-c", line}, args...)...)
	c.Env = append(os.Environ(), "PATH="+m.bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		m.t.Fatal(err)
	}
	return string(out), c.ProcessState.ExitCode()
}

// cronLine returns the command of the crontab.
func cronLine(t *testing.T) string {
	t.Helper()
	for line := range strings.Lines(shipped(t, "crontab")) {
		if strings.HasPrefix(line, "0 6 ") {
			return strings.TrimSpace(strings.TrimPrefix(line, "0 6 * * 1"))
		}
	}
	t.Fatal("the crontab has no line at six")
	return ""
}

// cron mails what a command prints, and only then: the first run tells every
// finding, the next of the same estate tells nothing, and one that lost a table
// tells what is missing.
func TestCronMailsNews(t *testing.T) {
	m := newMachine(t)
	line := cronLine(t)
	mail, code := m.sh("2026-11-16", line)
	if code != exitFindings || !strings.Contains(mail, "high or above") || strings.Contains(mail, "@") {
		t.Errorf("the first run: exit %d, the mail says\n%s", code, mail)
	}
	if mail, code = m.sh("2026-11-17", line); code != exitComplete || mail != "" {
		t.Errorf("a run without news: exit %d, the mail says\n%s", code, mail)
	}
	if err := os.WriteFile(filepath.Join(m.exports, "odd.csv"), []byte("x,y,z\n1,2,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if mail, code = m.sh("2026-11-18", line); code != exitIncomplete || !strings.Contains(mail, "incomplete") {
		t.Errorf("a run with a file nobody knows: exit %d, the mail says\n%s", code, mail)
	}
	if err := os.Remove(filepath.Join(m.exports, "subscriptions.csv")); err != nil {
		t.Fatal(err)
	}
	if mail, code = m.sh("2026-11-19", line); code != exitRefused || !strings.Contains(mail, "refused") {
		t.Errorf("a run without subscriptions: exit %d, the mail says\n%s", code, mail)
	}
}

// The PDF of a complete run is handed over, that of an incomplete one is not.
func TestHandover(t *testing.T) {
	m := newMachine(t)
	finance := filepath.Join(m.dir, "finance")
	if err := os.Mkdir(finance, 0o700); err != nil {
		t.Fatal(err)
	}
	script := shipped(t, "handover.sh")
	args := []string{"handover.sh", m.exports, m.out, finance}
	if out, code := m.sh("2026-11-16", script, args...); code != exitFindings {
		t.Fatalf("exit %d\n%s", code, out)
	}
	pdf := filepath.Join(finance, "licence-audit.pdf")
	first, err := os.ReadFile(pdf)
	if err != nil || !bytes.HasPrefix(first, []byte("%PDF")) {
		t.Fatalf("%v, %.8q", err, first)
	}
	if info, err := os.Stat(pdf); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the group of the folder cannot read it: %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(m.exports, "odd.csv"), []byte("x,y,z\n1,2,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := m.sh("2026-11-18", script, args...); code != exitIncomplete {
		t.Errorf("exit %d\n%s", code, out)
	}
	if again, err := os.ReadFile(pdf); err != nil || !bytes.Equal(again, first) {
		t.Errorf("an incomplete run was handed over, or the PDF is gone: %v", err)
	}
	if _, code := m.sh("2026-11-18", script, "handover.sh"); code != exitUsage {
		t.Errorf("without arguments: exit %d", code)
	}
}

// The task of Windows is well-formed and starts the program with flags it has.
func TestTaskOfWindows(t *testing.T) {
	var task struct {
		Arguments string `xml:"Actions>Exec>Arguments"`
	}
	if err := xml.NewDecoder(strings.NewReader(shipped(t, "task.xml"))).Decode(&task); err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(task.Arguments)
	if len(fields) == 0 || fields[0] != "audit" {
		t.Fatalf("the task runs %q", task.Arguments)
	}
	audit := (&app{out: io.Discard, err: io.Discard}).root()
	c, rest, err := audit.Find(fields)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.ParseFlags(rest); err != nil {
		t.Error(err)
	}
}
