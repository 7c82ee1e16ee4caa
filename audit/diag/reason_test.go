package diag_test

import (
	"encoding/json"
	"testing"

	"tierline/audit/diag"
)

func TestReason(t *testing.T) {
	at := diag.Source{File: "prices.xlsx", Sheet: "List of Jane Doe", Line: 4}
	refused := diag.Why(diag.PriceRefused, "a price %q", "x").From(at)
	whole := refused.After("no annual price: ")
	if whole.String() != `no annual price: a price "x"` || whole.At != at || whole.Kind != diag.PriceRefused {
		t.Errorf("got %+v", whole)
	}
	if got, want := whole.Placed(), `no annual price: a price "x" (prices.xlsx#List of Jane Doe:4)`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	var none diag.Reason
	if none.Given() || !none.IsZero() || none.After("no price: ").Given() || none.Placed() != "" {
		t.Error("the zero value is a reason")
	}
	if none.Or(refused) != refused || refused.Or(whole) != refused {
		t.Error("Or must prefer the reason there is")
	}
}

func TestReasonsTravel(t *testing.T) {
	for kind := range diag.Failed + 1 {
		for _, at := range []diag.Source{{}, {File: "a.csv", Sheet: "s", Line: 2, Column: 3}} {
			reason := diag.Why(kind, "because").From(at)
			text, err := json.Marshal(reason)
			var back diag.Reason
			if err != nil || json.Unmarshal(text, &back) != nil || back != reason {
				t.Errorf("written %s, read %+v", text, back)
			}
		}
	}
	var kind diag.Kind
	if err := kind.UnmarshalText([]byte("because")); err == nil {
		t.Error("a kind nobody knows: want an error")
	}
}
