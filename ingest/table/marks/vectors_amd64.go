//go:build !purego

package marks

import "golang.org/x/sys/cpu"

// vectors is whether this processor has the instructions of [findByVectors].
var vectors = cpu.X86.HasAVX2

// find finds the marks of whole blocks.
func find(sets []Set, text string, separator byte) {
	if vectors {
		findByVectors(sets, text, separator)
	} else {
		findInGo(sets, text, separator)
	}
}

// findByVectors finds the marks of whole blocks. It keeps neither.
//
//go:noescape
func findByVectors(sets []Set, text string, separator byte)
