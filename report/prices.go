package report

import (
	"iter"
	"strings"

	"tierline/audit"
	"tierline/audit/pricing"
)

// noLimit stands for the top of a piece that has none.
const noLimit = 9_999_999

// listStride is how far apart the look-up keys of two price lists are: more than
// anybody has users.
const listStride = 10_000_000

// priceRow is a piece of a price list: users from one number to another, base plus
// unit for each of them.
type priceRow struct {
	*audit.PriceList
	piece pricing.Piece
	free  bool // nobody, who costs nothing
}

// top returns the last user of the piece.
func (p priceRow) top() int {
	switch {
	case p.free:
		return 0
	case p.piece.To == 0:
		return noLimit
	}
	return p.piece.To
}

// The columns of prices.
var (
	priceList     = Col[priceRow]{ID: "list", Title: "List", Kind: Count, Width: 8, Show: func(p priceRow) Cell { return N(p.Number) }}
	pricePlan     = Col[priceRow]{ID: "plan", Title: "Price plan", Width: 30, Show: func(p priceRow) Cell { return T(p.Plan) }}
	priceHosting  = Col[priceRow]{ID: "hosting", Title: "Hosting", Width: 12, Show: func(p priceRow) Cell { return W(p.Hosting) }}
	priceCycle    = Col[priceRow]{ID: "cycle", Title: "Cycle", Width: 10, Show: func(p priceRow) Cell { return W(p.Cycle) }}
	priceCurrency = Col[priceRow]{ID: "currency", Title: "Currency", Width: 10, Show: func(p priceRow) Cell { return T(string(p.Currency)) }}
	priceMode     = Col[priceRow]{ID: "mode", Title: "Mode", Width: 14, Show: func(p priceRow) Cell { return T(strings.ReplaceAll(p.Mode, "-", " ")) }}
	priceSince    = Col[priceRow]{ID: "valid_from", Title: "Valid from", Kind: Date, Width: 12, Note: "blank: no first day is stated",
		Show: func(p priceRow) Cell { return dateOrBlank(p.PriceList.From) }}
	priceFrom = Col[priceRow]{ID: "from", Title: "From users", Kind: Count, Width: 11, Show: func(p priceRow) Cell { return N(p.piece.From) }}
	priceTo   = Col[priceRow]{ID: "to", Title: "To users", Kind: Count, Width: 11, Note: "9,999,999 where there is no limit",
		Show: func(p priceRow) Cell { return N(p.top()) }}
	priceBase = Col[priceRow]{ID: "base", Title: "Base", Kind: Decimal, Width: 16, Show: func(p priceRow) Cell { return X(p.piece.Base) }}
	priceUnit = Col[priceRow]{ID: "unit", Title: "Each user", Kind: Decimal, Width: 14, Show: func(p priceRow) Cell { return X(p.piece.Unit) }}
	priceKey  = Col[priceRow]{ID: "key", Title: "Look-up key", Kind: Count, Width: 16, Aside: true,
		Note: "list x 10,000,000 + from users, rising: where a price is looked up",
		Show: func(p priceRow) Cell { return N(p.Number*listStride + p.piece.From) }}
	priceOrigin = Col[priceRow]{ID: "source", Title: "Source", Width: 34, Wrap: true, Show: func(p priceRow) Cell { return T(p.Origin) }}
)

// pricesSheet lists every price that a bill of today or of the coming term may take.
// The sheets What-if, Tiers and Ladders look prices up here; each piece of a list gives
// the price of so many users, whatever its mode (METHOD 22.3).
func pricesSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Prices", Grain: "One row per piece of a price that holds today or in the coming term: for so many users the list price is base + each user x users",
		Lead:      []string{"A list that whole tiers are sold by has pieces without a price for each user. What-if, Tiers and Ladders take their prices from here."},
		Protected: true,
		Table: TableOf[priceRow]{
			ID: pricesTable, Title: "Prices", Empty: "No price is known. Price lists are entered in the table prices.", Rows: priceRows(r),
			Columns: []Col[priceRow]{priceList, pricePlan, priceHosting, priceCycle, priceCurrency, priceMode, priceSince, priceFrom, priceTo, priceBase,
				priceUnit, priceOrigin, priceKey},
		}.Table(),
	}
}

// priceRows yields the pieces of every list, by their keys. Each list begins with
// nobody: below its first user there is no price.
func priceRows(r *audit.Result) iter.Seq[priceRow] {
	return func(yield func(priceRow) bool) {
		for list := range each(r.WhatIf.Prices) {
			for i, p := range list.Pieces {
				if i == 0 && p.From > 0 && !yield(priceRow{PriceList: list, free: true}) {
					return
				}
				if !yield(priceRow{PriceList: list, piece: p}) {
					return
				}
			}
		}
	}
}
