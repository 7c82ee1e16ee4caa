package audit_test

import (
	"encoding/json"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
)

func TestActivityTravels(t *testing.T) {
	all := []audit.Activity{{State: audit.SeenUpTo, UpTo: date.New(2026, 11, 20)}}
	for s := range audit.SeenUpTo {
		all = append(all, audit.Activity{State: s})
	}
	for _, a := range all {
		text, err := json.Marshal(a)
		var back audit.Activity
		if err != nil || json.Unmarshal(text, &back) != nil || back != a {
			t.Errorf("%v is written as %s and read as %v", a, text, back)
		}
	}
	for _, text := range []string{"", "somewhat", "last use known up to yesterday"} {
		if err := new(audit.Activity).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q: want an error", text)
		}
	}
}
