package sheet

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/config"
)

// TestAlikeSkipsNothing compares names with and without the look at their letters
// that spares the comparison.
func TestAlikeSkipsNothing(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`(user|account|status|é{1,2}|[a-c]{1,4})(_(id|name|[ab!é]{0,3})){0,3}`)
		x, y := name.Draw(t, "ours"), name.Draw(t, "theirs")
		ours, theirs := newAlike(x), newAlike(y)
		near, within := config.Distance(y, x) <= len(x)/4, true
		for word := range strings.SplitSeq(x, "_") {
			within = within && slices.Contains(strings.Split(y, "_"), word)
		}
		if near || within {
			found++
		}
		if got := ours.near(&theirs); got != near {
			t.Errorf("%q is near %q: %v, want %v", y, x, got, near)
		}
		if got := ours.within(&theirs); got != within {
			t.Errorf("%q is within %q: %v, want %v", x, y, got, within)
		}
	})
	if found == 0 {
		t.Error("no names are alike")
	}
}
