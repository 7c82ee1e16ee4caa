package sheet

import (
	"slices"
	"strings"
	"testing"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/table"
)

// recognise reads a text as a file in one of two formats.
func recognise(t *testing.T, text string, mapping config.Input) (*Sheet, *File) {
	t.Helper()
	tables, err := table.Open(t.Context(), []byte(text), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	f := NewFile("a.csv", []config.Input{mapping}, date.Date{})
	f.Inputs = make([]estate.Input, 1)
	formats := NewFormats([]Format{
		{ID: "people", Title: "people", Required: []string{"user_name|login|id"}, OneOf: []string{"last_login|seen", "last_auth"}, Optional: []string{"email",
			"note"}, Users: true},
		{ID: "apps", Title: "apps", Required: []string{"key", "site"}, Optional: []string{"vendor", "note"}},
	})
	return Recognise(&f, tables[0], &f.Inputs[0], formats), &f
}

// METHOD 14.2: lines to paste come one by one, so entries for one file add up, and
// what an earlier one states stands.
func TestEntriesForOneFileAddUp(t *testing.T) {
	day := date.New(2026, 11, 20)
	entries := []config.Input{
		{Glob: "b.csv", Site: "other", Delimiter: ";"},
		{Glob: "A.csv", ExportedOn: day},
		{Glob: "*.csv", Site: "fjord", ExportedOn: day.AddDays(1), Columns: map[string]string{"a": "b"}},
		{Glob: "a.csv", Site: "tundra", Product: "jira", Format: "people", Dates: "dd/mm/yyyy", Columns: map[string]string{"c": "d"}},
	}
	got := InputFor("a.csv", entries)
	if got.Site != "fjord" || got.Product != "jira" || got.Format != "people" || got.Dates != "dd/mm/yyyy" || got.Delimiter != "" || got.ExportedOn != day ||
		got.Columns["a"] != "b" || len(got.Columns) != 1 || got.Glob != "A.csv" {
		t.Errorf("the entries say %+v", got)
	}
	if none := InputFor("a.txt", entries); none.Glob != "" || none.Site != "" {
		t.Errorf("no entry is for it, and they say %+v", none)
	}
}

// A column is asked for by the first of its names; of several that occur the
// one that comes first in the format counts, and one of some columns may do.
func TestColumns(t *testing.T) {
	s, f := recognise(t, "title above\nId,LOGIN,Last auth,e-mail,Email\n", config.Input{Glob: "*"})
	if s == nil || s.Format.ID != "people" || s.Line != 2 {
		t.Fatalf("not recognised as people: %v", f.Diags)
	}
	for name, want := range map[string]int{"user_name": 1, "last_auth": 2, "last_login": -1, "email": 4, "note": -1} {
		if got := s.Column(name); got != want {
			t.Errorf("column %s: got %d, want %d", name, got, want)
		}
	}
	if got := s.Columns("last_login", "last_auth", "email"); !slices.Equal(got, []int{2, 4}) {
		t.Errorf("columns: got %v", got)
	}
	if first, none := s.FirstColumn("note", "email", "last_auth"), s.FirstColumn("note", "last_login"); first != 4 || none != -1 {
		t.Errorf("first column: got %d and %d", first, none)
	}
}

// What lacks the columns of which one is needed is not recognised, and the
// remark names them all.
func TestNearestFormat(t *testing.T) {
	s, f := recognise(t, "user name,email,note\na,b,c\n", config.Input{Glob: "*"})
	if s != nil {
		t.Fatalf("recognised as %s", s.Format.ID)
	}
	if len(f.Diags) != 1 || !strings.Contains(f.Diags[0].Message, "also needs the column last_login or seen or last_auth") {
		t.Errorf("remarks %v", f.Diags)
	}
	if in := f.Inputs[0]; in.Read != 2 || in.ExcludedRows() != 2 || f.Recognised() {
		t.Errorf("accounting %+v", in)
	}
	if s, f = recognise(t, "user name,email,note\na,b,c\n", config.Input{Glob: "*",
		Columns: map[string]string{"NOTE": "seen"}}); s == nil || s.Column("last_login") != 2 {
		t.Errorf("not recognised with a column mapped: %v", f.Diags)
	}
}

// The licence key of a row that is rejected is withheld.
func TestRejectedRowsKeepNoKey(t *testing.T) {
	s, f := recognise(t, "key,site,vendor,Raw licence\na,b,c,secret\n", config.Input{Glob: "*"})
	if s == nil {
		t.Fatalf("not recognised: %v", f.Diags)
	}
	s.Reject(s.At(2, 1), Fault{Text: "problem"}, "fix", []string{"a", "b", "c", "secret"})
	if got := f.Rejected[0].Cells; !slices.Equal(got, []string{"a", "b", "c", "(withheld)"}) {
		t.Errorf("kept %v", got)
	}
	if f.Diags[0].Kind != diag.RowRejected {
		t.Errorf("remark %v is about no rejected row", f.Diags[0])
	}
}
