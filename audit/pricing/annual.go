package pricing

// The annual tiers of Cloud apps. Atlassian fixes their tops for every app,
// the vendor only fills in prices: 10, 15, 25, 50, 100 to 600 by 100, then by
// 200 to 2,000, 250 to 5,000, 500 to 10,000, 1,000 to 50,000 and 10,000 from
// there, as published in the annual price lists of Marketplace apps (October
// 2026).
var annualBands = [...]struct{ above, width int }{
	{0, 10}, {10, 5}, {15, 10}, {25, 25}, {50, 50}, {100, 100}, {600, 200}, {2000, 250}, {5000, 500}, {10000, 1000}, {lastBand, 10000},
}

// lastBand is where the band begins whose tiers go on without end.
const lastBand = 50000

// annualTiers is how many tiers there are up to lastBand.
const annualTiers = 79

// AnnualTier returns the annual Cloud tier that holds n users (n > 0).
func AnnualTier(n int) Range {
	i := len(annualBands) - 1
	for annualBands[i].above >= n {
		i--
	}
	band := annualBands[i]
	top := band.above + (n-band.above+band.width-1)/band.width*band.width
	return Range{From: top - band.width + 1, To: top}
}
