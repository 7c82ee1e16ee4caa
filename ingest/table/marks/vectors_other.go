//go:build !amd64 || purego

package marks

// find finds the marks of whole blocks.
func find(sets []Set, text string, separator byte) { findInGo(sets, text, separator) }
