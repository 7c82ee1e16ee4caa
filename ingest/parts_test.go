package ingest

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tierline/audit/diag"
	"tierline/samples"
)

// TestPartsAreOneList: a long list read in several parts side by side gives
// the estate it gives in one piece. A row at its end that cannot be split
// makes it be read in one piece; everything else of it is the same.
func TestPartsAreOneList(t *testing.T) {
	var text bytes.Buffer
	if err := (samples.Large{Accounts: 20_000}).WriteUsers(&text); err != nil {
		t.Fatal(err)
	}
	load := func(processors int, tail string) *Loaded {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "users.csv"), append(bytes.Clone(text.Bytes()), tail...), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Load(context.Background(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	one := load(1, "a\"b,c\n")
	if in := one.Inputs[0]; in.Read != 20_001 || in.Used != 20_000 || in.Rejected != 1 {
		t.Fatalf("in one piece: %+v", in)
	}
	if list := &one.Estate.Lists[0]; !list.Broken.Given() {
		t.Error("a list with an open quotation mark is complete")
	} else {
		list.Broken = diag.Reason{}
	}
	for _, processors := range []int{1, 2, 5} {
		l := load(processors, "")
		if in := l.Inputs[0]; in.Read != 20_000 || in.Used != 20_000 {
			t.Errorf("%d processors: %+v", processors, in)
		}
		if !reflect.DeepEqual(l.Estate, one.Estate) {
			t.Errorf("%d processors: another estate than in one piece", processors)
		}
		for _, d := range l.Diagnostics {
			if d.Level == diag.Incomplete {
				t.Errorf("%d processors: %s", processors, d)
			}
		}
	}
}

// TestNamesWithAHash: a '#' in the name of a file begins no sheet, neither in
// the place of an account nor in a remark on rows that contradict each other.
func TestNamesWithAHash(t *testing.T) {
	const name = "users #3.csv"
	l := readBytes(map[string][]byte{name: []byte("User id,User status,Jira - acme\na1,Active,User\na1,Active,\n")})
	if got, want := l.Estate.Source(&l.Estate.Accounts[0]), (diag.Source{File: name, Line: 2}); got != want {
		t.Errorf("the account stands at %+v, want %+v", got, want)
	}
	want := diag.Source{File: name, Line: 3}
	if !slices.ContainsFunc(l.Diagnostics, func(d diag.Diagnostic) bool {
		return d.Source == want && strings.Contains(d.Message, "users #3.csv:2")
	}) {
		t.Errorf("no remark on the contradiction at %+v: %v", want, l.Diagnostics)
	}
}
