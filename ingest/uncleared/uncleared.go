// Package uncleared makes memory that holds anything, for values that are written
// before they are read: the bytes of a file, the rows of a long list. Where such
// memory is used again, make clears it first, by one processor while the others
// wait: with a million accounts that takes as long as getting the bytes of their
// file. It decides nothing about what is written. ingest and ingest/users call it.
package uncleared

import (
	"strings"
	"unsafe"
)

// Of returns n values that hold anything. They must not hold pointers: the garbage
// collector does not look for them there. Of what the standard library makes, only
// the room of a [strings.Builder] is not cleared.
func Of[T any](n int) []T {
	if n == 0 {
		return []T{}
	}
	var room strings.Builder
	room.Grow(n * int(unsafe.Sizeof(*new(T))))
	_ = room.WriteByte(0) // a text without letters has no address
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.StringData(room.String()))), n)
}
