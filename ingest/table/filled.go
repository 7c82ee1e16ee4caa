package table

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

// filledRoom is a record and room for its cells, with one more that is written to
// for a last cell that is empty.
type filledRoom struct {
	Filled
	cells [maxFilled + 1]Piece
}

// filled shows the next record to usual and goes on behind it; where it has
// quotation marks, has no end or is refused, nothing is read.
func (s *scanner) filled(room *filledRoom, usual func(*Filled) bool) bool {
	base, next := s.base, s.next
	end := s.fill(room)
	if end > 0 && usual(&room.Filled) {
		s.pos = end
		s.line++
		return true
	}
	if s.base == base {
		s.next = next
	} else {
		s.back(s.pos)
	}
	return false
}

// fill finds the cells of the next record and returns where it ends; 0 where it
// cannot be read so.
func (s *scanner) fill(room *filledRoom) (end int) {
	text, comma := s.text, s.comma
	from, column, n := s.pos, 0, 0
	for {
		base, places := s.base, s.places[s.next:s.found]
		for k, place := range places {
			i := base + int(place)
			if i < from {
				continue
			}
			c := text[i]
			to := i
			if c == '\n' && i > from && text[i-1] == '\r' {
				to--
			}
			room.cells[n] = Piece{uint32(column), uint32(from), uint32(to)}
			if to > from {
				n++
			}
			column++
			from = i + 1
			if c == comma && column < maxFilled {
				continue
			}
			s.next += k + 1
			if c != '\n' {
				return 0
			}
			room.Filled = Filled{Line: s.line, Width: column, Cells: room.cells[:n]}
			return from
		}
		if s.base = max(s.end, from); s.base >= len(text) {
			s.next = s.found
			return 0
		}
		s.look()
	}
}
