package report

import (
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/history"
	"tierline/audit/money"
)

// changesOnPaper is a comparison for finance: products whose seats moved, findings
// that weigh something, and a sentence instead of each table that would be empty
// (METHOD 24.4).
func changesOnPaper(c *history.Comparison) Section {
	short := *c
	short.Seats = slices.DeleteFunc(slices.Clone(c.Seats), func(s history.SeatsChange) bool {
		return s.New+s.Gone+s.Reactivated+s.Lapsed == 0 && s.Was == s.Is
	})
	short.Findings = slices.DeleteFunc(slices.Clone(c.Findings), func(f history.FindingChange) bool { return !weighs(f) })
	s := Section{Title: "Since the run before", Lead: append(leadSince(c), sinceWords(c))}
	if n := len(c.Findings) - len(short.Findings); n > 0 {
		s.Lead = append(s.Lead, money.Plural(n, "changed finding")+" "+verb(n, "is", "are")+" of low severity or less; the workbook lists "+
			verb(n, "it", "them")+" under Changes since last run.")
	}
	var idle []string
	tables := append(movedTables(&short), findingNews(&short, false), askedTable(&short))
	if len(c.Seats) > 0 {
		tables[0].Empty = "No paid seat moved."
	}
	for _, t := range tables {
		if hasRows(t) {
			s.Tables = append(s.Tables, t)
		} else {
			idle = append(idle, t.Empty)
		}
	}
	if len(idle) > 0 {
		s.Lead = append(s.Lead, strings.Join(idle, " "))
	}
	return s
}

// weighs reports whether a finding is, or was, of medium severity or more.
func weighs(f history.FindingChange) bool {
	return slices.ContainsFunc([]string{f.Severity, f.Before}, func(word string) bool {
		return slices.ContainsFunc([]audit.Severity{audit.Medium, audit.High, audit.Critical}, func(s audit.Severity) bool { return s.String() == word })
	})
}

// hasRows reports whether a table has a row.
func hasRows(t Table) bool {
	if t.Rows != nil {
		for range t.Rows {
			return true
		}
	}
	return false
}
