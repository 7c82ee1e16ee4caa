package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

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

// job is what a test needs of a Job of Kubernetes.
type job struct {
	Spec struct {
		CompletionMode string `yaml:"completionMode"`
		Completions    int    `yaml:"completions"`
		Template       struct {
			Spec struct {
				Containers []struct {
					Args []string `yaml:"args"`
				} `yaml:"containers"`
			} `yaml:"spec"`
		} `yaml:"template"`
	} `yaml:"spec"`
}

// shippedJob reads a Job, with the paths of its volumes replaced.
func shippedJob(t *testing.T, name string, paths *strings.Replacer) (j job) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(shipped(t, name)), &j); err != nil {
		t.Fatal(err)
	}
	args := j.Spec.Template.Spec.Containers[0].Args
	for i := range args {
		args[i] = paths.Replace(args[i])
	}
	return j
}

// The pods of the indexed Job audit every estate once between them, and the Job after
// it makes of their summaries the one of a single run.
func TestJobsOfKubernetes(t *testing.T) {
	dir, out, whole := t.TempDir(), t.TempDir(), t.TempDir()
	for _, name := range []string{"alpha", "beta"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("testdata", "base"))); err != nil {
			t.Fatal(err)
		}
	}
	paths := strings.NewReplacer("/exports", dir, "/audits", out)
	shards := shippedJob(t, "shards.yaml", paths)
	if shards.Spec.CompletionMode != "Indexed" || shards.Spec.Completions < 2 {
		t.Fatalf("the Job is %+v", shards.Spec)
	}
	for i := range shards.Spec.Completions {
		args := slices.Clone(shards.Spec.Template.Spec.Containers[0].Args)
		for k := range args {
			args[k] = strings.ReplaceAll(args[k], "$(JOB_COMPLETION_INDEX)", strconv.Itoa(i))
		}
		if o := command(t, append(args, "--as-of", asOf)...); o.code != exitComplete {
			t.Fatalf("pod %d: exit code %d\n%s", i, o.code, o.errOut)
		}
	}
	if o := command(t, shippedJob(t, "summary.yaml", paths).Spec.Template.Spec.Containers[0].Args...); o.code != exitComplete {
		t.Fatalf("the summary: exit code %d\n%s", o.code, o.errOut)
	}
	if o := command(t, "audit", "--portfolio", dir, "--out", whole, "--as-of", asOf); o.code != exitComplete {
		t.Fatalf("exit code %d\n%s", o.code, o.errOut)
	}
	got, want := allFiles(t, out), allFiles(t, whole)
	for name := range got {
		if strings.HasPrefix(name, shardsFolder+"/") {
			delete(got, name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the Jobs leave other files than one run:\n%.2000s", diff)
	}
}
