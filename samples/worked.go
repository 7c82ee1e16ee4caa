package samples

import (
	"io"
	"math/rand/v2"
)

// writeWorkedExample writes the 501 seats of the worked example: one more than
// a band holds, 480 of them in use.
func writeWorkedExample(w io.Writer) error {
	rng := rand.New(rand.NewPCG(501, 500))
	rows := people(rng, newNamePool(rng), "example.com", []kind{
		{count: 480, cells: "a"}, {count: 15, cells: "i"}, {count: 6, cells: "v"},
	})
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return writeExport(w, []string{"Jira - example-eng"}, rows)
}
