// Command generate writes the user exports of the sample estates again, or,
// with -accounts, a large organisation for benchmarks:
//
//	go run ./samples/generate -out samples
//	go run ./samples/generate -accounts 1000000 -subscriptions 200 -out big
package main

import (
	"flag"
	"fmt"
	"os"

	"tierline/samples"
)

func main() {
	out := flag.String("out", "", "folder to write into (required)")
	accounts := flag.Int("accounts", 0, "write a large organisation with this many accounts instead of the sample exports")
	subscriptions := flag.Int("subscriptions", 200, "subscriptions of the large organisation")
	flag.Parse()
	if *out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(4)
	}
	var err error
	if *accounts == 0 {
		err = samples.WriteExports(*out)
	} else {
		err = samples.Large{Accounts: *accounts, Subscriptions: *subscriptions}.Write(*out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}
