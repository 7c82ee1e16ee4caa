// Command manifest checks that a file is a CronJob or Job of Kubernetes as its API has
// it: every key known, every value of its type. It is a module of its own, so
// that the types of Kubernetes are no dependency of the program.
package main

import (
	"fmt"
	"os"

	batch "k8s.io/api/batch/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
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
		var head meta.TypeMeta
		if err := yaml.Unmarshal(text, &head); err != nil {
			fail(name + ": " + err.Error())
		}
		var object any
		switch head.APIVersion + " " + head.Kind {
		case "batch/v1 CronJob":
			object = &batch.CronJob{}
		case "batch/v1 Job":
			object = &batch.Job{}
		default:
			fail(name + ": expected a CronJob or Job of batch/v1, found " + head.Kind + " of " + head.APIVersion)
		}
		if err := yaml.UnmarshalStrict(text, object); err != nil {
			fail(name + ": " + err.Error())
		}
		fmt.Println(name + ": a " + head.Kind + " of batch/v1")
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
