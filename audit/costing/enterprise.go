package costing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Enterprise is the edition of Cloud products that are paid for once for the
// whole organisation, and whose apps can be (pricing of several instances).
const Enterprise = "enterprise"

// Government is the other edition of Cloud products that is sold by the year only.
const Government = "government"

// AnnualOnly reports whether the row's edition is sold by the year only.
func (l *Line) AnnualOnly() bool {
	return l.IsHost() && (l.Sub.Edition == Enterprise || l.Sub.Edition == Government)
}

// unite finds the Cloud products that are one charge, rows of one product and
// plan with one entitlement on several sites, whatever their edition, and makes
// one bundle of theirs (METHOD 7.1).
func (b *builder) unite() {
	charges := map[[3]string][]*Line{}
	for _, bundle := range b.costs.Bundles {
		for _, l := range bundle.Lines {
			s := l.Sub
			if l.IsHost() && s.Hosting == pricing.Cloud && s.Entitlement != "" {
				key := [3]string{s.Key, strings.ToLower(s.Entitlement), s.PricePlan}
				charges[key] = append(charges[key], l)
			}
		}
	}
	for _, key := range sortedCharges(charges) {
		if lines := charges[key]; len(lines) > 1 {
			b.charge(lines)
		}
	}
}

func sortedCharges(m map[[3]string][]*Line) [][3]string {
	var out [][3]string
	for key := range m {
		out = append(out, key)
	}
	slices.SortFunc(out, func(x, y [3]string) int { return slices.Compare(x[:], y[:]) })
	return out
}

// charge makes one charge of the rows of a product.
func (b *builder) charge(lines []*Line) {
	slices.SortFunc(lines, func(x, y *Line) int { return x.Sub.Compare(y.Sub) })
	first := lines[0]
	one := *first.Sub // what the rows say together, not what the first says
	for _, l := range lines[1:] {
		s := l.Sub
		l.carrier = first
		if s.Licensed > one.Licensed {
			one.Licensed = s.Licensed
		}
		one.HasLicensed = one.HasLicensed || s.HasLicensed
		if s.ContractPrice.Known() {
			one.ContractPrice = sumContract(one.ContractPrice, s.ContractPrice)
		}
		if s.Cycle != one.Cycle || s.Renewal != one.Renewal {
			b.costs.Diagnostics.Add(diag.Warning, s.Source,
				fmt.Sprintf("%s on %s shares entitlement %q with %s but not its cycle or renewal date; the charge is computed by the row of %s",
					s.DisplayName(), s.Site, s.Entitlement, one.Site, one.Site),
				"make the rows agree, or give them different entitlements")
		}
		b.merge(first.Bundle, l.Bundle)
	}
	first.Sub, first.carrier = &one, first
}

// sumContract adds the contract prices of rows that are one charge.
func sumContract(a, b money.Amount) money.Amount {
	if !a.Known() {
		return b
	}
	return a.Add(b)
}

// merge moves the products and lines of one bundle into another.
func (b *builder) merge(into, from *Bundle) {
	if into == from {
		return
	}
	into.Sites = append(into.Sites, from.Sites...)
	slices.Sort(into.Sites)
	into.Site = into.Sites[0]
	into.families = append(into.families, from.families...)
	into.Products = append(into.Products, from.Products...)
	slices.SortStableFunc(into.Products, func(x, y *seats.Product) int {
		return cmp.Or(strings.Compare(x.Site, y.Site), strings.Compare(x.Key, y.Key))
	})
	into.Lines = append(into.Lines, from.Lines...)
	for _, l := range from.Lines {
		l.Bundle = into
	}
	b.costs.Bundles = slices.DeleteFunc(b.costs.Bundles, func(x *Bundle) bool { return x == from })
}
