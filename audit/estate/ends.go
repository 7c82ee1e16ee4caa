package estate

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
)

// EndOfSupport is a day on which the support of something that is paid for
// ends, as its vendor announced it.
type EndOfSupport struct {
	Key    string    // of a product or app, a framework, or DataCenterEnds; lower case
	Date   date.Date // last day of support
	Origin string    // who announced it, as the table has it
	Source diag.Source
}

// DataCenterEnds is the key of an end of everything that ends with Data Center.
const DataCenterEnds = "data-center"

// frameworks are what apps are built on, as the Marketplace calls it.
var frameworks = []string{"connect", "forge", "p2"}

// Frameworks lists what apps are built on, by the words of the apps table.
func Frameworks() []string { return slices.Clone(frameworks) }
