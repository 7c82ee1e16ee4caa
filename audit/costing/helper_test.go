package costing_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/pricing"
	"tierline/audit/seats"
	"tierline/audit/world"
)

// figures compares current, volume, price changes and as is, written
// "current volume price_changes as_is"; "" is unknown.
func figures(t testing.TB, l *costing.Line, current, volume, changes, asIs string) {
	t.Helper()
	got := [4]string{l.Current.String(), l.Volume.String(), l.PriceChanges().String(), l.AsIs.String()}
	if want := [4]string{current, volume, changes, asIs}; got != want {
		t.Errorf("%s: current, volume, price changes, as is: got %q, want %q (reason %q)", l.ID(), got, want, l.Reason)
	}
}

// cost compares the cost of a choice.
func cost(t testing.TB, name string, l *costing.Line, c costing.Choice, want string) {
	t.Helper()
	if got := l.Cost(c).String(); got != want {
		_, why := l.Bills(c)
		t.Errorf("%s: %s: got %q, want %q (%s)", name, l.ID(), got, want, why)
	}
}

// rejudged builds costs after a test has changed the estate.
func rejudged(in costing.Input) *costing.Costs {
	in.Register = seats.Judge(in.Estate, &in.Config.Policy, in.AsOf)
	return costing.Build(in)
}

var rightSize = costing.Choice{Cycle: pricing.Annual, RightSize: true}

func unknown(t *testing.T, l *costing.Line, word string) {
	t.Helper()
	if l.Counted() || l.AsIs.Known() || !strings.Contains(l.Reason.Text, word) {
		t.Errorf("%s: got as is %q, counted %v, reason %q; want unknown for a reason with %q", l.ID(), l.AsIs, l.Counted(), l.Reason, word)
	}
}

// tablesThatDoNotFall are lists that cost no less for a user more, with the
// flat start no dearer than the tier behind it.
func tablesThatDoNotFall(t *rapid.T) []world.List {
	var monthly, annual []string
	top, flat := 0, 0
	if rapid.Bool().Draw(t, "flat start") {
		top = 10
		monthly = append(monthly, "10:=1.00") // eleven users cost 11 x 0.10 or more
	}
	for range rapid.IntRange(1, 5).Draw(t, "tiers") {
		top += rapid.IntRange(1, 120).Draw(t, "width")
		flat += rapid.IntRange(0, 900).Draw(t, "more")
		monthly = append(monthly, fmt.Sprintf("%d:%d.%d0", top, rapid.IntRange(0, 4).Draw(t, "unit"), rapid.IntRange(1, 9).Draw(t, "tenths")))
		annual = append(annual, fmt.Sprintf("%d:=%d", top, flat))
	}
	monthly, annual = append(monthly, ":0.10"), append(annual, fmt.Sprintf(":=%d", flat))
	lists := []world.List{{Plan: "app", Mode: pricing.Graduated, Tiers: monthly}}
	switch rapid.IntRange(0, 2).Draw(t, "annual list") {
	case 1:
		lists = append(lists, world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: annual})
	case 2:
		lists = append(lists, world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Graduated, Tiers: monthly})
	}
	return lists
}
