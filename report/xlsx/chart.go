package xlsx

import (
	"errors"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"tierline/report"
)

// Charts stand above the blocks of a sheet, two beside each other, over rows that
// stay empty.
const (
	chartRows   = 25 // of the default height, for one row of charts with a gap of two below, between which a page may end
	chartHeight = (chartRows - 2) * rowPixels
	chartGap    = 14  // pixels
	chartsWidth = 180 // characters: two charts in a size that can be read, two rows of them a page
)

// The library finds the cell a chart ends in by pixels of its own: so many in a
// row of the default height, and in a character of a column.
const (
	rowPixels       = 18
	characterPixels = 8
)

// rowsOfCharts returns how many rows the charts of a sheet take.
func rowsOfCharts(s *report.Sheet) int { return (len(s.Charts) + 1) / 2 * chartRows }

// roomForCharts widens a sheet with charts by a column on the right.
func roomForCharts(s *report.Sheet, widths []float64) []float64 {
	if room := chartsWidth - sum(widths); len(s.Charts) > 0 && room >= narrowest {
		return append(widths, room)
	}
	return widths
}

// charts draws the charts of a sheet below what is written and leaves their rows
// empty. It must stand before Flush.
func (g *grid) charts(s *report.Sheet) error {
	if len(s.Charts) == 0 {
		return nil
	}
	first := g.page.row + 1
	for range rowsOfCharts(s) {
		if err := g.page.skip(lineHeight(body)); err != nil {
			return err
		}
	}
	half := (pixels(g.widths) - 2*chartGap) / 2 // with a gap on the right too, or paper cuts the frame
	for i := range s.Charts {
		c, err := g.page.book.chart(&s.Charts[i])
		if errors.Is(err, errNowhere) {
			continue
		}
		if err != nil {
			return fmt.Errorf("chart %q: %w", s.Charts[i].Title, err)
		}
		c.Dimension = excelize.ChartDimension{Width: uint(half), Height: chartHeight}
		column, offset := columnAt(g.widths, i%2*(half+chartGap))
		c.Format.OffsetX = offset
		at, err := excelize.CoordinatesToCellName(column, first+i/2*chartRows)
		if err != nil {
			return err
		}
		if err := g.page.book.file.AddChart(g.page.name, at, c); err != nil {
			return fmt.Errorf("chart %q: %w", s.Charts[i].Title, err)
		}
	}
	return g.breakPages(s, first)
}

// breakPages begins a page after every second row of charts, and one for what
// stands below them.
func (g *grid) breakPages(s *report.Sheet, first int) error {
	for row := 2 * chartRows; row < rowsOfCharts(s)+2*chartRows; row += 2 * chartRows {
		at := fmt.Sprintf("A%d", first+min(row, rowsOfCharts(s))-1) // amid the gap: frames on both sides of it are drawn
		if err := g.page.sw.InsertPageBreak(at); err != nil {
			return err
		}
	}
	g.page.used = 0
	return nil
}

// pixels returns the width of columns on the screen.
func pixels(widths []float64) int {
	n := 0
	for _, w := range widths {
		n += columnPixels(w)
	}
	return n
}

func columnPixels(width float64) int { return int(width*characterPixels + 0.5) }

// columnAt returns the column, from 1, that holds the pixel at of a row, and how
// far inside it that is.
func columnAt(widths []float64, at int) (column, offset int) {
	for i, w := range widths {
		if at < columnPixels(w) {
			return i + 1, at
		}
		at -= columnPixels(w)
	}
	return len(widths) + 1, 0
}

var chartTypes = map[report.ChartKind]excelize.ChartType{
	report.ColumnChart: excelize.Col, report.StackChart: excelize.ColStacked, report.OverlayChart: excelize.Col,
	report.BarChart: excelize.Bar, report.LineChart: excelize.Line,
}

// chart is a chart as the library takes it. Its texts are those of the document,
// whose data stands in cells: a title is a text of its own, never a reference.
func (b *book) chart(c *report.Chart) (*excelize.Chart, error) {
	labels, err := b.absolute(c.Labels)
	if err != nil {
		return nil, err
	}
	gap, overlap := uint(40), 0
	if c.Kind == report.StackChart || c.Kind == report.OverlayChart {
		overlap = 100
	}
	format := excelize.ChartNumFmt{CustomNumFmt: "#,##0;-#,##0;"} // no label for 0
	out := &excelize.Chart{
		Type: chartTypes[c.Kind], GapWidth: &gap, Overlap: &overlap, Title: b.chartTitle(c.Title, 12, true),
		Format:   excelize.GraphicOptions{AltText: c.Title, PrintObject: new(bool), Positioning: "absolute"},
		Legend:   excelize.ChartLegend{Position: "bottom", Font: b.chartFont(9, false)},
		PlotArea: excelize.ChartPlotArea{ShowVal: c.Labelled, NumFmt: format},
		XAxis:    excelize.ChartAxis{Title: b.chartTitle(c.Across, 9, false), Font: *b.chartFont(9, false), ReverseOrder: c.Kind == report.BarChart},
		YAxis: excelize.ChartAxis{Title: b.chartTitle(c.Up, 9, false), Font: *b.chartFont(9, false), MajorGridLines: true,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
		VaryColors: new(bool),
		Border:     excelize.LineOptions{Type: excelize.LineSolid, Width: 0.75, Fill: solid(hairline)},
	}
	*out.Format.PrintObject = true
	if slices.ContainsFunc(c.Series, func(s report.Series) bool { return s.Shade == report.Hidden }) {
		out.XAxis.Font.Size = 7 // the words of its many steps stand beside each other
	}
	if c.Months {
		out.XAxis.NumFmt, out.XAxis.Alignment.TextRotation = excelize.ChartNumFmt{CustomNumFmt: "mmm yy"}, -90
	}
	for _, s := range c.Series {
		drawn, err := b.series(c, s)
		if err != nil {
			return nil, err
		}
		drawn.Categories = labels
		out.Series = append(out.Series, drawn)
	}
	return out, nil
}

func (b *book) series(c *report.Chart, s report.Series) (excelize.ChartSeries, error) {
	values, err := b.absolute(report.Data(s.Table, s.Column))
	if err != nil {
		return excelize.ChartSeries{}, err
	}
	name, err := b.absolute(report.TitleOf(s.Table, s.Column))
	if err != nil {
		return excelize.ChartSeries{}, err
	}
	fill, text := b.styles.theme.shade(s.Shade)
	out := excelize.ChartSeries{Name: name, Values: values, Fill: fill}
	out.DataLabel.Font = *b.chartFont(9, false)
	if s.Shade == report.Hidden {
		out.DataLabel.Font.Color = text
		out.Legend.Font = b.chartFont(9, false) // an entry of its own, which mendChart takes out
	}
	if c.Kind == report.StackChart && s.Shade != report.Hidden { // a part may be thinner than its label
		out.DataLabel.Fill = solid("FFFFFF")
	}
	return out, nil
}

// absolute writes the cells of a reference with their worksheet.
func (b *book) absolute(r report.Ref) (string, error) {
	a, err := b.places.find(r)
	if err != nil {
		return "", err
	}
	return a.address("", true)
}

func (b *book) chartFont(size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: size, Bold: bold, Color: ink}
}

func (b *book) chartTitle(text string, size float64, bold bool) excelize.ChartTitle {
	text, _ = safeText(text)
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: b.chartFont(size, bold)}}}
}
