package pdf

// A table that is long and narrow stands in two halves beside each other. No table
// that links name does, nor one with a total.
const (
	twinRows = 8   // from so many on
	twinGap  = 8.0 // between the halves
)

// halve puts the second half of the rows beside the first where every row then
// still has one line.
func (t *table) halve() {
	if len(t.rows) < twinRows || t.total != nil || t.src.ID != "" {
		return
	}
	half := *t
	half.w = (width - twinGap) / 2
	half.layColumns()
	if half.font != t.font || half.wraps() {
		return
	}
	n := (len(t.rows) + 1) / 2
	second := half
	second.rows, second.x = t.rows[n:], left+half.w+twinGap
	second.cols = shifted(half.cols, second.x-half.x)
	second.head = second.headBlock()
	half.rows, half.twin = t.rows[:n:n], &second
	*t = half
	t.head = t.headBlock()
}

// wraps reports whether a row or a title needs more than a line.
func (t *table) wraps() bool {
	f := t.font
	f.bold = true
	for i, col := range t.cols {
		if len(t.c.wrap(t.headers[i], f, col.w)) > 1 {
			return true
		}
	}
	for _, row := range t.rows {
		if _, lines := t.rowLines(row); lines > 1 {
			return true
		}
		for i, s := range row {
			if t.c.width(s.text+s.hang, t.cellFont(s)) > t.cols[i].w {
				return true
			}
		}
	}
	return false
}

// shifted are columns as wide, further right.
func shifted(cols []column, by float64) []column {
	out := make([]column, len(cols))
	for i, c := range cols {
		c.x += by
		out[i] = c
	}
	return out
}

// side draws a second block beside the first.
func side(a, b block) block {
	first := a.draw
	a.height = max(a.height, b.height)
	a.draw = func(y float64) {
		first(y)
		b.draw(y)
	}
	return a
}
