package estate

import (
	"slices"

	"tierline/audit/diag"
)

// Input is the accounting of one file, or of one sheet of a workbook:
// Read = Used + all Excluded + Rejected.
type Input struct {
	Path      string     `json:"path"`
	Sheet     string     `json:"sheet,omitempty"`
	Format    string     `json:"format"` // "" when nobody recognised it
	Title     string     `json:"title"`  // the format in words
	SHA256    string     `json:"sha256"`
	Encoding  string     `json:"encoding,omitempty"`
	Delimiter string     `json:"delimiter,omitempty"`
	Dates     string     `json:"dates,omitempty"` // layouts found
	Read      int        `json:"rows_read"`
	Used      int        `json:"rows_used"`
	Excluded  []Excluded `json:"rows_excluded"`
	Rejected  int        `json:"rows_rejected"`
	Proposal  string     `json:"proposal,omitempty"` // lines of audit.yaml that would make an unrecognised file readable
	Joined    int        `json:"rows_joined"`        // of the used: rows of an account that other rows name too
}

// ExcludedRows returns the sum of the excluded rows.
func (i *Input) ExcludedRows() int {
	n := 0
	for _, x := range i.Excluded {
		n += x.Rows
	}
	return n
}

// Exclude leaves rows out for a reason.
func (i *Input) Exclude(reason diag.Reason, rows int) {
	at := slices.IndexFunc(i.Excluded, func(x Excluded) bool { return x.Reason == reason })
	if at < 0 {
		at = len(i.Excluded)
		i.Excluded = append(i.Excluded, Excluded{Reason: reason})
	}
	i.Excluded[at].Rows += rows
}

// Excluded counts the rows left out for one stated reason.
type Excluded struct {
	Reason diag.Reason `json:"reason"`
	Rows   int         `json:"rows"`
}

// RejectedRow is a row that could not be used, as it stands in its file, so
// that nothing has to be searched for by hand. It may name a person.
type RejectedRow struct {
	Source  diag.Source
	Problem string
	Kind    string // in words that are the same for all rows with that problem
	Cells   []string
	Part    bool // only these cells of it: the row itself was used
}
