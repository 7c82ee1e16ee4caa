package main

import (
	"fmt"
	"io"
	"iter"
	"os"
	"sync"
	"time"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/progress"
)

// progressLine is one line on a terminal that says how far a run is and is gone
// when it ends. Nothing else is printed while it stands.
type progressLine struct {
	to    io.Writer
	count *progress.Count
	stop  chan struct{}
	gone  chan struct{}
	once  sync.Once
}

// redrawn is how often the line is drawn; the first time after as long, so that
// short runs show none.
const redrawn = 500 * time.Millisecond

// eraseLine goes to the first column and clears the line.
const eraseLine = "\r\x1b[K"

// terminal returns the terminal behind a writer, nil for anything else.
func terminal(w io.Writer) io.Writer {
	f, ok := w.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return f
}

// watch begins to show how far a run is, where somebody watches.
func (a *app) watch() *progress.Count {
	if a.terminal == nil || a.log.quiet || a.log.format == logJSON {
		return nil
	}
	p := &progressLine{to: a.terminal, count: &progress.Count{}, stop: make(chan struct{}), gone: make(chan struct{})}
	a.progress.Store(p)
	go p.draw()
	return p.count
}

// unwatch ends the line before anything else is printed.
func (a *app) unwatch() {
	if p := a.progress.Load(); p != nil {
		p.once.Do(func() { close(p.stop) })
		<-p.gone
	}
}

func (p *progressLine) draw() {
	defer close(p.gone)
	tick := time.NewTicker(redrawn)
	defer tick.Stop()
	var pace pace
	drawn := false
	for {
		select {
		case <-p.stop:
			if drawn {
				_, _ = io.WriteString(p.to, eraseLine)
			}
			return
		case now := <-tick.C:
			drawn = true
			_, _ = io.WriteString(p.to, eraseLine+pace.line(p.count.Look(), now))
		}
	}
}

// pace tells how long a stage will take from how long it took so far.
type pace struct {
	stage progress.Stage
	since time.Time
}

// stageWords say what a run is at.
var stageWords = map[progress.Stage]string{
	progress.Waiting: "starting", progress.Reading: "reading", progress.Judging: "judging seats and making the plan",
	progress.Asking: "asking the rules", progress.Writing: "writing the reports",
}

// line words what was seen at a time.
func (p *pace) line(seen progress.Seen, now time.Time) string {
	if p.since.IsZero() || seen.Stage != p.stage {
		p.stage, p.since = seen.Stage, now
	}
	text := "tierline: " + stageWords[seen.Stage]
	if seen.Rows > 0 {
		text += fmt.Sprintf(", %s rows read", money.Count(int(seen.Rows)))
	}
	if seen.Total <= 0 || seen.Done <= 0 || seen.Done > seen.Total {
		return text
	}
	text += fmt.Sprintf(", %d %%", seen.Done*100/seen.Total)
	if took := now.Sub(p.since); took >= time.Second {
		left := time.Duration(float64(took) * float64(seen.Total-seen.Done) / float64(seen.Done))
		text += ", about " + left.Round(time.Second).String() + " left"
	}
	return text
}

// countPeople counts the rows of people that the reports write; reports is how
// many of them list the people.
func countPeople(r *audit.Result, count *progress.Count, reports int) {
	people := r.People
	if count == nil || people == nil {
		return
	}
	seats := 0
	for i := range r.Seats {
		for _, c := range r.Seats[i].Classes {
			seats += c.Count
		}
	}
	count.Begin(progress.Writing, int64(seats*reports))
	r.People = func(yield func(audit.SeatRow) bool) { counted(people, count, yield) }
}

// countedRows is how many rows are counted at a time.
const countedRows = 1024

func counted(people iter.Seq[audit.SeatRow], count *progress.Count, yield func(audit.SeatRow) bool) {
	n := int64(0)
	for row := range people {
		if n++; n == countedRows {
			count.Add(n)
			n = 0
		}
		if !yield(row) {
			return
		}
	}
	count.Add(n)
}
