package users

import (
	"runtime"
	"unsafe"

	"tierline/audit/estate"
	"tierline/ingest/uncleared"
)

// room is the memory for a list of users, made once for all its parts:
// each part fills a stretch of its own, and at the end the stretches are moved
// together. A list of a million users would otherwise be copied while it grows
// and once more when its parts are joined.
type room struct {
	starts   []int // of each part's stretch, and the end of the last
	rows     []listRow
	letters  []uint64
	roles    [][]estate.Role
	seen     [][]estate.LastSeen
	evidence [][]estate.LastSeen
}

// What all user lists of one run may hold (METHOD 16.5): so many rows, and so many
// bytes for them. A million accounts on fifty products fit in, and four million
// on six.
const (
	MaxRows  = 4_000_000
	MaxBytes = 320 << 20
)

// MaxRows returns how many rows a list may have.
func (l *Layout) MaxRows() int { return min(MaxRows, MaxBytes/l.width()) }

// width returns how many bytes a row takes.
func (l *Layout) width() int {
	n := int(unsafe.Sizeof(listRow{}) + unsafe.Sizeof(uint64(0))) // with the letters of the id
	for _, p := range l.Products {
		if p.Access >= 0 {
			n += int(unsafe.Sizeof(estate.NoRole))
		}
		n += min(len(p.Seen), 1) * int(unsafe.Sizeof(estate.LastSeen{}))
	}
	for _, e := range l.Evidence {
		n += min(len(e.Seen), 1) * int(unsafe.Sizeof(estate.LastSeen{}))
	}
	return n
}

// Size returns how many rows a list holds, how many bytes they take, and how many
// the text that they point into.
func (l *List) Size() (rows, bytes, text int) {
	return len(l.rows), len(l.rows) * l.layout.width(), len(l.spans.text) + len(l.spans.arena)
}

// newRoom makes room for as many rows as each part may have. Only roles are cleared:
// those that a row does not state are not written.
func newRoom(l *Layout, rows []int) *room {
	r := &room{starts: make([]int, len(rows)+1)}
	for i, n := range rows {
		r.starts[i+1] = r.starts[i] + n
	}
	total := r.starts[len(rows)]
	r.rows, r.letters = uncleared.Of[listRow](total), uncleared.Of[uint64](total)
	for _, p := range l.Products {
		var roles []estate.Role
		var seen []estate.LastSeen
		if p.Access >= 0 {
			roles = make([]estate.Role, total)
		}
		if len(p.Seen) > 0 {
			seen = uncleared.Of[estate.LastSeen](total)
		}
		r.roles, r.seen = append(r.roles, roles), append(r.seen, seen)
	}
	for _, e := range l.Evidence {
		var seen []estate.LastSeen
		if len(e.Seen) > 0 {
			seen = uncleared.Of[estate.LastSeen](total)
		}
		r.evidence = append(r.evidence, seen)
	}
	return r
}

// stretch returns the empty stretch of part i; nil where the list has no such
// column. A part that has more rows than were foreseen (of a workbook, whose
// rows are not known) grows out of it by itself.
func stretch[T any](whole []T, starts []int, i int) []T {
	if whole == nil {
		return nil
	}
	return whole[starts[i]:starts[i]:starts[i+1]]
}

// closeGaps moves the stretches of all parts to the beginning of the whole; never
// nil. Stretches that are full, as of a list without blank or rejected rows, stay
// where they are.
func closeGaps[T any](whole []T, parts [][]T) []T {
	if len(parts) == 1 && parts[0] != nil {
		return parts[0]
	}
	n := 0
	for _, p := range parts {
		n += copy(whole[n:], p)
	}
	if whole == nil {
		return []T{}
	}
	return whole[:n:n]
}

// Fresh memory is to be written to before it is read. A page that is read
// first is given out by the system twice, as a page of zeros and, when it is
// written to, as one of its own; each time that happens, the other processors
// are stopped. With a million accounts it took longer than making them.

// touched makes room for n values that are read before they are written.
func touched[T any](n int) []T {
	room := make([]T, n)
	clear(room)
	return room
}

// accountsRoom makes room for n accounts. Where they are many, the garbage
// collector is to run before, when it finds next to nothing to do. It would
// else be started by making so much room, and read it all, looking for
// pointers, just before it is written to.
func accountsRoom(n int) []estate.Account {
	const many = 200_000
	if n >= many {
		runtime.GC()
	}
	return make([]estate.Account, n)
}
