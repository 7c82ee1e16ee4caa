package history

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/money"
)

// Kept is what earlier plans promised and what came of it, bill by bill (METHOD
// 23.5 to 23.8). It is handed on from run to run, so that each needs the one before
// it and no other.
type Kept struct {
	Year      int            `json:"year"` // of the day of the run, which the sums are of
	Since     date.Date      `json:"since,omitzero"`
	Currency  money.Currency `json:"currency,omitempty"`
	Hard      Sum            `json:"hard_saving"`
	Avoidance Sum            `json:"avoidance"`
	Promises  []Promise      `json:"promises"`
}

// Clone returns a copy that shares nothing with it.
func (k *Kept) Clone() Kept {
	out := *k
	out.Promises = slices.Clone(k.Promises)
	for i := range out.Promises {
		p := &out.Promises[i]
		p.Lines = slices.Clone(p.Lines)
		for j := range p.Lines {
			p.Lines[j].Bills = slices.Clone(p.Lines[j].Bills)
		}
	}
	return out
}

// Sum is what bills of one year were to cost less.
type Sum struct {
	Promised money.Amount `json:"promised"` // of bills that have fallen due
	Came     money.Amount `json:"came"`
	Ahead    money.Amount `json:"ahead"` // promised of bills that are still to come
}

// Avoidance is the class of promises that is no hard saving; the two are never added.
const Avoidance = "avoidance"

// What became of a promise.
const (
	KeptState   State = "kept"   // all of what was promised of the bills so far came
	MissedState State = "missed" // nothing of it came
)

// Promise is what one action of earlier plans was to bring in one year.
type Promise struct {
	Action   string         `json:"action"`
	Title    string         `json:"title"`
	Year     int            `json:"year"`
	Class    string         `json:"class"`
	On       date.Date      `json:"promised_on"` // as-of of the first plan that promised it
	Deadline date.Date      `json:"deadline"`    // by the last plan that did
	Seats    int            `json:"seats"`       // to be removed
	Gone     int            `json:"gone"`        // of them are gone
	State    State          `json:"state"`
	Currency money.Currency `json:"currency,omitempty"`
	Promised money.Amount   `json:"promised"`
	Due      money.Amount   `json:"due"` // of the bills that have fallen due
	Came     money.Amount   `json:"came"`
	Prices   money.Amount   `json:"price_rises"` // beside it: what list prices rose by since, for what is paid for now
	Joined   int            `json:"joined"`      // beside it: people who came since
	People   money.Amount   `json:"people"`      // and what they cost
	Lines    []PromisedLine `json:"lines"`
}

// PromisedLine is what an action was to change on one subscription.
type PromisedLine struct {
	Line  string         `json:"line"`
	Name  string         `json:"name"`
	Users *int           `json:"users"` // when it was promised
	Was   string         `json:"cycle_was"`
	Is    string         `json:"cycle"` // to be, of the bills
	Bills []PromisedBill `json:"bills"`
}

// PromisedBill is one bill that was to be lower.
type PromisedBill struct {
	Date     date.Date    `json:"date"`
	Before   int          `json:"quantity_before"` // without the action
	Cost     money.Amount `json:"cost_before"`     // as the plan had it
	Promised money.Amount `json:"promised"`
	Came     money.Amount `json:"came"` // null until it has fallen due and can be told
	Settled  bool         `json:"settled"`
	Prices   money.Amount `json:"price_rises"`
	People   money.Amount `json:"people"`
}

// Asked is an action of a plan with what it promises line by line.
type Asked struct {
	Action
	Class string
	Lines []AskedLine
}

// AskedLine is what an action changes on one subscription in its coming term.
type AskedLine struct {
	Line, Name    string
	Users         *int
	Was, Is       string // cycles before and after
	Start         date.Date
	Before        int // quantity of the first bill without the action
	Cost, Lowered money.Amount
}

// months is how many bills a monthly subscription has in a term.
const months = 12

// bills cuts what an action promises of a line into its bills: one a term, or twelve
// that add up to it.
func (l *AskedLine) bills() []PromisedBill {
	n := 1
	if l.Is == monthly {
		n = months
	}
	part := func(a money.Amount, k int) money.Amount {
		upTo := func(k int) money.Amount {
			return a.Exact().MulInt(k).Div(money.Int(int64(n))).Round(a.Currency(), money.HalfUp)
		}
		if !a.Known() {
			return a
		}
		return upTo(k + 1).Sub(upTo(k))
	}
	var out []PromisedBill
	for k := range n {
		out = append(out, PromisedBill{Date: l.Start.AddMonths(k), Before: l.Before, Cost: part(l.Cost, k), Promised: part(l.Lowered, k)})
	}
	return out
}

// bill is one bill of one class of money.
type bill struct {
	line, class string
	day         date.Date
}

// Promise adds what a plan promises beyond what earlier ones did for the same bills
// (METHOD 23.5): a saving is promised once, however many plans ask for it, and under
// whatever name.
func (k *Kept) Promise(on date.Date, plan []Asked) {
	before, planned := k.promised(), map[bill]money.Amount{}
	for i := range plan {
		a := &plan[i]
		for j := range a.Lines {
			l := &a.Lines[j]
			for _, b := range l.bills() {
				if b.Date.Before(on) || !b.Promised.Known() {
					continue
				}
				key := bill{l.Line, a.Class, b.Date}
				sum := b.Promised
				if old, some := planned[key]; some {
					sum = old.Add(sum)
				}
				planned[key] = sum
				if was, some := before[key]; some {
					beyond := sum.Sub(was)
					if beyond.Sign() <= 0 {
						continue
					}
					if beyond.Less(b.Promised) {
						b.Promised = beyond
					}
				}
				k.of(a, on, b.Date.Year()).line(l).add(b)
			}
		}
	}
}

// Rename gives the lines that were promised the ids they have now, so that what is
// promised of one under either is of the same bill.
func (k *Kept) Rename(now func(id string) string) {
	for i := range k.Promises {
		for j := range k.Promises[i].Lines {
			l := &k.Promises[i].Lines[j]
			l.Line = now(l.Line)
		}
	}
}

// promised returns what is promised of each bill.
func (k *Kept) promised() map[bill]money.Amount {
	out := map[bill]money.Amount{}
	k.each(func(p *Promise, l *PromisedLine, b *PromisedBill) {
		key := bill{l.Line, p.Class, b.Date}
		if old, some := out[key]; some {
			out[key] = old.Add(b.Promised)
		} else {
			out[key] = b.Promised
		}
	})
	return out
}

// each goes through all bills, in the order in which they were promised.
func (k *Kept) each(do func(*Promise, *PromisedLine, *PromisedBill)) {
	for i := range k.Promises {
		p := &k.Promises[i]
		for j := range p.Lines {
			for n := range p.Lines[j].Bills {
				do(p, &p.Lines[j], &p.Lines[j].Bills[n])
			}
		}
	}
}

// of returns the promise of an action in a year; a new one where there is none.
func (k *Kept) of(a *Asked, on date.Date, year int) *Promise {
	i := slices.IndexFunc(k.Promises, func(p Promise) bool { return p.Action == a.ID && p.Year == year })
	if i < 0 {
		i = len(k.Promises)
		k.Promises = append(k.Promises, Promise{Action: a.ID, Year: year, Class: a.Class, On: on, Currency: a.Amount.Currency()})
	}
	p := &k.Promises[i]
	p.Title, p.Deadline, p.Seats = a.Title, a.Deadline, max(p.Seats, a.Seats)
	return p
}

// line returns a line of a promise; a new one where there is none.
func (p *Promise) line(l *AskedLine) *PromisedLine {
	i := slices.IndexFunc(p.Lines, func(x PromisedLine) bool { return x.Line == l.Line })
	if i < 0 {
		i = len(p.Lines)
		p.Lines = append(p.Lines, PromisedLine{Line: l.Line, Name: l.Name, Users: l.Users, Was: l.Was, Is: l.Is})
	}
	return &p.Lines[i]
}

// add adds a bill, or what more is promised of it.
func (l *PromisedLine) add(b PromisedBill) {
	i := slices.IndexFunc(l.Bills, func(x PromisedBill) bool { return x.Date == b.Date })
	if i < 0 {
		l.Bills = append(l.Bills, b)
		return
	}
	old := &l.Bills[i]
	old.Promised, old.Before, old.Cost = old.Promised.Add(b.Promised), max(old.Before, b.Before), b.Cost
}
