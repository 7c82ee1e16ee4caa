package once_test

import (
	"slices"
	"testing"

	"tierline/audit/once"
)

func TestListKeepsTheFirstOfEach(t *testing.T) {
	var l once.List[string]
	if l.Values() != nil {
		t.Errorf("empty: got %q, want nil", l.Values())
	}
	for _, s := range []string{"b", "a", "b", "", "a", "c", ""} {
		l.Add(s)
	}
	if want := []string{"b", "a", "", "c"}; !slices.Equal(l.Values(), want) {
		t.Errorf("got %q, want %q", l.Values(), want)
	}
}
