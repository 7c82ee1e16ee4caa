package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pseudonym"
	"tierline/ingest/cell"
	"tierline/ingest/records"
)

// What people decided about seats, over all files (METHOD 1.30).

// joinDecisions keeps one decision for each seat, that of the latest run, and
// finds the accounts they are about.
func (l *Loaded) joinDecisions(files []*file) {
	var all []estate.Decision
	for _, f := range files {
		all = append(all, f.tables.Decisions...)
	}
	if len(all) == 0 {
		return
	}
	for i := range all {
		all[i].Site = l.siteName(all[i].Site)
	}
	l.findDecided(all)
	list := make([]ofSeat, len(all))
	for i := range all {
		list[i].Decision, list[i].seat = all[i], seatKey(&all[i])
		list[i].day, _ = records.RunDay(all[i].Run)
	}
	slices.SortStableFunc(list, func(a, b ofSeat) int {
		return cmp.Or(strings.Compare(a.seat, b.seat), b.day.Compare(a.day), a.Source.Compare(b.Source))
	})
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].seat == list[0].seat {
			n++
		}
		l.settleDecisions(files, list[:n])
		list = list[n:]
	}
	l.remarkOnEndless()
}

// ofSeat is a decision with what orders decisions.
type ofSeat struct {
	estate.Decision
	seat string
	day  date.Date // of the run whose workbook holds it; zero for a table that no run wrote
}

// seatKey names the seat a decision is about.
func seatKey(d *estate.Decision) string {
	return strings.Join([]string{cell.AccountKey(d.ID), d.Site, d.Product}, "\x00")
}

// settleDecisions keeps the decision of the latest run on a seat, of those about
// it, which stand in that order. Of two of one day, or of which one is of no run,
// nobody knows which is later: where they differ, none of them holds.
func (l *Loaded) settleDecisions(files []*file, about []ofSeat) {
	first := about[0]
	earlier := func(d ofSeat) bool { return !d.day.IsZero() && d.day != first.day }
	for i := range about {
		if earlier(about[i]) {
			excludeRow(files, about[i].Source, diag.Reason{Kind: diag.Repeated, Text: "a later run decided again"})
		}
	}
	about = slices.DeleteFunc(about, earlier)
	differ := slices.ContainsFunc(about, func(d ofSeat) bool { return !sameDecision(&d.Decision, &first.Decision) })
	for i := range about {
		switch {
		case differ:
			problem := fmt.Sprintf("another decision about the same seat, and nothing says which is the later one: %s", other(about, i))
			rejectRow(files, about[i].Source, problem, "leave one of the two; until then none holds")
		case i > 0:
			excludeRow(files, about[i].Source, repeats())
		}
	}
	if !differ {
		l.Estate.Decisions = append(l.Estate.Decisions, first.Decision)
	}
}

// sameDecision reports whether two decisions come to the same. Who owns it and
// why changes nothing.
func sameDecision(a, b *estate.Decision) bool { return a.Verdict == b.Verdict && a.Until == b.Until }

// other returns where a decision stands that differs from one of several.
func other(about []ofSeat, i int) diag.Source {
	n := slices.IndexFunc(about, func(d ofSeat) bool { return !sameDecision(&d.Decision, &about[i].Decision) })
	return about[n].Source
}

// findDecided finds the accounts that decisions are about, by their ids and, with a
// key, by the words that stand for them in a redacted run (METHOD 18.5).
func (l *Loaded) findDecided(decisions []estate.Decision) {
	of := map[string][]int{}
	for i := range decisions {
		key := cell.AccountKey(decisions[i].ID)
		of[key] = append(of[key], i)
	}
	made := map[diag.Source]bool{} // tables in which a word is of the key
	var words *pseudonym.Namer
	if !l.names.IsZero() {
		words = l.names.Namer()
	}
	for account := range l.Estate.Accounts {
		id := l.Estate.Accounts[account].ID
		for _, i := range of[cell.AccountKey(id)] {
			decisions[i].Account = int32(account)
		}
		if words == nil {
			continue
		}
		for _, i := range of[words.Word(pseudonym.Account, id)] {
			decisions[i].Account, decisions[i].ID = int32(account), id
			made[tableOf(&decisions[i])] = true
		}
	}
	l.remarkOnWords(decisions, made)
}

// tableOf names the table in which a decision stands.
func tableOf(d *estate.Decision) diag.Source {
	return diag.Source{File: d.Source.File, Sheet: d.Source.Sheet}
}

// byTable counts the decisions of a kind by the tables in which they stand, which it
// lists in their order.
func byTable(decisions []estate.Decision, of func(*estate.Decision) bool) (tables []diag.Source, count map[diag.Source]int) {
	count = map[diag.Source]int{}
	for i := range decisions {
		if !of(&decisions[i]) {
			continue
		}
		at := tableOf(&decisions[i])
		if count[at] == 0 {
			tables = append(tables, at)
		}
		count[at]++
	}
	return tables, count
}

// remarkOnWords tells of tables whose decisions name people by words that this run
// can make of no account: without a key, with another one, or because everybody is
// gone. Where the key made one of them, the others are about people who are gone.
func (l *Loaded) remarkOnWords(decisions []estate.Decision, made map[diag.Source]bool) {
	places, words := byTable(decisions, func(d *estate.Decision) bool {
		return !made[tableOf(d)] && pseudonym.IsWord(pseudonym.Account, d.ID)
	})
	text, lift := "decisions that name people by words of a key which this run does not have: %d; none of them holds",
		"name the key file of that redacted run with --redacted-with"
	if !l.names.IsZero() {
		text = "decisions that name people by words which the key of this run makes of no account: %d; the key is another one, or all these people are gone"
		lift = "name the key file of the run in which they were decided, or delete the rows"
	}
	for _, at := range places {
		l.Diagnostics.Add(diag.Incomplete, at, fmt.Sprintf(text, words[at]), lift)
	}
}

// remarkOnEndless warns of seats that are kept for ever, since neither a day nor a
// run says until when.
func (l *Loaded) remarkOnEndless() {
	places, endless := byTable(l.Estate.Decisions, func(d *estate.Decision) bool { return d.Verdict == estate.Keep && d.Until.IsZero() })
	for _, at := range places {
		l.Diagnostics.Add(diag.Warning, at, fmt.Sprintf("decisions to keep that no day and no run limits, so they never end: %d", endless[at]),
			"write a day into decided_until")
	}
}
