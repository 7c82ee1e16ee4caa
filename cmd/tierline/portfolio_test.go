package main

import (
	"testing"

	"tierline/audit/portfolio"
)

// The worst of several exit codes holds, whatever their order.
func TestWorstExitCode(t *testing.T) {
	for i, code := range worstFirst {
		for _, other := range worstFirst[i:] {
			for _, codes := range [][2]int{{code, other}, {other, code}} {
				if got := worst(&portfolio.Parts{Estates: []portfolio.Estate{{ExitCode: codes[0]}, {ExitCode: codes[1]}}}); got != code {
					t.Errorf("of %v: %d, want %d", codes, got, code)
				}
			}
		}
	}
	if got := worst(&portfolio.Parts{}); got != exitComplete {
		t.Errorf("of none: %d", got)
	}
	lacking := portfolio.Parts{Missing: []portfolio.Shard{{Index: 1, Of: 2}}, Estates: []portfolio.Estate{{ExitCode: exitFindings}}}
	if got := worst(&lacking); got != exitIncomplete {
		t.Errorf("with a shard missing: %d", got)
	}
}
