package xlsx

import (
	"bytes"
	"regexp"
	"slices"
)

// What the library writes of a chart and what programs make of it.
var (
	// A second, empty text of a title lies level, and LibreOffice turns the first
	// one by it.
	emptyTitle = regexp.MustCompile(`<txPr><a:bodyPr[^>]*></a:bodyPr><a:p></a:p></txPr></title>`)
	// Only the series that others stand on has an entry of its own in the legend.
	hiddenEntry = regexp.MustCompile(`(<legendEntry><idx val="[0-9]+"></idx>)<txPr>.*?</txPr></legendEntry>`)
	level       = []byte(`rot="0" spcFirstLastPara="false"`)
	onEnd       = []byte(`rot="-5400000" spcFirstLastPara="false" vert="horz"`)
	bars        = []byte(`<barDir val="bar">`)
	axes        = map[string]*regexp.Regexp{
		"catAx": regexp.MustCompile(`<catAx>.*?</catAx>`), "valAx": regexp.MustCompile(`<valAx>.*?</valAx>`),
	}
)

// mendChart makes of a chart as the library writes it one that programs show as it
// is meant: titles along their axes, and no entry in the legend for what is not seen.
func mendChart(part []byte) []byte {
	part = emptyTitle.ReplaceAll(part, []byte("</title>"))
	part = hiddenEntry.ReplaceAll(part, []byte(`$1<delete val="1"></delete></legendEntry>`))
	if !bytes.Contains(part, bars) {
		return part
	}
	part = turnTitle(part, "catAx", level, onEnd)
	return turnTitle(part, "valAx", onEnd, level)
}

// turnTitle turns the title of an axis, which stands before its numbers.
func turnTitle(part []byte, axis string, from, to []byte) []byte {
	return axes[axis].ReplaceAllFunc(part, func(all []byte) []byte {
		title, rest, titled := bytes.Cut(all, []byte("</title>"))
		if !titled {
			return all
		}
		return slices.Concat(bytes.Replace(title, from, to, 1), []byte("</title>"), rest)
	})
}
