package report

import (
	"tierline/audit"
	"tierline/audit/diag"
)

// risks lists the findings that are risks, the most severe first. What an
// exception marks, and what is merely not known, is none.
func risks(r *audit.Result) []*audit.Finding {
	kinds := map[string]audit.Kind{}
	for s := range each(r.Rules) {
		kinds[s.ID] = s.Kind
	}
	var out []*audit.Finding
	for f := range each(r.Findings) {
		if kinds[f.Rule] == audit.Risk && f.Severity > audit.Info && f.Excepted == (diag.Source{}) {
			out = append(out, f)
		}
	}
	return out
}

// biggestRisk returns the most severe risk, nil for none.
func biggestRisk(r *audit.Result) *audit.Finding {
	for _, f := range risks(r) {
		return f
	}
	return nil
}

// riskBy shows until when to act on a risk, in words where no day is set.
func riskBy(f *audit.Finding) Cell {
	if f.By.IsZero() {
		return T("no date")
	}
	return D(f.By)
}
