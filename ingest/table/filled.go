package table

import (
	"math/bits"

	"tierline/ingest/table/marks"
)

// A list of many products is mostly empty cells. Most of its records are read by
// the cells that are not empty, as places in the text, and no string is made
// of any cell that nobody asks for.

// Filled is a record without quotation marks, by its cells that are not empty.
type Filled struct {
	Line  int
	Width int // how many cells it has, the empty ones among them
	Cells []Piece
}

// Piece is a cell of the text of a sheet.
type Piece struct {
	Column   uint32
	From, To uint32 // in [Sheet.Text]
}

// maxFilled is how many cells a record may have to be read so.
const maxFilled = 512

// EachFilled is [Sheet.Each] that first shows a record to usual, where it can be
// read by its filled cells. Where usual returns false, row gets all of its cells.
// The record is valid until usual returns.
func (s *Sheet) EachFilled(usual func(*Filled) bool, row func(Row) bool, bad func(Problem)) {
	if s.book != nil {
		s.book.each(row, bad)
		return
	}
	for i := 0; i < len(s.made) && row(s.made[i]); i++ {
	}
	sc := newScanner(asString(s.text), byte(s.comma), s.line+1)
	var room filledRoom
	for n := 0; ; n++ {
		if n%looked == 0 && s.ctx.Err() != nil {
			return
		}
		if usual != nil && sc.filled(&room, usual) {
			continue
		}
		r, problem, ok := sc.record()
		switch {
		case !ok:
			return
		case problem != nil:
			bad(*problem)
		case !row(r):
			return
		}
	}
}

// filledRoom is a record and room for its cells.
type filledRoom struct {
	Filled
	cells [maxFilled]Piece
}

// filled shows the next record to usual and goes on behind it; where it has
// quotation marks, has no end or is refused, nothing is read.
func (s *scanner) filled(room *filledRoom, usual func(*Filled) bool) bool {
	end := s.fill(room)
	if end == 0 || !usual(&room.Filled) {
		return false
	}
	s.pos = end
	s.line++
	return true
}

// fill finds the cells of the next record and returns where it ends; 0 where it
// cannot be read so. A cell that is not empty ends at a mark that does not follow
// another; so the empty ones are passed over without being looked at.
func (s *scanner) fill(room *filledRoom) (end int) {
	from, column, n := s.pos, 0, 0
	follows := uint64(1) // whether the byte before a block is a mark
	for at := s.pos; at < len(s.text); {
		set, base := s.at(at)
		record := below(set.Ends)
		if set.Quotes&record != 0 {
			return 0
		}
		separators := set.Separators & record
		all := separators | set.Ends&-set.Ends
		if column+bits.OnesCount64(separators) >= maxFilled {
			return 0
		}
		for ends := all &^ (all<<1 | follows<<(at-base)); ends != 0; ends &= ends - 1 {
			before := below(ends)
			if earlier := all & before; earlier != 0 {
				from = base + bits.Len64(earlier)
			}
			room.cells[n] = Piece{uint32(column + bits.OnesCount64(separators&before)), uint32(from), uint32(base + bits.TrailingZeros64(ends))}
			n++
		}
		column += bits.OnesCount64(separators)
		if set.Ends != 0 {
			return s.ended(room, column+1, n, base+bits.TrailingZeros64(set.Ends))
		}
		if all != 0 {
			from = base + bits.Len64(all)
		}
		follows = all >> (marks.Block - 1)
		at = base + marks.Block
	}
	return 0
}

// ended completes a record that has a line end at a place, and returns the place
// behind that. A carriage return before it belongs to it.
func (s *scanner) ended(room *filledRoom, width, n, at int) (end int) {
	if at > s.pos && s.text[at-1] == '\r' {
		last := &room.cells[n-1]
		if last.To--; last.To == last.From {
			n--
		}
	}
	room.Filled = Filled{Line: s.line, Width: width, Cells: room.cells[:n]}
	return at + 1
}
