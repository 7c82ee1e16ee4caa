package ingest

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// encodings are those files come in.
var encodings = map[string]encoding.Encoding{
	"UTF-8": encoding.Nop, "UTF-8 with BOM": unicode.UTF8BOM, "Windows-1252": charmap.Windows1252,
	"UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"UTF-16LE without BOM": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"UTF-16BE without BOM": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// written are exports of which every way to write them has to be read alike.
// Each holds a letter beyond ASCII, and a word that a reader takes for something.
var written = map[string]grid{
	"bitbucket-users": {
		{"Public Name", "Email Address", "Last Login (UTC)", "Has 2SV", "On Plan"},
		{"Zoë Marlow", "zoe.marlow@example.com", "2026-11-10T08:12:44.120931", "yes", "yes"},
		{"Jörg, Holm (INACTIVE)", "joerg.holm@example.com", "", "no", "no"},
	},
	"clean-up": {
		{"Email", "Action", "Result", "Removed on"},
		{"ada@example.com", "Removed from jira-users, as agreed", "Success", "2026-11-24"},
		{"ada@example.com", "Zurückgestellt? no", "skipped", ""},
	},
	"inactive-users": {
		{"Email", "Name", "Days inactive", "Last active"},
		{"ada@example.com", "Zoë Marlow", "80", "2026-09-01"},
	},
	"external-users": {
		{"Email", "Atlassian ID", "Last active time", "User access to products", "Billable for Atlassian Guard Standard"},
		{"zoe.marlow@example.com", "712020:ee01", "2026-11-21", "Jira, Confluence", "Yes"},
		{"jörg.holm@example.com", "712020:ee02", "", "", "No"},
	},
	"managed-accounts": {
		{"Name", "Email", "Last active", "Status", "Billable", "Policy type"},
		{"Zoë Marlow", "zoe.marlow@example.com", "2026-11-20", "Active", "Yes", "Billable"},
		{"Jörg Holm", "joerg.holm@example.com", "", "Deactivated", "No", "Nonbillable"},
	},
}

// besideWritten are the files each of them needs to count for something.
var besideWritten = map[string][]byte{
	"s.csv": []byte("type,key,site,cycle,renewal_date\nproduct,bitbucket,code,monthly,2026-12-15\n" +
		"product,atlassian-guard-standard,,monthly,2026-12-15\n"),
	"managed.csv": []byte("Name,Email,Atlassian ID,Status,Billable\nAda,ada@example.com,712020:aa01,Active,Yes\n"),
}

// TestWaysToWriteExports: delimiter, encoding, line ends and the order of
// columns and rows do not change what is read, and every row is used.
func TestWaysToWriteExports(t *testing.T) {
	for format, export := range written {
		plain := maps.Clone(besideWritten)
		plain["a.csv"] = export.write(',', "\n")
		want := readBytes(plain)
		addsUp(t, want)
		if in := want.Inputs[0]; in.Format != format || in.Used != len(export)-1 {
			t.Errorf("%s is read as %q, %d of %d rows used", format, in.Format, in.Used, len(export)-1)
		}
		for name, enc := range encodings {
			for _, comma := range []rune{',', ';', '\t'} {
				order := numbers(len(export[0]))
				slices.Reverse(order)
				bytes, err := enc.NewEncoder().Bytes(export.columns(order).write(comma, "\r\n"))
				if err != nil {
					t.Fatal(err)
				}
				files := maps.Clone(besideWritten)
				files["a.csv"] = bytes
				got := readBytes(files)
				addsUp(t, got)
				if diff := cmp.Diff(dump(want, false), dump(got, false)); diff != "" {
					t.Errorf("%s in %s with %q is read differently:\n%s", format, name, comma, diff)
				}
			}
		}
	}
}
