package main

import (
	"encoding/json"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tierline/report"
	reportjson "tierline/report/json"
)

// A result.json may have been changed by hand or by another program since it was
// written. Whatever stands in it is refused with a sentence or rendered; it ends
// no program.
func FuzzChangedResult(f *testing.F) {
	text, err := os.ReadFile(filepath.Join(audited(f, "worked-example").folder, resultFile))
	if err != nil {
		f.Fatal(err)
	}
	for seed := range uint64(12) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		var tree any
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 1))
		for range 1 + r.IntN(4) {
			tree = changed(r, tree)
		}
		again, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		result, err := reportjson.Read(again)
		if err != nil {
			return
		}
		document := report.Build(result)
		for _, renderer := range fromResult() {
			if _, err := renderer.Render(io.Discard, document); err != nil && strings.Contains(err.Error(), "runtime error") {
				t.Errorf("%s of a changed result: %v", renderer.File, err)
			}
		}
	})
}

// changed returns a tree of JSON with something below it changed: left out,
// nothing, of another kind, said twice.
func changed(r *rand.Rand, tree any) any {
	switch tree := tree.(type) {
	case map[string]any:
		keys := slices.Sorted(maps.Keys(tree))
		if len(keys) == 0 {
			return tree
		}
		key := keys[r.IntN(len(keys))]
		if r.IntN(4) == 0 {
			delete(tree, key)
			return tree
		}
		tree[key] = changed(r, tree[key])
		return tree
	case []any:
		if len(tree) == 0 {
			return tree
		}
		i := r.IntN(len(tree))
		switch r.IntN(6) {
		case 0:
			return append(tree, tree[i])
		case 1:
			return tree[:i]
		}
		tree[i] = changed(r, tree[i])
		return tree
	case string:
		return []any{nil, "", "x", "-1.00", "2026-02-31", "0001-01-01", "999999999999999999.99", tree + tree}[r.IntN(8)]
	case float64:
		return []any{nil, 0.0, -1.0, 1e15, tree + 1}[r.IntN(5)]
	}
	return []any{nil, true, "x"}[r.IntN(3)]
}
