package samples

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func folder(t *testing.T, name string) string {
	t.Helper()
	dir, err := Folder(name)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCommittedExportsAreWhatTheGeneratorWrites(t *testing.T) {
	root := filepath.Dir(folder(t, "acme"))
	for _, f := range append(Exports(), Tables()...) {
		want, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := f.Write(&got); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs from what the generator writes; run go run ./samples/generate -out samples", f.Path)
		}
	}
}

var (
	mailAddress = regexp.MustCompile(`[^\s,;"<>]*@[^\s,;"<>]*`)
	mailInvent  = regexp.MustCompile(`(?i)@example\.(com|org|net)$`)
)

func TestAddressesAreInvented(t *testing.T) {
	for _, name := range append(Names(), "expected") {
		err := filepath.WalkDir(folder(t, name), func(path string, d os.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "runs":
				return filepath.SkipDir // reports of somebody's run, not committed
			case d.IsDir():
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, a := range mailAddress.FindAllString(string(text), -1) {
				if !mailInvent.MatchString(a) {
					t.Errorf("%s: %s is not an address of example.com, .org or .net", path, a)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestFoldersHoldOnlyInputs(t *testing.T) {
	for _, name := range Names() {
		err := filepath.WalkDir(folder(t, name), func(path string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "runs" {
				return filepath.SkipDir // reports of somebody's run, not committed
			}
			switch filepath.Ext(path) {
			case ".csv", ".md", ".yaml":
			case ".json": // below an audited folder JSON is input, so only what an instance answers may be there
				if d.Name() != "licences.json" {
					t.Errorf("%s: of JSON only licences.json was expected", path)
				}
			default:
				if !d.IsDir() {
					t.Errorf("%s: a .csv, .md, licences.json or audit.yaml was expected", path)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestNamesAndAccountsAreDistinct(t *testing.T) {
	staff, contractors := acme()
	for _, sample := range [][]person{append(staff, contractors...), globex(), hanse()} {
		ids, names := map[string]bool{}, map[string]int{}
		for _, p := range sample {
			if ids[p.id] {
				t.Errorf("account %s occurs twice", p.id)
			}
			ids[p.id] = true
			names[p.name]++
		}
		for name, n := range names {
			twice := name == "Mireille Fontaine" || name == "Priya Raman" || name == "Tobias Wren"
			if n > 1 && !twice {
				t.Errorf("%s occurs %d times by accident", name, n)
			}
		}
	}
}

// TestExpectedTotalsAddUp guards the expected totals against slips of the hand.
func TestExpectedTotalsAddUp(t *testing.T) {
	for _, name := range Names() {
		text, err := os.ReadFile(filepath.Join(folder(t, "expected"), name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var want struct {
			Lines []struct {
				Current     string
				AsIs        string `json:"as_is"`
				Recommended string
			}
			Totals map[string]string
			Bridge []struct{ Step, Amount string }
		}
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		sum := func(amounts ...string) string {
			total := new(big.Rat)
			for _, a := range amounts {
				r, ok := new(big.Rat).SetString(a)
				if !ok {
					t.Fatalf("%s: %q is no amount", name, a)
				}
				total.Add(total, r)
			}
			return total.FloatString(2)
		}
		var current, asIs, recommended, bridge []string
		for _, l := range want.Lines {
			current = append(current, l.Current)
			asIs = append(asIs, l.AsIs)
			recommended = append(recommended, l.Recommended)
		}
		for _, s := range want.Bridge[:len(want.Bridge)-1] {
			bridge = append(bridge, s.Amount)
		}
		totals := want.Totals
		for _, c := range []struct{ what, got, want string }{
			{"lines, current", sum(current...), totals["current"]},
			{"lines, as is", sum(asIs...), totals["as_is"]},
			{"lines, recommended", sum(recommended...), totals["recommended"]},
			{"bridge", sum(bridge...), totals["recommended"]},
			{"as is", sum(totals["current"], totals["volume"], totals["price_changes"]), totals["as_is"]},
			{"savings", sum(totals["recommended"], totals["hard_saving"], totals["avoidance"]), totals["as_is"]},
		} {
			if c.got != c.want {
				t.Errorf("%s: %s: %s, want %s", name, c.what, c.got, c.want)
			}
		}
	}
}

func TestLarge(t *testing.T) {
	l := Large{Accounts: MinAccounts, Subscriptions: 200}
	write := func() []byte {
		var b bytes.Buffer
		if err := l.WriteUsers(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	users := write()
	if !bytes.Equal(users, write()) {
		t.Error("two runs differ")
	}
	if size := len(users) / l.Accounts; size < 136 || size > 152 {
		t.Errorf("%d bytes a row, want about 144", size)
	}
	records, err := csv.NewReader(bytes.NewReader(users)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != l.Accounts+1 || len(records[0]) != 18 {
		t.Errorf("%d records of %d columns, want %d of 18", len(records), len(records[0]), l.Accounts+1)
	}
	seen := map[string]bool{}
	for _, r := range records {
		for _, key := range []string{r[0], r[1], r[2]} {
			if seen[key] {
				t.Fatalf("%q occurs twice", key)
			}
			seen[key] = true
		}
	}

	dir := t.TempDir()
	if err := l.Write(dir); err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]int{"subscriptions.csv": 200, "prices.csv": 1000} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(got)-1 < rows {
			t.Errorf("%s: %d rows, want at least %d", name, len(got)-1, rows)
		}
	}
}

func TestLargeRefusesSizes(t *testing.T) {
	for _, l := range []Large{{9_999, 200}, {1_000_001, 200}, {10_000, 5}, {10_000, 5_001}} {
		err := l.Write(t.TempDir())
		if err == nil || !strings.Contains(err.Error(), "is not within") {
			t.Errorf("%+v: got %v", l, err)
		}
	}
}

func BenchmarkLarge(b *testing.B) {
	for b.Loop() {
		if err := (Large{Accounts: 100_000, Subscriptions: 200}).WriteUsers(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
