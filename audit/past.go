package audit

import (
	"cmp"
	"errors"
	"iter"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/history"
	"tierline/audit/seats"
)

// Earlier is a run of an earlier day that this one is compared with.
type Earlier struct {
	Run    string // the name of its folder
	Result *Result
	Seats  func() iter.Seq2[history.Seat, error] // of its seats.csv, in its order
}

// History is what a run knows of those before it.
type History struct {
	Runs    int                `json:"runs"` // how many it goes back, each to the one before it
	Changes history.Comparison `json:"changes"`

	Kept   history.Kept    `json:"kept"`
	Counts []history.Count `json:"counts"` // of users in earlier runs

	// Withdrawn are the deadlines of earlier runs that hold no more although their
	// day is still to come, so that a calendar takes them out.
	Withdrawn []Deadline `json:"withdrawn"`

	// Moves are the seats that are new, gone, reactivated or lapsed, as many as the
	// policy's workbook_seats. They name people, and stand in no result.json.
	Moves   []history.SeatMove `json:"-"`
	Unnamed int                `json:"-"` // moves beyond these
}

// countsMonths is how long a count of users is remembered.
const countsMonths = 13

// counts lists the users that runs up to the earlier one counted, by site, product
// and day: those of access columns of which nothing is in doubt, on the day that
// the export speaks for (METHOD 23.9).
func (e *Earlier) counts(asOf date.Date) []history.Count {
	out := []history.Count{}
	if e == nil {
		return out
	}
	if h := e.Result.History; h != nil {
		out = append(out, h.Counts...)
	}
	for i := range e.Result.Seats {
		p := &e.Result.Seats[i]
		if p.From == seats.FromAccess && p.Users != nil && p.Seats != nil && *p.Users == *p.Seats && !p.EvidenceDay.IsZero() {
			out = append(out, history.Count{Date: p.EvidenceDay, Site: p.Site, Product: p.Product, Users: *p.Users, Run: e.Run})
		}
	}
	out = slices.DeleteFunc(out, func(c history.Count) bool { return c.Date.Before(asOf.AddMonths(-countsMonths)) })
	slices.SortStableFunc(out, func(a, b history.Count) int {
		return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Product, b.Product), a.Date.Compare(b.Date))
	})
	return slices.CompactFunc(out, func(a, b history.Count) bool { return a.Site == b.Site && a.Product == b.Product && a.Date == b.Date })
}

// recalled returns the estate with the counts of earlier runs.
func (e *Earlier) recalled(of *estate.Estate, asOf date.Date) *estate.Estate {
	counts := e.counts(asOf)
	if len(counts) == 0 {
		return of
	}
	out := *of
	for _, c := range counts {
		out.PastCounts = append(out.PastCounts, estate.UserCount{Date: c.Date, Site: c.Site, Product: c.Product, Users: c.Users,
			Source: diag.Source{File: "run " + c.Run}})
	}
	return &out
}

// Remembered returns how many runs the memory of a result goes back.
func (r *Result) Remembered() int {
	if r.History == nil {
		return 0
	}
	return r.History.Runs
}

// remember compares the result with the run before it; nil where there is none.
// Where the seats of that run cannot be read, a remark says so and the rest is
// compared.
func (w *work) remember(r *Result) (*History, diag.List) {
	if w.Earlier == nil {
		return nil, nil
	}
	var remarks diag.List
	before, after := w.Earlier.Result.Facts(), r.Facts()
	before.Name = w.Earlier.Run
	for i := range after.Lines {
		after.Lines[i].Year = w.costs.Lines[i].YearAt
	}
	h := &History{Runs: w.Earlier.Result.Remembered() + 1, Changes: *history.Compare(before, after)}
	policy := &w.Config.Policy
	moves, err := history.Follow(history.InOrder(w.Earlier.Seats()), w.seatsInOrder, policy.InactiveAfterDays, policy.WorkbookSeats)
	if err != nil {
		remarks.Add(diag.Warning, diag.Source{}, "the seats of the run "+w.Earlier.Run+" cannot be compared: "+err.Error(), "")
		moves = &history.SeatMoves{Changes: []history.SeatsChange{}}
	}
	h.Changes.Seats, h.Moves, h.Unnamed = moves.Changes, moves.Moves, moves.Unnamed
	h.Counts = w.Earlier.counts(w.AsOf)
	h.Kept = w.kept(r, moves.Gone)
	h.Changes.Judge(before, after, moves.Gone, h.seen(r.since(w.Earlier.Result)))
	h.Withdrawn = withdrawn(w.Earlier.Result, r)
	return h, remarks
}

// withdrawn lists what an earlier run had among its deadlines, or had taken out
// itself, and a later one has not (METHOD 9.7).
func withdrawn(before, after *Result) []Deadline {
	holds := map[string]bool{}
	for i := range after.Deadlines {
		holds[after.Deadlines[i].ID] = true
	}
	all := before.Deadlines
	if before.History != nil {
		all = slices.Concat(all, before.History.Withdrawn)
	}
	out := []Deadline{}
	for _, d := range all {
		if !holds[d.ID] && !d.Date.Before(after.Run.AsOf) {
			holds[d.ID] = true
			out = append(out, d)
		}
	}
	return out
}

// Compare says what is other in a run than in an earlier one, by their results
// and seats alone. An error says why that cannot be told.
func Compare(before, after *Earlier) (*history.Comparison, error) {
	was, is := before.Result.Facts(), after.Result.Facts()
	was.Name = before.Run
	if why := history.Comparable(was.Run, is.Run); why != "" {
		return nil, errors.New(why)
	}
	c := history.Compare(was, is)
	var broken error
	seats := func(yield func(history.Seat) bool) {
		for s, err := range history.InOrder(after.Seats()) {
			if broken = err; err != nil || !yield(s) {
				return
			}
		}
	}
	moves, err := history.Follow(history.InOrder(before.Seats()), seats, after.Result.Run.Policy.InactiveAfterDays, 1)
	if err := errors.Join(err, broken); err != nil {
		return nil, err
	}
	c.Seats = moves.Changes
	c.Judge(was, is, moves.Gone, after.Result.since(before.Result).seen)
	return c, nil
}

// seen says besides what a run shows of a line whether an invoice shows the price
// that a quote kept.
func (h *History) seen(now linesNow) func(string) history.Seen {
	return func(line string) history.Seen {
		s := now.seen(line)
		s.Kept = h.Kept.Avoided(now.id(line))
		return s
	}
}

// linesNow are the lines of a run by their ids, and by those they had in an earlier one.
type linesNow map[string]*Line

// since returns the lines by the ids of an earlier run too. A row that has got an
// entitlement since, or another, has another id and is the same subscription.
func (r *Result) since(before *Result) linesNow {
	was, now := before.linesByID(), linesNow(r.linesByID())
	added := map[string]*Line{}
	for i := range r.Lines {
		if l := &r.Lines[i]; was[l.ID] == nil && added[l.bareID()] == nil {
			added[l.bareID()] = l
		}
	}
	for id, old := range was {
		if l := added[old.bareID()]; l != nil && now[id] == nil {
			now[id] = l
		}
	}
	return now
}

// bareID returns the id of the line without its entitlement.
func (l *Line) bareID() string { return costing.LineID(l.Site, l.Type, l.Key, "") }

// linesByID returns the subscriptions by their ids.
func (r *Result) linesByID() map[string]*Line {
	out := make(map[string]*Line, len(r.Lines))
	for i := range r.Lines {
		out[r.Lines[i].ID] = &r.Lines[i]
	}
	return out
}

// id returns the present id of a line; of one that is gone, the one it had.
func (n linesNow) id(old string) string {
	if l := n[old]; l != nil {
		return l.ID
	}
	return old
}

// seen returns what the run shows of a line.
func (n linesNow) seen(id string) history.Seen {
	l := n[id]
	if l == nil {
		return history.Seen{}
	}
	return history.Seen{There: true, Merged: l.merged(), Users: l.Users, Quantity: l.Quantity(), Cycle: l.Cycle.String()}
}

// merged reports whether a subscription is paid for with the same one on other sites.
func (l *Line) merged() bool { return l.Entitlement != "" && l.PaidWith != "" }

// seatsInOrder yields the paid seats as a comparison knows them, by product and
// account.
func (w *work) seatsInOrder(yield func(history.Seat) bool) {
	for _, p := range w.register.Products {
		if !p.ListsSeats() {
			continue
		}
		for i, class := range p.Seats {
			if class == seats.NoSeat {
				continue
			}
			a, seen := &w.Estate.Accounts[i], p.Seen(int32(i))
			out := history.Seat{Site: p.Site, Product: p.Key, Account: a.ID, Name: a.Name, Email: a.Email, Never: seen.IsNever(), New: class == seats.New}
			if day, used := seen.Date(); used {
				out.LastSeen = day
			}
			if idle, known := p.Idle(int32(i)); known {
				out.Idle = &idle
			}
			if !yield(out) {
				return
			}
		}
	}
}
