//go:build e2e

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"tierline/samples"
)

// The end-to-end checks run the built program on the samples and look at what
// it wrote with programs that are not ours: LibreOffice, qpdf, poppler.

// e2eMark is part of every folder, user and host name the program could leak
// in these checks. It must be in no file that it writes.
const e2eMark = "zqxmark"

var e2eTools = map[string]string{
	"soffice": "libreoffice-calc", "qpdf": "qpdf", "pdftotext": "poppler-utils", "pdfinfo": "poppler-utils",
	"ssconvert": "gnumeric",
}

// e2eResult is what the checks need of result.json.
type e2eResult struct {
	Run struct {
		Organisation string `json:"organisation"`
		AsOf         string `json:"as_of"`
		Complete     bool   `json:"complete"`
	} `json:"run"`
	Lines []struct {
		Counted bool `json:"counted"`
	} `json:"lines"`
	Plan struct {
		Totals  map[string]string `json:"totals"`
		Actions []struct {
			ID     string `json:"id"`
			Amount string `json:"amount"`
		} `json:"actions"`
	} `json:"plan"`
}

// e2eRun is one run of the program.
type e2eRun struct {
	sample   string
	in, out  string
	folder   string
	terminal string // what it printed
	result   e2eResult
}

func (r *e2eRun) file(name string) string { return filepath.Join(r.folder, name) }

// e2eAudit runs the built program in an environment full of names to leak, and
// without the help of a umask.
func e2eAudit(t *testing.T, in, out string, env []string, flags ...string) *e2eRun {
	t.Helper()
	home := filepath.Join(t.TempDir(), e2eMark+"-home")
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"-c", `umask 000; exec "$0" "$@"`, builtProgram(t), "audit", in, "--out", out}, flags...)
	cmd := exec.Command("sh", args...)
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "HOME="+home, "TMPDIR="+home, "USER="+e2eMark+"-user", "LOGNAME="+e2eMark+"-user", "HOSTNAME="+e2eMark+"-host")
	cmd.Env = append(cmd.Env, env...)
	text, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("tierline audit: %v\n%s", err, text)
	}
	if left := filesBelow(t, home); len(left) > 0 {
		t.Errorf("the run left %d files in its working folder, home or temporary folder", len(left))
	}
	r := &e2eRun{in: in, out: out, folder: runFolder(t, out), terminal: string(text)}
	data, err := os.ReadFile(r.file("result.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r.result); err != nil {
		t.Fatal(err)
	}
	return r
}

// e2eCommand runs a foreign program and returns what it printed.
func e2eCommand(t *testing.T, name string, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "TZ=UTC") // pdfinfo prints local times
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, &out, &errOut)
	}
	return out.String()
}

// e2eNeeds ends a test where a foreign program is missing.
func e2eNeeds(t *testing.T) {
	t.Helper()
	for tool, pkg := range e2eTools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the end-to-end checks need %s, which is in the Debian package %s", tool, pkg)
		}
	}
}

func TestEndToEnd(t *testing.T) {
	e2eNeeds(t)
	for _, sample := range samples.Names() {
		t.Run(sample, func(t *testing.T) {
			temp := t.TempDir()
			in, out := filepath.Join(temp, e2eMark+"-in"), filepath.Join(temp, e2eMark+"-out")
			copySample(t, sample, in, false)
			r := e2eAudit(t, in, out, nil)
			r.sample = sample
			if !r.result.Run.Complete {
				t.Error("the run is incomplete")
			}
			people := e2ePeople(t, sample, in)
			t.Run("expected totals", func(t *testing.T) { e2eExpected(t, r) })
			t.Run("workbook", func(t *testing.T) { e2eWorkbook(t, r, people) })
			t.Run("pdf", func(t *testing.T) { e2ePDF(t, r) })
			t.Run("no people in the pdf", func(t *testing.T) { e2eNoPeople(t, r, people) })
			t.Run("nothing of the machine", func(t *testing.T) { e2eNothingOfTheMachine(t, r) })
			t.Run("manifest", func(t *testing.T) { wantManifest(t, r.folder) })
			t.Run("modes", func(t *testing.T) { e2eModes(t, r) })
			t.Run("same bytes", func(t *testing.T) { e2eSameBytes(t, r) })
		})
	}
}

// e2eAnyExit runs the built program, which may end with any code but that of a
// panic, and returns what it printed.
func e2eAnyExit(t *testing.T, args ...string) string {
	t.Helper()
	text, err := exec.Command(builtProgram(t), args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() == 2 || exit.ExitCode() < 0) {
		t.Fatalf("tierline %s: %v\n%s", args[0], err, text)
	}
	return string(text)
}

// e2eExpected compares the totals with those computed independently.
func e2eExpected(t *testing.T, r *e2eRun) {
	dir, err := samples.Folder("expected")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, r.sample+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Totals map[string]string `json:"totals"`
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Totals) == 0 {
		t.Fatal("no totals are expected")
	}
	for name, amount := range want.Totals {
		if got := r.result.Plan.Totals[name]; got != amount {
			t.Errorf("total %s is %q, want %s", name, got, amount)
		}
	}
}

// e2eSheet is one sheet as LibreOffice reads it.
type e2eSheet [][]string

// column returns the index of a column in the header row.
func (s e2eSheet) column(t *testing.T, header int, title string) int {
	t.Helper()
	i := slices.Index(s[header], title)
	if i < 0 {
		t.Fatalf("no column %q in %q", title, s[header])
	}
	return i
}

// row returns the first row, from the given one on, whose first cell starts
// with the label.
func (s e2eSheet) row(t *testing.T, from int, label string) int {
	t.Helper()
	for i := from; i < len(s); i++ {
		if s[i][0] == label || strings.HasSuffix(label, "*") && strings.HasPrefix(s[i][0], strings.TrimSuffix(label, "*")) {
			return i
		}
	}
	t.Fatalf("no row %q", label)
	return 0
}

func e2eNumber(t *testing.T, text string) *big.Rat {
	t.Helper()
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is not a number", text)
	}
	return n
}

func e2eWantNumber(t *testing.T, what, got, want string) {
	t.Helper()
	if e2eNumber(t, got).Cmp(e2eNumber(t, want)) != 0 {
		t.Errorf("%s is %s, in result.json %s", what, got, want)
	}
}

// e2eSheets lets LibreOffice open the workbook and write every sheet as CSV,
// with full precision.
func e2eSheets(t *testing.T, r *e2eRun) map[string]e2eSheet {
	t.Helper()
	temp := t.TempDir()
	profile := url.URL{Scheme: "file", Path: filepath.Join(temp, "profile")}
	e2eCommand(t, "soffice", "-env:UserInstallation="+profile.String(), "--headless", "--norestore",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", temp, r.file("audit.xlsx"))
	names, err := filepath.Glob(filepath.Join(temp, "audit-*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string]e2eSheet{}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		sheets[strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "audit-"), ".csv")] = rows
	}
	return sheets
}

func e2eWorkbook(t *testing.T, r *e2eRun, people []string) {
	sheets := e2eSheets(t, r)
	parts := zipParts(t, r.file("audit.xlsx"))
	named := regexp.MustCompile(`<sheet name="([^"]*)"`).FindAllStringSubmatch(parts["xl/workbook.xml"], -1)
	if len(named) == 0 || len(named) != len(sheets) {
		t.Errorf("LibreOffice reads %d sheets, the workbook has %d", len(sheets), len(named))
	}
	for name, rows := range sheets {
		for i, row := range rows {
			for _, cell := range row {
				if strings.HasPrefix(cell, "#") || strings.HasPrefix(cell, "Err:") {
					t.Errorf("sheet %s, row %d: %q looks like an error of a formula", name, i+1, cell)
				}
			}
		}
	}
	for _, name := range []string{"Summary", "Subscriptions", "Actions", "Users"} {
		if len(sheets[name]) == 0 {
			t.Fatalf("no sheet %s", name)
		}
	}
	totals := r.result.Plan.Totals

	summary := sheets["Summary"]
	head := summary.row(t, 0, "Figure")
	amount := summary.column(t, head, "Amount")
	labels := map[string]string{"current": "Current", "volume": "Volume", "price_changes": "Price changes", "as_is": "Renew as is",
		"recommended": "Recommended", "hard_saving": "Hard saving", "avoidance": "Avoidance"}
	for key, total := range totals {
		if labels[key] == "" {
			t.Errorf("no label is known for the total %q", key)
			continue
		}
		e2eWantNumber(t, "Summary, "+labels[key], summary[summary.row(t, head, labels[key])][amount], total)
	}

	lines := sheets["Subscriptions"]
	head = lines.row(t, 0, "No")
	total := lines.row(t, head, "Total*")
	for title, key := range map[string]string{"Current": "current", "Volume": "volume", "Price changes": "price_changes", "As is": "as_is", "Recommended": "recommended"} {
		c := lines.column(t, head, title)
		e2eWantNumber(t, "Subscriptions, total of "+title, lines[total][c], totals[key])
		sum, rows := new(big.Rat), 0
		for _, row := range lines[head+1 : total] {
			if row[0] != "" && row[lines.column(t, head, "In the totals")] == "yes" {
				sum.Add(sum, e2eNumber(t, row[c]))
				rows++
			}
		}
		e2eWantNumber(t, "Subscriptions, sum of the rows of "+title, sum.FloatString(6), totals[key])
		counted := 0
		for _, l := range r.result.Lines {
			if l.Counted {
				counted++
			}
		}
		if rows != counted {
			t.Errorf("Subscriptions has %d rows in the totals, result.json %d", rows, counted)
		}
	}

	actions := sheets["Actions"]
	head = actions.row(t, 0, "No")
	worth, id := actions.column(t, head, "Worth"), actions.column(t, head, "Id")
	sum, rows := new(big.Rat), 0
	for _, row := range actions[head+1:] {
		if _, err := strconv.Atoi(row[0]); err != nil {
			break
		}
		if rows < len(r.result.Plan.Actions) {
			want := r.result.Plan.Actions[rows]
			if row[id] != want.ID {
				t.Errorf("action %s has the id %q, in result.json %q", row[0], row[id], want.ID)
			}
			e2eWantNumber(t, "Actions, worth of "+row[0], row[worth], want.Amount)
		}
		sum.Add(sum, e2eNumber(t, row[worth]))
		rows++
	}
	if rows != len(r.result.Plan.Actions) {
		t.Errorf("Actions has %d rows, result.json %d actions", rows, len(r.result.Plan.Actions))
	}
	savings := new(big.Rat).Add(e2eNumber(t, totals["hard_saving"]), e2eNumber(t, totals["avoidance"]))
	e2eWantNumber(t, "Actions, sum of Worth", sum.FloatString(6), savings.FloatString(6))
	way := new(big.Rat).Sub(e2eNumber(t, totals["as_is"]), e2eNumber(t, totals["recommended"]))
	e2eWantNumber(t, "as is - recommended", way.FloatString(6), savings.FloatString(6))

	// The workbook names people; that the PDF does not is worth nothing if the
	// list of people is wrong.
	var text strings.Builder
	for _, row := range sheets["Users"] {
		text.WriteString(strings.Join(row, "\n") + "\n")
	}
	n := len(e2eFound(text.String(), people))
	if r.sample == "datacenter" {
		// Its lists name accounts, not seats, so nobody of them is in the workbook either.
		if n > 0 {
			t.Errorf("the sheet Users has %d names of lists that do not say who holds a seat", n)
		}
		return
	}
	if n < len(people)/2 {
		t.Errorf("the sheet Users has only %d of the %d names, addresses and ids of the inputs", n, len(people))
	}
}

// e2eGrouped writes an amount with separators of thousands, as reports do.
func e2eGrouped(amount string) string {
	sign := ""
	if strings.HasPrefix(amount, "-") {
		sign, amount = "−", amount[1:]
	}
	whole, cents, _ := strings.Cut(amount, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + whole + "." + cents
}

func e2ePDF(t *testing.T, r *e2eRun) {
	e2eCommand(t, "qpdf", "--check", r.file("finance.pdf")) // exits with 3 on a mere warning
	text := e2eCommand(t, "pdftotext", "-layout", r.file("finance.pdf"), "-")
	if !strings.Contains(text, r.result.Run.Organisation) {
		t.Errorf("the PDF does not name %s", r.result.Run.Organisation)
	}
	amounts := func(text string) []string {
		return regexp.MustCompile(`[−-]?\d[\d,]*\.\d\d`).FindAllString(text, -1)
	}
	all := amounts(text)
	for key, total := range r.result.Plan.Totals {
		if !slices.Contains(all, e2eGrouped(total)) {
			t.Errorf("the PDF does not have %s, the total %s", e2eGrouped(total), key)
		}
	}
	for _, a := range r.result.Plan.Actions {
		if !slices.Contains(all, e2eGrouped(a.Amount)) {
			t.Errorf("the PDF does not have %s, what action %s is worth", e2eGrouped(a.Amount), a.ID)
		}
	}
	first, _, _ := strings.Cut(text, "\f")
	for _, key := range []string{"as_is", "recommended", "hard_saving", "avoidance"} {
		if !slices.Contains(amounts(first), e2eGrouped(r.result.Plan.Totals[key])) {
			t.Errorf("the first page does not have %s, the total %s", e2eGrouped(r.result.Plan.Totals[key]), key)
		}
	}
	// The figures of the first page stand below their names, in this order.
	want := []string{"current", "as_is", "recommended", "hard_saving", "avoidance"}
	_, figures, ok := strings.Cut(first, "Current ")
	got := amounts(figures)
	if !ok || len(got) < len(want) {
		t.Fatal("the first page has no row of figures")
	}
	for i, key := range want {
		if got[i] != e2eGrouped(r.result.Plan.Totals[key]) {
			t.Errorf("figure %d of the first page is %s, want %s of result.json, %s", i+1, got[i], key, e2eGrouped(r.result.Plan.Totals[key]))
		}
	}
	pages, err := strconv.Atoi(e2eInfo(t, r)["Pages"])
	if err != nil || pages <= 3 {
		t.Errorf("the PDF has %d pages, want more than 3", pages)
	}
	if n := strings.Count(text, "\f"); n != pages {
		t.Errorf("pdftotext sees %d pages, pdfinfo %d", n, pages)
	}
}

// e2eInfo returns the metadata of the PDF.
func e2eInfo(t *testing.T, r *e2eRun) map[string]string {
	t.Helper()
	info := map[string]string{}
	for line := range strings.Lines(e2eCommand(t, "pdfinfo", "-isodates", r.file("finance.pdf"))) {
		key, value, _ := strings.Cut(line, ":")
		info[key] = strings.TrimSpace(value)
	}
	return info
}

// e2ePeople lists the name, address and account id of everybody in the inputs,
// in every form a report could print.
func e2ePeople(t *testing.T, sample, in string) []string {
	t.Helper()
	var people []string
	add := func(s string) {
		if s = e2ePlain(s); s != "" {
			people = append(people, s)
		}
	}
	table := func(path string, use func(cell func(string) string)) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.TrimPrefix(text, []byte("\uFEFF"))
		in := csv.NewReader(bytes.NewReader(text))
		if header, _, _ := bytes.Cut(text, []byte("\n")); bytes.ContainsRune(header, ';') {
			in.Comma = ';' // as a German Excel writes it
		}
		rows, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			use(func(column string) string {
				i := slices.Index(rows[0], column)
				if i < 0 {
					t.Fatalf("%s has no column %q", filepath.Base(path), column)
				}
				return strings.TrimSpace(row[i])
			})
		}
	}
	address := func(s string) {
		add(s)
		if local, _, ok := strings.Cut(s, "@"); ok && strings.Contains(local, ".") {
			add(local)
		}
	}
	for _, export := range samples.Exports() {
		rel, ok := strings.CutPrefix(export.Path, sample+"/")
		if !ok {
			continue
		}
		id, mail, called := "User id", "email", "User name"
		if strings.HasPrefix(rel, "jira-users") || strings.HasPrefix(rel, "jsm-agents") || strings.HasPrefix(rel, "wiki/") {
			id, mail, called = "user_name", "email_address", "display_name" // from the database of an instance
		}
		table(filepath.Join(in, filepath.FromSlash(rel)), func(cell func(string) string) {
			add(cell(id))
			if _, bare, ok := strings.Cut(cell(id), ":"); ok {
				add(bare)
			}
			address(cell(mail))
			name := cell(called)
			add(name)
			if first, last, ok := strings.Cut(name, " "); ok {
				add(last + ", " + first)
				add(last + " " + first)
			}
		})
	}
	exceptions := filepath.Join(in, "exceptions.csv")
	if _, err := os.Stat(exceptions); err == nil {
		table(exceptions, func(cell func(string) string) {
			if s := cell("subject"); strings.Contains(s, "@") && !strings.Contains(s, "*") {
				address(s)
			}
		})
	}
	least := 1000
	if sample == "europe" {
		least = 700 // it has 129 people
	}
	if len(people) < least {
		t.Fatalf("only %d names, addresses and ids in the inputs", len(people))
	}
	slices.Sort(people)
	return slices.Compact(people)
}

// e2ePlain makes texts comparable: lower case, one blank for every white space.
func e2ePlain(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// e2eFound returns the people who are in a text, also where it breaks a name
// or an address over two lines.
func e2eFound(text string, people []string) []string {
	text = e2ePlain(text)
	joined := strings.ReplaceAll(text, " ", "")
	var found []string
	for _, p := range people {
		long := strings.ContainsAny(p, "@.:") || len(p) > 30
		if strings.Contains(text, p) || long && strings.Contains(joined, strings.ReplaceAll(p, " ", "")) {
			found = append(found, p)
		}
	}
	return found
}

// e2eRawPDF returns every string of a PDF, on a page or not, decoded.
func e2eRawPDF(t *testing.T, r *e2eRun) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "plain.pdf")
	e2eCommand(t, "qpdf", "--qdf", "--object-streams=disable", r.file("finance.pdf"), name)
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	text.Write(raw)
	both := func(b []byte) {
		fmt.Fprintf(&text, "\n%s\n", b)
		if len(b)%2 == 0 {
			units := make([]uint16, 0, len(b)/2)
			for i := 0; i < len(b); i += 2 {
				units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
			}
			text.WriteString(string(utf16.Decode(units)) + "\n")
		}
	}
	for _, m := range regexp.MustCompile(`<([0-9a-fA-F\s]+)>`).FindAllSubmatch(raw, -1) {
		if b, err := hex.DecodeString(strings.Join(strings.Fields(string(m[1])), "")); err == nil {
			both(b)
		}
	}
	for _, m := range regexp.MustCompile(`\(((?:\\[\s\S]|[^\\()])*)\)`).FindAllSubmatch(raw, -1) {
		both(regexp.MustCompile(`\\([()\\])`).ReplaceAll(m[1], []byte("$1")))
	}
	if !strings.Contains(text.String(), r.result.Run.Organisation) || !strings.Contains(text.String(), e2eGrouped(r.result.Plan.Totals["as_is"])) {
		t.Fatal("the strings of the PDF cannot be read: neither organisation nor total is in them")
	}
	return text.String()
}

func e2eNoPeople(t *testing.T, r *e2eRun, people []string) {
	pdf := r.file("finance.pdf")
	for what, text := range map[string]string{
		"pdftotext -layout": e2eCommand(t, "pdftotext", "-layout", pdf, "-"),
		"pdftotext":         e2eCommand(t, "pdftotext", pdf, "-"),
		"pdftotext -raw":    e2eCommand(t, "pdftotext", "-raw", pdf, "-"),
		"raw PDF":           e2eRawPDF(t, r),
		"terminal":          r.terminal,
	} {
		for _, p := range e2eFound(text, people) {
			t.Errorf("%s: %q of the inputs is in it", what, p)
		}
		if strings.Contains(text, "@example.") {
			t.Errorf("%s: there is a mail address in it", what)
		}
	}
}

// e2ePath matches what looks like an absolute path of a machine.
var e2ePath = regexp.MustCompile(`(?i)(?:^|[\s"'(=>])(?:/(?:home|root|tmp|usr|var|opt|mnt|users|private|builds?)/[\w.-]|[a-z]:\\\\?[\w.-])|file://`)

func e2eNothingOfTheMachine(t *testing.T, r *e2eRun) {
	secrets := []string{e2eMark}
	for _, s := range []string{r.in, r.out, os.TempDir() + "/", filepath.Dir(r.in)} {
		secrets = append(secrets, strings.ToLower(s))
	}
	if dir, err := os.Getwd(); err == nil {
		secrets = append(secrets, strings.ToLower(dir))
	}
	if host, err := os.Hostname(); err == nil && len(host) > 4 && !strings.Contains("tierline localhost", strings.ToLower(host)) {
		secrets = append(secrets, strings.ToLower(host))
	}
	texts := map[string]string{"finance.pdf": e2eRawPDF(t, r)}
	for name, text := range filesBelow(t, r.folder) {
		switch filepath.Ext(name) {
		case ".xlsx":
			for part, text := range zipParts(t, r.file(name)) {
				texts[name+", "+part] = text
			}
		case ".pdf":
		default:
			texts[name] = string(text)
		}
	}
	for what, text := range texts {
		lower := strings.ToLower(text)
		for _, s := range secrets {
			if strings.Contains(lower, s) {
				t.Errorf("%s: %q is in it", what, s)
			}
		}
		if what == "finance.pdf" {
			text = e2eCommand(t, "pdftotext", "-raw", r.file("finance.pdf"), "-") // font programs look like anything
		}
		if m := e2ePath.FindString(text); m != "" {
			t.Errorf("%s: %q looks like an absolute path", what, m)
		}
	}

	info := e2eInfo(t, r)
	for key, want := range map[string]string{
		"Title": "Licence audit - " + r.result.Run.Organisation, "Author": r.result.Run.Organisation, "Creator": "Tierline", "Producer": "Tierline",
		"CreationDate": r.result.Run.AsOf + "T00:00:00Z", "ModDate": r.result.Run.AsOf + "T00:00:00Z",
		"Custom Metadata": "no", "Metadata Stream": "no", "JavaScript": "no", "Encrypted": "no", "Form": "none",
	} {
		if info[key] != want {
			t.Errorf("the PDF's %s is %q, want %q", key, info[key], want)
		}
	}
	props := texts["audit.xlsx, docProps/core.xml"] + texts["audit.xlsx, docProps/app.xml"]
	for _, m := range regexp.MustCompile(`<([\w:]+)[^<>]*>([^<>]+)<`).FindAllStringSubmatch(props, -1) {
		want := map[string]string{
			"dc:title": "Licence audit", "dc:creator": "Tierline", "lastModifiedBy": "Tierline", "cp:lastModifiedBy": "Tierline", "Application": "Tierline",
			"dcterms:created": r.result.Run.AsOf + "T00:00:00Z", "dcterms:modified": r.result.Run.AsOf + "T00:00:00Z",
		}[m[1]]
		if m[2] != want {
			t.Errorf("the workbook's property %s is %q, want %q", m[1], m[2], want)
		}
	}
	if u, err := user.Current(); err == nil {
		word := regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(u.Username) + `\b`)
		if u.Username != "tierline" && word.MatchString(props) {
			t.Errorf("the workbook's properties name the user %s", u.Username)
		}
	}
}

func e2eModes(t *testing.T, r *e2eRun) {
	err := filepath.WalkDir(r.out, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = fs.ModeDir | 0o700
		}
		if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", filepath.Base(path), info.Mode(), want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func e2eSameBytes(t *testing.T, r *e2eRun) {
	want := filesBelow(t, r.out)
	temp := t.TempDir()
	again := func(name, in string, env []string, flags ...string) {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(temp, strings.ReplaceAll(name, " ", "-"))
			e2eAudit(t, in, out, env, flags...)
			wantSameFiles(t, want, filesBelow(t, out))
		})
	}
	again("twice", r.in, nil)
	again("one job", r.in, []string{"GOMAXPROCS=1"}, "--jobs", "1")
	again("sixteen jobs", r.in, []string{"GOMAXPROCS=16"}, "--jobs", "16")
	moved := filepath.Join(temp, "elsewhere", e2eMark, "copy")
	copySample(t, r.sample, moved, true)
	again("a copy made in another order at another time", moved, nil)
	again("another time zone and language", moved, []string{"TZ=Pacific/Kiritimati", "LANG=de_DE.UTF-8", "LC_ALL=de_DE.UTF-8"})
	relative := filepath.Join(temp, "relative")
	copySample(t, r.sample, relative, false)
	t.Chdir(temp)
	here := e2eHere(t, "relative")
	wantSameFiles(t, want, here)
}

// e2eHere audits a folder by a relative path, with the run folders beside the
// inputs.
func e2eHere(t *testing.T, in string) map[string][]byte {
	t.Helper()
	e2eCommand(t, builtProgram(t), "audit", in)
	return filesBelow(t, filepath.Join(in, "runs"))
}
