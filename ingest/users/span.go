package users

import "unsafe"

// span is a piece of the text of a list. The rows of a list of a million users
// hold spans instead of strings, so that they contain no pointers: otherwise
// the garbage collector walks them again and again while they are written.
type span struct {
	at uint32 // position in the text; in the arena when own is set
	n  uint32
}

// own marks a span of the arena. A text is smaller than 2 GiB.
const own = 1 << 31

// spans is where spans point into: the text of a sheet, and an arena for the
// cells that are not a piece of it (with doubled quotation marks, in lower
// case, of a workbook).
type spans struct {
	text  string
	arena []byte
}

// maxArena is how much text the arena may hold, several times what a million
// people need. The cells of a workbook may all refer to one long text, so its
// size says nothing about theirs.
const maxArena = 256 << 20

// full reports whether the arena has no room for n more bytes.
func (s *spans) full(n int) bool { return len(s.arena)+n > maxArena }

// put returns the span of a cell, copying it into the arena when it is no
// piece of the text.
func (s *spans) put(cell string) span {
	if cell == "" {
		return span{}
	}
	from := uintptr(unsafe.Pointer(unsafe.StringData(s.text)))
	at := uintptr(unsafe.Pointer(unsafe.StringData(cell)))
	if at >= from && at-from+uintptr(len(cell)) <= uintptr(len(s.text)) {
		return span{uint32(at - from), uint32(len(cell))}
	}
	s.arena = append(s.arena, cell...)
	return span{uint32(len(s.arena)-len(cell)) | own, uint32(len(cell))}
}

// get returns the text of a span. It may be asked only when everything is
// put: a piece of the arena is not copied.
func (s *spans) get(p span) string {
	switch {
	case p.n == 0:
		return ""
	case p.at&own != 0:
		return unsafe.String(&s.arena[p.at&^own], p.n)
	}
	return s.text[p.at : p.at+p.n]
}

// adopt takes over the arena of a part that read a piece of the same text.
func (s *spans) adopt(part *spans, rows []listRow) {
	shift := uint32(len(s.arena))
	s.arena = append(s.arena, part.arena...)
	if shift == 0 || len(part.arena) == 0 {
		return
	}
	for i := range rows {
		for _, p := range []*span{&rows[i].id, &rows[i].name, &rows[i].email} {
			if p.at&own != 0 {
				p.at += shift
			}
		}
	}
}
