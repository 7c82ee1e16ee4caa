package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"tierline/audit/money"
	"tierline/report"
)

// role is the place of a cell on its sheet.
type role uint8

const (
	body role = iota
	total
	header
	filterHeader // of an Excel table: stands above its filter button
	title
	heading // of a block
	lead    // sentences
	note    // small print
)

// look is everything the style of a cell depends on. Two equal looks share one
// style.
type look struct {
	role     role
	kind     report.Kind
	currency money.Currency // of an amount
	right    bool
	distant  bool // on the left, after a column of numbers: keeps a distance
	strong   bool
	unknown  bool
	wrap     bool
	quoted   bool
	input    bool // for the reader to fill in: marked and not locked
	linked   bool // a click leads elsewhere
}

// styles makes each style once: the library compares a new style with all
// earlier ones, which is too slow per cell.
type styles struct {
	file  *excelize.File
	theme theme
	ids   map[look]int
	tones map[report.Tone]int // of conditional formats
}

func newStyles(f *excelize.File, accent string) *styles {
	return &styles{file: f, theme: newTheme(accent), ids: map[look]int{}, tones: map[report.Tone]int{}}
}

// id returns the number of the style of l.
func (s *styles) id(l look) (int, error) {
	if id, ok := s.ids[l]; ok {
		return id, nil
	}
	id, err := s.create(l)
	if err == nil {
		s.ids[l] = id
	}
	return id, err
}

func (s *styles) create(l look) (int, error) {
	if l.quoted {
		plain := l
		plain.quoted = false
		id, err := s.id(plain)
		if err != nil {
			return 0, err
		}
		return s.quote(id), nil
	}
	return s.file.NewStyle(s.style(l))
}

// quote copies a style and sets quotePrefix, for which the library has no
// option.
func (s *styles) quote(id int) int {
	all := s.file.Styles.CellXfs
	xf, yes := all.Xf[id], true
	xf.QuotePrefix = &yes
	all.Xf = append(all.Xf, xf)
	all.Count = len(all.Xf)
	return all.Count - 1
}

func (s *styles) style(l look) *excelize.Style {
	st := &excelize.Style{
		Font:      s.font(l),
		Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: l.wrap},
	}
	switch {
	case l.right:
		st.Alignment.Horizontal = "right"
	case l.distant:
		st.Alignment.Indent = 1
	}
	switch l.role {
	case body:
		st.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: hairline}}
	case total:
		st.Border = []excelize.Border{{Type: "top", Style: 2, Color: s.theme.accent}}
		st.Fill = solid(totalFill)
	case header, filterHeader:
		st.Fill = solid(s.theme.accent)
		if l.role == header {
			st.Alignment.Vertical = "center"
		}
	}
	if l.input {
		st.Fill = solid(inputFill)
		st.Border = nil
		for _, side := range []string{"left", "right", "top", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Style: 1, Color: inputLine})
		}
		st.Protection = &excelize.Protection{Locked: false}
	}
	if f := numberFormat(l); f != "" {
		st.CustomNumFmt = &f
	}
	return st
}

// tone returns the number of the conditional style of a tone.
func (s *styles) tone(t report.Tone) (int, error) {
	if id, ok := s.tones[t]; ok {
		return id, nil
	}
	st := &excelize.Style{Font: &excelize.Font{Color: greyText, Italic: true}}
	if colours, loud := toneColours[t]; loud {
		st = &excelize.Style{Font: &excelize.Font{Color: colours.text, Bold: t == report.Alarm}, Fill: solid(colours.fill)}
	}
	id, err := s.file.NewConditionalStyle(st)
	if err == nil {
		s.tones[t] = id
	}
	return id, err
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func (s *styles) font(l look) *excelize.Font {
	f := &excelize.Font{Family: "Calibri", Size: 11, Color: ink, Bold: l.strong}
	switch l.role {
	case title:
		f.Size, f.Bold, f.Color = 16, true, s.theme.heading
	case heading:
		f.Size, f.Bold, f.Color = 13, true, s.theme.heading
	case header, filterHeader:
		f.Bold, f.Color = true, s.theme.onAccent
	case total:
		f.Bold = true
	case note:
		f.Size, f.Color = 10, greyText
	}
	if l.linked {
		f.Color, f.Underline = linkBlue, "single"
	}
	if l.unknown {
		f.Italic, f.Color = true, greyText
	}
	return f
}

// numberFormat returns the format code of a number, "" for text. The currency
// stands behind the number, so that decimals line up.
func numberFormat(l look) string {
	if l.unknown {
		return ""
	}
	switch l.kind {
	case report.Count:
		return "#,##0"
	case report.Percent:
		return "0.00%"
	case report.Change:
		return "+0.00%;-0.00%;0.00%"
	case report.Decimal:
		return "#,##0.00##########"
	case report.Date:
		return "yyyy-mm-dd"
	case report.Month:
		return "mmm yyyy"
	case report.Money:
		return amountFormat(l.currency)
	}
	return ""
}

func amountFormat(c money.Currency) string {
	f := "#,##0"
	if d := c.Digits(); d > 0 {
		f += "." + strings.Repeat("0", d)
	}
	// A code is three letters; anything else could break out of the format.
	if _, err := money.ParseCurrency(string(c)); err != nil {
		return f
	}
	return f + " [$" + string(c) + "]"
}
