package report

import (
	"tierline/audit"
	"tierline/audit/diag"
)

func qualityMeanings(r *audit.Result) []meaning {
	remark := of(r.Diagnostics, map[string]func(*diag.Diagnostic) any{
		"Level":      func(d *diag.Diagnostic) any { return d.Level },
		"Place":      func(d *diag.Diagnostic) any { return d.Source },
		"Remark":     func(d *diag.Diagnostic) any { return d.Subject + ": " + d.Message },
		"What to do": func(d *diag.Diagnostic) any { return d.Fix },
	})
	file := of(r.Inputs, map[string]func(*audit.Input) any{
		"File":      func(in *audit.Input) any { return in.Path + "#" + in.Sheet },
		"Read as":   func(in *audit.Input) any { return in.Title },
		"Rows read": func(in *audit.Input) any { return in.Read },
		"Used":      func(in *audit.Input) any { return in.Used },
		"Excluded":  func(in *audit.Input) any { return in.Excluded[0].Rows + in.Excluded[1].Rows },
		"Rejected":  func(in *audit.Input) any { return in.Rejected },
		"Joined":    func(in *audit.Input) any { return in.Joined },
		"Why excluded": func(in *audit.Input) any {
			a, b := &in.Excluded[0], &in.Excluded[1]
			return say(a.Reason) + ": " + say(a.Rows) + "; " + say(b.Reason) + ": " + say(b.Rows)
		},
		"Encoding":    func(in *audit.Input) any { return in.Encoding },
		"Delimiter":   func(in *audit.Input) any { return in.Delimiter },
		"SHA-256":     func(in *audit.Input) any { return in.SHA256 },
		"Fingerprint": func(in *audit.Input) any { return in.SHA256[:12] },
	})
	return []meaning{
		{place: "Data quality", cols: "Level|Place|Remark|What to do", rows: 2, cell: remark},
		{place: "Files", cols: "File|Read as|Rows read|Used|Excluded|Rejected|Joined|Why excluded|Encoding|Delimiter|SHA-256", rows: 2, cell: file},
		{place: "PDF/Basis/Input", cols: "Read as|Rows read|Excluded|Rejected|Fingerprint", rows: 2, cell: file},
	}
}
