package pdf

import "tierline/report"

// column is where a column of a table stands.
type column struct {
	x, w  float64
	right bool // read from its right end
}

// charWidth is the width of an average letter of table text, for the hints in
// characters.
const charWidth = 1.62

// need is how much room a column asks for: it can be read from least on, looks
// as meant from want on, and gains nothing beyond most.
type need struct{ least, want, most float64 }

// layColumns finds the largest type in which every column has its least width
// and gives each its place.
func (t *table) layColumns() {
	var needs []need
	for _, size := range []float64{8.5, 8, 7.5, 7, 6.5, 6} {
		t.font = font{size: size}
		needs = t.needs()
		if sumNeeds(needs, func(n need) float64 { return n.least }) <= t.room() {
			break
		}
	}
	widths := allot(needs, t.room())
	t.stretch(widths)
	x := t.x
	t.cols = nil
	for i, w := range widths {
		t.cols = append(t.cols, column{x: x, w: w, right: t.src.Columns[i].Kind.Numeric()})
		x += w + t.gutter()
	}
}

// gutter returns the space between columns: less when they are many.
func (t *table) gutter() float64 {
	if len(t.src.Columns) > 8 {
		return gutter * 0.66
	}
	return gutter
}

// room returns the width that the columns share.
func (t *table) room() float64 {
	return t.w - t.gutter()*float64(max(0, len(t.src.Columns)-1))
}

func (t *table) needs() []need {
	out := make([]need, len(t.src.Columns))
	headFont := t.font
	headFont.bold = true
	for i, col := range t.src.Columns {
		n := need{least: t.c.longest(t.headers[i], headFont)}
		full := n.least
		for _, row := range t.all() {
			s := row[i]
			f := t.cellFont(s)
			w := t.c.width(s.text+s.hang, f)
			full = max(full, w)
			if s.number || s.unknown {
				n.least = max(n.least, w)
			} else {
				n.least = max(n.least, min(t.c.longest(s.text, f), t.w/5))
			}
		}
		n.want = max(n.least, full)
		n.most = max(full, n.want, t.c.width(t.headers[i], headFont))
		if hint := float64(col.Width) * charWidth; col.Kind == report.Text && hint > 0 && (col.Wrap || hint < full) {
			n.want = max(n.least, min(full, hint))
			n.most = n.want // what is meant to wrap leaves the rest to the others
		}
		out[i] = n
	}
	return out
}

func sumNeeds(needs []need, of func(need) float64) (sum float64) {
	for _, n := range needs {
		sum += of(n)
	}
	return sum
}

// allot gives the columns their widths: the least first, then up to what they
// want, then up to what they can use, the smallest wishes first, so that a
// long text does not make short ones wrap. Where not even the least fits, all
// shrink alike and numbers are printed smaller.
func allot(needs []need, room float64) []float64 {
	out := make([]float64, len(needs))
	least := sumNeeds(needs, func(n need) float64 { return n.least })
	for i, n := range needs {
		out[i] = n.least * min(1, room/least)
	}
	for _, goal := range []func(need) float64{
		func(n need) float64 { return n.want },
		func(n need) float64 { return n.most },
	} {
		room := room
		for _, w := range out {
			room -= w
		}
		grow(out, needs, goal, room)
	}
	return out
}

// grow spends room on columns that are below their goal, in equal parts until
// one after the other reaches it.
func grow(out []float64, needs []need, goal func(need) float64, room float64) {
	for range needs {
		open := 0
		for i, n := range needs {
			if out[i] < goal(n) {
				open++
			}
		}
		if open == 0 || room <= 0 {
			return
		}
		part := room / float64(open)
		for i, n := range needs {
			if more := min(part, goal(n)-out[i]); more > 0 {
				out[i] += more
				room -= more
			}
		}
	}
}

// stretch spends what is left on the columns of text, or on all where there
// are none, so that every table ends at the right margin. Numbers stay near
// the text they belong to.
func (t *table) stretch(widths []float64) {
	rest := t.room()
	for _, w := range widths {
		rest -= w
	}
	if rest <= 0 {
		return
	}
	var texts []int
	var sum float64
	for i, col := range t.src.Columns {
		if col.Kind == report.Text {
			texts = append(texts, i)
			sum += widths[i] + 1
		}
	}
	if len(texts) == 0 {
		for i := range widths {
			widths[i] += rest / float64(len(widths))
		}
		return
	}
	for _, i := range texts {
		widths[i] += rest * (widths[i] + 1) / sum
	}
}
