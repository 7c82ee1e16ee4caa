package xlsx

import "tierline/report"

// Most cells of a million rows stand further above in the same words: a department,
// a site, a class, nothing at all. Each column keeps the last few as they were
// written, so that they are not judged, styled and escaped again.

// seenCells is how many a column keeps: as many as there are products or actions in
// most organisations.
const seenCells = 8

// seenCell is a cell that stands further above, as it was written.
type seenCell struct {
	cell   report.Cell
	as     []byte // what follows the number of the row; nil for no cell yet
	shared bool   // it names a text that is held once
}

// at returns where a cell would be that was seen.
func (c *bulkColumn) at(like *report.Cell) *seenCell {
	n := like.Count + int(like.Date.Number()) + len(like.Text)
	if like.Text != "" {
		n += int(like.Text[len(like.Text)-1])
	}
	return &c.seen[uint(n)%uint(len(c.seen))]
}

// see keeps a cell, unless it follows from its row or is told of each time.
func (c *bulkColumn) see(cell *report.Cell, as []byte, shared bool) {
	if cell.Formula != nil || cell.Figure != "" {
		return
	}
	s := c.at(cell)
	s.cell, s.as, s.shared = *cell, append(s.as[:0], as...), shared
}

// again writes a cell as it was written further above; false where it was not.
func (b *bulk) again(column int, c *report.Cell) bool {
	seen := b.columns[column].at(c)
	if seen.as == nil || !sameCell(&seen.cell, c) {
		return false
	}
	if seen.shared {
		b.texts.uses++
	}
	b.block.xml = append(b.place(column), seen.as...)
	return true
}

// sameCell reports whether two cells without formula are written alike.
func sameCell(a, b *report.Cell) bool {
	return a.Kind == b.Kind && a.Count == b.Count && a.Date == b.Date && a.Text == b.Text && a.Amount == b.Amount && a.Exact == b.Exact &&
		a.Holds == b.Holds && a.Unknown == b.Unknown && a.Strong == b.Strong && a.Locked == b.Locked && b.Figure == "" && b.Formula == nil &&
		sameLink(a.Link, b.Link)
}

func sameLink(a, b *report.Ref) bool { return a == b || a != nil && b != nil && *a == *b }
