// Package progress counts how far a run has come, for somebody who watches it.
// The stages of a run (ingest, audit, report/publish) count, cmd looks at the
// counts from time to time. It draws nothing, knows no clock, and changes
// nothing of what a run does.
package progress

import "sync/atomic"

// Stage is what a run is at.
type Stage int32

// The stages, in their order.
const (
	Waiting Stage = iota // nothing is counted yet
	Reading              // files; counted in bytes, with rows
	Judging              // seats, prices and the plan; not counted
	Asking               // the rules; counted in questions to them
	Writing              // reports; counted in rows of people
)

// Count is how far a run has come. A nil one counts nothing; every method may
// be called by several at a time.
type Count struct {
	stage             atomic.Int32
	rows, done, total atomic.Int64
}

// Begin begins a stage of so many steps, 0 for a number nobody knows.
func (c *Count) Begin(s Stage, total int64) {
	if c == nil {
		return
	}
	c.done.Store(0)
	c.total.Store(total)
	c.stage.Store(int32(s))
}

// Add counts steps of the stage as done.
func (c *Count) Add(steps int64) {
	if c != nil {
		c.done.Add(steps)
	}
}

// AddRows counts rows that were read.
func (c *Count) AddRows(rows int) {
	if c != nil {
		c.rows.Add(int64(rows))
	}
}

// Seen is a look at a count.
type Seen struct {
	Stage       Stage
	Rows        int64 // read so far, of all files
	Done, Total int64 // steps of the stage; a Total of 0 is not known
}

// Look returns how far the run has come.
func (c *Count) Look() Seen {
	if c == nil {
		return Seen{}
	}
	return Seen{Stage(c.stage.Load()), c.rows.Load(), c.done.Load(), c.total.Load()}
}
