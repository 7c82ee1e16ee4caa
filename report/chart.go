package report

// Chart is a chart of the workbook. It draws cells, which it names as formulas
// do, and holds no figure of its own.
type Chart struct {
	Kind     ChartKind
	Title    string
	Across   string // title of the axis with the labels
	Up       string // title of the axis with the values
	Labels   Ref
	Months   bool // the labels are months
	Series   []Series
	Values   Kind // of the values: Money without its decimals, or Count
	Labelled bool // each value stands at its mark
}

// ChartKind is how a chart draws its series.
type ChartKind uint8

// The kinds of charts.
const (
	ColumnChart  ChartKind = iota // columns beside each other
	StackChart                    // columns on top of each other
	OverlayChart                  // columns in one place, of which one has a value
	BarChart                      // bars from the left, the first label on top
	LineChart
)

// Series is the values of one column of a table. Its name is the title of the
// column.
type Series struct {
	Table  string
	Column string
	Shade  Shade
}

// Shade is the fill of a series: shades differ in brightness too, for paper
// without colours.
type Shade uint8

// The shades of series.
const (
	Hidden Shade = iota // what the visible ones stand on
	Dark
	Middle
	Light
	Warm
)
