package pricing

// AnnualTop returns the top of the annual Cloud tier that holds n users
// (n > 0). Atlassian fixes these tops for every app, the vendor only fills in
// prices: 10, 15, 25, 50, 100 to 600 by 100, 800 and 1,000, then by 200 to
// 2,000, 250 to 5,000, 500 to 10,000, 1,000 to 50,000 and 10,000 from there,
// as published in the annual price lists of Marketplace apps (October 2026).
func AnnualTop(n int) int {
	for _, top := range [...]int{10, 15, 25, 50, 100, 200, 300, 400, 500, 600, 800, 1000} {
		if n <= top {
			return top
		}
	}
	for _, band := range [...]struct{ to, by int }{{2000, 200}, {5000, 250}, {10000, 500}, {50000, 1000}} {
		if n <= band.to {
			return (n + band.by - 1) / band.by * band.by
		}
	}
	return (n + 9999) / 10000 * 10000
}

// annualBottom returns the number of users below the annual tier of n.
func annualBottom(n int) int {
	top := AnnualTop(n)
	prev := 0
	for _, t := range [...]int{10, 15, 25, 50, 100, 200, 300, 400, 500, 600, 800, 1000} {
		if t == top {
			return prev
		}
		prev = t
	}
	for _, band := range [...]struct{ to, by int }{{2000, 200}, {5000, 250}, {10000, 500}, {50000, 1000}} {
		if top <= band.to {
			return top - band.by
		}
	}
	return top - 10000
}
