// Command manifest checks that a file is a CronJob of Kubernetes as its API has
// it: every key known, every value of its type. It is a module of its own, so
// that the types of Kubernetes are no dependency of the program.
package main

import (
	"fmt"
	"os"

	batch "k8s.io/api/batch/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) < 2 {
		fail("usage: manifest FILE...")
	}
	for _, name := range os.Args[1:] {
		text, err := os.ReadFile(name)
		if err != nil {
			fail(err.Error())
		}
		if err := yaml.UnmarshalStrict(text, &batch.CronJob{}); err != nil {
			fail(name + ": " + err.Error())
		}
		fmt.Println(name + ": a CronJob of batch/v1")
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
