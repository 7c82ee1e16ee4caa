package report

import (
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// The columns of remarks on the input.
var (
	remarkLevel = Col[*diag.Diagnostic]{ID: "level", Title: "Level", Width: 12, Show: func(d *diag.Diagnostic) Cell { return T(d.Level.String()) }}
	remarkPlace = Col[*diag.Diagnostic]{ID: "source", Title: "Place", Width: 38, Show: func(d *diag.Diagnostic) Cell { return T(d.Source.String()) }}
	remarkText  = Col[*diag.Diagnostic]{ID: "message", Title: "Remark", Width: 80, Wrap: true, Show: func(d *diag.Diagnostic) Cell { return T(d.Text()) }}
	remarkFix   = Col[*diag.Diagnostic]{ID: "fix", Title: "What to do", Width: 50, Wrap: true, Show: func(d *diag.Diagnostic) Cell { return T(d.Fix) }}
)

// remarksTable is the id of the table of remarks on the input.
const remarksTable = "remarks"

func qualitySheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Data quality", Grain: "One row per remark on the input; incomplete: something is missing from the figures",
		Table: TableOf[*diag.Diagnostic]{
			ID: remarksTable, Title: "Data quality", Empty: "There is nothing to remark about the inputs.", Rows: each(r.Diagnostics),
			Columns: []Col[*diag.Diagnostic]{remarkLevel, remarkPlace, remarkText, remarkFix},
		}.FoldedAway().Table(),
	}
}

// The columns of files read.
var (
	fileName     = Col[*audit.Input]{ID: "path", Title: "File", Width: 38, Show: func(in *audit.Input) Cell { return T(fileAndSheet(in)) }}
	fileFormat   = Col[*audit.Input]{ID: "title", Title: "Read as", Width: 28, Show: func(in *audit.Input) Cell { return T(in.Title) }}
	fileRead     = Col[*audit.Input]{ID: "read", Title: "Rows read", Kind: Count, Width: 10, Show: func(in *audit.Input) Cell { return N(in.Read) }}
	fileUsed     = Col[*audit.Input]{ID: "used", Title: "Used", Kind: Count, Width: 10, Show: func(in *audit.Input) Cell { return N(in.Used) }}
	fileExcluded = Col[*audit.Input]{ID: "excluded", Title: "Excluded", Kind: Count, Width: 10, Show: func(in *audit.Input) Cell { return N(in.ExcludedRows()) }}
	fileRejected = Col[*audit.Input]{ID: "rejected", Title: "Rejected", Kind: Count, Width: 10, Show: func(in *audit.Input) Cell { return N(in.Rejected) }}
	fileJoined   = Col[*audit.Input]{ID: "joined", Title: "Joined", Kind: Count, Width: 10, Note: "of the used: rows of an account that another row names too",
		Show: func(in *audit.Input) Cell { return N(in.Joined) }}
	fileReasons   = Col[*audit.Input]{ID: "reasons", Title: "Why excluded", Width: 34, Wrap: true, Show: func(in *audit.Input) Cell { return T(reasons(in)) }}
	fileEncoding  = Col[*audit.Input]{ID: "encoding", Title: "Encoding", Width: 16, Show: func(in *audit.Input) Cell { return T(in.Encoding) }}
	fileDelimiter = Col[*audit.Input]{ID: "delimiter", Title: "Delimiter", Width: 10, Show: func(in *audit.Input) Cell { return T(delimiterWord(in.Delimiter)) }}
	fileSum       = Col[*audit.Input]{ID: "sha256", Title: "SHA-256", Width: 66, Aside: true, Show: func(in *audit.Input) Cell { return T(in.SHA256) }}

	fileWords = Col[*audit.Input]{ID: "words", Title: "Read as", Width: 28, Show: func(in *audit.Input) Cell { return T(strings.ReplaceAll(in.Title, "_", " ")) }}
	filePrint = Col[*audit.Input]{ID: "fingerprint", Title: "Fingerprint", Width: 14,
		Show: func(in *audit.Input) Cell { return T(in.SHA256[:min(len(in.SHA256), 12)]) }}
)

// everyRow is what the rows of a file became; none where that is not all of them.
func everyRow(in *audit.Input) Formula {
	if in.Read != in.Used+in.ExcludedRows()+in.Rejected {
		return Formula{}
	}
	return F("{}+{}+{}", Here("used"), Here("excluded"), Here("rejected"))
}

func filesSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Files", Grain: "One row per file read: rows read = used + excluded + rejected",
		Table: TableOf[*audit.Input]{
			Title: "Files", Empty: "No file was read.", Rows: each(r.Inputs),
			Columns: []Col[*audit.Input]{fileName, fileFormat, fileRead.By(everyRow), fileUsed, fileExcluded, fileRejected, fileJoined,
				fileReasons, fileEncoding, fileDelimiter, fileSum},
		}.FoldedAway().Table(),
	}
}

// inputTable is the accounting of the files for finance. They are named by
// their format, since a file's name may hold a person's.
func inputTable(r *audit.Result) Table {
	return TableOf[*audit.Input]{
		Title: "Input", Rows: each(r.Inputs),
		Columns: []Col[*audit.Input]{fileWords.Paper(36), fileRead.Paper(9), fileExcluded.Paper(9), fileRejected.Paper(9), filePrint},
	}.Folded().Table()
}

func fileAndSheet(in *audit.Input) string {
	if in.Sheet == "" {
		return in.Path
	}
	return in.Path + "#" + in.Sheet
}

// reasons lists why rows of a file were left out.
func reasons(in *audit.Input) string {
	var out []string
	for _, x := range in.Excluded {
		out = append(out, fmt.Sprintf("%s: %s", x.Reason, money.Count(x.Rows)))
	}
	return strings.Join(out, "; ")
}

// delimiterWord names what stands between the cells of a file: a comma in a
// sentence would be read as its own.
func delimiterWord(delimiter string) string {
	switch delimiter {
	case ",":
		return "comma"
	case ";":
		return "semicolon"
	case "|":
		return "bar"
	}
	return delimiter
}
