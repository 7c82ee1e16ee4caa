package ingest

import (
	"strings"
	"unsafe"
)

// uncleared returns n bytes that hold anything, for a file that is written over them.
// The memory of make is cleared first, by one processor while the others wait: with
// a large file that takes as long as getting its bytes. Of what the standard
// library makes, only the room of a [strings.Builder] is not. n is at least 1.
func uncleared(n int) []byte {
	var room strings.Builder
	room.Grow(n)
	_ = room.WriteByte(0) // a text without letters has no address
	return unsafe.Slice(unsafe.StringData(room.String()), n)
}
