//go:build e2e

package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
	"tierline/ingest"
	"tierline/report"
	"tierline/report/xlsx"
	"tierline/rules"
	"tierline/samples"
)

// What a reader enters into What-if has to come to what the audit says of the same
// inputs. Each test lays many copies of the sheets out in one workbook, with other
// entries in each, and has both spreadsheet programs work it out.

// entry is what a reader enters in one row.
type entry struct {
	remove, add, quoted    int
	from                   date.Date
	cycle, licence         string // "" as it was
	growth, discount, rise money.Exact
}

// entries are those of one copy, by the key of their row.
type entries map[string]*entry

// modelled is a sample with the model of its workbook.
type modelled struct {
	t     *testing.T
	req   *audit.Request
	r     *audit.Result
	lines map[string]*audit.WhatIfLine
}

func model(t *testing.T, sample string) *modelled {
	t.Helper()
	dir, err := samples.Folder(sample)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ingest.Load(context.Background(), dir, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := &modelled{t: t, lines: map[string]*audit.WhatIfLine{}, req: &audit.Request{Estate: l.Estate, Book: l.Book, Config: l.Config, AsOf: l.Config.AsOf,
		Inputs: l.Inputs, Rules: rules.All(), Version: "test", Digest: strings.Repeat("0", 64)}}
	if m.r, err = audit.Run(context.Background(), m.req); err != nil {
		t.Fatal(err)
	}
	for b := range m.r.WhatIf.Bundles {
		for i := range m.r.WhatIf.Bundles[b].Lines {
			x := &m.r.WhatIf.Bundles[b].Lines[i]
			m.lines[x.Line] = x
		}
	}
	return m
}

// enteredIn returns the key of the row in which the users of a product are entered.
func enteredIn(b *audit.WhatIfBundle, i int) string {
	if own := b.Own(i); own != nil {
		return own.Line
	}
	return "product " + b.Products[i].Site + "/" + b.Products[i].Key
}

// costs works the estate out with the people who are added, and the discounts and
// rises of every line: a rise is a discount below 0.
func (m *modelled) costs(e entries) *costing.Costs {
	es := *m.req.Estate
	es.Subscriptions = slices.Clone(es.Subscriptions)
	es.Headcount = slices.Clone(es.Headcount)
	for b := range m.r.WhatIf.Bundles {
		bundle := &m.r.WhatIf.Bundles[b]
		for i := range bundle.Products {
			if x := e[enteredIn(bundle, i)]; x != nil && x.add > 0 {
				es.Headcount = append(es.Headcount, estate.HeadcountChange{Date: x.from, Site: bundle.Products[i].Site, Product: bundle.Products[i].Key, Change: x.add})
			}
		}
	}
	slices.SortStableFunc(es.Headcount, func(a, b estate.HeadcountChange) int { return a.Date.Compare(b.Date) })
	register := seats.Judge(&es, &m.req.Config.Policy, m.req.AsOf)
	in := costing.Input{Estate: &es, Register: register, Book: m.req.Book, Config: m.req.Config, AsOf: m.req.AsOf}
	for _, l := range costing.Build(in).Lines {
		if x := e[l.ID()]; x != nil {
			one := money.Int(1)
			s := &es.Subscriptions[l.Index]
			s.Discount = one.Sub(one.Sub(s.Discount).Mul(one.Sub(x.discount)).Mul(one.Add(x.rise)))
		}
	}
	return costing.Build(in)
}

// choices returns how the lines of a bundle are renewed.
func (m *modelled) choices(e entries, b *costing.Bundle) map[*costing.Line]costing.Choice {
	hosts, out, by := map[*costing.Line]costing.Choice{}, map[*costing.Line]costing.Choice{}, map[string]*costing.Line{}
	removed := make([]int, len(b.Products))
	bundle := &m.r.WhatIf.Bundles[slices.IndexFunc(m.r.WhatIf.Bundles, func(x audit.WhatIfBundle) bool { return x.ID == b.ID() })]
	for i := range removed {
		if x := e[enteredIn(bundle, i)]; x != nil {
			removed[i] = x.remove
		}
	}
	for _, l := range b.Lines {
		by[l.ID()] = l
	}
	for _, l := range b.Lines {
		cycle, licence := e.of(l.ID())
		if host := m.lines[l.ID()].Host; host != "" {
			hostCycle, hostLicence := e.of(host)
			cycle = hostCycle
			if licence == "" && hostLicence == "fit" {
				licence = "fit"
			}
		}
		c := costing.Choice{Cycle: l.Sub.Cycle, Removed: removed, Hosts: hosts, RightSize: licence == "fit", Locked: licence == "quote"}
		if cycle != "" {
			c.Cycle = pricing.Monthly
			if cycle == "annual" {
				c.Cycle = pricing.Annual
			}
		}
		if c.Locked {
			c.Quantity = e[l.ID()].quoted
		}
		out[l] = c
		if l.IsHost() {
			hosts[l] = c
		}
	}
	return out
}

// of returns what is entered for the cycle and the licence of a row.
func (e entries) of(key string) (cycle, licence string) {
	if x := e[key]; x != nil {
		return x.cycle, x.licence
	}
	return "", ""
}

// expected says, by row, what the audit makes of the entries: an amount or "unknown".
func (m *modelled) expected(e entries) map[string]string {
	out := map[string]string{}
	for _, b := range m.costs(e).Bundles {
		for l, c := range m.choices(e, b) {
			line := m.lines[l.ID()]
			if line.Locked.Given() {
				continue
			}
			x := e[l.ID()]
			if x == nil {
				x = &entry{}
			}
			var total money.Amount
			bills, why := l.Bills(c)
			switch {
			case c.Locked && (!l.Quote.Possible || c.Cycle != pricing.Annual || !l.CanLock(c)), line.Bills[c.Cycle] == nil:
			case l.Sub.Basis == estate.OwnUsers && x.add+x.remove > 0:
				total = l.CostFor(max(0, l.Users-x.remove+x.add), c)
			case !why.Given():
				total = money.Zero(m.r.Run.Currency)
				for _, bill := range bills {
					total = total.Add(l.Raised(bill, x.growth, 1))
				}
			}
			out[l.ID()] = "unknown"
			if total.Known() {
				out[l.ID()] = total.String()
			}
		}
	}
	return out
}

// due says, by row, what falls due before the renewal: what simulate says of a line
// with everybody who is added, "unknown" where nobody can tell once somebody is.
func (m *modelled) due(e entries) map[string]string {
	people := entries{}
	for key, x := range e {
		people[key] = &entry{add: x.add, from: x.from}
	}
	before, after, out := m.costs(entries{}), m.costs(people), map[string]string{}
	for b, bundle := range after.Bundles {
		days := []date.Date{m.req.AsOf}
		for _, p := range bundle.Products {
			for _, c := range p.Changes() {
				days = append(days, c.Date)
			}
		}
		slices.SortFunc(days, date.Date.Compare)
		days = slices.Compact(days)
		for i, l := range bundle.Lines {
			was := before.Bundles[b].Lines[i]
			if m.lines[l.ID()].Running.Periods == nil {
				continue
			}
			with, planned := l.Running(was.Licensed, days), was.Running(max(was.Licensed, was.Users), days)
			switch due := with.Amount.Sub(planned.Amount); {
			case !due.Known():
				out[l.ID()] = "unknown"
			case due.Sign() < 0:
				out[l.ID()] = "0"
			default:
				out[l.ID()] = due.String()
			}
		}
	}
	return out
}

// put returns what is entered in a column of a row; the cell itself where nothing is.
func (e entries) put(row, column string, was report.Cell) report.Cell {
	if x := e[row]; x != nil {
		return x.cell(column, was)
	}
	return was
}

// with copies a sheet of the model with other entries, under another name.
func with(s report.Sheet, number int, put func(row, column string, was report.Cell) report.Cell) report.Sheet {
	suffix := fmt.Sprintf(" %d", number)
	s.Name += suffix
	s.Table.ID += suffix
	columns, rows := s.Table.Columns, s.Table.Rows
	s.Table.Rows = func(yield func([]report.Cell) bool) {
		for row := range rows {
			out := slices.Clone(row)
			for i := range out {
				switch f := out[i].Formula; {
				case f == nil:
				case looksElsewhere(*f):
					out[i].Formula = nil
				default:
					renamed := renamed(*f, suffix)
					out[i].Formula = &renamed
				}
				if columns[i].Input != nil && !out[i].Locked {
					out[i] = put(row[0].Row, columns[i].ID, out[i])
				}
			}
			if !yield(out) {
				return
			}
		}
	}
	return s
}

// looksElsewhere reports whether a formula refers to a sheet that is not copied: what
// the audit found, which no entry changes.
func looksElsewhere(f report.Formula) bool {
	return slices.ContainsFunc(f.Terms, func(term report.Term) bool {
		switch x := term.(type) {
		case report.Formula:
			return looksElsewhere(x)
		case report.Ref:
			return !slices.Contains([]string{"", "whatif", "bills", "rises", "prices"}, x.Table)
		}
		return false
	})
}

// renamed is a formula over the tables of a copy.
func renamed(f report.Formula, suffix string) report.Formula {
	f.Terms = slices.Clone(f.Terms)
	for i, term := range f.Terms {
		switch x := term.(type) {
		case report.Formula:
			f.Terms[i] = renamed(x, suffix)
		case report.Ref:
			if x.Table == "whatif" || x.Table == "bills" || x.Table == "rises" {
				x.Table += suffix
				f.Terms[i] = x
			}
		}
	}
	return f
}

// cell is what is entered in a column; the cell itself where nothing is.
func (x *entry) cell(column string, was report.Cell) report.Cell {
	word := func(s string) report.Cell {
		if s == "" {
			return was
		}
		return report.T(s)
	}
	switch column {
	case "remove":
		return report.N(x.remove)
	case "add":
		return report.N(x.add)
	case "quoted":
		return report.N(x.quoted)
	case "from":
		return report.D(x.from)
	case "cycle":
		return word(x.cycle)
	case "licence":
		return word(x.licence)
	case "growth":
		return report.P(x.growth)
	case "discount":
		return report.P(x.discount)
	case "rise":
		return report.P(x.rise)
	}
	return was
}

// check has both programs work out a workbook with a copy of the model for each of
// the entries, and compares each row with what the audit says.
func (m *modelled) check(all []entries) {
	want, due, puts := make([]map[string]string, len(all)), make([]map[string]string, len(all)), make([]func(string, string, report.Cell) report.Cell, len(all))
	for n, e := range all {
		want[n], due[n], puts[n] = m.expected(e), m.due(e), e.put
	}
	m.recalculated(puts, func(program string, book map[string]sheetCells, sheets []report.Sheet) {
		m.compare(program, book, sheets, "What-if", all, want)
		m.compare(program, book, sheets, "Before renewal", all, due)
		m.countsBills(program, book, sheets)
	})
}

// countsBills holds that no row of What-if bills is for fewer than no bills, whoever
// joins when.
func (m *modelled) countsBills(program string, book map[string]sheetCells, sheets []report.Sheet) {
	t := m.t
	t.Helper()
	for _, s := range sheets {
		if !strings.HasPrefix(s.Name, "What-if bills") {
			continue
		}
		at, column := e2eHeader(t, book[s.Name], "Bills")
		for range s.Table.Rows {
			at++
			if n := book[s.Name][fmt.Sprintf("%s%d", column, at)].text(); strings.HasPrefix(n, "-") {
				t.Errorf("%s, %s: row %d is for %s bills", program, s.Name, at, n)
			}
		}
	}
}

// recalculated has both programs work out a workbook with a copy of the model for
// each way to fill its inputs in.
func (m *modelled) recalculated(all []func(row, column string, was report.Cell) report.Cell,
	done func(program string, book map[string]sheetCells, sheets []report.Sheet)) {
	t := m.t
	t.Helper()
	d := report.Build(m.r)
	var sheets []report.Sheet
	for _, s := range d.Workbook {
		switch s.Name {
		case "Prices":
			sheets = append(sheets, s)
		case "What-if", "What-if bills", "What-if before renewal":
			for n, put := range all {
				sheets = append(sheets, with(s, n, put))
			}
		}
	}
	d.Workbook, d.Names = sheets, nil
	file := filepath.Join(t.TempDir(), "whatif.xlsx")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := xlsx.Render(f, d); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for program, recalculate := range e2eRecalculators {
		anew := filepath.Join(t.TempDir(), program+".xlsx")
		recalculate(t, file, anew)
		done(program, bookOf(t, anew), sheets)
	}
}

// compare reads a column of What-if in every copy.
func (m *modelled) compare(program string, book map[string]sheetCells, sheets []report.Sheet, title string, all []entries, want []map[string]string) {
	t, compared := m.t, 0
	for n := range all {
		s := sheets[slices.IndexFunc(sheets, func(s report.Sheet) bool { return s.Name == fmt.Sprintf("What-if %d", n) })]
		cells := book[s.Name]
		at, column := e2eHeader(t, cells, title)
		for row := range s.Table.Rows {
			at++
			expected, live := want[n][row[0].Row]
			if !live {
				continue
			}
			compared++
			if got := cells[fmt.Sprintf("%s%d", column, at)].text(); !e2eSame(expected, got) && !e2eSame(strings.TrimSuffix(expected, ".00"), got) {
				t.Errorf("%s, copy %d: %s: %s is %s, the audit says %s\n%s", program, n, title, row[0].Row, got, expected, all[n].told())
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%s: %d amounts of %s in %d settings", program, compared, title, len(all))
}

// e2eHeader finds the row of the header and the column of a title in it.
func e2eHeader(t *testing.T, cells sheetCells, title string) (row int, column string) {
	t.Helper()
	for name, c := range cells {
		if letters := strings.TrimRight(name, "0123456789"); c.text() == title && letters != "A" {
			if _, err := fmt.Sscan(strings.TrimPrefix(name, letters), &row); err != nil {
				t.Fatal(err)
			}
			return row, letters
		}
	}
	t.Fatalf("there is no column %s", title)
	return 0, ""
}

// told writes entries for a reader of a failure.
func (e entries) told() string {
	var out strings.Builder
	for _, key := range slices.Sorted(maps.Keys(e)) {
		x := e[key]
		fmt.Fprintf(&out, "  %s: remove %d, add %d from %s, cycle %q, licence %q for %d, growth %s, discount %s, rise %s\n", key, x.remove, x.add, x.from, x.cycle,
			x.licence, x.quoted, x.growth.Decimal(2), x.discount.Decimal(2), x.rise.Decimal(2))
	}
	return out.String()
}

// drawn draws entries for every row of the model.
func (m *modelled) drawn(r *rand.Rand) entries {
	e := entries{}
	part := func() money.Exact {
		if r.IntN(3) > 0 {
			return money.Exact{}
		}
		return money.Ratio(int64(r.IntN(4001)), 10_000)
	}
	for b := range m.r.WhatIf.Bundles {
		bundle := &m.r.WhatIf.Bundles[b]
		for i := range bundle.Lines {
			l := &bundle.Lines[i]
			x := &entry{growth: part(), discount: part(), rise: part()}
			e[l.Line] = x
			if l.Host == "" && l.Bills[pricing.Monthly] != nil && l.Bills[pricing.Annual] != nil {
				x.cycle = [...]string{"", "", "monthly", "annual"}[r.IntN(4)]
			}
			x.licence = [...]string{"", "keep", "fit", "quote"}[r.IntN(4)]
			if x.licence == "quote" && l.Old == nil && l.Row >= 0 {
				x.licence = "fit" // a product for which no quote can be had: what it binds its apps to then means nothing
			}
			if l.Old != nil {
				x.quoted = max(1, l.Old.Users+r.IntN(21)-10)
			}
			if m.bound(l) {
				x.discount, x.rise = money.Exact{}, money.Exact{}
			}
			if x.licence == "quote" {
				x.growth, x.rise = money.Exact{}, money.Exact{}
			}
		}
		for i := range bundle.Products {
			p := &bundle.Products[i]
			if p.Users == nil {
				continue
			}
			x := &entry{}
			if y := e[enteredIn(bundle, i)]; y != nil {
				x = y
			}
			e[enteredIn(bundle, i)] = x
			if r.IntN(2) == 0 {
				x.remove = r.IntN(*p.Users + 1)
			}
			x.from = m.req.AsOf.AddDays(1 + r.IntN(500))
			if r.IntN(2) == 0 {
				x.add = r.IntN(*p.Users/2 + 20)
			}
		}
	}
	return e
}

// bound reports whether a line has a contract price, to which no discount of the
// inputs applies.
func (m *modelled) bound(l *audit.WhatIfLine) bool {
	i := slices.IndexFunc(m.r.Lines, func(x audit.Line) bool { return x.ID == l.Line })
	return m.r.Lines[i].ContractPrice.Known()
}

// whatIfSettings is how many random settings of each sample are entered; 40 take
// minutes more and are for whoever changes the sheet.
var whatIfSettings = flag.Int("settings", 12, "random settings entered into What-if for each sample")

// METHOD 22.2, 22.4.
func TestEndToEndWhatIf(t *testing.T) {
	t.Parallel()
	e2eNeeds(t)
	for _, sample := range samples.Names() {
		t.Run(sample, func(t *testing.T) {
			t.Parallel()
			m := model(t, sample)
			all := []entries{{}}
			for i := range *whatIfSettings {
				all = append(all, m.drawn(rand.New(rand.NewPCG(20261127, uint64(i)))))
			}
			m.check(all)
		})
	}
}

// Every tier that a product of acme can reach is entered from both sides, with the
// licence kept for one tier and with one that fits for the next.
func TestEndToEndWhatIfBorders(t *testing.T) {
	t.Parallel()
	e2eNeeds(t)
	m := model(t, "acme")
	var all []entries
	for n := 0; ; n++ {
		e, more := m.border(n/4*1, n%2, [...]string{"keep", "fit"}[n/2%2])
		if !more {
			break
		}
		all = append(all, e)
	}
	if len(all) < 30 {
		t.Fatalf("only %d settings", len(all))
	}
	m.check(all)
}

// border enters, for every product, as many users as border number n of its annual
// list lets in, or one more; false where no product has so many borders.
func (m *modelled) border(n, beyond int, licence string) (entries, bool) {
	e, found := entries{}, false
	for b := range m.r.WhatIf.Bundles {
		bundle := &m.r.WhatIf.Bundles[b]
		for i := range bundle.Products {
			key := enteredIn(bundle, i)
			l := m.lines[key]
			if l == nil || len(l.Moves) == 0 {
				continue
			}
			list := m.r.WhatIf.Prices[l.Moves[0].Price-1]
			if n >= len(list.Pieces) || list.Pieces[n].To == 0 {
				continue
			}
			found = true
			users := *bundle.Products[i].Users
			if list.Pieces[n].To >= audit.WhatIfReach(users) {
				continue
			}
			x := &entry{from: m.req.AsOf.AddDays(1), licence: licence}
			if more := list.Pieces[n].To + beyond - users; more > 0 {
				x.add = more
			} else {
				x.remove = -more
			}
			e[key] = x
		}
	}
	return e, found
}
