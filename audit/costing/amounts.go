package costing

import (
	"cmp"

	"tierline/audit/diag"
	"tierline/audit/money"
)

// notBilled says why no bill of the coming term is known, none when nothing
// stands against it; ended is why there is no coming term.
func (l *Line) notBilled(ended diag.Reason) diag.Reason {
	switch {
	case l.ElsewhereCharged():
		return ended
	case !l.UsersKnown:
		return l.NoUsers.After("quantity not known: ")
	case l.Sub.Renewal.IsZero():
		return l.reason.Or(diag.Why(diag.NoDate, "no renewal_date"))
	}
	return l.reason.Or(ended)
}

// amounts computes current, volume and as is.
func (b *builder) amounts(l *Line) Amounts {
	if l.ElsewhereCharged() {
		zero := money.Zero(l.currency)
		return Amounts{Current: zero, Volume: zero, AsIs: zero, Own: OwnAmounts{zero, zero}, Reason: l.carrier.Reason, Foreign: l.carrier.Foreign}
	}
	current, why := l.currentBill()
	n := l.Sub.Cycle.Bills()
	out := Amounts{Current: current.Amount.Times(n), Own: OwnAmounts{Current: current.Own.Times(n)}, Reason: l.blocked}
	if out.Reason.Given() {
		return out
	}
	asIs, whyAsIs := l.Bills(Choice{Cycle: l.Sub.Cycle})
	volume, whyVolume := l.Bills(Choice{Cycle: l.Sub.Cycle, today: true})
	if out.Reason = whyAsIs.Or(why).Or(whyVolume); out.Reason.Given() {
		return out
	}
	out.AsIs, out.Own.AsIs = Total(asIs), l.TotalOwn(asIs)
	out.Volume = Total(volume).Sub(out.Current)
	out.Foreign = out.AsIs.Currency() != b.costs.Currency
	return out
}

// currentBill returns one bill at today's price for what is licensed: what the
// contract says, or the list.
func (l *Line) currentBill() (Bill, diag.Reason) {
	if l.Sub.ContractPrice.Known() {
		return Bill{Billed: Billed{Cycle: l.Sub.Cycle, Quantity: l.Licensed}, Amount: l.rates.In(l.Sub.ContractPrice), Own: l.Sub.ContractPrice}, diag.Reason{}
	}
	if !l.invoiced {
		return Bill{}, l.blocked
	}
	return l.billToday(l.Licensed)
}

// currencyOf returns the currency of a charge over several sites.
func (b *builder) currencyOf(charge *Line) money.Currency {
	return cmp.Or(charge.AsIs.Currency(), charge.Current.Currency(), b.costs.Currency)
}
