package csv

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/guard"
	"tierline/audit/history"
	"tierline/audit/seats"
)

// The columns of seats.csv that a comparison of seats needs.
const (
	seatKind = iota
	seatAccount
	seatName
	seatEmail
	seatSite
	seatProduct
	seatClass
	seatBand
	seatLastSeen
	seatIdle
	seatAction
	seatCandidate
)

// seatIDs are the ids they are written under.
var seatIDs = [...]string{
	seatKind: "kind", seatAccount: "account", seatName: "name", seatEmail: "email", seatSite: "site", seatProduct: "product", seatClass: "class",
	seatBand: "band", seatLastSeen: "last_seen", seatIdle: "idle_days", seatAction: "action", seatCandidate: "candidate",
}

// ReadSeats reads the paid seats of a seats.csv, one row at a time. It ends with
// the first error.
func ReadSeats(r io.Reader) iter.Seq2[history.Seat, error] {
	return func(yield func(history.Seat, error) bool) {
		s := seatReader{in: csv.NewReader(r)}
		s.in.ReuseRecord = true
		err := s.head()
		for err == nil {
			var seat history.Seat
			if seat, err = s.next(); err == nil && !yield(seat, nil) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(history.Seat{}, fmt.Errorf("seats.csv: %w", err))
		}
	}
}

// seatReader reads a seats.csv.
type seatReader struct {
	in   *csv.Reader
	at   [len(seatIDs)]int // where the columns stand
	last history.Seat      // whose texts the next seat may share
}

// head reads the header.
func (s *seatReader) head() error {
	header, err := s.in.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty")
	}
	if err != nil {
		return err
	}
	for i, id := range seatIDs {
		if s.at[i] = slices.Index(header, id); s.at[i] < 0 {
			return fmt.Errorf("it has no column %s", id)
		}
	}
	return nil
}

// next reads the next paid seat; io.EOF after the last.
func (s *seatReader) next() (history.Seat, error) {
	for {
		row, err := s.in.Read()
		if err != nil {
			return history.Seat{}, err
		}
		if row[s.at[seatKind]] == audit.PaidSeat.String() {
			return s.seat(row)
		}
	}
}

// seat reads a row, of which nothing is kept: the reader uses it again.
func (s *seatReader) seat(row []string) (history.Seat, error) {
	cell := func(column int) string { return row[s.at[column]] }
	out := history.Seat{
		Site: shared(s.last.Site, cell(seatSite)), Product: shared(s.last.Product, cell(seatProduct)), Action: shared(s.last.Action, cell(seatAction)),
		Account: shared("", cell(seatAccount)), Name: shared("", cell(seatName)), Email: shared("", cell(seatEmail)),
		Never: cell(seatBand) == seats.BandNever.String(), New: cell(seatClass) == seats.New.String(), Candidate: cell(seatCandidate) == "yes",
	}
	if day := cell(seatLastSeen); day != "" {
		d, err := date.Parse(day)
		if err != nil {
			return out, errors.New("last_seen is no date") // it stays unsaid: the row names a person
		}
		out.LastSeen = d
	}
	if days := cell(seatIdle); days != "" {
		n, err := strconv.Atoi(days)
		if err != nil {
			return out, errors.New("idle_days is no whole number")
		}
		out.Idle = &n
	}
	s.last = out
	return out, nil
}

// shared returns the text of a cell: the one of the row before where it is the
// same, else a copy.
func shared(before, cell string) string {
	text := guard.Off(cell)
	if text == before {
		return before
	}
	return strings.Clone(text)
}
