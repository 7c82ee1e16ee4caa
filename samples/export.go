package samples

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"time"
)

// The day the sample exports were made: the as_of of every audit.yaml here.
var asOf = time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC)

const never = "Never accessed"

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func daysAgo(n int) time.Time      { return asOf.AddDate(0, 0, -n) }
func exportDay(t time.Time) string { return t.Format("2 Jan 2006") }

// person is one row of an export. cells holds a letter per product column:
//
//   - no access          a active (idle 0-59)        i inactive (idle 60 and more)
//     v never used, old    n never used, new           c contributor, g guest, k customer (no seat)
type person struct {
	id, name, email, status, role string
	added                         time.Time // zero: blank
	cells                         string
	seen                          []time.Time // per product; zero: never accessed
}

// byHand writes one person down: two digits that end the account id, and the
// last days of use from the first product on, never for the rest.
func byHand(id, name, email string, added time.Time, cells string, seen ...time.Time) person {
	for len(seen) < len(cells) {
		seen = append(seen, time.Time{})
	}
	return person{id: "712020:0b6f3c1e-5a77-4c1d-9a0e-2f1f6c7d8e" + id, name: name, email: email, status: "Active",
		added: added, cells: cells, seen: seen}
}

// kind is a number of people alike.
type kind struct {
	count  int
	cells  string
	status string // "" = Active
}

// people invents the persons of the kinds.
func people(rng *rand.Rand, names *namePool, domain string, kinds []kind) []person {
	var out []person
	for _, k := range kinds {
		for range k.count {
			p := person{status: "Active", cells: k.cells}
			if k.status != "" {
				p.status = k.status
			}
			first, last := names.next()
			p.name, p.email = first+" "+last, address(first, last, domain)
			p.dates(rng)
			p.id = accountID(rng, p.added.Year())
			out = append(out, p)
		}
	}
	return out
}

// dates invents the day of joining and the last days of use to fit the cells.
func (p *person) dates(rng *rand.Rand) {
	joined := 31 + rng.IntN(2400) // days before as-of
	new := false
	for _, c := range p.cells {
		if c == 'n' {
			new = true
			joined = 1 + rng.IntN(29)
		}
	}
	p.seen = make([]time.Time, len(p.cells))
	for i, c := range p.cells {
		idle := -1
		switch c {
		case 'a', 'c', 'g', 'k':
			idle = activeIdle(rng)
			if new {
				idle = rng.IntN(joined)
			}
		case 'i':
			idle = inactiveIdle(rng)
		case '-':
			if !new && rng.IntN(40) == 0 { // had access once
				idle = 200 + rng.IntN(900)
			}
		}
		if idle >= 0 {
			p.seen[i] = daysAgo(idle)
			joined = max(joined, idle+3)
		}
	}
	p.added = daysAgo(joined)
}

// activeIdle is mostly this week, sometimes up to 59 days ago.
func activeIdle(rng *rand.Rand) int {
	switch n := rng.IntN(10); {
	case n < 5:
		return rng.IntN(4)
	case n < 8:
		return rng.IntN(15)
	}
	return rng.IntN(60)
}

// inactiveIdle spreads over the bands 60-89, 90-179, 180 and more.
func inactiveIdle(rng *rand.Rand) int {
	switch n := rng.IntN(20); {
	case n < 4:
		return 60 + rng.IntN(30)
	case n < 11:
		return 90 + rng.IntN(90)
	}
	return 180 + rng.IntN(720)
}

// dialect is how a program spells an export when it saves it.
type dialect struct {
	comma rune
	crlf  bool
	mark  string // of the encoding, before everything else
	day   func(time.Time) string
}

var asExported = dialect{comma: ',', day: exportDay}

// writeExport writes an organisation user export in its present form, with
// one access and one last-seen column per product.
func writeExport(w io.Writer, products []string, rows []person) error {
	return asExported.write(w, products, rows)
}

func (d dialect) write(w io.Writer, products []string, rows []person) error {
	if _, err := io.WriteString(w, d.mark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = d.comma, d.crlf
	header := []string{"User id", "User name", "email", "User status", "Added to org", "Org role"}
	header = append(header, products...)
	for _, p := range products {
		header = append(header, "Last seen in "+p)
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for _, p := range rows {
		if len(p.cells) != len(products) || len(p.seen) != len(products) {
			return fmt.Errorf("samples: %s has %d cells for %d products", p.name, len(p.cells), len(products))
		}
		added := ""
		if !p.added.IsZero() {
			added = d.day(p.added)
		}
		record := []string{p.id, p.name, p.email, p.status, added, p.role}
		for _, c := range p.cells {
			record = append(record, access(c))
		}
		for _, day := range p.seen {
			if day.IsZero() {
				record = append(record, never)
			} else {
				record = append(record, d.day(day))
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func access(cell rune) string {
	switch cell {
	case '-':
		return ""
	case 'c':
		return "Contributor"
	case 'g':
		return "Guest"
	case 'k':
		return "Customer"
	}
	return "User"
}
