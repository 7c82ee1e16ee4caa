package records

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

// rateRow is a row of the rates table as written.
type rateRow struct {
	Currency string `csv:"currency"`
	Rate     string `csv:"rate"`
	Date     string `csv:"date"`
	Source   string `csv:"source"`
}

// Rate is a row that could be read. Whether it is of the organisation's own
// currency is known last.
type Rate struct {
	estate.Rate
	row *rows[rateRow]
	at  record
}

// ReadRates reads the rates table.
func (t *Tables) ReadRates(s *sheet.Sheet) { t.Rates = collect(s, t.Rates, rate) }

// rate reads what one unit of a currency is worth on a day.
func rate(r *rows[rateRow], rec rateRow, at diag.Source) Rate {
	out := Rate{Rate: estate.Rate{Origin: rec.Source, Source: at}, row: r, at: r.now}
	if r.must("currency", rec.Currency) {
		out.Currency = r.currency("currency", rec.Currency)
	}
	if r.must("rate", rec.Rate) {
		exact, err := cell.Number(rec.Rate, cell.PointDecimal)
		if err == nil && exact.Sign() <= 0 {
			err = &cell.Wrong{Value: rec.Rate, Expected: "expected more than 0, what one unit is worth in the organisation's currency"}
		}
		r.refuse("rate", err)
		out.Rate.Rate = exact
	}
	out.Date = r.needDate("date", rec.Date)
	return out
}

// SettleRates takes the rates of all files together (METHOD 14.25). Refused are
// rates of the organisation's own currency, and both of two that say
// something else of one currency and day.
func SettleRates(all []Rate, organisation money.Currency) []estate.Rate {
	slices.SortStableFunc(all, func(a, b Rate) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), a.Date.Compare(b.Date), a.Source.Compare(b.Source))
	})
	var out []estate.Rate
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Currency == all[0].Currency && all[n].Date == all[0].Date {
			n++
		}
		if settleDay(all[:n], organisation) {
			out = append(out, all[0].Rate)
		}
		all = all[n:]
	}
	return out
}

// settleDay settles the rates of one currency and day; false when none holds.
func settleDay(rates []Rate, organisation money.Currency) bool {
	first := &rates[0]
	if first.Currency == organisation {
		for _, x := range rates {
			x.row.reject(x.at, "currency", fmt.Errorf("%s is the organisation's own currency, which needs no rate", organisation))
		}
		return false
	}
	if i := slices.IndexFunc(rates, func(x Rate) bool { return x.Rate.Rate.Cmp(first.Rate.Rate) != 0 }); i > 0 {
		for _, x := range rates {
			other := first
			if x.Source == first.Source {
				other = &rates[i]
			}
			x.row.reject(x.at, "rate", errors.New("another rate of "+string(x.Currency)+" for "+x.Date.String()+" stands in "+other.Source.String()))
		}
		return false
	}
	for _, x := range rates[1:] {
		x.row.Input.Used--
		x.row.Input.Exclude(diag.Reason{Kind: diag.Repeated, Text: "repeats another row"}, 1)
	}
	return true
}
