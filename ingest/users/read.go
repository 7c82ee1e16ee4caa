package users

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// reader reads the rows of one sheet, a long one in several parts side by
// side. What one part needs it keeps to itself, so the outcome does not depend
// on how many there are.
type reader struct {
	*sheet.Sheet
	layout *Layout
}

// kept returns the text that the rows of the list point into: none where all of
// it would be too much to keep, and what they need is copied.
func (r *reader) kept() string {
	if r.Copy {
		return ""
	}
	return r.Text()
}

// cut cuts a long list finer than there are processors, so that none is idle while
// another still reads: into pieces of half a MiB, from 4 to 16 for each.
func (r *reader) cut() []*table.Sheet {
	const piece, fewest, most = 512 << 10, 4, 16
	n := runtime.GOMAXPROCS(0)
	if r.Copy {
		return r.Split(1) // so that one limit holds for all that is copied
	}
	return r.Split(min(max(len(r.Text())/piece, fewest*n), most*n))
}

// parts reads each part by itself; false when one of several met a row
// that cannot be split, since the parts may then begin in the wrong place.
func (r *reader) parts(sheets []*table.Sheet) ([]*part, *room, bool) {
	parts := make([]*part, len(sheets))
	rows := make([]int, len(sheets))
	for i, t := range sheets {
		rows[i] = min(t.Rows(r.Line), r.layout.MaxRows()) // a cell may have more lines
	}
	room := newRoom(r.layout, rows)
	var wait sync.WaitGroup
	for i, t := range sheets {
		wait.Go(func() {
			// Made here and not before, so that what the parts write all the
			// time does not lie side by side in memory: two processors would
			// fight for it.
			p := newPart(r, room, i)
			parts[i] = p
			p.from(t)
		})
	}
	wait.Wait()
	if len(parts) == 1 {
		return parts, room, true
	}
	return parts, room, !slices.ContainsFunc(parts, func(p *part) bool { return len(p.problems) > 0 })
}

// account adds what a part read to the accounting of the sheet.
func (p *part) account(s *sheet.Sheet) {
	s.Input.Read += p.read
	s.Input.Used += len(p.rows)
	for _, x := range p.excluded {
		s.Input.Exclude(x.Reason, x.Rows)
	}
	s.Input.Rejected += p.read - len(p.rows) - sumRows(p.excluded)
	s.Append(p.Log)
	for _, problem := range p.problems {
		s.Unsplit(problem)
	}
	s.UnsplitFurther(p.further)
}

func sumRows(list []estate.Excluded) int {
	n := 0
	for _, x := range list {
		n += x.Rows
	}
	return n
}

// merge joins the parts into one list; a single part is taken as it is.
func (r *reader) merge(parts []*part, room *room) *List {
	list := &List{in: r.Input, source: r.At(0, 0), layout: r.layout, format: r.Format.ID, entry: r.Mapping.Glob}
	r.date(list, parts)
	list.spans.text = r.kept()
	rows := make([][]listRow, len(parts))
	first := 0 // row of the part in the list
	for i, p := range parts {
		list.spans.adopt(&p.spans, p.rows)
		list.keys.join(p.keys)
		list.groups.join(p.groups)
		list.stated.join(&p.stated, first)
		first += len(p.rows)
		list.broken = list.broken.Or(r.broken(p.problems))
		rows[i] = p.rows
	}
	list.rows = closeGaps(room.rows, rows)
	list.adoptLetters(room, parts)
	for n, product := range r.layout.Products {
		c := column{site: product.Site, product: product.Product, at: product.At, signal: r.layout.Signal, ofNamedRows: product.When != nil, billed: product.Billed}
		uses := dateSpan{}
		roles, seen := make([][]estate.Role, len(parts)), make([][]estate.LastSeen, len(parts))
		for i, p := range parts {
			roles[i], seen[i] = p.roles[n], p.seen[n]
			uses.join(p.dates[n])
		}
		c.newest = uses.newest
		if product.Access >= 0 {
			c.roles = closeGaps(room.roles[n], roles)
		}
		if len(product.Seen) > 0 {
			c.seen = closeGaps(room.seen[n], seen)
		}
		list.columns = append(list.columns, c)
	}
	for n, e := range r.layout.Evidence {
		v := evidence{name: e.Name, disabled: e.Disabled, cleanUp: e.CleanUp}
		seen := make([][]estate.LastSeen, len(parts))
		for i, p := range parts {
			seen[i] = p.evidence[n]
		}
		if len(e.Seen) > 0 {
			v.seen = closeGaps(room.evidence[n], seen)
		}
		list.evidence = append(list.evidence, v)
	}
	return list
}

// broken says why a list with records that cannot be split is not complete: the
// rows inside them are missing.
func (r *reader) broken(problems []table.Problem) diag.Reason {
	if len(problems) == 0 {
		return diag.Reason{}
	}
	return diag.Why(diag.Unreadable, "%s, so rows may be missing", problems[0].Message).From(r.At(problems[0].Line, 0))
}

// remarkOnWords reports access cells with words nobody knows as a role.
func (r *reader) remarkOnWords(parts []*part) {
	seat := "User"
	if r.layout.Flags {
		seat = "Yes"
	}
	for i, product := range r.layout.Products {
		var strange oddCells
		for _, p := range parts {
			strange.joinWords(p.strange[i])
		}
		r.remarkOnOdd(product.Access, strange, "no role we know, so whether these are paid seats is not known",
			"write "+seat+" where they are, and clear the cell where not")
	}
}

// remarkOnRows remarks on the rows and columns of the list as a whole.
func (r *reader) remarkOnRows(parts []*part, list *List) {
	short, first := 0, 0
	for _, p := range parts {
		if p.short > 0 && short == 0 {
			first = p.shortLine
		}
		short += p.short
	}
	if short > 0 {
		r.Diags.Add(diag.Incomplete, r.At(first, 0),
			fmt.Sprintf("%s too short to reach an access column, so whether they hold a paid seat is not known", money.PluralIs(short, "row")), "export the users again")
	}
	if list.empty() && r.Input.Rejected == 0 {
		r.Diags.Add(diag.Incomplete, r.At(0, 0), "a user list without a single account", "the download may have failed")
	}
	if r.layout.AccessOption && len(r.layout.Products) > 0 && !list.empty() && !r.layout.CountsSeats() {
		r.Diags.Add(diag.Warning, r.At(r.Line, 0), "this export has no access columns, so it gives no number of seats", "export again with the option for app access")
	}
}
