package audit

import (
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// PriceList is the price that holds for a bill, for any number of users up to
// some limit, as pieces that one look-up reads whatever its mode (METHOD 22.3).
type PriceList struct {
	Number   int // 1, 2, ...
	Plan     string
	Hosting  pricing.Hosting
	Cycle    pricing.Cycle
	Currency money.Currency
	Mode     string    // as price tables name it, or "contract"
	From     date.Date // first day; zero: always was, or a contract
	Origin   string    // where the list was found, in the words of its file
	Pieces   []pricing.Piece
}

// listBook numbers the prices that bills need, each once.
type listBook struct {
	lists  []PriceList
	prices []costing.RecipePrice // of each list
	limits []int                 // users up to which each is needed
	places map[listKey]int
}

// listKey tells prices apart: two bundles share those of one list.
type listKey struct {
	list     *pricing.Schedule
	contract string
	users    int
	line     string // of a contract
	from     date.Date
}

func newListBook() *listBook { return &listBook{places: map[listKey]int{}} }

// number returns the number of a price for a line, 0 where there is none, and
// notes up to how many users it is needed.
func (b *listBook) number(l *costing.Line, c pricing.Cycle, p costing.RecipePrice, limit int) int {
	if !p.Known() {
		return 0
	}
	key := listKey{users: p.Users}
	if p.Contract != nil {
		key.contract, key.line = p.Contract.Decimal(0), l.ID()
	} else {
		key.list, key.from = p.List.Schedule, p.List.From
	}
	i, known := b.places[key]
	if !known {
		i = len(b.lists)
		b.places[key] = i
		b.lists, b.prices, b.limits = append(b.lists, describe(l, c, &p)), append(b.prices, p), append(b.limits, 0)
		b.lists[i].Number = i + 1
	}
	b.limits[i] = max(b.limits[i], limit)
	return i + 1
}

func describe(l *costing.Line, c pricing.Cycle, p *costing.RecipePrice) PriceList {
	out := PriceList{Plan: l.Sub.PricePlan, Hosting: l.Sub.Hosting, Cycle: c, Mode: "contract", Currency: l.Sub.ContractPrice.Currency()}
	if v := p.List; v != nil {
		out.Currency, out.Mode, out.From, out.Origin = v.Currency(), v.Mode().String(), v.From, v.Origin
	}
	return out
}

// compiled returns the lists with their pieces.
func (b *listBook) compiled() []PriceList {
	for i := range b.lists {
		b.lists[i].Pieces = b.prices[i].Pieces(b.limits[i])
	}
	return b.lists
}
