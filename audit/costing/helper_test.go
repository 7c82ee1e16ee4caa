package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/seats"
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
