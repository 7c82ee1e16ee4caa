package world

import (
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Option changes a subscription before it is added.
type Option func(*estate.Subscription)

// Licensed says how many users it is licensed for.
func Licensed(n int) Option {
	return func(s *estate.Subscription) { s.Licensed, s.HasLicensed = n, true }
}

// Renews says when it renews; "" when nobody knows.
func Renews(d string) Option { return func(s *estate.Subscription) { s.Renewal = Day(d) } }

// Priced names its price plan, which is else named like it.
func Priced(name string) Option { return func(s *estate.Subscription) { s.PricePlan = name } }

// Contract gives it a contract price in USD.
func Contract(amount string) Option {
	return func(s *estate.Subscription) { s.ContractPrice = USD(amount) }
}

// OnDataCenter runs it on Data Center.
func OnDataCenter(s *estate.Subscription) { s.Hosting = pricing.DataCenter }

// OwnUsers has it charged for its own users.
func OwnUsers(s *estate.Subscription) { s.Basis = estate.OwnUsers }

// Fixed has it charged one price whatever the users.
func Fixed(s *estate.Subscription) { s.Basis = estate.Fixed }

// Status says whether it is active, on trial or cancelled.
func Status(x estate.SubscriptionStatus) Option {
	return func(s *estate.Subscription) { s.Status = x }
}

// Licence names its licence type.
func Licence(kind string) Option { return func(s *estate.Subscription) { s.LicenceType = kind } }

// Discount takes a share off the list price.
func Discount(share string) Option {
	return func(s *estate.Subscription) { s.Discount, s.HasDiscount = Dec(share), true }
}

// Edition names its edition.
func Edition(name string) Option { return func(s *estate.Subscription) { s.Edition = name } }

// Entitlement numbers what it is bought under.
func Entitlement(number string) Option {
	return func(s *estate.Subscription) { s.Entitlement = number }
}

// MultiInstance says whether it is paid for once for several sites.
func MultiInstance(x estate.Answer) Option {
	return func(s *estate.Subscription) { s.MultiInstance = x }
}
