package plan_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain asks for more random estates than rapid's default of 100, unless
// the command line says how many.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue {
		if err := f.Value.Set("1500"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
