package report

import (
	"strings"
)

// Formulas over the rows of a table that a value picks.

// pick takes the rows whose cell in a column is a term.
type pick struct {
	column string
	is     Term
}

// sumWhere adds the values of a column up over the rows that all picks take.
func sumWhere(w wording, table, values string, picks ...pick) Formula {
	switch w {
	case anyWords:
		return F("SUMPRODUCT({},{})", chosen(table, picks), Data(table, values))
	case twiceWords:
		return Formula{}
	}
	f := F("SUMIFS({}", Data(table, values))
	f.pairs(table, picks)
	return f
}

// countWhere counts the rows that all picks take.
func countWhere(w wording, table string, picks ...pick) Formula {
	switch w {
	case anyWords:
		return F("SUMPRODUCT({})", chosen(table, picks))
	case twiceWords:
		return Formula{}
	}
	f := F("COUNTIFS(")
	f.pairs(table, picks)
	f.Text = strings.Replace(f.Text, "(,", "(", 1)
	return f
}

// pairs appends the column and term of each pick, and closes the call.
func (f *Formula) pairs(table string, picks []pick) {
	for _, p := range picks {
		f.Text += ",{},{}"
		f.Terms = append(f.Terms, Data(table, p.column), p.is)
	}
	f.Text += ")"
}

// chosen is 1 for each row that all picks take, 0 for any other.
func chosen(table string, picks []pick) Formula {
	f := Formula{Text: "1"}
	for _, p := range picks {
		f.Text += "*({}={})"
		f.Terms = append(f.Terms, Data(table, p.column), p.is)
	}
	return f
}

// wording says how words of a column can be looked for. SUMIFS and COUNTIFS are
// what people know, but read some texts as something else.
type wording uint8

const (
	plainWords wording = iota // as SUMIFS and COUNTIFS compare them
	anyWords                  // as cells are compared with each other
	twiceWords                // not at all: two differ in large and small letters alone, which no formula of all programs sees
)

// wordingOf finds out how to look for words: plainly where a criterion can only
// mean the word itself. It would take * and ? for any letters, < and = for a
// comparison, and what looks like a number or a day for that.
func wordingOf(words []string) wording {
	seen := map[string]bool{}
	out := plainWords
	for _, s := range words {
		folded := strings.ToLower(s)
		if seen[folded] {
			return twiceWords
		}
		seen[folded] = true
		if !onlyItself(folded) {
			out = anyWords
		}
	}
	return out
}

// lookable reports whether so many cells may look through so many rows: a
// spreadsheet does it again whenever one of them changes.
func lookable(cells, rows int) bool { return cells*rows <= 40_000_000 }

// slowly is how many times as long a spreadsheet takes to compare cells one by one,
// see [anyWords], as to look for plain words.
const slowly = 10

const longestCriterion = 200 // a criterion of more than 255 characters is an error

func onlyItself(word string) bool {
	if word == "" || word == "true" || word == "false" || word[0] < 'a' || word[0] > 'z' || len(word) > longestCriterion {
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || strings.ContainsRune(" -_.,&()/:", r))
	}) < 0
}
