package estate

import (
	"cmp"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/word"
)

// Subscription kinds, cycles and bases as the subscriptions table has them.
type (
	// Kind says whether a product or an app is paid for.
	Kind uint8
	// Basis says which users an app is charged for.
	Basis uint8
	// SubscriptionStatus says whether it is paid, tried or cancelled.
	SubscriptionStatus uint8
)

// The kinds of subscription.
const (
	ProductKind Kind = iota
	AppKind
)

// String returns "product" or "app".
func (k Kind) String() string { return kindWords[k] }

var kindWords = [...]string{"product", "app"}

// MarshalText writes the word of the kind.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (k *Kind) UnmarshalText(b []byte) error { return word.Index(k, "type", b, kindWords[:]) }

// The billing bases.
const (
	Linked   Basis = iota // all users of the host
	OwnUsers              // the users assigned to the app
	Fixed                 // a contract price whatever the count
)

// String returns the word of the basis as in the subscriptions table.
func (b Basis) String() string { return basisWords[b] }

var basisWords = [...]string{"linked", "own-users", "fixed"}

// MarshalText writes the word of the basis.
func (b Basis) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (b *Basis) UnmarshalText(text []byte) error {
	return word.Index(b, "billing basis", text, basisWords[:])
}

// The statuses of a subscription.
const (
	SubActive SubscriptionStatus = iota
	SubTrial
	SubCancelled
)

// String returns the word of the status as in the subscriptions table.
func (s SubscriptionStatus) String() string { return [...]string{"active", "trial", "cancelled"}[s] }

// Answer is a yes, a no, or no answer at all.
type Answer uint8

// The answers.
const (
	Unanswered Answer = iota
	Yes
	No
)

// Subscription is one row of the subscriptions table.
type Subscription struct {
	Kind          Kind
	Key           string // lower case
	Name          string
	Vendor        string
	Hosting       pricing.Hosting
	Site          string
	Host          string   // product an app is linked to; "" for products
	Includes      []string // keys of the products its row says it pays for besides
	Edition       string   // lower case
	Cycle         pricing.Cycle
	Basis         Basis
	PricePlan     string // lower case; never empty
	Licensed      int    // users paid for; 0 with HasLicensed unset is not known
	HasLicensed   bool
	Discount      money.Exact // 0.15 for 15 %
	HasDiscount   bool
	LicenceType   string       // lower case
	ContractPrice money.Amount // net, of one bill; unknown when there is none
	Renewal       date.Date    // zero = not given
	Status        SubscriptionStatus
	MultiInstance Answer
	AutoRenew     Answer
	Owner         string
	CostCentre    string
	Entitlement   string
	Source        diag.Source
}

// DisplayName returns the name, or the key when there is none.
func (s *Subscription) DisplayName() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Key
}

// Compare orders subscriptions by site, hosting, family of the product or
// host, products before apps, key and entitlement.
func (s *Subscription) Compare(b *Subscription) int {
	return cmp.Or(
		strings.Compare(s.Site, b.Site),
		cmp.Compare(s.Hosting, b.Hosting),
		strings.Compare(Family(s.HostProduct()), Family(b.HostProduct())),
		cmp.Compare(s.Kind, b.Kind),
		strings.Compare(s.Key, b.Key),
		strings.Compare(s.Entitlement, b.Entitlement),
		s.Source.Compare(b.Source),
	)
}

// Charge returns what the rows have in common that are paid for once for
// several sites: product, plan and entitlement; "" for a row that stands by
// itself (METHOD 7.1).
func (s *Subscription) Charge() string {
	if s.Kind != ProductKind || s.Hosting != pricing.Cloud || s.Status != SubActive || s.Entitlement == "" {
		return ""
	}
	return s.Key + "\x00" + s.PricePlan + "\x00" + strings.ToLower(s.Entitlement)
}

// HostProduct returns the product itself, or the product an app is linked to.
func (s *Subscription) HostProduct() string {
	if s.Kind == AppKind {
		return s.Host
	}
	return s.Key
}
