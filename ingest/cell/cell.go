// Package cell reads what people and programs write into a cell: money, counts,
// percentages, dates, words, ids. What has exactly one reading is understood,
// everything else is refused; nothing is guessed. It knows no columns and no
// files: what a cell means, and what a refused one costs, its callers decide
// (ingest/sheet, ingest/users, ingest/records, ingest/answers,
// ingest/audityaml).
package cell

// At returns a cell of a row, "" when the row is too short or the position is
// negative, as that of a column which a table does not have.
func At(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return cells[at]
}
