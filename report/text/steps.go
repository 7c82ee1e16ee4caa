package text

import (
	"io"
	"text/tabwriter"

	"tierline/audit"
	"tierline/audit/money"
)

// Steps writes a calculation as a small table: seats x unit = amount.
func Steps(w io.Writer, steps []audit.Step) error {
	p := &printer{w: w}
	p.steps(steps)
	return p.err
}

func (p *printer) steps(steps []audit.Step) {
	p.columns(func(p *printer) {
		for _, s := range steps {
			p.print("  ")
			if s.Seats > 0 {
				p.print("%s\tx %s", money.Count(s.Seats), s.Unit.Grouped(2))
			} else {
				p.print("\t")
			}
			p.print("\t= %s\t  %s\n", s.Amount.Grouped(2), s.Note)
		}
	})
}

// columns writes rows whose cells end with tabs, each column aligned on its right.
func (p *printer) columns(write func(*printer)) {
	if p.err != nil {
		return
	}
	w := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	cells := &printer{w: w}
	write(cells)
	if p.err = cells.err; p.err == nil {
		p.err = w.Flush()
	}
}
