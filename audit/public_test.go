package audit_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// METHOD 18.2: what may name a person stays out of what programs get; owners
// and cost centres come in where the policy says that they are no persons.
func TestPublicPart(t *testing.T) {
	for _, owners := range []bool{false, true} {
		req := request(t, reporting("one"))
		req.Config.Policy.PrintOwners = owners
		for i := range req.Estate.Subscriptions {
			req.Estate.Subscriptions[i].Owner, req.Estate.Subscriptions[i].CostCentre = "Owner Person", "Centre Person"
		}
		at := diag.Source{File: "exceptions.csv", Line: 99}
		req.Estate.Exceptions = []estate.Exception{{Rule: "Rule Person", Subject: "subject person", Reason: "Reason Person", Owner: "Except Person", Source: at}}
		whole := run(t, req)
		for i := range whole.Diagnostics { // these quote the rule there is not, which is not what is looked at here
			whole.Diagnostics[i].Message = ""
		}
		text, err := json.Marshal(whole.Public())
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Rule Person", "subject person", "Reason Person", "Except Person"} {
			if strings.Contains(string(text), name) {
				t.Errorf("owners %v: the public part says %q", owners, name)
			}
		}
		for _, name := range []string{"Owner Person", "Centre Person"} {
			if strings.Contains(string(text), name) != owners {
				t.Errorf("owners %v: the public part says %q: %v", owners, name, !owners)
			}
		}
		if whole.Lines[0].Owner == "" || whole.Exceptions[0].Subject == "" || !slices.ContainsFunc(whole.Sums, func(s audit.Sum) bool { return s.By == audit.ByOwner }) {
			t.Error("taking the public part has changed the whole")
		}
		if public := whole.Public(); len(public.Exceptions) != 1 || public.Exceptions[0].Source != at || public.People != nil {
			t.Errorf("exceptions of the public part: %+v", public.Exceptions)
		}
	}
}
