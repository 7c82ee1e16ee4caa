package ingest

import (
	"os"
	"strings"
	"testing"
)

// TestEveryRulingHasACase: each ruling on reading that is more than a
// reference has a case folder of its number. The others are settled elsewhere:
// I01 (exit codes), I26 and I34 (reports) in cmd/tierline and report/xlsx, I20
// (zip bombs) in ingest/table, I28 (future dates) in audit/seats; I09, I13, I36
// and I37 only refer to R21, R29 and R27.
func TestEveryRulingHasACase(t *testing.T) {
	entries, err := os.ReadDir(casesDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, ruling := range strings.Fields("I02 I03 I04 I05 I06 I07 I08 I10 I11 I12 I14 I15 I16 I17 I18 I19 I21 I22 I23 I24 I25 I27 I29 I30 I31 I32 I33 I35") {
		found := false
		for _, e := range entries {
			found = found || strings.HasPrefix(e.Name(), ruling+"-")
		}
		if !found {
			t.Errorf("no case folder begins with %s-", ruling)
		}
	}
}
