package word_test

import (
	"testing"

	"tierline/audit/word"
)

func TestIndex(t *testing.T) {
	words := []string{"", "up", "down"}
	var n uint8
	if err := word.Index(&n, "direction", []byte("down"), words); err != nil || n != 2 {
		t.Errorf("got %d, %v", n, err)
	}
	for _, text := range []string{"", "left"} {
		err := word.Index(&n, "direction", []byte(text), words)
		if want := `direction "` + text + `": expected one of up, down`; err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
		if n != 2 {
			t.Errorf("%q was taken for %d", text, n)
		}
	}
}

func TestOne(t *testing.T) {
	type colour string
	var c colour
	if err := word.One(&c, "colour", []byte("red"), "green", "red"); err != nil || c != "red" {
		t.Errorf("got %q, %v", c, err)
	}
	if err := word.One(&c, "colour", []byte("grey"), "green", "red"); err == nil || err.Error() != `colour "grey": expected one of green, red` || c != "red" {
		t.Errorf("got %q, %v", c, err)
	}
}
