package report

import (
	"testing"

	"tierline/rules"
)

// Whatever a rule may lack has words for finance: a file that would answer its
// question, or the thing the organisation does not have.
func TestEveryNeedHasWords(t *testing.T) {
	for _, r := range rules.All() {
		for _, need := range r.Needs {
			if answers[need] == "" && absentThings[need] == "" {
				t.Errorf("the rule %s may lack %q, for which finance has no words", r.ID, need)
			}
		}
	}
}
