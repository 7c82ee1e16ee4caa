package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestPlainWriter writes letters whole and byte by byte (METHOD 18.4).
func TestPlainWriter(t *testing.T) {
	for in, want := range map[string]string{
		"plain, \"quoted\"\n\tZoë 漢字 € 🙂": "plain, \"quoted\"\n\tZoë 漢字 € 🙂",
		"\x1b[31mred\r\x07\x00\x7f":       `\u001b[31mred\u000d\u0007\u0000\u007f`,
		"a\u202eb\u2066c\u200fd\u0085e":   `a\u202eb\u2066c\u200fd\u0085e`,
		"broken \xff byte, \x9b2J":        `broken \xff byte, \x9b2J`,
	} {
		var whole, single bytes.Buffer
		if n, err := (&plainWriter{to: &whole}).Write([]byte(in)); n != len(in) || err != nil {
			t.Errorf("%q: wrote %d, %v", in, n, err)
		}
		w := &plainWriter{to: &single}
		for i := range len(in) {
			if _, err := w.Write([]byte(in[i : i+1])); err != nil {
				t.Fatal(err)
			}
		}
		if whole.String() != want || single.String() != want {
			t.Errorf("%q is written as %q and, byte by byte, as %q; want %q", in, whole.String(), single.String(), want)
		}
	}
}

// TestNothingSteersTheTerminal puts characters that steer a terminal into file
// names, headers and cells.
func TestNothingSteersTheTerminal(t *testing.T) {
	const steering = "\x1b[2J\u202e\u0007"
	dir := base(t, map[string][]byte{
		"odd\u202ename.csv": []byte("type,key,site,cycle,renewal_date,extra" + steering + "\nproduct," + steering + "x,acme,weekly" + steering + ",2027-01-30,\n"),
		"strange.csv":       []byte("a" + steering + ",b\n1,2\n"),
	})
	for _, args := range [][]string{{"check", dir, "--as-of", asOf}, {"check", dir, "--as-of", asOf, "--json"}, {"simulate", dir, "--site", "x\x1b[2J", "--product", "y", "--add", "1"}} {
		o := command(t, args...)
		for _, text := range []string{o.out, o.errOut} {
			if i := strings.IndexFunc(text, steers); i >= 0 {
				t.Errorf("%s prints %q", args[0], text[max(0, i-40):min(len(text), i+20)])
			}
		}
		if !strings.Contains(o.out+o.errOut, `001b`) && !strings.Contains(o.out+o.errOut, `x1b`) {
			t.Errorf("%s does not mention the odd text at all:\n%s%s", args[0], o.out, o.errOut)
		}
	}
}
