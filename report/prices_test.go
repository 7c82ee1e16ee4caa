package report

import (
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// priceMeanings: each of the two lists has two pieces after the row of nobody.
func priceMeanings(r *audit.Result) []meaning {
	lists := r.WhatIf.Prices
	list := func(i int) *audit.PriceList { return &lists[i/3] }
	piece := func(i int) pricing.Piece {
		if i%3 == 0 {
			return pricing.Piece{}
		}
		return list(i).Pieces[i%3-1]
	}
	return []meaning{{place: "Prices", rows: 3 * len(lists),
		cols: "List|Price plan|Hosting|Cycle|Currency|Mode|Valid from|From users|To users|Base|Each user|Source|Look-up key",
		cell: cells{
			"List":        func(i int) any { return list(i).Number },
			"Price plan":  func(i int) any { return list(i).Plan },
			"Hosting":     func(i int) any { return Label(list(i).Hosting) },
			"Cycle":       func(i int) any { return list(i).Cycle },
			"Currency":    func(i int) any { return list(i).Currency },
			"Mode":        func(i int) any { return strings.ReplaceAll(list(i).Mode, "-", " ") },
			"Valid from":  func(i int) any { return list(i).From },
			"From users":  func(i int) any { return piece(i).From },
			"To users":    func(i int) any { return piece(i).To },
			"Base":        func(i int) any { return piece(i).Base },
			"Each user":   func(i int) any { return piece(i).Unit },
			"Look-up key": func(i int) any { return list(i).Number*10_000_000 + piece(i).From },
			"Source":      func(i int) any { return list(i).Origin },
		}}}
}

// A list without a last tier, and one that has a price for nobody too.
func TestPricesWithoutLimit(t *testing.T) {
	r := &audit.Result{WhatIf: audit.WhatIf{Prices: []audit.PriceList{
		{Number: 1, Pieces: []pricing.Piece{{From: 1, To: 10, Base: money.Int(50)}, {From: 11, Unit: money.Int(5)}}},
		{Number: 2, Pieces: []pricing.Piece{{Base: money.Int(900)}}},
	}}}
	var got [][3]int
	for p := range priceRows(r) {
		got = append(got, [3]int{p.Number*listStride + p.piece.From, p.top(), int(p.piece.Base.Float())})
	}
	want := [][3]int{{10_000_000, 0, 0}, {10_000_001, 10, 50}, {10_000_011, 9_999_999, 0}, {20_000_000, 9_999_999, 900}}
	if len(got) != len(want) {
		t.Fatalf("rows %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d: key, top and base %v, want %v", i, got[i], want[i])
		}
	}
}
