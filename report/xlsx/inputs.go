package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"tierline/report"
)

// columnsOf sets up what the columns of a table do with their rows on a
// worksheet, from the first to the last: what they take as input, and the tones
// of their cells. It must stand before Flush.
func (p *page) columnsOf(t *report.Table, at *placed, first, last int) error {
	if last < first {
		return nil
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		rows, err := areaName(i+1, first, i+1, last)
		if err != nil {
			return err
		}
		if err := p.validate(c.Input, rows); err != nil {
			return fmt.Errorf("input %q: %w", c.Title, err)
		}
		here := spot{sheet: p.name, row: first, column: i, columns: at.columns, fixed: true}
		if err := p.mark(c.Marks, rows, here); err != nil {
			return fmt.Errorf("tones of column %q: %w", c.Title, err)
		}
	}
	return nil
}

// validate lets cells take only what an input allows.
func (p *page) validate(in *report.Input, rows string) error {
	if in == nil {
		return nil
	}
	v := excelize.NewDataValidation(in.Optional)
	v.Sqref = rows
	kind := excelize.DataValidationTypeDecimal
	switch {
	case in.List != nil:
		if err := v.SetDropList(in.List); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, in.Title, "Choose one of the list.")
	case in.Days:
		if err := v.SetRange(in.Least, in.Most, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, in.Title, fmt.Sprintf("Enter a day from %s to %s.", report.DayOf(in.Least), report.DayOf(in.Most)))
	case in.Whole:
		kind = excelize.DataValidationTypeWhole
		fallthrough
	case in.Number:
		if err := v.SetRange(in.Least, in.Most, kind, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, in.Title, fmt.Sprintf("Enter a number from %d to %d.", in.Least, in.Most))
	}
	if in.Message != "" {
		v.SetInput(in.Title, in.Message)
	}
	return p.book.file.AddDataValidation(p.name, v)
}

// mark gives cells their tones; the first condition that holds wins.
func (p *page) mark(marks []report.Mark, cells string, at spot) error {
	var all []excelize.ConditionalFormatOptions
	for _, m := range marks {
		condition, err := p.book.formula(&m.If, at)
		if err != nil {
			return err
		}
		if condition == "" {
			continue
		}
		style, err := p.book.styles.tone(m.Tone)
		if err != nil {
			return err
		}
		all = append(all, excelize.ConditionalFormatOptions{Type: "formula", Criteria: condition, Format: &style, StopIfTrue: true})
	}
	if len(all) == 0 {
		return nil
	}
	return p.book.file.SetConditionalFormat(p.name, cells, all)
}

// status writes the line that is a formula.
func (p *page) status(s *report.Status, widths []float64) error {
	if s == nil {
		return nil
	}
	v, l := present(&s.Cell)
	l.role, l.strong, l.wrap = lead, true, true
	style, err := p.book.styles.id(l)
	if err != nil {
		return err
	}
	at := spot{sheet: p.name, row: p.row + 1}
	c := cell{value: v, style: style}
	if err := p.book.live(&c, &s.Cell, at, &pattern{}); err != nil {
		return err
	}
	if err := p.put([]any{c.any()}, []cell{c}, lineHeight(lead)+3); err != nil {
		return err
	}
	if len(widths) > 1 {
		if err := p.merge(1, len(widths)); err != nil {
			return err
		}
	}
	at.fixed = true
	name, err := excelize.CoordinatesToCellName(1, p.row)
	if err != nil {
		return err
	}
	return p.mark(s.Marks, name, at)
}

// protect locks all cells but inputs. Without a password: it keeps from typing
// over a formula by mistake, not from changing it.
func (p *page) protect(s *report.Sheet) error {
	if !s.Protected {
		return nil
	}
	return p.book.file.ProtectSheet(p.name, &excelize.SheetProtectionOptions{
		AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, FormatCells: true,
		SelectLockedCells: true, SelectUnlockedCells: true, EditObjects: true, EditScenarios: true,
	})
}
